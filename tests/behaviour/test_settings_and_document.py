"""What the settings name and the document does not have: reported with its own mistakes, and only if sure."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import clientsmith
from clientsmith.data.issues import SKIPS, Issue
from clientsmith.pipeline import generate, settings_of

OPERATION = "responses: {'204': {description: Nothing.}}"
SPEC = f"""\
openapi: 3.1.0
info: {{title: Pets, version: "1"}}
paths:
  /pets:
    get: {{operationId: listPets, {OPERATION}}}
    post: {{operationId: addPet, {OPERATION}}}
  /owners/{{id}}:
    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
    $ref: '#/components/pathItems/Owner'
components:
  pathItems:
    Owner:
      get: {{operationId: getOwner, {OPERATION}}}
  schemas:
    Pet: {{type: object}}
  securitySchemes:
    token: {{type: http, scheme: bearer}}
"""
DANGLING = "x: {get: {responses: {'200': {$ref: '#/components/responses/Gone'}}}}"


def report(folder: Path, settings: str, spec: str = SPEC) -> tuple[Issue, ...]:
    (folder / "spec.yaml").write_text(spec)
    (folder / "pets.toml").write_text(f'spec = "spec.yaml"\noutput = "pets"\nformatter = "none"\n{settings}\n')
    found = settings_of(folder / "pets.toml", None)
    outcome = generate(found, check=True)
    assert len(outcome.issues) == len({(i.code, i.message, i.file, i.position, i.pointer) for i in outcome.issues})
    return tuple(issue for issue in outcome.issues if issue.severity == "error")


def codes(folder: Path, settings: str, spec: str = SPEC) -> list[str]:
    return sorted(issue.code for issue in report(folder, settings, spec))


UNKNOWN = [
    ("[resources.pets.methods]\nlist = 'listPet'", "unknown-operation", "did you mean 'listPets'?"),
    ("[resources.pets.methods]\nlist = 'GET /pet'", "unknown-operation", "did you mean 'GET /pets'?"),
    ("[resources.pets.methods]\nlist = 'frobnicate'", "unknown-operation", "name an operationId"),
    ("[resources.pets.models]\nCat = 'Cat'", "unknown-component", "possible here: Pet"),
    ("[resources.pets.models]\nCat = 'Pet'\ncat = 'Pet'", "model-named-twice", "each class is named once"),
    ("[shared.models]\nCat = 'Owl'", "unknown-component", "possible here: Pet"),
    ("[readme.examples.request]\noperation = 'listPet'", "unknown-operation", "did you mean 'listPets'?"),
    ("[security.tokens]\nenv = 'T'", "unknown-security-scheme", "did you mean 'token'?"),
    ("[components]\ninline = ['Pet', '!Pets']", "unknown-component", "did you mean 'Pet'?"),
    ("[components]\ninline = ['Owl']", "unknown-component", "possible here: Pet"),
    ("allow_skips = ['trace-bodies']", "unknown-skip", "did you mean 'trace-body'?"),
    ("allow_skips = ['everything']", "unknown-skip", "possible here: multipart-list, trace-body"),
    ("allow_skips = ['#/paths/~1pet']", "unknown-skip", "write it like"),
    ("allow_skips = ['#paths']", "unknown-skip", "write it like"),
    ("allow_skips = ['other.yaml#/paths']", "unknown-skip", "write it like"),
]


OF_METHODS = [
    ("[resources.pets.methods]\nlist = { operation = 'listPets', body = 'pet' }", "bad-method", "leave 'body' out"),
    ("[resources.pets.methods]\nlist = { operation = 'listPets', stream = 'live' }", "bad-method", "leave 'stream'"),
    ("[resources.pets.methods]\nlist = { operation = 'listPets', unwrap = 'dat' }", "bad-method", "possible here"),
    ("[readme.examples.request]\noperation = 'listPets'\narguments = { x = 1 }", "bad-example", "possible here"),
]
"""What is known only once the document is right."""


@pytest.mark.parametrize(("settings", "code", "hint"), [*UNKNOWN, *OF_METHODS])
def test_a_name_that_the_document_does_not_have_is_located(tmp_path: Path, settings: str, code: str, hint: str) -> None:
    (issue,) = report(tmp_path, settings)
    assert issue.code == code
    assert hint in str(issue.hint)
    assert issue.file == str(tmp_path / "pets.toml")
    assert issue.position is not None
    line = (tmp_path / "pets.toml").read_text().splitlines()[issue.position.line - 1]
    assert line.startswith(("list =", "Cat =", "cat =", "[security", "[readme", "inline =", "allow_skips ="))


@pytest.mark.parametrize(("settings", "code", "hint"), UNKNOWN)
def test_it_is_reported_with_the_mistakes_of_the_document(tmp_path: Path, settings: str, code: str, hint: str) -> None:
    broken = SPEC.replace("components:\n", f"  /{DANGLING}\ncomponents:\n")
    found = codes(tmp_path, settings, broken)
    # The place is in a file that may be there, if only the broken reference were right.
    assert found == sorted(["dangling-ref", *([] if "other.yaml" in settings else [code])])


def test_it_is_reported_with_the_mistakes_of_the_settings_and_of_later_stages(tmp_path: Path) -> None:
    settings = "formater = 'x'\n[resources.pets.methods]\nlist = 'listPet'"
    traced = SPEC.replace(
        "    post:", f"    trace: {{requestBody: {{content: {{text/plain: {{}}}}}}, {OPERATION}}}\n    post:"
    )
    assert codes(tmp_path, settings, traced) == ["trace-body", "unknown-operation", "unknown-setting"]


def test_mistakes_of_iterators_are_reported_with_those_of_methods(tmp_path: Path) -> None:
    resource = "[resources.pets.methods]\nlist = 'listPets'\nget = 'getPet'\n"
    iterators = "[resources.pets.iterators.all]\nmethod = 'lists'\n[resources.pets.iterators.list]\nmethod = 'list'\n"
    found = report(tmp_path, resource + iterators.replace("\n[", "\npage = 'page'\n[") + "page = 'page'")
    assert [issue.code for issue in found] == ["unknown-operation", "unknown-method", "iterator-name-taken"]
    assert "did you mean 'list'?" in str(found[1].hint)


def test_an_iterator_over_a_lost_method_is_no_further_mistake(tmp_path: Path) -> None:
    settings = "[resources.pets.methods]\nlist = 'x'\n[resources.pets.iterators.iter]\nmethod = 'list'\nitems = 'data'"
    assert codes(tmp_path, settings) == ["unknown-operation"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("paths:\n", "paths: nothing\nx-paths:\n", "bad-structure"),
        ("paths:\n", "paths: [1]\nx-paths:\n", "bad-structure"),
        ("  /pets:\n", "  /pets: nothing\n  x-pets:\n", "bad-structure"),
        ("    get: {operationId: listPets", "    get: listPets\n    x-get: {a: b", "bad-structure"),
        ("    Owner:\n", "    Other:\n", "dangling-ref"),
        ("    $ref: '#/components/pathItems/Owner'", "    $ref: owner.yaml", "dangling-ref"),
        ("    $ref: '#/components/pathItems/Owner'", "    $ref: '#/paths/~1owners~1{id}'", "circular-ref"),
        ("components:\n", f"  /pets: {{put: {{{OPERATION}}}}}\ncomponents:\n", "duplicate-key"),
        ("components:\n", "paths: {}\ncomponents:\n", "duplicate-key"),
        ("    post: {", "    get: {", "duplicate-key"),
        ("operationId: getOwner", "operationId: getOwner, operationId: gone", "duplicate-key"),
        ("  schemas:\n", "  pathItems: {Owner: {}}\n  schemas:\n", "duplicate-key"),
    ],
)
def test_what_cannot_be_read_may_hold_an_operation(tmp_path: Path, old: str, new: str, code: str) -> None:
    settings = "[resources.pets.methods]\nlist = 'listPets'\n[resources.owners.methods]\nget = 'getOwner'"
    assert codes(tmp_path, settings) == []
    assert old in SPEC
    assert set(codes(tmp_path, settings, SPEC.replace(old, new, 1))) == {code}


def test_another_path_is_known_all_the_same(tmp_path: Path) -> None:
    settings = "[resources.pets.methods]\nlist = 'GET /pets'\nput = 'PUT /pets'\nget = 'GET /dogs'"
    found = report(tmp_path, settings, SPEC.replace("components:\n", "  /dogs: dogs\ncomponents:\n", 1))
    assert sorted(issue.message for issue in found) == [
        "'/dogs' must be an object, not text",
        "the document has no operation 'PUT /pets'",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  schemas:\n    Pet: {type: object}\n", "  schemas: nothing\n", "bad-structure"),
        ("components:\n", "components: nothing\nx-components:\n", "bad-structure"),
        ("  securitySchemes:\n    token: ", "  schemas: {}\n  securitySchemes:\n    token: ", "duplicate-key"),
    ],
)
def test_what_cannot_be_read_may_hold_a_component(tmp_path: Path, old: str, new: str, code: str) -> None:
    settings = "allow_skips = ['#/components/schemas/Pet']\n[components]\ninline = ['Pet']"
    assert codes(tmp_path, settings) == []
    assert old in SPEC
    assert set(codes(tmp_path, settings, SPEC.replace(old, new, 1))) - {"dangling-ref"} == {code}


def test_a_query_in_a_path_may_be_left_out(tmp_path: Path) -> None:
    query = "[{name: kind, in: query, schema: {type: string}}]"
    spec = SPEC.replace("  /pets:\n", f"  /pets?kind={{kind}}:\n    parameters: {query}\n")
    assert codes(tmp_path, "[resources.pets.methods]\nlist = 'GET /pets'", spec) == []


def test_all_gaps_are_known() -> None:
    """The codes of gaps are those that some call gives with `skips=True`."""
    found = set()
    for path in Path(clientsmith.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and any(ast.unparse(k) == "skips=True" for k in node.keywords):
                assert isinstance(node.args[0], ast.Constant)
                found.add(node.args[0].value)
    assert found == set(SKIPS)
