"""Configs of another generator: a config and its document go in; settings, an overlay and a report come out."""

from __future__ import annotations

from dataclasses import dataclass

from ..data.pointer import Json
from .client import (
    ClientTables,
    is_sorted,
    read_client_settings,
    read_environments,
    read_organization,
    read_queries,
    read_security,
    read_settings,
)
from .config import Node, Notes, note_unknown
from .extensions import read_extensions
from .models import Models
from .names import read_casings
from .overlay import Overlay
from .paging import Schemes
from .readme import read_readme
from .report import MigrationReport
from .source import Source
from .streams import read_streams
from .targets import package_of, read_targets
from .toml_text import Table, comment
from .transforms import read_transforms
from .tree import Tree, read_resources
from .webhooks import Webhooks

__all__ = ["Migration", "MigrationReport", "migrate"]


@dataclass(frozen=True, slots=True)
class Migration:
    """The files of a migration by name, and the report."""

    name: str
    """What the files are called."""
    files: dict[str, str]
    report: MigrationReport


def migrate(config: Json, document: Json, *, config_name: str, spec: str) -> Migration:
    """Turn a config into settings. `spec` is how these name the document."""
    notes = Notes()
    root = Node(config, notes)
    overlay = Overlay()
    source = Source(document)
    read_extensions(source, overlay, notes)
    read_transforms(root.child("openapi").child("transforms"), source, overlay)
    read_transforms(root.child("openapi").child("transformations"), source, overlay)
    source = read_security(root.child("security"), root.child("security_schemes"), source, overlay)
    tables = _Tables(root, source, overlay)
    tables.read()
    _note_others(root)
    note_unknown(config, notes)
    name = package_of(root)
    files = {f"{name}.toml": tables.text(config_name, spec, name, has_overlay=bool(overlay.actions))}
    if overlay.actions:
        files[f"{name}.overlay.yaml"] = overlay.text(f"What {config_name} changes")
    report = MigrationReport(tuple(notes.entries.values()))
    files[f"{name}.migration.md"] = report.text(config_name)
    return Migration(name, files, report)


class _Tables:
    """The tables of the settings file."""

    def __init__(self, root: Node, source: Source, overlay: Overlay) -> None:
        self._root = root
        self._source = source
        self._schemes = Schemes(root.child("pagination"), source)
        self._webhooks = Webhooks(source, root.child("client_settings").child("opts"))
        self._tree = Tree(source, overlay, Models(source, overlay), self._schemes, self._webhooks)
        self._client = ClientTables()
        self._package = Table(("package",))
        self._more: list[Table] = []

    def read(self) -> None:
        """Read every part of the config that settings can hold."""
        root, client = self._root, self._client
        settings = root.child("client_settings")
        read_targets(root.child("targets"), self._package)
        read_organization(root.child("organization"), settings, client)
        read_environments(root.child("environments"), client)
        read_queries(root.child("query_settings"), client)
        read_settings(root.child("settings"), client, self._package)
        client.client.set("flat_bodies", True)
        client.client.set("retry", "eager")
        read_resources(root.child("resources"), self._tree)
        read_client_settings(settings, client, self._source, self._webhooks.secret)
        self._more = [
            *read_casings(root.child("custom_casings")),
            _fixed(("types",), alias_responses=True, sort_members=is_sorted(root.child("settings"))),
            _fixed(("components",), inline=["*"]),
            _fixed(("select",), only_named=True),
            *self._schemes.tables(),
            *read_streams(root.child("streaming")),
            self._webhooks.table,
        ]
        read_readme(root.child("readme"), self._source, self._tree.called, self._more)

    def text(self, config: str, spec: str, package: str, *, has_overlay: bool) -> str:
        """Write the settings file."""
        head = Table(())
        head.set("spec", spec)
        head.set("output", f"./{package}")
        if has_overlay:
            head.set("overlays", [f"{package}.overlay.yaml"], "What the config changes in the document")
        head.set("compatibility", "stainless", "Names and behaviour that users of the SDK rely on")
        lines = [*comment(f"Made by 'clientsmith migrate' from {config}. It is yours from now on."), ""]
        for table in (head, self._package, *self._client.written(), *self._more, *self._tree.tables):
            lines += table.written()
        return "\n".join(lines)


def _fixed(path: tuple[str, ...], **values: Json) -> Table:
    table = Table(path)
    for key, value in values.items():
        table.set(key, value)
    return table


def _note_others(root: Node) -> None:
    reasons = {
        "edition": "it is a version of the other generator",
        "diagnostics": "they are about the other generator",
        "codeflow": "it is about repositories",
        "unspecified_endpoints": "operations that no resource names are left out",
        "docs": "it is about a site of the other service",
    }
    for key, reason in reasons.items():
        root.child(key).not_needed(reason)
    errors = root.child("errors")
    errors.child("message_property").not_needed("messages say what the response says in the usual places")
    errors.child("union").not_possible("exceptions are chosen by status; their 'error' is what the document declares")
    for key in ("code_samples", "code_sample_languages"):
        root.child("openapi").child(key).not_needed("it is about other tools")
