"""Where `validate` is lenient: what may stand for the objects of `data.openapi`, and which of them may be lost."""

from __future__ import annotations

from ...data.document import Json

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
"""The smallest right object of each kind; the others are empty."""

LOOSE = frozenset({"info", "tags", "xml", "discriminator", "variables", "encoding", "not", "if"}) | {
    "then", "else", "contains", "propertyNames", "contentSchema", "dependentSchemas", "callbacks",
    "unevaluatedProperties", "headers", "$defs", "servers", "webhooks", "x-webhooks", "mediaTypes",
}  # fmt: skip
"""Keywords whose loss leaves a client right: what is wrong with them is a warning."""
