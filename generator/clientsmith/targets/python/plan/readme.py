"""The README: what it says of this client and no other."""

from __future__ import annotations

import re

from ....data.settings import RequestSettings
from ....data.surface import Surface
from ....data.text import Markdown, literal, markdown, markdown_code, markdown_lines
from ..package import CredentialRow, Readme
from .client import credentials_of, server_text
from .examples import Examples
from .prose import introduction

LARGEST = 128 * 1024 * 1024
"""The runtime's own limit of a body: see `runtime/bounds.py`."""


def readme(surface: Surface, examples: Examples) -> Readme:
    """Write the plan of the README."""
    client = surface.client
    paragraphs = (introduction(surface.summary, surface.description), surface.more)
    return Readme(
        title=markdown(surface.title or surface.package),
        introduction=tuple(markdown(text) for text in paragraphs if text),
        project=_project(surface.project),
        package=markdown_lines(surface.package),
        client=markdown_lines(client.name),
        async_client=markdown_lines(f"Async{client.name}"),
        options=markdown_lines("" if client.server.url is not None else f"base_url={literal(client.server.example)}"),
        error=markdown_lines(client.error_name),
        credentials=tuple(
            CredentialRow(
                argument=markdown_code(credential.name),
                env=markdown_code(credential.env) if credential.env else markdown_lines(""),
            )
            for credential in credentials_of(client)
        ),
        server=server_text(client.server),
        retries=_retries(client.requests),
        usual_time=_usual_time(client.requests),
        largest=markdown_lines(f"{client.requests.max_response_size or LARGEST:,}"),
        example=_python(examples.call),
        has_response=examples.has_response,
        raw_example=_python(examples.raw),
        streaming_example=_python(examples.streaming),
        iteration=_python(examples.iteration),
        stream=_python(examples.stream),
    )


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
        "nothing yet: no connection was made, or it answered 429, or 503 with `Retry-After`. A wait of more than a\n"
        "minute is left to the caller: the error comes at once."
    )


def _usual_time(requests: RequestSettings) -> Markdown:
    if requests.timeout is None:
        return markdown_lines("; without it each read and each write may take 60")
    return markdown_lines(f"; without it that is {requests.timeout:g}")


def _python(call: str | None) -> Markdown | None:
    """Take a call into a block of code; `literal` has written its values."""
    return markdown_lines(call) if call is not None else None


def _project(name: str) -> Markdown:
    """Write the name of the distribution: as code, unless no distribution can have it."""
    return markdown_code(name) if re.fullmatch(r"[\w.-]+", name, re.ASCII) else markdown(name)
