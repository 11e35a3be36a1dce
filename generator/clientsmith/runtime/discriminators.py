"""Unions with a discriminator: the value of one property selects the member."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .codecs import Codec, Decoder, Memo, Problem, expected
from .unions import Union


class Discriminator(NamedTuple):
    """Name the property that chooses the class: ``Discriminator("petType", {"cat": Cat})``.

    ``default`` is that of a value without the property, or with an unknown one.
    """

    property_name: str
    mapping: Mapping[str, object]
    default: object = None

    def __hash__(self) -> int:
        return hash((self.property_name, *self.mapping))

    def codec(self, annotation: object, make: Callable[[Any], Codec]) -> Codec:
        """Make the codec of the union that this marks."""
        codecs = {tag: make(cls) for tag, cls in self.mapping.items()}
        default = None if self.default is None else make(self.default)
        return Tagged(self.property_name, codecs, default)


class Tagged(Union):
    """A union with a discriminator; an unknown tag without a default keeps the mapping as it came."""

    def __init__(
        self, property_name: str, codecs: Mapping[str, Codec], default: Codec | None
    ) -> None:
        members = [*codecs.values(), *([default] if default else [])]
        super().__init__(members, nullable=False)
        self._property_name = property_name
        self._codecs = codecs
        self._default = default

    def decoder(self) -> Decoder | None:
        return self.choosing_decoder({id(m): m.decoder() for m in self.members})

    def choose(self, value: Any, memo: Memo) -> Codec | None:
        if not isinstance(value, Mapping):
            return None
        text = _tag_text(value.get(self._property_name))
        return self._default if text is None else self._codecs.get(text, self._default)

    def keeps(self, value: object) -> bool:
        return isinstance(value, Mapping)

    def accepts(self, value: object) -> bool:
        return isinstance(value, Mapping)

    def rank(self, value: Any) -> tuple[int, int]:
        return -(self.choose(value, {}) is None), 0

    def item_rank(self, value: Any) -> tuple[int, int]:
        return self.rank(value) if self.accepts(value) else (0, 0)

    def problem(self, value: object, strict: bool, memo: Memo) -> Problem | None:
        if (chosen := self.choose(value, memo)) is not None:
            return chosen.problem(value, strict, memo)
        if isinstance(value, Mapping) and strict:
            known = ", ".join(map(repr, self._codecs))
            return (self._property_name,), f"expected one of {known}"
        refused = value is not None and not self.keeps(value)
        return expected(value, self) if strict or refused else None


def _tag_text(tag: object) -> str | None:
    """Write a tag as the keys of a mapping are written: JSON without quotes, `1.0` as 1."""
    if isinstance(tag, bool):
        return "true" if tag else "false"
    if isinstance(tag, float) and tag.is_integer():
        return str(int(tag))
    return str(tag) if isinstance(tag, (str, int, float)) else None
