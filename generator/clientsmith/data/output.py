"""What lies in an output folder, and what a run made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

MANIFEST = ".clientsmith.json"
"""Name of the file that says which files of a folder a run wrote. It lies in the folder: nothing is believed of it."""

EntryKind = Literal["file", "folder", "link", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """The hash of one generated file; line endings make no difference."""

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
    pending: Mapping[str, FileRecord] = field(default_factory=dict)
    """What a run is about to write, where it cannot exchange the folder as a whole; empty once it has ended."""

    @property
    def source(self) -> tuple[str, str, str, str]:
        """What decides about the bytes of all files."""
        return self.generator, self.spec, self.settings, self.formatter


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """An output folder as it is."""

    manifest: Manifest | None = None
    entries: Mapping[str, EntryKind] = field(default_factory=dict)
    """Everything in the folder, by path; links are not followed."""
    contents: Mapping[str, bytes] = field(default_factory=dict)
    """The regular files of those that the manifest names or the run makes, with line feeds as line endings."""
    proven: frozenset[str] = frozenset()
    """Paths of the contents that a run of the generator wrote, as far as can be proven."""
    unchecked: tuple[str, ...] = ()
    """Byte code of generated modules that Python would run without a look at the source."""
    is_unknown: bool = False
    """The folder holds something, and no manifest says that it is ours."""
    was_interrupted: bool = False
    """A run was ended before it had done its work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The paths that differ between an output folder and what was generated, each sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    unknown: tuple[str, ...] = ()
    """Files that no run wrote and that Python would import as parts of what is generated. Nothing is done to them."""

    @property
    def is_empty(self) -> bool:
        """True where every generated file is as it should be."""
        return not (self.added or self.changed or self.removed)
