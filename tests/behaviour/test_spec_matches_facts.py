"""`spec/realtime_kit.yaml` says what the seed pages and the request facts say, no less, no more.

Both sides are flattened to `{path: facts}`, for instance `{"data[].id": {"type": "string", ...}}`,
and compared with their order.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"

JSON = dict[str, Any]
Flat = dict[str, JSON]
SPEC: JSON = yaml.safe_load((ROOT / "spec" / "realtime_kit.yaml").read_text(encoding="utf-8"))
SURFACE: JSON = json.loads((DATA / "seed_surface.json").read_text(encoding="utf-8"))
REQUESTS: JSON = json.loads((DATA / "request_facts.json").read_text(encoding="utf-8"))
NESTING: JSON = json.loads((DATA / "seed_nesting.json").read_text(encoding="utf-8"))

# Facts that neither source has a column for.
REQUIRED_BUT_NULLABLE = {
    "audio_download_url",
    "download_url",
    "download_url_expiry",
    "file_size",
    "session_id",
    "started_time",
    "stopped_time",
}
WIRE_NAMES = {"user_id": "user_Id"}
SECRETS = {"password", "private_key"}
UNEVEN_OPERATION_IDS = {"get": "getMeetings", "create": "createMeeting"}
ERROR: Flat = {
    "success": {"type": "boolean", "required": True},
    "error": {"type": "object", "required": True},
    "error.code": {"type": "number", "required": True},
    "error.message": {"type": "string", "required": True},
}

VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
FACTS = ("format", "enum", "minimum", "maximum", "default", "writeOnly")
STRUCTURE = ("type", "properties", "required", "items", "additionalProperties", "anyOf")
PROSE = ("description", "examples")
TYPES = {
    "str": "string",
    "datetime": "string",
    "float": "number",
    "int": "integer",
    "bool": "boolean",
}

METHODS = [
    pytest.param(method, facts, id=f"{method['resource']}.{method['name']}")
    for method, facts in zip(SURFACE["methods"], REQUESTS["operations"], strict=True)
]


def test_the_document_is_valid_openapi() -> None:
    assert SPEC["openapi"] == "3.1.0"
    validate(SPEC)


def test_every_operation_is_there_in_order() -> None:
    """Paths keep the order in which the seed pages first name them."""
    present = {
        (verb.upper(), path): node["operationId"]
        for path, item in SPEC["paths"].items()
        for verb, node in item.items()
        if verb in VERBS
    }
    due = [(method["verb"], method["path"]) for method in SURFACE["methods"]]
    assert sorted(present) == sorted(due)
    assert list(SPEC["paths"]) == list(dict.fromkeys(path for _, path in due))
    assert len(set(present.values())) == len(present)


def test_server_and_security() -> None:
    assert [server["url"] for server in SPEC["servers"]] == [REQUESTS["server"]]
    assert SPEC["security"] == [{"api_token": []}, {"api_email": [], "api_key": []}]
    schemes = SPEC["components"]["securitySchemes"]
    assert {name: without_prose(scheme) for name, scheme in schemes.items()} == {
        "api_token": {"type": "http", "scheme": "bearer"},
        "api_email": {"type": "apiKey", "in": "header", "name": "X-Auth-Email"},
        "api_key": {"type": "apiKey", "in": "header", "name": "X-Auth-Key"},
    }


@pytest.mark.parametrize(("method", "facts"), METHODS)
def test_operation_id_and_tag(method: JSON, facts: JSON) -> None:
    node = operation(method)
    assert node["operationId"] == UNEVEN_OPERATION_IDS.get(method["name"], camel(method["name"]))
    assert node["tags"] == [method["resource"].rpartition(".")[2].capitalize()]
    assert node["tags"][0] in [tag["name"] for tag in SPEC["tags"]]
    assert node.keys() <= {
        "operationId",
        "tags",
        "summary",
        "description",
        "parameters",
        "requestBody",
        "responses",
    }


@pytest.mark.parametrize(("method", "facts"), METHODS)
def test_parameters(method: JSON, facts: JSON) -> None:
    nodes = parameters(method)
    actual = {f"{node['in']} {node['name']}": flat_parameter(node) for node in nodes}
    expected = {
        f"{place} {each['name']}": expected_parameter(each)
        for place, fields in (("path", facts["path_parameters"]), ("query", facts["query"]))
        for each in fields
    }
    assert len(actual) == len(nodes)
    assert list(actual.items()) == list(expected.items())


@pytest.mark.parametrize(("method", "facts"), METHODS)
def test_parameters_are_serialised_by_repeating_the_key(method: JSON, facts: JSON) -> None:
    for node in parameters(method):
        known = {"name", "in", "required", "description", "schema", "example", "style", "explode"}
        assert node.keys() <= known
        assert node.get("style", "form") == "form"
        assert node.get("explode", True) is True


@pytest.mark.parametrize(("method", "facts"), METHODS)
def test_request_body(method: JSON, facts: JSON) -> None:
    node = resolved(operation(method).get("requestBody", {}))
    actual = flat(json_content(node)["schema"]) if node else {}
    assert bool(node) == bool(facts["body"])
    assert node.get("required", False) is bool(facts["body"])
    assert list(actual.items()) == list(flat_facts(facts["body"]).items())


@pytest.mark.parametrize(("method", "facts"), METHODS)
def test_status_codes_and_errors(method: JSON, facts: JSON) -> None:
    responses = operation(method)["responses"]
    assert list(responses) == [str(code) for code in (facts["status"], *facts["errors"])]
    for code in facts["errors"]:
        schema = json_content(resolved(responses[str(code)]))["schema"]
        assert schema == {"$ref": "#/components/schemas/Error"}
        assert list(flat(schema).items()) == list(ERROR.items())


@pytest.mark.parametrize(("method", "facts"), METHODS)
def test_response(method: JSON, facts: JSON) -> None:
    node = resolved(operation(method)["responses"][str(facts["status"])])
    name = method["response_class"]
    if name is None:
        assert node.keys() == {"description"}
        return
    expected = dict(expected_response(SURFACE["responses"][name], name))
    assert list(flat(json_content(node)["schema"]).items()) == list(expected.items())


def test_every_part_has_a_description() -> None:
    assert [where for where, node in described(SPEC) if not node.get("description")] == []


def test_every_example_fits_its_schema() -> None:
    checker = Draft202012Validator.FORMAT_CHECKER
    for schema, example in examples(SPEC):
        Draft202012Validator(deeply_resolved(schema), format_checker=checker).validate(example)


def test_every_body_has_an_example() -> None:
    bodies = [(where, node) for where, node in nodes(SPEC) if where.endswith("/application/json")]
    assert [where for where, node in bodies if "example" not in node] == []


def test_every_component_is_used() -> None:
    defined = {
        f"#/components/{kind}/{name}"
        for kind, members in SPEC["components"].items()
        if kind != "securitySchemes"
        for name in members
    }
    assert defined == set(references(SPEC))


# The document's side


def operation(method: JSON) -> JSON:
    """Return the operation object of a method."""
    node: JSON = SPEC["paths"][method["path"]][method["verb"].lower()]
    return node


def parameters(method: JSON) -> list[JSON]:
    """Return the parameters of the path, then those of the operation."""
    shared = SPEC["paths"][method["path"]].get("parameters", [])
    return [resolved(node) for node in (*shared, *operation(method).get("parameters", []))]


def flat_parameter(node: JSON) -> Flat:
    """Return the facts of a parameter, and of its items, as those of a field."""
    return dict(flat_field(node["schema"], "", {"required": node.get("required", False)}))


def json_content(node: JSON) -> JSON:
    """Return the one media type object there is."""
    assert list(node["content"]) == ["application/json"]
    media_type: JSON = node["content"]["application/json"]
    return media_type


def flat(schema: JSON) -> Flat:
    """Return the facts of every field of an object schema, by path."""
    whole = resolved(schema)
    assert whole["type"] == "object"
    assert whole.keys() <= {*STRUCTURE, *PROSE}
    return dict(flat_object(whole, ""))


def flat_object(schema: JSON, prefix: str) -> Iterator[tuple[str, JSON]]:
    """Yield path and facts of the properties of a resolved object schema, at any depth."""
    needed = schema.get("required", [])
    assert set(needed) <= set(schema["properties"])
    for name, node in schema["properties"].items():
        yield from flat_field(node, prefix + name, {"required": name in needed})


def flat_field(node: JSON, path: str, facts: JSON) -> Iterator[tuple[str, JSON]]:
    """Yield path and facts of a schema, then of its properties, items or values."""
    schema, nullable = without_null(resolved(node))
    assert schema.keys() <= {*FACTS, *STRUCTURE, *PROSE}
    present = {name: schema[name] for name in FACTS if name in schema}
    yield path, ordered({"type": schema["type"], **facts, **present, "nullable": nullable})
    if "properties" in schema:
        yield from flat_object(schema, path + ".")
    if "items" in schema:
        yield from flat_field(schema["items"], path + "[]", {})
    if "additionalProperties" in schema:
        yield from flat_field(schema["additionalProperties"], path + ".*", {})


def without_null(schema: JSON) -> tuple[JSON, bool]:
    """Return a schema without the null in its `type` or `anyOf`, and whether there was one."""
    if "anyOf" in schema:
        assert schema.keys() <= {"anyOf", *PROSE}
        (other,) = [each for each in schema["anyOf"] if each != {"type": "null"}]
        return resolved(other), len(schema["anyOf"]) == 2
    if isinstance(schema["type"], list):
        (kind,) = [each for each in schema["type"] if each != "null"]
        return schema | {"type": kind}, len(schema["type"]) == 2
    return schema, False


def resolved(node: JSON) -> JSON:
    """Return what a node refers to; what stands beside the reference wins."""
    while "$ref" in node:
        siblings = {key: value for key, value in node.items() if key != "$ref"}
        node = target(node["$ref"]) | siblings
    return node


def target(reference: str) -> JSON:
    """Return the node of a reference inside the document."""
    node = SPEC
    for part in reference.removeprefix("#/").split("/"):
        node = node[part]
    return node


def deeply_resolved(node: Any) -> Any:
    """Return a node with every reference in it replaced; the document has no cycles."""
    if isinstance(node, list):
        return [deeply_resolved(each) for each in node]
    if isinstance(node, dict):
        return {key: deeply_resolved(value) for key, value in resolved(node).items()}
    return node


def nodes(node: Any, where: str = "#") -> Iterator[tuple[str, JSON]]:
    """Yield every object of the document with its place, examples left out."""
    if isinstance(node, dict):
        yield where, node
    children = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in children:
        if isinstance(child, dict | list) and key not in ("example", "examples"):
            yield from nodes(child, f"{where}/{key}")


def references(document: JSON) -> Iterator[str]:
    """Yield every reference in the document."""
    return (node["$ref"] for _, node in nodes(document) if "$ref" in node)


def described(document: JSON) -> Iterator[tuple[str, JSON]]:
    """Yield what has to have a description: operations, parameters, components, properties."""
    for where, node in nodes(document):
        if "operationId" in node or "in" in node:
            yield where, node
        if where.startswith(("#/components/schemas/", "#/components/responses/")):
            yield from [(where, node)] if where.count("/") == 3 else []
        if "properties" in node:
            yield from ((f"{where}/{key}", resolved(child)) for key, child in properties(node))


def properties(schema: JSON) -> Iterator[tuple[str, JSON]]:
    """Yield the properties of a schema; nothing where `properties` is no keyword."""
    if schema.get("type") == "object":
        yield from schema["properties"].items()


def examples(document: JSON) -> Iterator[tuple[JSON, Any]]:
    """Yield each example with the schema it is an example of."""
    for _, node in nodes(document):
        if "example" in node:
            yield node["schema"], node["example"]
        for example in node.get("examples", []):
            yield {key: value for key, value in node.items() if key != "examples"}, example


# The side of the facts


def expected_parameter(each: JSON) -> Flat:
    """Return the facts of a parameter in the form of `flat_parameter`."""
    return dict(fact_entries(each, ""))


def flat_facts(fields: list[JSON]) -> Flat:
    """Return the facts of the fields of a body by path."""
    return dict(entry for each in fields for entry in fact_entries(each, each["name"]))


def fact_entries(each: JSON, path: str) -> Iterator[tuple[str, JSON]]:
    """Yield path and facts of a field of the request facts, then of what is in it."""
    yield path, fact_columns(each)
    for inner, holder in (("[]", each.get("items")), (".*", each.get("values"))):
        if holder is not None:
            yield from fact_entries(holder, path + inner)
    for member in each.get("properties", []):
        yield from fact_entries(member, f"{path}.{member['name']}")


def fact_columns(each: JSON) -> JSON:
    """Return the facts of one field, under the names of the document's keywords."""
    facts = {key: value for key, value in each.items() if key not in NOT_COLUMNS}
    if "write_only" in each:
        facts["writeOnly"] = True
    if each.get("name") in SECRETS:
        facts["format"] = "password"
    return ordered(facts)


NOT_COLUMNS = ("name", "items", "values", "properties", "shared", "write_only")


def expected_response(classes: JSON, name: str, prefix: str = "") -> Iterator[tuple[str, JSON]]:
    """Yield path and facts of the fields of a seed class, then of the classes in it."""
    request_members = family_members(name)
    for each in classes[name]:
        path = prefix + WIRE_NAMES.get(each["name"], each["name"])
        kind, needed = plain_type(each["annotation"])
        facts = request_members.get(each["name"], {}) | seed_facts(each, kind, needed)
        yield path, ordered(facts)
        if facts["type"] == "array":
            path += "[]"
            yield path, {"type": json_type(kind.removeprefix("List[").removesuffix("]"))}
        if "class" in each:
            yield from expected_response(classes, each["class"], path + ".")


def plain_type(annotation: str) -> tuple[str, bool]:
    """Return an annotation without `Optional`, and whether it had none.

    >>> plain_type("Optional[List[str]]")
    ('List[str]', False)
    """
    inner = annotation.removeprefix("Optional[")
    return (inner, True) if inner == annotation else (inner[:-1], False)


def seed_facts(each: JSON, kind: str, needed: bool) -> JSON:
    """Return what the seed says of a field, under the names of the document's keywords."""
    always_sent = each["name"] in REQUIRED_BUT_NULLABLE
    facts: JSON = {key: each[key] for key in FACTS if key in each}
    facts |= {"type": json_type(kind), "required": needed or always_sent}
    return facts | ({"nullable": True} if always_sent else {})


def json_type(kind: str) -> str:
    """Return the JSON type of a Python one."""
    if kind.startswith("List["):
        return "array"
    if kind.startswith("Literal["):
        return "string"
    return TYPES.get(kind, "object")


def family_members(name: str) -> Flat:
    """Return what the request facts say of the members of a class that is a shared object.

    Answers show the settings that requests set, so defaults, null and write-only are
    the same there.
    """
    families = [family for family in NESTING["families"] if name.endswith(family)]
    shared = NESTING["families"][max(families, key=len)].get("shared_object") if families else None
    if shared is None:
        return {}
    owner, _, inner = shared.partition(".")
    fields = REQUESTS["shared_objects"][owner]
    if inner:
        fields = next(each["properties"] for each in fields if each["name"] == inner)
    return {each["name"]: fact_columns(each) for each in fields}


# Both sides


def ordered(facts: JSON) -> JSON:
    """Return facts in one order, those that say nothing left out."""
    keys = ("type", "required", "nullable", *FACTS)
    assert facts.keys() <= set(keys)
    silent = {"nullable": False}
    return {key: facts[key] for key in keys if key in facts and (key, facts[key]) not in silent.items()}


def without_prose(node: JSON) -> JSON:
    """Return a node without its texts."""
    return {key: value for key, value in node.items() if key not in PROSE}


def camel(name: str) -> str:
    """Return a method name in camelCase.

    >>> camel("get_meeting_by_id")
    'getMeetingById'
    """
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
