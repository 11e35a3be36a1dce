"""Operations, parameters, bodies, responses, security and servers."""

from __future__ import annotations

from typing import Any

import pytest
from tests.behaviour.lower.notation import lowered, operation, written

from clientsmith.data.access import OAuthFlow, Requirement
from clientsmith.data.schemas import ReferenceShape

TEXT = {"type": "string"}
OK = {"200": {"description": "Done"}}


def parameter(name: str, location: str, **others: Any) -> dict[str, Any]:
    return {"name": name, "in": location, "schema": TEXT, **others}


def codes(document: dict[str, Any], version: str = "3.1.0") -> list[str]:
    return [issue.code for issue in lowered(document, version).issues]


# --- paths and verbs ---


def test_all_verbs_in_document_order() -> None:
    verbs = ["trace", "patch", "head", "options", "delete", "post", "put", "get"]
    found = lowered({"paths": {"/a": {verb: {} for verb in verbs}}}).value
    assert [each.verb for each in found.operations] == [verb.upper() for verb in verbs]


def test_verbs_of_3_2() -> None:
    found = lowered({"paths": {"/a": {"query": {}, "additionalOperations": {"COPY": {}}}}}, "3.2.0").value
    assert [(each.verb, str(each.pointer)) for each in found.operations] == [
        ("QUERY", "#/paths/~1a/query"),
        ("COPY", "#/paths/~1a/additionalOperations/COPY"),
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("pets", "/pets"),
        ("/pets?action=list", "/pets?action=list"),
        ("/pets?kind={kind}", "/pets"),
        ("/pets?a=b&kind={kind}", "/pets?a=b"),
        ("/pets#second", "/pets"),
        ("/pets/", "/pets/"),
    ],
)
def test_path(path: str, expected: str) -> None:
    made = operation({"get": {"parameters": [parameter("kind", "query")]}}, path)
    assert made.path == expected
    assert [each.wire_name for each in made.parameters] == ["kind"]


def test_path_item_reference() -> None:
    document = {
        "paths": {"/a": {"$ref": "#/components/pathItems/A", "post": {}}},
        "components": {"pathItems": {"A": {"get": {"operationId": "getA"}, "post": {"operationId": "other"}}}},
    }
    found = lowered(document).value.operations
    assert [(each.verb, each.operation_id) for each in found] == [("POST", None), ("GET", "getA")]


def test_facts_of_an_operation() -> None:
    made = operation(
        {
            "summary": "All",
            "servers": [{"url": "/v2"}],
            "get": {
                "operationId": "list pets",
                "tags": ["a", "b"],
                "deprecated": True,
                "description": "Long",
                "x-clientsmith-resource": "zoo.pets",
                "x-clientsmith-method": "list",
            },
        }
    )
    assert (made.operation_id, made.tags, made.deprecated) == ("list pets", ("a", "b"), True)
    assert (made.summary, made.description) == ("All", "Long")
    assert (made.resource_hint, made.method_hint) == ("zoo.pets", "list")
    assert [server.url for server in made.servers] == ["/v2"]


def test_duplicate_operation_ids_are_reported_with_both_places() -> None:
    found = lowered({"paths": {"/a": {"get": {"operationId": "x"}}, "/b": {"get": {"operationId": "x"}}}})
    (issue,) = found.issues
    assert (issue.code, issue.severity) == ("duplicate-operation-id", "warning")
    assert str(issue.pointer) == "#/paths/~1b/get/operationId"
    assert "GET /a" in issue.message
    assert issue.hint is not None
    assert "#/paths/~1a/get" in issue.hint


# --- parameters ---


def test_path_parameters_come_first_in_template_order() -> None:
    declared = [parameter("q", "query"), parameter("b", "path"), parameter("a", "path", required=False)]
    made = operation({"get": {"parameters": declared}}, "/x/{a}/{b}")
    assert [(each.wire_name, each.required) for each in made.parameters] == [("a", True), ("b", True), ("q", False)]


def test_operation_overrides_its_path() -> None:
    item = {
        "parameters": [parameter("a", "query"), parameter("b", "query"), parameter("a", "header")],
        "get": {"parameters": [parameter("a", "query", required=True)]},
    }
    made = operation(item)
    assert [(each.wire_name, each.location, each.required) for each in made.parameters] == [
        ("a", "query", True),
        ("b", "query", False),
        ("a", "header", False),
    ]


def test_parameter_reference() -> None:
    shared = {"components": {"parameters": {"Limit": parameter("limit", "query", description="How many")}}}
    made = operation({"get": {"parameters": [{"$ref": "#/components/parameters/Limit"}]}}, **shared)
    assert made.parameters[0].description == "How many"
    assert str(made.parameters[0].pointer) == "#/components/parameters/Limit"


@pytest.mark.parametrize(("version", "expected"), [("3.0.3", "How many"), ("3.1.0", "Here")])
def test_a_description_beside_a_parameter_reference(version: str, expected: str) -> None:
    reference = {"$ref": "#/components/parameters/Limit", "description": "Here"}
    found = lowered(
        {
            "paths": {"/a": {"get": {"parameters": [reference]}}},
            "components": {"parameters": {"Limit": parameter("limit", "query", description="How many")}},
        },
        version,
    )
    assert found.value.operations[0].parameters[0].description == expected


@pytest.mark.parametrize(
    ("location", "said", "expected"),
    [
        ("path", {}, ("simple", False)),
        ("query", {}, ("form", True)),
        ("header", {}, ("simple", False)),
        ("cookie", {}, ("form", True)),
        ("query", {"explode": False}, ("form", False)),
        ("query", {"style": "deepObject", "explode": True}, ("deepObject", True)),
        ("query", {"style": "pipeDelimited"}, ("pipeDelimited", False)),
        ("path", {"style": "matrix", "explode": True}, ("matrix", True)),
        ("header", {"style": "form"}, ("simple", False)),
    ],
)
def test_style(location: str, said: dict[str, Any], expected: tuple[str, bool]) -> None:
    made = operation(
        {"get": {"parameters": [parameter("a", location, **said)]}}, "/x/{a}" if location == "path" else "/x"
    )
    assert (made.parameters[0].style, made.parameters[0].explode) == expected


def test_content_parameter() -> None:
    said = {"name": "filter", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}}
    made = operation({"get": {"parameters": [said]}}).parameters[0]
    assert (made.content_type, written(made.schema)) == ("application/json", "{*: any}")


def test_parameter_of_swagger_2() -> None:
    said = {"name": "a", "in": "query", "type": "integer"}
    assert written(operation({"get": {"parameters": [said]}}).parameters[0].schema) == "int"


@pytest.mark.parametrize("name", ["Accept", "content-type", "Authorization"])
def test_header_that_the_specification_ignores(name: str) -> None:
    found = lowered({"paths": {"/a": {"get": {"parameters": [parameter(name, "header")]}}}})
    assert (found.value.operations[0].parameters, found.issues) == ((), ())


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ([], "undeclared-path-parameter"),
        ([parameter("id", "path"), parameter("ids", "path")], "unused-path-parameter"),
        ([parameter("id", "path"), parameter("a", "header", style="form")], "bad-style"),
        ([parameter("id", "path"), parameter("a", "body")], "unknown-location"),
        ([parameter("id", "path"), {"in": "query"}], "bad-parameter"),
        ([parameter("id", "path"), parameter("a", "querystring")], "bad-parameter"),
    ],
)
def test_issue_of_a_parameter(declared: list[Any], code: str) -> None:
    found = lowered({"paths": {"/x/{id}": {"get": {"parameters": declared}}}})
    assert [issue.code for issue in found.issues] == [code]
    (made,) = [each for each in found.value.operations[0].parameters if each.location == "path"]
    assert (made.wire_name, made.required, written(made.schema)) == ("id", True, "str")
    assert made.undeclared == (code == "undeclared-path-parameter")


# --- bodies and responses ---


def sent(content: dict[str, Any], **others: Any) -> Any:
    return operation({"post": {"requestBody": {"content": content, **others}}}).request_body


STRUCTURE: dict[str, Any] = {"schema": {"type": "object"}}
BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


@pytest.mark.parametrize(
    ("media_type", "value", "kind"),
    [
        ("application/json", STRUCTURE, "json"),
        ("application/json; charset=utf-8", STRUCTURE, "json"),
        ("application/json; odata=minimal", STRUCTURE, "json"),
        ("application/vnd.api+json", STRUCTURE, "json"),
        ("Application/Problem+JSON", STRUCTURE, "json"),
        ("text/json", STRUCTURE, "json"),
        ("*/*", STRUCTURE, "json"),
        ("*/*", {}, "binary"),
        ("application/json", BINARY, "binary"),
        ("application/x-www-form-urlencoded", STRUCTURE, "form"),
        ("multipart/form-data", STRUCTURE, "multipart"),
        ("multipart/mixed", STRUCTURE, "multipart"),
        ("text/plain", {"schema": TEXT}, "text"),
        ("text/csv", {}, "text"),
        ("application/xml", STRUCTURE, "text"),
        ("application/atom+xml", STRUCTURE, "text"),
        ("application/yaml", {}, "text"),
        ("application/octet-stream", {}, "binary"),
        ("application/pdf", BINARY, "binary"),
        ("application/zip", STRUCTURE, "binary"),
        ("image/png", {}, "binary"),
        ("image/*", {}, "binary"),
        ("image/svg+xml", {}, "binary"),
        ("application/vnd.acme.v2", STRUCTURE, "json"),
        ("application/vnd.acme.v2", {}, "binary"),
        ("text/event-stream", STRUCTURE, "event-stream"),
        ("application/x-ndjson", STRUCTURE, "json-lines"),
        ("application/jsonl", STRUCTURE, "json-lines"),
        ("application/geo+json-seq", STRUCTURE, "json-seq"),
    ],
)
def test_media_kind(media_type: str, value: dict[str, Any], kind: str) -> None:
    (media,) = sent({media_type: value}).content
    assert (media.kind, media.content_type) == (kind, media_type.partition("; charset")[0])
    assert (media.schema is None) == ("schema" not in value)


def test_items_of_streams() -> None:
    content = {
        "application/x-ndjson": {"schema": {"type": "array", "items": {"type": "integer"}}},
        "text/event-stream": {"itemSchema": TEXT},
        "application/json": {"itemSchema": TEXT},
    }
    assert [written(media.schema) for media in sent(content).content if media.schema] == ["int", "str", "[str]"]


def test_encoding_of_parts() -> None:
    said = {
        "meta": {"contentType": "application/json", "headers": {"X-A": {}}},
        "file": {"contentType": "image/*, image/png"},
        "tags": {"style": "form", "explode": False},
    }
    (media,) = sent({"multipart/form-data": {**STRUCTURE, "encoding": said}}).content
    assert [(part.wire_name, part.content_type, part.style, part.explode, part.headers) for part in media.encoding] == [
        ("meta", "application/json", None, None, ("X-A",)),
        ("file", "image/*, image/png", None, None, ()),
        ("tags", None, "form", False, ()),
    ]


def test_body() -> None:
    body = sent({"application/json": STRUCTURE}, required=True, description="A pet")
    assert (body.required, body.description) == (True, "A pet")
    assert sent({}) is None


def test_body_reference_and_several_media_types() -> None:
    shared = {"components": {"requestBodies": {"B": {"content": {"text/plain": {}, "application/json": {}}}}}}
    made = operation({"post": {"requestBody": {"$ref": "#/components/requestBodies/B"}}}, **shared)
    assert [media.content_type for media in made.request_body.content] == ["text/plain", "application/json"]


def test_body_of_trace_is_skipped() -> None:
    found = lowered({"paths": {"/a": {"trace": {"requestBody": {"content": {"text/plain": {}}}}}}})
    (issue,) = found.issues
    assert (issue.code, issue.severity, issue.skips) == ("trace-body", "error", True)
    assert found.value.operations[0].request_body is None


@pytest.mark.parametrize(
    ("code", "status"),
    [("200", "200"), ("2xx", "2XX"), ("default", "default"), ("Default", "default"), ("20", None), ("2000", None)],
)
def test_status(code: str, status: str | None) -> None:
    found = lowered({"paths": {"/a": {"get": {"responses": {code: {"description": ""}, "x-note": {}}}}}})
    made = [response.status for response in found.value.operations[0].responses]
    assert made == ([] if status is None else [status])
    assert [issue.code for issue in found.issues] == (["bad-status"] if status is None else [])


def test_responses() -> None:
    responses = {
        "200": {"content": {"application/json": {"schema": TEXT}, "multipart/mixed": {}}},
        "204": {"description": "Nothing"},
        "404": {"$ref": "#/components/responses/Missing"},
    }
    shared = {"components": {"responses": {"Missing": {"description": "No", "content": {"text/plain": {}}}}}}
    made = operation({"get": {"responses": responses}}, **shared).responses
    assert [(each.status, [media.kind for media in each.content]) for each in made] == [
        ("200", ["json", "binary"]),
        ("204", []),
        ("404", ["text"]),
    ]


# --- security and servers ---

SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "k"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
    "basic": {"type": "http", "scheme": "Basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "digest": {"type": "http", "scheme": "Digest"},
    "oauth": {"type": "oauth2", "flows": {}},
    "oidc": {"type": "openIdConnect", "openIdConnectUrl": "https://a.example"},
    "cert": {"type": "mutualTLS"},
}


def test_schemes() -> None:
    found = lowered({"components": {"securitySchemes": SCHEMES}}).value.security_schemes
    assert [(each.name, each.kind, each.wire_name) for each in found] == [
        ("key", "header", "X-Key"),
        ("query", "query", "k"),
        ("cookie", "cookie", "sid"),
        ("basic", "basic", None),
        ("bearer", "bearer", None),
        ("digest", "other", "Digest"),
        ("oauth", "bearer", None),
        ("oidc", "bearer", None),
    ]


@pytest.mark.parametrize(
    ("said", "expected", "issues"),
    [
        (None, None, []),
        ([], (), []),
        ([{"key": []}], (("key",),), []),
        ([{"key": [], "query": []}, {"oauth": ["read"]}], (("key", "query"), ("oauth",)), []),
        ([{"key": []}, {}], (("key",), ()), []),
        ([{"cert": [], "key": []}], (("key",),), []),
        ([{"cert": []}], ((),), []),
        ([{"kye": []}, {"basic": []}], (("basic",),), ["unknown-security-requirement"]),
        ([{"kye": []}], None, ["unknown-security-requirement"]),
    ],
)
def test_security(said: Any, expected: Any, issues: list[str]) -> None:
    item = {"get": {} if said is None else {"security": said}}
    found = lowered({"paths": {"/a": item}, "components": {"securitySchemes": SCHEMES}, "security": [{"key": []}]})
    assert names_of(found.value.security) == (("key",),)
    assert names_of(found.value.operations[0].security) == expected
    assert [issue.code for issue in found.issues] == issues


def names_of(security: Any) -> Any:
    return security if security is None else tuple(tuple(each.scheme for each in needed) for needed in security)


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        ({"clientCredentials": {"tokenUrl": "/t"}}, ("read", "write", "x")),
        ({"password": {}}, ("read", "write", "x")),
        ({"authorizationCode": {"tokenUrl": "/t"}}, ()),
        ({"implicit": {}, "strange": {}}, ()),
        ({}, ()),
        (None, ()),
    ],
)
def test_scopes_are_read_where_tokens_are_asked_for_with_them(flows: Any, expected: tuple[str, ...]) -> None:
    scheme = {"type": "oauth2"} if flows is None else {"type": "oauth2", "flows": flows}
    document = {
        "components": {"securitySchemes": {"a": scheme}},
        "security": [{"a": ["read", "write", "read", 5, "x"]}],
    }
    assert lowered(document).value.security == ((Requirement("a", expected),),)


def test_flows_keep_their_urls() -> None:
    flows = {
        "password": {"tokenUrl": "t", "refreshUrl": "r"},
        "implicit": {},
        "clientCredentials": {"tokenUrl": 5},
        "strange": {"tokenUrl": "t"},
    }
    document = {"components": {"securitySchemes": {"a": {"type": "OAuth2", "flows": flows}}}}
    assert lowered(document).value.security_schemes[0].flows == (
        OAuthFlow(kind="password", token_url="t", refresh_url="r"),
        OAuthFlow(kind="implicit"),
        OAuthFlow(kind="clientCredentials"),
    )


def test_unknown_scheme() -> None:
    document = {"components": {"securitySchemes": {"a": {"type": "magic"}}}, "security": [{"a": []}]}
    assert codes(document) == ["unknown-security-scheme"]


def test_servers() -> None:
    said = [
        {"url": "https://{region}.example/{base}", "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}}},
        {"url": "/v1", "variables": {"port": {"default": 8443}, "stage": {"enum": ["test"]}}},
        {"description": "no URL"},
    ]
    first, second = lowered({"servers": said}).value.servers
    assert [(each.name, each.default, each.values) for each in first.variables] == [("region", "eu", ("eu", "us"))]
    assert (second.url, [each.default for each in second.variables]) == ("/v1", ["8443", "test"])


# --- the document ---


def test_document() -> None:
    document = {"info": {"title": "Zoo", "version": 1.5, "description": "Pets"}, "tags": [{"name": "a"}, {"name": "a"}]}
    api = lowered(document).value
    assert (api.title, api.version, api.description) == ("Zoo", "1.5", "Pets")
    assert [tag.name for tag in api.tags] == ["a"]


def test_other_files() -> None:
    document = {
        "paths": {"/a": {"$ref": "paths.json#/a"}},
        "components": {"schemas": {"Pet": {"$ref": "models.json#/components/schemas/Animal"}}},
    }
    files = {
        "paths": {"a": {"get": {"responses": {"200": {"$ref": "#/ok"}}}}, "ok": {"content": {"text/plain": {}}}},
        "models": {"components": {"schemas": {"Animal": {"properties": {"home": {"$ref": "home.json"}}}}}},
        "home": {"type": "object"},
    }
    api = lowered(document, **files).value
    assert [(each.name, each.is_component) for each in api.definitions] == [
        ("Pet", True),
        ("Pet", True),
        ("home", False),
    ]
    assert [response.status for response in api.operations[0].responses] == ["200"]
    assert str(api.operations[0].pointer) == "paths.json#/a/get"


JSON_BODY = {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}
"""An operation that sends a pet."""


@pytest.mark.parametrize(
    ("document", "names"),
    [
        ({"webhooks": {"new": {"post": JSON_BODY}, "x-more": {"post": JSON_BODY}}}, ["new"]),
        ({"webhooks": {"new": {"post": JSON_BODY, "put": JSON_BODY}}}, ["new", "new put"]),
        ({"webhooks": {"new": {"$ref": "#/components/pathItems/New"}}}, ["new"]),
        ({"webhooks": {"new": 5, "old": {"post": 5}, "odd": {"post": {"requestBody": 5}}}}, []),
        ({"webhooks": 5}, []),
        ({"paths": {"/a": {"post": {"callbacks": {"done": {"{$url}": {"post": JSON_BODY}}}}}}}, ["done"]),
        ({"paths": {"/a": {"post": {"callbacks": {"done": {"$ref": "#/components/callbacks/Done"}}}}}}, ["done"]),
        ({"paths": {"/a": {"post": {"callbacks": {"a": 5, "b": {"{$url}": 5}}}}}}, []),
        (
            {
                "paths": {
                    "/a": {
                        verb: {"callbacks": {"done": {"$ref": "#/components/callbacks/Done"}}}
                        for verb in ("put", "post")
                    }
                }
            },
            ["done"],
        ),
    ],
)
def test_what_the_api_sends_has_a_name(document: dict[str, Any], names: list[str]) -> None:
    components = {
        "schemas": {"Pet": {"type": "object"}},
        "pathItems": {"New": {"post": JSON_BODY}},
        "callbacks": {"Done": {"{$url}": {"post": JSON_BODY}}},
    }
    found = lowered({"paths": {}, **document, "components": components}).value
    assert [event.name for event in found.events] == names
    assert all(isinstance(event.schema.shape, ReferenceShape) for event in found.events)


def test_a_webhook_whose_body_is_no_json_is_a_warning() -> None:
    content = {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}
    found = lowered({"webhooks": {"new": {"post": {"requestBody": {"content": content}}}}, "paths": {}})
    assert found.value.events == ()
    assert [issue.code for issue in found.issues] == ["unread-webhook"]


def test_webhooks_and_callbacks_are_no_operations() -> None:
    callback = {"callbacks": {"onEvent": {"{$request.body#/url}": {"post": {}}}}}
    found = lowered({"webhooks": {"new": {"post": {}}}, "paths": {"/a": {"post": callback}}})
    assert [each.path for each in found.value.operations] == ["/a"]
    assert found.issues == ()
