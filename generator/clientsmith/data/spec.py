"""A document with its references: `resolve` makes it, `lower` reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .document import Document, Json, Pointer
from .openapi import Version


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands."""

    value: Json = field(repr=False)
    pointer: Pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A schema whose dynamic references mean something else than where it stands: an instance of a generic type."""

    origin: Pointer
    """The schema itself."""
    arguments: tuple[tuple[str, Pointer], ...]
    """The anchors that its dynamic references name, with the schemas that they are here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """All files of an OpenAPI document, each reference with its target. No reference dangles or goes in a circle
    that reaches no value."""

    version: Version
    root: Document
    documents: Mapping[str, Document]
    """Every file by its `Pointer.file` key, the root under the empty string."""
    references: Mapping[Pointer, Pointer]
    """For the place of each object that holds a `$ref`: the place that the reference names (one step, which may hold
    a `$ref` again)."""
    nodes: Mapping[Pointer, Node]
    """The value at each place that is the target of a reference."""
    copies: Mapping[Pointer, Copy] = field(default_factory=dict)
    """Places that no file has, below the reference that leads to each: what is below the origin is below these, too."""

    def value(self) -> Json:
        """Give the root document's value."""
        return self.root.value
