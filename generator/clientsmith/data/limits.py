"""How much may be made of a document."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`[limits]`: how much may be made of a document. None: in proportion to its size."""

    schemas: int | None = None
    """Schemas and members of objects; an operation counts as twenty."""
    text: int | None = None
    """Characters of descriptions and other text for people."""
    types: int | None = None
    """Types of members, items and arguments, counted wherever they are written out."""
    files: int = 200_000
    """Files of the client."""
    size: int | None = None
    """Megabytes of all files together."""
    variants: int = 1000
    """Combinations that unions which hold together may have."""
