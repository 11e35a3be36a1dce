"""Decode JSON values into what the annotations say: a decoder is built for each model on first use.

Tolerant: a wrong scalar, a bad date and null are kept as sent, what is missing is absent (and reads
as None), unknown fields are kept; another container than is due, or a scalar where an object is
due, raises. A container where a scalar is due is kept as sent, too. Why decoders are compiled:
docs/decisions/0003-decoders.md in the generator's repository.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Final, ForwardRef, get_args, get_origin

from .hints import discriminator, field_hints, resolve, variants
from .models import ModelType
from .strict import Problem, Walk, choose, is_scalar, item_annotations
from .timestamps import read_date, read_datetime

Decoder = Callable[[Any], Any]


class DecodeError(ValueError):
    """A value is not what its annotation says: ``expected object @ $.data[3].meeting``."""

    def __init__(self, message: str, path: str = "$") -> None:
        super().__init__(message, path)
        self.message = message
        self.path = path

    def __str__(self) -> str:
        return f"{self.message} @ {self.path}"


def decode(value: object, annotation: Any, *, strict: bool = False) -> Any:
    """Return the value as the annotation says: models, datetimes, lists and mappings of them.

    Args:
        strict: Refuse what tolerant decoding would keep or leave absent.

    Raises:
        DecodeError: the value has another shape, or is nested too deeply.
    """
    decoder = decoder_for(annotation)
    try:
        if strict or value is None:
            _raise_problem(value, annotation, strict=True)
        return decoder(value)
    except _Mismatch:
        _raise_problem(value, annotation, strict=False)
        raise
    except RecursionError:
        raise DecodeError("nested too deeply") from None


@lru_cache(maxsize=4096)
def decoder_for(annotation: Any) -> Decoder:
    """Return a function that decodes tolerantly; to say where it fails is `decode`'s part."""
    return _decoder(annotation, "", ()) or _as_sent


def _raise_problem(value: object, annotation: Any, *, strict: bool) -> None:
    problem = next(Walk(strict=strict).problems(value, annotation, ""), None)
    if problem is not None:
        raise _error(problem) from None


def _error(problem: Problem) -> DecodeError:
    path, message = problem
    steps = (
        f".{step}" if isinstance(step, str) and step.isidentifier() else f"[{step!r}]"
        for step in path
    )
    return DecodeError(message, "$" + "".join(steps))


class _Mismatch(Exception):
    """A container is due and something else was sent."""


def _as_sent(value: Any) -> Any:
    return value


def _decoder(
    annotation: Any, module: str, building: tuple[type, ...]
) -> Decoder | None:
    """Return the decoder of an annotation, or None where the value is kept as sent.

    Args:
        module: where the annotation was written.
        building: the models whose decoders wait for this one.
    """
    if isinstance(annotation, (ForwardRef, str)):
        return _named(annotation, module)
    members = [
        member for member in variants(annotation, module) if member is not type(None)
    ]
    if len(members) != 1:
        return _union(members, module, building)
    (member,) = members
    if isinstance(member, ModelType):
        return _recursive(member) if member in building else _model(member, building)
    if discriminator(member) is not None:
        return _discriminated(member, module, building)
    build = _BUILDERS.get(get_origin(member) or member)
    return build(member, module, building) if build is not None else None


def _named(annotation: ForwardRef | str, module: str) -> Decoder:
    """Decode what an alias quotes, maybe the alias itself, once there is a value for it."""
    name = annotation if isinstance(annotation, str) else annotation.__forward_arg__
    return lambda value: _named_decoder(name, module)(value)


@cache
def _named_decoder(name: str, module: str) -> Decoder:
    return _decoder(resolve(name, module), module, ()) or _as_sent


def _recursive(cls: ModelType) -> Decoder:
    return lambda value: value if value is None else _model(cls, ())(value)


def _union(
    members: list[Any], module: str, building: tuple[type, ...]
) -> Decoder | None:
    decoders = [_decoder(member, module, building) for member in members]
    if not any(decoders):
        return None
    has_scalar = any(map(is_scalar, members))
    by_id = {
        id(member): decoder for member, decoder in zip(members, decoders, strict=True)
    }

    def decode_union(value: Any) -> Any:
        if value is None:
            return None
        chosen = choose(value, members, module)
        if chosen is None and not has_scalar:
            raise _Mismatch
        decoder = by_id.get(id(chosen))
        return value if decoder is None else decoder(value)

    return decode_union


def _discriminated(annotation: Any, module: str, building: tuple[type, ...]) -> Decoder:
    mark: Any = discriminator(annotation)
    decoders = {
        tag: _decoder(member, module, building) or _as_sent
        for tag, member in mark.mapping.items()
    }

    def decode_discriminated(value: Any) -> Any:
        if _mapping_or_none(value) is None:
            return None
        tag = value.get(mark.property_name)
        decoder = decoders.get(tag) if isinstance(tag, str) else None
        return value if decoder is None else decoder(value)

    return decode_discriminated


def _array(annotation: Any, module: str, building: tuple[type, ...]) -> Decoder:
    decoder = _decoder(get_args(annotation)[0], module, building)

    def decode_array(value: Any) -> Any:
        if type(value) is not list and value is not None:
            raise _Mismatch
        return (
            value
            if decoder is None or value is None
            else [decoder(item) for item in value]
        )

    return decode_array


def _mapping_or_none(value: Any) -> Mapping[str, Any] | None:
    if not isinstance(value, Mapping) and value is not None:
        raise _Mismatch
    return value


def _mapping(annotation: Any, module: str, building: tuple[type, ...]) -> Decoder:
    decoder = _decoder(get_args(annotation)[1], module, building)

    def decode_mapping(value: Any) -> Any:
        if _mapping_or_none(value) is None or decoder is None:
            return value
        return {key: decoder(item) for key, item in value.items()}

    return decode_mapping


def _tuple(annotation: Any, module: str, building: tuple[type, ...]) -> Decoder:
    def decode_tuple(value: Any) -> Any:
        if value is None:
            return None
        if type(value) is not list:
            raise _Mismatch
        decoders = [
            _decoder(a, module, building)
            for a in item_annotations(annotation, len(value))
        ]
        decoders += [None] * (
            len(value) - len(decoders)
        )  # more items than declared are kept
        return tuple(
            d(item) if d else item for d, item in zip(decoders, value, strict=False)
        )

    return decode_tuple


_BUILDERS: Final[dict[Any, Callable[[Any, str, tuple[type, ...]], Decoder]]] = {
    datetime: lambda annotation, module, building: read_datetime,
    date: lambda annotation, module, building: read_date,
    list: _array,
    dict: _mapping,
    tuple: _tuple,
}


def _model(cls: Any, building: tuple[type, ...]) -> Decoder:
    """Return the decoder of a model; two threads may both compile it, with equal results."""
    decoder: Decoder | None = cls.__dict__.get("__decoder__")
    if decoder is None:
        decoder = _compile(cls, (*building, cls))
        type.__setattr__(cls, "__decoder__", decoder)
    return decoder


_START = """\
def decode_model(data):
    if type(data) is not dict:
        data = mapping(data)
        if data is None:
            return None
    model = new(cls)
    absent = 0
"""
_FIELD = """\
    if {wire_name!r} not in data:
        absent += 1
    else:
"""
_AS_SENT = """\
        model.{name} = data[{wire_name!r}]
"""
_DECODED = """\
        model.{name} = {decoder}(data[{wire_name!r}])
"""
_DATETIME = """\
        value = data[{wire_name!r}]
        try:
            model.{name} = fromisoformat(value) if value and len(value) > 10 else value
        except (TypeError, ValueError):
            model.{name} = {decoder}(value)
"""
_ADDITIONAL = """\
    rest = {{key: value for key, value in data.items() if key not in known}}
    model.{name} = {decoder}(rest)
"""
_UNKNOWN = """\
    if len(data) + absent != {count}:
        model.__unknown__ = {{key: value for key, value in data.items() if key not in known}}
"""


def _compile(cls: ModelType, building: tuple[type, ...]) -> Decoder:
    """Compile a function that makes a model of a mapping: one `get`, one store a field.

    Names enter the source as identifiers, which slots are, and as literals.
    """
    names: dict[str, Any] = {
        "cls": cls,
        "new": object.__new__,
        "mapping": _mapping_or_none,
    }
    names["fromisoformat"] = datetime.fromisoformat
    hints = field_hints(cls)
    source, last = _START, ""
    known = set()
    for index, (name, declaration) in enumerate(cls.__fields__.items()):
        wire_name = declaration.on_the_wire(name)
        decoder = names[f"decode_{index}"] = _decoder(
            hints[name], cls.__module__, building
        )
        words = {"name": name, "wire_name": wire_name, "decoder": f"decode_{index}"}
        if declaration.additional:
            last = _ADDITIONAL.format(**words)
            continue
        known.add(wire_name)
        source += _FIELD.format(**words) + _store(decoder).format(**words)
    names["known"] = frozenset(known)
    source += last or _UNKNOWN.format(count=len(known))
    program = compile(
        source + "    return model\n", f"<decoder of {cls.__qualname__}>", "exec"
    )
    exec(program, names)  # noqa: S102  made of declarations, not of data
    decode_model: Decoder = names["decode_model"]
    return decode_model


def _store(decoder: Decoder | None) -> str:
    if decoder is None:
        return _AS_SENT
    return _DATETIME if decoder is read_datetime else _DECODED
