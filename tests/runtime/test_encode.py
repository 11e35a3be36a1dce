"""Encoding: what callers pass becomes JSON data, JSON data becomes text, text becomes JSON data."""

from __future__ import annotations

import copy
import dataclasses
import enum
import json
import math
from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runtime.declarations import Audio, Config, Counts, Size, Video

from clientsmith.runtime import encode as encode_module
from clientsmith.runtime.encode import dumps, encode, loads, sendable
from clientsmith.runtime.errors import ArgumentTypeError
from clientsmith.runtime.models import Model, dataclass, field
from clientsmith.runtime.omit import omit
from clientsmith.runtime.renaming import Renamed

MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


class Colour(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    HIGH = 2


@dataclasses.dataclass
class Point:
    x: int
    y: object = None


@pytest.fixture(params=["orjson", "json"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(encode_module, "_orjson", orjson if request.param == "orjson" else None)
    return str(request.param)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (MOMENT, "2026-01-02T03:04:05Z"),
        (datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05"),
        (MOMENT.astimezone(timezone(timedelta(hours=1))), "2026-01-02T04:04:05+01:00"),
        (date(2026, 1, 2), "2026-01-02"),
        (time(3, 4), "03:04:00"),
        (b"\x00\xff", "AP8="),
        (bytearray(b"a"), "YQ=="),
        (memoryview(b"a"), "YQ=="),
        (Colour.RED, "red"),
        (Level.HIGH, 2),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (Decimal("0.1"), "0.1"),
        (Decimal("1E+3"), "1000"),
        ((1, 2), [1, 2]),
        ({1}, [1]),
        (range(2), [0, 1]),
        (OrderedDict(a=MOMENT), {"a": "2026-01-02T03:04:05Z"}),
        (MappingProxyType({"a": {1}}), {"a": [1]}),
        ({True: "a", Colour.RED: "c", 2.5: "d"}, {"true": "a", "red": "c", "2.5": "d"}),
        (Point(1), {"x": 1, "y": None}),
        (Point(1, omit), {"x": 1}),
        (Size(width=1), {"width": 1}),
        (Counts(name="n", additional_properties={"a": 1}), {"name": "n", "a": 1}),
        ([{"a": (Size(width=1), Point(1, [b"a"]))}], [{"a": [{"width": 1}, {"x": 1, "y": ["YQ=="]}]}]),
        (None, None),
        ("text", "text"),
    ],
)  # fmt: skip
def test_encode(value: object, expected: object) -> None:
    encoded = encode(value)
    assert encoded == expected
    assert type(encoded) is type(expected)
    json.dumps(encoded)


def test_omit_is_absent_and_none_is_null_at_any_depth() -> None:
    value = {"a": omit, "b": None, "c": [omit, {"d": omit, "e": None}, (omit, 1)]}
    assert encode(value) == {"b": None, "c": [{"e": None}, [1]]}


@dataclass
class Issue(Model):
    number: int = field(read_only=True)
    title: str
    opened_at: datetime | None = field(default=None, required=True, read_only=True, wire_name="openedAt")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Issue(number=1, title="a", opened_at=MOMENT), {"title": "a"}),
        (
            {"all": [Issue(number=1, title="a")], "one": Issue(number=2, title="b")},
            {"all": [{"title": "a"}], "one": {"title": "b"}},
        ),
        (Issue(number=1, title=omit), {}),
        (Issue.from_dict({"number": 1, "title": "a", "more": 2}), {"title": "a", "more": 2}),
    ],
)
def test_requests_have_no_read_only_fields(value: Any, expected: object) -> None:
    assert sendable(value) == expected
    assert encode(value) != expected  # a model itself is whole, then and afterwards


def test_what_fails_leaves_models_whole() -> None:
    with pytest.raises(ArgumentTypeError):
        sendable([Issue(number=1, title="a"), object()])
    assert encode(Issue(number=1, title="a"))["number"] == 1


def test_the_callers_objects_are_not_changed_or_shared() -> None:
    value: dict[str, Any] = {"a": [{"b": {"c": 1}}], "d": omit}
    before = copy.deepcopy(value)
    encoded = encode(value)
    encoded["a"][0]["b"]["c"] = 2
    assert value == before


def test_values_that_contain_themselves() -> None:
    value: dict[str, Any] = {}
    value["a"] = [value]
    with pytest.raises(ValueError, match="contains itself"):
        encode(value)
    with pytest.raises(ValueError, match="contains itself"):
        encode(Renamed(lambda: Config)({"inner": value}))


@pytest.mark.parametrize("value", [object(), {"a": [Size]}, {(1, 2): 1}, 1j, {object(): 1}])
def test_what_json_does_not_have(value: object) -> None:
    with pytest.raises(TypeError):
        encode(value)


@pytest.mark.parametrize("number", [math.nan, math.inf, Decimal("NaN"), Decimal("-Infinity")])
def test_numbers_that_are_not_finite(number: object) -> None:
    with pytest.raises(ValueError):
        encode({"a": [number]})


# --- wire names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "annotation", "expected"),
    [
        ({"user_id": "u"}, Config, {"user_Id": "u"}),
        ({"user_Id": "u"}, Config, {"user_Id": "u"}),
        ({"user_id": omit, "user_Id": "u"}, Config, {"user_Id": "u"}),
        ({"user-id": 1, "USER_ID": 2}, Config, {"user-id": 1, "USER_ID": 2}),
        ({"audio": {"file_name": "f"}}, Config, {"audio": {"fileName": "f"}}),
        ({"audio": Size(width=1)}, Config, {"audio": {"width": 1}}),
        (
            {"tracks": ({"file_name": "f", "width": 2}, {"width": 1, "frame_rate": 3})},
            Config,
            {"tracks": [{"fileName": "f", "width": 2}, {"width": 1, "frameRate": 3}]},
        ),
        ({"by_name": {"file_name": {"file_name": "f"}}}, Config,
         {"byName": {"file_name": {"fileName": "f"}}}),
        ({"inner": {"inner": {"user_id": "u"}}}, Config, {"inner": {"inner": {"user_Id": "u"}}}),
        ({"inner": None}, Config, {"inner": None}),
        ([{"user_id": "u"}], list[Config], [{"user_Id": "u"}]),
        ({"a": {"user_id": "u"}}, dict[str, Config], {"a": {"user_Id": "u"}}),
        ({"file_name": "f"}, Audio | Video, {"fileName": "f"}),
        ({"frame_rate": 1}, Audio | Video | None, {"frameRate": 1}),
        ({"user_id": "u"}, None, {"user_id": "u"}),
        ("text", Config, "text"),
    ],
)  # fmt: skip
def test_wire_names(value: object, annotation: Any, expected: object) -> None:
    assert encode(Renamed(lambda: annotation)(value)) == expected


@pytest.mark.parametrize(
    "value",
    [{"user_id": 1, "user_Id": 2}, {"user_Id": 1, "user_id": None}, {"inner": {"user_id": 1, "user_Id": 1}}],
)  # fmt: skip
def test_both_spellings_of_a_key_are_a_type_error(value: object) -> None:
    with pytest.raises(TypeError, match="'user_Id' is given twice"):
        encode(Renamed(lambda: Config)(value))


# --- text -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("library")
class TestText:
    def test_dumps_is_compact_utf8(self) -> None:
        assert dumps({"a": [1, "ü", None, 1.5]}) == '{"a":[1,"ü",null,1.5]}'.encode()

    @pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
    def test_what_is_not_finite_is_refused(self, number: float) -> None:
        with pytest.raises(ValueError):
            dumps(encode({"a": [number, None]}))

    @pytest.mark.parametrize("text", ["1e400", "[-1e400]", '{"a": 1' + "0" * 400 + ".5}"])
    def test_a_number_that_python_cannot_hold_is_no_json(self, text: str) -> None:
        with pytest.raises(ValueError):
            loads(text)

    def test_half_a_surrogate_pair_is_written_as_it_came(self) -> None:
        assert dumps(["\ud800", "ü"]) == b'["\\ud800","\\u00fc"]'

    def test_big_integers(self) -> None:
        assert loads(dumps({"a": 2**70})) == {"a": 2**70}

    @pytest.mark.parametrize(
        "text",
        [b'{"a":1}', '{"a":1}', b' {"a": 1.0} ', '{"a":1}'.encode("utf-16"), b'\xef\xbb\xbf{"a":1}'],
    )  # fmt: skip
    def test_loads(self, text: bytes | str) -> None:
        assert loads(text) == {"a": 1}

    @pytest.mark.parametrize(
        "text",
        ["", "{", "NaN", "[Infinity]", "[-Infinity]", "<html>", "{'a':1}", "[1,]", "01", b"\xff\xfe\xfa",
         b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000],
    )  # fmt: skip
    def test_loads_rejects(self, text: bytes | str) -> None:
        with pytest.raises(ValueError):
            loads(text)

    def test_loads_half_a_surrogate_pair(self) -> None:
        assert loads(b'"\\ud800"') == "\ud800"


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=10,
)


@given(json_values)
def test_orjson_and_json_give_the_same(value: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        by_orjson = dumps(value), loads(dumps(value))
        patch.setattr(encode_module, "_orjson", None)
        by_json = dumps(value), loads(dumps(value))
        assert by_orjson[1] == by_json[1] == value == encode(value)
        assert loads(by_orjson[0]) == value


@given(st.binary() | st.text())
def test_any_text_gives_json_data_or_a_value_error(text: bytes | str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for library in (orjson, None):
            patch.setattr(encode_module, "_orjson", library)
            try:
                loads(text)
            except ValueError:
                continue


@pytest.mark.parametrize("library", ["orjson", "json"], indirect=True)
@pytest.mark.parametrize("text", ["[18446744073709551616]", "[-9223372036854775809]", "[" + "9" * 200 + "]"])
def test_whole_numbers_of_any_length_are_exact(text: str, library: None) -> None:
    assert str(loads(text)) == str(loads(text.encode())) == text
