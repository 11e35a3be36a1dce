"""Unions: a value is decoded as the member that it fits best."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from .codecs import (
    VERDICTS,
    Codec,
    Decoder,
    Memo,
    Mismatch,
    Problem,
    expected,
    read_integer,
)


class Union(Codec):
    """One of several types, or null maybe; what is nullable alone is one, too.

    What is true of its members is found on first use, as they may be recursive.
    """

    def __init__(self, members: list[Codec], nullable: bool) -> None:
        self.members = members
        self._has_null = nullable

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(member.name for member in self.members)

    @cached_property
    def nullable(self) -> bool:  # type: ignore[override]
        return self._has_null or any(codec.nullable for codec in self.members)

    @cached_property
    def is_scalar(self) -> bool:  # type: ignore[override]
        return any(codec.is_scalar for codec in self.members)

    @cached_property
    def literals(self) -> tuple[object, ...]:  # type: ignore[override]
        return tuple(one for codec in self.members for one in codec.literals)

    def decoder(self) -> Decoder | None:
        decoders = {id(member): member.decoder() for member in self.members}
        different = set(decoders.values()) - {None}
        if different == {read_integer}:
            return None if "number" in self.names else read_integer
        if len(self.members) < 2 or not different:
            return next(iter(decoders.values()), None)
        return self.choosing_decoder(decoders)

    def choosing_decoder(self, decoders: dict[int, Decoder | None]) -> Decoder:
        """Make the decoder that chooses a member for each value."""

        def decode_union(value: Any) -> Any:
            if VERDICTS.memo is None:
                VERDICTS.memo = {}
            chosen = self.choose(value, VERDICTS.memo)
            if chosen is None and value is not None and not self.keeps(value):
                raise Mismatch
            decode = decoders.get(id(chosen))
            return value if decode is None else decode(value)

        return decode_union

    def keeps(self, value: object) -> bool:
        """Report whether a value that no member accepts is kept as sent."""
        return self.is_scalar

    def accepts(self, value: object) -> bool:
        return any(member.accepts(value) for member in self.members)

    def rank(self, value: Any) -> tuple[int, int]:
        return max(m.rank(value) for m in self.members if m.accepts(value))

    def item_rank(self, value: Any) -> tuple[int, int]:
        return self.members[0].item_rank(value) if len(self.members) == 1 else (0, 0)

    def choose(self, value: object, memo: Memo) -> Codec | None:
        """Return the member that a value fits best; None if none is of its JSON type.

        First what it fits exactly, then what decodes it at all, then what it has the most required
        and known keys of; what is declared first wins a tie.
        """
        members = [member for member in self.members if member.accepts(value)]
        if len(members) > 1:
            members = [m for m in members if not m.rank(value)[0]] or members
        if len(members) > 1:
            fitting = [m for m in members if not m.problem(value, True, memo)]
            fitting = fitting or [
                m for m in members if not m.problem(value, False, memo)
            ]
            members = fitting or members
        return max(members, key=lambda member: member.rank(value), default=None)

    def problem(self, value: object, strict: bool, memo: Memo) -> Problem | None:
        if value is None:
            return expected(value, self) if strict and not self.nullable else None
        if strict and any(not m.problem(value, True, memo) for m in self.members):
            return None
        if (chosen := self.choose(value, memo)) is not None:
            return chosen.problem(value, strict, memo)
        return expected(value, self) if strict or not self.keeps(value) else None
