"""The intermediate representation: what an API is, in OpenAPI's words. It holds no Python: no identifier, no module,
no type text. `lower` makes it from a spec of any version, `design` a surface of it. Its schemas are in `schemas.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from .access import Security, SecurityScheme, Server
from .document import Json, Pointer
from .schemas import Definition, Schema

# --- operations ------------------------------------------------------------------------------------------------------

Location = Literal["path", "query", "header", "cookie"]
StyleName = Literal["form", "simple", "label", "matrix", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"]


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
    separators: tuple[str, ...] = ()
    """How a list is joined, one for each level of lists, where no style does it; `&` repeats the name."""
    content_type: str | None = None
    """The media type of a `content` parameter: its value is serialised so, and `style` does not count."""
    is_each: bool = False
    """True where each item of a list is serialised so, and the name repeated: a member of a query string in form."""
    is_whole: bool = False
    """True where the value is the whole query string (`in: querystring`)."""
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
    separators: tuple[str, ...] = ()
    """As those of a parameter."""
    headers: tuple[str, ...] = ()
    base64: bool = False
    """True for a part of a multipart body that is bytes in base64: it says so in its headers."""


MediaKind = Literal[
    "json", "form", "multipart", "parts", "text", "binary", "event-stream", "events", "json-lines", "json-seq"
]
"""`parts` are those of a multipart body by their places; `multipart` has them by name. Of the two for
`text/event-stream`, the schema of `event-stream` is that of the data of an event, that of `events` is that of the event
itself, with members such as `data` and `id`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """One media type of a body or a response."""

    content_type: str
    """As it is sent: as the document writes it, without charset and boundary."""
    kind: MediaKind
    schema: Schema | None
    """For streams: the type of one item."""
    encoding: tuple[PartEncoding, ...] = ()
    prefix_encoding: tuple[PartEncoding, ...] = ()
    """For `parts`: that of the first ones, by place."""
    item_encoding: PartEncoding | None = None
    """For `parts`: that of the others."""
    examples: tuple[Json, ...] = field(default=(), compare=False, repr=False)
    """Whole bodies, as the document shows them."""
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

    @property
    def sent(self) -> tuple[Schema, ...]:
        """The schemas of its parameters and its body."""
        content = self.request_body.content if self.request_body else ()
        return (*[each.schema for each in self.parameters], *schemas_of(content))

    @property
    def received(self) -> tuple[Schema, ...]:
        """The schemas of its responses."""
        return schemas_of(media for response in self.responses for media in response.content)


def schemas_of(content: Iterable[Media]) -> tuple[Schema, ...]:
    """Give the schemas that some media types have."""
    return tuple([media.schema for media in content if media.schema is not None])


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A request that the API sends to its users: a webhook, or a callback of an operation. One with a JSON body."""

    name: str
    """The key of the webhook or the callback, with the verb behind it where the path item has several."""
    is_callback: bool = False
    verb: str = field(default="POST", compare=False)
    url: str | None = field(default=None, compare=False)
    """Where a callback is sent, as a runtime expression; None for a webhook."""
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
    parent: str | None = None
    """The name of the tag that this one is below (3.2)."""
    kind: str | None = None
    """What it is for (3.2): `nav` groups operations, others mark them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A whole OpenAPI document."""

    title: str
    version: str
    summary: str | None = None
    description: str | None = None
    more: str | None = None
    tags: tuple[Tag, ...] = ()
    license: str | None = None
    """The license as the document identifies it, or names it."""
    links: tuple[tuple[str, str], ...] = ()
    """Pages about the API: labels of ours, and URLs of the web."""
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
