"""The README: what it says of this client and no other."""

from __future__ import annotations

import re

from ....data.surface import Surface
from ....data.text import Markdown, literal, markdown, markdown_code, markdown_lines
from ..package import CredentialRow, Readme
from .client import credentials_of, server_text
from .examples import Examples
from .prose import introduction


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
        example=_python(examples.call),
        has_response=examples.has_response,
        raw_example=_python(examples.raw),
        streaming_example=_python(examples.streaming),
        iteration=_python(examples.iteration),
        stream=_python(examples.stream),
    )


def _python(call: str | None) -> Markdown | None:
    """Take a call into a block of code; `literal` has written its values."""
    return markdown_lines(call) if call is not None else None


def _project(name: str) -> Markdown:
    """Write the name of the distribution: as code, unless no distribution can have it."""
    return markdown_code(name) if re.fullmatch(r"[\w.-]+", name, re.ASCII) else markdown(name)
