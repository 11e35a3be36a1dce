"""Members and parameters that have another name on the wire: one that is gone, and one that is new, of one type."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from difflib import SequenceMatcher
from typing import Protocol, TypeVar

from ...data.document import Json
from ...data.schemas import Schema
from .matching import pair_up
from .offers import Offers
from .shapes import is_significant, look

_ALIKE = 0.7
"""How much of two names is the same, of 1."""


class Named(Protocol):
    """A property or a parameter."""

    @property
    def wire_name(self) -> str:
        """Its name in the document."""
        ...

    @property
    def schema(self) -> Schema:
        """Its type."""
        ...

    @property
    def required(self) -> bool:
        """Whether it is always there."""
        ...


T = TypeVar("T", bound=Named)


def pair_renamed(
    gone: list[T], fresh: list[T], old: Offers, new: Offers, place: Callable[[T], Hashable] = lambda named: None
) -> list[tuple[T, T]]:
    """Take out pairs of one type, at one place, whose names are spellings of one word.

    Other names are the same thing if they are alike, if the type is rare enough, or if they are described alike.
    """
    if not gone or not fresh:
        return []
    looks = {id(each): look(each.schema, old.by_pointer) for each in gone}
    looks |= {id(each): look(each.schema, new.by_pointer) for each in fresh}
    pairs = pair_up(gone, fresh, lambda each: (looks[id(each)], place(each), letters(each.wire_name)))
    left, right = list(gone), list(fresh)
    likely = pair_up(left, right, lambda each: (looks[id(each)], place(each), each.required))
    pairs += [pair for pair in likely if _is_same(*pair)]
    paired = {id(each) for pair in pairs for each in pair}
    gone[:] = [each for each in gone if id(each) not in paired]
    fresh[:] = [each for each in fresh if id(each) not in paired]
    return pairs


def letters(value: Json) -> str:
    """Give what remains of a name if only its spelling changes."""
    return "".join(character for character in str(value).casefold() if character.isalnum())


def _is_same(old: Named, new: Named) -> bool:
    if is_significant(old.schema):
        return True
    described = old.schema.documentation.description, new.schema.documentation.description
    if described[0] and described[0] == described[1]:
        return True
    return SequenceMatcher(None, letters(old.wire_name), letters(new.wire_name)).ratio() > _ALIKE
