# ruff: noqa: E501 - a case is a line
"""Every key of a config: the setting that it becomes, or the reason why it becomes none."""

from __future__ import annotations

from typing import Any

import pytest
from tests.migrate.conftest import Migrate

Case = tuple[str, str, Any, str]
"""A config, the path of a setting, its value, and what the report says of one key."""

CLIENT: list[Case] = [
    ("", "client/name", "pet_store", "organization.name: carried"),
    ("", "client/base_url_env", "PET_STORE_BASE_URL", "organization.name: carried"),
    ("", "client/base_url", "https://pets.example/v2", "environments.production: carried"),
    ("", "output", "./pet_store", "targets.python.package_name: carried"),
    ("", "compatibility", "stainless", ""),
    ("", "select/only_named", True, ""),
    ("", "components/inline", ["*"], ""),
    ("client_settings: {default_env_prefix: PETS}", "client/base_url_env", "PETS_BASE_URL", "client_settings.default_env_prefix: carried"),
    ("client_settings: {default_client_name: Zoo}", "client/name", "zoo", "client_settings.default_client_name: carried"),
    ("client_settings: {default_timeout: 1500}", "client/timeout", 1.5, "client_settings.default_timeout: carried"),
    ("client_settings: {default_timeout: PT2M}", "client/timeout", 120.0, "client_settings.default_timeout: carried"),
    ("client_settings: {default_timeout: soon}", "client/timeout", None, "client_settings.default_timeout: not possible"),
    ("client_settings: {default_retries: {max_retries: 0}}", "client/max_retries", 0, "client_settings.default_retries.max_retries: carried"),
    ("client_settings: {default_retries: {max_delay_seconds: 8}}", "client/max_retries", None, "client_settings.default_retries.max_delay_seconds: not needed"),
    ("client_settings: {default_retries: {max_delay_seconds: 9}}", "client/max_retries", None, "client_settings.default_retries.max_delay_seconds: not possible"),
    ("client_settings: {default_headers: {X-A: 1}}", "client/headers", {"X-A": "1"}, "client_settings.default_headers.X-A: carried"),
    ("client_settings: {default_headers: {X-A: [1]}}", "client/headers", None, "client_settings.default_headers.X-A: not possible"),
    ("client_settings: {idempotency: {header: Idem}}", "client/idempotency_header", "Idem", "client_settings.idempotency.header: carried"),
    ("client_settings: {omit_stainless_headers: true}", "client/headers", None, "client_settings.omit_stainless_headers: not needed"),
    ("query_settings: {nested_format: dots}", "client/query_objects", "dots", "query_settings.nested_format: carried"),
    ("query_settings: {array_format: repeat}", "client/query_arrays", "repeat", "query_settings.array_format: carried"),
    ("query_settings: {array_format: odd}", "client/query_arrays", "comma", "query_settings.array_format: not possible"),
    ("", "client/query_arrays", "comma", ""),
    ("streaming: {on_event: [{data_starts_with: '[DONE]', handle: done}]}", "streams/done", {"handle": "done", "data": "[DONE]"}, "streaming.on_event.0.data_starts_with: carried"),
    ("streaming: {on_event: [{event_type: error, handle: error, error_property: e}]}", "streams/error", {"handle": "error", "events": ["error"]}, "streaming.on_event.0.error_property: not needed"),
    ("streaming: {on_event: [{event_type: [a, null], handle: yield, error_property: e}]}", "streams/yield", {"handle": "yield", "events": ["a", ""], "error": "e"}, "streaming.on_event.0.event_type: carried"),
    ("streaming: {on_event: [{kind: fallthrough, handle: yield}, {kind: error, event_type: b}, {event_type: ping, handle: continue}, {event_type: pong, handle: continue}]}", "streams", {"yield": {"handle": "yield"}, "error": {"handle": "error", "events": ["b"]}, "skip": {"handle": "skip", "events": ["ping"]}, "skip_2": {"handle": "skip", "events": ["pong"]}}, "streaming.on_event.0.kind: carried"),
    ("streaming: {on_event: [{event_type: a, handle: sing}]}", "streams", None, "streaming.on_event.0: not possible"),
    ("streaming: {loud: true}", "streams", None, "streaming.loud: unknown"),
    ("settings: {unwrap_response_fields: [data]}", "client/unwrap", ["data"], "settings.unwrap_response_fields: carried"),
    ("settings: {file_header: Mine.}", "package/file_header", "Mine.", "settings.file_header: carried"),
    ("", "types/sort_members", True, ""),
    ("settings: {sort_schema_properties: false}", "types/sort_members", None, "settings.sort_schema_properties: carried"),
    ("settings: {sort_schema_properties: true}", "types/sort_members", True, "settings.sort_schema_properties: carried"),
    ("settings: {license: MIT}", "package", None, "settings.license: not needed"),
    ("settings: {disable_mock_tests: true}", "package", None, "settings.disable_mock_tests: not needed"),
    ("edition: 2026-01-01", "package", None, "edition: not needed"),
    ("diagnostics: {ignored: {A/B: true}}", "package", None, "diagnostics: not needed"),
    ("codeflow: {reviewers: [a]}", "package", None, "codeflow: not needed"),
    ("unspecified_endpoints: [get /status]", "package", None, "unspecified_endpoints: not needed"),
    ("openapi: {code_samples: mintlify}", "package", None, "openapi.code_samples: not needed"),
    ("custom_casings: {qa: {initialism: true}}", "names/initialisms", ["QA"], "custom_casings.qa.initialism: carried"),
    ("custom_casings: {id: {initialism: false}}", "names/casings", {"id": "Id"}, "custom_casings.id.initialism: carried"),
    ("custom_casings: {petstore: {pascal: PetStore, camel: petStore}}", "names/casings", {"petstore": "PetStore"}, "custom_casings.petstore.camel: not needed"),
    ("custom_casings: {ox: {singular: {pascal: Ox}, plural: {pascal: Oxen, snake: oxen}}}", "names/casings", {"ox": "Ox", "oxen": "Oxen"}, "custom_casings.ox.plural.pascal: carried"),
    ("readme: {example_requests: {default: {endpoint: get /status}}}", "readme", None, "readme.example_requests.default.endpoint: not possible"),
    ("resources: {a: {methods: {b: get /pets}}}\nreadme: {example_requests: {default: {endpoint: get /pets, params: {limit: 2}}}}", "readme/examples/request", {"operation": "GET /pets", "arguments": {"limit": 2}}, "readme.example_requests.default.params: carried"),
    ("readme: {example_requests: {default: {endpoint: get /pet}}}", "readme", None, "readme.example_requests.default.endpoint: not possible"),
    ("readme: {include_stainless_attribution: false}", "readme", None, "readme.include_stainless_attribution: not needed"),
    ("frobnicate: {a: 1}", "package", None, "frobnicate: unknown"),
    ("settings: {frobnicate: 1}", "package", None, "settings.frobnicate: unknown"),
]  # fmt: skip

OPTIONS: list[Case] = [
    ("token: {type: string, read_env: T, nullable: false, auth: {security_scheme: old}}", "security/old", {"argument": "token", "env": "T", "required": True}, "client_settings.opts.token.nullable: carried"),
    ("token: {type: string, nullable: true, auth: {security_scheme: old, role: value}}", "security/old", {"argument": "token", "env": ""}, "client_settings.opts.token.auth.role: carried"),
    ("timeout: {type: string, nullable: true, auth: {security_scheme: old}}", "security/old", {"argument": "timeout_", "env": ""}, "client_settings.opts.timeout.auth.security_scheme: carried"),
    ("token: {type: string, auth: {security_scheme: other}}", "security", None, "client_settings.opts.token.auth.security_scheme: not possible"),
    ("org: {type: string, send_in_header: X-Org, read_env: ORG, nullable: true}", "client/arguments/org", {"header": "X-Org", "env": "ORG"}, "client_settings.opts.org.send_in_header: carried"),
    ("org: {type: string, send_in_header: X-Org, default: a}", "client/arguments/org", {"header": "X-Org", "default": "a"}, "client_settings.opts.org.default: carried"),
    ("org: {type: string, send_as_query_param: org}", "client/arguments/org", {"query": "org", "required": True}, "client_settings.opts.org.send_as_query_param: carried"),
    ("odd: {type: string, default: x}", "client/arguments/odd", {"default": "x"}, "client_settings.opts.odd.default: carried"),
    ("tenant: {type: string, send_as_body_param: t, nullable: true, read_env: T}", "client/arguments/tenant", {"env": "T"}, "client_settings.opts.tenant.send_as_body_param: not possible"),
    ("id: {type: string, auth: {security_scheme: flow, role: client_id}, read_env: I}", "security/flow", {"client_id": "id", "client_id_env": "I"}, "client_settings.opts.id.auth.role: carried"),
    ("token: {type: string, auth: {security_scheme: old, role: client_id}}", "security", None, "client_settings.opts.token.auth.role: not possible"),
]  # fmt: skip

METHODS: list[Case] = [
    ("list: get /pets", "list", "GET /pets", "list: carried"),
    ("list: {endpoint: get  /pets, type: http}", "list", "GET /pets", "list.endpoint: carried"),
    ("talk: 'post /pets/{id}/talk'", "talk", "POST /pets/{pet_id}/talk", "talk: carried"),
    ("list: get /cats", "list", None, "list: not possible"),
    ("return: get /pets", "return_", "GET /pets", "return: carried"),
    ("list: {endpoint: get /pets, skip: true}", "list", None, "list.skip: not needed"),
    ("list: {endpoint: get /pets, skip: [go]}", "list", "GET /pets", "list.skip: not needed"),
    ("list: {endpoint: get /pets, only: [go]}", "list", None, "list.only: not needed"),
    ("list: {endpoint: get /pets, only: [python]}", "list", "GET /pets", "list.only: not needed"),
    ("list: {endpoint: get /pets, deprecated: Old.}", "list", {"operation": "GET /pets", "deprecated": "Old."}, "list.deprecated: carried"),
    ("list: {endpoint: get /pets, deprecated: {go: Old., python: New.}}", "list", {"operation": "GET /pets", "deprecated": "New."}, "list.deprecated: carried"),
    ("list: {endpoint: get /pets, unwrap_response: data}", "list", {"operation": "GET /pets", "unwrap": "data"}, "list.unwrap_response: carried"),
    ("list: {endpoint: get /pets, unwrap_response: false}", "list", {"operation": "GET /pets", "unwrap": False}, "list.unwrap_response: carried"),
    ("list: {endpoint: get /pets, unwrap_response: date}", "list", "GET /pets", "list.unwrap_response: not possible"),
    ("add: {endpoint: post /pets, body_param_name: NewPet}", "add", {"operation": "POST /pets", "body": "new_pet"}, "add.body_param_name: carried"),
    ("list: {endpoint: get /pets, body_param_name: pet}", "list", "GET /pets", "list.body_param_name: not possible"),
    ("talk: {endpoint: 'post /pets/{pet_id}/talk', positional_params: [pet_id]}", "talk", "POST /pets/{pet_id}/talk", "talk.positional_params: not needed"),
    ("talk: {endpoint: 'post /pets/{pet_id}/talk', positional_params: [words]}", "talk", "POST /pets/{pet_id}/talk", "talk.positional_params: not possible"),
    ("list: {endpoint: get /pets, default_request_options: {timeout: 5}}", "list", "GET /pets", "list.default_request_options.timeout: not possible"),
    ("list: {endpoint: get /pets, mcp: true, skip_test_reason: no}", "list", "GET /pets", "list.mcp: not needed"),
    ("list: get /pets, all: {type: alias, to: list}", "all", "GET /pets", "all.to: carried"),
    ("all: {type: alias, to: list}", "all", None, "all.to: not possible"),
    ("unwrap: {type: webhook_unwrap}", "unwrap", None, "unwrap.type: not possible"),
    ("list: {endpoint: get /pets, frobnicate: 1}", "list", "GET /pets", "list.frobnicate: unknown"),
]  # fmt: skip


def check(migrate: Migrate, config: str, path: str, value: Any, said: str) -> None:
    made = migrate(config)
    assert made.result.exit_code == 0, made.result.output
    assert made.at(path) == value
    if said:
        key, _, fate = said.partition(": ")
        assert made.report[key][0] == fate, made.report


@pytest.mark.parametrize(("config", "path", "value", "said"), CLIENT)
def test_of_the_client(migrate: Migrate, config: str, path: str, value: Any, said: str) -> None:
    check(migrate, config, path, value, said)


@pytest.mark.parametrize(("option", "path", "value", "said"), OPTIONS)
def test_of_an_option(migrate: Migrate, option: str, path: str, value: Any, said: str) -> None:
    check(migrate, f"client_settings: {{opts: {{{option}}}}}", path, value, said)


def test_two_options_make_one_credential(migrate: Migrate) -> None:
    made = migrate(
        "client_settings: {opts: {user: {type: string, read_env: U, auth: {security_scheme: basic, role: username}},"
        " word: {type: string, read_env: P, auth: {security_scheme: basic, role: password}}}}"
    )
    expected = {"argument": "user", "env": "U", "required": True, "password_argument": "word", "password_env": "P"}
    assert made.at("security/basic") == expected


def test_the_first_option_of_a_credential_counts(migrate: Migrate) -> None:
    made = migrate(
        "client_settings: {opts: {token: {type: string, read_env: T, auth: {security_scheme: old}},"
        " key: {type: string, read_env: K, auth: {security_scheme: old}}}}"
    )
    assert made.at("security/old") == {"argument": "token", "env": "T", "required": True}
    assert "client_settings.opts.key.auth: another option is this credential already" in made.result.output


@pytest.mark.parametrize(("method", "name", "value", "said"), METHODS)
def test_of_a_method(migrate: Migrate, method: str, name: str, value: Any, said: str) -> None:
    config = f"resources: {{pets: {{methods: {{{method}}}}}}}"
    check(migrate, config, f"resources/pets/methods/{name}", value, f"resources.pets.methods.{said}")


def test_a_resource_has_the_description_of_the_config(migrate: Migrate) -> None:
    made = migrate("resources: {pets: {description: All of them., methods: {list: get /pets}}}")
    assert made.at("resources/pets/description") == "All of them."
    assert migrate.generate().exit_code == 0
    assert "All of them." in (made.folder / "pet_store/resources/pets.py").read_text()


def test_every_target_but_python_is_another_language(migrate: Migrate) -> None:
    base = "targets: {python: {package_name: pet_store, project_name: pets, publish: {pypi: true}}, go: {skip: true}}\n"
    made = migrate("", base=base)
    assert made.at("package/project") == "pets"
    assert made.report["targets.go"] == ("not needed", "it is another language")
    assert made.report["targets.python.publish"][0] == "not needed"


def test_yaml_may_merge_mappings(migrate: Migrate) -> None:
    made = migrate("resources: {a: &a {methods: {list: get /pets}}, b: {<<: *a, models: {pet: Pet}}}")
    assert made.at("resources/b") == {"methods": {"list": "GET /pets"}, "models": {"pet": "Pet"}}


PAGES: list[tuple[str, str, dict[str, Any]]] = [
    ("{type: cursor, request: {cursor: {type: string}}, response: {data: {type: array}, next_cursor: {}}}", "cursor", {"items": "data", "cursor": "cursor", "next_cursor": "next_cursor"}),
    ("{type: cursor, request: {c: {x-stainless-pagination-property: {purpose: next_cursor_param}}}, response: {data: {x-stainless-pagination-property: {purpose: items}}, meta: {properties: {n: {x-stainless-pagination-property: {purpose: next_cursor_field}}, more: {x-stainless-pagination-property: {purpose: has_next_page}}}}}}", "cursor", {"items": "data", "cursor": "c", "has_more": "meta.more", "next_cursor": "meta.n"}),
    ("{type: cursor_id, request: {after: {}}, response: {data: {type: array, items: {properties: {key: {x-stainless-pagination-property: {purpose: cursor_item_id}}}}}}}", "cursor", {"items": "data", "cursor": "after", "last_item": "key"}),
    ("{type: cursor_url, request: {}, response: {data: {type: array}, next: {x-stainless-pagination-property: {purpose: cursor_url_field}}}}", "next_link", {"items": "data", "next_link": "next"}),
    ("{type: cursor_url, request: {}, response: {data: {type: array}, link: {x-stainless-pagination-property: {purpose: cursor_url_field, from_header: X-Next}}}}", "next_link", {"items": "data", "next_link": "header:X-Next"}),
    ("{type: page_number, request: {page: {}, size: {}}, response: {data: {type: array}, pages: {x-stainless-pagination-property: {purpose: total_page_count_field}}}}", "page", {"items": "data", "page": "page", "pages": "pages", "requires": ["size"]}),
    ("{type: offset, request: {offset: {}}, response: {data: {type: array}, total: {x-stainless-pagination-property: {purpose: offset_total_count_field}}}}", "offset", {"items": "data", "offset": "offset", "total": "total"}),
]  # fmt: skip
PAGED = """
paths:
  /things:
    get:
      parameters: [PARAMETERS]
      responses: {'200': {description: They., content: {application/json: {schema: {$ref: '#/components/schemas/Things'}}}}}
components:
  schemas:
    Things: {type: object, properties: {data: {type: array, items: {type: object, properties: {key: {type: string}, id: {type: string}}}}, next_cursor: {type: string}, next: {type: string}, pages: {type: integer}, total: {type: integer}, meta: {type: object, properties: {n: {type: string}, more: {type: boolean}}}}}
"""


@pytest.mark.parametrize(("scheme", "kind", "expected"), PAGES)
def test_of_pages(migrate: Migrate, scheme: str, kind: str, expected: dict[str, Any]) -> None:
    names = [str(expected[kind])] if kind != "next_link" else []
    parameters = [
        f"{{name: {name}, in: query, schema: {{type: string}}}}" for name in (*names, *expected.get("requires", ()))
    ]
    head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"
    (migrate.folder / "openapi.yml").write_text(head + PAGED.replace("PARAMETERS", ", ".join(parameters)))
    methods = (
        "{list: get /things, all: {endpoint: get /things, paginated: false}, by: {endpoint: get /things, paginated: x}}"
    )
    made = migrate(f"pagination: [{{name: my_page, {scheme[1:]}]\nresources: {{things: {{methods: {methods}}}}}")
    assert made.result.exit_code == 0, made.result.output
    assert made.at("paging/my_page") == expected
    assert made.at("resources/things/methods/list") == "GET /things"
    assert made.at("resources/things/methods/all") == {"operation": "GET /things", "paging": False}
    assert made.report["resources.things.methods.by.paginated"][0] == "not possible"
    assert made.report["pagination.0"][0] == "carried"


def test_a_scheme_that_no_method_fits_is_left_out(migrate: Migrate) -> None:
    scheme = "{name: a, type: cursor, request: {cursor: {}}, response: {data: {type: array}, next_cursor: {}}}"
    made = migrate(f"pagination: [{scheme}, {{type: fake_page, response: {{data: {{type: array}}}}}}]")
    assert made.at("paging") is None
    assert [made.report[f"pagination.{n}"][0] for n in (0, 1)] == ["not needed", "not possible"]


def test_several_environments_have_names(migrate: Migrate) -> None:
    made = migrate("", base=BASE_OF_TWO)
    assert made.at("client/environments") == {"production": "https://a.example", "test_site": "https://b.example"}
    assert made.at("client/base_url") is None
    assert made.report["environments.odd"][0] == "not possible"


BASE_OF_TWO = """\
targets: {python: {package_name: pet_store, production_repo: null}}
environments: {production: 'https://a.example', test-site: 'https://b.example', odd: nowhere}
"""
