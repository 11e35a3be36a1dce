"""Reading settings: every key, its place, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientsmith.data.document import Position
from clientsmith.data.issues import Issue, Rejected
from clientsmith.data.limits import Limits
from clientsmith.data.settings import (
    DEFAULT_INITIALISMS,
    IteratorSettings,
    MethodSettings,
    PagingSettings,
    RequestSettings,
    Settings,
)
from clientsmith.stages.load import default_settings, load_settings

FULL = """\
spec = "spec.yaml"
output = "../generated/pet_store"
formatter = "ruff"
strict = true
allow_skips = ["trace-body", "#/paths/~1pets"]
allow_external = true

[package]
version = "1.2.3"
project = "pet-store"

[client]
name = "PetStore"
error = "PetStoreError"
base_url = "https://pets.example"
base_url_env = "PETS_URL"
query_objects = "dots"
idempotency_header = "Idempotency-Key"
retry = "eager"
max_retries = 0
timeout = 7.5
max_response_size = 3
headers = { X-Version = "2" }

[security.bearer]
argument = "token"
required = true
env = "PETS_TOKEN"

[webhooks]
secret_argument = "signing_secret"
secret_env = "PETS_SIGNING"

[names]
initialisms = ["GPU", "ID"]

[components]
inline = ["*"]

[resources.store]
[resources.store.pets]
singular = "Pet"
[resources.store.pets.methods]
list = "GET /pets"
"create" = 'createPet'
[resources.store.pets.iterators.iter]
method = "list"
items = "data"
page = "page_no"
total = "paging.total_count"

[limits]
schemas = 5000
types = 900
files = 70
size = 3
variants = 2
"""


def read(folder: Path, text: str) -> tuple[Settings, tuple[Issue, ...]]:
    (folder / "pets.toml").write_text(text)
    found = load_settings(folder / "pets.toml")
    return found.value, found.issues


def test_everything_can_be_set(tmp_path: Path) -> None:
    settings, issues = read(tmp_path, FULL)
    assert issues == ()
    assert settings.spec == tmp_path / "spec.yaml"
    assert settings.output == tmp_path / "../generated/pet_store"
    assert (settings.formatter, settings.strict, settings.allow_external) == ("ruff", True, True)
    assert settings.allow_skips == ("trace-body", "#/paths/~1pets")
    assert (settings.package_version, settings.project) == ("1.2.3", "pet-store")
    assert (settings.client_name, settings.error_name) == ("PetStore", "PetStoreError")
    assert (settings.base_url, settings.base_url_env) == ("https://pets.example", "PETS_URL")
    assert settings.query_objects == "dots"
    assert settings.requests == RequestSettings(
        idempotency_header="Idempotency-Key",
        retry="eager",
        max_retries=0,
        timeout=7.5,
        headers={"X-Version": "2"},
        max_response_size=3_000_000,
    )
    assert settings.security["bearer"].required
    assert settings.security["bearer"].env == "PETS_TOKEN"
    assert settings.initialisms == (*DEFAULT_INITIALISMS, "GPU")
    assert settings.inline_components == ("*",)
    assert (settings.webhook_secret_argument, settings.webhook_secret_env) == ("signing_secret", "PETS_SIGNING")
    assert settings.limits == Limits(schemas=5000, text=None, types=900, files=70, size=3, variants=2)
    store, pets = settings.resources
    assert (store.path, pets.path, pets.singular) == (("store",), ("store", "pets"), "Pet")
    assert pets.methods == (
        MethodSettings(name="list", operation="GET /pets", position=Position(38, 1)),
        MethodSettings(name="create", operation="createPet", position=Position(39, 1)),
    )
    assert pets.iterators == (
        IteratorSettings(
            name="iter",
            method="list",
            items="data",
            page="page_no",
            total="paging.total_count",
            position=Position(40, 2),
        ),
    )


def test_schemes_of_paging_and_the_methods_that_choose_one(tmp_path: Path) -> None:
    text = """spec = "s.yaml"
[paging.by-page]
items = "data"
page = "page"
first_page = 0
requires = ["per_page"]
[paging.links]
next_link = "header:Link"
[resources.pets.methods]
list = { operation = "listPets", paging = "links" }
get = { operation = "getPets", paging = false }
"""
    settings, issues = read(tmp_path, text)
    assert issues == ()
    assert settings.paging == (
        PagingSettings(
            name="by-page", items="data", page="page", first_page=0, requires=("per_page",), position=Position(2, 2)
        ),
        PagingSettings(name="links", next_link="header:Link", position=Position(7, 2)),
    )
    assert settings.resources[0].methods == (
        MethodSettings(name="list", operation="listPets", paging="links", position=Position(10, 1)),
        MethodSettings(name="get", operation="getPets", paging=False, position=Position(11, 1)),
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("list = { paging = 'a' }", "missing-setting"),
        ("list = { operation = 'a', paging = true }", "bad-setting"),
        ("list = { operation = 'a', page = 'b' }", "unknown-setting"),
    ],
)
def test_a_method_that_is_a_table(tmp_path: Path, line: str, code: str) -> None:
    _, issues = read(tmp_path, f'spec = "s.yaml"\n[resources.pets.methods]\n{line}\n')
    assert [(issue.code, issue.position and issue.position.line) for issue in issues] == [(code, 3)]


def test_formats_are_native_or_text(tmp_path: Path) -> None:
    settings, issues = read(tmp_path, 'spec = "s.yaml"\n[formats]\nuuid = "UUID"\ndate-time = "str"\n')
    assert issues == ()
    assert settings.formats == {"uuid": "native", "date-time": "text"}


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ('uuid = "Uuid"', "bad-setting", '"UUID" or "str"'),
        ("uuid = true", "bad-setting", '"UUID" or "str"'),
        ('byte = "str"', "unknown-setting", "date-time"),
        ('uid = "str"', "unknown-setting", "uuid"),
    ],
)
def test_a_wrong_format_has_its_place_and_the_choices(tmp_path: Path, line: str, code: str, hint: str) -> None:
    _, issues = read(tmp_path, f'spec = "s.yaml"\n[formats]\n{line}\n')
    (issue,) = issues
    assert (issue.code, issue.position) == (code, Position(3, 1))
    assert hint in f"{issue.message} {issue.hint}"


def test_a_spec_is_all_that_is_needed(tmp_path: Path) -> None:
    settings, issues = read(tmp_path, 'spec = "pet-store.v1.yaml"')
    assert issues == ()
    assert settings == Settings(
        file=str(tmp_path / "pets.toml"), spec=tmp_path / "pet-store.v1.yaml", output=Path("pet_store_v1")
    )


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("formater = 'x'", "unknown-setting", (2, 1), "did you mean 'formatter'?"),
        ("[clients]\nname = 'x'", "unknown-setting", (2, 2), "did you mean 'client'?"),
        ("[client]\nnmae = 'x'", "unknown-setting", (3, 1), "did you mean 'name'?"),
        ("client.nmae = 'x'", "unknown-setting", (2, 1), "did you mean 'name'?"),
        ("client = {nmae = 'x'}", "unknown-setting", (2, 1), "did you mean 'name'?"),
        ("client = 'x'", "bad-setting", (2, 1), "it is 'x' now"),
        ("formatter = 'yapf'", "bad-setting", (2, 1), "it is 'yapf' now"),
        ("strict = 1", "bad-setting", (2, 1), "it is 1 now"),
        ("allow_skips = [1]", "bad-setting", (2, 1), "it is [1] now"),
        ("output = '../my-client'", "bad-setting", (2, 1), "letters, digits"),
        ("output = 'class'", "bad-setting", (2, 1), "letters, digits"),
        ("[client]\nerror = 'not good'", "bad-setting", (3, 1), "PetStore"),
        ("[names]\ninitialisms = ['id']", "bad-setting", (3, 1), "'ID'"),
        ("[security.a]\nenvironment = 'x'", "unknown-setting", (3, 1), "possible here"),
        ("[security.a]\nargument = 'x y'", "bad-setting", (3, 1), "letters"),
        ("[resources.a]\nsinglar = 'A'", "unknown-setting", (3, 1), "did you mean 'singular'?"),
        ("[resources.a-b]\nsingular = 'A'", "bad-setting", (2, 2), "letters"),
        ("[resources.a.methods]\nget = 1", "bad-setting", (3, 1), "it is 1 now"),
        ("[resources.a.methods]\nclass = 'x'", "bad-setting", (3, 1), "no keyword of Python"),
        ("[resources.a.methods]\nwith_raw_response = 'x'", "bad-setting", (3, 1), "choose another name"),
        ("[resources.a.methods]\nwithRawResponse = 'x'", "bad-setting", (3, 1), "choose another name"),
        ("[resources.a.methods]\nb = 'x'\n[resources.a.b]", "bad-setting", (4, 2), "rename one of them"),
        ("[resources.a.b.c]\n[resources.a.methods]\nb = 'x'", "bad-setting", (2, 2), "rename one of them"),
        ("[resources.a.with_raw_response]", "bad-setting", (2, 2), "choose another name"),
        ("[resources.close]", "bad-setting", (2, 2), "choose another name"),
        ("[streams.a]\nhandle = 'sing'", "bad-setting", (3, 1), "it is 'sing' now"),
        ("[streams.a]\nhandle = 'done'\nerror = 'x'", "bad-setting", (4, 1), "leave it out"),
        ("[client.methods]\nclose = 'x'", "bad-setting", (3, 1), "choose another name"),
        ("[client.methods]\na = 'x'\n[resources.a]", "bad-setting", (4, 2), "rename one of them"),
        ("[client.iterators.i]\npage = 'x'", "missing-setting", (2, 2), "method"),
        ("strict = []", "bad-setting", (2, 1), "it is [] now"),
        ("allow_skips = ['" + "a" * 40 + "', 1]", "bad-setting", (2, 1), "it is a list now"),
        ("[client]\nname = 'A'\nerror = 'A'", "bad-setting", (4, 1), "'AError'"),
        ("[client]\nname = 'A'\nerror = 'AsyncA'", "bad-setting", (4, 1), "'AError'"),
        ("[client]\nbase_url = 'pets.example'", "bad-setting", (3, 1), "it is 'pets.example' now"),
        ("[webhooks]\nsecret = 'whsec_x'", "unknown-setting", (3, 1), "secret_env"),
        ("[webhooks]\nsecret_env = 'PETS SECRET'", "bad-setting", (3, 1), "it is 'PETS SECRET' now"),
        ("[webhooks]\nsecret_argument = 'class'", "bad-setting", (3, 1), "no keyword"),
        ("[client.environments]\nlive = 'ftp://a'", "bad-setting", (3, 1), "it is 'ftp://a' now"),
        ("[client.environments]\n'' = 'https://a'", "bad-setting", (3, 1), "'production'"),
        ("[client]\nbase_url = 'https://a'\nenvironments = { live = 'https://a' }", "bad-setting", (4, 1), "default"),
        ("[client]\nbase_url_env = 'PETS URL'", "bad-setting", (3, 1), "it is 'PETS URL' now"),
        ("[client]\nidempotency_header = 'A:'", "bad-setting", (3, 1), "it is 'A:' now"),
        ("[client]\nretry = 'always'", "bad-setting", (3, 1), "it is 'always' now"),
        ("[client]\nmax_retries = -1", "bad-setting", (3, 1), "it is -1 now"),
        ("[client]\ntimeout = 0", "bad-setting", (3, 1), "it is 0 now"),
        ("[client]\ntimeout = nan", "bad-setting", (3, 1), "it is nan now"),
        ("[client]\ntimeout = 3000000", "bad-setting", (3, 1), "it is 3000000 now"),
        ("[client]\ntimeout = true", "bad-setting", (3, 1), "it is true now"),
        ("[client]\nmax_response_size = 0", "bad-setting", (3, 1), "megabytes"),
        ("[client.headers]\n'X Y' = 'a'", "bad-setting", (3, 1), "letters"),
        ('[client.headers]\nX = "a\\r\\nY: b"', "bad-setting", (3, 1), "now"),
        ("[client.headers]\nX = 'ä'", "bad-setting", (3, 1), "now"),
        ("[client.headers]\nX = 'a'\nx = 'b'", "bad-setting", (4, 1), "capitals"),
        ("[client.headers]\nX = 1", "bad-setting", (3, 1), "it is 1 now"),
        ("[security.a]\nrequired = 'yes'", "bad-setting", (3, 1), "it is 'yes' now"),
        ("[package]\nversion = 'first one'", "bad-setting", (3, 1), "it is 'first one' now"),
        ("[security.a]\nenv = 'A='", "bad-setting", (3, 1), "it is 'A=' now"),
        ("[security.a]\npassword_env = '1'", "bad-setting", (3, 1), "it is '1' now"),
        ("[resources.a.methods]\n'a b' = 'x'", "bad-setting", (3, 1), "letters"),
        ("[resources.a.iterators.i]\npage = 'x'", "missing-setting", (2, 2), "method"),
        ('note = """\n[client]\nname = 1\n"""', "unknown-setting", (2, 1), "possible here"),
    ],
)
def test_a_mistake_is_located(tmp_path: Path, text: str, code: str, place: tuple[int, int], hint: str) -> None:
    _, issues = read(tmp_path, f'spec = "spec.yaml"\n{text}\n')
    (issue,) = issues
    assert (issue.code, issue.severity, issue.position) == (code, "error", Position(*place))
    assert hint in str(issue.hint)


@pytest.mark.parametrize(
    ("text", "message", "position"),
    [
        ("a = " + "[" * 100_000, "nested too deep", None),
        ("a = 1\nb = " + "1" * 5000, "a number is too long", Position(2, 5)),
        ("a = [", "invalid value", Position(1, 6)),
    ],
    ids=["deep", "long", "open"],
)
def test_what_toml_cannot_hold_is_said_in_our_words(
    tmp_path: Path, text: str, message: str, position: Position | None
) -> None:
    with pytest.raises(Rejected) as caught:
        read(tmp_path, text)
    (issue,) = caught.value.issues
    assert (issue.code, issue.position) == ("bad-toml", position)
    assert message in issue.message


def test_what_a_client_has_is_no_name_of_a_resource_only_at_the_top(tmp_path: Path) -> None:
    _, issues = read(tmp_path, 'spec = "spec.yaml"\n[resources.a.close.methods]\nstream = "x"\n')
    assert issues == ()


@pytest.mark.parametrize("text", ["", "output = 'x'", "spec = ''", "spec = 1", "= 1", "a = [", "a\0"])
def test_settings_that_name_no_spec_are_rejected(tmp_path: Path, text: str) -> None:
    with pytest.raises(Rejected) as caught:
        read(tmp_path, text)
    assert caught.value.issues


def test_the_command_line_chooses_the_output(tmp_path: Path) -> None:
    (tmp_path / "pets.toml").write_text('spec = "spec.yaml"\noutput = "a"\n')
    assert load_settings(tmp_path / "pets.toml", Path("out/b")).value.output == Path("out/b")


@pytest.mark.parametrize(
    ("spec", "package"),
    [
        ("api/Pet-Store.json", "pet_store"),
        ("1forge.yaml", "api_1forge"),
        ("import.yaml", "import_client"),
        ("typing.yaml", "typing_client"),
        ("con.yaml", "con_client"),
        ("LPT1.json", "lpt1_client"),
        ("ü.yaml", "client"),
    ],
)
def test_a_package_without_settings_is_named_after_its_file(spec: str, package: str) -> None:
    assert default_settings(Path(spec)) == Settings(spec=Path(spec), output=Path(package))


def test_a_bad_name_for_a_package_is_rejected() -> None:
    with pytest.raises(Rejected):
        default_settings(Path("spec.yaml"), Path("out/my-client"))


def test_items_of_a_list_have_places(tmp_path: Path) -> None:
    text = 'spec = "spec.yaml"\n[select]\ninclude = [ # "b"\n  "a", \'b\',\n  "a",\n  "\\u0063" ]\nexclude = ["a"]\n'
    found, issues = read(tmp_path, text)
    assert issues == ()
    assert [(each.text, each.position) for each in found.select.include] == [
        ("a", Position(4, 3)),
        ("b", Position(4, 8)),
        ("a", Position(5, 3)),
        ("c", Position(3, 1)),
    ]
    assert [each.position for each in found.select.exclude] == [Position(7, 12)]
