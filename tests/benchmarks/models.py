"""A document of any size, made of models that refer to each other: a number goes in, JSON text comes out."""

from __future__ import annotations

import json
from typing import Any


def document_of(count: int) -> str:
    """Make a document with so many models, each with ten fields, and an operation for every tenth."""
    schemas = {name(number): model(number, count) for number in range(count)}
    paths = {f"/things{number}/{{id}}": path_item(number) for number in range(0, count, 10)}
    info = {"title": f"{count} models", "version": "1"}
    return json.dumps({"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}, indent=1)


def name(number: int) -> str:
    return f"Model{number}"


def model(number: int, count: int) -> dict[str, Any]:
    """Make a model with plain fields, a list, a map, an enum and three references."""
    others = [{"$ref": f"#/components/schemas/{name((number * 7 + step) % count)}"} for step in (1, 2, 3)]
    return {
        "type": "object",
        "description": f"The model with the number {number}.",
        "required": ["id", "next"],
        "properties": {
            "id": {"type": "string", "description": "What it is called by."},
            "count": {"type": "integer"},
            "size": {"type": ["number", "null"], "default": 1.5},
            "is_new": {"type": "boolean"},
            "created_at": {"type": "string", "format": "date-time"},
            "state": {"type": "string", "enum": ["open", "closed", f"state {number}"]},
            "next": others[0],
            "others": {"type": "array", "items": others[1]},
            "by_name": {"type": "object", "additionalProperties": others[2]},
            "notes": {"type": "array", "items": {"type": "string"}},
        },
    }


def path_item(number: int) -> dict[str, Any]:
    """Make a path that reads and replaces one model."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name(number)}"}}}
    answer = {"200": {"description": "The model.", "content": content}}
    identifier = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    common = {"tags": [f"things{number % 100}"], "parameters": [identifier], "responses": answer}
    body = {"required": True, "content": content}
    return {
        "get": {"operationId": f"get_thing{number}", **common},
        "put": {
            "operationId": f"replace_thing{number}",
            **common,
            "requestBody": body,
        },
    }
