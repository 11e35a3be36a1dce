"""What the owners of this client have added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from ..resources.owners import Owners


class OwnerCount:
    """Counts owners."""

    def count(self) -> int:
        """Count all owners."""
        return len(cast("Owners", self).list())
