"""Turn what callers pass into plain JSON data, JSON data into text, and text into JSON data."""

from __future__ import annotations

import importlib
import json
import math
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from .compiled import Omitted, Sending, compile_encoder
from .declarations import ModelType
from .errors import ArgumentTypeError, ArgumentValueError
from .omit import Omit, omit
from .scalars import FORMATS, write_timestamp

try:
    _orjson: Any = importlib.import_module("orjson")
except ImportError:
    _orjson = None

Conversion = Callable[[Any], Any]


def encode(value: object) -> Any:
    """Return the JSON data that a value stands for, in new dicts and lists.

    Models, dataclasses, mappings and collections may be mixed at any depth. `omit` leaves out an
    entry or item, None is null. Dates, times and durations become ISO 8601 (no offset is added to
    a naive one), bytes base64, an `Enum` its value, a `Decimal` and a `UUID` their text.

    Raises:
        ArgumentTypeError: JSON has no such thing.
        ArgumentValueError: a number is not finite, or the value contains itself.
    """
    try:
        return _encode(value)
    except RecursionError:
        text = "the value contains itself, or is nested too deeply"
        raise ArgumentValueError(text) from None


def sendable(value: object) -> Any:
    """Return the JSON data that a request has of a value: models are without their read-only fields.

    Raises:
        ArgumentTypeError: JSON has no such thing.
        ArgumentValueError: a number is not finite, or the value contains itself.
    """
    _SENDING.now = True
    try:
        return encode(value)
    finally:
        _SENDING.now = False


def _encode(value: Any) -> Any:
    cls: Any = type(value)
    return value if cls in _PLAIN else _CONVERSIONS[cls](value)


class _Conversions(dict[type, Conversion]):
    """What converts the instances of each class, found when one is first seen."""

    def __missing__(self, cls: type) -> Conversion:
        found = self[cls] = _conversion(cls)
        return found


class _FieldConversions(_Conversions):
    """The same for the fields of models, of which one that holds `omit` is left out."""

    def __missing__(self, cls: type) -> Conversion:
        if cls is Omit:
            raise Omitted
        return super().__missing__(cls)


def _conversion(cls: type) -> Conversion:
    """Return what converts instances of a class: that of the base that is known, an `Enum` first.

    Raises:
        ArgumentTypeError: JSON has no such thing.
    """
    for base in (cls, *reversed(cls.__mro__)):
        if convert := _BY_NAME.get(f"{base.__module__}.{base.__qualname__}"):
            return convert
    if isinstance(cls, ModelType):
        return compile_encoder(cls, _PLAIN, _FIELD_CONVERSIONS, _model, _SENDING)
    if hasattr(cls, "__dataclass_fields__"):
        return _dataclass
    if issubclass(cls, Mapping):
        return _mapping
    if issubclass(cls, Collection):
        return _array
    raise ArgumentTypeError(f"{cls.__name__} cannot be sent as JSON")


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return _object(value.items())


def _dataclass(value: Any) -> dict[str, Any]:
    from dataclasses import fields

    return _object((field.name, getattr(value, field.name)) for field in fields(value))


def _object(items: Any) -> dict[str, Any]:
    return {
        key if type(key) is str else _key(key): (
            item if type(item) in _PLAIN else _CONVERSIONS[type(item)](item)
        )
        for key, item in items
        if item is not omit
    }


def _key(key: object) -> str:
    encoded = _encode(key)
    if isinstance(encoded, (dict, list)):
        raise ArgumentTypeError(f"{type(key).__name__} cannot be a key in JSON")
    return encoded if isinstance(encoded, str) else json.dumps(encoded)


def _array(items: Any) -> list[Any]:
    return [
        i if type(i) in _PLAIN else _CONVERSIONS[type(i)](i)
        for i in items
        if i is not omit
    ]


def _model(model: Any) -> dict[str, Any]:
    """Encode a model, some fields of which hold `omit`."""
    return model.copy().to_dict()  # type: ignore[no-any-return]


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ArgumentValueError(f"{value} is no number in JSON")
    return value


def _base64(value: bytes | bytearray | memoryview) -> str:
    return b64encode(value).decode()


def _itself(value: Any) -> Any:
    return value


_PLAIN: Final[frozenset[type]] = frozenset({str, int, bool, type(None)})
_BY_NAME: Final[Mapping[str, Conversion]] = {
    **{name: found.write for name, found in FORMATS.items()},
    "builtins.dict": _mapping,
    "builtins.list": _array,
    "builtins.float": _finite,
    "builtins.str": _itself,
    "builtins.int": _itself,
    "builtins.bytes": _base64,
    "builtins.bytearray": _base64,
    "builtins.memoryview": _base64,
    "datetime.time": write_timestamp,
    "enum.Enum": lambda value: _encode(value.value),
    f"{Omit.__module__}.{Omit.__qualname__}": _itself,
}
_SENDING: Final = Sending()
_CONVERSIONS: Final = _Conversions()
_FIELD_CONVERSIONS: Final = _FieldConversions()


def _reject(constant: str) -> None:
    raise ArgumentValueError(f"{constant} is not JSON")


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
            pass  # beyond 64 bits, or wrong: json raises
    try:
        return _ENCODER.encode(data).encode()
    except UnicodeEncodeError:
        return json.dumps(data, allow_nan=False, separators=(",", ":")).encode()


_DIGITS_AS_ZERO: Final = bytes.maketrans(b"123456789", b"0" * 9)
_LONG_NUMBER: Final = b"0" * 19


def _has_long_number(text: str | bytes) -> bool:
    """Report whether there may be a number that 64 bits do not hold.

    A regular expression would take longer than orjson.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return _LONG_NUMBER in data.translate(_DIGITS_AS_ZERO)


def loads(text: str | bytes) -> object:
    """Return the data in JSON text.

    What orjson does not read (UTF-16), or reads as a float (whole numbers beyond 64 bits), is read
    with json, so that both give the same.

    Raises:
        ArgumentValueError: it is no JSON, has NaN or infinities, or is nested too deeply.
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
        raise ArgumentValueError("nested too deeply") from None
