"""Objects with declared fields: models, and the TypedDicts of requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import cached_property
from typing import Any, cast

from .codecs import Codec, Container, Decoder, Field, Problem, is_one_of
from .compiled import compile_decoder
from .containers import Dictionary

MOST_BUILDING = 20
"""Models whose decoders wait for others of theirs; more would nest too deeply."""
_building: ContextVar[tuple[object, ...]] = ContextVar("building", default=())


class Object(Container):
    """A model, or a TypedDict. Fields are looked up on first use, as both may be recursive."""

    def __init__(
        self, cls: type, find_fields: Callable[[type], tuple[Field, ...]]
    ) -> None:
        self.cls = cls
        self._find_fields = find_fields
        self._decoder: Decoder | None = None

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields; what collects the rest comes last."""
        return self._find_fields(self.cls)

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The fields that have a key of their own, by that key."""
        return {f.wire_name: f for f in self.fields if not f.additional}

    def parts(self, value: Any) -> Iterator[tuple[str, Codec, object]]:
        """Give what is there of the declared fields, then what the additional ones collect."""
        known = set()
        for _, wire_name, codec, _, additional in self.fields:
            if additional:
                rest = {k: v for k, v in value.items() if k not in known}
                yield from cast("Dictionary", codec).parts(rest)
            elif wire_name in value:
                known.add(wire_name)
                yield wire_name, codec, value[wire_name]

    def defect(self, value: Any) -> Problem | None:
        for field in self.fields:
            if field.required and field.wire_name not in value:
                return (field.wire_name,), "missing required value"
        return None

    def rank(self, value: Any) -> tuple[int, int]:
        """Tags of another class and missing keys are defects."""
        by_key = self.by_key
        known = [(by_key[key], tag) for key, tag in value.items() if key in by_key]
        missing = sum(f.required and f.wire_name not in value for f in self.fields)
        wrong = sum(
            tag is not None and not is_one_of(tag, field.codec.literals)
            for field, tag in known
            if field.codec.literals
        )
        return -missing - wrong, len(known)

    def decoder(self) -> Decoder | None:
        """Return the compiled decoder, or what will look it up: where this is being compiled, or much else is."""
        building = _building.get()
        is_free = self not in building and len(building) < MOST_BUILDING
        if self._decoder is None and is_free:
            return self._compiled()
        return self._decoder or (lambda value: self._compiled()(value))

    def _compiled(self) -> Decoder:
        """Two threads may both compile it, with equal results."""
        if self._decoder is None:
            token = _building.set((*_building.get(), self))
            try:
                self._decoder = compile_decoder(self.cls, self.fields)
            finally:
                _building.reset(token)
        return self._decoder
