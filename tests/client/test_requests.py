"""Every method against a real server: requests are held against the document, typed answers against payloads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import cloudflare_realtimekit
import pytest
from cloudflare_realtimekit import types
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from tests.client.conftest import BASE_PATH, Kit
from tests.client.specification import DOCUMENT, JSON, OPERATIONS, Operation, may_be_null, resolved, sample, type_of
from tests.runtime.server import Received, answer, reset, silent
from werkzeug.datastructures import Headers, ImmutableMultiDict

SPECIFICATION = OpenAPI.from_dict(DOCUMENT)
METHODS = pytest.mark.parametrize("operation", OPERATIONS, ids=str)
AMOUNTS = pytest.mark.parametrize("everything", [False, True], ids=["required", "all"])
BY_NAME = {operation.name: operation for operation in OPERATIONS}


@dataclass
class Validated:
    """A received request, as openapi-core wants to see it."""

    method: str
    path: str
    body: bytes | None
    content_type: str
    parameters: RequestParameters
    host_url: str = "https://api.cloudflare.com"

    @property
    def full_url_pattern(self) -> str:
        return self.host_url + self.path


def validate(received: Received) -> None:
    """Hold a request against the document.

    Raises `OpenAPIError`.
    """
    parameters = RequestParameters(
        query=ImmutableMultiDict(parse_qsl(received.query, keep_blank_values=True)),
        header=Headers(received.headers),
        cookie=ImmutableMultiDict(),
    )
    content_type = received.header("content-type") or ""
    request = Validated(received.method.lower(), received.path, received.body or None, content_type, parameters)
    SPECIFICATION.validate_request(request)


@METHODS
@AMOUNTS
def test_request_is_what_the_document_asks_for(kit: Kit, operation: Operation, everything: bool) -> None:
    arguments = operation.arguments(everything=everything)
    kit.server.script.append(success(operation))
    kit.call(operation, **arguments)
    (received,) = kit.server.received
    validate(received)
    assert received.method == operation.verb
    assert received.path == BASE_PATH + operation.expected_path()
    assert received.header("authorization") == "Bearer token"
    query = {name for name, _ in parse_qsl(received.query)}
    assert query == (set(operation.query) if everything else set())
    if operation.body:
        members = resolved(operation.body)["properties"]
        assert received.json() == {name: value for name, value in arguments.items() if name in members}
    else:
        assert received.body == b""
        assert received.header("content-type") is None


def success(operation: Operation) -> Any:
    return answer(operation.status, sample(operation.answer) if operation.answer else None)


@METHODS
@pytest.mark.parametrize("shape", [(True, False), (True, True), (False, False), (False, True)], ids=str)
def test_response_has_every_value_of_the_payload(kit: Kit, operation: Operation, shape: tuple[bool, bool]) -> None:
    everything, nulls = shape
    payload = sample(operation.answer, everything=everything, nulls=nulls) if operation.answer else None
    kit.server.script.append(answer(operation.status, payload))
    model = kit.call(operation, **operation.arguments(everything=False))
    if operation.answer is None:
        assert model is None
        return
    assert type(model).__name__ == operation.response_class
    assert_same(model, payload, operation.answer)
    assert model.to_dict() == as_instants(payload)


def assert_same(value: Any, payload: Any, schema: JSON) -> None:
    """Compare a typed value with the JSON it was made of, member by member."""
    schema = resolved(schema)
    if payload is None:
        assert value is None
        assert may_be_null(schema)
    elif "anyOf" in schema:
        (schema,) = (choice for choice in schema["anyOf"] if choice.get("type") != "null")
        assert_same(value, payload, schema)
    elif type_of(schema) == "object":
        assert_same_members(value, payload, schema)
    elif type_of(schema) == "array":
        assert isinstance(value, list)
        for item, sent in zip(value, payload, strict=True):
            assert_same(item, sent, schema["items"])
    elif schema.get("format") == "date-time":
        assert isinstance(value, datetime)
        assert value == datetime.fromisoformat(payload)
        assert value.tzinfo is not None
    else:
        assert value == payload
        assert type(value) is type(payload)


def assert_same_members(model: Any, payload: Any, schema: JSON) -> None:
    assert dict(model.unknown_fields) == {}
    for wire_name, member in schema["properties"].items():
        name = re.sub(r"(?<=_)[A-Z]", lambda match: match[0].lower(), wire_name)
        assert model.is_set(name) == (wire_name in payload)
        if wire_name in payload:
            assert_same(getattr(model, name), payload[wire_name], member)
        else:
            assert getattr(model, name) is None


def as_instants(payload: Any) -> Any:
    """Write times as the client does, so that equal instants are equal text."""
    if isinstance(payload, dict):
        return {key: as_instants(value) for key, value in payload.items()}
    if isinstance(payload, list):
        return [as_instants(item) for item in payload]
    if isinstance(payload, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT.*", payload):
        return datetime.fromisoformat(payload).isoformat()
    return payload


def test_the_check_of_requests_finds_what_is_wrong(kit: Kit) -> None:
    operation = BY_NAME["start_recordings"]
    for wrong in ({"max_seconds": 5}, {"audio_config": {"codec": "WAV"}}, {"meeting_id": "no uuid"}):
        kit.call(operation, **operation.arguments(everything=True) | wrong)
        with pytest.raises(OpenAPIError):
            validate(kit.server.received[-1])


# --- null, absent, models --------------------------------------------------------------------------------------------


def test_none_is_sent_as_null_and_what_is_left_out_is_not_sent(kit: Kit) -> None:
    kit.server.script.append(success(BY_NAME["create"]))
    kit.call(BY_NAME["create"], account_id="account", title=None, record_on_start=None)
    assert kit.server.received[-1].json() == {"title": None, "record_on_start": None}


def test_a_model_is_accepted_where_its_json_would_be(kit: Kit) -> None:
    payload = sample(BY_NAME["create"].answer)
    response = types.realtime_kit.MeetingCreateResponse.from_dict(payload)
    assert response.data is not None
    kit.server.script.append(success(BY_NAME["create"]))
    kit.call(BY_NAME["create"], account_id="account", ai_config=response.data.ai_config)
    assert kit.server.received[-1].json() == {"ai_config": payload["data"]["ai_config"]}
    validate(kit.server.received[-1])


def test_a_response_class_of_the_seed_names_its_wire_names(kit: Kit) -> None:
    operation = BY_NAME["get_one_recording"]
    kit.server.script.append(success(operation))
    model = kit.call(operation, account_id="account", app_id="app")
    caller = model.data.start_reason.caller
    assert caller.user_id == caller.to_dict()["user_Id"]


# --- wrong responses ------------------------------------------------------------------------------------------------

ERROR: JSON = {"success": False, "error": {"code": 404, "message": "There is none."}}


@METHODS
def test_not_found(kit: Kit, operation: Operation) -> None:
    kit.server.script.append(answer(404, ERROR))
    error = failure(kit, operation, cloudflare_realtimekit.NotFoundError)
    assert error.status_code == 404
    assert error.body == ERROR
    assert len(kit.server.received) == 1
    if 404 in operation.errors:
        assert isinstance(error.error, types.Error)
        assert error.error.error.message == "There is none."


def failure(kit: Kit, operation: Operation, kind: type[Exception], **options: Any) -> Any:
    with pytest.raises(kind) as caught:
        kit.call(operation, **operation.arguments(everything=False), **options)
    return caught.value


@METHODS
def test_unprocessable(kit: Kit, operation: Operation) -> None:
    kit.server.script.append(answer(422, {"errors": [{"code": 10001, "message": "no"}]}))
    error = failure(kit, operation, cloudflare_realtimekit.UnprocessableEntityError)
    assert isinstance(error, cloudflare_realtimekit.CloudflareError)
    assert error.body == {"errors": [{"code": 10001, "message": "no"}]}
    assert kit.slept == []


@METHODS
def test_server_error_then_success(kit: Kit, operation: Operation) -> None:
    kit.server.script += [answer(500, ERROR), success(operation)]
    arguments = operation.arguments(everything=True)
    model = kit.call(operation, **arguments)
    assert (model is None) == (operation.answer is None)
    first, second = kit.server.received
    assert (first.method, first.target, first.body) == (second.method, second.target, second.body)
    assert len(kit.slept) == 1


@pytest.mark.parametrize("operation", [operation for operation in OPERATIONS if 500 in operation.errors], ids=str)
def test_server_error_at_last_has_the_typed_body(kit: Kit, operation: Operation) -> None:
    kit.server.script += [answer(500, ERROR)] * 3
    error = failure(kit, operation, cloudflare_realtimekit.InternalServerError)
    assert error.error.error.code == 404
    assert len(kit.server.received) == 3


def test_reset_then_success(kit: Kit) -> None:
    operation = BY_NAME["create"]
    kit.server.script += [reset(), success(operation)]
    assert kit.call(operation, account_id="account").success is True
    assert len(kit.server.received) == 2


def test_reset_at_last(kit: Kit) -> None:
    kit.server.script += [reset()] * 3
    failure(kit, BY_NAME["get_recordings"], cloudflare_realtimekit.APIConnectionError)
    assert len(kit.server.received) == 3


def test_timeout(kit: Kit) -> None:
    kit.server.script += [silent()] * 3
    error = failure(kit, BY_NAME["get"], cloudflare_realtimekit.APITimeoutError, timeout=0.5)
    assert isinstance(error, cloudflare_realtimekit.APIConnectionError)
    assert len(kit.server.received) == 3


@pytest.mark.parametrize("payload", [[], "text", {"data": [1], "paging": {}, "success": True}], ids=str)
def test_a_response_of_another_shape(kit: Kit, payload: object) -> None:
    kit.server.script.append(answer(200, payload))
    failure(kit, BY_NAME["get_recordings"], cloudflare_realtimekit.APIResponseValidationError)


# --- pages -----------------------------------------------------------------------------------------------------------


def iterate(kit: Kit, **arguments: Any) -> list[Any]:
    found = kit.client.realtime_kit.meetings.iter("app", account_id="account", **arguments)

    async def collected() -> list[Any]:
        return [item async for item in found]

    return list(kit.run(collected()) if kit.is_async else found)


def page(number: int) -> Any:
    paging = {"start_offset": number * 2 - 1, "end_offset": number * 2, "total_count": 4}
    payload: Any = sample(BY_NAME["get"].answer)
    items = [{**item, "title": f"{number}"} for item in payload["data"]]
    return answer(200, {**payload, "data": items, "paging": paging})


def test_an_iterator_goes_through_all_pages(kit: Kit) -> None:
    kit.server.script += [page(1), page(2)]
    items = iterate(kit, per_page=2)
    assert [type(item).__name__ for item in items] == ["Data"] * 4
    queries = [dict(parse_qsl(received.query)) for received in kit.server.received]
    assert queries == [{"per_page": "2"}, {"per_page": "2", "page_no": "2"}]


@pytest.mark.parametrize("start", [5, "5"])
def test_an_iterator_starts_at_the_page_that_is_asked_for(kit: Kit, start: object) -> None:
    kit.server.script += [page(1), page(2)]
    iterate(kit, extra_query={"page_no": start})
    assert [received.query for received in kit.server.received] == ["page_no=5", "page_no=6"]
