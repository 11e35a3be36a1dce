"""Facts of a schema in words: what people read in docstrings and on pages."""

from __future__ import annotations

from collections.abc import Iterator

from .display import shortened_json, shortened_text
from .document import Json
from .schemas import Documentation

_LONGEST_VALUE = 80
_LONGEST_PATTERN = 500


def limits(documentation: Documentation) -> Iterator[tuple[str, str]]:
    """Give format, ranges and lengths: a label and a value, which is empty where the label is complete."""
    if documentation.format:
        yield "Format", shortened_text(documentation.format, _LONGEST_VALUE)
    for label, value in _numbers(documentation):
        if value is not None:
            yield label, displayed(value)
    if documentation.unique_items:
        yield "Items are unique", ""
    if documentation.pattern:
        yield "Pattern", shortened_text(documentation.pattern, _LONGEST_PATTERN)


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


def displayed(value: Json) -> str:
    """Write a JSON value for people, shortened."""
    return shortened_json(value, _LONGEST_VALUE)


def described(documentation: Documentation, name: str) -> str:
    """Give the description of a schema, else its title: unless that is the name once more, as frameworks derive it.

    The class of a request has `Param` behind the name that it was given.
    """
    if documentation.description and documentation.description.strip():
        return documentation.description
    title = (documentation.title or "").strip()
    own = (_letters(name), _letters(name.removesuffix("Param")))
    return "" if _letters(title) in own else title


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
