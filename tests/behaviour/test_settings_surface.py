"""Settings that choose the surface of a client: models, methods, arguments, casings, examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.behaviour.test_settings import read

from clientsmith.data.settings import ClientArgumentSettings, ExampleSettings, MethodSettings, ModelSettings, Settings

TEXT = """\
spec = "spec.yaml"
compatibility = "stainless"
[package]
file_header = "Copyright."
[client]
name = "pet_store"
query_arrays = "indices"
form_objects = "brackets"
unwrap = ["data"]
flat_bodies = true
[client.arguments.org]
header = "X-Org"
env = "ORG"
default = "none"
required = true
description = "Which one."
[names.casings]
pet_store = "PetStore"
[types]
alias_responses = true
[shared.models]
Error = "Problem"
[readme.examples.request]
operation = "GET /pets"
arguments = { limit = 1, since = 2020-01-02 }
[resources.pets]
own_types = true
deprecated = "Use cats."
[resources.pets.methods]
list = "GET /pets"
add = { operation = "addPet", body = "pet", unwrap = false, deprecated = "Use list." }
say = { operation = "say", stream = "live", unwrap = "text" }
[resources.pets.models]
pet_kind = "Kind"
[resources."pets.models".methods]
list = "GET /models"
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    found, issues = read(tmp_path_factory.mktemp("settings"), TEXT)
    assert issues == ()
    return found


def test_the_client(settings: Settings) -> None:
    assert (settings.compatibility, settings.file_header, settings.client_name) == (
        "stainless", "Copyright.", "pet_store",
    )  # fmt: skip
    assert (settings.query_arrays, settings.form_objects, settings.unwrap) == ("indices", "brackets", ("data",))
    assert settings.flat_bodies
    assert settings.alias_responses
    (argument,) = settings.arguments
    expected = {"name": "org", "header": "X-Org", "env": "ORG", "default": "none", "description": "Which one."}
    assert argument == ClientArgumentSettings(**expected, required=True, position=argument.position)


def test_methods_are_texts_or_tables(settings: Settings) -> None:
    listed, added, said = settings.resources[0].methods
    assert listed == MethodSettings(name="list", operation="GET /pets", position=listed.position)
    assert (added.operation, added.body, added.unwrap, added.deprecated) == ("addPet", "pet", False, "Use list.")
    assert (said.stream, said.unwrap) == ("live", "text")


def test_models_have_the_folder_of_their_resource(settings: Settings) -> None:
    kind, error = settings.models
    assert kind == ModelSettings(name="pet_kind", component="Kind", folder=("pets",), position=kind.position)
    assert (error.name, error.component, error.folder) == ("Error", "Problem", ("shared",))


def test_a_resource_may_have_the_name_of_a_key(settings: Settings) -> None:
    pets, models = settings.resources
    assert (pets.path, pets.has_own_types, pets.deprecated) == (("pets",), True, "Use cats.")
    assert (models.path, models.methods[0].operation) == (("pets", "models"), "GET /models")


def test_examples_hold_json(settings: Settings) -> None:
    (example,) = settings.examples
    arguments = {"limit": 1, "since": "2020-01-02"}
    position = example.position
    assert example == ExampleSettings(kind="request", operation="GET /pets", arguments=arguments, position=position)


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("compatibility = 'other'", "bad-setting", "it is 'other' now"),
        ("[client]\nquery_arrays = 'commas'", "bad-setting", "it is 'commas' now"),
        ("[client]\nform_objects = 'dots'", "bad-setting", "it is 'dots' now"),
        ("[client]\nunwrap = 'data'", "bad-setting", "it is 'data' now"),
        ("[client.arguments.org]\nheader = 'A'\nquery = 'a'", "bad-setting", "one of the two"),
        ("[client.arguments.org]\nheader = 'A b'", "bad-setting", "it is 'A b' now"),
        ("[client.arguments.timeout]\nheader = 'A'", "bad-setting", "no keyword of Python"),
        ("[client.arguments._org]\nheader = 'A'", "bad-setting", "no keyword of Python"),
        ("[client.arguments.org]\nheder = 'A'\nquery = 'a'", "unknown-setting", "did you mean 'header'?"),
        ("[names.casings]\nPet = 'Pet'", "bad-setting", "join several words by '_'"),
        ("[names.casings]\npet = 'P-et'", "bad-setting", "it is 'P-et' now"),
        ("[types]\nalias_response = true", "unknown-setting", "did you mean 'alias_responses'?"),
        ("[resources.a.methods]\nget = { body = 'b' }", "missing-setting", "add a line like"),
        ("[resources.a.methods]\nget = { operation = 'x', bodi = 'b' }", "unknown-setting", "did you mean 'body'?"),
        ("[resources.a.methods]\nget = { operation = 'x', body = 'a b' }", "bad-setting", "letters"),
        ("[resources.a.methods]\nget = { operation = 'x', unwrap = true }", "bad-setting", "it is true now"),
        ("[resources.a.models]\n'a b' = 'x'", "bad-setting", "write it like 'PetStore'"),
        ("[resources.a.models]\nA = 1", "bad-setting", "it is 1 now"),
        ("[resources.a]\nown_types = 'yes'", "bad-setting", "it is 'yes' now"),
        ("[resources.'a.close'.methods]\nx = 'y'\n[resources.'close.a']", "bad-setting", "choose another name"),
        ("[shared]\nmodel = { A = 'x' }", "unknown-setting", "did you mean 'models'?"),
        ("[readme.examples.requests]\noperation = 'x'", "bad-setting", "possible here: request"),
        ("[readme.examples.request]\narguments = {}", "missing-setting", "operation"),
    ],
)
def test_a_mistake_is_reported(tmp_path: Path, text: str, code: str, hint: str) -> None:
    _, issues = read(tmp_path, f'spec = "s.yaml"\n{text}\n')
    assert [issue.code for issue in issues] == [code]
    assert hint in f"{issues[0].message} {issues[0].hint}"
