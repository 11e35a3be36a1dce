"""The value that says "leave this out", where None says "send null"."""

from __future__ import annotations

from typing import Final, final


@final
class Omit:
    """The type of `omit`, for annotations: ``title: Union[str, None, Omit] = omit``."""

    __slots__ = ()

    def __new__(cls) -> Omit:
        """Return the one instance, so that copies and pickles are still `omit`."""
        return _INSTANCES.setdefault("omit", object.__new__(cls))

    def __reduce__(self) -> str:
        return "omit"

    def __repr__(self) -> str:
        return "omit"

    def __bool__(self) -> bool:
        return False


_INSTANCES: dict[str, Omit] = {}

omit: Final = Omit()
