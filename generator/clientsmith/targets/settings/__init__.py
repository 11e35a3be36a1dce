"""The first settings of a client: a surface goes in; a settings file with comments comes out, which changes nothing.

What was recognised stands in it as the default has it: whoever edits a line sees what it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...data.access import SecurityScheme
from ...data.api import Api
from ...data.credentials import Credential, Scheme
from ...data.oauth2 import OAUTH2_NAMED
from ...data.surface import Call, Resource, Surface
from ...data.toml_text import toml_comment, toml_key, toml_list, toml_path, toml_string
from ...stages.design.paging.recognition import Recognised
from .paging import paging_tables as paging_tables

SCHEMA = "clientsmith.schema.json"
"""The file beside the settings with the keys, for editors."""
KINDS = {
    "bearer": "A bearer token",
    "basic": "User name and password (HTTP Basic)",
    "header": "A key in the header",
    "query": "A key in the query",
    "cookie": "A key in the cookie",
    "other": "The HTTP scheme",
}
LONGEST = 300
"""Characters of a comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a settings file begins with."""

    spec: str
    """The document, relative to the file."""
    output: str
    """The package's own folder, relative to the file."""
    gaps: tuple[str, ...] = ()
    """The codes of what cannot be expressed."""


def settings_text(
    api: Api, surface: Surface, recognised: Sequence[Recognised], start: Start, *, with_tree: bool
) -> str:
    """Write a settings file. `with_tree` writes every resource and method with its name, which holds from then on."""
    parts = [
        head(surface, start),
        package(surface),
        client(api, surface),
        credentials(surface),
        pages(recognised),
        tree(surface) if with_tree else tree_hint(surface),
    ]
    return "\n".join(line for part in parts for line in [*part, ""]).rstrip("\n") + "\n"


def head(surface: Surface, start: Start) -> Iterator[str]:
    """Write the keys above all tables."""
    yield f"#:schema {SCHEMA}"
    yield comment(f"Settings of clientsmith for {surface.title or surface.package}.")
    yield "# `clientsmith generate` with the name of this file writes the client. Each key has a default: any line"
    yield "# but `spec` may go. Editors that know the schema above list the other keys."
    yield ""
    yield f"spec = {toml_string(start.spec)}"
    yield "# The package's own folder; its last part is the package's name."
    yield f"output = {toml_string(start.output)}"
    yield '# "ruff" is much faster, and needs the extra clientsmith[ruff]; "none" leaves the code as it is.'
    yield 'formatter = "black"'
    if start.gaps:
        yield "# Parts of the document that a client cannot express, and is made without. Remove the line to see them."
        yield f"allow_skips = {toml_list(start.gaps)}"


def package(surface: Surface) -> Iterator[str]:
    """Write `[package]`."""
    yield "[package]"
    yield "# `__version__`, and a part of the User-Agent. `clientsmith diff` says which one comes next."
    yield f"version = {toml_string(surface.version)}"


def client(api: Api, surface: Surface) -> Iterator[str]:
    """Write `[client]`: names, and the server."""
    offered = surface.client
    yield "[client]"
    yield f"# The class. Its async form is Async{offered.name}, and the root of its exceptions {offered.error_name}."
    yield f"name = {toml_string(offered.name)}"
    yield from servers(api, offered.server.url)
    yield f"base_url_env = {toml_string(offered.server.env)}"


def servers(api: Api, url: str | None) -> Iterator[str]:
    """Write where requests go, and list the servers that there are."""
    if len(api.servers) > 1:
        yield "# The document has several servers; the first one counts:"
    for server in api.servers if len(api.servers) > 1 else ():
        yield comment(f"  {server.url}{f': {server.description}' if server.description else ''}")
    if url is None:
        yield "# The document names no host: without this line the caller must give `base_url`."
        yield '# base_url = "https://api.example.com"'
    elif any(server.variables for server in api.servers[:1]):
        yield "# Its URL has variables, which are arguments of the client; this would be without:"
        yield f"# base_url = {toml_string(url)}"
    elif fits_on_a_line(url):
        yield f"base_url = {toml_string(url)}"


def fits_on_a_line(url: str) -> bool:
    """Report whether the settings take a URL as it is."""
    return url.lower().startswith(("http://", "https://")) and not any(character.isspace() for character in url)


# --- credentials -----------------------------------------------------------------------------------------------------


def credentials(surface: Surface) -> Iterator[str]:
    """Write `[security]`: arguments and environment variables."""
    schemes = [scheme for scheme in surface.client.schemes if scheme.credentials]
    if not schemes:
        yield "# The document asks for no credentials."
    for number, scheme in enumerate(schemes):
        yield from ["", *security(scheme)] if number else security(scheme)


def security(scheme: Scheme) -> Iterator[str]:
    """Write one scheme."""
    kind = KINDS[scheme.scheme.kind]
    yield comment(f"{kind}{wire_name(scheme.scheme)}{described(scheme.scheme.description)}")
    yield f"[{toml_path(('security', scheme.scheme.name))}]"
    own = scheme.credentials[:1] if scheme.grants else scheme.credentials
    for prefix, credential in zip(("", "password_"), own, strict=False):
        yield from credential_lines(f"{prefix}argument", f"{prefix}env", credential)
    for credential in scheme.credentials[len(own) :]:
        if credential.role in OAUTH2_NAMED:
            yield from credential_lines(credential.role, f"{credential.role}_env", credential)
    yield "# True: the constructor asks for it, instead of the first call that needs it."
    yield "required = false"


def wire_name(scheme: SecurityScheme) -> str:
    """Name the header, the key or the cookie."""
    return f" {scheme.wire_name}" if scheme.wire_name else ""


def credential_lines(key: str, env_key: str, credential: Credential) -> Iterator[str]:
    """Write the names of one credential."""
    if is_name(credential.name):
        yield f"{key} = {toml_string(credential.name)}"
    if credential.env and is_name(credential.env):
        yield f"{env_key} = {toml_string(credential.env)}"


# --- pages -----------------------------------------------------------------------------------------------------------


def pages(recognised: Sequence[Recognised]) -> Iterator[str]:
    """Write `[paging]`."""
    if not recognised:
        yield "# No operation pages in a way that is recognised; [paging] has other ways."
        return
    yield "# How the next page is found: an operation that a scheme fits gives pages, and a loop over it goes through"
    yield "# the items of all of them."
    yield from paging_tables(recognised)


# --- the tree --------------------------------------------------------------------------------------------------------


def tree_hint(surface: Surface) -> Iterator[str]:
    """Say how names are chosen, with the first one as an example."""
    yield "# Names of resources and methods follow tags, operationIds and paths. A name of your own stands here;"
    yield "# `clientsmith init --tree` writes all of them, and keeps them as they are now."
    example = next((item for resource in surface.all_resources() for item in [first_method(resource)] if item), None)
    if example is not None:
        path, line = example
        yield f"# [{toml_path((*table_of(path), 'methods'))}]"
        yield f"# {line}"


def first_method(resource: Resource) -> tuple[tuple[str, ...], str] | None:
    """Give a resource's first method as its settings would name it."""
    if not resource.calls:
        return None
    call = resource.calls[0]
    return resource.path, f"{toml_key(call.name)} = {toml_string(verb_and_path(call))}"


def tree(surface: Surface) -> Iterator[str]:
    """Write every resource, and every method with its operation."""
    calls = [call for resource in surface.all_resources() for call in resource.calls]
    counts = Counter(map(verb_and_path, calls))
    yield "# Every resource and method. The names stay as they are, whatever becomes of tags and operationIds."
    for resource in surface.all_resources():
        if any(inner.calls for inner in resource.tree()):
            yield ""
            yield from resource_lines(resource, counts)


def table_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """Give the table of a resource; methods of the client itself are in that of the client."""
    return ("resources", *path) if path else ("client",)


def resource_lines(resource: Resource, counts: Counter[str]) -> Iterator[str]:
    """Write one resource; `counts` has how many operations have a verb and path."""
    path = table_of(resource.path)
    if resource.path:
        yield f"[{toml_path(path)}]"
        yield f"singular = {toml_string('_'.join(resource.singular))}"
    if resource.calls:
        yield f"[{toml_path((*path, 'methods'))}]"
    for call in resource.calls:
        if counts[verb_and_path(call)] == 1:
            yield f"{toml_key(call.name)} = {toml_string(verb_and_path(call))}"
        else:
            yield toml_comment(
                f"{call.name} has the same verb and path as another method, and no name of its own here."
            )


def verb_and_path(call: Call) -> str:
    """Name an operation by verb and path."""
    return f"{call.operation.verb} {call.operation.path}"


# --- text ------------------------------------------------------------------------------------------------------------


def is_name(text: str) -> bool:
    """Report whether a settings file may have the name of a credential."""
    return text.isascii() and text.isidentifier()


def described(text: str | None) -> str:
    """Add what the document says, if it does."""
    line = " ".join((text or "").split())
    return f": {line}" if line else ""


def comment(text: str) -> str:
    """Write a comment that is not endless."""
    return toml_comment(text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}...")
