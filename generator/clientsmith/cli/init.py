"""`clientsmith init`."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from ..data.issues import Rejected, rejected
from ..data.settings import Settings
from ..data.text import visible
from ..disk.regular import read_head
from ..stages.load import default_settings, is_given, read_given
from .endings import USER_ERROR, internal_errors
from .options import GivenPath, GivenSource, debug_option
from .output import show_issues
from .schema import schema
from .terminal import echo, progress

LONGEST_NAME = 80
"""Characters of the name of a document from the web."""

INIT_EXIT_CODES = """\b
Exit codes:
  0    the settings are written
  1    mistakes in the document or a path, or a file that is there already;
       nothing is written
  2    wrong options, or an internal error
  130  interrupted
"""
SCHEMA = "clientsmith.schema.json"
SUFFIXES = (".yaml", ".yml", ".json")
FIRST_KEY = re.compile(rb"""^\s*["']?(?:openapi|swagger)["']?\s*:""", re.MULTILINE)
HEAD = 4096
"""Bytes of a file in which a document says what it is."""


@click.command("init", short_help="Write the first settings of a client.", epilog=INIT_EXIT_CODES)
@click.argument("document", metavar="[SPEC|URL]", type=GivenSource(), required=False)
@click.option("-o", "--output", metavar="FILE", type=GivenPath(), help="The settings file. Default: SPEC with .toml.")
@click.option("--tree", is_flag=True, help="Write every resource and method, whose names then stay as they are.")
@debug_option
def init_command(document: str | None, output: Path | None, *, tree: bool, debug: bool) -> None:
    """Write a settings file for a document, with comments and with what was recognised in it.

    A document at a URL is saved beside it. Without an argument, the only document in this folder is taken. Nothing is
    overwritten.
    """
    with internal_errors(debug):
        try:
            code = write_first_settings(document or only_document(), output, with_tree=tree)
        except Rejected as refused:
            show_issues(refused.issues, None)
            echo("nothing was written", err=True)
            code = USER_ERROR
    sys.exit(code)


def only_document() -> str:
    """Find the document in the working directory.

    Raises:
        click.UsageError: the project has no document, or several.
    """
    found = sorted(str(path) for path in Path().iterdir() if path.suffix.lower() in SUFFIXES and is_document(path))
    if len(found) != 1:
        names = f"several: {', '.join(map(visible, found[:10]))}" if found else "none"
        raise click.UsageError(f"name a document: this folder has {names}")
    return found[0]


def is_document(path: Path) -> bool:
    """Report whether a file begins as documents do."""
    try:
        return FIRST_KEY.search(re.sub(rb"[{,]", b"\n", read_head(path, HEAD))) is not None
    except OSError:
        return False


def write_first_settings(document: str, output: Path | None, *, with_tree: bool) -> int:
    """Read the document, and write what belongs to its client; give the exit code.

    Raises:
        Rejected: a file is there already, or cannot be read or written.
    """
    settings, file = settings_and_file(document, output)
    from ..pipeline.initial import initial_settings
    from ..stages.write import write_new

    with progress() as show_stage:
        made = initial_settings(settings, file, with_tree=with_tree, by_title=True, progress=show_stage)
    show_issues(made.issues, made.documents)
    if made.text is None:
        echo("nothing was written", err=True)
        return USER_ERROR
    files = {file: made.text.encode(), **dict(beside(settings, file))}
    write_new(files)
    for path in files:
        echo(f"wrote {visible(str(path))}")
    echo(f"next: clientsmith generate {visible(str(file))}")
    return 0


def settings_and_file(document: str, output: Path | None) -> tuple[Settings, Path]:
    """Choose the settings of a client, and the file for them.

    Raises:
        Rejected: there is no document, or the file is there already.
    """
    if is_given(document):
        given, name = read_given(document, sys.stdin.buffer if sys.stdin is not None else io.BytesIO())
        spec = (output.parent if output is not None else Path()) / saved_name(name, given.content)
        settings = default_settings(spec, given=given)
    else:
        settings = default_settings(Path(document))
    file = output if output is not None else settings.spec.with_suffix(".toml")
    if file.exists():
        hint = "name another one with -o, or remove it: nothing is overwritten"
        raise rejected("file-exists", "this is there already", file=str(file), hint=hint)
    return replace(settings, output=file.parent / settings.output.name), file


def saved_name(name: Path, content: bytes) -> str:
    """Name the file of a document from the web: a plain name, with the suffix of what it holds."""
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "_", name.stem).strip("._-")[:LONGEST_NAME] or "openapi"
    # The settings beside it are not those of a Python project.
    stem = "openapi" if stem.lower() == "pyproject" else stem
    is_json = content.lstrip()[:1] == b"{"
    return f"{stem}{name.suffix if name.suffix.lower() in SUFFIXES else '.json' if is_json else '.yaml'}"


def beside(settings: Settings, file: Path) -> Iterator[tuple[Path, bytes]]:
    """Give what is written beside the settings: a document from the web, and the schema unless it is there."""
    if settings.given is not None:
        yield settings.spec, settings.given.content
    if not (file.parent / SCHEMA).exists():
        yield file.parent / SCHEMA, schema().encode()
