"""The document that a config is for: its operations, parameters and schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from ..data.openapi import VERBS
from ..data.pointer import Json
from .paths import referred

SCHEMAS = "#/components/schemas/"


class Endpoint(NamedTuple):
    """An operation, and where the document has it."""

    verb: str
    path: str
    operation: Mapping[str, Any]
    item: Mapping[str, Any]
    """What the document has for the path."""

    def __str__(self) -> str:
        """Write it as settings do: `GET /pets/{id}`."""
        return f"{self.verb.upper()} {self.path}"


class Source:
    """The root of a document, as it was read. Files beside it are not looked at."""

    def __init__(self, root: Json) -> None:
        self.root: dict[str, Any] = root if isinstance(root, dict) else {}

    @cached_property
    def operations(self) -> Mapping[tuple[str, str], Endpoint]:
        """Operations by verb and path without the names of parameters."""
        found: dict[tuple[str, str], Endpoint] = {}
        paths = self.root.get("paths")
        for path, item in paths.items() if isinstance(paths, dict) else ():
            for verb, operation in item.items() if isinstance(item, dict) else ():
                if verb in VERBS and isinstance(operation, dict):
                    found.setdefault((verb, loose(path)), Endpoint(verb, path, operation, item))
        return found

    def find(self, endpoint: str) -> Endpoint | None:
        """Find the operation of an endpoint, `get /pets/{id}`."""
        verb, _, path = " ".join(endpoint.split()).partition(" ")
        return self.operations.get((verb.lower(), loose(path)))

    @property
    def schemas(self) -> Mapping[str, Any]:
        """The components that are schemas."""
        components = self.root.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else self.root.get("definitions")
        return schemas if isinstance(schemas, dict) else {}

    @property
    def security_schemes(self) -> Mapping[str, Any]:
        """The security schemes by name."""
        components = self.root.get("components")
        schemes = components.get("securitySchemes") if isinstance(components, dict) else None
        schemes = schemes if schemes is not None else self.root.get("securityDefinitions")
        return schemes if isinstance(schemes, dict) else {}

    def resolved(self, value: Any, depth: int = 0) -> Mapping[str, Any]:
        """Follow the references of an object to their end; an empty mapping for anything else."""
        if not isinstance(value, dict) or depth > 50:
            return {}
        reference = value.get("$ref")
        return self.resolved(referred(reference, self.root), depth + 1) if isinstance(reference, str) else value

    def properties(self, schema: Any, depth: int = 0) -> dict[str, Any]:
        """Give the members of an object, `allOf` merged in."""
        own = self.resolved(schema)
        found: dict[str, Any] = {}
        if depth < 20:
            for part in own.get("allOf") or ():
                found.update(self.properties(part, depth + 1))
        properties = own.get("properties")
        return {**found, **(properties if isinstance(properties, dict) else {})}

    def at_members(self, schema: Any, dotted: str) -> Mapping[str, Any]:
        """Follow names of members, joined by dots, through a schema; an empty mapping where there is no such member."""
        here = self.resolved(schema)
        for name in dotted.split(".") if dotted else ():
            here = self.resolved(self.properties(here).get(name))
        return here

    def has_members(self, schema: Any, dotted: str) -> bool:
        """Report whether an object has the members of a path."""
        *above, name = dotted.split(".")
        return name in self.properties(self.at_members(schema, ".".join(above)))

    def success(self, operation: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Give the responses that mean success, with their status."""
        responses = operation.get("responses")
        for status, response in responses.items() if isinstance(responses, dict) else ():
            if str(status).startswith("2"):
                yield str(status), self.resolved(response)

    def response_schema(self, operation: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give the JSON schema of the first response that means success and has one."""
        for _, response in self.success(operation):
            if (schema := json_schema(response)) is not None:
                return self.resolved(schema)
        return {}

    def arguments(self, endpoint: Endpoint) -> dict[str, Any]:
        """Give the schemas of parameters and of the members of a JSON body, by name."""
        operation = endpoint.operation
        listed = [*(endpoint.item.get("parameters") or ()), *(operation.get("parameters") or ())]
        parameters = map(self.resolved, listed)
        found = {str(p.get("name")): self.resolved(p.get("schema")) for p in parameters if p.get("in") != "header"}
        body = json_schema(self.resolved(operation.get("requestBody")))
        return {**found, **(self.properties(body) if body is not None else {})}


def loose(path: str) -> str:
    """Write a path without the names of its parameters, and without a slash at its end."""
    return re.sub(r"\{[^}]*\}", "{}", path).rstrip("/") or "/"


def json_schema(holder: Mapping[str, Any]) -> Any:
    """Give the schema of the first JSON content of a body or a response."""
    content = holder.get("content")
    for name, media in content.items() if isinstance(content, dict) else ():
        if "json" in name and isinstance(media, dict):
            return media.get("schema")
    return None
