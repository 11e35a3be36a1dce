"""Classes of the user's that generated ones inherit from."""

from __future__ import annotations

from dataclasses import dataclass, field

from .document import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseClass:
    """A class of the user's that a generated one inherits from."""

    module: str
    """Its module in the package: `custom.client`."""
    name: str
    position: Position = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bases:
    """The classes that the sync and the async form of a generated class inherit from."""

    sync: BaseClass | None = None
    asynchronous: BaseClass | None = None

    @property
    def all(self) -> tuple[BaseClass, ...]:
        """Those that there are."""
        return tuple(base for base in (self.sync, self.asynchronous) if base is not None)
