"""What the tests of SDKs look at types and values with: `_utils` and `_compat` have it."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Required, TypeGuard, Union, get_args, get_origin

from .annotations import field_hints
from .omit import Omit

PYDANTIC_V1 = False
"""Models have the methods of pydantic 2."""


# --- values ----------------------------------------------------------------------------------------------------------


def is_given(value: object) -> bool:
    """Report whether an argument was passed."""
    return not isinstance(value, Omit)


def is_dict(value: object) -> TypeGuard[dict[object, object]]:
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


def is_sequence(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence)


def is_iterable(value: object) -> TypeGuard[Iterable[object]]:
    return isinstance(value, Iterable)


# --- types -----------------------------------------------------------------------------------------------------------


def is_annotated_type(annotation: Any) -> bool:
    return get_origin(annotation) is Annotated


def is_required_type(annotation: Any) -> bool:
    return get_origin(annotation) is Required


def is_union_type(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, types.UnionType)


def is_list_type(annotation: Any) -> bool:
    return _class_of(annotation) is list


def is_sequence_type(annotation: Any) -> bool:
    return _class_of(annotation) is Sequence


def is_iterable_type(annotation: Any) -> bool:
    return _class_of(annotation) is Iterable


def is_type_alias_type(annotation: Any) -> bool:
    """Report whether this is what `type X = ...` makes, or the same of `typing_extensions`."""
    return type(annotation).__name__ == "TypeAliasType"


def extract_type_arg(annotation: Any, index: int) -> Any:
    """Return what stands in the brackets of a type.

    Raises:
        RuntimeError: there is nothing at that place.
    """
    arguments = get_args(annotation)
    if index >= len(arguments):
        raise RuntimeError(f"{annotation} has no argument {index}")
    return arguments[index]


def strip_annotated_type(annotation: Any) -> Any:
    """Return the type itself, without what `Annotated` and `Required` say of it."""
    while is_annotated_type(annotation) or is_required_type(annotation):
        annotation = get_args(annotation)[0]
    return annotation


def _class_of(annotation: Any) -> object:
    return get_origin(annotation) or annotation


# --- models ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """A field of a model."""

    annotation: Any
    required: bool

    def is_required(self) -> bool:
        return self.required


def get_model_fields(model: Any) -> dict[str, FieldInfo]:
    """Return the fields of a model, by name."""
    hints = field_hints(model)
    declared = model.__fields__.items()
    return {
        name: FieldInfo(hints[name], each.required)
        for name, each in declared
        if not each.additional
    }


def field_outer_type(field: FieldInfo) -> Any:
    """Return the type of a field."""
    return field.annotation


def field_is_required(field: FieldInfo) -> bool:
    return field.required
