"""From annotations to codecs."""

from __future__ import annotations

import sys
import types
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import (
    Annotated,
    Any,
    Final,
    ForwardRef,
    Literal,
    Union,
    get_args,
    get_origin,
)

from . import unions
from .codecs import ANYTHING, Codec, Field, OneOf
from .containers import Array, Dictionary
from .declarations import ModelType
from .objects import Object
from .scalars import scalar_of

_NULL: Final = (None, type(None))
_UNIONS: Final = (Union, types.UnionType)


@cache
def field_hints(cls: type) -> Mapping[str, Any]:
    """Return the annotations of a model or TypedDict, as objects, by name.

    `typing.get_type_hints` does the same, with `eval` as here, but looks for the names that an
    alias quotes in the module of the class.
    """
    return {
        name: _evaluate(annotation, base.__module__)
        for base in reversed(cls.__mro__)
        for name, annotation in getattr(base, "__annotations__", {}).items()
    }


def _evaluate(annotation: object, module: str) -> object:
    if isinstance(annotation, ForwardRef):  # what a TypedDict makes of text
        module = getattr(annotation, "__forward_module__", None) or module
        annotation = annotation.__forward_arg__
    if not isinstance(annotation, str):
        return annotation
    return eval(annotation, vars(sys.modules[module]))


def mark_of(annotation: object) -> Any:
    """Return the mark of an annotation that makes its codec, if there is one."""
    marks = getattr(annotation, "__metadata__", ())
    return next((mark for mark in marks if hasattr(mark, "codec")), None)


def variants(annotation: Any) -> list[Any]:
    """Return the members of a union and of unions in it; of anything else, itself alone.

    What carries a mark counts as one, but for the name of a union.
    """
    origin = get_origin(annotation)
    if origin is Annotated:
        mark = mark_of(annotation)
        inner = get_args(annotation)[0]
        if mark is not None:
            inner = mark.union(annotation) if hasattr(mark, "union") else None
        return [annotation] if inner is None else variants(inner)
    if origin in _UNIONS:
        return [v for argument in get_args(annotation) for v in variants(argument)]
    return [annotation]


class Codecs:
    """Makes the codecs of annotations."""

    def of(self, annotation: Any) -> Codec:
        """Return the codec of an annotation."""
        if mark_of(annotation) is not None:
            return self._one(annotation)
        members = variants(annotation)
        codecs = [self._one(member) for member in members if member not in _NULL]
        if len(codecs) == len(members) == 1:
            return codecs[0]
        return unions.Union(codecs, nullable=len(codecs) < len(members))

    def _one(self, annotation: Any) -> Codec:
        if (mark := mark_of(annotation)) is not None:
            made: Codec = mark.codec(annotation, self.of)
            return made
        arguments = get_args(annotation)
        origin = get_origin(annotation) or annotation
        if origin is Literal:
            return OneOf(arguments)
        if origin in (list, Sequence, Collection):
            return Array(self.of(arguments[0]))
        if origin is tuple:
            return Array(ANYTHING, [self.of(argument) for argument in arguments])
        if origin in (dict, Mapping):
            return Dictionary(self.of(arguments[1]))
        return self.of_class(origin)

    def of_class(self, cls: Any) -> Codec:
        """Return the codec of a class."""
        if isinstance(cls, ModelType):
            return model_codec(cls)
        return scalar_of(cls) or ANYTHING


CODECS: Final = Codecs()


@cache
def model_codec(cls: type) -> Object:
    """Return the one codec of a model."""
    return Object(cls, model_fields)


def model_fields(cls: Any) -> tuple[Field, ...]:
    """Return the fields of a model; what collects the rest comes last."""
    fields = []
    for name, hint in field_hints(cls).items():
        if (declared := cls.__fields__.get(name)) is not None:
            codec = getattr(cls, "__codecs__", CODECS).of(hint)
            wire_name = declared.on_the_wire(name)
            required, additional = declared.required, declared.additional
            fields.append(Field(name, wire_name, codec, required, additional))
    return tuple(sorted(fields, key=lambda field: field.additional))
