"""What became of each part of a document, for `--report json`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEntry:
    """What became of one operation."""

    verb: str
    path: str
    operation_id: str | None
    resource: str
    method: str
    module: str
    rule: str
    """What chose the names of resource and method: `settings`, `extension`, `path: item` ... (docs/names.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaEntry:
    """What became of one component."""

    name: str
    classes: tuple[str, ...]
    """Dotted names of the classes and aliases; empty where it is inlined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A name that was occupied, and the name given instead."""

    wanted: str
    given: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of each operation and component, for `--report json`."""

    operations: tuple[ReportEntry, ...]
    schemas: tuple[SchemaEntry, ...]
    renames: tuple[Rename, ...]
