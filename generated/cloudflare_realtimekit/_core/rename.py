"""Give keys of TypedDicts their wire names, at any depth of an annotation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import (
    Annotated,
    Any,
    Final,
    NotRequired,
    Required,
    get_args,
    get_origin,
    is_typeddict,
)

from .hints import discriminator, field_hints, literal_values, variants
from .models import WireName
from .omit import omit


def rename(value: object, annotation: Any) -> object:
    """Return the value with wire names for keys; parts that are not declared are the caller's own.

    A key that is a wire name already passes, as does one that is not declared.

    Raises:
        TypeError: one key is given in both of its spellings.
    """
    return _rename(value, annotation, "")


def _rename(value: object, annotation: Any, module: str) -> object:
    if isinstance(value, Mapping):
        return _mapping(value, _members(annotation, module), module)
    if isinstance(value, (list, tuple)):
        for member in _members(annotation, module):
            if get_origin(member) in _ARRAYS:
                item_annotation = get_args(member)[0]
                return [_rename(item, item_annotation, module) for item in value]
    return value


_ARRAYS: Final = (list, tuple, Sequence)


def _members(annotation: Any, module: str) -> list[Any]:
    """Return the members of a union, and those of unions with a discriminator in it."""
    return [
        inner
        for member in variants(annotation, module)
        for inner in (
            variants(get_args(member)[0], module) if discriminator(member) else [member]
        )
    ]


def _mapping(value: Mapping[Any, object], members: list[Any], module: str) -> object:
    declared = [member for member in members if is_typeddict(member)]
    if declared:
        return _typed_dict(
            value, max(declared, key=lambda member: _rank(value, member))
        )
    for member in members:
        if get_origin(member) in (dict, Mapping):
            item_annotation = get_args(member)[1]
            return {
                key: _rename(item, item_annotation, module)
                for key, item in value.items()
            }
    return value


def _rank(value: Mapping[Any, object], cls: type) -> tuple[int, int]:
    """Prefer the TypedDict whose tags it has, then the one that declares most of its keys."""
    keys = _keys(cls)
    known = [(item, keys[key][1]) for key, item in value.items() if key in keys]
    tags = [
        (item, allowed) for item, hint in known if (allowed := literal_values(hint))
    ]
    return -sum(item not in allowed for item, allowed in tags), len(known)


def _typed_dict(value: Mapping[Any, object], cls: type) -> dict[Any, object]:
    keys = _keys(cls)
    renamed: dict[Any, object] = {}
    for key, item in value.items():
        if item is omit:
            continue
        wire_name, annotation = keys.get(key, (key, object))
        if wire_name in renamed:
            raise TypeError(f"{wire_name!r} is given twice, the second time as {key!r}")
        renamed[wire_name] = _rename(item, annotation, cls.__module__)
    return renamed


@cache
def _keys(cls: type) -> dict[str, tuple[str, Any]]:
    """Return the wire name and the annotation of each key, under both spellings; ours win."""
    ours, theirs = {}, {}
    for name, hint in field_hints(cls).items():
        wire_name, annotation = _declared(name, hint)
        ours[name] = theirs[wire_name] = wire_name, annotation
    return theirs | ours


def _declared(name: str, hint: Any) -> tuple[str, Any]:
    while True:
        marks = getattr(hint, "__metadata__", ())
        name = next((mark.name for mark in marks if isinstance(mark, WireName)), name)
        if get_origin(hint) not in (Required, NotRequired, Annotated) or discriminator(
            hint
        ):
            return name, hint
        hint = get_args(hint)[0]
