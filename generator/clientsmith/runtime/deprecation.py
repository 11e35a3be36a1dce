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
    """Warn the first caller outside of the package of the client, and outside of the runtime.

    The depth differs between the two clients and their wrappers, and `warnings` itself can skip
    the frames of a package in Python 3.12 and newer only.
    """
    skipped: tuple[str, ...] = (f"{__name__.rpartition('.')[0]}.",)
    frame, level = sys._getframe(), 1
    while frame.f_back:
        module = f"{frame.f_globals.get('__name__')}."
        if not module.startswith(skipped):
            if len(skipped) == 2 or ".resources." not in module:
                break
            # The method that is called is in the package's folder of resources.
            skipped = (*skipped, module.rpartition(".resources.")[0] + ".")
        frame, level = frame.f_back, level + 1
    warnings.warn(text, DeprecationWarning, stacklevel=level)
