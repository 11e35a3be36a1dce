"""Multipart bodies whose parts have places instead of names. Source: OpenAPI 3.2, "Encoding By Position"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from .bodies import Body, Written
from .encode import sendable
from .errors import ArgumentTypeError
from .multipart import file_part, is_file, joined, part_head, part_type
from .omit import omit
from .parameters import scalar_text
from .uploads import Part


class PartListBody(Body):
    """A list: each item is a part, and its place says of which media type.

    Args:
        prefix: The media types of the first parts, as a `PartEncoding` lists them.
        items: Those of the others.
    """

    media_type = "multipart/mixed"
    reads_files = True

    def __init__(
        self,
        media_type: str | None = None,
        *,
        params: Callable[[Any], Any] | None = None,
        prefix: tuple[str | None, ...] = (),
        items: str | None = None,
    ) -> None:
        super().__init__(media_type, params=params)
        self._prefix, self._items = prefix, items

    def write(self, value: object, extra: object, media_type: str) -> Written:
        """Write the parts one after the other.

        Raises:
            ArgumentTypeError: the body is no list, or a part is neither a file nor JSON data.
            ArgumentValueError: a header of a part holds a line break.
        """
        items = self._listed(value if extra is None else extra)
        parts = (
            _written(item, self._media_types(place), f"part {place + 1}")
            for place, item in enumerate(items)
        )
        return joined(parts, media_type)

    def _media_types(self, place: int) -> str | None:
        """Return what the part at a place may be."""
        return self._prefix[place] if place < len(self._prefix) else self._items

    def _listed(self, value: object) -> list[Any]:
        if not isinstance(value, Collection) or isinstance(
            value, (str, bytes, Mapping)
        ):
            found = type(value).__name__
            raise ArgumentTypeError(f"the body must be a list of parts, got {found}")
        items = [item for item in value if item is not omit]
        if self.params is None:
            return items
        # There is nothing in files to be renamed.
        renamed = self.params([None if is_file(item) else item for item in items])
        return [item if is_file(item) else renamed[n] for n, item in enumerate(items)]


def _written(value: Any, listed: str | None, what: str) -> tuple[str, Part]:
    """Write the headers and the content of a part."""
    if is_file(value):
        _, media_type, headers, content = file_part(value, listed, what)
        return part_head({"Content-Type": media_type, **headers}, what), content
    data = sendable(value)
    usual = "application/json" if isinstance(data, (dict, list)) else "text/plain"
    media_type = part_type(listed, usual)
    return part_head({"Content-Type": media_type}, what), scalar_text(data).encode()
