"""The path of a document goes in; its files, as JSON values, come out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ...data.document import Document, Documents, Json, Pointer, Unread
from ...data.given import Given
from ...data.issues import Found, Issue, Rejected
from ...data.nesting import MAX_NESTING, has_long_places, longest_key, most_places, nesting
from ...data.settings import MAX_DOCUMENT_SIZE
from ...disk.regular import note
from .beside import identified_beside
from .json_text import parse_json, scan_json
from .parsed import BadText, Parsed
from .text import START, decoded, position_after, read_text
from .yaml_text import parse_yaml, scan_yaml

YAML_HINT = "JSON starts with a brace; if this is YAML, let the name end with .yaml"
SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
SURROGATE = re.compile("[\ud800-\udfff]")


def load(spec_path: Path, *, allow_external: bool = False, max_size: int = MAX_DOCUMENT_SIZE) -> Found[Documents]:
    """Read a document: its root, and every file that it refers to inside its own folder.

    `allow_external` also reads files outside the folder; the network is never asked. No file has more than `max_size`
    bytes. The issues may hold errors: a duplicate key, a file that cannot be read.

    Raises:
        Rejected: nothing can be made of the root file.
    """
    root, issues = read_document(spec_path, str(spec_path), "", max_size)
    documents = Documents(root=root, files={"": root})
    found = load_mentioned(documents, allow_external=allow_external, max_size=max_size)
    return Found(found.value, (*issues, *found.issues))


def load_given(given: Given) -> Found[Documents]:
    """Read a document that is in no file; see `load`.

    Raises:
        Rejected: nothing can be made of it.
    """
    root, issues = parsed_document(decoded(given.content, given.name), Path(given.name), given.name, "")
    found = load_mentioned(Documents(root=root, files={"": root}, is_alone=True))
    return Found(found.value, (*issues, *found.issues))


def load_mentioned(
    documents: Documents, *, allow_external: bool = False, max_size: int = MAX_DOCUMENT_SIZE
) -> Found[Documents]:
    """Read the files that references name and that nobody has looked for yet: `adapt` may add references, too."""
    spec_path = Path(documents.root.name)
    files, missing = dict(documents.files), dict(documents.missing)
    issues: list[Issue] = []
    waiting = list(files)
    while waiting:
        for base in waiting:
            for key in files[base].mentions.files(documents.root_name):
                if documents.is_alone and key not in files:
                    missing[key] = "alone"
                elif key not in files and key not in missing:
                    document, found = mentioned(spec_path, key, allow_external, max_size)
                    issues += found
                    if isinstance(document, Document):
                        files[key] = document
                        waiting.append(key)
                    else:
                        missing[key] = document
        waiting = []
        if documents.is_alone:
            break
        for beside, found in identified_beside(spec_path.parent, files, documents.root_name, try_document, max_size):
            files[beside.file] = beside
            issues += found
            waiting.append(beside.file)
    return Found(replace(documents, files=files, missing=missing), tuple(issues))


def mentioned(spec_path: Path, key: str, allow_external: bool, max_size: int) -> tuple[Document | Unread, list[Issue]]:
    """Read a file that a reference names, or say why not."""
    path = spec_path.parent / key
    if not may_read(path, key, spec_path, allow_external):
        note(path, None)
        return "outside", []
    document, issues = try_document(path, str(path), key, max_size)
    return document or "unread", issues


def load_overlays(paths: Iterable[Path], *, max_size: int = MAX_DOCUMENT_SIZE) -> Found[tuple[Document, ...]]:
    """Read overlays; one that cannot be read is an error of the result."""
    overlays: list[Document] = []
    issues: list[Issue] = []
    for number, path in enumerate(paths, 1):
        try:
            # No reference leads to this key, so the file may be a part of the document as well.
            overlay, found = read_document(path, str(path), f"overlay {number}: {path.name}", max_size)
        except Rejected as rejected:
            issues += rejected.issues
        else:
            overlays.append(overlay)
            issues += found
    return Found(tuple(overlays), tuple(issues))


def may_read(path: Path, key: str, spec_path: Path, allow_external: bool) -> bool:
    """Report whether a file lies in the folder of the spec, symbolic links followed."""
    if allow_external:
        return True
    if key.startswith(("../", "/")) or key == "..":
        return False
    try:
        return path.resolve().is_relative_to(spec_path.parent.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


# --- one file --------------------------------------------------------------------------------------------------------


def try_document(path: Path, name: str, key: str, max_size: int) -> tuple[Document | None, list[Issue]]:
    """Read a file that is referred to; a missing one is the reference's problem."""
    if not os.path.exists(path):  # noqa: PTH110 - where the path itself is wrong, `Path.exists` raises
        note(path, None)
        return None, []
    try:
        document, issues = read_document(path, name, key, max_size)
    except Rejected as rejected:
        return None, list(rejected.issues)
    return document, issues


def read_document(path: Path, name: str, key: str, max_size: int) -> tuple[Document, list[Issue]]:
    """Read and parse one file.

    Raises:
        Rejected: the file cannot be read.
    """
    return parsed_document(read_text(path, name, max_size), path, name, key)


def parsed_document(text: str, path: Path, name: str, key: str) -> tuple[Document, list[Issue]]:
    """Parse the text of one file, whose path says what it may be.

    Raises:
        Rejected: it is no JSON and no YAML.
    """
    is_json = looks_like_json(path, text)
    try:
        parsed, is_json = parse(path, text, is_json)
        if nesting(parsed.value) > MAX_NESTING:
            raise BadText("too-deep", f"values are nested more than {MAX_NESTING} deep")
        if has_long_places(parsed.value, most_places(len(text))):
            raise long_places(parsed.value, text)
    except BadText as bad:
        raise Rejected([complaint(bad, name)]) from None
    scan = scan_json if is_json else scan_yaml
    document = Document(name=name, file=key, text=text, value=parsed.value, scan=scan)
    return document, [*duplicates(parsed, document), *surrogates(document)]


def looks_like_json(path: Path, text: str) -> bool:
    """Find the format by the content, and by the name where the content may be either."""
    return text.lstrip()[:1] in ("{", "[") or path.suffix.lower() == ".json"


def parse(path: Path, text: str, is_json: bool) -> tuple[Parsed, bool]:
    """Parse a text; a YAML file that starts with a bracket may be either, so JSON is only tried first.

    Raises:
        BadText: the text is neither JSON nor YAML.
    """
    if not is_json:
        return parse_yaml(text), False
    try:
        return parse_json(text), True
    except BadText as bad:
        if path.suffix.lower() not in (".yaml", ".yml"):
            starts_right = text.lstrip()[:1] in ("{", "[")
            raise bad if starts_right else BadText(bad.code, bad.message, bad.position, YAML_HINT) from None
    return parse_yaml(text), False


def long_places(value: Json, text: str) -> BadText:
    """Complain about keys that are so long, or so deep, that the places below them fill the memory."""
    key = longest_key(value)
    message = f"the places of all values have more than {most_places(len(text)):,} characters together"
    hint = f"each repeats the keys above it: shorten this one, which has {len(key):,} characters, or nest values less"
    return BadText("too-large", message, position_after(text[: max(0, text.find(key))]), hint)


def complaint(bad: BadText, name: str) -> Issue:
    """Make an issue of a syntax error."""
    return Issue(
        code=bad.code,
        severity="error",
        message=bad.message,
        file=name,
        position=bad.position or START,
        hint=bad.hint,
    )


def duplicates(parsed: Parsed, document: Document) -> list[Issue]:
    """Report keys that stand twice in one mapping."""
    return [
        Issue(
            code="duplicate-key",
            severity="error",
            message=f"the key '{again.key}' is here for the second time",
            pointer=Pointer(again.path, document.file),
            file=document.name,
            position=again.second,
            hint=f"it is in line {again.first.line}, column {again.first.column} already; remove or rename one of them",
        )
        for again in parsed.duplicates
    ]


def surrogates(document: Document) -> list[Issue]:
    """Report text with half a character, which no file and no request can hold."""
    if not SURROGATE_ESCAPE.search(document.text):
        return []
    return [
        Issue(
            code="lone-surrogate",
            severity="error",
            message="the text holds half of a surrogate pair",
            pointer=place,
            file=document.name,
            position=document.position(place.path),
            hint="write the character itself",
        )
        for place in with_surrogates(document.value, Pointer(file=document.file))
    ]


def with_surrogates(value: Json, place: Pointer) -> list[Pointer]:
    """Find the places of such texts."""
    if isinstance(value, str):
        return [place] if SURROGATE.search(value) else []
    if isinstance(value, dict):
        keys = [place for key in value if SURROGATE.search(key)]
        below = [p for key, v in value.items() for p in with_surrogates(v, place.child(key))]
        return keys + below
    if isinstance(value, list):
        return [p for n, v in enumerate(value) for p in with_surrogates(v, place.child(n))]
    return []
