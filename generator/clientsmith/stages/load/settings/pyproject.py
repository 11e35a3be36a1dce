"""The path of a `pyproject.toml` goes in; the settings of the clients in `[tool.clientsmith]` come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ....data.document import Position
from ....data.issues import Found, Rejected, rejected
from ....data.settings import PYPROJECT, Settings
from ..text import read_text
from .root import read
from .toml_positions import KeyPath
from .toml_syntax import parse
from .toml_table import SettingsFile, Table

TABLE: KeyPath = ("tool", "clientsmith")
TABLE_HINT = 'add a table [tool.clientsmith] with a line like: spec = "openapi.yaml"'


def is_pyproject(path: Path) -> bool:
    """Report whether a file has its settings in a table of a tool."""
    return path.name == PYPROJECT


def has_table(path: Path) -> bool:
    """Report whether a file is there and may hold settings of ours; whoever reads it says what is wrong with it."""
    try:
        return path.is_file() and "clientsmith" in path.read_text("utf-8", errors="replace")
    except OSError:
        return False


def load_pyproject(path: Path, output: Path | None = None) -> list[Found[Settings]]:
    """Read the settings of all clients: `[tool.clientsmith]` is one, `[[tool.clientsmith]]` are several.

    Paths are relative to the file. `output` wins over the client's own folder.

    Raises:
        Rejected: there is no client, one names no spec, or several would get one `output`.
    """
    name = str(path)
    text = read_text(path, name)
    values, positions = parse(text, name)
    tables = list(clients(values, name, positions))
    if output is not None and len(tables) > 1:
        message = f"there are {len(tables)} clients, which cannot share the folder '{output}'"
        raise rejected("bad-output", message, file=name, position=positions.get(TABLE), hint="choose one with --only")
    files = [SettingsFile(name, text, positions) for _ in tables]
    found = [
        read(Table(file, table, key), file, path, output) for file, (key, table) in zip(files, tables, strict=True)
    ]
    if None in found:
        raise Rejected(issue for file in files for issue in file.issues)
    return [Found(made, tuple(file.issues)) for made, file in zip(found, files, strict=True) if made is not None]


def clients(
    root: Mapping[str, Any], name: str, positions: Mapping[KeyPath, Position]
) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    """Find the table of each client, with its path.

    Raises:
        Rejected: the table is missing, or something else is in its place.
    """
    tools = root.get("tool", {})
    value = tools.get("clientsmith") if isinstance(tools, dict) else None
    if isinstance(value, dict):
        yield TABLE, value
        return
    place = positions.get(TABLE)
    if value is not None and not (isinstance(value, list) and all(isinstance(item, dict) for item in value)):
        message = "'tool.clientsmith' must be a table, or several"
        raise rejected("bad-setting", message, file=name, position=place, hint=TABLE_HINT)
    if not value:
        raise rejected("no-settings", "there is no table [tool.clientsmith]", file=name, hint=TABLE_HINT)
    yield from (((*TABLE, str(number)), item) for number, item in enumerate(value))
