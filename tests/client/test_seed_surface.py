"""The generated client has the surface of the seed pages: name by name, field by field, type by type, in order."""

from __future__ import annotations

import ast
import datetime
import importlib
import inspect
import re
import typing
from pathlib import Path
from typing import Any, Required, get_args, get_origin, get_type_hints

import pytest
from cloudflare_realtimekit import AsyncCloudflare, Cloudflare
from cloudflare_realtimekit.types import realtime_kit
from tests.client.specification import DOCUMENT, OPERATIONS, SURFACE, Operation

CLIENTS = {"sync": Cloudflare(api_token="token"), "async": AsyncCloudflare(api_token="token")}
OPTIONS = {"extra_headers", "extra_query", "extra_body", "timeout"}
METHODS = [pytest.param(operation, id=operation.name) for operation in OPERATIONS]
RESPONSES = [pytest.param(name, classes, id=name) for name, classes in SURFACE["responses"].items()]
CLASSES = [
    pytest.param(response, name, fields, id=f"{response}.{name}")
    for response, classes in SURFACE["responses"].items()
    for name, fields in classes.items()
]
KINDS = pytest.mark.parametrize("kind", CLIENTS)


def method_of(operation: Operation, kind: str) -> Any:
    found: Any = CLIENTS[kind]
    for step in (*operation.resource.split("."), operation.name):
        found = getattr(found, step)
    return found


def module_of(class_name: str) -> Any:
    return importlib.import_module(getattr(realtime_kit, class_name).__module__)


# --- methods ---------------------------------------------------------------------------------------------------------


def test_seventeen_operations_on_two_resources() -> None:
    assert len(OPERATIONS) == 17
    assert {operation.resource for operation in OPERATIONS} == {"realtime_kit.meetings", "realtime_kit.recordings"}


@pytest.mark.parametrize("resource", ["meetings", "recordings"])
@KINDS
def test_a_resource_has_the_methods_and_iterators_over_them_only(resource: str, kind: str) -> None:
    made = getattr(CLIENTS[kind].realtime_kit, resource)
    defined = {name for name, value in vars(type(made)).items() if inspect.isfunction(value)}
    expected = {operation.name for operation in OPERATIONS if operation.resource == f"realtime_kit.{resource}"}
    assert {name for name in defined if not name.startswith(("_", "iter"))} == expected


@pytest.mark.parametrize("operation", METHODS)
@KINDS
def test_method_has_its_parameters(operation: Operation, kind: str) -> None:
    method = method_of(operation, kind)
    parameters = inspect.signature(method).parameters
    positional = [name for name, parameter in parameters.items() if parameter.kind is not parameter.KEYWORD_ONLY]
    assert positional == [operation.positional]
    assert inspect.iscoroutinefunction(method) == (kind == "async")
    keywords = [name for name in parameters if name not in {*positional, *OPTIONS}]
    assert set(keywords) == keyword_names(operation)
    required = {name for name in keywords if parameters[name].default is inspect.Parameter.empty}
    assert required == required_names(operation)


def keyword_names(operation: Operation) -> set[str]:
    body = operation.arguments(everything=True)
    return {*operation.path_parameters, *operation.query, *body} - {operation.positional}


def required_names(operation: Operation) -> set[str]:
    return set(operation.arguments(everything=False))


@pytest.mark.parametrize("operation", METHODS)
@KINDS
def test_method_takes_and_gives_the_types(operation: Operation, kind: str) -> None:
    annotations = inspect.getattr_static(type(method_of(operation, kind).__self__), operation.name).__annotations__
    assert annotations[operation.positional] == "str"
    assert annotations["return"] == (operation.response_class or "None")


@pytest.mark.parametrize("operation", METHODS)
def test_params_class_has_the_keywords_of_the_method(operation: Operation) -> None:
    params = getattr(realtime_kit, operation.params_class)
    assert typing.is_typeddict(params)
    assert set(get_type_hints(params)) == keyword_names(operation)
    hints = get_type_hints(params, include_extras=True)
    assert {name for name, hint in hints.items() if get_origin(hint) is Required} == required_names(operation)
    keywords = list(inspect.signature(method_of(operation, "sync")).parameters)
    assert list(params.__annotations__) == [name for name in keywords if name in params.__annotations__]


@pytest.mark.parametrize("operation", METHODS)
def test_method_is_documented(operation: Operation) -> None:
    text = inspect.getdoc(method_of(operation, "sync")) or ""
    described = DOCUMENT["paths"][operation.path][operation.verb.lower()]
    summary, route, _ = text.split("\n\n", 2)
    assert (summary, route) == (described["summary"], f"`{operation.verb} {operation.path}`")
    assert one_line(described["description"]) in one_line(text)
    for name in (operation.positional, *keyword_names(operation)):
        assert f"{name}:" in text


@pytest.mark.parametrize("operation", METHODS)
def test_async_method_names_the_sync_one_on_one_line(operation: Operation) -> None:
    text = inspect.getdoc(method_of(operation, "async")) or ""
    name = type(method_of(operation, "sync").__self__).__name__
    assert re.search(rf"[Tt]he async form of `{name}\.{operation.name}`\.$", text)
    assert "\n" not in text


def one_line(text: str) -> str:
    return " ".join(text.split())


# --- responses -------------------------------------------------------------------------------------------------------


def test_sixteen_responses() -> None:
    assert len(SURFACE["responses"]) == 16


def test_only_top_level_responses_and_params_are_exported() -> None:
    exported = {operation.params_class for operation in OPERATIONS} | set(SURFACE["responses"])
    assert set(realtime_kit.__all__) == exported
    assert {name for name in dir(realtime_kit) if name[0].isupper() and name != "TYPE_CHECKING"} == exported


@pytest.mark.parametrize(("response", "classes"), RESPONSES)
def test_response_has_a_module_of_its_classes(response: str, classes: Any) -> None:
    module = module_of(response)
    assert module.__name__.rpartition(".")[2] == snake(response)
    assert set(module.__all__) == set(classes)
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    assert {node.name for node in tree.body if isinstance(node, ast.ClassDef)} == set(classes)


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


@pytest.mark.parametrize(("response", "name", "fields"), CLASSES)
def test_class_has_the_fields_and_types_in_order(response: str, name: str, fields: Any) -> None:
    module = module_of(response)
    cls = getattr(module, name)
    names = {key: getattr(typing, key) for key in ("List", "Literal", "Optional")}
    scope = vars(module) | names | {"datetime": datetime.datetime}
    hints = get_type_hints(cls)
    assert list(hints) == [field["name"] for field in fields]
    for field in fields:
        assert hints[field["name"]] == eval(field["annotation"], scope), field["name"]
        written = cls.__annotations__[field["name"]]
        assert written.replace("'", '"') == field["annotation"].replace("'", '"')


@pytest.mark.parametrize(("response", "name", "fields"), CLASSES)
def test_optional_fields_default_to_none_and_others_have_none(response: str, name: str, fields: Any) -> None:
    parameters = inspect.signature(getattr(module_of(response), name)).parameters
    assert list(parameters) == [field["name"] for field in fields]
    for field in fields:
        parameter = parameters[field["name"]]
        assert parameter.kind is parameter.KEYWORD_ONLY
        if field["annotation"].startswith("Optional["):
            assert parameter.default is None
        else:
            assert parameter.default is inspect.Parameter.empty


@pytest.mark.parametrize(("response", "name", "fields"), CLASSES)
def test_fields_are_documented(response: str, name: str, fields: Any) -> None:
    tree = ast.parse(Path(module_of(response).__file__).read_text("utf-8"))
    (cls,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    assert ast.get_docstring(cls)
    texts = {
        ast.unparse(before.target): after.value.value
        for before, after in zip(cls.body, cls.body[1:], strict=False)
        if isinstance(before, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
    }
    for field in fields:
        text = texts[field["name"]]
        assert text.strip()
        if "format" in field and "datetime" not in field["annotation"]:
            assert f"Format: {field['format']}." in text
        for limit in ("minimum", "maximum"):
            if limit in field:
                assert re.search(rf"{limit}\D*{field[limit]}\b", text, re.IGNORECASE), text


def test_literals_have_the_values_of_the_seed_in_order() -> None:
    seen = 0
    for response, classes in SURFACE["responses"].items():
        for name, fields in classes.items():
            hints = get_type_hints(getattr(module_of(response), name))
            for field in fields:
                if "enum" in field:
                    options = [hints[field["name"]], *get_args(hints[field["name"]])]
                    assert any(list(get_args(option)) == field["enum"] for option in options)
                    seen += 1
    assert seen > 50
