"""Examples in Python: a method of the surface goes in, code that calls it comes out, as text.

Values become literals by the encoder; names are names that `design` has chosen.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...data.credentials import Credential
from ...data.document import Json
from ...data.statuses import is_error, status_error
from ...data.surface import Argument, Call, Resource, Surface
from ...data.text import literal
from . import given
from .values import Values, optional_members

WIDTH = 72


class PythonExamples:
    """Writes examples of the methods of one client."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._values = Values(surface.declared(), is_whole=False, python_names=True)
        self._arguments: tuple[Call, list[tuple[str, str]]] | None = None

    def of(self, resource: Resource, call: Call) -> Iterator[tuple[str, str]]:
        """Write the examples of a method, each with its title."""
        iterator = next((each for each in resource.iterators if each.call == call.name), None)
        yield "Python", self._sync(resource, call)
        yield "Async", self._async(resource, call)
        if call.pages is not None:
            yield "Pages", self._loop(resource, call, call.name)
        elif iterator is not None:
            yield "Pages", self._loop(resource, call, iterator.name)
        if call.stream and call.responses:
            yield "Stream", self._loop(resource, call, call.stream_method, streams=True)
        yield "Errors", self._errors(resource, call)

    # --- blocks ------------------------------------------------------------------------------------------------------

    def _sync(self, resource: Resource, call: Call) -> str:
        if not call.responses and call.stream:
            return self._loop(resource, call, call.stream_method)
        return self._module(call, [*self._result(call, self._call(resource, call, call.name))])

    def _async(self, resource: Resource, call: Call) -> str:
        """The async form awaits what returns, and loops over what streams."""
        client = self._surface.client.name
        if not call.responses and call.stream:
            loop = self._call(resource, call, call.stream_method)
            body = [*_prefixed("async for item in await ", loop, ":"), "    print(item)"]
        else:
            body = [*self._result(call, self._call(resource, call, call.name), "await ")]
        credentials = self._credential_lines(call)
        made = _made(f"Async{client}", [*credentials, *self._server_lines()])
        return "\n".join(
            [
                "import asyncio",
                *(["import os"] if credentials else []),
                "",
                f"from {self._surface.package} import Async{client}",
                "",
                "",
                "async def main() -> None:",
                *(f"    {line}" for line in _prefixed("async with ", made, " as client:")),
                *(f"        {line}" for line in body),
                "",
                "",
                "asyncio.run(main())",
            ]
        )

    def _loop(self, resource: Resource, call: Call, name: str, *, streams: bool = False) -> str:
        lines = _prefixed("for item in ", self._call(resource, call, name, streams=streams), ":")
        return self._module(call, [*lines, "    print(item)"])

    def _errors(self, resource: Resource, call: Call) -> str:
        """Handle the declared errors, then what may go wrong with every call."""
        package, client = self._surface.package, self._surface.client
        name = call.name if call.responses or not call.stream else call.stream_method
        statuses = [response.status for response in call.operation.responses if is_error(response.status)]
        specific = list(dict.fromkeys(found for s in statuses if (found := status_error(s)) != "APIStatusError"))
        lines = [
            f"import {package}",
            f"from {package} import {client.name}",
            "",
            *_prefixed("client = ", _made(client.name, self._server_lines())),
            "",
            "try:",
            *(f"    {line}" for line in self._call(resource, call, name)),
        ]
        for error in (specific or ["NotFoundError"])[:2]:
            displayed = "error.error" if _is_typed(call, error) else "error.body"
            lines += [f"except {package}.{error} as error:", f"    print(error.status_code, {displayed})"]
        lines += [
            f"except {package}.APIConnectionError:",
            '    print("no response")',
            f"except {package}.{client.error_name} as error:",
            "    print(error)",
        ]
        return "\n".join(lines)

    def _module(self, call: Call, body: list[str]) -> str:
        """Write a whole program: the client with its credentials, then what it does."""
        credentials = self._credential_lines(call)
        name = self._surface.client.name
        lines = ["import os", ""] if credentials else []
        lines += [f"from {self._surface.package} import {name}", ""]
        lines += _prefixed("client = ", _made(name, [*credentials, *self._server_lines()]))
        return "\n".join([*lines, "", *body])

    def _credential_lines(self, call: Call) -> list[str]:
        return [f"{each.name}=os.environ[{literal(each.env)}]" for each in self._credentials(call)]

    def _server_lines(self) -> list[str]:
        """Give the URL to the client where the document names none."""
        server = self._surface.client.server
        return [f"base_url={literal(server.example)}"] if server.url is None else []

    def _credentials(self, call: Call) -> Iterator[Credential]:
        """Give the credentials of the first complete alternative that a method needs."""
        needed = self._surface.client.credentials_for(call.operation.security)
        return (credential for credential in needed if credential.env)

    def _result(self, call: Call, lines: list[str], prefix: str = "") -> Iterator[str]:
        if any(response.kind is not None for response in call.responses):
            yield from _prefixed(f"response = {prefix}", lines)
            yield "print(response)"
        else:
            yield from _prefixed(prefix, lines)

    # --- calls -------------------------------------------------------------------------------------------------------

    def _call(self, resource: Resource, call: Call, name: str, *, streams: bool = False) -> list[str]:
        """Write a call with its required arguments, and the flag that asks for a stream."""
        target = f"{resource.code}.{name}"
        flag = call.flag.name if streams and call.is_one_method and call.flag else None
        written = [(name, value) for name, value in self._written(call) if name != flag]
        arguments = [f"{name}={value}" if name else value for name, value in written]
        arguments += [f"{flag}=True"] if flag else []
        line = f"{target}({', '.join(arguments)})"
        if len(line) <= WIDTH and "\n" not in line:
            return [line]
        inner = (f"    {row}" for argument in arguments for row in f"{argument},".split("\n"))
        return [f"{target}(", *inner, ")"]

    def _written(self, call: Call) -> list[tuple[str, str]]:
        """Give the arguments of a call with their values. All examples of one method follow each other."""
        if self._arguments is None or self._arguments[0] is not call:
            self._arguments = (call, list(self._required(call)))
        return self._arguments[1]

    def _required(self, call: Call) -> Iterator[tuple[str, str]]:
        first = [argument for argument in call.arguments if argument.name == call.positional]
        named = [argument for argument in call.arguments if argument.required and argument.name != call.positional]
        if not any(argument.location in ("body", "value") for argument in (*first, *named)):
            named += optional_members(call)
        for argument in (*first, *named):
            yield ("" if argument in first else argument.name), self._literal(call, argument)

    def _literal(self, call: Call, argument: Argument) -> str:
        made = self._values.of(argument.type, argument.documentation, argument.wire_name)
        is_content = isinstance(made, bytes) or (isinstance(made, list) and bytes in map(type, made))
        return python_literal(made if is_content else next(iter(given.of_member(call, argument)), made))


def _made(name: str, arguments: list[str]) -> list[str]:
    """Write the construction of a client, with a line for each argument."""
    return [f"{name}(", *(f"    {argument}," for argument in arguments), ")"] if arguments else [f"{name}()"]


def _is_typed(call: Call, exception: str) -> bool:
    """Report whether the body of an exception is decoded, whichever of its statuses comes."""
    errors = {response.status: response.is_typed for response in call.errors}
    declared = [response.status for response in call.operation.responses if is_error(response.status)]
    statuses = [status for status in declared if status_error(status) == exception] or ["404"]
    # A status is read as declared for itself, else for its range, else for all others.
    found = ((status, f"{status[0]}XX", "default") for status in statuses)
    return all(next((errors[key] for key in keys if key in errors), False) for keys in found)


def _prefixed(prefix: str, lines: list[str], suffix: str = "") -> list[str]:
    joined = [f"{prefix}{lines[0]}", *lines[1:]]
    return [*joined[:-1], f"{joined[-1]}{suffix}"]


def python_literal(value: Json, indent: int = 0) -> str:
    """Write a value as Python code; what is too long for a line has a line for each of its parts."""
    short = str(literal(value))
    if len(short) + indent <= WIDTH - 20 or not isinstance(value, dict | list) or not value:
        return short
    margin = " " * (indent + 4)
    if isinstance(value, dict):
        parts = [f"{literal(key)}: {python_literal(item, indent + 4)}" for key, item in value.items()]
    else:
        parts = [python_literal(item, indent + 4) for item in value]
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return "\n".join([opening, *(f"{margin}{part}," for part in parts), " " * indent + closing])
