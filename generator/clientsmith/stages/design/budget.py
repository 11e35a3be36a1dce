"""How much is designed: each use of a type is counted, and an issue comes out where there are too many.

Components that are inlined let a short document stand for endless types; without a limit, work would grow with what
they stand for, not with the size of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ...data.document import Pointer
from ...data.issues import Rejected, rejected
from ...data.limits import Limits
from ...data.schemas import Documentation, LiteralShape, Schema

FREE_TYPES, BYTES_OF_A_TYPE = 400_000, 4
"""Any document may become so many types, and one more for each so many characters of its files. Stripe's 2.5 MB need a
twentieth of what they may."""
FREE_TEXT, COPIES_OF_TEXT = 20_000_000, 20
"""Characters of text for people, likewise."""
DEEPEST = 150
"""Types inside each other. Lowering starts a new definition long before; what is inlined has none."""


class Budget:
    """The counts of one design."""

    def __init__(self, limits: Limits, size: int) -> None:
        """Choose the limits of a document of `size` characters."""
        self._most_types = FREE_TYPES + size // BYTES_OF_A_TYPE if limits.types is None else limits.types
        self._most_text = FREE_TEXT + size * COPIES_OF_TEXT if limits.text is None else 2 * limits.text
        self._types = 0
        self._text = 0
        self._depth = 0

    @contextmanager
    def inside(self, schema: Schema) -> Iterator[None]:
        """Count a type, and those inside it.

        It counts once for each level, because its name and its place have so many parts.

        Raises:
            Rejected: there are more than the limit allows, or they are nested too deep.
        """
        self._types += 1 + self._depth + (len(schema.shape.values) if isinstance(schema.shape, LiteralShape) else 0)
        if self._types > self._most_types:
            raise too_large(f"the document becomes more than {self._most_types:,} types", schema.pointer, "types")
        if self._depth >= DEEPEST:
            raise too_deep(schema.pointer)
        self._depth += 1
        yield
        self._depth -= 1

    def spend_text(self, documentation: Documentation, pointer: Pointer) -> None:
        """Count text for people.

        Raises:
            Rejected: there is more than the limit allows.
        """
        texts = (documentation.title, documentation.description, *documentation.notes)
        self._text += sum(len(text) for text in texts if text)
        if self._text > self._most_text:
            message = f"the descriptions of the types become more than {self._most_text:,} characters"
            raise too_large(message, pointer, "text")


def too_large(message: str, pointer: Pointer, limit: str) -> Rejected:
    """Make the exception for a limit that is reached at a place."""
    hint = f"'inline' repeats what it names; '{limit}' under [limits] in the settings allows more"
    return rejected("too-large", message, pointer=pointer, hint=hint)


def too_deep(pointer: Pointer) -> Rejected:
    """Make the exception for types that are nested too deep."""
    message = f"inlined components are nested more than {DEEPEST} deep"
    hint = "give some of them a class of their own: '!Name' after '*' in 'inline'"
    return rejected("too-deep", message, pointer=pointer, hint=hint)
