"""The types of pages and of their items, which the settings name by their path in a response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....data.places import steps_of
from ....data.surface import Alias, Call, Declared, Model, PageIterator
from ....data.types import ANY, AnyOf, ListOf, Ref, TypeExpr, TypeId
from ..placement import PlacedIterator


def design_iterator(iterator: PlacedIterator, call: Call, declared: Mapping[TypeId, Declared]) -> PageIterator:
    """Find the type of the items of an iterator in the first response that has them."""
    items = item_type(iterator.settings.items, [response.type for response in call.responses], declared)
    settings, sent_in = iterator.settings, iterator.sent_in
    return PageIterator(name=iterator.name, call=call.name, paging=settings, sent_in=sent_in, items=items)


def item_type(path: str, responses: Sequence[TypeExpr | None], declared: Mapping[TypeId, Declared]) -> TypeExpr:
    """Find the type of the items at a path of the first response that has them."""
    found = (_items_at(response, steps_of(path), declared) for response in responses)
    return next((items for items in found if items is not None), ANY)


def model_of(response: TypeExpr | None, declared: Mapping[TypeId, Declared]) -> Ref | None:
    """Give the reference to the model that a response is, without aliases and null; None where it is no model."""
    target = _target(response, declared)
    return Ref(target.id) if isinstance(target, Model) else None


def _items_at(
    expression: TypeExpr | None, steps: Sequence[str], declared: Mapping[TypeId, Declared]
) -> TypeExpr | None:
    """Follow member names through types; give the items of the list at the end."""
    here = _target(expression, declared)
    if not steps:
        return here.items if isinstance(here, ListOf) else None
    if not isinstance(here, Model):
        return None
    member = next((member for member in here.members if member.wire_name == steps[0]), None)
    return _items_at(member.type, steps[1:], declared) if member else None


def _target(expression: TypeExpr | None, declared: Mapping[TypeId, Declared]) -> TypeExpr | Model | None:
    """Look through references, aliases and null to a model or another type."""
    match expression:
        case Ref(type_id):
            made = declared[type_id]
            return _target(made.type, declared) if isinstance(made, Alias) else made
        case AnyOf(members=(only,)):
            return _target(only, declared)
        case _:
            return expression
