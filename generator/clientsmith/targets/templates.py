"""What all targets print with: the folder of the templates, and a Jinja environment that prints typed text only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, FunctionLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup

_PACKAGE = Path(__file__).resolve().parents[1]


def templates_folder() -> Path:
    """Give the package's own `templates`, else those of the checkout that it is installed from."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "templates"


class TypedTextGenerator(CodeGenerator):
    """Makes templates print what `finalize` lets through as it is.

    Jinja would escape it as well: that changes nothing of `Markup`, but copies each of a large client's 200,000 texts.
    """

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")


class TypedTextEnvironment(Environment):
    """An environment whose templates are compiled for typed text."""

    code_generator_class = TypedTextGenerator


Source = Callable[[str], "tuple[str, str, Callable[[], bool]] | None"]
"""Gives the text of a template by its name, its file, and a function that says whether it is current; None for none."""


def make_environment(templates: Path, first: Source = lambda name: None) -> Environment:
    """Make an environment that prints typed text and nothing else. Templates of `first` win over the folder."""
    return TypedTextEnvironment(
        loader=ChoiceLoader([FunctionLoader(first), FileSystemLoader(templates)]),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_typed_text_only,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _typed_text_only(value: object) -> object:
    """Reject whatever no encoder made. Undefined values raise by themselves when they are compared.

    The empty string is what `join` makes of nothing.
    """
    if isinstance(value, Markup) or value == "":
        return value
    raise TypeError(f"a template printed {type(value).__name__}, which no encoder made: {value!r:.80}")
