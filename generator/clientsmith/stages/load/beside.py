"""Files beside the root that references name by URI: `$self` of OpenAPI 3.2, or `$id` of JSON Schema, says which it is.

Nothing is fetched: a file is known by the URI that stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ...data.document import Document
from ...data.issues import Issue
from ...data.references import SCHEME, absolute, file_key
from ...disk.regular import read_noted

SUFFIXES = (".yaml", ".yml", ".json")
MOST_FILES = 500
"""Files of a folder that are looked at."""
Read = Callable[[Path, str, str, int], tuple[Document | None, list[Issue]]]


def identified_beside(
    folder: Path, files: Mapping[str, Document], root_name: str, read: Read, max_size: int
) -> Iterator[tuple[Document, list[Issue]]]:
    """Read the files of a folder that references name by a URI of theirs, each with its issues."""
    wanted = unknown_uris(files, root_name)
    for path in candidates(folder) if wanted else ():
        if path.name != root_name and path.name not in files and mentions_uri(path, max_size):
            document, issues = read(path, str(path), path.name, max_size)
            if document is not None and not wanted.isdisjoint(document.mentions.identified):
                yield document, issues


def unknown_uris(files: Mapping[str, Document], root_name: str) -> set[str]:
    """List the URIs that references name, and that no file read so far has."""
    known = {uri for document in files.values() for uri in document.mentions.identified}
    found: set[str] = set()
    for key, document in files.items():
        for raw in document.mentions.references:
            location = raw.text.partition("#")[0] if isinstance(raw.text, str) else ""
            uri = absolute(raw.base, location)
            if location and SCHEME.match(uri) and uri not in known and file_key(location, key, root_name) not in files:
                found.add(uri)
    return found


def candidates(folder: Path) -> list[Path]:
    """List the files of a folder that may be documents; links out of it are left out."""
    try:
        inside = folder.resolve()
        files = [path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file()]
        return sorted(path for path in files if path.resolve().is_relative_to(inside))[:MOST_FILES]
    except (OSError, ValueError, RuntimeError):
        return []


def mentions_uri(path: Path, max_size: int) -> bool:
    """Report whether a file may say which URI it has: most do not, and are not parsed."""
    try:
        content = read_noted(path, max_size)
    except (OSError, ValueError):
        return False
    return b"$self" in content or b"$id" in content
