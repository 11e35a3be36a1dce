"""The objects of OpenAPI 3.0, 3.1 and 3.2 with all their keywords, and where those occur in a document.

Names of objects are those of the specification. A field is written as `name`, `name: Object`, `name: [Object]` for a
list or `name: {Object}` for a map; `{...}` stands for any name. `@3.1` tells the first version that has it, `@3.0` the
only one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

LIMITS_20 = (
    "default, maximum, exclusiveMaximum, minimum, exclusiveMinimum, maxLength, minLength, pattern, maxItems, minItems, "
    "uniqueItems, enum, multipleOf"
)
"""What Swagger 2.0 says of a value wherever it has a type."""

FIELDS = {
    "OpenAPI": "openapi, $self@3.2, info: Info, jsonSchemaDialect@3.1, servers: [Server], paths: Paths, "
    "webhooks: {Path Item}@3.1, components: Components, security: [Security Requirement], tags: [Tag], "
    "externalDocs: External Documentation",
    "Info": "title, summary@3.1, description, termsOfService, contact: Contact, license: License, version",
    "Contact": "name, url, email",
    "License": "name, identifier@3.1, url",
    "Server": "url, description, name@3.2, variables: {Server Variable}",
    "Server Variable": "enum, default, description",
    "Paths": "{path}: Path Item",
    "Path Item": "$ref, summary, description, get: Operation, put: Operation, post: Operation, delete: Operation, "
    "options: Operation, head: Operation, patch: Operation, trace: Operation, query: Operation@3.2, "
    "additionalOperations: {Operation}@3.2, servers: [Server], parameters: [Parameter]",
    "Operation": "tags, summary, description, externalDocs: External Documentation, operationId, "
    "parameters: [Parameter], requestBody: Request Body, responses: Responses, callbacks: {Callback}, deprecated, "
    "security: [Security Requirement], servers: [Server]",
    "Parameter": "name, in, description, required, deprecated, allowEmptyValue, style, explode, allowReserved, "
    "schema: Schema, example, examples: {Example}, content: {Media Type}",
    "Request Body": "description, content: {Media Type}, required",
    "Media Type": "schema: Schema, itemSchema: Schema@3.2, example, examples: {Example}, encoding: {Encoding}, "
    "prefixEncoding: [Encoding]@3.2, itemEncoding: Encoding@3.2, description@3.2",
    "Encoding": "contentType, headers: {Header}, style, explode, allowReserved, encoding: {Encoding}@3.2, "
    "prefixEncoding: [Encoding]@3.2, itemEncoding: Encoding@3.2",
    "Responses": "default: Response, {status}: Response",
    "Response": "summary@3.2, description, headers: {Header}, content: {Media Type}, links: {Link}",
    "Header": "description, required, deprecated, allowEmptyValue@3.0, style, explode, allowReserved@3.0, "
    "schema: Schema, example, examples: {Example}, content: {Media Type}",
    "Schema": "type, nullable@3.0, enum, const@3.1, format, properties: {Schema}, required, "
    "additionalProperties: Schema, patternProperties: {Schema}@3.1, propertyNames: Schema@3.1, items: Schema, "
    "prefixItems: [Schema]@3.1, allOf: [Schema], oneOf: [Schema], anyOf: [Schema], discriminator: Discriminator, "
    "$ref, $defs: {Schema}@3.1, $anchor@3.1, $id@3.1, $dynamicRef@3.1, $dynamicAnchor@3.1, readOnly, writeOnly, "
    "deprecated, title, description, default, example, examples@3.1, externalDocs: External Documentation, "
    "minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, minLength, maxLength, pattern, minItems, "
    "maxItems, uniqueItems, minProperties, maxProperties, not: Schema, if: Schema@3.1, then: Schema@3.1, "
    "else: Schema@3.1, contains: Schema@3.1, minContains@3.1, maxContains@3.1, dependentRequired@3.1, "
    "dependentSchemas: {Schema}@3.1, unevaluatedProperties: Schema@3.1, unevaluatedItems: Schema@3.1, "
    "contentEncoding@3.1, contentMediaType@3.1, contentSchema: Schema@3.1, xml: XML, $schema@3.1, $comment@3.1, "
    "$vocabulary@3.1, true@3.1, false@3.1",
    "Discriminator": "propertyName, mapping, defaultMapping@3.2",
    "Reference": "$ref, summary@3.1, description@3.1",
    "Components": "schemas: {Schema}, responses: {Response}, parameters: {Parameter}, examples: {Example}, "
    "requestBodies: {Request Body}, headers: {Header}, securitySchemes: {Security Scheme}, links: {Link}, "
    "callbacks: {Callback}, pathItems: {Path Item}@3.1, mediaTypes: {Media Type}@3.2",
    "Security Scheme": "type, description, name, in, scheme, bearerFormat, flows: OAuth Flows, openIdConnectUrl, "
    "oauth2MetadataUrl@3.2, deprecated@3.2",
    "Security Requirement": "{name}",
    "OAuth Flows": "implicit: OAuth Flow, password: OAuth Flow, clientCredentials: OAuth Flow, "
    "authorizationCode: OAuth Flow, deviceAuthorization: OAuth Flow@3.2",
    "OAuth Flow": "authorizationUrl, deviceAuthorizationUrl@3.2, tokenUrl, refreshUrl, scopes",
    "Tag": "name, summary@3.2, description, externalDocs: External Documentation, parent@3.2, kind@3.2",
    "External Documentation": "description, url",
    "Example": "summary, description, dataValue@3.2, serializedValue@3.2, value, externalValue",
    "Callback": "{expression}: Path Item",
    "Link": "operationRef, operationId, parameters, requestBody, description, server: Server",
    "XML": "nodeType@3.2, name, namespace, prefix, attribute, wrapped",
    "Swagger 2.0": "swagger, info: Info, host, basePath, schemes, consumes, produces, paths: 2.0 Paths, "
    "definitions: {2.0 Schema}, parameters: {2.0 Parameter}, responses: {2.0 Response}, "
    "securityDefinitions: {2.0 Security Scheme}, security: [Security Requirement], tags: [Tag], "
    "externalDocs: External Documentation",
    "2.0 Paths": "{path}: 2.0 Path Item",
    "2.0 Path Item": "$ref, get: 2.0 Operation, put: 2.0 Operation, post: 2.0 Operation, delete: 2.0 Operation, "
    "options: 2.0 Operation, head: 2.0 Operation, patch: 2.0 Operation, parameters: [2.0 Parameter]",
    "2.0 Operation": "tags, summary, description, externalDocs: External Documentation, operationId, consumes, "
    "produces, parameters: [2.0 Parameter], responses: 2.0 Responses, schemes, deprecated, "
    "security: [Security Requirement]",
    "2.0 Responses": "default: 2.0 Response, {status}: 2.0 Response",
    "2.0 Parameter": "$ref, name, in, description, required, schema: 2.0 Schema, type, format, allowEmptyValue, "
    f"items: 2.0 Items, collectionFormat, {LIMITS_20}, x-nullable",
    "2.0 Items": f"type, format, items: 2.0 Items, collectionFormat, {LIMITS_20}",
    "2.0 Response": "$ref, description, schema: 2.0 Schema, headers: {2.0 Header}, examples: 2.0 Example",
    "2.0 Example": "{mime type}",
    "2.0 Header": f"description, type, format, items: 2.0 Items, collectionFormat, {LIMITS_20}",
    "2.0 Schema": f"$ref, title, description, type, format, {LIMITS_20}, maxProperties, minProperties, required, "
    "items: 2.0 Schema, allOf: [2.0 Schema], properties: {2.0 Schema}, additionalProperties: 2.0 Schema, "
    "discriminator, readOnly, xml: XML, externalDocs: External Documentation, example, x-nullable",
    "2.0 Security Scheme": "type, description, name, in, flow, authorizationUrl, tokenUrl, scopes",
}
REFERENCED = frozenset(kind for kind in FIELDS if "2.0" not in kind) - {"Schema", "Path Item"}
"""Objects of which a `$ref` makes a Reference Object; the two others have the keyword themselves."""


def keywords(kind: str) -> Mapping[str, str]:
    """Give each keyword of an object with the versions that have it (empty: all), in the order of the table above."""
    return {name: version for name, _, version in _fields(kind)}


def root_kind(document: Any) -> str:
    """Name the object that a document is."""
    return "Swagger 2.0" if isinstance(document, dict) and "swagger" in document else "OpenAPI"


def occurrences(value: Any, kind: str = "OpenAPI") -> Iterator[tuple[str, str]]:
    """Find the keywords of a document: pairs of the object's name and the keyword."""
    if isinstance(value, bool) and kind == "Schema":
        yield kind, str(value).lower()
    if not isinstance(value, dict):
        return
    if "$ref" in value and kind in REFERENCED:
        kind = "Reference"
    inner = {name: child for name, child, _ in _fields(kind)}
    anything = next((name for name in inner if name.startswith("{")), None)
    for key, member in value.items():
        name = key if key in inner else anything
        if name is not None and (key in inner or not key.startswith("x-")):
            yield kind, name
            yield from _inside(member, inner[name])


def without(value: Any, dropped: Iterable[tuple[str, str]], kind: str = "OpenAPI") -> Any:
    """Copy a document (or the object `kind` of one) without some keywords."""
    if not kind or not isinstance(value, dict):
        return value
    if "$ref" in value and kind in REFERENCED:
        kind = "Reference"
    inner = {name: child for name, child, _ in _fields(kind)}
    anything = next((name for name in inner if name.startswith("{")), None)
    copied = {}
    for key, member in value.items():
        name = key if key in inner else anything
        if (kind, name) not in dropped:
            copied[key] = _copied(member, dropped, inner.get(name or "", ""))
    return copied


def _copied(value: Any, dropped: Iterable[tuple[str, str]], child: str) -> Any:
    kind = child.strip("[]{}")
    if child.startswith("{") and isinstance(value, dict):
        return {key: without(member, dropped, kind) for key, member in value.items()}
    if child.startswith("[") and isinstance(value, list):
        return [without(member, dropped, kind) for member in value]
    return without(value, dropped, kind)


def _inside(value: Any, child: str) -> Iterator[tuple[str, str]]:
    kind = child.strip("[]{}")
    if not kind:
        return
    members = [value] if kind == child else value.values() if child.startswith("{") else value
    for member in members:
        yield from occurrences(member, kind)


def _fields(kind: str) -> Iterator[tuple[str, str, str]]:
    for field in FIELDS[kind].split(", "):
        declared, _, version = field.partition("@")
        name, _, child = declared.partition(": ")
        yield name, child, version
