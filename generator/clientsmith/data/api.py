"""The intermediate representation: what an API is, in OpenAPI's words. It holds no Python: no identifier, no module,
no type text. `lower` makes it from a spec of any version; `plan` turns it into a package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from .access import Security, SecurityScheme, Server
from .document import Json, Pointer

Scalar = str | int | float | bool | None


# --- schemas ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Documentation:
    """What a schema has for people only. All of it is hostile text."""

    title: str | None = None
    description: str | None = None
    format: str | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    exclusive_minimum: int | float | None = None
    exclusive_maximum: int | float | None = None
    multiple_of: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    min_properties: int | None = None
    max_properties: int | None = None
    pattern: str | None = None
    default: Json = None
    has_default: bool = False
    """Distinguishes a default of null from no default. A default is documented, never sent."""
    examples: tuple[Json, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences for what no type can say: `not`, if/then, pattern properties, property names, external docs."""


NO_DOCUMENTATION = Documentation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """One use of a type: its shape, whether null is allowed, and its documentation."""

    shape: Shape
    pointer: Pointer = field(compare=False)
    nullable: bool = False
    documentation: Documentation = NO_DOCUMENTATION
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    secret: bool = False
    """`format: password`, or write-only text: never displayed in a repr."""
    name_hint: str | None = None
    """The name an `x-clientsmith-name` extension wants."""


@dataclass(frozen=True, slots=True)
class AnyShape:
    """Any JSON value: the empty schema, `true`."""


@dataclass(frozen=True, slots=True)
class NeverShape:
    """No value: `false`."""


@dataclass(frozen=True, slots=True)
class NullShape:
    """Only null."""


@dataclass(frozen=True, slots=True)
class BooleanShape:
    """true or false."""


@dataclass(frozen=True, slots=True)
class IntegerShape:
    """A whole number."""


@dataclass(frozen=True, slots=True)
class NumberShape:
    """Any number."""


@dataclass(frozen=True, slots=True)
class StringShape:
    """Text. `format` is "text", or a name of `data/formats.py`; every other format is documentation."""

    format: str = "text"


@dataclass(frozen=True, slots=True)
class LiteralShape:
    """`enum` or `const`: a closed list of scalar values, without null (that is the schema's `nullable`)."""

    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class ArrayShape:
    """A list of equal items."""

    items: Schema


@dataclass(frozen=True, slots=True)
class TupleShape:
    """`prefixItems`: a list whose places have types of their own. `rest` is None where no further items may come."""

    items: tuple[Schema, ...]
    rest: Schema | None = None


@dataclass(frozen=True, slots=True)
class MapShape:
    """An object without known members: every value has one type."""

    values: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A member of an object."""

    wire_name: str
    schema: Schema
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectShape:
    """An object with known members, all of `allOf` merged in. In the order of the document."""

    properties: tuple[Property, ...]
    additional: Schema | None = None
    """The type of further members where the document gives one; None where it does not (they are kept all the same)."""
    closed: bool = False
    """`additionalProperties: false`; documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discriminator:
    """Which property distinguishes the variants of a union."""

    wire_name: str
    mapping: tuple[tuple[str, Pointer], ...]
    """Value of the property to the definition it selects; implicit names are filled in. In document order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionShape:
    """`oneOf`, `anyOf`, an array of types: one of several, at least two, null never among them."""

    variants: tuple[Schema, ...]
    discriminator: Discriminator | None = None


@dataclass(frozen=True, slots=True)
class ReferenceShape:
    """A use of a definition, by its place."""

    target: Pointer


Shape = (
    AnyShape
    | NeverShape
    | NullShape
    | BooleanShape
    | IntegerShape
    | NumberShape
    | StringShape
    | LiteralShape
    | ArrayShape
    | TupleShape
    | MapShape
    | ObjectShape
    | UnionShape
    | ReferenceShape
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A schema that references name: a component, or any other place that a `$ref` points to."""

    pointer: Pointer
    name: str
    """The component's key, or a name made from the last significant steps of its place."""
    is_component: bool
    """True for `#/components/schemas/...`: its name is required. Else the name is a suggestion."""
    is_too_deep: bool = False
    """True for what is nested too deep to be written in place: whatever its shape is, it has a type of its own."""
    schema: Schema


def references(schema: Schema) -> Iterator[Pointer]:
    """Give every definition that a schema refers to, in order."""
    stack = [schema]
    while stack:
        here = stack.pop()
        match here.shape:
            case ReferenceShape(target):
                yield target
            case ObjectShape(properties=members, additional=additional):
                stack.extend([] if additional is None else [additional])
                stack.extend(member.schema for member in reversed(members))
            case ArrayShape(inner) | MapShape(inner):
                stack.append(inner)
            case TupleShape(items, rest):
                stack.extend([] if rest is None else [rest])
                stack.extend(reversed(items))
            case UnionShape(variants=variants, discriminator=discriminator):
                stack.extend(reversed(variants))
                if discriminator is not None:
                    yield from (target for _, target in discriminator.mapping)
            case _:
                continue


# --- operations ------------------------------------------------------------------------------------------------------

Location = Literal["path", "query", "header", "cookie"]
StyleName = Literal["form", "simple", "label", "matrix", "spaceDelimited", "pipeDelimited", "deepObject"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of an operation; those of the path item are merged in."""

    wire_name: str
    location: Location
    required: bool
    schema: Schema
    style: StyleName
    explode: bool
    allow_reserved: bool = False
    content_type: str | None = None
    """The media type of a `content` parameter: its value is serialised so, and `style` does not count."""
    description: str | None = None
    deprecated: bool = False
    examples: tuple[Json, ...] = ()
    pointer: Pointer = field(compare=False)
    undeclared: bool = False
    """True for a `{name}` of the path that the document does not declare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartEncoding:
    """How one property of a form or multipart body is sent."""

    wire_name: str
    content_type: str | None = None
    """As the document writes it: one media type, or several (with commas, or ranges) of which one is to be sent."""
    style: StyleName | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[str, ...] = ()
    base64: bool = False
    """True for a part of a multipart body that is bytes in base64: it says so in its headers."""


MediaKind = Literal["json", "form", "multipart", "text", "binary", "event-stream", "json-lines", "json-seq"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """One media type of a body or a response."""

    content_type: str
    """As it is sent: as the document writes it, without charset and boundary."""
    kind: MediaKind
    schema: Schema | None
    """For streams: the type of one item."""
    encoding: tuple[PartEncoding, ...] = ()
    pointer: Pointer = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    """What an operation sends."""

    required: bool
    content: tuple[Media, ...]
    """At least one, in document order."""
    description: str | None = None
    pointer: Pointer = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseHeader:
    """A header of a response. Clients give headers as text; only a comparison reads what is declared."""

    name: str
    """In lower case."""
    required: bool
    pointer: Pointer = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What an operation returns for one status."""

    status: str
    """`200`, `2XX` (upper case) or `default`."""
    content: tuple[Media, ...]
    """Empty where the response has no body."""
    description: str | None = None
    headers: tuple[ResponseHeader, ...] = ()
    pointer: Pointer = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One request that the API handles."""

    verb: str
    """Upper case: `GET`."""
    path: str
    """The template, with the document's `{names}`."""
    operation_id: str | None
    tags: tuple[str, ...] = ()
    summary: str | None = None
    description: str | None = None
    more: str | None = None
    """A sentence that names the page with more."""
    deprecated: bool = False
    parameters: tuple[Parameter, ...] = ()
    """Path parameters first, in the order of the template; the others in document order."""
    request_body: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    security: Security | None = None
    """None: what the document has for all."""
    servers: tuple[Server, ...] = ()
    """Those of the operation or its path; empty: the document's."""
    resource_hint: str | None = None
    """Dotted resource of `x-clientsmith-resource`."""
    method_hint: str | None = None
    """Method name of `x-clientsmith-method`."""
    pointer: Pointer = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A request that the API sends to its users: a webhook, or a callback of an operation. One with a JSON body."""

    name: str
    """The key of the webhook or the callback, with the verb behind it where the path item has several."""
    is_callback: bool = False
    schema: Schema
    """That of the body."""
    description: str | None = None
    deprecated: bool = False
    owners: tuple[Pointer, ...] = field(default=(), compare=False)
    """The operations that a callback belongs to."""
    pointer: Pointer = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A group of operations."""

    name: str
    description: str | None = None
    more: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A whole OpenAPI document."""

    title: str
    version: str
    summary: str | None = None
    description: str | None = None
    more: str | None = None
    tags: tuple[Tag, ...] = ()
    servers: tuple[Server, ...] = ()
    security_schemes: tuple[SecurityScheme, ...] = ()
    security: Security = ()
    operations: tuple[Operation, ...] = ()
    events: tuple[Event, ...] = ()
    """Webhooks, then callbacks, each body once."""
    definitions: tuple[Definition, ...] = ()
    """Components in document order, then the targets of deep references in the order they were met."""
    size: int = 0
    """Characters of the document's files: what is made of them is limited in proportion."""
