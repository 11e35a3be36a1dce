"""The part of the plan that is about wrappers which lead to those of the resources below."""

from __future__ import annotations

from dataclasses import dataclass

from ...data.text import Code, Docstring, Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapperLink:
    """The property of a wrapper that gives the same wrapper of a resource below."""

    name: Identifier
    module: Code
    docstring: Docstring
    cls: Identifier
    """What type checkers know the wrapper's class by."""
    imported: Identifier
    """What the class is called in its own module."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapperLinks:
    """The properties of the four wrappers of a resource."""

    raw: tuple[WrapperLink, ...]
    async_raw: tuple[WrapperLink, ...]
    streaming: tuple[WrapperLink, ...]
    async_streaming: tuple[WrapperLink, ...]
