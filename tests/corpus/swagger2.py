"""Writes a Swagger 2.0 document of one file as OpenAPI 3.0, sharing no code with the generator.

What the test documents do not have is left out: lists in multipart bodies, for one.
"""

from __future__ import annotations

from typing import Any

JSON = dict[str, Any]
OUTSIDE = ("name", "in", "description", "required", "collectionFormat", "allowEmptyValue")
STYLES = {
    "csv": {"explode": False},
    "multi": {"explode": True},
    "ssv": {"style": "spaceDelimited", "explode": False},
    "pipes": {"style": "pipeDelimited", "explode": False},
}
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}


def as_openapi3(document: JSON) -> JSON:
    """Rewrite a whole document."""
    document = renamed(document)
    base = document.get("basePath", "/")
    scheme = "https" if "https" in document.get("schemes", ["https"]) else document["schemes"][0]
    url = f"{scheme}://{document['host']}{base.rstrip('/')}" if "host" in document else base
    return {
        "openapi": "3.0.3",
        "info": document["info"],
        "servers": [{"url": url}],
        "security": document.get("security", []),
        "tags": document.get("tags", []),
        "paths": {path: path_item(item, document) for path, item in document.get("paths", {}).items()},
        "components": {
            "schemas": document.get("definitions", {}),
            "securitySchemes": {n: scheme_of(s) for n, s in document.get("securityDefinitions", {}).items()},
        },
    }


def renamed(value: Any) -> Any:
    """Give keywords of schemas and references their new names, wherever they stand."""
    if isinstance(value, list):
        return [renamed(item) for item in value]
    if not isinstance(value, dict):
        return value
    made = {{"x-nullable": "nullable"}.get(key, key): renamed(item) for key, item in value.items()}
    if isinstance(made.get("$ref"), str):
        made["$ref"] = made["$ref"].replace("#/definitions/", "#/components/schemas/")
    if isinstance(made.get("discriminator"), str):
        made["discriminator"] = {"propertyName": made["discriminator"]}
    if made.get("type") == "file":
        made |= {"type": "string", "format": "binary"}
    return made


def local(value: JSON, document: JSON) -> JSON:
    """Give what a reference inside the document names."""
    while "$ref" in value:
        target: Any = document
        for step in value["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        value = target
    return value


def path_item(item: JSON, document: JSON) -> JSON:
    """Rewrite the operations of a path."""
    item = local(item, document)
    shared = item.get("parameters", [])
    return {key: operation(value, shared, document) for key, value in item.items() if key != "parameters"}


def operation(value: JSON, shared: list[JSON], document: JSON) -> JSON:
    """Rewrite an operation, with the parameters of its path."""
    listed = [local(p, document) for p in (*shared, *value.get("parameters", []))]
    parameters = {(p["in"], p["name"]): p for p in listed}.values()
    consumes = value.get("consumes", document.get("consumes")) or []
    produces = value.get("produces", document.get("produces")) or []
    made = {key: item for key, item in value.items() if key not in ("consumes", "produces", "schemes")}
    made["parameters"] = [parameter(p) for p in parameters if p["in"] not in ("body", "formData")]
    made["responses"] = {s: response(local(r, document), produces) for s, r in value.get("responses", {}).items()}
    for each in parameters:
        if each["in"] == "body":
            content = {name: {"schema": each["schema"]} for name in consumes or ["application/json"]}
            made["requestBody"] = {"content": content, "required": each.get("required", False)}
    if "schemes" in value and "host" in document:
        made["servers"] = [{"url": f"{scheme}://{document['host']}"} for scheme in value["schemes"]]
    fields = [p for p in parameters if p["in"] == "formData"]
    if fields:
        made["requestBody"] = form(fields, consumes)
    return made


def schema_of(value: JSON) -> JSON:
    """Take the keywords about the value out of a parameter."""
    return {key: item for key, item in value.items() if key not in OUTSIDE}


def parameter(value: JSON) -> JSON:
    """Rewrite a parameter in path, query or header."""
    style = STYLES[value.get("collectionFormat", "csv")] if value.get("type") == "array" else {}
    outside = {key: value[key] for key in ("name", "in", "description", "required") if key in value}
    return {**outside, **style, "schema": schema_of(value)}


def form(fields: list[JSON], consumes: list[str]) -> JSON:
    """Make one body of the fields of a form."""
    has_file = any(field.get("format") == "binary" for field in fields)
    names = ["multipart/form-data"] if has_file else [n for n in consumes if n in FORMS] or [FORMS[0]]
    schema = {
        "type": "object",
        "properties": {field["name"]: schema_of(field) for field in fields},
        "required": [field["name"] for field in fields if field.get("required")],
    }
    encoding = {f["name"]: STYLES[f.get("collectionFormat", "csv")] for f in fields if f.get("type") == "array"}
    media = {"schema": schema, "encoding": encoding}
    return {"content": dict.fromkeys(names, media), "required": bool(schema["required"])}


def response(value: JSON, produces: list[str]) -> JSON:
    """Rewrite a response."""
    if "schema" not in value:
        return {"description": value["description"]}
    content = {name: {"schema": value["schema"]} for name in produces or ["application/json"]}
    return {"description": value["description"], "content": content}


def scheme_of(value: JSON) -> JSON:
    """Rewrite a security scheme."""
    if value["type"] == "basic":
        return {"type": "http", "scheme": "basic"}
    if value["type"] != "oauth2":
        return value
    flow = {key: value[key] for key in ("authorizationUrl", "tokenUrl", "scopes") if key in value}
    return {"type": "oauth2", "flows": {FLOWS.get(value["flow"], value["flow"]): flow}}
