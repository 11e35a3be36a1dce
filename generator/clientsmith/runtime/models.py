"""The base of all models.

A model has one slot a field. A slot that is empty is a field that was absent; reading it gives the
default (None), so that absent and null stay distinct without a second copy of the data, and
decoding stores only what was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from reprlib import recursive_repr
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, cast

from .declarations import Declaration, ModelType, dataclass, field
from .errors import ArgumentTypeError
from .omit import omit

if TYPE_CHECKING:
    from dataclasses import Field
    from typing import ClassVar

__all__ = ["Model", "dataclass", "field"]


class Model(metaclass=ModelType):
    """The base of all models: a dataclass with keyword-only fields, made from JSON and back.

    A field that was absent reads as its default (None). `is_set` distinguishes it from one that was null:
    received as null, passed as None to the constructor, or assigned None. `copy` keeps absent what
    is absent; `dataclasses.replace` reads every field, and makes null of what is absent.
    """

    __slots__ = ("__unknown__",)

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
        __fields__: ClassVar[dict[str, Declaration]]
        __unknown__: dict[str, object] | None
    else:

        def __getattr__(self, name: str) -> object:
            """Return the default of a field whose slot is empty."""
            declaration = type(self).__fields__.get(name)
            if declaration is None:
                if name == "__unknown__":
                    return None
                raise AttributeError(
                    f"{type(self).__name__!r} object has no attribute {name!r}"
                )
            if declaration.default_factory is not None:
                setattr(self, name, declaration.default_factory())
                return getattr(self, name)
            return None if declaration.default is omit else declaration.default

    @classmethod
    def from_dict(cls, data: Mapping[str, object], *, strict: bool = False) -> Self:
        """Make a model of decoded JSON.

        Raises:
            DecodeError: the data has another shape.
        """
        from .decode import decode

        return cast("Self", decode(data, cls, strict=strict))

    @classmethod
    def from_json(cls, text: str | bytes, *, strict: bool = False) -> Self:
        """Make a model of JSON text.

        Raises:
            ArgumentValueError: the text is no JSON, or has another shape.
        """
        from .encode import loads

        return cls.from_dict(cast("Mapping[str, object]", loads(text)), strict=strict)

    def to_dict(self) -> dict[str, object]:
        """Return what this is in JSON: wire names, unknown fields, no fields that are absent."""
        from .encode import encode

        return cast("dict[str, object]", encode(self))

    def to_json(self) -> str:
        """Return this as compact JSON text."""
        from .encode import dumps

        return dumps(self.to_dict()).decode()

    def is_set(self, name: str) -> bool:
        """Report whether the field was received, passed or assigned, be it as None.

        Raises:
            AttributeError: there is no such field.
        """
        if name not in type(self).__fields__:
            raise AttributeError(f"{type(self).__name__} has no field {name!r}")
        return name in self.__getstate__()

    def copy(self, **changes: object) -> Self:
        """Return a copy with some fields changed; `omit` makes a field absent.

        Raises:
            ArgumentTypeError: there is no such field.
        """
        for name in changes:
            if name not in type(self).__fields__:
                raise ArgumentTypeError(f"{type(self).__name__} has no field {name!r}")
        copied = object.__new__(type(self))
        state = {**self.__getstate__(), **changes}
        copied.__setstate__({k: v for k, v in state.items() if v is not omit})
        return copied

    __replace__ = copy

    @property
    def unknown_fields(self) -> Mapping[str, object]:
        """What was received beside the declared fields, by wire name."""
        return MappingProxyType(self.__unknown__ or {})

    def __getstate__(self) -> dict[str, object]:
        state: dict[str, object] = {}
        for name in ("__unknown__", *type(self).__fields__):
            try:
                state[name] = object.__getattribute__(self, name)
            except AttributeError:
                continue  # absent
        return state

    def __setstate__(self, state: dict[str, object]) -> None:
        for name, value in state.items():
            setattr(self, name, value)

    def __eq__(self, other: object) -> bool:
        """Compare by what is sent: null differs from absent, an absent default from none."""
        if type(other) is not type(self):
            return NotImplemented
        return self._significant() == other._significant()

    def _significant(self) -> dict[str, object]:
        """Return what is sent: the fields that are set, and null where it is due."""
        fields = type(self).__fields__
        due = {n: None for n, f in fields.items() if f.required and f.default is None}
        state = {n: v for n, v in self.__getstate__().items() if v is not omit}
        unknown = state.pop("__unknown__", None) or {}
        empty = [n for n, f in fields.items() if f.additional and not state.get(n)]
        for name in empty:
            state.pop(name, None)
        return {**due, **state, "__unknown__": unknown}

    __hash__ = None  # type: ignore[assignment]

    @recursive_repr()
    def __repr__(self) -> str:
        fields = self.__fields__
        displayed = (
            f"{name}={'...' if fields[name].secret and value is not None else repr(value)}"
            for name, value in self.__getstate__().items()
            if name in fields
        )
        return f"{type(self).__qualname__}({', '.join(displayed)})"
