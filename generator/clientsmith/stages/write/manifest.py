"""The manifest of a package: what it was made from goes in, a small JSON file comes out, and back."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...data.document import Documents
from ...data.output import MANIFEST, FileRecord, Manifest
from ...data.settings import Settings
from .paths import are_distinct, is_plain

WITHOUT_EFFECT = frozenset(
    {
        "file", "spec", "given", "overlays", "output", "reference_output", "strict", "allow_skips", "allow_external",
        "max_document_size", "limits", "edits_limit", "templates",
    }
)  # fmt: skip
"""Settings that leave the output as it is, or show in it anyway."""
OPTIONAL = ("edits", "origin", "templates", "pending")


def make_manifest(
    *,
    generator: str,
    documents: Documents,
    settings: Settings,
    formatter: str,
    files: Mapping[str, str],
    edits: str = "",
    templates: str = "",
) -> Manifest:
    """Describe a package."""
    return Manifest(
        generator=generator,
        spec=digest({key: document.value for key, document in documents.files.items()}),
        settings=digest(effective(settings)),
        formatter=formatter,
        edits=edits,
        templates=templates,
        files=records_of(files),
    )


def records_of(files: Mapping[str, str]) -> dict[str, FileRecord]:
    """Hash files by path."""
    return {path: FileRecord(written=content_hash(text.encode())) for path, text in sorted(files.items())}


# --- hashes ----------------------------------------------------------------------------------------------------------


def content_hash(content: bytes) -> str:
    """Hash the bytes of a file, whatever its line endings."""
    return hashlib.sha256(with_line_feeds(content)).hexdigest()


def with_line_feeds(content: bytes) -> bytes:
    """Undo the line endings of Windows, which some tools give to files."""
    return content.replace(b"\r\n", b"\n")


def digest(value: Any) -> str:
    """Hash a JSON value; the order of keys counts, as it shows in the output."""
    text = json.dumps(value, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def effective(settings: Settings) -> dict[str, Any]:
    """Give the settings as a JSON value, without what has no effect on the output."""
    return {name: value for name, value in plain(settings).items() if name not in WITHOUT_EFFECT}


def plain(value: Any) -> Any:
    """Give a value of the settings as JSON, without what does not count in equality: places in the file."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value) if field.compare}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, Path) else value


# --- text ------------------------------------------------------------------------------------------------------------


def manifest_text(manifest: Manifest) -> str:
    """Write a manifest; what is optional only where there is something."""
    value = {key: part for key, part in dataclasses.asdict(manifest).items() if part or key not in OPTIONAL}
    return json.dumps(value, indent=2, sort_keys=True) + "\n"


def read_manifest(text: str) -> Manifest:
    """Read a manifest.

    Raises:
        ValueError: the text is no manifest, or names something that cannot be a file of a package.
    """
    try:
        value = json.loads(text)
        heads = {name: str(value[name]) for name in ("generator", "spec", "settings", "formatter")}
        edits, templates, origin = (str(value.get(name, "")) for name in ("edits", "templates", "origin"))
        files, pending = records(value["files"]), records(value.get("pending", {}))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no manifest: {error}") from None
    paths = {*files, *pending}
    if MANIFEST in paths or not all(map(is_plain, paths)) or not are_distinct(paths):
        raise ValueError("the manifest names what cannot be a file of a package")
    return Manifest(**heads, edits=edits, templates=templates, origin=origin, files=files, pending=pending)


def records(entries: Any) -> dict[str, FileRecord]:
    """Read the hashes of files by path."""
    return {path: FileRecord(written=str(entry["written"])) for path, entry in entries.items()}
