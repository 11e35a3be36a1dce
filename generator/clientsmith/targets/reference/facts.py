"""What a field's schema says in one word or number: its documentation goes in, pairs of label and value come out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from ...data.api import Documentation
from ...data.document import Json
from .trees import Field

LONGEST_VALUE = 120


class Fact(NamedTuple):
    """A keyword of JSON Schema, or a word for it, and its value; an empty value where the label says it all."""

    label: str
    value: str = ""


def facts(field: Field) -> Iterator[Fact]:
    """Give the format, limits, default and examples of a field, and the name it has outside Python."""
    documentation = field.documentation
    if field.wire_name != field.name:
        yield Fact("name in JSON" if field.location in ("", "body") else "wire name", field.wire_name or '""')
    yield from limits(documentation)
    if documentation.has_default:
        yield Fact("default", shortened(documentation.default))
    if documentation.examples:
        yield Fact("example", shortened(documentation.examples[0]))


def limits(documentation: Documentation) -> Iterator[Fact]:
    """Give format, ranges and lengths."""
    if documentation.format and documentation.format != "password":
        yield Fact("format", documentation.format)
    for label, value in _numbers(documentation):
        if value is not None:
            yield Fact(label, number(value))
    if documentation.unique_items:
        yield Fact("unique items")
    if documentation.pattern:
        yield Fact("pattern", documentation.pattern)


def _numbers(documentation: Documentation) -> tuple[tuple[str, int | float | None], ...]:
    return (
        ("maximum", documentation.maximum),
        ("minimum", documentation.minimum),
        ("below", documentation.exclusive_maximum),
        ("above", documentation.exclusive_minimum),
        ("multiple of", documentation.multiple_of),
        ("max length", documentation.max_length),
        ("min length", documentation.min_length),
        ("max items", documentation.max_items),
        ("min items", documentation.min_items),
        ("max members", documentation.max_properties),
        ("min members", documentation.min_properties),
    )


def number(value: int | float) -> str:
    """Write a number without a fraction that is zero."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)


def shortened(value: Json) -> str:
    """Write a JSON value for people; the end of a long one is cut."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 3]}..."


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


def described(documentation: Documentation, name: str) -> str:
    """Give the description of a schema, else its title: unless that is the name once more, as frameworks derive it."""
    if documentation.description and documentation.description.strip():
        return documentation.description
    title = (documentation.title or "").strip()
    return "" if _letters(title) == _letters(name) else title


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
