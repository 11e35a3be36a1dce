"""Warn callers of operations that the document calls deprecated."""

from __future__ import annotations

import sys
import warnings
from typing import Protocol


class _Described(Protocol):
    @property
    def method(self) -> str: ...

    @property
    def path(self) -> str: ...


class Notice:
    """Warns callers in the words that the settings of this package have."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self, operation: _Described) -> None:
        _warn(self._text)


def warn_of_deprecation(operation: _Described) -> None:
    _warn(f"{operation.method} {operation.path} is deprecated")


def _warn(text: str) -> None:
    """Warn the first caller outside of this package.

    The depth differs between the two clients and their wrappers, and `warnings` itself can skip
    the frames of a package in Python 3.12 and newer only.
    """
    package = f"{__name__.rpartition('.')[0].rpartition('.')[0]}."
    frame, level = sys._getframe(), 1
    while frame.f_back and f"{frame.f_globals.get('__name__')}.".startswith(package):
        frame, level = frame.f_back, level + 1
    warnings.warn(text, DeprecationWarning, stacklevel=level)
