"""Formats of strings that have a Python type: read by the annotation, written by the class of the value."""

# ruff: noqa: UP006, UP035, UP045 - as in generated code
from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, List, Optional
from uuid import UUID

import pytest

from clientsmith.runtime.decode import DecodeError
from clientsmith.runtime.encode import encode
from clientsmith.runtime.errors import ClientError
from clientsmith.runtime.models import Model, dataclass
from clientsmith.runtime.omit import omit
from clientsmith.runtime.parameters import expand_path, header_text, query_string, split_path
from clientsmith.runtime.styles import Style

ID = "3f2b8c1e-0000-4000-8000-0123456789ab"


@dataclass
class Formats(Model):
    at: Optional[datetime] = None
    day: Optional[date] = None
    length: Optional[timedelta] = None
    price: Optional[Decimal] = None
    id: Optional[UUID] = None
    ids: Optional[List[UUID]] = None


READ: Mapping[str, list[tuple[str, Any]]] = {
    "at": [
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02t03:04:05z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02 03:04:05.5+01:30", datetime(2026, 1, 2, 3, 4, 5, 500_000, timezone(timedelta(minutes=90)))),
        ("2026-01-02T03:04:05.123456789Z", datetime(2026, 1, 2, 3, 4, 5, 123_456, UTC)),
        ("2026-01-02T03:04:05", datetime(2026, 1, 2, 3, 4, 5)),
    ],
    "day": [("2026-01-02", date(2026, 1, 2))],
    "length": [
        ("PT1H", timedelta(hours=1)),
        ("P1DT2H3M4.5S", timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
        ("P2W", timedelta(weeks=2)),
        ("-PT30S", timedelta(seconds=-30)),
        ("+P1D", timedelta(days=1)),
        ("PT0S", timedelta()),
    ],
    "price": [("1.50", Decimal("1.50")), ("-0.1", Decimal("-0.1")), ("1e3", Decimal(1000)), ("12", Decimal(12))],
    "id": [(ID, UUID(ID)), (ID.upper(), UUID(ID))],
}
WRONG: Mapping[str, list[Any]] = {
    "at": [
        "20260102T030405Z", "2026-01-02", "20300131", "2026-W01-1T03:04:05Z", "2026-01-02T03:04:05+01",
        "2026-01-02T03:04:05,5Z", "2026-01-02T030405.1Z", "2026-01-02T03:04Z", "2026-01-02T03:04:60Z",
        "2026-02-30T03:04:05Z", "2026-01-02T03:04:05Zx", "2026-01-02x03:04:05Z", "yesterday", "", 5, True,
    ],
    "day": ["20260102", "20300131", "2026-W01-1", "2026-02-30", "2026-01-02T03:04:05Z", "26-01-02", "", 5],
    "length": ["P", "PT", "P1Y", "P1M", "1H", "PT1.5H", "P1D2H", "P99999999999D", "", 5],
    "price": ["NaN", "Infinity", "1,5", " 1", "1_000", "0x10", "", "²", 1.5, 2, f"1e{10**19}", f"1e-{10**19}"],
    "id": [f"{{{ID}}}", f"urn:uuid:{ID}", ID.replace("-", ""), ID + "0", "", 5],
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "value"), [(n, t, v) for n, pairs in READ.items() for t, v in pairs])
@pytest.mark.parametrize("strict", [False, True])
def test_a_text_of_the_format_is_read(name: str, text: str, value: Any, strict: bool) -> None:
    found = getattr(Formats.from_dict({name: text}, strict=strict), name)
    assert (found, type(found)) == (value, type(value))
    if isinstance(value, datetime):
        assert found.utcoffset() == value.utcoffset()


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_anything_else_is_kept_as_sent_and_refused_by_a_strict_client(name: str, value: Any) -> None:
    model = Formats.from_dict({name: value})
    assert (getattr(model, name), type(getattr(model, name))) == (value, type(value))
    assert model.to_dict() == {name: value}
    with pytest.raises(DecodeError, match=r"expected (date|date-time|duration|decimal|uuid) @ "):
        Formats.from_dict({name: value}, strict=True)


def test_items_of_arrays_have_formats_too() -> None:
    assert Formats.from_dict({"ids": [ID, "no"]}).ids == [UUID(ID), "no"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(), "PT0S"),
        (timedelta(days=1, hours=2, minutes=3, seconds=4, microseconds=500_000), "P1DT2H3M4.5S"),
        (timedelta(minutes=-90), "-PT1H30M"),
        (timedelta(weeks=2), "P14D"),
        (timedelta(microseconds=1), "PT0.000001S"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("1E+1000"), "1E+1000"),
        (UUID(ID), ID),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02T03:04:05Z"),
        (datetime(26, 1, 2, 3, 4, 5, tzinfo=UTC), "0026-01-02T03:04:05Z"),
        (datetime(2026, 1, 2, 3, 4, 5, 600, tzinfo=UTC), "2026-01-02T03:04:05.000600Z"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=-2))), "2026-01-02T03:04:05-02:00"),
    ],
)
def test_values_are_written_in_bodies_queries_paths_and_headers(value: Any, text: str) -> None:
    assert encode({"a": [value]}) == {"a": [text]}
    assert encode({value: 1}) == {text: 1}
    assert header_text(value, None) == text
    quoted = text.replace(":", "%3A").replace("+", "%2B")
    assert query_string({"a": value}, {}, "form") == f"a={quoted}"
    assert expand_path(split_path("/x/{a}"), {"a": value}, {}) == f"x/{quoted}"


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("-Infinity"), Decimal("sNaN")])
def test_a_decimal_that_is_not_finite_is_no_number(value: Any) -> None:
    with pytest.raises(ValueError, match="no number in JSON") as caught:
        encode(value)
    assert isinstance(caught.value, ClientError)


class Stamp(datetime):
    """A subclass, as pandas has one."""


def test_subclasses_are_written_like_their_bases() -> None:
    assert encode(Stamp(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05Z"


COLLECTIONS: list[Any] = [
    ["a", "b"], ("a", "b"), deque(["a", "b"]), {"a": 1, "b": 2}.keys(), {"x": "a", "y": "b"}.values(),
    dict.fromkeys(["a", "b"]).keys(),
]  # fmt: skip


@pytest.mark.parametrize("value", COLLECTIONS, ids=lambda value: type(value).__name__)
def test_any_collection_is_an_array(value: Any) -> None:
    assert encode({"a": value}) == {"a": ["a", "b"]}
    assert query_string({"a": value}, {}, "form") == "a=a&b=b".replace("&b", "&a")
    assert query_string({"a": value}, {"a": Style("form", explode=False)}, "form") == "a=a,b"
    assert header_text(value, None) == "a,b"


@pytest.mark.parametrize("value", [{"a"}, frozenset("a")])
def test_sets_are_arrays(value: Any) -> None:
    assert encode({"a": value}) == {"a": ["a"]}
    assert query_string({"a": value}, {}, "form") == "a=a"


def test_what_is_no_collection_is_no_array() -> None:
    for value in (iter(["a"]), (item for item in "a"), object()):
        with pytest.raises(TypeError, match="cannot be sent as JSON") as caught:
            encode({"a": value})
        assert isinstance(caught.value, ClientError)


def test_models_that_differ_on_the_wire_are_not_equal() -> None:
    made: Any = Formats
    assert made(at=None) != made()
    assert made(at=None).to_dict() != made().to_dict()
    assert made(at=None) == made(at=None)
    assert made(at=omit) == made()
    assert Formats.from_dict({"at": None}) == made(at=None)
