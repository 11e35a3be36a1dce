"""A document that is in no file of the user's: it came from a URL that the user typed, or from standard input."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Given:
    """The bytes of such a document. No file belongs to it: what it refers to is never looked for."""

    name: str
    """How messages name it: the URL without credentials and query, or `standard input`."""
    content: bytes = field(repr=False)
    digest: str = field(init=False, compare=False)
    """SHA-256 of the content, which stands for it where settings are written out."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", hashlib.sha256(self.content).hexdigest())
