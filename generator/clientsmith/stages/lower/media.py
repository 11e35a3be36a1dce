"""Media types: a `content` object goes in, each entry with what is sent or received comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import cast, get_args

from ...data.api import Media, MediaKind, PartEncoding, StyleName
from ...data.document import Json, Pointer
from ...data.schemas import ArrayShape, ObjectShape, Schema, TupleShape
from ...data.spec import Node
from ...data.styles import SEPARATORS_KEY
from .context import Lowering
from .documentation import given_examples
from .reading import UNIONS, Keys, as_keys, child_keys, flag, items, text, texts, types
from .stream_events import describes_events, event_of
from .values import reached

STREAMS: dict[str, MediaKind] = {
    "text/event-stream": "event-stream",
    "application/x-ndjson": "json-lines",
    "application/ndjson": "json-lines",
    "application/jsonl": "json-lines",
    "application/x-jsonl": "json-lines",
    "application/jsonlines": "json-lines",
    "application/x-jsonlines": "json-lines",
    "application/json-lines": "json-lines",
    "application/stream+json": "json-lines",
    "application/x-json-stream": "json-lines",
    "application/json-seq": "json-seq",
}
JSON = frozenset(
    (
        "application/json", "text/json", "text/x-json", "application/x-json", "application/*",
        "*/*", "json",
    )
)  # fmt: skip
TEXT = frozenset(
    "application/" + name
    for name in (
        "xml", "xhtml", "javascript", "ecmascript", "yaml", "x-yaml", "graphql", "sql", "toml",
        "csv", "jwt", "jose", "rtf", "x-pem-file", "sparql-query", "n-triples", "x-sh",
    )
)  # fmt: skip
BINARY_TOP_LEVELS = frozenset(("image", "audio", "video", "font", "model"))

MEDIA_KINDS: Sequence[tuple[Callable[[str], bool], MediaKind]] = (
    (lambda name: name.endswith("+json-seq"), "json-seq"),
    (lambda name: name in JSON or name.endswith("+json"), "json"),
    (lambda name: name == "application/x-www-form-urlencoded", "form"),
    (lambda name: name.startswith("multipart/"), "multipart"),
    (lambda name: name.startswith("text/") or name in TEXT, "text"),
    (lambda name: name.partition("/")[0] in BINARY_TOP_LEVELS, "binary"),
    (lambda name: name.endswith(("+xml", "+yaml")), "text"),
)
"""Ordered; what no row knows is JSON where its schema has parts, else bytes."""


def lower_content(lowering: Lowering, keys: Keys, pointer: Pointer) -> tuple[Media, ...]:
    """Lower the `content` of a body or a response, in document order, each media type once."""
    made: dict[str, Media] = {}
    for name, value in child_keys(keys, "content").items():
        content_type = as_sent(name)
        if not content_type.startswith(";") and content_type and content_type.lower() not in made:
            target = lowering.follow(value, pointer.below("content", name))
            made[content_type.lower()] = media(lowering, content_type, as_keys(target.value), target.pointer)
    return tuple(made.values())


def as_sent(name: str) -> str:
    """Write a media type for a header: with its parameters, but for those that whoever writes a body chooses."""
    content_type, *parameters = (part.strip() for part in name.split(";"))
    kept = [part for part in parameters if part and not part.lower().startswith(("charset", "boundary"))]
    return "; ".join([content_type, *kept])


def media(lowering: Lowering, content_type: str, keys: Keys, pointer: Pointer) -> Media:
    """Lower one media type object."""
    kind = media_kind(lowering, content_type.partition(";")[0].lower(), keys, pointer)
    schema = schema_of(lowering, kind, keys, pointer)
    if kind == "multipart" and has_parts_by_place(lowering, content_type, keys, schema):
        kind = "parts"
    if kind == "event-stream" and schema is not None and gives_items(lowering, keys):
        kind = "events" if describes_events(lowering, schema) else kind
        schema = event_of(lowering, schema) if kind == "events" else schema
    return Media(
        content_type=content_type,
        kind=kind,
        schema=schema,
        encoding=encodings(lowering, kind, keys, schema) if kind in ("form", "multipart") else (),
        prefix_encoding=tuple([encoding("", each) for each in items(keys, "prefixEncoding")]),
        item_encoding=encoding("", keys["itemEncoding"]) if "itemEncoding" in keys else None,
        examples=given_examples(lowering, keys, pointer),
        pointer=pointer,
    )


def media_kind(lowering: Lowering, name: str, keys: Keys, pointer: Pointer) -> MediaKind:
    """Choose how a media type is written and read."""
    if name in STREAMS:
        return STREAMS[name]
    schema = as_keys(lowering.follow(keys.get("schema"), pointer.child("schema")).value)
    kind = listed_kind(name)
    if kind in (None, "json") and is_binary(schema):
        return "binary"
    if kind == "text" and NOT_QUOTED.issuperset(types(schema) or ("string",)):
        return "json"
    if kind is not None:
        return "binary" if name == "*/*" and not says_type(schema) else kind
    structured = bool(schema) and not {"string", "file"} & set(types(schema))
    return "json" if structured and name not in OPAQUE else "binary"


def listed_kind(name: str) -> MediaKind | None:
    """Find the first row of the table that knows a media type."""
    for applies, kind in MEDIA_KINDS:
        if applies(name):
            return kind
    return None


NOT_QUOTED = frozenset(("integer", "number", "boolean"))
"""The types of values that a text writes as JSON does."""
OPAQUE = frozenset(("application/octet-stream", "application/pdf", "application/zip"))


def is_binary(schema: Keys) -> bool:
    """Report whether a schema is about bytes."""
    return schema.get("format") == "binary" or types(schema) == ("file",)


ANNOTATIONS = frozenset(
    ("title", "description", "default", "example", "examples", "externalDocs", "deprecated", "nullable", "$comment")
)


def says_type(schema: Keys) -> bool:
    """Report whether a schema limits values at all: without a type, any content is right."""
    return not ANNOTATIONS.issuperset(name for name in schema if not name.startswith("x-"))


def has_parts_by_place(lowering: Lowering, content_type: str, keys: Keys, schema: Schema | None) -> bool:
    """Report whether the parts of a multipart body have places instead of names, which only 3.2 knows.

    Parts of a form have names whatever a document says (RFC 7578, section 4.2).
    """
    is_form = content_type.lower().startswith("multipart/form-data")
    return is_list(lowering, schema) and not is_form and gives_items(lowering, keys)


def is_list(lowering: Lowering, schema: Schema | None) -> bool:
    """Report whether values of a schema are lists."""
    return schema is not None and isinstance(reached(lowering, schema.shape), ArrayShape | TupleShape)


def gives_items(lowering: Lowering, keys: Keys) -> bool:
    """Report whether a schema is about the items of a stream, as 3.2 defines them."""
    return "itemSchema" in keys or lowering.spec.version not in ("3.0", "3.1")


def schema_of(lowering: Lowering, kind: MediaKind, keys: Keys, pointer: Pointer) -> Schema | None:
    """Give the schema of the whole content; for streams that of one item."""
    if "itemSchema" in keys:
        item = lowering.schema(keys["itemSchema"], pointer.child("itemSchema"))
        if kind in ("event-stream", "json-lines", "json-seq"):
            return item
        if "schema" not in keys:
            return Schema(shape=ArrayShape(item), pointer=pointer)
    if "schema" not in keys:
        return None
    schema = lowering.schema(keys["schema"], pointer.child("schema"))
    if kind in ("event-stream", "json-lines", "json-seq") and isinstance(schema.shape, ArrayShape):
        return schema.shape.items
    return schema


# --- parts of forms ---


def encodings(lowering: Lowering, kind: MediaKind, keys: Keys, schema: Schema | None) -> tuple[PartEncoding, ...]:
    """Lower the `encoding` of a form or a multipart body, with the parts that are bytes in base64."""
    made = {name: encoding(name, value) for name, value in child_keys(keys, "encoding").items()}
    if kind == "form":
        return tuple(made.values())
    if lowering.spec.version == "3.0":  # where styles are those of forms only
        made = {name: replace(part, style=None, explode=None, allow_reserved=False) for name, part in made.items()}
    for part in contents(lowering, schema):
        name = part.wire_name
        known = made.get(name, PartEncoding(wire_name=name))
        made[name] = replace(part, **{field: getattr(known, field) for field in WRITTEN if getattr(known, field)})
    return tuple(made.values())


WRITTEN = ("content_type", "style", "explode", "allow_reserved", "separators", "headers")
"""What an encoding object says itself, which is stronger than the schema."""


def contents(lowering: Lowering, schema: Schema | None) -> Iterator[PartEncoding]:
    """Find the members of an object, or the items of such, whose schemas say what they hold.

    That is `contentMediaType`, and bytes in base64. `application/octet-stream` says nothing: the file's name says more.
    """
    shape = reached(lowering, schema.shape) if schema is not None else None
    for member in shape.properties if isinstance(shape, ObjectShape) else ():
        stated = list(statements(lowering, lowering.end(member.schema.pointer), MOST_LEVELS))
        is_base64 = any(each.get("format") == "byte" or each.get("contentEncoding") == "base64" for each in stated)
        named = [found for each in stated if (found := text(each, "contentMediaType")) not in (None, *UNTYPED)]
        if is_base64 or named:
            yield PartEncoding(wire_name=member.wire_name, content_type=next(iter(named), None), base64=is_base64)


MOST_LEVELS = 4
"""Lists, unions and references that may be around the content of a part."""
UNTYPED = ("application/octet-stream",)


def statements(lowering: Lowering, node: Node, levels: int) -> Iterator[Keys]:
    """Give the keywords of a schema, of its items, and of the schemas that it is made of."""
    keys = as_keys(node.value)
    yield keys
    inner = [("items", keys["items"])] if "items" in keys else []
    inner += [(f"{name}/{n}", value) for name in ("allOf", *UNIONS) for n, value in enumerate(items(keys, name))]
    for path, value in inner if levels else ():
        yield from statements(lowering, lowering.follow(value, node.pointer.below(*path.split("/"))), levels - 1)


def encoding(name: str, value: Json) -> PartEncoding:
    """Lower one encoding object."""
    keys = as_keys(value)
    style, explode = text(keys, "style"), keys.get("explode")
    return PartEncoding(
        wire_name=name,
        content_type=text(keys, "contentType"),
        style=cast(StyleName, style) if style in get_args(StyleName) else None,
        explode=explode if isinstance(explode, bool) else None,
        allow_reserved=flag(keys, "allowReserved"),
        separators=texts(keys, SEPARATORS_KEY),
        headers=tuple(child_keys(keys, "headers")),
    )
