"""Tolerant decoding: what is kept, what raises, which variant of a union is taken."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from types import ModuleType
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.benchmarks.recordings import RecordingsResponse, recordings
from tests.runtime.aliases import JSONValue, Object, Value
from tests.runtime.declarations import (
    Box,
    Cat,
    Circle,
    Counts,
    Dog,
    Everything,
    Expression,
    Node,
    Pet,
    Size,
    Sizes,
    Square,
    Unions,
)

from clientsmith.runtime import codecs, unions
from clientsmith.runtime import decode as decode_module
from clientsmith.runtime.codecs import Codec, Scalar
from clientsmith.runtime.containers import Array
from clientsmith.runtime.decode import DecodeError, decode
from clientsmith.runtime.discriminators import Discriminator
from clientsmith.runtime.models import Model, dataclass

BASE: dict[str, Any] = {"id": "1", "created_at": "2026-01-02T03:04:05Z", "nullable": None}


def everything(**values: object) -> Everything:
    return Everything.from_dict(BASE | values)


# --- what is kept -------------------------------------------------------------------------------


def test_recordings_are_decoded_and_given_back() -> None:
    answer = RecordingsResponse.from_dict(recordings(5))
    assert answer.data[3].meeting is not None
    assert answer.data[3].meeting.created_at == datetime(2026, 1, 2, 3, 4, 3, tzinfo=UTC)
    assert answer.to_dict() == recordings(5)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", 5),
        ("id", None),
        ("id", {"a": 1}),
        ("created_at", 5),
        ("created_at", None),
        ("created_at", ""),
        ("created_at", "yesterday"),
        ("created_at", "2026-01-02"),
        ("created_at", [1] * 11),
        ("status", "NEW"),
        ("ratio", "0.5"),
        ("ratio", 1),
        ("flag", 1),
        ("flag", "true"),
        ("size", None),
        ("sizes", None),
        ("sizes", []),
        ("created_at", "20240101"),
        ("created_at", "2024-W01-1"),
        ("times", ["20240101", "2024-W01-1"]),
        ("day", "2026-02-30"),
        ("day", 5),
        ("size_by_name", {}),
        ("value", {"a": [1, {"b": None}]}),
    ],
)
def test_kept_as_sent(field: str, value: object) -> None:
    model = everything(**{field: value})
    assert getattr(model, field) == value
    assert type(getattr(model, field)) is type(value)
    assert model.to_dict() == BASE | {field: value}


@pytest.mark.parametrize(
    ("annotation", "sent", "received"),
    [
        (int, 1.0, 1),
        (int, -2e3, -2000),
        (int, 1e20, 10**20),
        (int | None, 0.0, 0),
        (Literal[1, 2], 2.0, 2),
        (list[int], [1.0, 2], [1, 2]),
        (dict[str, list[int]], {"a": [1.0]}, {"a": [1]}),
        (tuple[int, float], [1.0, 2.0], (1, 2.0)),
        (int | str, 1.0, 1),
        (int | str, "1.0", "1.0"),
        (int | bool | Size, 1.0, 1),
        (int | float, 1.0, 1.0),
        (float, 1.0, 1.0),
        (object, 1.0, 1.0),
        (Size, {"width": 1.0, "height": 2.0}, Size(width=1, height=2)),
        (Size, {"width": 1.0}, Size(width=1)),
        (Counts, {"name": "n", "a": 1.0}, Counts(name="n", additional_properties={"a": 1})),
    ],
)
@pytest.mark.parametrize("strict", [False, True])
def test_whole_numbers_are_integers(annotation: object, sent: object, received: object, strict: bool) -> None:
    assert repr(decode(sent, annotation, strict=strict)) == repr(received)


@pytest.mark.parametrize(
    ("annotation", "sent"),
    [(int, 1.5), (int, True), (int | str, 1.5), (Literal["1", None], 1.0), (list[int], [True, 3.5])],
)
def test_what_is_no_integer_is_kept_as_sent(annotation: object, sent: object) -> None:
    assert repr(decode(sent, annotation)) == repr(sent)
    with pytest.raises(DecodeError):
        decode(sent, annotation, strict=True)


@dataclass
class Nested(Model):
    kind: Literal["nested"]
    data: Size


@dataclass
class Flat(Model):
    kind: Literal["flat"]
    data: str


def test_what_fits_no_variant_is_decoded_as_one_that_can_hold_it() -> None:
    value = {"kind": "new", "data": "text"}
    found = decode(value, Nested | Flat)
    assert isinstance(found, Flat)
    assert found.to_dict() == value


def test_a_discriminator_may_choose_a_union_with_one() -> None:
    union: Any = Annotated[Pet | Flat, Discriminator("petType", {"cat": Pet, "dog": Pet, "flat": Flat})]
    assert decode({"petType": "dog", "breed": "b"}, union) == Dog(pet_type="dog", breed="b")
    assert isinstance(decode({"petType": "flat"}, union), Flat)
    assert decode({"petType": "cow"}, union) == {"petType": "cow"}


def test_an_integer_of_no_literal_is_an_integer() -> None:
    assert repr(decode(3.0, Literal[1, 2])) == "3"


@pytest.mark.parametrize("number", [True, 2**70, "1", 1.5])
def test_wrong_integers_are_kept_as_sent(number: object) -> None:
    size = Size.from_dict({"width": number})
    assert size.width == number
    assert size.to_dict() == {"width": number}


def test_what_is_missing_is_none() -> None:
    model = Everything.from_dict({})
    assert model.id is None
    assert model.created_at is None
    assert not any(model.is_set(name) for name in Everything.__fields__)
    assert model.to_dict() == {"nullable": None}  # a required member that may be null is always written


def test_null_items_are_kept() -> None:
    assert everything(sizes=[None, {"width": 1}]).sizes == [None, Size(width=1)]
    assert everything(size_by_name={"a": None}).size_by_name == {"a": None}


def test_containers_are_decoded_at_any_depth() -> None:
    model = everything(size_by_name={"a": {"width": 1}}, matrix=[[{"width": 2}], []], times=[BASE["created_at"]])
    assert model.size_by_name == {"a": Size(width=1)}
    assert model.matrix == [[Size(width=2)], []]
    assert model.times == [datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([1, {"width": 2}], (1, Size(width=2))),
        ([1], (1,)),
        ([1, {"width": 2}, "more"], (1, Size(width=2), "more")),
    ],
)
def test_tuples(items: list[object], expected: object) -> None:
    model = everything(pair=items)
    assert model.pair == expected
    assert model.to_dict()["pair"] == items


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02t03:04:05z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02 03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02T03:04:05", datetime(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02T03:04:05.123456789Z", datetime(2026, 1, 2, 3, 4, 5, 123456, UTC)),
        (
            "2026-01-02T03:04:05+05:30",
            datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        ),
        ("2026-12-31T23:59:60Z", "2026-12-31T23:59:60Z"),
        ("10000-01-01T00:00:00Z", "10000-01-01T00:00:00Z"),
        ("2026-01-02T03:04:05+25:00", "2026-01-02T03:04:05+25:00"),
    ],
)
def test_times(text: str, expected: object) -> None:
    decoded: Any = everything(created_at=text).created_at
    assert decoded == expected
    if isinstance(expected, datetime):
        assert decoded.utcoffset() == expected.utcoffset()


def test_days() -> None:
    assert everything(day="2026-01-02").day == date(2026, 1, 2)


def test_additional_properties_have_their_type() -> None:
    sizes = Sizes.from_dict({"a": {"width": 1}})
    assert sizes.additional_properties == {"a": Size(width=1)}
    assert sizes.to_dict() == {"a": {"width": 1}}
    assert Counts.from_dict({"name": "n"}).additional_properties == {}


def test_the_input_is_not_changed() -> None:
    data = recordings(2)
    RecordingsResponse.from_dict(data)
    assert data == recordings(2)


def test_names_that_only_differ_on_the_wire_do_not_reach_the_source() -> None:
    @dataclass
    class Quoted(Model):
        plain: str

    nasty = "\"'\\\n{__import__('os')}"
    Quoted.__fields__ = {"plain": type(Quoted.__fields__["plain"])(wire_name=nasty)}
    assert Quoted.from_dict({nasty: "x"}).to_dict() == {nasty: "x"}


# --- what raises --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"size": []}, "expected object @ $.size"),
        ({"size": "wide"}, "expected object @ $.size"),
        ({"size": 0}, "expected object @ $.size"),
        ({"sizes": {}}, "expected array @ $.sizes"),
        ({"sizes": "abc"}, "expected array @ $.sizes"),
        ({"sizes": [{"width": 1}, 5]}, "expected object @ $.sizes[1]"),
        ({"size_by_name": []}, "expected object @ $.size_by_name"),
        ({"size_by_name": {"a b": []}}, "expected object @ $.size_by_name['a b']"),
        ({"matrix": [[], [[]]]}, "expected object @ $.matrix[1][0]"),
        ({"pair": {}}, "expected array @ $.pair"),
        ({"pair": [1, "x"]}, "expected object @ $.pair[1]"),
    ],
)
def test_wrong_containers_raise_with_the_path(values: dict[str, object], message: str) -> None:
    with pytest.raises(DecodeError) as caught:
        everything(**values)
    assert str(caught.value) == message
    assert message == f"{caught.value.message} @ {caught.value.path}"


@pytest.mark.parametrize("value", [None, [], "", "id", 0, 1.5, True, [1], [["id"]]])
def test_a_model_is_made_of_an_object_only(value: object) -> None:
    with pytest.raises(DecodeError, match=r"^expected object.* @ \$$"):
        decode(value, Size)


def test_path_in_a_list_of_recordings() -> None:
    data: Any = recordings(5)
    data["data"][3]["meeting"] = ["no object"]
    with pytest.raises(DecodeError, match=r"^expected object @ \$\.data\[3\]\.meeting$"):
        RecordingsResponse.from_dict(data)


def test_errors_can_be_pickled_and_are_value_errors() -> None:
    import pickle

    error = DecodeError("expected object", "$.a")
    assert isinstance(error, ValueError)
    assert str(pickle.loads(pickle.dumps(error))) == "expected object @ $.a"


def nested(depth: int, key: str) -> Any:
    value: Any = {"name": "leaf"}
    for _ in range(depth):
        value = {"name": "n", key: [value] if key == "children" else value}
    return value


@pytest.mark.parametrize("key", ["parent", "children"])
@pytest.mark.parametrize("strict", [False, True])
def test_100_000_levels_raise_a_decode_error(key: str, strict: bool) -> None:
    with pytest.raises(DecodeError, match="nested too deeply"):
        Node.from_dict(nested(100_000, key), strict=strict)


def test_100_levels_are_decoded() -> None:
    data = nested(100, "children")
    assert Node.from_dict(data).to_dict() == data


# --- annotations that are no model --------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "annotation", "expected"),
    [
        ([{"width": 1}], list[Size], [Size(width=1)]),
        ({"a": {"width": 1}}, dict[str, Size], {"a": Size(width=1)}),
        (None, Size | None, None),
        (None, type(None), None),
        ({"width": 1}, Size | None, Size(width=1)),
        ("2026-01-02", date, date(2026, 1, 2)),
        ({"any": "thing"}, object, {"any": "thing"}),
        ({"any": "thing"}, Any, {"any": "thing"}),
        ([1, "a"], tuple[int, str], (1, "a")),
        ("text", str, "text"),
        (5, str, 5),
        ({"petType": "cat"}, Pet, Cat(pet_type="cat")),
        ({"a": [1, None, {"b": "c"}]}, JSONValue, {"a": [1, None, {"b": "c"}]}),
        ({"a": ["b", {"c": "d"}]}, Object, {"a": ["b", {"c": "d"}]}),
        (["b", {"c": ["d"]}], Value, ["b", {"c": ["d"]}]),
    ],
)
def test_decode(value: object, annotation: Any, expected: object) -> None:
    assert decode(value, annotation) == expected


def test_decoders_are_cached() -> None:
    assert decode_module._known(list[Size], (Size,)) is decode_module._known(list[Size], (Size,))


# --- unions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("pet", {"petType": "dog", "lives": 3}, Dog),
        ("pet", {"petType": "cow"}, dict),
        ("pet", {"petType": ["cat"]}, dict),
        ("pet", {}, dict),
        ("pet", None, type(None)),
        ("tagged", {"petType": "dog"}, Dog),
        ("tagged", {"petType": "dog", "lives": 3}, Dog),
        ("tagged", {"petType": "cow", "breed": "b"}, Dog),
        ("shape", {"radius": 1}, Circle),
        ("shape", {"width": 1}, Square),
        ("shape", {"width": 1, "height": 2}, Box),
        ("shape", {"width": 1, "height": "tall"}, Square),
        ("shape", {"width": "wide", "height": "tall", "label": "l"}, Box),
        ("text_or_size", "x", str),
        ("text_or_size", {"width": 1}, Size),
        ("text_or_size", 5, int),
        ("when", "2026-01-02T03:04:05Z", datetime),
        ("when", "soon", str),
        ("one_or_many", {"width": 1}, Size),
        ("one_or_many", [{"width": 1}], list),
        ("mixed", True, bool),
        ("mixed", 1, int),
        ("mixed", [1], list),
        ("mixed", {"a": 1}, dict),
    ],
)
def test_the_variant_that_fits(field: str, value: object, expected: type) -> None:
    model = Unions.from_dict({field: value})
    assert type(getattr(model, field)) is expected
    assert model.to_dict() == {field: value}


def test_items_of_lists_are_chosen_one_by_one() -> None:
    model = Unions.from_dict({"shapes": [{"radius": 1}, {"width": 1, "height": 2}]})
    assert model.shapes == [Circle(radius=1), Box(width=1, height=2)]


@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        ("pet", "cat", "$.pet"),
        ("pet", [], "$.pet"),
        ("tagged", 5, "$.tagged"),
        ("tagged", [], "$.tagged"),
        ("one_or_many", "x", "$.one_or_many"),
        ("one_or_many", [5], "$.one_or_many[0]"),
    ],
)
def test_values_that_no_variant_takes(field: str, value: object, path: str) -> None:
    with pytest.raises(DecodeError) as caught:
        Unions.from_dict({field: value})
    assert caught.value.path == path


def test_recursive_aliases_are_resolved_where_they_are_defined() -> None:
    moment = "2026-01-02T03:04:05Z"
    model = Unions.from_dict({"tree": [{"a": moment, "b": [{"c": moment}]}]})
    tree: Any = model.tree
    assert tree[0]["b"][0]["c"] == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert model.to_dict() == {"tree": [{"a": moment, "b": [{"c": moment}]}]}


def test_a_module_may_have_another_class_of_an_aliased_name() -> None:
    # `Branch`, which the alias `Tree` quotes, is no name of the module of `Unions`.
    assert not hasattr(sys.modules[Unions.__module__], "Branch")


def test_unions_that_are_ambiguous_at_every_level_take_no_exponential_time() -> None:
    data: dict[str, object] = {"value": "wrong"}
    for _ in range(60):
        data = {"left": data}
    assert Expression.from_dict(data).to_dict() == data
    with pytest.raises(DecodeError):
        Expression.from_dict(data, strict=True)


def test_annotations_in_another_order_are_decoded_by_their_own() -> None:
    twins = [type(name, (Model,), {"__annotations__": {"width": "int"}}) for name in ("First", "Second")]
    first, second = (dataclass(twin) for twin in twins)
    assert [type(decode({"width": 1}, u)) for u in (first | second, second | first)] == [first, second]


def test_nested_unions_are_judged_once() -> None:
    judged = 0

    class Counting(Scalar):
        def problem(self, value: object, strict: bool, memo: Any) -> Any:
            nonlocal judged
            judged += 1
            return super().problem(value, strict, memo)

    counting = Counting("string", lambda value: isinstance(value, str))
    inner: Codec = counting
    for _ in range(30):
        inner = unions.Union([Array(inner), Array(counting)], nullable=False)
    value: object = "x"
    for _ in range(30):
        value = [value]
    codecs.VERDICTS.memo = {}
    try:
        decoder = inner.decoder()
        assert decoder is not None
        assert decoder(value) == value
    finally:
        codecs.VERDICTS.memo = None
    assert judged < 200


# --- round trips --------------------------------------------------------------------------------

times = st.datetimes(min_value=datetime(1, 1, 2), timezones=st.just(UTC)).map(
    lambda moment: moment.isoformat().replace("+00:00", "Z")
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
sizes = st.fixed_dictionaries({"width": st.integers()}, optional={"height": st.none() | st.integers()})
payloads = st.fixed_dictionaries(
    {"id": st.text(), "created_at": times, "nullable": st.none() | st.text()},
    optional={
        "day": st.dates().map(str),
        "status": st.text(),
        "user_Id": st.none() | st.text(),
        "size": st.none() | sizes,
        "sizes": st.lists(sizes, max_size=3),
        "size_by_name": st.dictionaries(st.text(), sizes, max_size=3),
        "pair": st.tuples(st.integers(), sizes).map(list),
        "value": json_values,
        "times": st.lists(times, max_size=2),
        "unknown": json_values,
    },
)


@given(payloads)
def test_payload_to_model_to_payload_is_the_identity(payload: dict[str, object]) -> None:
    model = Everything.from_dict(payload)
    assert model.to_dict() == payload
    assert Everything.from_dict(payload, strict=False) == model
    assert json.loads(model.to_json()) == payload


@given(st.dictionaries(st.sampled_from([*Everything.__fields__, "x"]), json_values) | json_values)
def test_any_json_gives_a_model_that_gives_it_back_or_a_decode_error(data: Any) -> None:
    try:
        model = Everything.from_dict(data)
    except DecodeError:
        return
    assert model.to_dict().keys() == data.keys() | {"nullable"}


@given(st.dictionaries(st.sampled_from(list(Unions.__fields__)), json_values))
def test_any_json_for_unions_gives_it_back_or_a_decode_error(data: Any) -> None:
    try:
        model = Unions.from_dict(data)
    except DecodeError:
        return
    assert model.to_dict() == data


def test_a_union_of_lists_is_chosen_by_the_items() -> None:
    union = list[Size] | list[Node]
    assert decode([{"name": "a"}], union) == [Node(name="a")]
    assert decode([{"width": 1}], union) == [Size(width=1)]
    assert decode([], union) == []


# --- hostile and odd shapes ---------------------------------------------------------------------

ODD = """
from __future__ import annotations
from typing import Annotated, List, Optional, TypeAlias, Union
from clientsmith.runtime.discriminators import Discriminator
from clientsmith.runtime.models import Model, dataclass

Matrix: TypeAlias = Union[List["Matrix"], List["Row"], str]
Row: TypeAlias = Union[List["Matrix"], List["Row"], int]

@dataclass
class Cat(Model):
    kind: str

@dataclass
class Home(Model):
    pet: Annotated[Cat, Discriminator("kind", {"Cat": Cat, "Kitty": Cat})]

@dataclass
class A(Model):
    value: int
    b: Optional[B] = None

@dataclass
class B(Model):
    value: int
    a: Optional[A] = None

@dataclass
class Link0(Model):
    value: int
""" + "".join(
    f"@dataclass\nclass Link{number}(Model):\n    value: int\n    link: Optional[Link{number - 1}] = None\n"
    for number in range(1, 300)
)


@pytest.fixture(scope="module")
def odd() -> Any:
    module: Any = ModuleType("odd_shapes")
    sys.modules[module.__name__] = module
    exec(ODD, vars(module))
    return module


def test_arrays_in_unions_of_arrays_take_no_exponential_time(odd: Any) -> None:
    value: Any = True
    for _ in range(60):
        value = [value]
    assert decode(value, odd.Matrix) == value


def test_an_unknown_tag_is_kept_though_all_tags_name_one_class(odd: Any) -> None:
    assert odd.Home.from_dict({"pet": {"kind": "Cow"}}).pet == {"kind": "Cow"}
    assert odd.Home.from_dict({"pet": {"kind": "Kitty"}}).pet == odd.Cat(kind="Kitty")


def test_a_long_chain_of_models_is_decoded_at_the_first_try(odd: Any) -> None:
    assert odd.Link299.from_dict({"value": 1, "link": {"value": 2}}).link.value == 2


def test_a_mismatch_at_any_depth_is_a_decode_error(odd: Any) -> None:
    for depth in range(50, 500, 3):
        value: Any = 5
        for _ in range(depth):
            value = {"value": 1, "b": {"value": 1, "a": value}}
        with pytest.raises(DecodeError):
            odd.A.from_dict(value)
