"""Scalars: the JSON types, and the formats of strings that have a Python type.

A format is one row of `FORMATS`: it decodes by the annotation and encodes by the value's class.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from .codecs import Decoder, Scalar, read_integer
from .errors import ArgumentValueError


def _timestamp(cls: type[date], text: str) -> date:
    """Read a date or time, aware if it has an offset; digits beyond microseconds are dropped."""
    return cls.fromisoformat(text.upper())


def write_timestamp(value: date | time) -> str:
    """Write a date or time in ISO 8601: UTC as `Z`, no offset where the value has none."""
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def _write_datetime(value: datetime) -> str:
    """Do the same for the usual timestamps in half the time that `isoformat` takes."""
    if value.tzinfo is not UTC or value.microsecond or value.year < 1000:
        return write_timestamp(value)
    month, day = _DIGITS[value.month], _DIGITS[value.day]
    hour, minute = _DIGITS[value.hour], _DIGITS[value.minute]
    return f"{value.year}-{month}-{day}T{hour}:{minute}:{_DIGITS[value.second]}Z"


def _duration(cls: type[timedelta], text: str) -> timedelta:
    found = _DURATION.fullmatch(text)
    assert found is not None
    sign, *parts = found.groups()
    units = ("weeks", "days", "hours", "minutes", "seconds")
    amounts = {u: float(p) for u, p in zip(units, parts, strict=True) if p}
    return -cls(**amounts) if sign == "-" else cls(**amounts)


def _write_duration(value: timedelta) -> str:
    sign = "-" if value < timedelta() else ""
    value = abs(value)
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{value.microseconds:06}".rstrip("0") if value.microseconds else ""
    days = f"{value.days}D" if value.days else ""
    clock = f"{hours}H" if hours else ""
    clock += f"{minutes}M" if minutes else ""
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    if not (days or clock):
        return "PT0S"
    return f"{sign}P{days}{f'T{clock}' if clock else ''}"


def _write_decimal(value: Any) -> str:
    """Write a number without an exponent, unless that takes many zeros.

    Raises:
        ArgumentValueError: the value is not finite.
    """
    if not value.is_finite():
        raise ArgumentValueError(f"{value} is no number in JSON")
    return f"{value:f}" if abs(value.adjusted()) < 30 else str(value)


_DIGITS: Final = tuple(f"{number:02}" for number in range(60))
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATETIME: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?", re.ASCII
)
_DURATION: Final = re.compile(
    r"([+-])?P(?=.)(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?", re.ASCII)
_UUID: Final = re.compile(
    r"[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}", re.ASCII
)


class Format(NamedTuple):
    """A format of strings that a Python class stands for.

    `pattern` is what the format's own specification says; a text of another form, or one that
    the class cannot hold (a leap second, the year 10000, months of a duration), is no value.
    """

    name: str
    pattern: re.Pattern[str]
    read: Callable[[Any, str], object]
    write: Callable[[Any], str]

    def reader(self, cls: type) -> Decoder:
        """Make what reads a text, and keeps as sent what is no value."""
        matches, read = self.pattern.fullmatch, self.read

        def decode(value: Any) -> Any:
            if not isinstance(value, str) or not matches(value):
                return value
            try:
                return read(cls, value)
            except (ValueError, ArithmeticError):
                return value

        return decode


def _made_of(cls: Any, text: str) -> object:
    return cls(text)


FORMATS: Final[Mapping[str, Format]] = {
    "datetime.datetime": Format("date-time", _DATETIME, _timestamp, _write_datetime),
    "datetime.date": Format("date", _DATE, _timestamp, write_timestamp),
    "datetime.timedelta": Format("duration", _DURATION, _duration, _write_duration),
    "decimal.Decimal": Format("decimal", _NUMBER, _made_of, _write_decimal),
    "uuid.UUID": Format("uuid", _UUID, _made_of, str),
}
"""By the name of the class: to import the modules of some takes longer than most calls."""

read_datetime: Final = FORMATS["datetime.datetime"].reader(datetime)


_JSON_TYPES: Final[Mapping[object, Scalar]] = {
    str: Scalar("string", lambda value: isinstance(value, str)),
    bool: Scalar("boolean", lambda value: isinstance(value, bool)),
    int: Scalar("integer", lambda v: type(read_integer(v)) is int, read_integer),
    float: Scalar("number", lambda value: type(value) in (int, float)),
}


def scalar_of(cls: Any) -> Scalar | None:
    """Return the codec of a class, if it is a scalar's."""
    name = f"{getattr(cls, '__module__', '')}.{getattr(cls, '__qualname__', '')}"
    if (found := FORMATS.get(name)) is None:
        return _JSON_TYPES.get(cls) if isinstance(cls, type) else None
    read = read_datetime if cls is datetime else found.reader(cls)
    return Scalar(found.name, lambda value: isinstance(read(value), cls), read)
