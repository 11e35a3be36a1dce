"""The command: what it prints and writes, `--check`, and files that are wrong or hostile."""

from __future__ import annotations

from markdown_it import MarkdownIt
from tests.migrate.conftest import Migrate

METHODS = "resources: {pets: {methods: {list: get /pets}}}\n"
FILES = ["openapi.yml", "pet_store.migration.md", "pet_store.overlay.yaml", "pet_store.toml", "stainless.yml"]


def test_it_counts_keys_and_names_those_to_look_at(migrate: Migrate) -> None:
    made = migrate(METHODS + "frobnicate: 1\n")
    assert made.result.exit_code == 0
    assert sorted(path.name for path in migrate.folder.iterdir()) == FILES
    assert "unknown: frobnicate: no such key is known" in made.result.output
    assert "1 unknown" in made.result.output
    assert f"clientsmith generate {migrate.folder / 'pet_store.toml'}" in made.result.output


def test_check_prints_what_a_new_config_would_change(migrate: Migrate) -> None:
    migrate(METHODS)
    same = migrate(METHODS, "--check")
    assert (same.result.exit_code, same.result.output) == (0, "the settings are as the config has them\n")
    before = same.text
    other = migrate(METHODS.replace("list:", "all:"), "--check")
    assert other.result.exit_code == 1
    assert '-list = "GET /pets"\n+all = "GET /pets"\n' in other.result.output
    assert other.text == before


def test_files_that_differ_are_kept_unless_forced(migrate: Migrate) -> None:
    migrate(METHODS)
    settings = migrate.folder / "pet_store.toml"
    settings.write_text("mine = true\n")
    refused = migrate(METHODS)
    assert refused.result.exit_code == 1
    assert "pet_store.toml (--force overwrites)" in refused.result.output
    assert settings.read_text() == "mine = true\n"
    assert migrate(METHODS, "--force").at("spec") == "openapi.yml"


def test_files_that_cannot_be_read_are_located(migrate: Migrate) -> None:
    made = migrate("resources: [", base="")
    assert made.result.exit_code == 1
    assert "stainless.yml:2:1: error" in made.result.output
    made = migrate("- a\n- b\n", base="")
    assert "the file holds no mapping" in made.result.output
    assert sorted(path.name for path in migrate.folder.iterdir()) == ["openapi.yml", "stainless.yml"]


def test_a_hostile_config_stays_text(migrate: Migrate) -> None:
    evil = '"a\\"]\\n[client]\\nname = \\"Evil\\"\\u202e<script>`#"'
    config = f"""
settings: {{file_header: {evil}}}
custom_casings: {{? {evil} : {{pascal: {evil}}}}}
resources:
  ? {evil}
  : methods: {{? {evil} : {{endpoint: get /pets, deprecated: {evil}}}}}
readme: {{example_requests: {{default: {{endpoint: get /pets, params: {{? {evil} : {evil}}}}}}}}}
openapi: {{transforms: [{{command: merge, reason: {evil}, args: {{target: {evil}, value: {{? {evil} : 1}}}}}}]}}
? {evil}
: 1
"""
    made = migrate(config)
    assert made.result.exit_code == 0, made.result.output
    assert "\u202e" not in made.result.output
    assert made.settings["client"]["name"] == "pet_store"
    assert made.settings["package"]["file_header"].startswith('a"]\n[client]')
    report = (migrate.folder / "pet_store.migration.md").read_text()
    inside = [token for block in MarkdownIt("commonmark").parse(report) for token in block.children or ()]
    assert not [token for token in inside if token.type == "html_inline"]
