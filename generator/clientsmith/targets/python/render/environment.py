"""The Jinja environment: strict about names, and about what may be printed."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


def make_environment(templates: Path) -> Environment:
    """Make an environment that prints typed text and nothing else."""
    return Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_typed_text_only,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _typed_text_only(value: object) -> object:
    """Reject whatever no encoder made. Undefined values raise by themselves when they are printed.

    The empty string is what `join` makes of nothing.
    """
    if isinstance(value, (Markup, StrictUndefined)) or value == "":
        return value
    raise TypeError(f"a template printed {type(value).__name__}, which no encoder made: {value!r:.80}")
