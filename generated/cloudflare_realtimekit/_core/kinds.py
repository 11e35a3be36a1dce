"""What annotations stand for: each kind decodes a value, says what is wrong with it, and renames its keys.

Decoders know no paths, so that they cost nothing. `problem` goes through a value again once a decoder
has failed, and says where; in strict mode it goes first, and judges everything.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, cached_property
from typing import (
    Any,
    Final,
    ForwardRef,
    Literal,
    NamedTuple,
    TypeAlias,
    cast,
    get_args,
    get_origin,
    is_typeddict,
)

from .hints import (
    discriminator,
    field_hints,
    key_hint,
    resolve,
    variants,
)
from .models import ModelType
from .omit import omit
from .timestamps import is_date, is_datetime, read_date, read_datetime

Decoder: TypeAlias = Callable[[Any], Any]
Problem: TypeAlias = tuple[tuple[str | int, ...], str]
"""The keys and indexes that lead to a value, and what is wrong with it."""
Memo: TypeAlias = dict[tuple[int, int], Problem | None]
"""What strict mode said of a value and a kind: unions in unions ask exponentially often."""


TEXTS = (str, bytes, bytearray, memoryview)
"""Sequences that no array stands for."""
MOST_BUILDING = 20
"""Models whose decoders wait for others of theirs; more would nest too deeply."""
_BUILDING: list[object] = []


class Judged(threading.local):
    """What was said of the values that this thread decodes: `decode` forgets it in the end."""

    memo: Memo | None = None


JUDGED = Judged()


class Mismatch(Exception):
    """A container is due and something else was sent."""


class Kind:
    """Anything: it is kept as sent."""

    name = "object"
    json_type: Any = object
    nullable = True
    is_scalar = False
    is_renamed = False
    literals: tuple[object, ...] = ()

    def decoder(self) -> Decoder | None:
        """Return what decodes tolerantly; None where values are kept as sent."""
        return None

    def takes(self, value: object) -> bool:
        """Tell whether a value is of the JSON type of this kind."""
        return isinstance(value, self.json_type)

    def rank(self, value: Any) -> tuple[int, int]:
        """Tell how well a value that it takes fits: defects (negative), then known keys."""
        return 0, 0

    def problem(self, value: object, strict: bool, memo: Memo) -> Problem | None:
        """Return the first thing that is wrong; if not strict, with the containers alone."""
        return None

    def rename(self, value: Any) -> Any:
        """Return what a caller passed with wire names for the keys of TypedDicts."""
        return value


class Scalar(Kind):
    json_type = (str, int, float)
    nullable = False
    is_scalar = True

    def __init__(
        self, name: str, accepts: Callable[[Any], bool], read: Decoder | None = None
    ) -> None:
        self.name = name
        self._accepts = accepts
        self._read = read

    def decoder(self) -> Decoder | None:
        return self._read

    def problem(self, value: object, strict: bool, memo: Memo) -> Problem | None:
        return _expected(value, self) if strict and not self._accepts(value) else None


class OneOf(Scalar):
    """The values of a `Literal`."""

    def __init__(self, literals: tuple[object, ...]) -> None:
        name = f"one of {', '.join(map(repr, literals))}"
        super().__init__(name, lambda value: _is_one_of(value, literals))
        self.literals = literals
        self.nullable = None in literals


class Container(Kind):
    """What has parts: an array, or an object."""

    json_type: Any = Mapping
    nullable = False

    def parts(self, value: Any) -> Iterable[tuple[str | int, Kind, object]]:
        """Give the key or index of each part, what is due there and what is there."""
        raise NotImplementedError

    def defect(self, value: Any) -> Problem | None:
        """Say what is wrong with the container itself, parts apart."""
        return None

    def renamed(self, value: Any) -> Any:
        return value

    def rename(self, value: Any) -> Any:
        return self.renamed(value) if self.takes(value) else value

    def problem(self, value: object, strict: bool, memo: Memo) -> Problem | None:
        if not self.takes(value):
            return _expected(value, self) if strict or value is not None else None
        seen = id(value), id(self)
        if strict and seen in memo:
            return memo[seen]
        problem = self.defect(value) if strict else None
        for key, kind, part in () if problem else self.parts(value):
            if found := kind.problem(part, strict, memo):
                problem = (key, *found[0]), found[1]
                break
        if strict:
            memo[seen] = problem
        return problem


class Array(Container):
    """Items of one kind; or `first`, declared one by one, and more that are kept as sent."""

    name = "array"
    is_renamed = True

    def __init__(self, rest: Kind, first: Sequence[Kind] | None = None) -> None:
        self._rest = rest
        self._first = first

    def takes(self, value: object) -> bool:
        if isinstance(value, (list, tuple)):
            return True
        return isinstance(value, Sequence) and not isinstance(value, TEXTS)

    def parts(self, value: Any) -> Iterator[tuple[int, Kind, object]]:
        first = self._first or ()
        for index, item in enumerate(value):
            yield index, first[index] if index < len(first) else self._rest, item

    def defect(self, value: Any) -> Problem | None:
        if self._first is None or len(self._first) == len(value):
            return None
        return (), f"expected {len(self._first)} items"

    def decoder(self) -> Decoder:
        decode = self._rest.decoder()
        first = (
            None if self._first is None else [kind.decoder() for kind in self._first]
        )

        def decode_array(value: Any) -> Any:
            if type(value) is not list:
                if value is None:
                    return None
                if not isinstance(value, tuple):
                    raise Mismatch
            if decode is not None:
                return [decode(item) for item in value]
            if first is None:
                return value
            known = zip(first, value, strict=False)
            decoded = (decode(item) if decode else item for decode, item in known)
            return (*decoded, *value[len(first) :])

        return decode_array

    def rank(self, value: Any) -> tuple[int, int]:
        """The first item tells, if one kind is due: to try several takes exponential time."""
        _, kind, item = next(iter(self.parts(value)), (0, ANYTHING, None))
        if isinstance(kind, Union) and len(kind.members) == 1:
            kind = kind.members[0]
        tells = isinstance(kind, (Container, Tagged)) and kind.takes(item)
        return kind.rank(item) if tells else (0, 0)

    def renamed(self, value: Any) -> Any:
        return [kind.rename(item) for _, kind, item in self.parts(value)]


class Dictionary(Container):
    """An object whose keys are data."""

    is_renamed = True

    def __init__(self, item: Kind) -> None:
        self._item = item

    def parts(self, value: Any) -> Iterator[tuple[str, Kind, object]]:
        return ((key, self._item, item) for key, item in value.items())

    def decoder(self) -> Decoder:
        decode = self._item.decoder()

        def decode_mapping(value: Any) -> Any:
            if mapping_or_none(value) is None or decode is None:
                return value
            return {key: decode(item) for key, item in value.items()}

        return decode_mapping

    def renamed(self, value: Any) -> Any:
        return {key: kind.rename(item) for key, kind, item in self.parts(value)}


class Field(NamedTuple):
    name: str
    wire_name: str
    kind: Kind
    required: bool = False
    additional: bool = False


class Object(Container):
    """A model, or a TypedDict. Fields are looked up on first use, as both may be recursive."""

    def __init__(self, cls: type) -> None:
        self.cls = cls
        self.is_renamed = not isinstance(cls, ModelType)
        self._decoder: Decoder | None = None

    def parts(self, value: Any) -> Iterator[tuple[str, Kind, object]]:
        """Give what is there of the declared fields, then what the additional ones collect."""
        known = set()
        for _, wire_name, kind, _, additional in fields_of(self.cls):
            if additional:
                rest = {k: v for k, v in value.items() if k not in known}
                yield from cast("Dictionary", kind).parts(rest)
            elif wire_name in value:
                known.add(wire_name)
                yield wire_name, kind, value[wire_name]

    def defect(self, value: Any) -> Problem | None:
        for field in fields_of(self.cls):
            if field.required and field.wire_name not in value:
                return (field.wire_name,), "missing required value"
        return None

    def rank(self, value: Any) -> tuple[int, int]:
        """Tags of another class and missing keys are defects."""
        spellings = _spellings(self.cls)
        known = [
            (spellings[key], tag) for key, tag in value.items() if key in spellings
        ]
        missing = sum(
            f.required and f.wire_name not in value for f in fields_of(self.cls)
        )
        wrong = sum(
            tag is not None and not _is_one_of(tag, field.kind.literals)
            for field, tag in known
            if field.kind.literals
        )
        return -missing - wrong, len(known)

    def renamed(self, value: Any) -> Any:
        spellings = _spellings(self.cls)
        renamed: dict[object, object] = {}
        for key, item in value.items():
            if item is not omit:
                _, wire_name, kind, *_ = spellings.get(key) or Field(key, key, ANYTHING)
                if wire_name in renamed:
                    told = f"{wire_name!r} is given twice, the second time as {key!r}"
                    raise TypeError(told)
                renamed[wire_name] = kind.rename(item)
        return renamed

    def decoder(self) -> Decoder | None:
        """Return the compiled decoder, or what will look it up: where this is being compiled, or much else is."""
        is_free = self not in _BUILDING and len(_BUILDING) < MOST_BUILDING
        if self._decoder is None and is_free:
            return self._compiled()
        return self._decoder or (lambda value: self._compiled()(value))

    def _compiled(self) -> Decoder:
        """Two threads may both compile it, with equal results."""
        if self._decoder is None:
            from .decode import compile_decoder

            _BUILDING.append(self)
            try:
                self._decoder = compile_decoder(self.cls, fields_of(self.cls))
            finally:
                _BUILDING.remove(self)
        return self._decoder


class Union(Kind):
    """One of several kinds, or null maybe; what is nullable alone is one, too.

    What is true of its members is found on first use, as they may be recursive.
    """

    def __init__(self, members: list[Kind], nullable: bool) -> None:
        self.members = members
        self._has_null = nullable

    @cached_property
    def nullable(self) -> bool:  # type: ignore[override]
        return self._has_null or any(kind.nullable for kind in self.members)

    @cached_property
    def is_scalar(self) -> bool:  # type: ignore[override]
        return any(kind.is_scalar for kind in self.members)

    @cached_property
    def is_renamed(self) -> bool:  # type: ignore[override]
        return any(kind.is_renamed for kind in self.members)

    @cached_property
    def literals(self) -> tuple[object, ...]:  # type: ignore[override]
        return tuple(one for kind in self.members for one in kind.literals)

    def decoder(self) -> Decoder | None:
        decoders = {id(member): member.decoder() for member in self.members}
        is_sole = len(self.members) < 2 and not isinstance(self, Tagged)
        if is_sole or not any(decoders.values()):
            return next(iter(decoders.values()), None)

        def decode_union(value: Any) -> Any:
            if JUDGED.memo is None:
                JUDGED.memo = {}
            chosen = self.choose(value, JUDGED.memo)
            if chosen is None and value is not None and not self.keeps(value):
                raise Mismatch
            decode = decoders.get(id(chosen))
            return value if decode is None else decode(value)

        return decode_union

    def keeps(self, value: object) -> bool:
        """Tell whether a value that no member takes is kept as sent."""
        return self.is_scalar

    def takes(self, value: object) -> bool:
        return any(member.takes(value) for member in self.members)

    def rank(self, value: Any) -> tuple[int, int]:
        return max(m.rank(value) for m in self.members if m.takes(value))

    def choose(self, value: object, memo: Memo) -> Kind | None:
        """Return the member that a value fits best; None if none is of its JSON type.

        First what it fits exactly, then what it has the most required and known keys of; what is
        declared first wins a tie.
        """
        members = [member for member in self.members if member.takes(value)]
        if len(members) > 1:
            members = [m for m in members if not m.rank(value)[0]] or members
        if len(members) > 1:
            fitting = [m for m in members if not m.problem(value, True, memo)]
            members = fitting or members
        return max(members, key=lambda member: member.rank(value), default=None)

    def problem(self, value: object, strict: bool, memo: Memo) -> Problem | None:
        if value is None:
            return _expected(value, self) if strict and not self.nullable else None
        if strict and any(not m.problem(value, True, memo) for m in self.members):
            return None
        if (chosen := self.choose(value, memo)) is not None:
            return chosen.problem(value, strict, memo)
        return _expected(value, self) if strict or not self.keeps(value) else None

    def rename(self, value: Any) -> Any:
        members = [m for m in self.members if m.is_renamed and m.takes(value)]
        best = max(members, key=lambda member: member.rank(value), default=ANYTHING)
        return best.rename(value)


class Tagged(Union):
    """A union whose members are told apart by one property."""

    def __init__(self, property_name: str, kinds: Mapping[str, Kind]) -> None:
        super().__init__(list(kinds.values()), nullable=False)
        self._property_name = property_name
        self._kinds = kinds

    def choose(self, value: Any, memo: Memo) -> Kind | None:
        tag = value.get(self._property_name) if isinstance(value, Mapping) else None
        text = _tag_text(tag)
        return None if text is None else self._kinds.get(text)

    def keeps(self, value: object) -> bool:
        return isinstance(value, Mapping)

    def takes(self, value: object) -> bool:
        return isinstance(value, Mapping)

    def rank(self, value: Any) -> tuple[int, int]:
        return -(self.choose(value, {}) is None), 0

    def problem(self, value: object, strict: bool, memo: Memo) -> Problem | None:
        if (chosen := self.choose(value, memo)) is not None:
            return chosen.problem(value, strict, memo)
        if isinstance(value, Mapping) and strict:
            known = ", ".join(map(repr, self._kinds))
            return (self._property_name,), f"expected one of {known}"
        refused = value is not None and not self.keeps(value)
        return _expected(value, self) if strict or refused else None


def _tag_text(tag: object) -> str | None:
    """Write a tag as the keys of a mapping are written: JSON without quotes, `1.0` as 1."""
    if isinstance(tag, bool):
        return "true" if tag else "false"
    if isinstance(tag, float) and tag.is_integer():
        return str(int(tag))
    return str(tag) if isinstance(tag, (str, int, float)) else None


class Later:
    """A name that an alias quotes, maybe its own: looked up once there is a value for it."""

    def __init__(self, name: str, module: str) -> None:
        self._place = name, module

    def decoder(self) -> Decoder:
        return lambda value: _named(*self._place)[1](value)

    def __getattr__(self, name: str) -> Any:
        return getattr(_named(*self._place)[0], name)


def kind_of(annotation: Any, module: str = "") -> Kind:
    """Return what an annotation stands for; `module` is where it was written."""
    if isinstance(annotation, (ForwardRef, str)):
        return _one(annotation, module)
    members = variants(annotation, module)
    kinds = [_one(member, module) for member in members if member not in _NULL]
    if len(kinds) == len(members) == 1:
        return kinds[0]
    return Union(kinds, nullable=len(kinds) < len(members))


def _one(annotation: Any, module: str) -> Kind:
    if isinstance(annotation, (ForwardRef, str)):
        text = annotation if isinstance(annotation, str) else annotation.__forward_arg__
        return cast("Kind", Later(text, module))
    arguments = get_args(annotation)
    origin = get_origin(annotation) or annotation
    if mark := discriminator(annotation):
        kinds = {tag: kind_of(cls, module) for tag, cls in mark.mapping.items()}
        return Tagged(mark.property_name, kinds)
    if isinstance(annotation, ModelType) or is_typeddict(annotation):
        return _object(annotation)
    if origin is Literal:
        return OneOf(arguments)
    if origin in (list, Sequence, Collection):
        return Array(kind_of(arguments[0], module))
    if origin is tuple:
        return Array(ANYTHING, [kind_of(argument, module) for argument in arguments])
    if origin in (dict, Mapping):
        return Dictionary(kind_of(arguments[1], module))
    return _SCALARS.get(origin, ANYTHING)


@cache
def _object(cls: type) -> Object:
    return Object(cls)


@cache
def fields_of(cls: type) -> tuple[Field, ...]:
    """Return the fields of a model or TypedDict; what collects the rest comes last."""
    fields = []
    declared = getattr(cls, "__fields__", {})
    for name, hint in field_hints(cls).items():
        if name in declared:
            wire_name = declared[name].on_the_wire(name)
            required, additional = declared[name].required, declared[name].additional
        else:
            wire_name, hint = key_hint(name, hint)
            required = additional = False
        kind = kind_of(hint, cls.__module__)
        fields.append(Field(name, wire_name, kind, required, additional))
    return tuple(sorted(fields, key=lambda field: field.additional))


@cache
def _spellings(cls: type) -> dict[str, Field]:
    """Return the fields by their keys in an object; the names of a TypedDict's are keys, too.

    Wire names win, as arguments go by them; below these, no key's name is the wire name of another.
    Arguments of one wire name, such as one in the query and one in the body, share an entry.
    """
    fields = [field for field in fields_of(cls) if not field.additional]
    names = {} if isinstance(cls, ModelType) else {f.name: f for f in fields}
    wire_names: dict[str, Field] = {}
    for field in fields:
        if same := wire_names.get(field.wire_name):
            field = field._replace(kind=Union([same.kind, field.kind], nullable=False))
        wire_names[field.wire_name] = field
    return names | wire_names


@cache
def _named(name: str, module: str) -> tuple[Kind, Decoder]:
    kind = kind_of(resolve(name, module), module)
    return kind, kind.decoder() or (lambda value: value)


def mapping_or_none(value: Any) -> Mapping[str, Any] | None:
    if not isinstance(value, Mapping) and value is not None:
        raise Mismatch
    return value


def _expected(value: object, kind: Kind) -> Problem:
    members = kind.members if isinstance(kind, Union) else [kind]
    names = " or ".join(dict.fromkeys(member.name for member in members)) or "null"
    return (), f"expected {names}{', not null' if value is None else ''}"


def _is_one_of(value: object, literals: tuple[object, ...]) -> bool:
    """Compare as JSON does: true is not 1, but 1.0 is."""
    is_boolean = isinstance(value, bool)
    return any(value == one and is_boolean == isinstance(one, bool) for one in literals)


def _is_integer(value: object) -> bool:
    return type(value) is int or (type(value) is float and value.is_integer())


_NULL: Final = (None, type(None))
ANYTHING: Final = Kind()
_SCALARS: Final[Mapping[object, Kind]] = {
    str: Scalar("string", lambda value: isinstance(value, str)),
    bool: Scalar("boolean", lambda value: isinstance(value, bool)),
    int: Scalar("integer", _is_integer),
    float: Scalar("number", lambda value: type(value) in (int, float)),
    datetime: Scalar("date-time", is_datetime, read_datetime),
    date: Scalar("date", is_date, read_date),
}
