"""Python's limit of recursion, raised where a document is walked that may be nested deeply."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

FRAMES = 20_000
"""Of the Python stack: enough for a walk over values nested as deep as `load` allows."""


@contextmanager
def deep_stack() -> Iterator[None]:
    """Let recursion go as deep as documents may; the depth of documents has a limit of its own."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
