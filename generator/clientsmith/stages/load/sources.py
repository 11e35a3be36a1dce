"""What the user named goes in: a document, a settings file, a URL or standard input; the settings come out."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from ...data.given import Given
from ...data.issues import Found
from ...data.settings import Settings
from .settings import default_settings, is_pyproject, load_pyproject, settings_of
from .settings.folder import package_name

STANDARD_INPUT = "-"


def clients_of(source: str, output: Path | None, stream: IO[bytes]) -> list[Found[Settings]]:
    """Read the settings of a source, or choose the defaults for a document; `stream` is standard input.

    Only `pyproject.toml` may give several clients. Only a URL that stands here is asked for, and nothing else.

    Raises:
        Rejected: nothing can be generated from what is there.
    """
    if is_given(source):
        return [Found(given_settings(source, output, stream))]
    if is_pyproject(Path(source)):
        return load_pyproject(Path(source), output)
    return [settings_of(Path(source), output)]


def is_given(source: str) -> bool:
    """Report whether a source is no file: a URL of the web, or standard input."""
    return source == STANDARD_INPUT or is_web_address(source)


def is_web_address(source: str) -> bool:
    """Report whether a source is a URL of the web."""
    return source.lower().startswith(("http://", "https://"))


def given_settings(source: str, output: Path | None, stream: IO[bytes]) -> Settings:
    """Read a document that is in no file; its package is named after the last part of the URL.

    Raises:
        Rejected: there is no document, or `output` is no name for a package.
    """
    given, spec = read_given(source, stream)
    return default_settings(spec, output if output is not None else Path(package_name(spec)), given=given)


def read_given(source: str, stream: IO[bytes]) -> tuple[Given, Path]:
    """Read a URL or standard input; give the document, and the name that a file of it would have.

    Raises:
        Rejected: there is no document.
    """
    from .fetch import fetch, file_name, read_stream

    if source == STANDARD_INPUT:
        return read_stream(stream), Path("openapi")
    return fetch(source), Path(file_name(source))
