"""Cookie parameters."""

from __future__ import annotations

from collections.abc import Mapping

from .encode import sendable
from .parameters import ParameterStyle, Styles, given, named


class Cookies:
    """The cookie parameters of an operation, with the styles of those that declare one."""

    def __init__(self, styles: Styles | None = None) -> None:
        self._styles = styles or {}

    def write(self, values: Mapping[str, object] | None) -> list[str]:
        """Write each cookie as ``name=value``."""
        return [
            cookie_text(name, value, self._styles.get(name))
            for name, value in given(values).items()
        ]


def cookie_text(name: str, value: object, style: ParameterStyle | None) -> str:
    """Write a cookie parameter as ``name=value``; the default style is ``form``, exploded."""
    if style is not None:
        return style.cookie(name, value)
    return "; ".join(named(name, sendable(value), True))
