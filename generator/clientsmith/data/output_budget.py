"""How much is written: the characters of all files are counted while they are made.

A type that is described wherever it is used lets a short document stand for endless pages. So pages are counted line by
line: what is too much is never in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from .issues import Rejected, rejected
from .limits import Limits
from .pointer import Pointer

FREE_SIZE, COPIES_OF_SIZE = 500_000_000, 100
"""Any document may become files of so many characters, and so many times its own size more."""

T = TypeVar("T", bound=str)


class OutputBudget:
    """The count of one run."""

    def __init__(self, limits: Limits | None = None, size: int = 0) -> None:
        """Choose the limit for a document of `size` characters."""
        own = None if limits is None or limits.size is None else limits.size * 1_000_000
        self._most = FREE_SIZE + size * COPIES_OF_SIZE if own is None else own
        self._spent = 0

    def spend(self, text: T) -> T:
        """Count a text, and give it back.

        Raises:
            Rejected: there is more than the limit allows.
        """
        self._spent += len(text)
        if self._spent > self._most:
            raise too_large(f"the files would have more than {self._most:,} characters", "size", "more megabytes")
        return text

    def spend_all(self, texts: Iterable[T]) -> Iterator[T]:
        """Count texts as they are made."""
        return map(self.spend, texts)


def too_large(message: str, limit: str, allows: str) -> Rejected:
    """Make the exception for files that are more than a limit allows."""
    hint = f"'{limit}' under [limits] in the settings allows {allows}; [select] leaves operations out"
    return rejected("too-large", message, pointer=Pointer(), hint=hint)
