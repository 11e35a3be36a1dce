"""What a client says of servers: in its configuration, in its constructor, and in the README."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ....data.client import Environment, OperationServer, Server, Variable
from ....data.text import Code, Markdown, code, identifier, literal, markdown_code, markdown_lines, module_path
from ..package import Import, VariableArgument
from .expressions import Name, Subscript, builtin, typing, value
from .scope import Deferred, ModuleScope

_STR = Name(builtin("str"))


class ServerArguments:
    """Registers the types of the constructor's arguments for servers; they are written when names are chosen."""

    def __init__(self, server: Server, scope: ModuleScope) -> None:
        self._server = server
        closed = {each.name: _type(each.variable.values, scope) for each in server.all_variables()}
        plain = scope.use(_STR, for_typing=True)
        self._types = closed | {each.argument: plain for each in server.operation_servers if each.argument}
        self._environment = _type(tuple(each.name for each in server.environments), scope)

    def variables(self) -> tuple[VariableArgument, ...]:
        """Write the arguments for variables, then those for other URLs."""
        return tuple(_argument(name, text) for name, text in self._types.items())

    def environment(self) -> VariableArgument | None:
        """Write the argument that chooses an environment."""
        if not self._server.environments:
            return None
        return _argument(self._server.environment_argument, self._environment)


def _argument(name: str, spelled: Deferred) -> VariableArgument:
    return VariableArgument(name=identifier(name), key=literal(name), type=spelled())


def _type(values: tuple[str, ...], scope: ModuleScope) -> Deferred:
    spelled = Subscript(Name(typing("Literal")), tuple(map(value, values))) if values else _STR
    return scope.use(spelled, for_typing=True)


# --- the configuration -----------------------------------------------------------------------------------------------


def server_imports(server: Server) -> Iterator[Import]:
    """Import what declares servers."""
    if server.operation_servers:
        yield Import(module=module_path("._core.operation_servers"), names=(code("OperationServer"),))
    names = ["Server"] if server.environments or server.operation_servers else []
    names += ["Variable"] if server.all_variables() else []
    if names:
        yield Import(module=module_path("._core.servers"), names=tuple(map(code, names)))


def server_values(server: Server) -> Iterator[tuple[str, Code]]:
    """Declare variables, environments, and the servers of operations."""
    if server.variables and not server.environments:
        yield "variables", _variables(server.variables)
    if server.environments:
        yield "environments", _environments(server.environments)
    if server.operation_servers:
        entries = [f"{literal(each.url)}: {_operation_server(each)}" for each in server.operation_servers]
        yield "operation_servers", code("{", ", ".join(entries), "}")


def _variables(variables: Iterable[Variable]) -> Code:
    return code("(", "".join(f"{_variable(each)}, " for each in variables), ")")


def _variable(variable: Variable) -> Code:
    declared = variable.variable
    arguments = [literal(declared.name), literal(declared.default)]
    arguments += [literal(declared.values)] if declared.values else []
    if variable.name != declared.name:
        arguments.append(code("argument=", literal(variable.name)))
    return code("Variable(", ", ".join(arguments), ")")


def _server(url: str, variables: tuple[Variable, ...]) -> Code:
    return code("Server(", literal(url), *([", ", _variables(variables)] if variables else []), ")")


def _environments(environments: Iterable[Environment]) -> Code:
    entries = [f"{literal(each.name)}: {_server(each.url, each.variables)}" for each in environments]
    return code("{", ", ".join(entries), "}")


def _operation_server(server: OperationServer) -> Code:
    options: list[Code] = [_server(server.url, server.variables)]
    options += [code("option=", literal(server.argument))] if server.argument else []
    options += [code("environments=", _environments(server.environments))] if server.environments else []
    return code("OperationServer(", ", ".join(options), ")")


# --- texts -----------------------------------------------------------------------------------------------------------


def server_texts(server: Server) -> Iterator[tuple[str, str]]:
    """Describe the arguments for servers."""
    if server.environments:
        urls = "; ".join(f"`{each.name}`: `{each.url}`" for each in server.environments)
        about = f"Where the API is, by name: {urls}. The first one is the default; `base_url` takes its place."
        yield server.environment_argument, about
    for variable in server.all_variables():
        yield variable.name, _variable_text(variable)
    for each in server.operation_servers:
        if each.argument:
            yield each.argument, _url_text(each)


def _variable_text(variable: Variable) -> str:
    declared = variable.variable
    values = f" One of: {', '.join(declared.values)}." if declared.values else ""
    about = f"{declared.description.strip()} " if declared.description and declared.description.strip() else ""
    return f"{about}Stands in the URL unless `base_url` is given; `{declared.default}` by default.{values}"


def _url_text(server: OperationServer) -> str:
    others = f" The document has others: {', '.join(f'`{url}`' for url in server.others)}." if server.others else ""
    usual = f"below `base_url`, if that is given, else `{server.url}`"
    return f"Where operations are that have a server of their own: {usual}.{others}"


def base_url_text(server: Server) -> str:
    """Describe where the client sends requests, or what its caller must give."""
    if server.url is not None:
        return f"Where the API is; else `{server.env}` of the environment, else `{server.url}`."
    named = f"only the path `{server.documented}`" if server.documented is not None else "no server"
    example = f"Where the API is, as in `{server.example}`; else `{server.env}` of the environment."
    return f"{example} The document names {named}."


def server_text(server: Server) -> Markdown:
    """Describe the same in the README."""
    return markdown_lines(_of_base_url(server), *_of_others(server))


def _of_base_url(server: Server) -> Markdown:
    env = markdown_code(server.env)
    if server.url is not None:
        url = markdown_code(server.url)
        rest = (markdown_code("base_url="), " or ", env, " in the environment names another server.")
        return markdown_lines("Requests go to ", url, "; ", *rest)
    documented = server.documented
    named = markdown_lines("only the path ", markdown_code(documented)) if documented is not None else "none"
    return markdown_lines(
        "The server has to be named, with ", markdown_code("base_url="), " or in the environment as ", env,
        ": the document names ", named, ".",
    )  # fmt: skip


def _of_others(server: Server) -> Iterator[Markdown | str]:
    """Describe environments, and the servers of operations that have options of their own."""
    if server.environments:
        names = [markdown_code(f"{server.environment_argument}={literal(each.name)}") for each in server.environments]
        yield from ("\nServers can be chosen by name: ", *_joined(names), "; the first one is the default.")
    options = [markdown_code(f"{each.argument}=") for each in server.operation_servers if each.argument]
    if options:
        yield from ("\nSome operations have servers of their own, which ", *_joined(options))
        yield from (" replaces; where ", markdown_code("base_url="), " is given, they are there, too.")


def _joined(parts: Iterable[Markdown]) -> Iterator[Markdown | str]:
    for number, part in enumerate(parts):
        yield from (", ", part) if number else (part,)
