"""How much is made of a document: what lowering makes is counted, and an issue comes out where it is too much.

References and YAML aliases let a few lines stand for millions; without a limit, work would grow with what a document
stands for, not with its size.
"""

from __future__ import annotations

from ...data.document import Pointer
from ...data.issues import Rejected, rejected
from ...data.limits import Limits

FREE_SCHEMAS, BYTES_OF_A_SCHEMA = 120_000, 20
"""Any document may become so many schemas, and one more for each so many characters of its files. No document that
people wrote comes near it: Microsoft Graph's 20 MB need a third of what they may."""
FREE_TEXT, COPIES_OF_TEXT = 10_000_000, 10
"""Any document may hold so many characters of text for people, and so many times its own size more."""
OPERATION = 20
"""Schemas that an operation counts for: what is made of it is about as large."""


class Budget:
    """The counts of one run."""

    def __init__(self, limits: Limits, size: int) -> None:
        """Choose the limits of a document of `size` characters."""
        self.variants = limits.variants
        self._most_schemas = FREE_SCHEMAS + size // BYTES_OF_A_SCHEMA if limits.schemas is None else limits.schemas
        self._most_text = FREE_TEXT + size * COPIES_OF_TEXT if limits.text is None else limits.text
        self._schemas = 0
        self._text = 0

    def spend(self, schemas: int, pointer: Pointer) -> None:
        """Count schemas, or what is as much work.

        Raises:
            Rejected: there are more than the limit allows.
        """
        self._schemas += schemas
        if self._schemas > self._most_schemas:
            message = f"the document becomes more than {self._most_schemas:,} schemas and members"
            raise too_large(message, pointer, "schemas")

    def spend_text(self, pointer: Pointer, *texts: str | None) -> None:
        """Count text for people.

        Raises:
            Rejected: there is more than the limit allows.
        """
        for text in texts:
            if text:
                self._text += len(text)
        if self._text > self._most_text:
            message = f"the descriptions of the document become more than {self._most_text:,} characters"
            raise too_large(message, pointer, "text")


def too_large(message: str, pointer: Pointer, limit: str) -> Rejected:
    """Make the exception for a limit that is reached at a place."""
    hint = f"references and aliases repeat what they name; '{limit}' under [limits] in the settings allows more"
    return rejected("too-large", message, pointer=pointer, hint=hint)
