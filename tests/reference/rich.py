"""A document with all that a page of a method says: events, credentials, deprecated things, types in circles."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.reference.surfaces import surface_of

from clientsmith.targets.reference import package_pages, render_site

JSON = "application/json"
HOSTILE = '<script>boom()</script> & "quotes" | `code` ![](javascript:boom())'


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {JSON: {"schema": schema}}}


def gives(schema: dict[str, Any]) -> dict[str, Any]:
    return {"200": {"description": "It.", **content(schema)}}


def event(name: str, **members: Any) -> dict[str, Any]:
    properties = {"event": {"const": name}, **members}
    return {"type": "object", "required": ["event"], "properties": properties}


def typed(value: str, **members: Any) -> dict[str, Any]:
    return {"type": "object", "required": ["type"], "properties": {"type": {"const": value}, **members}}


SCHEMAS: dict[str, Any] = {
    "Order": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "state": ref("State")}},
    "State": {"enum": ["open", "sent"]},
    "Filter": {"type": "object", "properties": {"state": ref("State"), "area": ref("Area")}},
    "Area": {"type": "object", "properties": {"north": {"type": "number"}}},
    "Problem": {"type": "object", "properties": {"cause": ref("Cause")}},
    "Cause": {"type": "object", "properties": {"code": {"type": "integer"}}},
    "Shipped": typed("order.shipped", parcel=ref("Parcel")),
    "Parcel": {"type": "object", "properties": {"grams": {"type": "integer"}}},
    "Started": event("started", data=ref("Order")),
    "Moved": {**event("moved"), "properties": {"event": {"enum": ["moved", "stopped"]}, "data": {"type": "string"}}},
    "Expression": {"oneOf": [ref("Sum"), ref("Number"), {"type": "string"}]},
    "Sum": {"type": "object", "required": ["left"], "properties": {"left": ref("Expression"), "right": ref("Sum")}},
    "Number": {"type": "object", "required": ["number"], "properties": {"number": {"type": "integer"}}},
}
CALLBACK = {
    "{$request.body#/url}": {
        "post": {
            "summary": "The order was sent.",
            "deprecated": True,
            "requestBody": content(ref("Shipped")),
            "responses": {"204": {"description": "Seen."}},
        }
    }
}
ORDERS: dict[str, Any] = {
    "get": {
        "operationId": "listOrders",
        "summary": "List orders",
        "parameters": [
            {"name": "filter", "in": "query", "style": "deepObject", "schema": ref("Filter")},
            {"name": "old", "in": "query", "deprecated": True, "schema": {"type": "string"}},
        ],
        "responses": {
            **gives({"type": "array", "items": ref("Order")}),
            "400": {"description": "", **content(ref("Problem"))},
        },
    },
    "post": {
        "operationId": "createOrder",
        "summary": "Create an order",
        "security": [{"login": ["orders:write", HOSTILE]}, {"key": [], "login": ["admin"]}],
        "callbacks": {"onShipped": CALLBACK},
        "requestBody": content({"type": "object", "properties": {"url": {"type": "string"}, "order": ref("Order")}}),
        "responses": gives(ref("Order")),
    },
    "delete": {
        "operationId": "deleteOrders",
        "deprecated": True,
        "security": [],
        "responses": {"204": {"description": "Gone."}},
    },
}
STREAM = {"text/event-stream": {"itemSchema": {"oneOf": [ref("Started"), ref("Moved")]}}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.2.0",
    "info": {"title": "Package", "version": "1", "description": HOSTILE},
    "servers": [{"url": "https://shop.example"}],
    "security": [{"key": []}],
    "paths": {
        "/orders": {verb: {"tags": ["orders"], **operation} for verb, operation in ORDERS.items()},
        "/orders/follow": {
            "get": {
                "operationId": "followOrders",
                "tags": ["orders"],
                "responses": {"200": {"description": "They come.", "content": STREAM}},
            }
        },
        "/sums": {
            "get": {"operationId": "getSum", "tags": ["sums"], "responses": gives(ref("Sum"))},
            "post": {"operationId": "findSum", "tags": ["sums"], "responses": gives(ref("Expression"))},
        },
    },
    "webhooks": {
        "order.paid": {
            "post": {
                "summary": f"An order was paid. {HOSTILE}",
                "requestBody": content(typed("order.paid", order=ref("Order"))),
                "responses": {"200": {"description": "Seen."}},
            }
        }
    },
    "components": {
        "schemas": SCHEMAS,
        "securitySchemes": {
            "login": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "https://shop.example/token", "scopes": {"admin": "All."}}},
            },
            "key": {"type": "apiKey", "in": "header", "name": "X-Shop-Key"},
        },
    },
}
SETTINGS = 'spec = "spec.json"\noutput = "package"\n[resources.sums]\ndeprecated = "Use `orders`, not **this**."\n'


@cache
def files() -> dict[str, str]:
    """Write the site, and below `package/` the pages of the package."""
    with TemporaryDirectory() as folder:
        Path(folder, "spec.json").write_text(json.dumps(DOCUMENT), "utf-8")
        Path(folder, "settings.toml").write_text(SETTINGS, "utf-8")
        surface = surface_of(Path(folder, "settings.toml"))
    pages = package_pages(surface, with_pages=True)
    return {**render_site(surface), **{f"package/{path}": text for path, text in pages.items()}}
