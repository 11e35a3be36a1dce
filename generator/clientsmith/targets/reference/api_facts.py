"""Facts of members and types: what their types do not have, in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...data.api import Documentation
from ...data.prose import displayed, limits
from ...data.text import Markdown, markdown, markdown_code, markdown_lines
from ...data.types import AnyOf, Literals, TypeExpr


def facts(documentation: Documentation, about: TypeExpr, renamed: tuple[str, str] | None = None) -> Markdown:
    """Write the description, the other name with its label, and the limits, behind a dash."""
    text = " ".join((documentation.description or documentation.title or "").split())
    parts = [markdown(text)] if text else []
    if renamed is not None:
        parts.append(_labelled(renamed[0], [renamed[1]]))
    parts += [_labelled(label, [value] if value else []) for label, value in limits(documentation)]
    parts += _of_type(about)
    if documentation.examples:
        parts.append(_labelled("Example", [displayed(documentation.examples[0])]))
    return markdown_lines(" — " if parts else "", " · ".join(parts))


def _of_type(about: TypeExpr) -> Iterator[Markdown]:
    match about:
        case Literals(values) if len(values) > 1:
            yield _labelled("One of", [displayed(value) for value in values])
        case AnyOf(members=(Literals() as only,), tag=None):
            yield from _of_type(only)
        case AnyOf(tag=tag) if tag is not None:
            yield _labelled("Told apart by", [tag.wire_name])
        case _:
            return


def _labelled(label: str, values: Sequence[str]) -> Markdown:
    codes = ", ".join(markdown_code(value) if value else markdown("an empty name") for value in values)
    return markdown_lines(markdown(label), f": {codes}" if codes else "")
