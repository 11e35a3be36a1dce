"""The arguments of a method: what they are called, where they go, and their type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ....data.api import Schema
from .classes import Key
from .documentation import paragraphs
from .schemas import Definitions
from .scope import core
from .types import TypeWriter

ArgumentLocation = Literal["path", "query", "header", "cookie", "body", "value"]
"""`body`: a member of the body's object; `value`: the whole body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentPlan:
    """One argument of a method."""

    name: str
    wire_name: str
    location: ArgumentLocation
    required: bool
    schemas: tuple[tuple[Schema, Key], ...]
    """Usually one; a body that several media types take has one for each."""
    binary: bool = False
    """True for a body of bytes or text that is passed on as it is."""
    untyped: bool = False
    """True for a body that can be nothing else."""
    about: str | None = None
    """What is said of the argument itself, before what its schema says."""
    notes: tuple[str, ...] = ()
    """Sentences behind that."""

    def members(self, writer: TypeWriter) -> tuple[str, ...]:
        """Give the types that the argument takes."""
        schemas = () if self.untyped else self.schemas
        found = [member for schema, key in schemas for member in writer.members(schema, key)]
        if self.binary:
            found.append(writer.name(core("types", "FileContent")))
        return tuple(dict.fromkeys(found))

    def paragraphs(self, definitions: Definitions) -> tuple[str, ...]:
        """Give what people read about it."""
        schema, _ = self.schemas[0]
        said = (*([self.about] if self.about else []), *paragraphs(definitions.resolved(schema), request=True))
        return tuple(dict.fromkeys((*said, *self.notes)))
