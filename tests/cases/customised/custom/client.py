"""Bases of the clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from .. import AsyncCustomised, Customised


class Household:
    """What spans resources."""

    def names(self) -> list[str]:
        """List the names of pets and of owners."""
        client = cast("Customised", self)
        return [*client.pets.names(), *client.owners.list()]


class AsyncHousehold:
    """What spans resources, for `async` code."""

    async def names(self) -> list[str]:
        """List the names of pets and of owners."""
        client = cast("AsyncCustomised", self)
        return [*await client.pets.names(), *await client.owners.list()]
