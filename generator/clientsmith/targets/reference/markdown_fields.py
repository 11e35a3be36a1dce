"""Trees of fields as lists in Markdown, and the lines that all Markdown pages are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ...data.prose import described
from ...data.text import Markdown, Url, anchor, markdown, markdown_code, markdown_lines, markdown_link
from ...data.types import TypeId
from ..markdown_prose import blocks, one_line
from .facts import facts, marks, place_in_request, prose
from .rows import LARGE
from .site import Place, Site
from .spelling import Piece, Pieces
from .trees import Field, Group, shallow

Lines = Iterator[Markdown]
LinkTo = Callable[[Place], Url]
"""Writes a link to a place of the site: several pages of it may be one here."""
BLANK = markdown_lines()


class MarkdownFields:
    """Writes types and fields; those of one type are the same wherever they are so far in."""

    def __init__(self, site: Site, link_to: LinkTo) -> None:
        self._site = site
        self._link_to = link_to
        self._embedded: dict[tuple[TypeId, int, int], list[Markdown]] = {}

    def model(self, group: Group, place: str) -> Lines:
        """Write a type with its members."""
        yield markdown_lines('<a id="', anchor(place), '"></a>')
        yield BLANK
        if group.is_model:
            yield heading_line(3, markdown_lines("class ", markdown_code(group.name)))
        else:
            yield heading_line(3, markdown_lines(markdown_code(f"{group.name} ="), " ", self.type(group.spelled)))
        yield from texts(described(group.documentation, group.name))
        yield from self._members(group, 0)
        yield BLANK

    def _members(self, group: Group, depth: int) -> Lines:
        if group.values:
            yield item("One of: ", _codes(group.values), depth=depth)
        for field in group.fields:
            yield from self.field(field, depth)
        yield from self._groups(group.groups, depth)

    def field(self, field: Field, depth: int) -> Lines:
        yield item(markdown_code(field.name), ": ", self.type(field.type), *self._facts(field), depth=depth)
        yield from self._groups(field.groups, depth + 1)

    def _groups(self, groups: tuple[Group, ...], depth: int) -> Lines:
        """Write the members of types; of several, or below another name for them, each has its name above them."""
        for group in groups:
            inner = depth + self._is_titled(group, groups)
            if inner > depth:
                yield self._title(group, depth, is_one_of=len(groups) > 1)
            if not group.is_link:
                yield from self._embed(group, inner)

    def _is_titled(self, group: Group, groups: Sequence[Group]) -> bool:
        return len(groups) > 1 or bool(group.groups)

    def _title(self, group: Group, depth: int, *, is_one_of: bool) -> Markdown:
        named = self.type((Piece(group.name, group.type),))
        stands_for = (" = ", self.type(group.spelled)) if group.spelled and not group.is_link else ()
        end = "" if group.is_link else ":"
        return item("As " if is_one_of else "", named, *stands_for, end, depth=depth)

    def _embed(self, group: Group, depth: int) -> list[Markdown]:
        """Write the members of a type below a field; they are the same wherever it is so far in."""
        key = (group.type, group.steps, depth)
        if key not in self._embedded:
            self._embedded[key] = list(self._members(group, depth))
        return self._embedded[key]

    def _facts(self, field: Field) -> Iterator[Markdown | str]:
        words = [*((place_in_request(field),) if field.location else ()), *marks(field)]
        if words:
            yield f" ({', '.join(words)})"
        parts: list[Markdown | str] = [text for part in prose(field) if (text := one_line(part))]
        parts += [_labelled(fact.label, fact.value) for fact in facts(field)]
        if field.values:
            parts.append(markdown_lines("one of: ", _codes(field.values)))
        if parts:
            yield " — "
            yield " · ".join(parts)

    def type(self, pieces: Pieces) -> Markdown:
        """Write a spelled type; the names in it are links, as far as there are pages for them."""
        parts: list[Markdown] = []
        text = ""
        for piece in pieces:
            place = self._place(piece.type)
            if place is None:
                text += piece.text
                continue
            # A code span has no blank at its end, so it stands behind it.
            parts += [markdown_code(text), markdown_lines(" " if text.endswith(" ") else "")] if text else []
            parts.append(markdown_link(markdown_code(piece.text), self._link_to(place)))
            text = ""
        return markdown_lines(*parts, *([markdown_code(text)] if text else []))

    def _place(self, type_id: TypeId | None) -> Place | None:
        """Find a type. The members of one that is declared inside another stand below it already."""
        place = self._site.types.get(type_id) if type_id is not None else None
        return None if place is None or "." in place.anchor else place

    def quoted(self, groups: Sequence[Group], depth: int) -> Lines:
        """Write the members of types that another page describes."""
        for group in groups:
            inner = depth + self._is_titled(group, groups)
            if inner > depth:
                yield self._title(group, depth, is_one_of=len(groups) > 1)
            yield from self._members(group if group.size <= LARGE else shallow(group), inner)


def texts(*descriptions: str | None) -> Lines:
    """Write descriptions, each as blocks of its own."""
    for text in descriptions:
        if text and text.strip():
            yield blocks(text)
            yield BLANK


def heading_line(level: int, text: Markdown) -> Markdown:
    """Write a heading, with a blank line below."""
    return markdown_lines("#" * level, " ", text, "\n")


def item(*parts: Markdown | str, depth: int = 0) -> Markdown:
    """Write an item of a list, so many levels in."""
    return markdown_lines("  " * depth, "- ", *parts)


def _labelled(label: str, value: str) -> Markdown:
    return markdown_lines(markdown(label), ": ", markdown_code(value)) if value else markdown(label)


def _codes(values: Iterable[str]) -> str:
    return ", ".join(map(markdown_code, values))
