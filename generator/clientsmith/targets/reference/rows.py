"""Trees of fields as HTML: each field is printed by a macro, the innermost first.

A shared type looks the same wherever it is part of another one, so it is printed once: its fields have their anchors,
and their links, on the page that describes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ...data.prose import described
from ...data.text import Html, Url, anchor, html, html_text, local_url
from ...data.types import TypeId
from .facts import facts, marks, place_in_request, prose
from .pages import FactText, FieldRow, ModelSection, Variant
from .prose import description
from .site import Place, Site, places_in
from .spelling import Pieces
from .trees import Field, Group, shallow
from .words import counted

LARGE = 300
"""Of a type with more fields, the page of a method shows one level."""

NOTHING = html()


class Rows:
    """Prints fields with the macros of a template."""

    def __init__(self, site: Site, field_macro: Callable[[FieldRow], Html], variant_macro: Callable[[Variant], Html]):
        self._site = site
        self._field = field_macro
        self._variant = variant_macro
        self._embedded: dict[tuple[TypeId, int], Html] = {}

    # --- types -------------------------------------------------------------------------------------------------------

    def type(self, pieces: Pieces) -> Html:
        """Write a spelled type: the names in it are links."""
        return html(*(self._name(piece.type, piece.text) for piece in pieces))

    def _name(self, type_id: TypeId | None, text: str) -> Html:
        place = self._site.types.get(type_id) if type_id is not None else None
        if place is None:
            return html_text(text)
        return html('<a href="', link(place), '">', html_text(text), "</a>")

    # --- models ------------------------------------------------------------------------------------------------------

    def model(self, group: Group, page: str, place: str) -> ModelSection:
        """Print a type that a page describes under its own name."""
        inner = self._members(group.groups, page, place, True) if group.groups else None
        return ModelSection(
            anchor=anchor(place),
            name=html_text(group.name),
            is_model=group.is_model,
            spelled=self.type(group.spelled),
            description=_description((described(group.documentation, group.name),)),
            values=tuple(map(html_text, group.values)),
            fields=html(*self.fields(group.fields, page, place), inner or NOTHING),
        )

    def quoted_model(self, group: Group, *, is_named: bool) -> ModelSection:
        """Print a type that another page describes: its fields link to that page.

        Where it is named above, the title of a model would only repeat that; that of others spells what they are.
        """
        home = self._site.types.get(group.type, Place("index"))
        fields = self._group(group, "", "", False) if group.size <= LARGE else self._first_level(group, home)
        inner = self._members(group.groups, home.page, home.anchor, False) if group.groups else None
        return ModelSection(
            anchor=None,
            name=self._name(group.type, group.name),
            has_title=not (is_named and group.is_model),
            is_model=group.is_model,
            spelled=self.type(group.spelled),
            description=_description((described(group.documentation, group.name),)),
            values=tuple(map(html_text, group.values)),
            fields=html(fields, inner or NOTHING),
        )

    def _first_level(self, group: Group, home: Place) -> Html:
        rows = (self._row(each, home.page, f"{home.anchor}.{each.name}", None) for each in shallow(group).fields)
        return html(*rows)

    def fields(self, fields: Iterable[Field], page: str, place: str) -> list[Html]:
        """Print fields that have their anchors on this page, below a place."""
        return [self._row(field, page, f"{place}.{field.name}", f"{place}.{field.name}") for field in fields]

    def _row(self, field: Field, page: str, place: str, own: str | None) -> Html:
        """Print a field. `place` is where its anchor is, on `page`; `own` is None where that is another page."""
        members = self._members(field.groups, page, place, own is not None)
        return self._field(
            FieldRow(
                anchor=anchor(own) if own is not None else None,
                link=link(Place(page, place)),
                name=html_text(field.name),
                type=self.type(field.type),
                location=html_text(place_in_request(field)) if field.location else None,
                marks=tuple(map(html_text, marks(field))),
                description=_description(prose(field)),
                facts=tuple(_fact(fact.label, fact.value) for fact in facts(field)),
                values=tuple(map(html_text, field.values)),
                values_label=html_text(counted(len(field.values), "value")),
                members=members,
                members_label=html_text(_label(field.groups)),
            )
        )

    def _members(self, groups: tuple[Group, ...], page: str, place: str, is_own: bool) -> Html | None:
        if all(group.is_link for group in groups):
            return None
        first, *others = groups
        if others or not first.is_model:
            return self._variants(groups, page, place, is_own=is_own)
        return self._group(first, page, place, is_own)

    def _group(self, group: Group, page: str, place: str, is_own: bool) -> Html:
        """Print the fields of a type: with anchors where the type is described here, else as it is anywhere."""
        home = self._site.types.get(group.type, Place(page, place))
        if is_own and home == Place(page, place):
            return html(*self.fields(group.fields, page, place))
        key = (group.type, group.steps)
        if key not in self._embedded:
            rows = (self._row(field, home.page, f"{home.anchor}.{field.name}", None) for field in group.fields)
            self._embedded[key] = html(*rows)
        return self._embedded[key]

    def _variants(self, groups: tuple[Group, ...], page: str, place: str, *, is_own: bool = True) -> Html:
        """Print several types, or a list of values with a name, one after the other."""
        found = (self._one(each, page, inner, is_own, inner != place) for each, inner in places_in(place, groups))
        return html(*map(self._variant, found))

    def _one(self, group: Group, page: str, place: str, is_own: bool, has_anchor: bool) -> Variant:
        home = self._site.types.get(group.type)
        is_here = is_own and home == Place(page, place)
        nested = self._members(group.groups, page, place, is_here) if group.groups else None
        name = self._name(group.type, group.name)
        return Variant(
            anchor=anchor(place) if is_here and has_anchor else None,
            title=html(name, " = ", self.type(group.spelled)) if group.spelled else name,
            description=_description((described(group.documentation, group.name),)),
            values=tuple(map(html_text, group.values)),
            fields=html(self._group(group, page, place, is_own) if group.fields else NOTHING, nested or NOTHING),
        )


def link(place: Place) -> Url:
    """Write a link to a place of the site."""
    return local_url(f"{place.page}.html", place.anchor)


def _description(texts: Sequence[str]) -> Html:
    return html(*(description(text) for text in texts))


def _fact(label: str, value: str) -> FactText:
    return FactText(html_text(label), html_text(value) if value else None)


def _label(groups: tuple[Group, ...]) -> str:
    """Say what expanding shows."""
    if len(groups) == 1 and groups[0].is_model:
        return counted(len(groups[0].fields), "field")
    if len(groups) == 1 and groups[0].values:
        return counted(len(groups[0].values), "value")
    listed = groups[0].groups if len(groups) == 1 and groups[0].groups else groups
    return counted(len(listed), "type")
