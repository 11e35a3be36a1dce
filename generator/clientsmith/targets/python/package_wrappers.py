"""The part of the plan that is about wrappers which lead to those of the resources below."""

from __future__ import annotations

from dataclasses import dataclass

from ...data.text import Code, Docstring, Identifier


@dataclass(frozen=True, slots=True)
class ImportedClass:
    """A class of another module, as the module of a property has it."""

    cls: Identifier
    """What type checkers know it by."""
    imported: Identifier
    """What it is called in its own module."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapperLink:
    """The property of a wrapper that gives the same wrapper of a resource below."""

    name: Identifier
    module: Code
    docstring: Docstring
    raw: ImportedClass
    async_raw: ImportedClass
    streaming: ImportedClass
    async_streaming: ImportedClass
