"""The base of all codecs. A codec decodes and checks the values of one type.

Decoders keep no paths, as those would cost time. Where a decoder fails, `problem` goes through the
value again and finds the place; in strict mode it goes first, and checks everything.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

Decoder: TypeAlias = Callable[[Any], Any]
Problem: TypeAlias = tuple[tuple[str | int, ...], str]
"""The keys and indexes that lead to a value, and what is wrong with it."""
Memo: TypeAlias = dict[tuple[int, int, bool], Problem | None]
"""What was found of a value and a codec, strictly or not: unions in unions ask exponentially often."""


class Verdicts(threading.local):
    """What was found of the values that this thread decodes: `decode` forgets it in the end."""

    memo: Memo | None = None


VERDICTS = Verdicts()


class Mismatch(Exception):
    """A container is due and something else was sent."""


class Codec:
    """Anything: it is kept as sent."""

    name = "object"
    json_type: Any = object
    nullable = True
    is_scalar = False
    literals: tuple[object, ...] = ()
    rewrites = False
    """Whether `rewritten` changes what a caller passes."""

    @property
    def names(self) -> tuple[str, ...]:
        """What may be due, for messages."""
        return (self.name,)

    @property
    def resolved(self) -> Codec:
        """The codec itself, or what a lazy reference stands for."""
        return self

    def decoder(self) -> Decoder | None:
        """Return what decodes tolerantly; None where values are kept as sent."""
        return None

    def rewritten(self, value: Any) -> Any:
        """Return what is sent of a value that a caller passes."""
        return value

    def accepts(self, value: object) -> bool:
        """Report whether a value is of the JSON type of this codec."""
        return isinstance(value, self.json_type)

    def rank(self, value: Any) -> tuple[int, int]:
        """Say how well a value that it accepts fits: defects (negative), then known keys."""
        return 0, 0

    def item_rank(self, value: Any) -> tuple[int, int]:
        """Say how well the first item of an array fits; only containers differ."""
        return 0, 0

    def problem(self, value: object, strict: bool, memo: Memo) -> Problem | None:
        """Return the first thing that is wrong; if not strict, with the containers alone."""
        return None


def read_integer(value: Any) -> Any:
    """Make 1 of 1.0, which JSON Schema calls an integer, too; anything else is kept."""
    return int(value) if type(value) is float and value.is_integer() else value


class Scalar(Codec):
    json_type = (str, int, float)
    nullable = False
    is_scalar = True

    def __init__(
        self, name: str, is_valid: Callable[[Any], bool], read: Decoder | None = None
    ) -> None:
        self.name = name
        self._is_valid = is_valid
        self._read = read

    def decoder(self) -> Decoder | None:
        return self._read

    def problem(self, value: object, strict: bool, memo: Memo) -> Problem | None:
        return expected(value, self) if strict and not self._is_valid(value) else None


class OneOf(Scalar):
    """The values of a `Literal`."""

    def __init__(self, literals: tuple[object, ...]) -> None:
        name = f"one of {', '.join(map(repr, literals))}"
        read = read_integer if any(type(one) is int for one in literals) else None
        super().__init__(name, lambda value: is_one_of(value, literals), read)
        self.literals = literals
        self.nullable = None in literals


class Container(Codec):
    """What has parts: an array, or an object."""

    json_type: Any = Mapping
    nullable = False

    def parts(self, value: Any) -> Iterable[tuple[str | int, Codec, object]]:
        """Give the key or index of each part, what is due there and what is there."""
        raise NotImplementedError

    def defect(self, value: Any) -> Problem | None:
        """Return what is wrong with the container itself, parts apart."""
        return None

    def item_rank(self, value: Any) -> tuple[int, int]:
        return self.rank(value) if self.accepts(value) else (0, 0)

    def problem(self, value: object, strict: bool, memo: Memo) -> Problem | None:
        if not self.accepts(value):
            return expected(value, self) if strict or value is not None else None
        seen = id(value), id(self), strict
        if seen in memo:
            return memo[seen]
        problem = self.defect(value) if strict else None
        for key, codec, part in () if problem else self.parts(value):
            if found := codec.problem(part, strict, memo):
                problem = (key, *found[0]), found[1]
                break
        memo[seen] = problem
        return problem


class Field(NamedTuple):
    """One field of a model or key of a TypedDict."""

    name: str
    wire_name: str
    codec: Codec
    required: bool = False
    additional: bool = False


ANYTHING: Final = Codec()


def expected(value: object, codec: Codec) -> Problem:
    """Report that something else is due."""
    names = " or ".join(dict.fromkeys(codec.names)) or "null"
    return (), f"expected {names}{', not null' if value is None else ''}"


def is_one_of(value: object, literals: tuple[object, ...]) -> bool:
    """Compare as JSON does: true is not 1, but 1.0 is."""
    is_boolean = isinstance(value, bool)
    return any(value == one and is_boolean == isinstance(one, bool) for one in literals)


def mapping_or_none(value: Any) -> Mapping[str, Any] | None:
    """Return the value.

    Raises:
        Mismatch: it is neither a mapping nor None.
    """
    if not isinstance(value, Mapping) and value is not None:
        raise Mismatch
    return value
