"""Reads the RealtimeKit document by itself, sharing no code with the generator, and samples values of its schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

ROOT = Path(__file__).parents[2]
JSON = dict[str, Any]


def _without_dates() -> type[yaml.SafeLoader]:
    """Times are text in JSON, and so in a document."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Loader


SURFACE: JSON = json.loads((ROOT / "tests/data/seed_surface.json").read_text("utf-8"))
DOCUMENT: JSON = yaml.load((ROOT / "spec/realtime_kit.yaml").read_text("utf-8"), _without_dates())


def resolved(node: JSON) -> JSON:
    """Follow references to what they mean; what stands beside a reference does not matter here."""
    while "$ref" in node:
        target: Any = DOCUMENT
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation, as the seed pages name it and as the document describes it."""

    resource: str
    name: str
    verb: str
    path: str
    positional: str
    response_class: str | None
    params_class: str
    path_parameters: JSON
    """The schema of each path parameter."""
    query: JSON
    """The schema of each query parameter."""
    body: JSON | None
    """The schema of the body, an object."""
    status: int
    answer: JSON | None
    """The schema of the successful response."""
    errors: tuple[int, ...]

    def __str__(self) -> str:
        return self.name

    def arguments(self, *, everything: bool) -> JSON:
        """Give keyword arguments: all there are, or those that must be given."""
        given = {name: self.path_value(name) for name in self.path_parameters if name != self.positional}
        if everything:
            given |= {name: sample(schema) for name, schema in self.query.items()}
        return given | (sample(self.body, everything=everything) if self.body else {})

    def path_value(self, name: str) -> Any:
        """Give a value of a path parameter: text that must be encoded where any text will do."""
        schema = resolved(self.path_parameters[name])
        return sample(schema) if "format" in schema else f"{name} 1/ä"

    def expected_path(self) -> str:
        """Give the path with the values of the parameters, percent-encoded."""
        path = self.path
        for name in self.path_parameters:
            path = path.replace(f"{{{name}}}", quote(self.path_value(name), safe=""))
        return path


def operations() -> Iterator[Operation]:
    for method in SURFACE["methods"]:
        item = DOCUMENT["paths"][method["path"]]
        operation = item[method["verb"].lower()]
        parameters = [resolved(p) for p in (*item.get("parameters", ()), *operation.get("parameters", ()))]
        body = resolved(operation["requestBody"]) if "requestBody" in operation else None
        (status,) = (status for status in operation["responses"] if status.startswith("2"))
        content = resolved(operation["responses"][status]).get("content")
        yield Operation(
            resource=method["resource"],
            name=method["name"],
            verb=method["verb"],
            path=method["path"],
            positional=method["positional"]["name"],
            response_class=method["response_class"],
            params_class=method["params_class"],
            path_parameters={p["name"]: p["schema"] for p in parameters if p["in"] == "path"},
            query={p["name"]: p["schema"] for p in parameters if p["in"] == "query"},
            body=body["content"]["application/json"]["schema"] if body else None,
            status=int(status),
            answer=content["application/json"]["schema"] if content else None,
            errors=tuple(int(status) for status in operation["responses"] if not status.startswith("2")),
        )


OPERATIONS = tuple(operations())


# --- values of schemas -----------------------------------------------------------------------------------------------

TEXT = {
    "date-time": "2026-02-03T04:05:06.789012+05:30",
    "uuid": "7c1f2a9e-50b4-4d38-9e6a-2b8d13f0c745",
    "uri": "https://example.com/ä?a=b#c",
}


def sample(schema: JSON, *, everything: bool = True, nulls: bool = False) -> Any:
    """Make a value of a schema: with all members or the required ones, with null where it may be null or never."""
    schema = resolved(schema)
    if "anyOf" in schema:
        choices = sorted(schema["anyOf"], key=lambda choice: (choice.get("type") == "null") != nulls)
        return sample(choices[0], everything=everything, nulls=nulls)
    if may_be_null(schema) and nulls:
        return None
    if "enum" in schema:
        return schema["enum"][-1]
    kind = type_of(schema)
    if kind == "string":
        return TEXT.get(schema.get("format", ""), 'text with "quotes", ä and \\')
    if kind == "number":
        return schema.get("maximum", schema.get("minimum", 2) + 0.5) - 0.25
    if kind == "integer":
        return schema.get("minimum", 7) + 1
    if kind == "boolean":
        return True
    if kind == "array":
        item = sample(schema["items"], everything=everything, nulls=nulls)
        return [item, item]
    assert kind == "object", schema
    required = schema.get("required", ())
    value = {
        name: sample(member, everything=everything, nulls=nulls)
        for name, member in schema.get("properties", {}).items()
        if everything or name in required
    }
    if everything and isinstance(schema.get("additionalProperties"), dict):
        value["any key"] = sample(schema["additionalProperties"], everything=everything, nulls=nulls)
    return value


def type_of(schema: JSON) -> str:
    """Give the one type that is not null."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    (kind,) = (kind for kind in kinds if kind != "null")
    return str(kind)


def may_be_null(schema: JSON) -> bool:
    schema = resolved(schema)
    return any(may_be_null(choice) for choice in schema.get("anyOf", ())) or "null" in (
        schema["type"] if isinstance(schema.get("type"), list) else [schema.get("type")]
    )
