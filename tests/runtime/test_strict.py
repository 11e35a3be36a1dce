"""Strict decoding: each thing that tolerant decoding lets pass raises, with its path."""

from __future__ import annotations

from typing import Any

import pytest
from tests.benchmarks.recordings import RecordingsResponse, recordings
from tests.runtime.declarations import Counts, Everything, Size, Unions

from clientsmith.runtime.decode import DecodeError, decode

BASE: dict[str, Any] = {"id": "1", "created_at": "2026-01-02T03:04:05Z", "nullable": None}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"id": 5}, "expected string @ $.id"),
        ({"id": None}, "expected string, not null @ $.id"),
        ({"created_at": "yesterday"}, "expected date-time @ $.created_at"),
        ({"created_at": "2026-01-02"}, "expected date-time @ $.created_at"),
        ({"created_at": "20260102T030405Z"}, "expected date-time @ $.created_at"),
        ({"created_at": 0}, "expected date-time @ $.created_at"),
        ({"day": "2026-02-30"}, "expected date @ $.day"),
        ({"day": "2026-01-02T03:04:05Z"}, "expected date @ $.day"),
        ({"status": "NEW"}, "expected one of 'ACTIVE', 'INACTIVE' @ $.status"),
        ({"ratio": "0.5"}, "expected number @ $.ratio"),
        ({"ratio": True}, "expected number @ $.ratio"),
        ({"flag": 1}, "expected boolean @ $.flag"),
        ({"size": {}}, "missing required value @ $.size.width"),
        ({"size": {"width": 1.5}}, "expected integer @ $.size.width"),
        ({"size": {"width": True}}, "expected integer @ $.size.width"),
        ({"size": []}, "expected object @ $.size"),
        ({"sizes": [{"width": 1}, {}]}, "missing required value @ $.sizes[1].width"),
        ({"sizes": [None]}, "expected object, not null @ $.sizes[0]"),
        ({"pair": [1]}, "expected 2 items @ $.pair"),
        ({"pair": ["1", {"width": 1}]}, "expected integer @ $.pair[0]"),
        ({"times": ["x"]}, "expected date-time @ $.times[0]"),
    ],
)
def test_raises(values: dict[str, object], message: str) -> None:
    with pytest.raises(DecodeError) as caught:
        Everything.from_dict(BASE | values, strict=True)
    assert str(caught.value) == message


@pytest.mark.parametrize("missing", BASE)
def test_missing_required_fields_raise(missing: str) -> None:
    data = {name: value for name, value in BASE.items() if name != missing}
    with pytest.raises(DecodeError, match=rf"missing required value @ \$\.{missing}"):
        Everything.from_dict(data, strict=True)


@pytest.mark.parametrize(
    "values",
    [
        {"unknown": 1},
        {"ratio": 1},
        {"size": {"width": 1.0}},
        {"size": None},
        {"value": None},
        {"value": [{}]},
        {"created_at": "2026-01-02T03:04:05.123456789+01:00"},
        {"created_at": "2026-01-02T03:04:05"},
        {"pair": [1, {"width": 1}]},
        {"id": ""},
    ],
)
def test_passes(values: dict[str, object]) -> None:
    data = BASE | values
    assert Everything.from_dict(data, strict=True) == Everything.from_dict(data)


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"pet": {"petType": "cow"}}, "$.pet.petType"),
        ({"pet": {"petType": "cat", "lives": "9"}}, "$.pet.lives"),
        ({"tagged": {"petType": "dog", "breed": 1}}, "$.tagged.breed"),
        ({"tagged": {}}, "$.tagged.petType"),
        ({"shape": {"width": "wide"}}, "$.shape.width"),
        ({"text_or_size": 5}, "$.text_or_size"),
        ({"mixed": 1.5}, "$.mixed"),
        ({"mixed": {"a": "x"}}, "$.mixed.a"),
        ({"when": 5}, "$.when"),
        ({"tree": [{"a": "x"}]}, "$.tree[0].a"),
    ],
)
def test_unions_raise(values: dict[str, object], path: str) -> None:
    with pytest.raises(DecodeError) as caught:
        Unions.from_dict(values, strict=True)
    assert caught.value.path == path


@pytest.mark.parametrize(
    "values",
    [
        {"pet": {"petType": "cat"}, "tagged": {"petType": "dog"}},
        {"shape": {"width": 1, "height": 2}, "text_or_size": "x", "when": "soon"},
        {"mixed": {"a": 1}, "one_or_many": [{"width": 1}]},
        {"anything": [None, {"a": [1.5, True, "x"]}]},
    ],
)
def test_unions_pass(values: dict[str, object]) -> None:
    assert Unions.from_dict(values, strict=True).to_dict() == values


def test_additional_properties_raise_and_pass() -> None:
    assert Counts.from_dict({"name": "n", "a": 1}, strict=True)
    with pytest.raises(DecodeError, match=r"expected integer @ \$\.a"):
        Counts.from_dict({"name": "n", "a": "x"}, strict=True)


def test_null_for_null() -> None:
    assert decode(None, type(None), strict=True) is None
    with pytest.raises(DecodeError, match="expected null"):
        decode(1, type(None), strict=True)


def test_recordings_pass() -> None:
    assert RecordingsResponse.from_dict(recordings(3), strict=True).to_dict() == recordings(3)


def test_the_first_problem_in_the_order_of_declarations_is_told() -> None:
    data = {"id": "1", "created_at": "2026-01-02T03:04:05Z", "nullable": None, "flag": 1, "sizes": [{}, {"width": "1"}]}
    with pytest.raises(DecodeError) as caught:
        Everything.from_dict(data, strict=True)
    assert caught.value.path == "$.sizes[0].width"


def test_no_message_tells_a_value() -> None:
    with pytest.raises(DecodeError) as caught:
        Size.from_dict({"width": "hunter2"}, strict=True)
    assert "hunter2" not in repr(caught.value)
