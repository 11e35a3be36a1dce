"""Turn what callers pass into plain JSON data, JSON data into text, and text into JSON data."""

from __future__ import annotations

import importlib
import json
import math
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any, Final

from .models import Model
from .omit import omit
from .timestamps import write

try:
    _orjson: Any = importlib.import_module("orjson")
except ImportError:
    _orjson = None


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
            from .kinds import kind_of

            value = kind_of(annotation).rename(value)
        return _encode(value)
    except RecursionError:
        raise ValueError("the value contains itself, or is nested too deeply") from None


def _encode(value: Any) -> Any:
    cls: Any = type(value)
    return value if cls in _PLAIN else _conversion(cls)(value)


@cache
def _conversion(cls: type) -> Callable[[Any], Any]:
    """Return what converts instances of a class: the base that is known tells, an `Enum` first.

    Bases are known by name: to import the modules of some would take longer than most calls.
    """
    for base in reversed(cls.__mro__):
        if convert := _CONVERSIONS.get(f"{base.__module__}.{base.__qualname__}"):
            return convert
    if issubclass(cls, Model):
        return _model
    if hasattr(cls, "__dataclass_fields__"):
        return _dataclass
    if issubclass(cls, Mapping):
        return _mapping
    if issubclass(cls, (Sequence, AbstractSet)):
        return _array
    raise TypeError(f"{cls.__name__} cannot be sent as JSON")


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return _object(value.items())


def _dataclass(value: Any) -> dict[str, Any]:
    from dataclasses import fields

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
    value: Any
    for name, declaration in type(model).__fields__.items():
        try:
            value = object.__getattribute__(
                model, name
            )  # getattr would give the default
        except AttributeError:  # absent
            if not declaration.required or declaration.default is not None:
                continue
            value = None
        if declaration.additional:
            encoded.update(_object((value or {}).items()))
        elif value is not omit:
            wire_name = declaration.on_the_wire(name)
            encoded[wire_name] = value if type(value) in _PLAIN else _encode(value)
    if model.__unknown__:
        encoded.update(_object(model.__unknown__.items()))
    return encoded


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number in JSON")
    return value


def _decimal(value: Any) -> float:
    number = _finite(float(value))
    return int(value) if value == value.to_integral_value() else number


def _base64(value: bytes | bytearray | memoryview) -> str:
    return b64encode(value).decode()


def _itself(value: Any) -> Any:
    return value


_PLAIN: Final = frozenset({str, int, bool, type(None)})
_CONVERSIONS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "builtins.dict": _mapping,
    "builtins.list": _array,
    "builtins.float": _finite,
    "builtins.str": _itself,
    "builtins.int": _itself,
    "builtins.bytes": _base64,
    "builtins.bytearray": _base64,
    "builtins.memoryview": _base64,
    "datetime.date": write,
    "datetime.time": write,
    "decimal.Decimal": _decimal,
    "enum.Enum": lambda value: _encode(value.value),
    "uuid.UUID": str,
    f"{type(omit).__module__}.{type(omit).__qualname__}": _itself,
}


def _reject(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
)
_DECODER: Final = json.JSONDecoder(
    parse_constant=_reject, parse_float=lambda text: _finite(float(text))
)


def dumps(data: object) -> bytes:
    """Return JSON data, as `encode` gives it (numbers are finite), as compact UTF-8.

    Half of a surrogate pair, which JSON text may hold and UTF-8 not, is written as an escape.
    """
    if _orjson is not None:
        try:
            written: bytes = _orjson.dumps(data)
            return written
        except _orjson.JSONEncodeError:
            pass  # beyond 64 bits, or wrong: json tells
    try:
        return _ENCODER.encode(data).encode()
    except UnicodeEncodeError:
        return json.dumps(data, allow_nan=False, separators=(",", ":")).encode()


_DIGITS_AS_ZERO: Final = bytes.maketrans(b"123456789", b"0" * 9)
_LONG_NUMBER: Final = b"0" * 19


def _has_long_number(text: str | bytes) -> bool:
    """Tell whether there may be a number that 64 bits do not hold.

    A regular expression would take longer than orjson.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return _LONG_NUMBER in data.translate(_DIGITS_AS_ZERO)


def loads(text: str | bytes) -> object:
    """Return the data in JSON text.

    What orjson does not read (UTF-16), or reads as a float (whole numbers beyond 64 bits), is read
    with json, so that both give the same.

    Raises:
        ValueError: it is no JSON, has NaN or infinities, or is nested too deeply.
    """
    if _orjson is not None and not _has_long_number(text):
        try:
            return _orjson.loads(text)
        except _orjson.JSONDecodeError:
            pass
    if not isinstance(text, str):
        is_utf_8 = text[:1] in b"{[" and text[1:2] != b"\0"
        encoding = "utf-8" if is_utf_8 else json.detect_encoding(text)
        text = text.decode(encoding, "surrogatepass")
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
