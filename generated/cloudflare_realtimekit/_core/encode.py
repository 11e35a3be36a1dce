"""Turn what callers pass into plain JSON data, JSON data into text, and text into JSON data."""

from __future__ import annotations

import importlib
import json
import math
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Final
from uuid import UUID

from .models import Model
from .omit import Omit, omit
from .timestamps import write


def encode(value: object, annotation: object = None) -> Any:
    """Return the JSON data that a value stands for, in new dicts and lists.

    Models, dataclasses, mappings, sequences and sets may be mixed at any depth. `omit` leaves out
    an entry or item, None is null. Dates and times become ISO 8601 (no offset is added to a naive
    one), bytes base64, an `Enum` its value, a `Decimal` a number (exact up to 15 digits), a `UUID`
    its text.

    Args:
        annotation: What the value is declared as. Keys of TypedDicts in it are renamed where they
        carry a `WireName`.

    Raises:
        TypeError: JSON has no such thing, or a key is given in both of its spellings.
        ValueError: a number is not finite, or the value contains itself.
    """
    try:
        if annotation is not None:
            from .rename import rename

            value = rename(value, annotation)
        return _encode(value)
    except RecursionError:
        raise ValueError("the value contains itself, or is nested too deeply") from None


def _encode(value: Any) -> Any:
    cls: Any = type(value)
    return value if cls in _PLAIN else _converter(cls)(value)


@cache
def _converter(cls: Any) -> Callable[[Any], Any]:
    for kind, convert in _CONVERSIONS:
        if issubclass(cls, kind):
            return convert
    if hasattr(cls, "__dataclass_fields__"):
        return _dataclass
    raise TypeError(f"{cls.__name__} cannot be sent as JSON")


def _dataclass(value: Any) -> dict[str, Any]:
    return _object((field.name, getattr(value, field.name)) for field in fields(value))


def _object(items: Any) -> dict[str, Any]:
    return {
        key if type(key) is str else _key(key): (
            item if type(item) in _PLAIN else _encode(item)
        )
        for key, item in items
        if item is not omit
    }


def _key(key: object) -> str:
    encoded = _encode(key)
    if isinstance(encoded, (dict, list)):
        raise TypeError(f"{type(key).__name__} cannot be a key in JSON")
    return encoded if isinstance(encoded, str) else json.dumps(encoded)


def _array(items: Any) -> list[Any]:
    return [i if type(i) in _PLAIN else _encode(i) for i in items if i is not omit]


def _model(model: Model) -> dict[str, Any]:
    encoded: dict[str, Any] = {}
    for name, declaration in type(model).__fields__.items():
        try:
            value = _read(model, name)
        except AttributeError:  # absent
            if declaration.required and declaration.default is None:
                encoded[declaration.on_the_wire(name)] = None
            continue
        if declaration.additional:
            encoded.update(_object(value.items()))
        elif value is not omit:
            wire_name = declaration.on_the_wire(name)
            encoded[wire_name] = value if type(value) in _PLAIN else _encode(value)
    if model.__unknown__:
        encoded.update(_object(model.__unknown__.items()))
    return encoded


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be sent as JSON")
    return value


def _decimal(value: Decimal) -> float:
    number = _finite(float(value))
    return int(value) if value == value.to_integral_value() else number


def _bytes(value: bytes | bytearray | memoryview) -> str:
    return b64encode(value).decode()


_read: Final = (
    object.__getattribute__
)  # unlike getattr, does not give the default of what is absent
_PLAIN: Final = frozenset({str, int, bool, type(None)})

_CONVERSIONS: Final[tuple[tuple[Any, Callable[[Any], Any]], ...]] = (
    (dict, lambda value: _object(value.items())),
    (list, _array),
    (Model, _model),
    (Enum, lambda value: _encode(value.value)),
    (float, _finite),
    ((str, int), lambda value: value),
    ((date, time), write),
    ((bytes, bytearray, memoryview), _bytes),
    (UUID, str),
    (Decimal, _decimal),
    (Omit, lambda value: value),
    (Mapping, lambda value: _object(value.items())),
    ((Sequence, AbstractSet), _array),
)


def _installed(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _reject(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


_orjson: Any = _installed("orjson")
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
)
_DECODER: Final = json.JSONDecoder(parse_constant=_reject)


def dumps(data: object) -> bytes:
    """Return JSON data, as `encode` gives it, as compact UTF-8.

    Raises:
        ValueError: a number is not finite, or text holds half of a surrogate pair.
    """
    if _orjson is not None:
        try:
            text: bytes = _orjson.dumps(data)
        except _orjson.JSONEncodeError:
            text = b"null"  # beyond 64 bits, or wrong: json tells
        if b"null" not in text:  # which may stand for a NaN
            return text
    return _ENCODER.encode(data).encode()


def loads(text: str | bytes) -> object:
    """Return the data in JSON text.

    What orjson does not read (numbers beyond 64 bits, UTF-16) is read again with json, so that both
    accept the same.

    Raises:
        ValueError: it is no JSON, has NaN or infinities, or is nested too deeply.
    """
    if _orjson is not None:
        try:
            return _orjson.loads(text)
        except _orjson.JSONDecodeError:
            pass
    if not isinstance(text, str):
        text = text.decode(json.detect_encoding(text), "surrogatepass")
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
