"""From declarations to types: annotations as objects, quoted names found where they are written."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ForwardRef, Literal, Union, get_args, get_origin

from .models import Discriminator


@cache
def field_hints(cls: type) -> Mapping[str, Any]:
    """Return the annotations of a model or TypedDict, as objects, by name.

    `typing.get_type_hints` does the same, but looks for the names that an alias quotes in the
    module of the class; here they stay as they are, for `resolve`.
    """
    hints: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        for name, annotation in getattr(base, "__annotations__", {}).items():
            hints[name] = _evaluate(annotation, base.__module__)
    return hints


def _evaluate(annotation: object, module: str) -> object:
    if isinstance(
        annotation, ForwardRef
    ):  # what a TypedDict makes of text, its bases' included
        module = getattr(annotation, "__forward_module__", None) or module
        annotation = annotation.__forward_arg__
    if not isinstance(annotation, str):
        return annotation
    return eval(annotation, vars(sys.modules[module]))


def resolve(annotation: object, module: str) -> object:
    """Return what a quoted name stands for; anything else as it is.

    Args:
        module: Where the annotation that leads to it was written.

    Raises:
        NameError: nothing of this name is there.
    """
    if isinstance(annotation, ForwardRef):
        annotation = annotation.__forward_arg__
    if not isinstance(annotation, str):
        return annotation
    for namespace in _namespaces(annotation, module):
        return eval(annotation, namespace)
    raise NameError(f"{annotation!r}, quoted in an annotation, is not defined")


def _namespaces(text: str, module: str) -> Iterator[dict[str, Any]]:
    """Yield the modules that may have meant this name: those that define such an alias first.

    Only a recursive alias has to quote a name, and typing does not record in which module.
    """
    package = (module or __name__).partition(".")[0]
    loaded = {
        name: vars(found)
        for name, found in sys.modules.copy().items()
        if found is not None
    }
    aliases = [
        name for name in loaded if text in loaded[name].get("__annotations__", ())
    ]
    yield from (loaded[name] for name in aliases if name.partition(".")[0] == package)
    if module in loaded and (text in loaded[module] or not text.isidentifier()):
        yield loaded[module]
    yield from (loaded[name] for name in aliases)


def discriminator(annotation: object) -> Discriminator | None:
    """Return the mark on an annotated union, if there is one."""
    marks = getattr(annotation, "__metadata__", ())
    return next((mark for mark in marks if isinstance(mark, Discriminator)), None)


def variants(annotation: object, module: str) -> list[Any]:
    """Return the members of a union and of unions in it; of anything else, itself alone.

    A union with a discriminator counts as one.
    """
    annotation = resolve(annotation, module)
    if get_origin(annotation) is Annotated and discriminator(annotation) is None:
        return variants(get_args(annotation)[0], module)
    if get_origin(annotation) in (Union, types.UnionType):
        return [
            variant for arg in get_args(annotation) for variant in variants(arg, module)
        ]
    return [annotation]


def literal_values(annotation: object) -> tuple[object, ...]:
    """Return what a `Literal` allows; of anything else, nothing."""
    return get_args(annotation) if get_origin(annotation) is Literal else ()
