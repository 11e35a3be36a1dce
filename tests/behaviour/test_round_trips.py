"""Every golden client with made-up data: requests as the document describes them, responses decoded and encoded again.

Payloads are made by `tests/corpus/payloads.py`, requests are checked by `tests/corpus/round_trip.py` and openapi-core;
hypothesis chooses how much each payload has.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import case_packages
from tests.corpus.payloads import Choice, NoPayload, Payloads
from tests.corpus.round_trip import RoundTrip, Tally
from tests.corpus.schemas import Checker
from tests.corpus.specification import Place, Specification
from tests.corpus.wire import same
from tests.runtime.server import Server

from clientsmith.data.report import Report
from clientsmith.pipeline import Run, settings_of, understand

UNREADABLE = {
    "doc_3_2": "a document of version 3.2",
    "doc_components_in_files": "several files",
    "doc_defs": "an anchor",
    "doc_dynamic_references": "an anchor",
    "doc_files": "several files",
    "doc_generics": "several files",
    "doc_maps_in_files": "several files",
    "doc_references": "an anchor",
    "doc_shared_bodies": "several files",
    "op_3_2": "a document of version 3.2",
    "op_events": "a document of version 3.2",
    "op_parts": "a document of version 3.2",
    "overlay": "changed by overlays",
    "overlay_swagger": "changed by overlays",
    "schema_enums_narrowed": "enums beside unions, for which no payload is made",
    "schema_unknown_types": "not valid",
    "select_only_named": "some operations are left out",
    "select_operations": "some operations are left out",
    "several_files": "several files",
    "swagger_files": "several files",
    "swagger_lists": "lists that no style of OpenAPI 3 joins",
    "wrong_swagger": "not valid",
    "wrong_dangling_part": "not valid",
    "wrong_dangling_parts": "not valid",
    "wrong_dynamic_scope": "an anchor",
}
"""Cases whose documents are more than those read: valid, in one file, of version 3.0 or 3.1, without anchors."""
UNANSWERED = {
    "op_json_lines": "a body of several lines is not made",
    "op_content_types": "parts with a style, and values in media types that are no JSON, are not made",
    "op_json_sequences": "a sequence of JSON texts is not made",
    "op_media_choice": "parts in base64 are not read",
    "op_pages": "a response that is a list gives a page, which is no JSON",
    "op_streams": "a method sends the flag that asks for a stream itself",
    "sdk_surface": "its settings write queries in another way than its document",
    "op_responses": "the status that is made for `default` is one of its 4XX",
}
"""Cases of which not all calls can be judged; `over_http` has them."""
STRICTER = {
    "schema_any": "a format without a type is that of a text here, and means nothing to other values in JSON Schema",
    "schema_formats": "a format without a type, as above",
}
"""Cases where strict decoding refuses some of what JSON Schema allows."""
CASES = [case for case in case_packages.names() if case not in UNREADABLE]


@cache
def report(case: str) -> Report:
    """Tell what became of each operation and component of a case."""
    folder = case_packages.CASES / case
    source = next(path for path in (folder / "settings.toml", folder / "spec.yaml") if path.exists())
    found = settings_of(source, Path("unused") / case)
    return understand(Run(found), lambda stage: None).report


# --- over HTTP -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [case for case in CASES if case not in {*UNANSWERED, *STRICTER}])
def test_every_operation_sends_and_takes_what_the_document_says(case: str) -> None:
    tally = round_trip(case)
    assert tally.failures == []
    assert tally.calls >= tally.operations > 0


@pytest.mark.parametrize("case", [*UNANSWERED, *STRICTER])
def test_each_exception_is_needed(case: str) -> None:
    assert round_trip(case).failures


def round_trip(case: str) -> Tally:
    """Call all methods of a case's client."""
    package = case_packages.client(case).__name__
    entries = {"operations": [asdict(entry) for entry in report(case).operations]}
    server = Server()
    try:
        return RoundTrip(case_packages.CASES / case / "spec.yaml", package, entries, server).run()
    finally:
        server.close()


# --- models ----------------------------------------------------------------------------------------------------------


def components() -> Iterator[tuple[str, str]]:
    for case in CASES:
        text = (case_packages.CASES / case / "spec.yaml").read_text("utf-8")
        schemas = (yaml.load(text, yaml.CSafeLoader).get("components") or {}).get("schemas") or {}
        yield from ((case, name) for name in schemas)


choices = st.builds(Choice, everything=st.booleans(), nulls=st.booleans(), turn=st.integers(0, 11))
scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
unknown = st.dictionaries(st.text().map(lambda text: f"unknown {text}"), scalars | st.text() | st.lists(scalars))


@pytest.mark.parametrize(("case", "component"), list(components()))
@settings(max_examples=12)
@given(choice=choices, more=unknown)
def test_what_is_decoded_encodes_back_to_itself(
    case: str, component: str, choice: Choice, more: dict[str, Any]
) -> None:
    annotation = declared(case, component)
    if annotation is None:
        return
    payload, is_valid = made(case, component, choice)
    if is_open(annotation, payload):
        payload = {**payload, **more}
    encode = importlib.import_module(f"{case}._core.encode").encode
    decode = importlib.import_module(f"{case}._core.decode").decode
    assert same(encode(decode(payload, annotation)), payload)
    if is_valid and case not in STRICTER:
        assert same(encode(decode(payload, annotation, strict=True)), payload)


@cache
def declared(case: str, component: str) -> Any:
    """Find the class or alias that responses have of a component; None where only requests use it, or nothing does."""
    classes = next((entry.classes for entry in report(case).schemas if entry.name == component), ())
    name = next((name for name in classes if not name.endswith("Param")), None)
    if name is None:
        return None
    module, _, attribute = name.rpartition(".")
    package = case_packages.client(case).__name__
    return getattr(importlib.import_module(f"{package}.{module}"), attribute)


def made(case: str, component: str, choice: Choice) -> tuple[Any, bool]:
    """Make JSON of a component, and tell whether its schema allows it."""
    specification, payloads, checker = tools(case)
    reference = f"#/components/schemas/{component.replace('~', '~0').replace('/', '~1')}"
    schema = specification.at(reference)
    payload = None
    for changed in (choice, replace(choice, nulls=False), replace(choice, everything=False, nulls=False)):
        try:
            payload = payloads.make(Place({"$ref": reference}, reference), changed)
        except NoPayload:
            continue
        if checker.problem(payload, schema, "response") is None:
            return payload, True
    return payload, False


@cache
def tools(case: str) -> tuple[Specification, Payloads, Checker]:
    specification = Specification(case_packages.CASES / case / "spec.yaml")
    return specification, Payloads(specification, "response"), Checker(specification)


def is_open(annotation: Any, payload: Any) -> bool:
    """Report whether unknown members may be added: to a model that does not say what type they have."""
    is_model = isinstance(annotation, type) and isinstance(payload, dict)
    return is_model and "additional_properties" not in getattr(annotation, "__annotations__", {})
