"""`_client.py`: the two clients with their constructor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ....data.reserved import CLIENT_MODULE
from ....data.settings import CredentialRole, RequestSettings
from ....data.surface import Client, Credential, Grant, GrantKind, Scheme, Server, Surface, Variable
from ....data.text import Code, Markdown, code, docstring, identifier, literal, markdown_code, markdown_lines
from ..package import ClientModule, CredentialArgument, Keyword, VariableArgument
from .declarations import requirements
from .expressions import Name, core
from .options import client_options
from .prose import section_entry, title
from .resources import child_link
from .scope import ModuleScope, sorted_exports

_BASES = ("AsyncClient", "SyncClient")
_OPTION_TYPES = ("AsyncHTTPClient", "Headers", "HTTPClient", "Query", "Timeout")
_SECRETS = ("Secret", "AsyncSecret")
"""What a credential may be, in the sync and in the async client."""
_OTHER_TYPES: dict[CredentialRole, str] = {
    "scopes": "Scopes",
    "token_url": "str",
    "on_refresh_token": "OnRefreshToken",
}
"""What is no secret."""
_GRANT_CLASSES: dict[GrantKind, str] = {
    "client_credentials": "ClientCredentialsGrant",
    "password": "PasswordGrant",
    "refresh_token": "RefreshTokenGrant",
}


def client_module(surface: Surface) -> ClientModule:
    """Write the plan of the client module."""
    client = surface.client
    # A resource called `property` comes last, as it hides the decorator of those after it.
    resources = sorted(surface.resources, key=lambda resource: resource.path == ("property",))
    scope = ModuleScope("_client")
    bases = _bases(client.name)
    imported = {*_OPTION_TYPES, *_SECRETS, *_OTHER_TYPES.values(), *_GRANT_CLASSES.values()}
    own = [name for name in CLIENT_MODULE if name not in imported]
    scope.define([*own, *bases.values(), client.name, f"Async{client.name}"])
    credentials = tuple(_credential_arguments(credential) for credential in credentials_of(client))
    for option in _OPTION_TYPES:
        scope.use(Name(core("types", option)), for_typing=True)
    _import_of_schemes(client, scope)
    links = [child_link(resource, scope) for resource in resources]
    used = {_scheme_class(scheme) for scheme in client.schemes} | ({"Credential"} if client.schemes else set())
    return ClientModule(
        name=identifier(client.name),
        async_name=identifier(f"Async{client.name}"),
        docstring=docstring([f"Client of {title(surface)}."], 4),
        async_docstring=docstring([f"Client of {title(surface)} for `async` code."], 4),
        init_docstring=docstring(_init_text(client), 8),
        base=identifier(bases["SyncClient"]),
        async_base=identifier(bases["AsyncClient"]),
        base_imports=tuple(code(base) if base == own else code(base, " as ", own) for base, own in bases.items()),
        options=client_options("HTTPClient", client.requests.max_retries),
        async_options=client_options("AsyncHTTPClient", client.requests.max_retries),
        exports=sorted_exports([client.name, f"Async{client.name}"]),
        has_base_url=client.server.url is not None,
        config=tuple(_config(surface)),
        config_imports=tuple(code(kind) for kind in sorted({"ClientConfig", *used})),
        credentials=tuple(sync for sync, _ in credentials),
        async_credentials=tuple(other for _, other in credentials),
        variables=tuple(map(_variable_argument, client.server.variables)),
        resources=tuple(link() for link in links),
        imports=scope.imports(),
        typing_imports=scope.typing_imports(),
    )


def _bases(name: str) -> dict[str, str]:
    """Give what the clients of the runtime are called in the module: something else where its own are called so."""
    own = {name, f"Async{name}"}
    return {base: f"{base.removesuffix('Client')}Base" if own & {*_BASES} else base for base in _BASES}


def credentials_of(client: Client) -> Iterator[Credential]:
    """Give the credentials of all schemes, in order."""
    for scheme in client.schemes:
        yield from scheme.credentials


def _credential_arguments(credential: Credential) -> tuple[CredentialArgument, CredentialArgument]:
    """Describe an argument of the sync client, and that of the async one."""
    sync = CredentialArgument(
        name=identifier(credential.name),
        key=literal(credential.name),
        env=markdown_code(credential.env) if credential.env else None,
        is_whole_header=credential.is_whole_header,
        type=code(_type_of(credential)[0]),
    )
    return sync, replace(sync, type=code(_type_of(credential)[-1]))


def _variable_argument(variable: Variable) -> VariableArgument:
    return VariableArgument(name=identifier(variable.name), key=literal(variable.variable.name), type=code("str"))


def _type_of(credential: Credential) -> tuple[str, ...]:
    """Name what a credential may be, in the sync and in the async client where they differ."""
    other = _OTHER_TYPES.get(credential.role)
    return _SECRETS if other is None else (other,)


def _import_of_schemes(client: Client, scope: ModuleScope) -> None:
    """Import the classes of grants, and the types of credentials."""
    types = {name for credential in credentials_of(client) for name in _type_of(credential)} - {"str"}
    for name in sorted(types):
        scope.use(Name(core("types" if name in _SECRETS else "oauth2", name)), for_typing=True)
    for kind in sorted({_GRANT_CLASSES[grant.kind] for scheme in client.schemes for grant in scheme.grants}):
        scope.use(Name(core("oauth2", kind)))


def _scheme_class(scheme: Scheme) -> str:
    """Name the class of the runtime for what is sent as it is."""
    kind = scheme.scheme.kind
    return {"basic": "Basic", "bearer": "Bearer"}.get(kind, "APIKey")


def _scheme(scheme: Scheme) -> Code:
    """Declare a security scheme; one with grants as a tuple, the best way first."""
    own = _way(scheme)
    if not scheme.grants:
        return own
    ways = {grant.kind: _grant(grant) for grant in scheme.grants}
    refresh = [ways.pop("refresh_token")] if "refresh_token" in ways else []
    return code("(", ", ".join([*refresh, own, *ways.values()]), ",)")


def _way(scheme: Scheme) -> Code:
    needed = scheme.credentials[:1] if scheme.grants else scheme.credentials
    credentials = map(_credential_code, needed)
    kind, name = scheme.scheme.kind, _scheme_class(scheme)
    if name != "APIKey":
        return code(name, "(", ", ".join(credentials), ")")
    location = "header" if kind == "other" else kind
    wire_name = "Authorization" if kind == "other" else scheme.scheme.wire_name or scheme.scheme.name
    return code(name, "(", ", ".join([literal(location), literal(wire_name), *credentials]), ")")


def _credential_code(credential: Credential) -> Code:
    arguments = [literal(credential.name), literal(credential.env)]
    if credential.role in _OTHER_TYPES:
        arguments.append(code("is_secret=", literal(False)))
    return code("Credential(", ", ".join(arguments), ")")


def _grant(grant: Grant) -> Code:
    """Declare a way to get tokens."""
    arguments = [literal(grant.token_url)]
    if grant.refresh_url is not None:
        arguments.append(literal(grant.refresh_url))
    if grant.auth_method != "client_secret_basic":
        arguments.append(code("auth_method=", literal(grant.auth_method)))
    if grant.scopes is not None:
        arguments.append(code("default_scopes=", literal(grant.scopes)))
    if grant.parameters:
        arguments.append(code("parameters=", literal(dict(grant.parameters))))
    for credential in grant.credentials:
        arguments.append(code(identifier(credential.role), "=", _credential_code(credential)))
    return code(_GRANT_CLASSES[grant.kind], "(", ", ".join(arguments), ")")


def _config(surface: Surface) -> Iterator[Keyword]:
    client = surface.client
    server = client.server
    values: dict[str, Code | None] = {
        "package": literal(surface.package),
        "version": literal(surface.version),
        "error_name": literal(client.error_name),
        "base_url": literal(server.url) if server.url else None,
        "base_url_env": literal(server.env),
    }
    if server.variables:
        variables = (variable.variable for variable in server.variables)
        values["server_variables"] = literal({variable.name: variable.default for variable in variables})
        if closed := {v.variable.name: v.variable.values for v in server.variables if v.variable.values}:
            values["server_values"] = literal(closed)
    if client.schemes:
        entries = [f"{literal(scheme.scheme.name)}: {_scheme(scheme)}" for scheme in client.schemes]
        values["schemes"] = code("{", ", ".join(entries), "}")
        values["security"] = literal(requirements(client.security))
    if client.query_objects != "form":
        values["query_objects"] = literal(client.query_objects)
    values.update(_request_defaults(client))
    for key, value in values.items():
        if value is not None:
            yield Keyword(name=identifier(key), value=value)


def _request_defaults(client: Client) -> Iterator[tuple[str, Code]]:
    """Declare what the settings want other than the runtime."""
    requests, usual = client.requests, RequestSettings()
    if requests.idempotency_header:
        yield "idempotency_header", literal(requests.idempotency_header)
    if requests.retry != usual.retry:
        yield "retry", literal(requests.retry)
    if requests.timeout is not None:
        yield "timeout", literal(requests.timeout)
    if requests.headers:
        yield "default_headers", literal(dict(requests.headers))
    if requests.max_response_size is not None:
        yield "max_response_size", literal(requests.max_response_size)
    required = [literal(credential.name) for credential in credentials_of(client) if credential.is_required]
    if required:
        yield "required", code("frozenset({", ", ".join(required), "})")


def _init_text(client: Client) -> list[str]:
    text = ["Make a client; nothing is connected before the first request."]
    credentials = list(credentials_of(client))
    whole = [f"`{credential.name}`" for credential in credentials if credential.is_whole_header]
    if whole:
        text.append(f"The whole value of the header is given as {', '.join(whole)}.")
    named = [f"`{c.name}` ({markdown_code(c.env)})" for c in credentials if c.env]
    if named:
        text.append(f"Credentials that are not given are read from the environment: {', '.join(named)}.")
    text += [_grants_text(scheme) for scheme in client.schemes if scheme.grants]
    described = [(variable.name, _variable_text(variable)) for variable in client.server.variables]
    described.append(("base_url", _base_url_text(client.server)))
    return [*text, "\n".join(["Args:", *(section_entry(name, [about]) for name, about in described)])]


def _grants_text(scheme: Scheme) -> str:
    """Describe what an access token may be made of."""
    ways = [" and ".join(f"`{credential.name}`" for credential in grant.needed) for grant in scheme.grants]
    return f"Where no `{scheme.credentials[0].name}` is given, a token is fetched with {', or with '.join(ways)}."


def _variable_text(variable: Variable) -> str:
    declared = variable.variable
    values = f" One of: {', '.join(declared.values)}." if declared.values else ""
    about = f"{declared.description.strip()} " if declared.description and declared.description.strip() else ""
    return f"{about}It is put into the default of `base_url`; `{declared.default}` where it is not given.{values}"


def _base_url_text(server: Server) -> str:
    """Describe where the client sends requests, or what its caller must give."""
    if server.url is not None:
        return f"Where the API is; else `{server.env}` of the environment, else `{server.url}`."
    named = f"only the path `{server.documented}`" if server.documented is not None else "no server"
    example = f"Where the API is, as in `{server.example}`; else `{server.env}` of the environment."
    return f"{example} The document names {named}."


def server_text(server: Server) -> Markdown:
    """Describe the same in the README."""
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
