"""Places in a client: where a walk through schemas is, on both sides at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ...data.document import Pointer
from ...data.types import Side
from .collector import Owner

Subject = Literal["argument", "field", "body", "type"]
"""What stands at a place. The members of a `body` are arguments of the method."""


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A place in the client, and the places of the schemas on both sides that types are made for."""

    side: Side
    owner: Owner
    subject: Subject
    old: Pointer
    new: Pointer
    prefix: str
    """What the path begins with: `types.Pet`, `pets.create(`, `pets.get()`."""
    path: str = ""
    suffix: str = ""
    is_parameter: bool = False
    may_be_missing: bool = False
    """Whether a field was optional before: its type has None already, as far as code that reads it can see."""
    is_renamed: bool = False
    """Whether a member around this place has another name on the wire: the names of types inside it follow."""
    arguments: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
    """For a body: the names of its members as arguments on both sides, by wire name."""

    def __str__(self) -> str:
        return f"{self.prefix}{self.path}{self.suffix}".removesuffix(": ")

    def field(self, name: str, old: str, new: str) -> At:
        """Go to a member; its name in the client, its wire names on both sides."""
        starts = not self.path and self.prefix.endswith(("(", " "))
        return replace(
            self,
            subject="argument" if self.subject == "body" else "field",
            path=f"{self.path}{'' if starts else '.'}{name}",
            old=self.old.below("properties", old),
            new=self.new.below("properties", new),
            is_parameter=False,
            may_be_missing=False,
            is_renamed=self.is_renamed or old != new,
        )

    def part(self, mark: str, *steps: str | int, new_steps: tuple[str | int, ...] | None = None) -> At:
        """Go to the items of a list, the values of a map, or a variant of a union."""
        return replace(
            self,
            subject="type",
            path=self.path + mark,
            old=self.old.below(*steps),
            new=self.new.below(*(steps if new_steps is None else new_steps)),
            is_parameter=False,
            may_be_missing=False,
        )
