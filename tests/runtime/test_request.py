"""The behaviour of a client: A request."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from server import answer

from clientsmith.runtime.cookies import cookie_text
from clientsmith.runtime.omit import omit
from clientsmith.runtime.operation import Operation
from clientsmith.runtime.parameters import expand_path, header_text, query_string
from clientsmith.runtime.styles import ContentStyle, Style


def sent(kit: Any) -> Any:
    return kit.server.received[-1]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a/b", "a%2Fb"), ("a?b#c", "a%3Fb%23c"), ("50%", "50%25"), ("a b", "a%20b"), ("é", "%C3%A9")],
)
def test_a_path_parameter_is_one_encoded_segment(kit: Any, value: str, expected: str) -> None:
    kit.call(kit.client(), "get", value)
    assert sent(kit).path == f"/v1/things/{expected}"


@pytest.mark.parametrize("value", [".", "..", "%2e", "%2E%2e", ".%2e", "%252e"])
def test_a_dot_segment_in_any_spelling_is_a_value_error(kit: Any, value: str) -> None:
    client = kit.client()
    kit.fails(ValueError, lambda: client.things.get(value))
    assert kit.server.received == []


@pytest.mark.parametrize("value", ["", None, omit])
def test_an_empty_path_parameter_is_a_value_error_naming_it(kit: Any, value: Any) -> None:
    client = kit.client()
    assert "thing_id" in str(kit.fails(ValueError, lambda: client.things.get(value)))
    assert kit.server.received == []


def test_dots_made_of_two_parameters_are_refused() -> None:
    operation: Operation[None] = Operation("GET", "/x/{a}{b}/y")
    with pytest.raises(ValueError, match="segment"):
        expand_path(operation.path_parts, {"a": ".", "b": "."}, operation.path_styles)
    assert expand_path(operation.path_parts, {"a": "1.", "b": "5"}, operation.path_styles) == "x/1.5/y"


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        (Style("simple"), [3, 4], "3,4"),
        (Style("simple", explode=True), {"a": 1, "b": 2}, "a=1,b=2"),
        (Style("simple"), {"a": 1, "b": 2}, "a,1,b,2"),
        (Style("label"), 5, ".5"),
        (Style("label"), [3, 4], ".3,4"),
        (Style("label", explode=True), [3, 4], ".3.4"),
        (Style("label", explode=True), {"a": 1}, ".a=1"),
        (Style("matrix"), 5, ";p=5"),
        (Style("matrix"), [3, 4], ";p=3,4"),
        (Style("matrix", explode=True), [3, 4], ";p=3;p=4"),
        (Style("matrix", explode=True), {"a": 1, "b": 2}, ";a=1;b=2"),
        (Style("matrix"), {"a": 1}, ";p=a,1"),
        (ContentStyle("application/json"), {"a": 1}, "%7B%22a%22%3A1%7D"),
    ],
)
def test_path_styles(style: Any, value: Any, expected: str) -> None:
    operation: Operation[None] = Operation("GET", "/{p}", path_styles={"p": style})
    assert expand_path(operation.path_parts, {"p": value}, operation.path_styles) == expected


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        (None, ["A", "B"], "q=A&q=B"),
        (None, True, "q=true"),
        (None, False, "q=false"),
        (None, None, ""),
        (None, omit, ""),
        (None, [], ""),
        (None, "a b&c", "q=a%20b%26c"),
        (None, datetime(2026, 1, 2, tzinfo=UTC), "q=2026-01-02T00%3A00%3A00Z"),
        (None, {"a": {"b": 1}, "c": [2, 3]}, "q.a.b=1&q.c=2&q.c=3"),
        (Style("form", explode=False), ["A", "B,"], "q=A,B%2C"),
        (Style("form", explode=False), {"a": 1, "b": 2}, "q=a,1,b,2"),
        (Style("form"), {"a": 1, "b": None}, "a=1"),
        (None, [{"a": 1}, {"a": 2}], "q.0.a=1&q.1.a=2"),
        (Style("form"), {"a": {"b": 1}}, "a%5Bb%5D=1"),
        (Style("form"), [{"a": 1}, {"a": 2}], "q%5B0%5D%5Ba%5D=1&q%5B1%5D%5Ba%5D=2"),
        (Style("deepObject"), {"a": {"b": 1}}, "q%5Ba%5D%5Bb%5D=1"),
        (Style("deepObject"), ["a,b", "c"], "q%5B0%5D=a%2Cb&q%5B1%5D=c"),
        (Style("deepObject"), {"a": [{"b": 1}, {"b": 2}]}, "q%5Ba%5D%5B0%5D%5Bb%5D=1&q%5Ba%5D%5B1%5D%5Bb%5D=2"),
        (Style("spaceDelimited", explode=False), ["a", "b"], "q=a%20b"),
        (Style("pipeDelimited", explode=False), ["a", "b"], "q=a%7Cb"),
        (Style("pipeDelimited", explode=True), ["a", "b"], "q=a&q=b"),
        (Style("form", allow_reserved=True), "a/b?c&d#e", "q=a/b?c%26d%23e"),
        (Style("form", allow_reserved=True), "a%2Fb%25c%zz%", "q=a%2Fb%25c%25zz%25"),
        (ContentStyle("application/json"), {"a": 1}, "q=%7B%22a%22%3A1%7D"),
    ],
)
def test_query_styles(style: Any, value: Any, expected: str) -> None:
    assert query_string({"q": value}, {"q": style} if style else {}, "dots") == expected


def test_objects_in_the_query_with_brackets_or_as_a_form() -> None:
    values = {"q": {"a": {"b": 1}}}
    assert query_string(values, {}, "brackets") == "q%5Ba%5D%5Bb%5D=1"
    assert query_string(values, {}, "form") == "a%5Bb%5D=1"


def test_header_and_cookie_styles() -> None:
    assert header_text([1, True], None) == "1,true"
    assert header_text({"a": 1}, None) == "a,1"
    assert header_text({"a": 1}, Style("simple", explode=True)) == "a=1"
    assert cookie_text("c", "a;b", None) == "c=a%3Bb"
    assert cookie_text("c", [1, 2], Style("form", explode=False)) == "c=1,2"


def test_the_query_goes_out_with_extras_over_parameters_over_defaults(kit: Any) -> None:
    client = kit.client(default_query={"a": "default", "b": "default", "c": "default"})
    kit.call(client, "search", b="param", c="param", extra_query={"c": "extra", "d": {"e": 1}})
    assert sent(kit).query == "a=default&b=param&c=extra&d.e=1"


def test_omit_takes_a_default_out_of_the_query(kit: Any) -> None:
    client = kit.client(default_query={"a": "default"})
    kit.call(client, "search", extra_query={"a": omit})
    assert sent(kit).target == "/v1/search"


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0b", "é"])
def test_a_line_break_in_a_header_is_a_value_error_that_hides_the_value(kit: Any, value: str) -> None:
    client = kit.client()
    error = kit.fails(ValueError, lambda: client.things.get("1", extra_headers={"X-A": value}))
    assert "X-A" in str(error)
    assert value not in str(error)
    kit.fails(ValueError, lambda: kit.client(api_token=f"t{value}").things.get("1"))
    assert kit.server.received == []


@pytest.mark.parametrize("name", ["a b", "a:b", "", "a\t", "a\r\nX-Evil", "a\0", "é", "(a)"])
def test_an_illegal_header_name_is_a_value_error_naming_it(kit: Any, name: str) -> None:
    client = kit.client()
    for value in ("1", omit):
        error = kit.fails(ValueError, lambda: client.things.get("1", extra_headers={name: value}))  # noqa: B023
        assert repr(name) in str(error)
    kit.fails(ValueError, lambda: kit.client(default_headers={name: "1"}).things.get("1"))
    assert kit.server.received == []


def test_any_token_can_be_the_name_of_a_header(kit: Any) -> None:
    name = "!#$%&'*+-.^_`|~09azAZ"
    kit.call(kit.client(), "get", "1", extra_headers={name: "x"})
    assert sent(kit).all(name.lower()) == ["x"]


def test_header_names_merge_without_regard_to_case(kit: Any) -> None:
    client = kit.client(default_headers={"x-one": "default", "USER-AGENT": "mine"})
    kit.call(client, "get", "1", extra_headers={"X-ONE": "extra"})
    assert sent(kit).all("x-one") == ["extra"]
    assert sent(kit).all("user-agent") == ["mine"]


@pytest.mark.parametrize("name", ["User-agent", "ACCEPT", "accept-encoding", "x-default"])
def test_omit_removes_a_header(kit: Any, name: str) -> None:
    client = kit.client(default_headers={"X-Default": "1"})
    kit.call(client, "get", "1", extra_headers={name: omit})
    assert sent(kit).all(name) == []


def test_requests_send_accept_and_a_user_agent_naming_package_and_version(kit: Any) -> None:
    kit.call(kit.client(), "get", "1")
    assert sent(kit).header("user-agent") == "sample_client/1.2.3"
    assert sent(kit).header("accept") == "application/json"


def test_a_json_body_leaves_out_omit_and_sends_null(kit: Any) -> None:
    kit.call(kit.client(), "create", name="x", note=None, user_id=omit)
    assert sent(kit).json() == {"name": "x", "note": None}
    assert sent(kit).header("content-type") == "application/json"


def test_extra_body_wins_and_the_callers_objects_are_unchanged(kit: Any) -> None:
    extra = {"name": "extra", "deep": {"keep": [1, omit], "drop": omit}}
    headers = {"X-A": "1"}
    kit.call(kit.client(), "create", name="x", extra_body=extra, extra_headers=headers)
    assert sent(kit).json() == {"name": "extra", "deep": {"keep": [1]}}
    assert extra == {"name": "extra", "deep": {"keep": [1, omit], "drop": omit}}
    assert headers == {"X-A": "1"}


def test_omit_in_the_extra_body_takes_a_key_out(kit: Any) -> None:
    kit.call(kit.client(), "create", name="x", note="n", extra_body={"note": omit})
    assert sent(kit).json() == {"name": "x"}


def test_get_has_no_body_and_no_content_type(kit: Any) -> None:
    client = kit.client()
    kit.call(client, "get", "1")
    assert sent(kit).body == b""
    assert [sent(kit).header(n) for n in ("content-type", "content-length")] == [None, None]
    kit.fails(TypeError, lambda: client.things.get("1", extra_body={"a": 1}))


def test_a_form_body(kit: Any) -> None:
    kit.call(kit.client(), "form", a="x y", b=[1, 2], c=omit)
    assert sent(kit).body == b"a=x%20y&b=1&b=2"
    assert sent(kit).header("content-type") == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("body", ["text", 5, [1]])
def test_a_form_that_is_no_object_is_a_type_error(kit: Any, body: Any) -> None:
    client = kit.client()
    assert "object" in str(kit.fails(TypeError, lambda: client.things.form(extra_body=body)))
    assert kit.server.received == []


def test_a_text_body_and_a_text_response(kit: Any) -> None:
    kit.server.default = answer(200, "grün".encode("latin-1"), content_type="text/plain; charset=latin-1")
    assert kit.call(kit.client(), "note", body="é") == "grün"
    assert sent(kit).body == "é".encode()
    kit.call(kit.client(), "note", body=True)
    assert sent(kit).body == b"true"


def test_missing_required_arguments_are_a_type_error_naming_them(kit: Any) -> None:
    client = kit.client()
    assert "name" in str(kit.fails(TypeError, lambda: client.things.create()))


def test_a_servers_own_address_of_an_operation(kit: Any) -> None:
    operation: Operation[object] = Operation("GET", "/x", server="/other/", security=())
    kit.run(kit.client().request(operation))
    assert sent(kit).path == "/other/x"


def test_a_path_of_the_document_may_have_a_query(kit: Any) -> None:
    client = kit.client()
    operation: Operation[Any] = Operation("GET", "/things?beta=true", security=())
    kit.run(client.request(operation, query={"limit": 3}))
    assert sent(kit).target == "/v1/things?beta=true&limit=3"


def test_an_omitted_authorization_header_is_not_written_by_the_library(kit: Any) -> None:
    base_url = kit.server.url.replace("://", "://user:pass@")
    for options in {"base_url": base_url}, {"http_client": kit.http_client(auth=("user", "pass"))}:
        kit.call(kit.client(**options), "get", "1", extra_headers={"authorization": omit})
        assert sent(kit).header("authorization") is None


def test_a_hook_of_the_http_client_changes_no_other_call(kit: Any) -> None:
    def sync_hook(request: Any) -> None:
        seen.append(dict(request.extensions["timeout"]))
        request.extensions["timeout"]["read"] = 0.5

    async def hook(request: Any) -> None:
        sync_hook(request)

    seen: list[Any] = []
    client = kit.client(http_client=kit.http_client(event_hooks={"request": [hook if kit.is_async else sync_hook]}))
    kit.call(client, "get", "1")
    kit.call(client, "get", "1")
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        (Style("simple", allow_reserved=True), "v1;a=b@c:d,e!f", "x/v1;a=b@c:d,e!f"),
        (Style("simple", allow_reserved=True), "a/b?c#d[e]", "x/a%2Fb%3Fc%23d%5Be%5D"),
        (Style("simple", allow_reserved=True), "a%20b%2525c%", "x/a%20b%2525c%25"),
        (Style("matrix", allow_reserved=True), "a:b", "x/;p=a:b"),
        (Style("label", allow_reserved=True), ["a@b", "c"], "x/.a@b,c"),
    ],
)
def test_reserved_characters_in_paths(style: Style, value: object, expected: str) -> None:
    operation: Operation[object] = Operation("GET", "/x/{p}", path_styles={"p": style})
    assert expand_path(operation.path_parts, {"p": value}, operation.path_styles) == expected


@pytest.mark.parametrize("value", ["..", "%2e%2E", "%252e."])
def test_reserved_paths_lead_nowhere_else(value: str) -> None:
    operation: Operation[object] = Operation("GET", "/x/{p}", path_styles={"p": Style("simple", allow_reserved=True)})
    with pytest.raises(ValueError, match="must not make the segment"):
        expand_path(operation.path_parts, {"p": value}, operation.path_styles)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"street": "a b", "n": 1}, "q=%7B%22street%22%3A%22a%20b%22%2C%22n%22%3A1%7D"),
        ([{"a": 1}, {"a": 2}], "q=%7B%22a%22%3A1%7D&q=%7B%22a%22%3A2%7D"),
        ([[1, 2], 3, None], "q=%5B1%2C2%5D&q=3"),
        (["a", "b"], "q=a&q=b"),
        (None, ""),
    ],
)
def test_objects_in_forms_are_json(value: object, expected: str) -> None:
    """Encoding Object: the default content type of an object is JSON, that of an array is that of its items."""
    assert query_string({"q": value}, {}, "json") == expected
