"""The path of a settings file goes in; the settings, checked and with their defaults, come out."""

from __future__ import annotations

from pathlib import Path

from ....data.given import Given
from ....data.issues import Found, Rejected, rejected
from ....data.settings import Settings
from ..text import read_text
from .folder import NAME_HINT, bad_package_name, named, package_name, package_name_by_title
from .package import spdx
from .pyproject import has_table, is_pyproject, load_pyproject
from .root import read
from .toml_syntax import parse
from .toml_table import SettingsFile, Table

__all__ = [
    "default_settings",
    "has_table",
    "is_pyproject",
    "load_pyproject",
    "load_settings",
    "package_name_by_title",
    "settings_of",
    "spdx",
]


def settings_of(source: Path, output: Path | None) -> Found[Settings]:
    """Read a settings file, or choose the defaults for a document: the suffix decides which it is.

    Raises:
        Rejected: nothing can be generated from what is there, or it is a `pyproject.toml` with several clients.
    """
    if is_pyproject(source):
        return only_client(source, output)
    if source.suffix.lower() == ".toml":
        return load_settings(source, output)
    return Found(default_settings(source, output))


def only_client(path: Path, output: Path | None) -> Found[Settings]:
    """Read the settings of the one client in a `pyproject.toml`.

    Raises:
        Rejected: no client is there, or several.
    """
    found = load_pyproject(path, output)
    if len(found) > 1:
        hint = "write the settings of each into a file of its own, and name that"
        message = f"there are {len(found)} clients, and one is needed"
        raise rejected("several-clients", message, file=str(path), hint=hint)
    return found[0]


def load_settings(path: Path, output: Path | None = None) -> Found[Settings]:
    """Read a settings file. `output` wins over the file's own, and is relative to the working directory.

    What is wrong is an error of the result, and reads as absent, so that the spec is looked at all the same.

    Raises:
        Rejected: the file does not say which spec that is.
    """
    name = str(path)
    text = read_text(path, name)
    values, positions = parse(text, name)
    file = SettingsFile(name, text, positions)
    settings = read(Table(file, values), file, path, output)
    if settings is None:
        raise Rejected(file.issues)
    return Found(settings, tuple(file.issues))


def default_settings(spec_path: Path, output: Path | None = None, *, given: Given | None = None) -> Settings:
    """Settings for a spec without a settings file: its package is named after the file.

    `given` is the document where it is in no file.

    Raises:
        Rejected: `output` is no name for a package.
    """
    chosen = named(output if output is not None else Path(package_name(spec_path)))
    problem = bad_package_name(chosen)
    if problem is not None:
        raise rejected("bad-output", problem, hint=NAME_HINT)
    return Settings(spec=spec_path, given=given, output=chosen)
