"""What a model is to its user: a dataclass with slots, made from JSON and back."""

from __future__ import annotations

import copy
import dataclasses
import gc
import inspect
import pickle
import subprocess
import sys
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, Optional

import msgspec
import pytest
from tests.benchmarks import recordings
from tests.runtime.declarations import Cat, Counts, Everything, Node, Size

from clientsmith.runtime import declarations
from clientsmith.runtime.decode import DecodeError
from clientsmith.runtime.discriminators import Discriminator
from clientsmith.runtime.models import Model, dataclass, field
from clientsmith.runtime.omit import Omit, omit
from clientsmith.runtime.renaming import WireName

PAYLOAD: dict[str, Any] = {
    "id": "1",
    "created_at": "2026-01-02T03:04:05Z",
    "nullable": None,
    "user_Id": None,
    "secret": "hunter2",
    "size": {"width": 1, "depth": 3},
    "later": {"new": [1]},
}
MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def everything(**values: Any) -> Everything:
    return Everything(**{"id": "1", "created_at": MOMENT, "nullable": None} | values)


# --- omit ---------------------------------------------------------------------------------------


def test_omit_is_one_falsy_value_that_shows_its_name() -> None:
    assert repr(omit) == "omit"
    assert not omit
    assert Omit() is omit


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_omit_pickles_to_itself(protocol: int) -> None:
    assert pickle.loads(pickle.dumps(omit, protocol)) is omit


def test_omit_copies_to_itself() -> None:
    assert copy.copy(omit) is omit
    assert copy.deepcopy({"a": [omit]})["a"][0] is omit


# --- absent, null, set ------------------------------------------------------------------------------


def test_absent_fields_read_as_none_but_are_not_set() -> None:
    model = Everything.from_dict(PAYLOAD)
    assert model.status is None
    assert not model.is_set("status")


def test_null_that_was_received_is_set_and_sent_back() -> None:
    model = Everything.from_dict(PAYLOAD)
    assert model.user_id is None
    assert model.is_set("user_id")
    assert model.to_dict()["user_Id"] is None


def test_none_that_was_assigned_is_set_and_sent() -> None:
    model = Everything.from_dict(PAYLOAD)
    model.status = None
    assert model.is_set("status")
    assert "status" in model.to_dict()


def test_none_that_was_passed_is_set_and_sent() -> None:
    model = everything(status=None)
    assert model.is_set("status")
    assert not model.is_set("size")
    assert model.to_dict() == {
        "id": "1",
        "created_at": "2026-01-02T03:04:05Z",
        "nullable": None,
        "status": None,
    }


def test_required_nullable_none_is_null() -> None:
    assert everything().to_dict()["nullable"] is None


def test_omit_as_an_argument_leaves_absent() -> None:
    assert not everything(status=omit).is_set("status")


def test_deleted_fields_are_absent() -> None:
    model = everything(status="ACTIVE")
    del model.status
    assert model.status is None
    assert not model.is_set("status")


def test_is_set_of_a_name_that_is_no_field() -> None:
    with pytest.raises(AttributeError, match="Everything has no field 'nope'"):
        everything().is_set("nope")


def test_defaults_other_than_none_are_read_and_not_sent() -> None:
    model = Defaults.from_dict({})
    assert model.limit == 10
    assert Defaults().limit == 10
    assert model.to_dict() == {}


@dataclass
class Defaults(Model):
    limit: int = 10


def test_additional_properties_are_collected_and_sent() -> None:
    counts = Counts.from_dict({"name": "n", "a": 1, "b": 2})
    assert counts.additional_properties == {"a": 1, "b": 2}
    assert not counts.unknown_fields
    counts.additional_properties["c"] = 3
    assert counts.to_dict() == {"name": "n", "a": 1, "b": 2, "c": 3}


def test_additional_properties_are_empty_unless_given() -> None:
    counts: Any = Counts
    made = counts(name="n")
    made.additional_properties["a"] = 1
    assert made.to_dict() == {"name": "n", "a": 1}
    assert counts(name="n").additional_properties == {}


# --- unknown fields -----------------------------------------------------------------------------


def test_unknown_fields_are_reachable_and_read_only() -> None:
    model = Everything.from_dict(PAYLOAD)
    assert model.unknown_fields == {"later": {"new": [1]}}
    with pytest.raises(TypeError):
        model.unknown_fields["later"] = 1  # type: ignore[index]


def test_models_without_unknown_fields_have_none() -> None:
    assert everything().unknown_fields == {}


def test_to_dict_shares_nothing_with_the_model() -> None:
    model = Everything.from_dict(copy.deepcopy(PAYLOAD))
    later: Any = model.to_dict()["later"]
    later["new"].append(2)
    assert model.to_dict() == PAYLOAD


# --- dataclass ----------------------------------------------------------------------------------


def test_constructor_has_keyword_only_parameters_and_a_full_signature() -> None:
    signature = inspect.signature(Size)
    assert str(signature) == "(*, width: 'int', height: 'Optional[int]' = None) -> None"
    assert inspect.signature(Size.__init__).parameters.keys() == {"self", "width", "height"}


@pytest.mark.parametrize(
    ("arguments", "keywords", "message"),
    [
        ((), {}, r"missing 1 required keyword-only argument: 'width'"),
        ((1,), {}, r"takes 1 positional argument but 2"),
        ((), {"width": 1, "depth": 1}, r"unexpected keyword argument 'depth'"),
    ],
)
def test_wrong_arguments(arguments: Any, keywords: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Size(*arguments, **keywords)


def test_dataclass_functions_work() -> None:
    assert dataclasses.is_dataclass(Size)
    assert [f.name for f in dataclasses.fields(Size)] == ["width", "height"]
    assert dataclasses.fields(Size(width=1))[0].name == "width"
    assert dataclasses.asdict(everything(size=Size(width=1)))["size"] == {
        "width": 1,
        "height": None,
    }
    assert dataclasses.astuple(Size(width=1)) == (1, None)


def test_dataclass_fields_tell_wire_name_and_secrecy() -> None:
    fields = {f.name: f for f in dataclasses.fields(Everything)}
    assert fields["user_id"].metadata["wire_name"] == "user_Id"
    assert fields["secret"].metadata["secret"]


@pytest.mark.parametrize(
    "replaced",
    [
        lambda model, **changes: model.copy(**changes),
        lambda model, **changes: model.__replace__(**changes),
    ],
)
def test_a_copy_keeps_what_is_absent_null_and_unknown(replaced: Any) -> None:
    model = Everything.from_dict(PAYLOAD)
    copied = replaced(model, id="2")
    assert copied.to_dict() == PAYLOAD | {"id": "2"}
    assert model.id == "1"


def test_a_copy_has_no_fields_of_other_names() -> None:
    with pytest.raises(TypeError, match="Size has no field 'depth'"):
        Size(width=1).copy(depth=2)


def test_a_copy_makes_absent_what_is_omitted() -> None:
    assert Size(width=1, height=2).copy(height=omit).to_dict() == {"width": 1}


def test_the_standard_replace_makes_null_of_what_is_absent() -> None:
    assert dataclasses.replace(Size(width=1), width=2).to_dict() == {"width": 2, "height": None}


@pytest.mark.parametrize("name", ["size", "user_id"])
def test_a_copy_sends_the_null_that_it_is_given(name: str) -> None:
    absent = {"id": "1", "created_at": "2026-01-02T03:04:05Z", "nullable": None}
    copied = Everything.from_dict(absent).copy(**{name: None})
    assert copied.to_dict() == {**absent, name.replace("_id", "_Id"): None}


def test_match_statements_work_by_keyword() -> None:
    assert Size.__match_args__ == ()
    match everything(size=Size(width=4)):
        case Everything(size=Size(width=width)):
            assert width == 4
        case _:
            pytest.fail("no match")


def test_models_have_slots_only() -> None:
    model = everything()
    assert not hasattr(model, "__dict__")
    with pytest.raises(AttributeError):
        model.nope = 1  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="'Everything' object has no attribute 'nope'"):
        model.nope  # type: ignore[attr-defined] # noqa: B018


def test_decoding_needs_no_dataclass_machinery() -> None:
    script = (
        "from tests.runtime.declarations import Size; Size.from_dict({'width': 1}).to_dict();"
        "assert type(Size.__dict__['__init__']).__name__ == '_Deferred'"
    )
    path = [str(p) for p in sys.path if p]
    subprocess.run([sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}; {script}"], check=True)


def test_equality_is_of_type_fields_and_unknown_fields() -> None:
    assert Everything.from_dict(PAYLOAD) == Everything.from_dict(PAYLOAD)
    assert Everything.from_dict(PAYLOAD) != Everything.from_dict(PAYLOAD | {"later": 1})
    assert Size(width=1) != Size(width=1, height=None)
    assert Size(width=1) == Size(width=1, height=omit)
    assert Size(width=1) != Size(width=2)
    assert Size(width=1) != Cat(pet_type="cat")
    assert Size(width=1) != {"width": 1}
    with pytest.raises(TypeError, match="unhashable"):
        hash(Size(width=1))


def test_repr_shows_what_is_set_and_hides_secrets() -> None:
    text = repr(everything(secret="hunter2", size=Size(width=1)))
    assert text.startswith("Everything(id='1', created_at=datetime.datetime(")
    assert text.endswith("nullable=None, secret=..., size=Size(width=1))")


def test_repr_of_a_model_that_contains_itself() -> None:
    node = Node(name="a")
    node.parent = node
    assert repr(node) == "Node(name='a', parent=...)"


@pytest.mark.parametrize(
    "copied",
    [
        copy.copy,
        copy.deepcopy,
        *(lambda m, p=p: pickle.loads(pickle.dumps(m, p)) for p in range(6)),
    ],
)
def test_copies_keep_what_is_absent_null_and_unknown(copied: Any) -> None:
    model = Everything.from_dict(PAYLOAD)
    other = copied(model)
    assert other is not model
    assert other == model
    assert other.to_dict() == PAYLOAD
    assert not other.is_set("status")


def test_deep_copies_share_nothing() -> None:
    model = everything(size=Size(width=1))
    other = copy.deepcopy(model)
    assert model.size is not None
    model.size.width = 2
    assert other.size is not None
    assert other.size.width == 1


def test_json_text() -> None:
    text = Size(width=1).to_json()
    assert text == '{"width":1}'
    assert Size.from_json(text) == Size.from_json(text.encode()) == Size(width=1)
    with pytest.raises(ValueError):
        Size.from_json('{"width":')
    with pytest.raises(DecodeError):
        Size.from_json("[]")


def test_subclasses_add_fields_and_methods() -> None:
    class Area(Size):
        unit: Optional[str] = None  # noqa: UP045

        def area(self) -> int:
            return self.width * (self.height or 0)

    Size(width=1)  # the base is complete before
    made: Any = Area
    area = made(width=2, height=3, unit="m")
    assert area.area() == 6
    assert [f.name for f in dataclasses.fields(Area)] == ["width", "height", "unit"]
    assert area.to_dict() == {"width": 2, "height": 3, "unit": "m"}


def test_marks_in_annotations_are_hashable_and_equal_by_content() -> None:
    assert {WireName("a"), WireName("a")} == {WireName("a")}
    mapping: dict[str, object] = {"cat": Cat}
    assert hash(Discriminator("t", mapping)) == hash(Discriminator("t", dict(mapping)))
    assert Discriminator("t", mapping) != Discriminator("u", mapping)


# --- threads and memory -------------------------------------------------------------------------


def in_50_threads(function: Any) -> list[Any]:
    barrier = threading.Barrier(50)

    def run(_: int) -> Any:
        barrier.wait()
        return function()

    with ThreadPoolExecutor(50) as pool:
        return list(pool.map(run, range(50)))


@pytest.mark.parametrize(
    "use",
    [
        lambda cls: cls(name="a", count=None).to_dict() == {"name": "a", "count": None},
        lambda cls: cls.from_dict({"name": "a", "x": 1}).to_dict() == {"name": "a", "x": 1},
        lambda cls: [f.name for f in dataclasses.fields(cls)] == ["name", "count"],
        lambda cls: list(inspect.signature(cls).parameters) == ["name", "count"],
    ],
    ids=["construct", "decode", "fields", "signature"],
)
def test_first_use_in_50_threads(use: Any) -> None:
    for _ in range(20):

        class Fresh(Model):
            name: str
            count: int | None = None

        assert all(in_50_threads(lambda cls=Fresh: use(cls)))


def test_memory_is_at_most_1_2_times_that_of_msgspec() -> None:
    text = recordings.recordings_json()
    models_size = held(lambda: recordings.RecordingsResponse.from_json(text))
    assert models_size <= 1.2 * held(lambda: msgspec.json.decode(text, type=Slotted))


def held(function: Any) -> int:
    """Return the bytes that a result holds."""
    function()
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        result = function()
        gc.collect()
        size = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    del result
    return size


def slotted(cls: type[Model], **replaced: Any) -> Any:
    """Return the standard slotted dataclass of the same fields."""
    hints = {f.name: f.type for f in dataclasses.fields(cls)} | replaced
    namespace = vars(recordings)
    fields = [(name, eval(hint, namespace) if isinstance(hint, str) else hint) for name, hint in hints.items()]
    required = {f.name for f in dataclasses.fields(cls) if f.default is dataclasses.MISSING}
    made: list[Any] = [(name, hint) if name in required else (name, hint, None) for name, hint in fields]
    return dataclasses.make_dataclass(cls.__name__, made, slots=True, kw_only=True)


Slotted = slotted(
    recordings.RecordingsResponse,
    data=list[  # type: ignore[misc]
        slotted(
            recordings.Recording,
            meeting=slotted(recordings.Meeting) | None,
            storage_config=slotted(recordings.StorageConfig) | None,
        )
    ],
    paging=slotted(recordings.Paging),
)


def test_modules_of_models_need_postponed_annotations() -> None:
    body: dict[str, Any] = {"__annotate_func__": lambda _: {"a": int}}
    with pytest.raises(TypeError, match="from __future__ import annotations"):
        declarations.ModelType("Made", (Model,), body)


def test_field_options_reach_the_declaration() -> None:
    declared = field(default_factory=list, wire_name="a")
    assert declared.wire_name == "a"
    assert not declared.required


@dataclass
class Nameless(Model):
    value: str = field(wire_name="")


def test_a_member_may_have_the_empty_name() -> None:
    assert Nameless.from_dict({"": "x"}).value == "x"
    assert Nameless(value="x").to_dict() == {"": "x"}
    assert Nameless.from_dict({"": "x"}).unknown_fields == {}
