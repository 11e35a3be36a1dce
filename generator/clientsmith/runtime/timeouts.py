"""Timeouts: the default, those of callers, and those of the HTTP client that a caller passes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from .errors import ArgumentTypeError, ArgumentValueError
from .omit import Omit
from .types import Timeout

Timeouts: TypeAlias = dict[str, float | None]
"""Seconds for connect, read, write and pool, the way the libraries' extensions have them."""

LONGEST_TIMEOUT = 2**31 // 1000
"""Sockets count milliseconds in 32 bits."""


class DefaultTimeout(NamedTuple):
    """What holds where no timeout is given, in the shape of the library's ``Timeout``."""

    connect: float = 5.0
    read: float = 60.0
    write: float = 60.0
    pool: float = 60.0

    def as_dict(self) -> Mapping[str, float | None]:
        return self._asdict()

    def __eq__(self, other: object) -> bool:
        as_dict = getattr(other, "as_dict", None)
        return as_dict is not None and as_dict() == self._asdict()

    def __hash__(self) -> int:
        return tuple.__hash__(self)

    def __repr__(self) -> str:
        return "Timeout(timeout=60.0, connect=5.0)"


DEFAULT = DefaultTimeout()


def split_timeout(
    value: float | Timeout | Omit | None,
) -> tuple[Timeouts, float | None]:
    """Return the timeouts of connect, read, write and pool, and the deadline of an attempt.

    Raises:
        ArgumentTypeError: the value is neither a number nor a timeout nor None.
        ArgumentValueError: the number is not above 0, or too large.
    """
    if isinstance(value, Omit):
        value = DEFAULT
    if as_dict := getattr(value, "as_dict", None):
        return dict(as_dict()), None
    if value is not None:
        expected = (
            "timeout must be seconds above 0, None (no end) or the library's Timeout"
        )
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ArgumentTypeError(f"{expected}, got {value!r}")
        if not 0 < value <= LONGEST_TIMEOUT:
            raise ArgumentValueError(f"{expected}, got {value!r}")
    return dict.fromkeys(DEFAULT._fields, value), value


def own_timeout(client: Any) -> Timeout | None:
    """Return the timeout that the caller set on their HTTP client; None where it is the library's."""
    timeout: Any = getattr(client, "timeout", None)
    if not hasattr(timeout, "as_dict"):
        return None
    usual = _library_default(type(client))
    if usual is None or timeout != usual:
        return timeout if timeout != type(timeout)(5.0) else None
    # A caller may write the library's default out, and mean it. The library copies timeouts, but
    # not the numbers in them: those of its default are the same objects only if nobody gave any.
    return None if timeout.read is usual.read else timeout


def _library_default(cls: type) -> Any:
    for base in cls.__mro__:
        defaults = getattr(vars(base).get("__init__"), "__kwdefaults__", None) or {}
        if hasattr(defaults.get("timeout"), "as_dict"):
            return defaults["timeout"]
    return None
