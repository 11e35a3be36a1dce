"""From declarations to types: annotations as objects, quoted names found where they are written."""

from __future__ import annotations

import sys
import types
from collections.abc import Mapping
from functools import cache
from typing import (
    Annotated,
    Any,
    ForwardRef,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
)

from .models import Discriminator, WireName


@cache
def field_hints(cls: type) -> Mapping[str, Any]:
    """Return the annotations of a model or TypedDict, as objects, by name.

    `typing.get_type_hints` does the same, but looks for the names that an alias quotes in the
    module of the class; here they stay as they are, for `resolve`.
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


def resolve(name: str | ForwardRef, module: str) -> object:
    """Return what a name stands for that an alias quotes; `module` is where the alias is used.

    Only a recursive alias has to quote a name, and typing does not record where. So the modules
    that define such an alias come first, those of the same package before others.

    Raises:
        NameError: nothing of this name is there.
    """
    text = name.__forward_arg__ if isinstance(name, ForwardRef) else name
    package = (module or __name__).partition(".")[0]
    namespaces = [getattr(m, "__dict__", {}) for m in [*sys.modules.values()]]
    owners = [n for n in namespaces if text in n.get("__annotations__", ())]
    owners.sort(key=lambda n: str(n.get("__name__")).partition(".")[0] != package)
    users = [vars(sys.modules[module])] if module else []
    for namespace in owners[:1] or users:
        return eval(text, namespace)
    raise NameError(f"{text!r}, quoted in an annotation, is not defined")


def discriminator(annotation: object) -> Discriminator | None:
    """Return the mark on an annotated union, if there is one."""
    marks = getattr(annotation, "__metadata__", ())
    return next((mark for mark in marks if isinstance(mark, Discriminator)), None)


def variants(annotation: Any, module: str) -> list[Any]:
    """Return the members of a union and of unions in it; of anything else, itself alone.

    A union with a discriminator counts as one. A name stays quoted unless it is a union's: what it
    stands for may have this very union in it.
    """
    if isinstance(annotation, (str, ForwardRef)):
        named = resolve(annotation, module)
        is_union = get_origin(named) in (Union, types.UnionType)
        return variants(named, module) if is_union else [annotation]
    if get_origin(annotation) is Annotated and discriminator(annotation) is None:
        return variants(get_args(annotation)[0], module)
    if get_origin(annotation) in (Union, types.UnionType):
        return [v for arg in get_args(annotation) for v in variants(arg, module)]
    return [annotation]


def key_hint(name: str, hint: Any) -> tuple[str, Any]:
    """Return the wire name of a TypedDict's key, and its annotation without marks."""
    while get_origin(hint) in (Required, NotRequired, Annotated):
        marks = getattr(hint, "__metadata__", ())
        name = next((mark.name for mark in marks if isinstance(mark, WireName)), name)
        if discriminator(hint):
            break
        hint = get_args(hint)[0]
    return name, hint
