"""What lies in an output folder, and what a run made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MANIFEST = ".clientsmith.json"
"""Name of the file that says which files of a folder are ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """The hashes of one generated file; line endings make no difference."""

    rendered: str
    """Before formatting."""
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """From what, and by what, a package was generated. It holds no time and no place."""

    generator: str
    spec: str
    """Hash of the parsed document."""
    settings: str
    """Hash of the settings that can change the output."""
    formatter: str
    """Name and version."""
    files: Mapping[str, FileRecord] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """An output folder as it is."""

    manifest: Manifest | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    """Our own files by path, with `\\n` as line ending; without those that are missing."""
    is_foreign: bool = False
    """The folder holds something, and no manifest says that it is ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The paths that differ between an output folder and what was generated, each sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """True where the folder is as it should be."""
        return not (self.added or self.changed or self.removed)
