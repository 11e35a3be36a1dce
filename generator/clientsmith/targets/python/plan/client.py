"""`_client.py`: the two clients with their constructor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ....data.client import Client
from ....data.credentials import Credential, Scheme
from ....data.modules import OWN_METHODS
from ....data.reserved import CLIENT_FUNCTIONS, CLIENT_MODULE
from ....data.settings import ClientArgumentSettings, RequestSettings
from ....data.surface import Resource, Surface
from ....data.text import Code, code, docstring, identifier, literal, markdown_code, module_path
from ..package import ClientArgument, ClientModule, CredentialArgument, Import, Keyword
from ..package_bases import ClassBases
from .expressions import Call, Expression, Name, Symbol, core, value
from .options import client_options
from .prose import section_entry, title
from .resources import base_texts, child_link
from .schemes import (
    NAMES_OF_SCHEMES,
    credential_code,
    credentials_of,
    import_schemes,
    requirements,
    scheme_class,
    scheme_code,
    types_of,
)
from .scope import Deferred, ModuleScope, sorted_exports, sorted_imports
from .servers import ServerArguments, base_url_text, server_imports, server_texts, server_values
from .wrapped import class_names, client_methods

_BASES = ("AsyncClient", "SyncClient")
_OPTION_TYPES = ("AsyncHTTPClient", "Headers", "HTTPClient", "Query", "Timeout")
_OF_ARGUMENTS = ("ClientArgument", *CLIENT_FUNCTIONS)
"""What the module takes of the runtime where its constructor has arguments that go out with every request."""
_SOMETIMES = ("WebhookSecret", "initial_secret", "Literal", "OperationServer", "Server", "Variable", *_OF_ARGUMENTS)
"""Names that few clients need."""
_LANGUAGE = {"X-Stainless-Lang": "python"}
"""What SDKs of Stainless send with every request, and their tests look at."""


def client_module(surface: Surface) -> ClientModule:
    """Write the plan of the client module."""
    client = surface.client
    # A resource called `property` comes last, as it hides the decorator of those after it.
    resources = sorted(surface.resources, key=lambda resource: resource.path == ("property",))
    base_names = _base_names(client.name)
    scope = _client_scope(client, base_names)
    credentials = tuple(_credential_arguments(credential) for credential in credentials_of(client))
    query = _query(client, scope)
    servers = ServerArguments(client.server, scope)
    links = [child_link(resource, scope) for resource in resources]
    bases = base_texts(client.bases, [code(base_names[base]) for base in ("SyncClient", "AsyncClient")], scope)
    methods = _own_methods(client_methods(surface), scope)
    return ClientModule(
        name=identifier(client.name),
        async_name=identifier(f"Async{client.name}"),
        docstring=docstring([f"Client of {title(surface)}."], 4),
        async_docstring=docstring([f"Client of {title(surface)} for `async` code."], 4),
        init_docstring=docstring(_init_text(client), 8),
        bases=_with_methods(bases(), methods),
        options=client_options("HTTPClient", client),
        async_options=client_options("AsyncHTTPClient", client),
        exports=sorted_exports([client.name, f"Async{client.name}"]),
        config=tuple(_config(surface, query)),
        credentials=tuple(sync for sync, _ in credentials),
        async_credentials=tuple(other for _, other in credentials),
        webhook_secret=identifier(client.webhook_secret.name) if client.webhook_secret else None,
        variables=servers.variables(),
        environment=servers.environment(),
        arguments=tuple(map(_client_argument, client.arguments)),
        resources=tuple(link() for link in links),
        imports=sorted_imports((*scope.imports(), *_base_imports(client, base_names), *_core_imports(client))),
        typing_imports=scope.typing_imports(),
    )


def _own_methods(own: Resource | None, scope: ModuleScope) -> tuple[Deferred, ...]:
    """Import the classes with the methods of the two clients, if they have some."""
    names = class_names(own)[:2] if own is not None else ()
    return tuple(scope.use_symbol(Symbol(f".{OWN_METHODS}", name)) for name in names)


def _with_methods(bases: ClassBases, methods: tuple[Deferred, ...]) -> ClassBases:
    """Put the classes with their methods before the clients of the runtime."""
    if not methods:
        return bases
    sync, asynchronous = (
        (*own[:-1], code(identifier(method())), own[-1])
        for own, method in zip((bases.sync, bases.asynchronous), methods, strict=True)
    )
    return ClassBases(sync=sync, asynchronous=asynchronous)


def _base_imports(client: Client, names: Mapping[str, str]) -> Iterator[Import]:
    """Import the clients of the runtime, each under the name that it has in the module."""
    module = module_path("._core.compatible_client" if client.compatibility else "._core.client")
    plain = tuple(code(base) for base, own in names.items() if base == own)
    if plain:
        yield Import(module=module, names=plain)
    for base, own in names.items():
        if base != own:
            yield Import(module=module, names=(code(base, " as ", own),))


def _query(client: Client, scope: ModuleScope) -> Deferred | None:
    """Declare how queries are written where the settings say it of lists; None where the document does."""
    if client.query_arrays == "document":
        return None
    given: list[Expression] = [value(client.query_arrays)]
    if client.query_objects != "brackets":
        given.append(value(client.query_objects))
    return scope.use(Call(Name(core("queries", "NestedQuery")), tuple(given)))


def _client_scope(client: Client, bases: Mapping[str, str]) -> ModuleScope:
    """Make the scope of the module, with what its annotations and its schemes use."""
    scope = ModuleScope("_client")
    apart = {*_OPTION_TYPES, *NAMES_OF_SCHEMES, *_SOMETIMES} - {
        str(name) for line in _core_imports(client) for name in line.names
    }
    own = [name for name in CLIENT_MODULE if name not in apart]
    scope.define([*own, *bases.values(), client.name, f"Async{client.name}"])
    for option in _OPTION_TYPES:
        scope.use(Name(core("types", option)), for_typing=True)
    import_schemes(client, scope)
    for name in _OF_ARGUMENTS if client.arguments else ():
        scope.use_symbol(core("client_arguments", name))
    if client.webhook_secret:
        scope.use(Name(core("webhooks", "WebhookSecret")), for_typing=True)
    return scope


def _base_names(name: str) -> dict[str, str]:
    """Give what the clients of the runtime are called in the module: something else where its own are called so."""
    own = {name, f"Async{name}"}
    return {base: f"{base.removesuffix('Client')}Base" if own & {*_BASES} else base for base in _BASES}


def _credential_arguments(credential: Credential) -> tuple[CredentialArgument, CredentialArgument]:
    """Describe an argument of the sync client, and that of the async one."""
    name, types = credential.name, types_of(credential)
    sync = CredentialArgument(name=identifier(name), key=literal(name), type=code(types[0]))
    return sync, replace(sync, type=code(types[-1]))


def _core_imports(client: Client) -> Iterator[Import]:
    """Import what the configuration and the constructor need."""
    has_credentials = bool(client.schemes or client.webhook_secret)
    used = {scheme_class(scheme) for scheme in client.schemes} | ({"Credential"} if has_credentials else set())
    yield Import(module=module_path("._core.config"), names=tuple(map(code, sorted({"ClientConfig", *used}))))
    yield Import(module=module_path("._core.omit"), names=(code("Omit"), code("omit")))
    yield from server_imports(client.server)
    if client.webhook_secret:
        yield Import(module=module_path("._core.webhooks"), names=(code("initial_secret"),))


def _client_argument(argument: ClientArgumentSettings) -> ClientArgument:
    place, wire_name = _sent_as(argument)
    values: list[Code] = [literal(argument.name), literal(place), literal(wire_name)]
    for name, given in (("env", argument.env), ("default", argument.default), ("required", argument.required or None)):
        values += [code(f"{name}=", literal(given))] if given is not None else []
    return ClientArgument(name=identifier(argument.name), key=literal(argument.name), declared=code(", ".join(values)))


def _sent_as(argument: ClientArgumentSettings) -> tuple[str, str]:
    """Give where an argument goes, and the name that it has there."""
    if argument.header is not None:
        return "header", argument.header
    return ("query", argument.query) if argument.query is not None else ("attribute", "")


def _config(surface: Surface, query: Deferred | None) -> Iterator[Keyword]:
    client = surface.client
    server = client.server
    values: dict[str, Code | None] = {
        "package": literal(surface.package),
        "version": literal(surface.version),
        "error_name": literal(client.error_name),
        "base_url": literal(server.url) if server.url and not server.environments else None,
        "base_url_env": literal(server.env),
    }
    values.update(server_values(server))
    if client.schemes:
        entries = [f"{literal(scheme.scheme.name)}: {scheme_code(scheme)}" for scheme in client.schemes]
        values["schemes"] = code("{", ", ".join(entries), "}")
        values["security"] = literal(requirements(client.security))
    if client.webhook_secret:
        values["webhook_secret"] = credential_code(client.webhook_secret)
    if query is not None:
        values["query_objects"] = query()
    elif client.query_objects != "form":
        values["query_objects"] = literal(client.query_objects)
    values.update(_request_defaults(client))
    for key, given in values.items():
        if given is not None:
            yield Keyword(name=identifier(key), value=given)


def _request_defaults(client: Client) -> Iterator[tuple[str, Code]]:
    """Declare what the settings want other than the runtime."""
    requests, usual = client.requests, RequestSettings()
    if requests.idempotency_header:
        yield "idempotency_header", literal(requests.idempotency_header)
    if requests.retry != usual.retry:
        yield "retry", literal(requests.retry)
    if requests.timeout is not None:
        yield "timeout", literal(requests.timeout)
    headers = {**(_LANGUAGE if client.compatibility else {}), **requests.headers}
    if headers:
        yield "default_headers", literal(headers)
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
    described = [(argument.name, _argument_text(argument)) for argument in client.arguments]
    described += server_texts(client.server)
    if client.webhook_secret:
        described.append((client.webhook_secret.name, _webhook_secret_text(client.webhook_secret)))
    described.append(("base_url", base_url_text(client.server)))
    return [*text, "\n".join(["Args:", *(section_entry(name, [about]) for name, about in described)])]


def _grants_text(scheme: Scheme) -> str:
    """Describe what an access token may be made of."""
    ways = [" and ".join(f"`{credential.name}`" for credential in grant.needed) for grant in scheme.grants]
    return f"Where no `{scheme.credentials[0].name}` is given, a token is fetched with {', or with '.join(ways)}."


def _argument_text(argument: ClientArgumentSettings) -> str:
    about = f"{' '.join(argument.description.split())} " if argument.description else ""
    place = f"header `{argument.header}`" if argument.header is not None else f"query as `{argument.query}`"
    where = "It is an attribute of the client"
    if argument.header is not None or argument.query is not None:
        where = f"It goes out with every request, in the {place}"
    env = f", else `{argument.env}` of the environment" if argument.env else ""
    default = f", else `{argument.default}`" if argument.default is not None else ""
    return f"{about}{where}{env}{default}."


def _webhook_secret_text(secret: Credential) -> str:
    env = f"; else `{secret.env}` of the environment" if secret.env else ""
    return f"Verifies the signatures of webhooks, several while secrets are replaced{env}."
