"""How a client reaches its users: as a folder or a distribution, with a runtime of its own or a shared one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """What `pyproject.toml` says of a client."""

    name: str
    version: str
    summary: str
    """One line."""
    license: str | None
    """An SPDX expression."""
    links: tuple[tuple[str, str], ...]
    """Labels and URLs of the web."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packaging:
    """What stands beside the code."""

    distribution: Distribution | None = None
    """None: the client is a folder to be copied."""
    project: str | None = None
    """The distribution that has the client, as the settings name it; None where they name none."""
    core: str | None = None
    """The dotted name of a runtime that several clients share; None: the client has its own."""
