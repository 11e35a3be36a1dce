"""Examples in Python, run against the client itself: with no server named, and with errors of several kinds."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests import case_packages
from tests.reference.surfaces import surface_of

from clientsmith.data.surface import Surface
from clientsmith.targets.reference.python_code import PythonExamples


def examples(surface: Surface) -> dict[str, dict[str, str]]:
    """Give the examples of each method by their titles."""
    made = PythonExamples(surface)
    return {call.name: dict(made.of(resource, call)) for resource in surface.all_resources() for call in resource.calls}


def of_document(folder: Path, operation: dict[str, Any], **more: Any) -> dict[str, str]:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Package", "version": "1"},
        "paths": {"/things": {"get": {"operationId": "listThings", **operation}}},
        **more,
    }
    (folder / "spec.json").write_text(json.dumps(document), "utf-8")
    (found,) = examples(surface_of(folder / "spec.json")).values()
    return found


def made_with(code: str, name: str) -> list[str]:
    """List the arguments that a client is made with."""
    (call,) = (
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and ast.unparse(node.func).removeprefix("Async") == name
    )
    return [ast.unparse(keyword) for keyword in call.keywords]


@pytest.mark.parametrize("case", case_packages.names())
def test_the_async_client_is_made_as_the_sync_one_is(case: str) -> None:
    surface = surface_of(case_packages.CASES / case / case_packages.source(case))
    for blocks in examples(surface).values():
        given = made_with(blocks["Python"], surface.client.name)
        assert made_with(blocks["Async"], surface.client.name) == given
        for code in (blocks["Python"], blocks["Async"]):
            assert ("import os" in code.split("\n")) == ("os.environ" in code)


def test_a_client_without_a_server_is_given_one(tmp_path: Path) -> None:
    blocks = of_document(tmp_path, {"responses": {"200": {"description": "it"}}})
    for code in blocks.values():
        assert re.search(r"base_url=.https", code), code


def test_an_error_has_what_its_own_status_declares(tmp_path: Path) -> None:
    typed = {"content": {"application/json": {"schema": {"type": "object", "properties": {"code": {}}}}}}

    def printed(responses: dict[str, Any]) -> dict[str, str]:
        declared = {status: {"description": "it", **more} for status, more in {"200": {}, **responses}.items()}
        code = of_document(tmp_path, {"responses": declared})["Errors"]
        return dict(re.findall(r"except \w+\.(\w+) as error:\n    print\(error.status_code, (error\.\w+)\)", code))

    assert printed({"404": {}, "409": typed}) == {"NotFoundError": "error.body", "ConflictError": "error.error"}
    assert printed({"404": {}, "default": typed}) == {"NotFoundError": "error.error"}
    assert printed({"4XX": typed}) == {"NotFoundError": "error.error"}
    assert printed({"500": typed, "503": {}}) == {"InternalServerError": "error.body"}
    assert printed({}) == {"NotFoundError": "error.body"}


def test_a_body_that_requires_nothing_is_shown_with_a_few_simple_members(tmp_path: Path) -> None:
    inner = {"type": "object", "properties": {"a": {"type": "string"}}}
    texts = {name: {"type": "string"} for name in ("one", "two", "three")}
    old = {"type": "string", "deprecated": True}

    def called(properties: dict[str, Any]) -> str:
        content = {"application/json": {"schema": {"type": "object", "properties": properties}}}
        blocks = of_document(tmp_path, {"requestBody": {"content": content}, "responses": {"204": {"description": ""}}})
        (call,) = re.findall(r"^client\.\w+\.\w+\((.*)\)$", blocks["Python"], re.MULTILINE)
        return str(call)

    assert called({"inner": inner, "old": old, **texts}) == 'one="one", two="two"'
    assert called({"inner": inner}) == 'inner={"a": "a"}'
    assert called({"old": old}) == ""
