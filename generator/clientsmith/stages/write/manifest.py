"""The manifest of a package: what it was made from goes in, a small JSON file comes out, and back."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from ...data.document import Documents, Position
from ...data.output import Existing, FileRecord, Manifest
from ...data.settings import Settings

WITHOUT_EFFECT = frozenset(
    {
        "file", "spec", "overlays", "output", "strict", "allow_skips", "allow_external",
        "allow_skips_position", "inline_components_position", "keep_components_position",
    }
)  # fmt: skip
"""Settings that leave the output as it is, or show in it anyway."""


def make_manifest(
    *,
    generator: str,
    documents: Documents,
    settings: Settings,
    formatter: str,
    rendered: Mapping[str, str],
    formatted: Mapping[str, str],
) -> Manifest:
    """Describe a package."""
    return Manifest(
        generator=generator,
        spec=digest({key: document.value for key, document in documents.files.items()}),
        settings=digest(effective(settings)),
        formatter=formatter,
        files={
            path: FileRecord(rendered=text_hash(rendered[path]), written=text_hash(text))
            for path, text in sorted(formatted.items())
        },
    )


def reusable(existing: Existing, rendered: Mapping[str, str], formatter: str, generator: str) -> dict[str, str]:
    """Choose the files on disk that need no formatting: rendered as before, and as they were written."""
    manifest = existing.manifest
    if manifest is None or (manifest.formatter, manifest.generator) != (formatter, generator):
        return {}
    return {
        path: existing.texts[path]
        for path, text in rendered.items()
        if path in existing.texts
        and manifest.files.get(path) == FileRecord(rendered=text_hash(text), written=text_hash(existing.texts[path]))
    }


# --- hashes ----------------------------------------------------------------------------------------------------------


def text_hash(text: str) -> str:
    """Hash a text, whatever its line endings."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def digest(value: Any) -> str:
    """Hash a JSON value; the order of keys counts, as it shows in the output."""
    text = json.dumps(value, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def effective(settings: Settings) -> dict[str, Any]:
    """Give the settings as a JSON value, without what has no effect on the output."""
    names = [field.name for field in dataclasses.fields(settings)]
    return {name: plain(getattr(settings, name)) for name in names if name not in WITHOUT_EFFECT}


def plain(value: Any) -> Any:
    """Give a value of the settings as JSON; places in the file are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return {k: plain(v) for k, v in fields.items() if not isinstance(v, Position)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, Path) else value


# --- text ------------------------------------------------------------------------------------------------------------


def manifest_text(manifest: Manifest) -> str:
    """Write a manifest."""
    return json.dumps(dataclasses.asdict(manifest), indent=2, sort_keys=True) + "\n"


def read_manifest(text: str) -> Manifest:
    """Read a manifest.

    Raises `ValueError` where it is none of ours, or names a file outside its folder.
    """
    try:
        said = json.loads(text)
        heads = {name: str(said[name]) for name in ("generator", "spec", "settings", "formatter")}
        files = {path: record(entry) for path, entry in said["files"].items()}
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no manifest: {error}") from None
    outside = [path for path in files if not is_inside(path)]
    if outside:
        raise ValueError(f"the manifest names '{outside[0]}', which is outside the folder")
    return Manifest(**heads, files=files)


def record(entry: Any) -> FileRecord:
    """Read the hashes of one file."""
    return FileRecord(rendered=str(entry["rendered"]), written=str(entry["written"]))


def is_inside(path: str) -> bool:
    """Tell whether a relative path stays in its folder, on any system."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not (path.startswith("/") or "\\" in path or ":" in path or "\0" in path or ".." in parts)
