"""The plan of files beside the modules of a generated package."""

from __future__ import annotations

from dataclasses import dataclass

from ...data.toml_text import Toml


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionLink:
    """A page about the API."""

    label: Toml
    url: Toml


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionFile:
    """`pyproject.toml`."""

    name: Toml
    version: Toml
    summary: Toml
    license: Toml | None
    links: tuple[DistributionLink, ...]
    package: Toml
    """The name of the package that is installed."""
    requirement: Toml
    """The HTTP library."""
