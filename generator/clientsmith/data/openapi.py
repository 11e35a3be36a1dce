"""What OpenAPI is made of: its versions, its methods, and which object each keyword holds. One table for all stages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from .pointer import Json

Version = Literal["3.0", "3.1", "3.2"]
VERSIONS: tuple[Version, ...] = get_args(Version)
VERSION_TEXT = re.compile(r"\s*v?(\d+\.\d+)(\.\d+)?([-+].*)?\s*", re.DOTALL)

VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The HTTP methods that are keywords of a path item."""

Container = Literal["one", "map", "list", "maps"]
"""One object; names to objects; a list of objects; names to maps of objects (a callback)."""


@dataclass(frozen=True, slots=True)
class Child:
    """What a keyword holds."""

    container: Container
    kind: str


def one(kind: str) -> Child:
    """A single object."""
    return Child("one", kind)


def mapping(kind: str) -> Child:
    """A map of objects."""
    return Child("map", kind)


def listing(kind: str) -> Child:
    """A list of objects."""
    return Child("list", kind)


WEBHOOKS = ("webhooks", "x-webhooks")
"""Where webhooks are; documents before 3.1 have them in an extension."""

OBJECTS: dict[str, dict[str, Child]] = {
    "OpenAPI": {
        "paths": mapping("PathItem"),
        **{key: mapping("PathItem") for key in WEBHOOKS},
        "components": one("Components"),
        "servers": listing("Server"),
        "tags": listing("Tag"),
        "info": one("Info"),
    },
    "Components": {
        "schemas": mapping("Schema"),
        "responses": mapping("Response"),
        "parameters": mapping("Parameter"),
        "requestBodies": mapping("RequestBody"),
        "headers": mapping("Header"),
        "securitySchemes": mapping("SecurityScheme"),
        "pathItems": mapping("PathItem"),
        "callbacks": Child("maps", "PathItem"),
        "mediaTypes": mapping("MediaType"),
    },
    "PathItem": {
        "parameters": listing("Parameter"),
        "servers": listing("Server"),
        "additionalOperations": mapping("Operation"),
        **{verb: one("Operation") for verb in VERBS},
    },
    "Operation": {
        "parameters": listing("Parameter"),
        "requestBody": one("RequestBody"),
        "responses": mapping("Response"),
        "servers": listing("Server"),
        "callbacks": Child("maps", "PathItem"),
    },
    "Parameter": {"schema": one("Schema"), "content": mapping("MediaType")},
    "Header": {"schema": one("Schema"), "content": mapping("MediaType")},
    "RequestBody": {"content": mapping("MediaType")},
    "Response": {"content": mapping("MediaType"), "headers": mapping("Header")},
    "MediaType": {
        "schema": one("Schema"),
        "itemSchema": one("Schema"),
        "encoding": mapping("Encoding"),
    },
    "Encoding": {"headers": mapping("Header")},
    "Schema": {
        "properties": mapping("Schema"),
        "patternProperties": mapping("Schema"),
        "$defs": mapping("Schema"),
        "dependentSchemas": mapping("Schema"),
        "allOf": listing("Schema"),
        "anyOf": listing("Schema"),
        "oneOf": listing("Schema"),
        "prefixItems": listing("Schema"),
        "items": one("Schema"),
        "additionalProperties": one("Schema"),
        "unevaluatedProperties": one("Schema"),
        "not": one("Schema"),
        "if": one("Schema"),
        "then": one("Schema"),
        "else": one("Schema"),
        "contains": one("Schema"),
        "propertyNames": one("Schema"),
        "contentSchema": one("Schema"),
        "discriminator": one("Discriminator"),
        "xml": one("XML"),
    },
    "Discriminator": {},
    "XML": {},
    "Server": {"variables": mapping("ServerVariable")},
    "ServerVariable": {},
    "SecurityScheme": {},
    "Tag": {},
    "Info": {},
}
"""For each kind of object the keywords that hold further objects, as far as a client is made from them."""

NAME_MAPS = frozenset(
    keyword
    for children in OBJECTS.values()
    for keyword, child in children.items()
    if child.container in ("map", "maps")
) | {"definitions"}
"""Keywords whose value maps names to objects: below them a key is a name and no keyword. JSON Schema's `definitions`
are no part of OpenAPI, but references lead there."""

DATA = frozenset(("example", "examples", "default", "enum", "const", "links", "scopes", "security", "required"))
"""Keywords whose value holds no reference that a client needs."""


def is_extension(key: str) -> bool:
    """Report whether a keyword is an extension that holds nothing of OpenAPI."""
    return key.startswith("x-") and key not in WEBHOOKS


def version_of(value: Json) -> Version | None:
    """Read `3.1.0`, or what YAML makes of `3.1`; None where the version is not supported."""
    if not isinstance(value, str | float):
        return None
    found = VERSION_TEXT.fullmatch(str(value))
    return next((version for version in VERSIONS if found and found[1] == version), None)
