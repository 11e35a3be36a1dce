"""Recursive aliases: they name themselves, and the name is looked up once there is a value for it."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from functools import cached_property
from typing import Any, ForwardRef, NamedTuple, Union, cast, get_args, get_origin

from .codecs import Codec, Decoder


class LazyReference(NamedTuple):
    """Mark a name with the module that defines it: ``Annotated["Tree", LazyReference(__name__)]``."""

    module: str

    def codec(self, annotation: Any, make: Callable[[Any], Codec]) -> Codec:
        """Make the codec of the name that this marks."""
        return cast("Codec", _Lazy(lambda: make(self.target(annotation))))

    def target(self, annotation: Any) -> object:
        """Return what the name stands for.

        Raises:
            AttributeError: the module has no such name.
        """
        name = get_args(annotation)[0]
        text = name.__forward_arg__ if isinstance(name, ForwardRef) else name
        return getattr(sys.modules[self.module], text)

    def union(self, annotation: Any) -> object:
        """Return what the name stands for if that is a union, else None.

        Members of a union are members of the union that it is in. Nothing else is looked up: what
        it stands for may have this very union in it.
        """
        target = self.target(annotation)
        return target if get_origin(target) in (Union, types.UnionType) else None


class _Lazy:
    """A codec that is made once there is a value for it; what it is not itself, that one is."""

    def __init__(self, make: Callable[[], Codec]) -> None:
        self._make = make

    @cached_property
    def resolved(self) -> Codec:
        return self._make()

    @cached_property
    def _decode(self) -> Decoder:
        return self.resolved.decoder() or (lambda value: value)

    def decoder(self) -> Decoder:
        return lambda value: self._decode(value)

    def item_rank(self, value: object) -> tuple[int, int]:
        return 0, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.resolved, name)
