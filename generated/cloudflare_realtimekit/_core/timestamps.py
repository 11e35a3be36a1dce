"""Dates and times as RFC 3339 has them, read and written."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATETIME: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII
)


def read_datetime(value: object) -> object:
    """Return the time that a text tells, aware if it has an offset; what tells none as it is.

    Digits beyond microseconds are dropped. A leap second and the year 10000 stay text, as
    `datetime` cannot hold them.
    """
    if not isinstance(value, str) or len(value) <= len("2026-01-02"):
        return value
    try:
        return datetime.fromisoformat(value.upper())
    except ValueError:
        return value


def read_date(value: object) -> object:
    """Return the day that a text tells; what tells none as it is."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def is_datetime(value: object) -> bool:
    """Say whether the value is a time as in RFC 3339, offset or not, that `datetime` holds."""
    if not isinstance(value, str) or not _DATETIME.fullmatch(value):
        return False
    return isinstance(read_datetime(value), datetime)


def is_date(value: object) -> bool:
    """Say whether the value is a text that tells a day."""
    return isinstance(read_date(value), date)


def write(value: date | time) -> str:
    """Return a date or time in ISO 8601: UTC as `Z`, no offset where the value has none."""
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text
