"""References: they name places of the document as it was, and go to where those are now."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from ....data.document import Documents, Json, Moves, followed
from ....data.pointer import escape
from ....data.references import PLAIN_IN_FRAGMENT, mentions_of, named_place


def with_references(value: Json, file: str, before: Documents, after: Mapping[str, Moves]) -> Json:
    """Rewrite the references of a file whose targets have moved. Those that name nothing stay as they were written."""
    texts: dict[str, str] = {}
    for raw in mentions_of(value, file).references:
        target = named_place(raw.text, file, before.root_name) if isinstance(raw.text, str) else None
        if target is None or target.file not in before.files or not before.has(target):
            continue
        now = followed(target, after.get(target.file, {}))
        if now != target:
            texts[raw.place.path] = f"{str(raw.text).partition('#')[0]}#{quote(now.path, safe=PLAIN_IN_FRAGMENT)}"
    return rewritten(value, texts, "") if texts else value


def rewritten(value: Json, texts: Mapping[str, str], path: str) -> Json:
    """Copy a value with other texts of references."""
    if isinstance(value, list):
        return [rewritten(inner, texts, f"{path}/{n}") for n, inner in enumerate(value)]
    if isinstance(value, str):  # An entry of a discriminator's mapping, which documents borrow from OpenAPI 3.
        return texts.get(path, value)
    if not isinstance(value, dict):
        return value
    made = {key: rewritten(inner, texts, f"{path}/{escape(key)}") for key, inner in value.items()}
    return {**made, "$ref": texts[path]} if path in texts else made
