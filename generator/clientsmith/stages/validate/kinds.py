"""Which objects an OpenAPI document is made of, as far as a client is made from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...data.document import Json

Container = Literal["one", "map", "list", "maps"]
"""One object; names or indexes to objects; names to maps of objects (a callback)."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a keyword holds."""

    container: Container
    kind: str


def one(kind: str) -> Part:
    """A single object."""
    return Part("one", kind)


def mapping(kind: str) -> Part:
    """A map of objects."""
    return Part("map", kind)


def listing(kind: str) -> Part:
    """A list of objects."""
    return Part("list", kind)


VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

KINDS: dict[str, dict[str, Part]] = {
    "OpenAPI": {
        "paths": mapping("PathItem"),
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
        "callbacks": Part("maps", "PathItem"),
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

BOOLEANS = frozenset({"Schema"})
"""Kinds that may be true or false instead of an object."""

STUBS: dict[str, dict[str, Json]] = {
    "Operation": {"responses": {"200": {"description": ""}}},
    "Parameter": {"name": "name", "in": "query", "schema": {}},
    "Header": {"schema": {}},
    "Response": {"description": ""},
    "RequestBody": {"content": {}},
    "Server": {"url": "/"},
    "Tag": {"name": "name"},
    "Discriminator": {"propertyName": "name"},
    "ServerVariable": {"default": ""},
    "SecurityScheme": {"type": "http", "scheme": "basic"},
    "Info": {"title": "", "version": ""},
}
"""The smallest right object of each kind; an empty one where there is none here."""

LOOSE = frozenset({"info", "tags", "xml", "discriminator", "variables", "encoding", "not", "if"}) | {
    "then", "else", "contains", "propertyNames", "contentSchema", "dependentSchemas", "callbacks",
    "unevaluatedProperties", "headers", "$defs", "servers",
}  # fmt: skip
"""Keywords whose loss leaves a client right: what is wrong with them is a warning."""
