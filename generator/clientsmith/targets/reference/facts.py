"""What a field's schema says in one word or number: its documentation goes in, pairs of label and value come out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...data.prose import described, displayed, limits
from .trees import Field


class Fact(NamedTuple):
    """A keyword of JSON Schema, or a word for it, and its value; an empty value where the label says it all."""

    label: str
    value: str = ""


def facts(field: Field) -> Iterator[Fact]:
    """Give the format, limits, default and examples of a field, and the name it has outside Python."""
    documentation = field.documentation
    if field.wire_name != field.name:
        yield Fact("name in JSON" if field.location in ("", "body") else "wire name", field.wire_name or '""')
    yield from (Fact(label.lower(), value) for label, value in limits(documentation) if value != "password")
    if documentation.has_default:
        yield Fact("default", displayed(documentation.default))
    if documentation.examples:
        yield Fact("example", displayed(documentation.examples[0]))


def marks(field: Field) -> Iterator[str]:
    """Give the words that are set beside the name of a field. The format `password` is one of them."""
    if field.required:
        yield "required"
    if field.flags.deprecated:
        yield "deprecated"
    if field.flags.secret or field.documentation.format == "password":
        yield "secret"
    if field.flags.read_only:
        yield "read-only"
    if field.flags.write_only:
        yield "write-only"


def place_in_request(field: Field) -> str:
    """Say where an argument is sent."""
    return "body" if field.location == "value" else field.location


def prose(field: Field) -> tuple[str, ...]:
    """Give what the document says of a field, in Markdown, then our own sentences."""
    documentation = field.documentation
    own = described(documentation, field.wire_name)
    texts = (field.description, own, *documentation.notes, *field.notes)
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
