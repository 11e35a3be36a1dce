"""Documents for comparisons: a base document with edits of it, by places that people can read, and small ones."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
STEP = " > "


def base_document() -> Any:
    """Read the document that all edits start from."""
    return yaml.safe_load((HERE / "base.yaml").read_text("utf-8"))


def edited(document: Any, edits: dict[str, Any]) -> Any:
    """Make another document: `~` takes a place out, `{move: NAME}` renames a key, `reversed` turns the order."""
    made = copy.deepcopy(document)
    for place, value in edits.items():
        edit(made, place.split(STEP), value)
    return made


def edit(document: Any, steps: list[str], value: Any) -> None:
    """Change one place."""
    *above, last = steps
    for step in above:
        document = document[int(step) if isinstance(document, list) else step]
    key: Any = int(last) if isinstance(document, list) and last != "+" else last
    if value is None:
        del document[key]
    elif key == "+":
        document.append(value)
    elif value == "reversed":
        document[key] = turned(document[key])
    elif isinstance(value, dict) and set(value) == {"move"}:
        renamed = {value["move"] if name == key else name: inner for name, inner in document.items()}
        document.clear()
        document.update(renamed)
    else:
        document[key] = value


def turned(value: Any) -> Any:
    """Turn the order of a list, or of the keys of a mapping."""
    return value[::-1] if isinstance(value, list) else dict(reversed(value.items()))


# --- small documents ---


def document(paths: Any = None, **values: Any) -> Any:
    """Make a small document."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Meetings", "version": "1"},
        "servers": [{"url": "https://meet.example"}],
        "paths": paths if paths is not None else {"/meetings": {"post": create()}},
        **values,
    }


def create(required: tuple[str, ...] = (), **properties: Any) -> Any:
    """Make an operation that creates a meeting."""
    schema = {"type": "object", "properties": {"title": {"type": "string"}, **properties}}
    if required:
        schema["required"] = [*required]
    return {
        "operationId": "create_meeting",
        "tags": ["meetings"],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"204": {"description": "Done."}},
    }
