"""A run that was made before on this machine, from the same bytes, by the same generator, is not made again.

The record of a run is in the user's cache. It names every file that was read and every file that was written, by hash;
both are hashed again. The manifest plays no part in this.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .data.document import Documents, Pointer, Position
from .data.issues import Found, Issue
from .data.outcome import Outcome
from .data.output import Changes, Existing
from .data.report import Rename, Report, ReportEntry, SchemaEntry
from .data.settings import Settings
from .disk.cache import Cache
from .disk.identity import identity
from .disk.listing import listing
from .disk.regular import Reads, is_as_noted
from .stages.write.folder import inspect
from .stages.write.manifest import content_hash
from .stages.write.replace import one_at_a_time
from .stages.write.unknown import unknown_files

KIND = "run"
PATIENCE = 1.0
"""Seconds to wait for a run that writes: after that, the stages run, and wait where they write."""


def recall(cache: Cache, settings: Found[Settings]) -> Outcome | None:
    """Find the run with the same inputs, if the output folder still holds exactly what it wrote; else None.

    Raises:
        Rejected: the output folder cannot be read, or another run keeps it.
    """
    key = key_of(settings)
    content = cache.get(KIND, key) if key is not None else None
    if content is None:
        return None
    record = json.loads(content)
    if not all(is_as_noted(Path(path), hashed) for path, hashed in record["inputs"].items()):
        return None
    if not holds(settings.value.output, record["outputs"]):
        return None
    return Outcome(
        issues=tuple(map(read_issue, record["issues"])),
        changes=Changes(unchanged=len(record["outputs"])),
        report=read_report(record["report"]),
    )


def remember(cache: Cache, settings: Found[Settings], reads: Reads, files: dict[str, str], outcome: Outcome) -> None:
    """Record a run after which the folder holds `files`, no file that is unknown, and that had no notes to print."""
    key = key_of(settings)
    if key is None or not cache.is_open or outcome.changes is None or outcome.changes.unknown or outcome.notes:
        return
    record = {
        "inputs": reads,
        "outputs": {path: content_hash(text.encode()) for path, text in files.items()},
        "issues": [written_issue(issue, outcome.documents) for issue in outcome.issues],
        "report": asdict(outcome.report) if outcome.report is not None else None,
    }
    cache.put(KIND, key, json.dumps(record).encode("utf-8", "surrogatepass"))


def key_of(settings: Found[Settings]) -> str | None:
    """Make the key of a run from all that is known before anything is read; None where paths lead nowhere."""
    try:
        value = settings.value
        names = [listing(folder) for folder in (value.edits, value.templates) if folder is not None]
        parts = (identity(), Path.cwd(), value.output.resolve(), value, settings.issues, names)
    except (OSError, RuntimeError):
        return None
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


# --- the disk --------------------------------------------------------------------------------------------------------


def holds(output: Path, outputs: dict[str, str]) -> bool:
    """Report whether a folder holds files with these hashes, and nothing else that would count as generated.

    Raises:
        Rejected: it cannot be read, or another run keeps it.
    """
    if not output.is_dir():
        return False
    with one_at_a_time(output, shared=True, seconds=PATIENCE):
        existing = inspect(output, dict.fromkeys(outputs, ""), {})
    return is_whole(existing, outputs)


def is_whole(existing: Existing, outputs: dict[str, str]) -> bool:
    """Compare a folder with hashes."""
    if existing.was_interrupted or existing.unchecked or unknown_files(existing.entries, outputs):
        return False
    return {path: content_hash(content) for path, content in existing.contents.items()} == outputs


# --- issues and the report -------------------------------------------------------------------------------------------


def written_issue(issue: Issue, documents: Documents | None) -> dict[str, Any]:
    """Write an issue with the place that its pointer leads to, as there are no documents when it is read."""
    value = asdict(issue)
    pointer = issue.pointer
    if pointer is not None and documents is not None and pointer.file in documents.files:
        document, position = documents.files[pointer.file], issue.position
        if position is None:
            document, position = documents.locate(pointer)
        value["file"] = document.name
        value["position"] = asdict(position)
    return value


def read_issue(value: dict[str, Any]) -> Issue:
    """Read an issue."""
    pointer, position = value.pop("pointer"), value.pop("position")
    return Issue(
        **value,
        pointer=Pointer(*pointer) if pointer is not None else None,
        position=Position(**position) if position is not None else None,
    )


def read_report(value: dict[str, Any] | None) -> Report | None:
    """Read what became of each operation and schema."""
    if value is None:
        return None
    return Report(
        operations=tuple(ReportEntry(**entry) for entry in value["operations"]),
        schemas=tuple(SchemaEntry(**{**entry, "classes": tuple(entry["classes"])}) for entry in value["schemas"]),
        renames=tuple(Rename(**entry) for entry in value["renames"]),
    )
