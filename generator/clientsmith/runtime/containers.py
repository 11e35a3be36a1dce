"""Arrays, and objects whose keys are data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from .codecs import (
    ANYTHING,
    Codec,
    Container,
    Decoder,
    Mismatch,
    mapping_or_none,
    read_integer,
)

NO_ARRAY = (str, bytes, bytearray, memoryview, Mapping)
"""Collections that no array stands for."""


class Array(Container):
    """Items of one type; or `first`, declared one by one, and more that are kept as sent."""

    name = "array"

    def __init__(self, rest: Codec, first: Sequence[Codec] | None = None) -> None:
        self._rest = rest
        self._first = first

    def accepts(self, value: object) -> bool:
        if isinstance(value, (list, tuple)):
            return True
        return isinstance(value, Collection) and not isinstance(value, NO_ARRAY)

    def parts(self, value: Any) -> Iterator[tuple[int, Codec, object]]:
        first = self._first or ()
        for index, item in enumerate(value):
            yield index, first[index] if index < len(first) else self._rest, item

    def defect(self, value: Any) -> tuple[tuple[str | int, ...], str] | None:
        if self._first is None or len(self._first) == len(value):
            return None
        return (), f"expected {len(self._first)} items"

    def decoder(self) -> Decoder:
        decode = self._rest.decoder()
        first = None if self._first is None else [c.decoder() for c in self._first]

        def decode_array(value: Any) -> Any:
            if type(value) is not list:
                if value is None:
                    return None
                if not isinstance(value, tuple):
                    raise Mismatch
            if decode is read_integer and float not in map(type, value):
                return value
            if decode is not None:
                return [decode(item) for item in value]
            if first is None:
                return value
            known = zip(first, value, strict=False)
            decoded = (decode(item) if decode else item for decode, item in known)
            return (*decoded, *value[len(first) :])

        return decode_array

    def rank(self, value: Any) -> tuple[int, int]:
        """Ask the first item alone, if it is a container: to try several takes exponential time."""
        _, codec, item = next(iter(self.parts(value)), (0, ANYTHING, None))
        return codec.item_rank(item)


class Dictionary(Container):
    """An object whose keys are data."""

    def __init__(self, item: Codec) -> None:
        self._item = item

    def parts(self, value: Any) -> Iterator[tuple[str, Codec, object]]:
        return ((key, self._item, item) for key, item in value.items())

    def decoder(self) -> Decoder:
        decode = self._item.decoder()

        def decode_mapping(value: Any) -> Any:
            if mapping_or_none(value) is None or decode is None:
                return value
            return {key: decode(item) for key, item in value.items()}

        return decode_mapping
