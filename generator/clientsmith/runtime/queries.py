"""Queries in which lists and objects are written in one way, whatever the document says of single parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from .parameters import quoted, scalar_text


class NestedQuery:
    """How lists and objects are written: ``a=1,2``, ``a=1&a=2``, ``a[]=1&a[]=2`` or ``a[0]=1&a[1]=2``."""

    def __init__(
        self,
        arrays: Literal["comma", "repeat", "brackets", "indices"],
        objects: Literal["form", "brackets", "dots"] = "brackets",
    ) -> None:
        self.arrays, self.objects = arrays, objects

    def __call__(self, name: str, data: object) -> Iterator[str]:
        """Write the pairs of a parameter."""
        for key, value in self.pairs(name, data):
            yield f"{quoted(key)}={quoted(value)}"

    def pairs(self, name: str, data: object) -> Iterator[tuple[str, str]]:
        """Give key and value of each pair of JSON data."""
        if isinstance(data, dict):
            path = "{0}.{1}" if self.objects == "dots" else "{0}[{1}]"
            for key, value in data.items():
                yield from self.pairs(path.format(name, key), value)
        elif isinstance(data, list):
            yield from self._items(name, data)
        elif data is not None:
            yield name, scalar_text(data)

    def _items(self, name: str, data: list[object]) -> Iterator[tuple[str, str]]:
        is_flat = not any(isinstance(item, (dict, list)) for item in data)
        if self.arrays == "comma" and is_flat:
            texts = [scalar_text(item) for item in data if item is not None]
            if texts:
                yield name, ",".join(texts)
            return
        # Items that are objects or lists would run into each other without their index.
        form = self.arrays if is_flat or self.arrays == "brackets" else "indices"
        path = {"repeat": "{0}", "brackets": "{0}[]"}.get(form, "{0}[{1}]")
        for index, item in enumerate(data):
            yield from self.pairs(path.format(name, index), item)
