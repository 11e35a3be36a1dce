"""Requests with keys that are called otherwise on the wire: TypedDicts say how."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache, cached_property
from typing import (
    Annotated,
    Any,
    Final,
    NamedTuple,
    NotRequired,
    Required,
    get_args,
    get_origin,
    is_typeddict,
)

from . import unions
from .annotations import Codecs, field_hints, mark_of
from .codecs import ANYTHING, Codec, Field
from .containers import NO_ARRAY, Array, Dictionary
from .errors import ArgumentTypeError, ArgumentValueError
from .objects import Object
from .omit import omit


class WireName(NamedTuple):
    """Give the name on the wire of a TypedDict key: ``Annotated[str, WireName("user_Id")]``."""

    name: str


class Renamed:
    """Gives what a caller passed with the wire names of the keys of TypedDicts.

    Args:
        type: Gives the annotation of the value.
    """

    def __init__(self, type: Callable[[], object]) -> None:
        self._type = type

    @cached_property
    def _codec(self) -> Codec:
        return _CODECS.of(self._type())

    def __call__(self, value: Any) -> Any:
        """Return the renamed value.

        Raises:
            ArgumentTypeError: a key is given in both of its spellings.
            ArgumentValueError: the value contains itself, or is nested too deeply.
        """
        try:
            return _renamed(self._codec, value)
        except RecursionError:
            text = "the value contains itself, or is nested too deeply"
            raise ArgumentValueError(text) from None


class _RequestCodecs(Codecs):
    def of_class(self, cls: Any) -> Codec:
        return _typed_dict(cls) if is_typeddict(cls) else super().of_class(cls)


_CODECS: Final = _RequestCodecs()


class _TypedDictCodec(Object):
    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The fields by their keys in an object; the names of a TypedDict's are keys, too.

        Wire names win, as arguments go by them; below these, no key's name is the wire name of
        another. Arguments of one wire name, such as one in the query and one in the body, share
        an entry.
        """
        wire_names: dict[str, Field] = {}
        for field in self.fields:
            if same := wire_names.get(field.wire_name):
                both = unions.Union([same.codec, field.codec], nullable=False)
                field = field._replace(codec=both)
            wire_names[field.wire_name] = field
        return {f.name: f for f in self.fields} | wire_names


@cache
def _typed_dict(cls: type) -> _TypedDictCodec:
    return _TypedDictCodec(cls, _keys)


def _keys(cls: type) -> tuple[Field, ...]:
    return tuple(_key(name, hint) for name, hint in field_hints(cls).items())


def _key(name: str, hint: Any) -> Field:
    """Make the field of a key from its annotation, without the marks of the key."""
    wire_name = name
    while get_origin(hint) in (Required, NotRequired, Annotated):
        marks = getattr(hint, "__metadata__", ())
        names = (mark.name for mark in marks if isinstance(mark, WireName))
        wire_name = next(names, wire_name)
        if mark_of(hint):
            break
        hint = get_args(hint)[0]
    return Field(name, wire_name, _CODECS.of(hint))


def _renamed(codec: Codec, value: Any) -> Any:
    codec = codec.resolved
    rename = _RENAMES.get(type(codec))
    return rename(codec, value) if rename else codec.rewritten(value)


def _array(codec: Any, value: Any) -> Any:
    if not isinstance(value, Collection) or isinstance(value, NO_ARRAY):
        return value
    return [_renamed(inner, item) for _, inner, item in codec.parts(value)]


def _dictionary(codec: Any, value: Any) -> Any:
    if not codec.accepts(value):
        return value
    return {key: _renamed(inner, item) for key, inner, item in codec.parts(value)}


def _object(codec: Any, value: Any) -> Any:
    if not codec.accepts(value):
        return value
    renamed: dict[object, object] = {}
    for key, item in value.items():
        if item is not omit:
            _, wire_name, inner, *_ = codec.by_key.get(key) or Field(key, key, ANYTHING)
            if wire_name in renamed:
                given = f"{wire_name!r} is given twice, the second time as {key!r}"
                raise ArgumentTypeError(given)
            renamed[wire_name] = _renamed(inner, item)
    return renamed


def _union(codec: Any, value: Any) -> Any:
    members = [m for m in codec.members if _can_rename(m) and m.accepts(value)]
    best = max(members, key=lambda member: member.rank(value), default=ANYTHING)
    return _renamed(best, value)


def _can_rename(codec: Codec) -> bool:
    codec = codec.resolved
    members = getattr(codec, "members", None)
    if members is None:
        return type(codec) in _RENAMES or codec.rewrites
    return any(_can_rename(member) for member in members)


_RENAMES: Final[dict[type, Callable[[Any, Any], Any]]] = {
    Array: _array,
    Dictionary: _dictionary,
    _TypedDictCodec: _object,
    unions.Union: _union,
}
