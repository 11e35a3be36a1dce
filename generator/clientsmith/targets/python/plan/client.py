"""`_client.py`: the two clients with a constructor made of the document's security schemes and servers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ....data.api import Api, Security, SecurityScheme, ServerVariable
from ....data.settings import CredentialSettings, Settings
from ....data.text import Code, Markdown, code, docstring, identifier, literal, markdown_code, markdown_lines
from ..package import ClientModule, CredentialArgument, Keyword, ResourceLink, VariableArgument
from .declarations import server_url
from .models import settled
from .naming import Names, pascal, snake, words
from .placement import CLIENT_MEMBERS, Resource
from .prose import section_entry, title
from .resources import child_link
from .scope import ModuleScope, core, sorted_exports

_OWN_ARGUMENTS = (
    "self", "base_url", "timeout", "max_retries", "default_headers", "default_query", "strict", "http_client",
    "set_default_headers", "set_default_query",
)  # fmt: skip

_RESERVED_ARGUMENTS = (*_OWN_ARGUMENTS, *CLIENT_MEMBERS)
"""Credentials are attributes of the client, too."""
_OWN_NAMES = (
    "APIKey", "Basic", "Bearer", "ClientConfig", "Credential", "Omit", "Self", "TYPE_CHECKING", "omit",
)  # fmt: skip
_BASES = ("AsyncClient", "SyncClient")
_OPTIONS = ("AsyncHTTPClient", "Headers", "HTTPClient", "Query", "Timeout")
"""What the client module calls things of the runtime and the standard library."""


PUBLIC = (
    "APIConnectionError", "APIError", "APIResponseValidationError", "APIStatusError", "APITimeoutError",
    "AuthenticationError", "BadRequestError", "ConflictError", "InternalServerError", "NotFoundError", "Omit",
    "PermissionDeniedError", "RateLimitError", "UnprocessableEntityError", "__version__", "omit", "types",
)  # fmt: skip
"""What every package exports beside its clients and the root of its errors."""


_TAKEN = frozenset((*_OWN_NAMES, *_OPTIONS, *PUBLIC))


def client_name(settings: Settings, initialisms: frozenset[str]) -> str:
    """Choose the class of the client: the settings' name, else the package's, unless the package has that already."""
    if settings.client_name:
        return settings.client_name
    name = pascal(words(settings.output.name), initialisms)
    return f"{name}Client" if name in _TAKEN or f"Async{name}" in _TAKEN else name


def error_name(settings: Settings, client: str) -> str:
    """Choose the name under which the package exports the root of its exceptions: one that no other of them has."""
    names = (settings.error_name, f"{client}Error", f"{client}ClientError")
    return next(name for name in names if name and (name not in PUBLIC or name == settings.error_name))


def credential_names(settings: Settings) -> frozenset[str]:
    """Give the names that the settings give to credentials, which are attributes of the client: resources make way."""
    given = (name for one in settings.security.values() for name in (one.argument, one.password_argument))
    return frozenset(snake(name) for name in given if name)


def plan_client(
    api: Api, settings: Settings, resources: tuple[Resource, ...], initialisms: frozenset[str]
) -> ClientModule:
    """Write the plan of the client module."""
    name = client_name(settings, initialisms)
    top = [resource for resource in resources if len(resource.path) == 1]
    top.sort(key=lambda resource: resource.path == ("property",))  # last, as it hides the decorator of those after it
    arguments = Names((*_RESERVED_ARGUMENTS, *(resource.path[0] for resource in top)))
    credentials = _Credentials(api, settings, arguments)
    open_variables = _variables(api, settings)
    variables = tuple(_variable_arguments(open_variables, arguments))

    bases = _bases(name)

    def content(scope: ModuleScope) -> tuple[ResourceLink, ...]:
        scope.define([*_OWN_NAMES, *bases.values(), name, f"Async{name}"])
        for option in _OPTIONS:
            scope.use(core("types", option), for_typing=True)
        return tuple(child_link(resource, initialisms, scope) for resource in top)

    links, scope = settled("_client", content)
    return ClientModule(
        name=identifier(name),
        async_name=identifier(f"Async{name}"),
        docstring=docstring([f"Client of {title(api)}."], 4),
        async_docstring=docstring([f"Client of {title(api)} for `async` code."], 4),
        init_docstring=docstring(
            _init_text(api, settings, _Arguments(credentials.arguments, zip(variables, open_variables, strict=True))), 8
        ),
        base=identifier(bases["SyncClient"]),
        async_base=identifier(bases["AsyncClient"]),
        base_imports=tuple(code(base) if base == own else code(base, " as ", own) for base, own in bases.items()),
        protocol=identifier("HTTPClient"),
        async_protocol=identifier("AsyncHTTPClient"),
        exports=sorted_exports([name, f"Async{name}"]),
        has_base_url=base_url(api, settings) is not None,
        config=tuple(_config(api, settings, name, credentials)),
        config_imports=tuple(code(kind) for kind in sorted({"ClientConfig", *credentials.imports})),
        credentials=tuple(credentials.arguments),
        variables=variables,
        resources=links,
        imports=scope.imports(),
        typing_imports=scope.typing_imports(),
    )


def _bases(name: str) -> dict[str, str]:
    """Give what the clients of the runtime are called in the module: something else where its own are called so."""
    own = {name, f"Async{name}"}
    return {base: f"{base.removesuffix('Client')}Base" if own & {*_BASES} else base for base in _BASES}


class _Arguments(NamedTuple):
    credentials: Sequence[CredentialArgument]
    variables: Iterable[tuple[VariableArgument, ServerVariable]]


class _Credentials:
    """The constructor's credential arguments and the schemes that use them."""

    def __init__(self, api: Api, settings: Settings, names: Names) -> None:
        self.arguments: list[CredentialArgument] = []
        self.imports: set[str] = set()
        self._settings = settings
        self._names = names
        self._env_prefix = "_".join(words(settings.output.name)).upper()
        used = {name for alternative in api.security for name in alternative}
        used |= {n for o in api.operations for alternative in o.security or () for n in alternative}
        schemes = [scheme for scheme in api.security_schemes if scheme.name in used] or list(api.security_schemes)
        self.optional: Security = () if used else (*((scheme.name,) for scheme in schemes), ())
        """What holds in a document that declares schemes and never asks for one: send what is there."""
        self.schemes = [(scheme.name, self._scheme(scheme, len(schemes))) for scheme in schemes]

    def _scheme(self, scheme: SecurityScheme, count: int) -> Code:
        given = self._settings.security.get(scheme.name)
        if scheme.kind == "basic":
            user = self._credential(given.argument if given else None, given.env if given else None, "username")
            password = self._credential(*_password(given), "password")
            return self._call("Basic", user, password)
        key = self._credential(
            given.argument if given else None,
            given.env if given else None,
            _default_argument(scheme, count),
            is_whole_header=scheme.kind == "other",
            ending="token" if scheme.kind == "bearer" else "key",
        )
        if scheme.kind == "bearer":
            return self._call("Bearer", key)
        location = "header" if scheme.kind == "other" else scheme.kind
        wire_name = "Authorization" if scheme.kind == "other" else scheme.wire_name or scheme.name
        return self._call("APIKey", literal(location), literal(wire_name), key)

    def _call(self, kind: str, *parts: str) -> Code:
        self.imports.add(kind)
        return code(kind, "(", ", ".join(parts), ")")

    def _credential(
        self,
        argument: str | None,
        env: str | None,
        default: str,
        *,
        is_whole_header: bool = False,
        ending: str = "value",
    ) -> Code:
        wanted = snake(argument or default).lstrip("_") or "key"
        name = self._names.claim(wanted, f"{wanted}_{ending}")  # a resource of that name comes first
        env = env if env is not None else f"{self._env_prefix}_{name.strip('_').upper()}"
        self.imports.add("Credential")
        self.arguments.append(
            CredentialArgument(
                name=identifier(name),
                key=literal(name),
                env=markdown_code(env) if env else None,
                is_whole_header=is_whole_header,
            )
        )
        return code("Credential(", literal(name), ", ", literal(env or None), ")")


def _password(given: CredentialSettings | None) -> tuple[str | None, str | None]:
    return (given.password_argument, given.password_env) if given else (None, None)


def _default_argument(scheme: SecurityScheme, count: int) -> str:
    """Name the usual single credential as people do, several after their schemes."""
    if count == 1:
        return "api_token" if scheme.kind == "bearer" else "api_key"
    return scheme.name


def _variables(api: Api, settings: Settings) -> tuple[ServerVariable, ...]:
    """Give the variables that are left open in the client's own URL: one that the caller gives has none."""
    url = base_url(api, settings) or ""
    variables = api.servers[0].variables if api.servers else ()
    return tuple(variable for variable in variables if f"{{{variable.name}}}" in url)


def _variable_arguments(variables: Iterable[ServerVariable], names: Names) -> Iterator[VariableArgument]:
    for variable in variables:
        name = names.claim(snake(variable.name))
        yield VariableArgument(name=identifier(name), key=literal(variable.name), type=code("str"))


def _config(api: Api, settings: Settings, name: str, credentials: _Credentials) -> Iterator[Keyword]:
    values: dict[str, Code | None] = {
        "package": literal(settings.output.name),
        "version": literal(settings.package_version),
        "error_name": literal(error_name(settings, name)),
        "base_url": literal(url) if (url := base_url(api, settings)) else None,
        "base_url_env": literal(base_url_env(settings)),
    }
    if variables := _variables(api, settings):
        values["server_variables"] = literal({v.name: v.default for v in variables})
    if credentials.schemes:
        entries = [f"{literal(scheme)}: {value}" for scheme, value in credentials.schemes]
        values["schemes"] = code("{", ", ".join(entries), "}")
        values["security"] = literal(api.security or credentials.optional)
    if settings.query_objects != "form":
        values["query_objects"] = literal(settings.query_objects)
    if settings.idempotency_header:
        values["idempotency_header"] = literal(settings.idempotency_header)
    for key, value in values.items():
        if value is not None:
            yield Keyword(name=identifier(key), value=value)


def base_url(api: Api, settings: Settings) -> str | None:
    """Give the server's URL; a relative one is none, because it says no host."""
    if settings.base_url:
        return settings.base_url
    if not api.servers or not re.match(r"[^/]*://", api.servers[0].url):
        return None
    return api.servers[0].url


def example_url(api: Api) -> str:
    """Give a URL that a caller could have to give: with the path that the document says."""
    path = server_url(api.servers[0]) if api.servers else ""
    if path.startswith("//"):
        return f"https:{path}"
    return f"https://example.com/{path.lstrip('./')}".rstrip("/")


def base_url_env(settings: Settings) -> str:
    """Give the environment variable that a URL is read from."""
    return settings.base_url_env or f"{'_'.join(words(settings.output.name)).upper()}_BASE_URL"


def _init_text(api: Api, settings: Settings, arguments: _Arguments) -> list[str]:
    credentials = arguments.credentials
    text = ["Make a client; nothing is connected before the first request."]
    whole = [f"`{c.name}`" for c in credentials if c.is_whole_header]
    if whole:
        text.append(f"The whole value of the header is given as {', '.join(whole)}.")
    named = [f"`{c.name}` ({c.env})" for c in credentials if c.env]
    if named:
        text.append(f"Credentials that are not given are read from the environment: {', '.join(named)}.")
    said = [(str(argument.name), _variable_text(v)) for argument, v in arguments.variables]
    said.append(("base_url", base_url_text(api, settings)))
    return [*text, "\n".join(["Args:", *(section_entry(name, [about]) for name, about in said)])]


def _variable_text(variable: ServerVariable) -> str:
    values = f" One of: {', '.join(variable.values)}." if variable.values else ""
    about = f"{variable.description.strip()} " if variable.description and variable.description.strip() else ""
    return f"{about}It is put into the default of `base_url`; `{variable.default}` where it is not given.{values}"


def server_text(api: Api, settings: Settings) -> Markdown:
    """Say the same in the README."""
    env, url = markdown_code(base_url_env(settings)), base_url(api, settings)
    if url is not None:
        said = markdown_lines("Requests go to ", markdown_code(url), "; ")
        return markdown_lines(
            said, markdown_code("base_url="), " or ", env, " in the environment names another server."
        )
    says = markdown_lines("only the path ", markdown_code(api.servers[0].url)) if api.servers else "none"
    return markdown_lines(
        "The server has to be named, with ", markdown_code("base_url="), " or in the environment as ", env,
        ": the document names ", says, ".",
    )  # fmt: skip


def base_url_text(api: Api, settings: Settings) -> str:
    """Say where the client sends requests, or what its caller must say of that."""
    env, url = base_url_env(settings), base_url(api, settings)
    if url is not None:
        return f"Where the API is; else `{env}` of the environment, else `{url}`."
    says = f"only the path `{api.servers[0].url}`" if api.servers else "no server"
    return f"Where the API is, as in `{example_url(api)}`; else `{env}` of the environment. The document names {says}."
