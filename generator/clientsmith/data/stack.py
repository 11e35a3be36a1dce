"""Room for recursion: documents nest deeper than Python's stack goes by default."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

FRAMES = 100_000
"""Enough for values as deep as `load` allows, and for `allOf` that names the next schema 5,000 times in a row."""


@contextmanager
def deep_stack() -> Iterator[None]:
    """Let recursion go as deep as documents may, which have limits of their own."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
