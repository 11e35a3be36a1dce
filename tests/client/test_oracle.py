"""An independent generator agrees: datamodel-code-generator's pydantic models against our classes, for every schema.

Both sides are brought into one form (by structure, not by name) and compared; then both read the same payloads, right
ones and wrong ones.
"""

from __future__ import annotations

import enum
import importlib.util
import math
import re
import subprocess
import sys
import typing
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType, NoneType
from typing import Annotated, Any, Literal, Required, get_args, get_origin, get_type_hints
from uuid import UUID

import pydantic
import pytest
from cloudflare_realtimekit import types
from cloudflare_realtimekit._core.models import Model
from cloudflare_realtimekit.types import realtime_kit
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.client.specification import DOCUMENT, JSON, OPERATIONS, ROOT, Operation, resolved, type_of

ANSWERED = [operation for operation in OPERATIONS if operation.answer]
WITH_BODY = [operation for operation in OPERATIONS if operation.body]
WITH_QUERY = [operation for operation in OPERATIONS if operation.query]
OPTIONS = (
    *("--input-file-type", "openapi", "--openapi-scopes", "schemas", "paths", "parameters"),
    *("--output-model-type", "pydantic_v2.BaseModel", "--target-python-version", "3.11", "--use-annotated"),
    *("--strict-types", "str", "bool", "int", "float", "--disable-timestamp", "--formatters", "builtin"),
)


@pytest.fixture(scope="session")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The pydantic models of the whole document, made in one run."""
    path = tmp_path_factory.mktemp("oracle") / "oracle.py"
    command = [sys.executable, "-m", "datamodel_code_generator", "--input", str(ROOT / "spec" / "realtime_kit.yaml")]
    subprocess.run([*command, "--output", str(path), *OPTIONS], check=True, capture_output=True)
    spec = importlib.util.spec_from_file_location("oracle", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["oracle"] = module
    spec.loader.exec_module(module)
    return module


def place(operation: Operation) -> str:
    """Name an operation as the oracle does."""
    words = re.findall(r"[a-z]+", f"{operation.path}/{operation.verb.lower()}")
    return "".join(word.capitalize() for word in words)


def oracle_response(oracle: ModuleType, operation: Operation) -> Any:
    return getattr(oracle, f"{place(operation)}Response")


def oracle_body(oracle: ModuleType, operation: Operation) -> Any:
    assert operation.body
    return getattr(oracle, operation.body["$ref"].rpartition("/")[2])


# --- one form for both -----------------------------------------------------------------------------------------------


def form_of(annotation: Any) -> Any:
    """Bring a type of either side into one form: ("object", {wire name: (required, form)}), ("list", form), ..."""
    origin = get_origin(annotation)
    if origin in (Annotated, Required):
        return form_of(get_args(annotation)[0])
    if origin is Literal:
        return ("literal", get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return ("literal", tuple(member.value for member in annotation))
    if isinstance(annotation, type) and issubclass(annotation, pydantic.RootModel):
        return form_of(annotation.model_fields["root"].annotation)
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        return ("object", {key: (need, form_of(kind)) for key, need, kind in pydantic_fields(annotation)})
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return ("object", {key: (need, form_of(kind)) for key, need, kind in model_fields(annotation)})
    if typing.is_typeddict(annotation):
        return ("object", {key: (need, form_of(kind)) for key, need, kind in typed_dict_fields(annotation)})
    if origin is not None and issubclass(origin if isinstance(origin, type) else NoneType, typing.Mapping):
        return ("map", form_of(get_args(annotation)[1]))
    if origin is not None and isinstance(origin, type) and issubclass(origin, typing.Collection):
        return ("list", form_of(get_args(annotation)[0]))
    if get_args(annotation):
        return union_form(get_args(annotation))
    return SCALARS[annotation]


SCALARS = {
    str: "string",
    UUID: "string",
    pydantic.AnyUrl: "string",
    pydantic.SecretStr: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    datetime: "date-time",
    pydantic.AwareDatetime: "date-time",
}


def union_form(members: tuple[Any, ...]) -> Any:
    """A request takes a time as text too, and any model where an object is due: neither is in the document."""
    forms = [form_of(member) for member in members if member not in (NoneType, Model)]
    forms = [form for form in forms if not (form == "string" and "date-time" in forms)]
    (form,) = forms
    return ("nullable", without_null(form)) if NoneType in members else form


def without_null(form: Any) -> Any:
    return form[1] if form[0] == "nullable" else form


def pydantic_fields(cls: type[pydantic.BaseModel]) -> Iterator[tuple[str, bool, Any]]:
    for name, field in cls.model_fields.items():
        yield field.alias or name, field.is_required(), field.annotation


def model_fields(cls: type[Model]) -> Iterator[tuple[str, bool, Any]]:
    hints = get_type_hints(cls)
    for name, field in cls.__fields__.items():
        yield field.wire_name or name, field.required, hints[name]


def typed_dict_fields(cls: Any) -> Iterator[tuple[str, bool, Any]]:
    for name, hint in get_type_hints(cls, include_extras=True).items():
        required = get_origin(hint) is Required
        inner = get_args(hint)[0] if required else hint
        marks = inner.__metadata__ if get_origin(inner) is Annotated else ()
        wire_name = next((mark.name for mark in marks if type(mark).__name__ == "WireName"), name)
        yield wire_name, required, inner


def comparable(form: Any) -> Any:
    """Drop what one side cannot tell: an optional field of the oracle, and of our responses, may always be None."""
    match form:
        case ("object", fields):
            return (
                "object",
                {key: (need, comparable(kind if need else without_null(kind))) for key, (need, kind) in fields.items()},
            )
        case ("list" | "map" | "nullable" as kind, inner):
            return (kind, comparable(inner))
        case _:
            return form


@pytest.mark.parametrize("operation", ANSWERED, ids=str)
def test_responses_have_the_same_fields(oracle: ModuleType, operation: Operation) -> None:
    ours = comparable(form_of(getattr(realtime_kit, operation.response_class or "")))
    theirs = comparable(form_of(oracle_response(oracle, operation)))
    assert ours == theirs
    assert list(ours[1]) == list(theirs[1])


def test_the_error_has_the_same_fields(oracle: ModuleType) -> None:
    assert comparable(form_of(types.Error)) == comparable(form_of(oracle.Error))


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_bodies_have_the_same_keys(oracle: ModuleType, operation: Operation) -> None:
    _, keys = comparable(form_of(getattr(realtime_kit, operation.params_class)))
    others = {*operation.path_parameters, *operation.query}
    ours = {key: value for key, value in keys.items() if key not in others}
    assert ("object", ours) == comparable(form_of(oracle_body(oracle, operation)))


@pytest.mark.parametrize("operation", WITH_QUERY, ids=str)
def test_queries_have_the_same_keys(oracle: ModuleType, operation: Operation) -> None:
    _, keys = comparable(form_of(getattr(realtime_kit, operation.params_class)))
    ours = {key: value for key, value in keys.items() if key in operation.query}
    theirs = getattr(oracle, f"{place(operation)}ParametersQuery")
    assert ("object", ours) == comparable(form_of(theirs))


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_only_what_may_be_null_takes_none(operation: Operation) -> None:
    """The oracle cannot tell for optional keys, the document can."""
    _, keys = form_of(getattr(realtime_kit, operation.params_class))
    assert_nulls(keys, resolved(operation.body or {})["properties"])


def assert_nulls(keys: Any, properties: JSON) -> None:
    for name, schema in properties.items():
        form, meant = keys[name][1], resolved(schema)
        choices = [resolved(choice) for choice in meant.get("anyOf", [meant])]
        nullable = any("null" in choice.get("type", ()) for choice in choices)
        assert (form[0] == "nullable") == nullable, name
        if without_null(form)[0] == "object":
            (inner,) = (choice for choice in choices if "properties" in choice)
            assert_nulls(without_null(form)[1], inner["properties"])


# --- payloads --------------------------------------------------------------------------------------------------------

URLS = [
    "https://example.com",
    "https://example.com/ä b?c=d#e",
    "rtmp://stream.example.com/live/key",
    "HTTP://EXAMPLE.com/",
]
ZONES = st.sampled_from(["Z", "+00:00", "-08:00", "+05:30"])
TIMES = st.builds(
    lambda moment, zone: moment.isoformat() + zone, st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)), ZONES
)
FORMATS: dict[str, st.SearchStrategy[str]] = {
    "date-time": TIMES,
    "uuid": st.uuids().map(str),
    "uri": st.sampled_from(URLS),
}
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)


def values(schema: JSON) -> st.SearchStrategy[Any]:
    """Make valid values of a schema."""
    schema = resolved(schema)
    if "anyOf" in schema:
        return st.one_of(*map(values, schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") == "null":
        return st.none()
    if isinstance(schema["type"], list):
        return st.one_of(st.none(), values(schema | {"type": type_of(schema)}))
    return VALUES[schema["type"]](schema)


def objects(schema: JSON) -> st.SearchStrategy[Any]:
    members = {name: values(member) for name, member in schema.get("properties", {}).items()}
    if "additionalProperties" in schema:
        return st.dictionaries(TEXTS, values(schema["additionalProperties"]), max_size=2)
    needed = set(schema.get("required", ()))
    optional = {name: value for name, value in members.items() if name not in needed}
    return st.fixed_dictionaries({name: members[name] for name in members if name in needed}, optional=optional)


VALUES: dict[str, Callable[[JSON], st.SearchStrategy[Any]]] = {
    "string": lambda schema: FORMATS.get(schema.get("format", ""), TEXTS),
    "boolean": lambda schema: st.booleans(),
    "integer": lambda schema: st.integers(schema.get("minimum", -(2**53)), schema.get("maximum", 2**53)),
    "number": lambda schema: st.one_of(
        st.integers(schema.get("minimum", -(10**9)), schema.get("maximum", 10**9)),
        st.floats(schema.get("minimum", -1e9), schema.get("maximum", 1e9), allow_nan=False),
    ),
    "array": lambda schema: st.lists(values(schema["items"]), max_size=3),
    "object": objects,
}


def normal(value: Any) -> Any:
    """Bring JSON of either side into one form: times as instants, URLs and UUIDs as pydantic writes them."""
    match value:
        case pydantic.BaseModel():
            return normal(value.model_dump(exclude_unset=True, by_alias=True))
        case dict():
            return {key: normal(item) for key, item in value.items()}
        case list():
            return [normal(item) for item in value]
        case enum.Enum():
            return value.value
        case pydantic.SecretStr():
            return value.get_secret_value()
        case datetime():
            return value.astimezone(UTC)
        case UUID():
            return str(value)
        case bool() | None:
            return value
        case int() | float():
            return ("number", float(value)) if math.isfinite(value) else str(value)
        case str() if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*", value):
            return datetime.fromisoformat(value).astimezone(UTC)
        case str() if re.match(r"(?i)[a-z]+://", value):
            return str(pydantic.AnyUrl(value))
        case pydantic.AnyUrl():
            return str(value)
        case str() | date():
            return value
    raise TypeError(type(value))


ANSWER_VALUES = {operation.name: values(operation.answer) for operation in ANSWERED if operation.answer}
CHOSEN = st.sampled_from(ANSWERED).flatmap(lambda o: st.tuples(st.just(o), ANSWER_VALUES[o.name]))


@given(chosen=CHOSEN)
@settings(max_examples=150)
def test_valid_payloads_are_equal_json(oracle: ModuleType, chosen: tuple[Operation, Any]) -> None:
    operation, payload = chosen
    ours = getattr(realtime_kit, operation.response_class or "").from_dict(payload, strict=True)
    theirs = oracle_response(oracle, operation).model_validate(payload)
    assert normal(ours.to_dict()) == normal(theirs) == normal(payload)
    assert normal(oracle_response(oracle, operation).model_validate_json(ours.to_json())) == normal(theirs)


@given(chosen=CHOSEN, data=st.data())
@settings(max_examples=300)
def test_wrong_payloads_are_refused_by_both(oracle: ModuleType, chosen: tuple[Operation, Any], data: Any) -> None:
    operation, payload = chosen
    wrong = spoiled(payload, resolved(operation.answer or {}), data.draw)
    ours = accepts(lambda: getattr(realtime_kit, operation.response_class or "").from_dict(wrong, strict=True))
    theirs = accepts(lambda: oracle_response(oracle, operation).model_validate(wrong))
    event("accepted" if ours else "refused")
    assert ours == theirs, wrong


def accepts(read: Callable[[], object]) -> bool:
    try:
        read()
    except ValueError:
        return False
    return True


WRONG: dict[str, list[Any]] = {
    "string": [7, 1.5, True, [], {}, None],
    "boolean": [0, 1, "true", [], {}, None],
    "integer": ["7", 1.5, True, [], {}, None],
    "number": ["7", True, [], {}, None],
    "array": ["text", {}, 7, None],
    "object": ["text", [], 7, True, None],
}
WRONG_TIMES = ["no time", [], {}, None]


def spoiled(payload: Any, schema: JSON, draw: Callable[[Any], Any]) -> Any:
    """Make one place of a payload wrong: a value of another type, or a required member that is missing."""
    schema = resolved(schema)
    if "anyOf" in schema:
        (schema,) = (resolved(choice) for choice in schema["anyOf"] if choice.get("type") != "null")
    kind = type_of(schema)
    if kind == "object" and payload and draw(st.integers(0, 5)):
        name = draw(st.sampled_from(sorted(payload)))
        if name in schema.get("required", ()) and draw(st.booleans()):
            return {key: value for key, value in payload.items() if key != name}
        return payload | {name: spoiled(payload[name], schema["properties"][name], draw)}
    if kind == "array" and payload and draw(st.booleans()):
        return [spoiled(payload[0], schema["items"], draw), *payload[1:]]
    wrong = WRONG_TIMES if schema.get("format") == "date-time" else WRONG[kind]
    return draw(st.sampled_from([*wrong, "no such value"] if "enum" in schema else wrong))


def test_every_schema_of_the_document_is_reached(oracle: ModuleType) -> None:
    """Nothing of the document is left out of the comparison because no operation uses it."""
    used: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            reference = node.get("$ref", "")
            if reference and reference not in used:
                used.add(reference)
                walk(resolved(node))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(DOCUMENT["paths"])
    assert {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]} <= used
    assert Path(oracle.__file__ or "").exists()
