"""The README: what it says of this client and no other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ....data.client import Client
from ....data.credentials import Credential, Grant
from ....data.event_types import EventType
from ....data.oauth2 import CredentialRole
from ....data.packaging import Packaging
from ....data.settings import RequestSettings
from ....data.surface import Surface
from ....data.text import Code, Markdown, code, literal, markdown, markdown_code, markdown_lines
from ...markdown_prose import blocks, one_line, opening_and_rest
from ..package_readme import CredentialRow, Readme, WebhooksSection
from .distribution import http_libraries
from .examples import Examples
from .schemes import credentials_of
from .servers import server_text

ABOUT_LEVEL = 3
"""Headings of a description are below one of the README's own."""
LONGEST_OPTIONS = 70
MOST_EVENTS = 12
"""Types of webhooks that are listed: some APIs have hundreds."""
LARGEST = 128 * 1024 * 1024
"""The runtime's own limit of a body: see `runtime/bounds.py`."""


def readme(surface: Surface, examples: Examples, packaging: Packaging) -> Readme:
    """Write the plan of the README."""
    client = surface.client
    introduction, about = _of_the_api(surface)
    needed = tuple(client.credentials_for(examples.security)) or tuple(client.credentials_for(None))
    return Readme(
        title=markdown(surface.title or surface.package),
        introduction=introduction,
        about=about,
        installation=_installation(surface, packaging),
        library=markdown_lines(http_libraries(client)[0]),
        other_library=markdown_lines(http_libraries(client)[1]),
        package=markdown_lines(surface.package),
        client=markdown_lines(client.name),
        async_client=markdown_lines(f"Async{client.name}"),
        options=_options(client, needed),
        async_options=_options(client, [credential for credential in needed if not credential.env]),
        imports_os=any(credential.env for credential in needed),
        error=markdown_lines(client.error_name),
        credentials=tuple(map(_credential, credentials_of(client))),
        grants=tuple(_grant(grant) for scheme in client.schemes for grant in scheme.grants),
        scopes=_named(_of_role(client, "scopes"), " or "),
        token_url=_named(_of_role(client, "token_url"), " or "),
        server=server_text(client.server),
        retries=_retries(client.requests),
        usual_time=_usual_time(client.requests),
        largest=markdown_lines(f"{client.requests.max_response_size or LARGEST:,}"),
        example=_python(examples.call),
        has_response=examples.has_response,
        raw_example=_python(examples.raw),
        streaming_example=_python(examples.streaming),
        webhooks=_webhooks(surface),
        iteration=_python(examples.iteration),
        pages=_python(examples.pages),
        stream=_python(examples.stream),
    )


def _credential(credential: Credential) -> CredentialRow:
    env = markdown_code(credential.env) if credential.env else markdown_lines("")
    return CredentialRow(argument=markdown_code(credential.name), env=env)


def _of_the_api(surface: Surface) -> tuple[tuple[Markdown, ...], tuple[Markdown, ...]]:
    """Give what comes first of the texts about the API, and what comes at the end."""
    summary, description = one_line(surface.summary or ""), surface.description or ""
    opening, rest = opening_and_rest(description, ABOUT_LEVEL)
    if summary and summary != opening:
        opening, rest = summary, blocks(description, ABOUT_LEVEL)
    more = one_line(_ADDRESS.sub(r"See <\1>", surface.more or ""))
    return tuple(filter(None, (opening,))), tuple(filter(None, (rest, more)))


_ADDRESS = re.compile(r"\ASee (https?://[^\s<>]+)")


def _grant(grant: Grant) -> Markdown:
    """Describe a way to get tokens."""
    needed = _named(grant.needed, " and ")
    others = [c for c in grant.credentials if c.role in ("client_id", "client_secret") and c not in grant.needed]
    optional = markdown_lines(", perhaps ", _named(others, " and ")) if others else markdown_lines("")
    saved = [c for c in grant.credentials if c.role == "on_refresh_token"]
    notified = " is called with each refresh token that replaces the one before"
    notice = markdown_lines("; ", _named(saved, ""), notified) if saved else markdown_lines("")
    return markdown_lines("with ", needed, optional, " at ", markdown_code(grant.token_url), notice)


def _of_role(client: Client, role: CredentialRole) -> list[Credential]:
    return [credential for credential in credentials_of(client) if credential.role == role]


def _named(credentials: Iterable[Credential], joint: str) -> Markdown:
    names = [markdown_code(credential.name) for credential in credentials]
    parts = [part for name in names for part in (joint, name)]
    return markdown_lines(*parts[1:])


def _options(client: Client, credentials: Iterable[Credential]) -> Markdown:
    """Write the arguments of the constructor, on lines of their own where one is not enough."""
    options = [f"{credential.name}={_secret(credential)}" for credential in credentials]
    needed = (argument for argument in client.arguments if argument.required and argument.default is None)
    options += [f"{argument.name}={literal('...')}" for argument in needed]
    if client.server.url is None:
        options.append(f"base_url={literal(client.server.example)}")
    line = ", ".join(options)
    if len(line) <= LONGEST_OPTIONS:
        return markdown_lines(line)
    return markdown_lines("\n", *(f"    {option},\n" for option in options))


def _secret(credential: Credential) -> Code:
    return code("os.environ[", literal(credential.env), "]") if credential.env else literal("...")


def _retries(requests: RequestSettings) -> Markdown:
    often = {0: "not at all", 1: "once", 2: "twice"}.get(requests.max_retries, f"{requests.max_retries} times")
    wait = "after the time\nthat `Retry-After` asks for or a growing one"
    unless = f"{often} unless `max_retries` says otherwise, {wait}."
    if requests.retry == "eager":
        return markdown_lines(f"Connection errors, timeouts, 408, 409, 429 and 5xx are tried again, {unless}")
    key = ", and calls with an idempotency key" if requests.idempotency_header else ""
    return markdown_lines(
        f"After connection errors, timeouts, 408, 409, 429 and 5xx, GET, HEAD, OPTIONS, PUT and DELETE{key}\n"
        f"are tried again, {unless} Other calls are tried again where the server has done\n"
        "nothing yet: no connection was made, or it responded with 429, or 503 and `Retry-After`. A wait of more\n"
        "than a minute is left to the caller: the error comes at once."
    )


def _usual_time(requests: RequestSettings) -> Markdown:
    if requests.timeout is None:
        return markdown_lines("; without it each read and each write may take 60")
    return markdown_lines(f"; without it that is {requests.timeout:g}")


def _webhooks(surface: Surface) -> WebhooksSection | None:
    secret = surface.client.webhook_secret
    found = ((r, r.receiver) for r in surface.all_resources() if r.receiver is not None)
    resource, receiver = next(found, (None, None))
    if resource is None or receiver is None or secret is None:
        return None
    path = resource.title
    env = (", or in the environment as ", markdown_code(secret.env)) if secret.env else ()
    return WebhooksSection(
        unwrap=markdown_lines(f"{path}.{receiver.unwrap}"),
        unsafe_unwrap=markdown_code(f"client.{path}.{receiver.unsafe_unwrap}"),
        event=markdown_lines(receiver.types[-1].exports[0]),
        secret=markdown_lines("Give the secret as ", markdown_code(f"{secret.name}="), " of the client", *env),
        events=tuple(_event(event, receiver.folder) for event in receiver.events[:MOST_EVENTS]),
        more=len(receiver.events) > MOST_EVENTS,
    )


def _event(event: EventType, folder: str) -> Markdown:
    return markdown_lines(markdown_code(event.event.name), ": ", markdown_code(f"{folder}.{event.name}"))


def _python(call: str | None) -> Markdown | None:
    """Take a call into a block of code; `literal` has written its values."""
    return markdown_lines(call) if call is not None else None


def _installation(surface: Surface, packaging: Packaging) -> Markdown:
    """Say how the client gets into a program: what is possible, and nothing else."""
    copied = "Copy this folder into your own package (all of its imports are relative)"
    if packaging.core is not None:
        copied = (
            f"Copy this folder beside {markdown_code(packaging.core)}, the runtime that it shares with other clients"
        )
    if packaging.distribution is not None:
        command = markdown_code(f"pip install ./{surface.package}")
        return markdown_lines(
            f"{copied},\nor install it from the folder around it: {command} builds a wheel of it.\n"
            "Editable installations are not possible, as the folder is the package itself."
        )
    if packaging.project is not None:
        return markdown_lines(f"{copied}, or install it as {_project(packaging.project)}.")
    return markdown_lines(f"{copied}.")


def _project(name: str) -> Markdown:
    """Write the name of the distribution: as code, unless no distribution can have it."""
    return markdown_code(name) if re.fullmatch(r"[\w.-]+", name, re.ASCII) else markdown(name)
