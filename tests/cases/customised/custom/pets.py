"""Bases of the resource `pets`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .._core.resource import APIResource, AsyncAPIResource

if TYPE_CHECKING:
    from ..resources.pets import AsyncPets, Pets


class PetNames(APIResource):
    """Gives names."""

    def names(self) -> list[str]:
        """List the names of all pets."""
        return [pet.name for pet in cast("Pets", self).list()]


class AsyncPetNames(AsyncAPIResource):
    """Gives names, for `async` code."""

    async def names(self) -> list[str]:
        """List the names of all pets."""
        return [pet.name for pet in await cast("AsyncPets", self).list()]
