"""What people read about a schema: its description and the facts that no type shows."""

from __future__ import annotations

from collections.abc import Iterator

from ....data.api import Documentation, LiteralShape, Schema, StringShape
from ....data.display import shortened_json
from ....data.document import Json

_LONGEST_DEFAULT = 80


def paragraphs(schema: Schema, *, request: bool = False) -> tuple[str, ...]:
    """Give the description of a field, then its facts in one paragraph."""
    facts = " ".join(f"{fact}." for fact in field_facts(schema, request=request))
    return (*description(schema), *((facts,) if facts else ()))


def description(schema: Schema) -> tuple[str, ...]:
    """Give the prose of a schema: the description, else the title."""
    documentation = schema.documentation
    text = documentation.description or documentation.title or ""
    return (text, *documentation.notes) if text.strip() else documentation.notes


def field_facts(schema: Schema, *, request: bool = False) -> Iterator[str]:
    """Give the facts of a field as short sentences without full stops."""
    is_moment = isinstance(schema.shape, StringShape) and schema.shape.format in ("date-time", "date")
    for label, value in limits(schema.documentation):
        if not (label == "Format" and is_moment and not request):  # the type of an answer says it
            yield f"{label}: {value}" if value else label
    if isinstance(schema.shape, LiteralShape) and any(isinstance(value, float) for value in schema.shape.values):
        yield f"One of: {', '.join(shown(value) for value in schema.shape.values)}"
    if schema.documentation.has_default and request:
        yield f"Server default: {shown(schema.documentation.default)}"
    if schema.deprecated:
        yield "Deprecated"
    if schema.read_only and not request:
        yield "Read-only"
    if schema.write_only and not request:
        yield "Write-only: the server does not send it"


def limits(documentation: Documentation) -> Iterator[tuple[str, str]]:
    """Give format, ranges and lengths: a label and a value, which is empty where the label says it all."""
    if documentation.format:
        yield "Format", documentation.format
    for label, value in _numbers(documentation):
        if value is not None:
            yield label, shown(value)
    if documentation.unique_items:
        yield "Items are unique", ""
    if documentation.pattern:
        yield "Pattern", documentation.pattern


def _numbers(documentation: Documentation) -> tuple[tuple[str, int | float | None], ...]:
    return (
        ("Minimum", documentation.minimum),
        ("Maximum", documentation.maximum),
        ("Above", documentation.exclusive_minimum),
        ("Below", documentation.exclusive_maximum),
        ("Multiple of", documentation.multiple_of),
        ("Minimum length", documentation.min_length),
        ("Maximum length", documentation.max_length),
        ("Minimum items", documentation.min_items),
        ("Maximum items", documentation.max_items),
        ("Minimum members", documentation.min_properties),
        ("Maximum members", documentation.max_properties),
    )


def shown(value: Json) -> str:
    """Write a JSON value for people, shortened."""
    return shortened_json(value, _LONGEST_DEFAULT)
