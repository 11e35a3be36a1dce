"""`docs/support.md` is made from the cases, so it cannot lie: each keyword is shown by a golden that has it.

The `case.toml` of a case says in `[becomes]` what becomes of keywords: `"Schema: minimum, maximum" = "documentation"`.
Keywords that no case can show are in `tests/support.toml`, in the same form. `--golden` rewrites the page.
"""

from __future__ import annotations

import ast
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.openapi_objects import FIELDS, keywords, occurrences, root_kind, without

from clientsmith.data.issues import Found, Rejected
from clientsmith.pipeline import Run, design_client
from clientsmith.pipeline.packaging import packaging_of
from clientsmith.stages.load import default_settings
from clientsmith.targets.python.plan import plan
from clientsmith.targets.python.render import render
from clientsmith.targets.reference import package_pages
from clientsmith.targets.templates import make_environment

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "support.md"
CASES = sorted((TESTS / "cases").glob("*/case.toml"))
ALL = [(kind, name) for kind in FIELDS for name in keywords(kind)]
HEAD = """\
# What is supported

Each keyword of OpenAPI 3.0, 3.1 and 3.2, of JSON Schema 2020-12 and (at the end) of Swagger 2.0, and what becomes of
it. This page is made from the test cases, and `tests/test_support_table.py` holds it: the document of the case named
has the keyword, and without it "ignored" changes nothing, "documentation" only what people read, anything else what is
run. What a client would need and cannot express is an issue, never a silent loss.
"""


@dataclass(frozen=True)
class Row:
    """What becomes of some keywords of one object; no case where none can show it."""

    kind: str
    names: tuple[str, ...]
    becomes: str
    case: str | None


def rows_of(path: Path, case: str | None) -> Iterator[Row]:
    for subject, becomes in tomllib.loads(path.read_text("utf-8")).get("becomes", {}).items():
        kind, _, names = subject.partition(": ")
        yield Row(kind, tuple(names.split(", ")), becomes, case)


ROWS = [row for path in CASES for row in rows_of(path, path.parent.name)] + list(rows_of(TESTS / "support.toml", None))


def table(kind: str) -> str:
    """Write what becomes of one object's keywords, in the order of the specification."""
    order = list(keywords(kind))
    rows = sorted((row for row in ROWS if row.kind == kind), key=lambda row: min(map(order.index, row.names)))
    lines = [f"| {listed(row)} | {row.becomes} | {linked(row.case)} |" for row in rows]
    return "\n".join((f"## {kind} Object", "", "| Keyword | What becomes of it | Case |", "|---|---|---|", *lines, ""))


def listed(row: Row) -> str:
    versions = keywords(row.kind)
    return ", ".join(f"`{name}`" + (f" ({versions[name]})" if versions[name] else "") for name in row.names)


def linked(case: str | None) -> str:
    return f"[{case}](../tests/cases/{case})" if case else ""


@cache
def document(case: Path) -> Any:
    """Read the document of a case as data."""
    path = next(path for path in (case / "spec.yaml", case / "spec.json") if path.exists())
    return yaml.safe_load(path.read_text("utf-8"))


def test_the_page_is_fresh(golden: bool) -> None:
    page = "\n".join((HEAD, *(table(kind) for kind in FIELDS)))
    if golden:
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page, "make it again: pytest tests/test_support_table.py --golden"


@pytest.mark.parametrize("path", [pytest.param(path, id=path.parent.name) for path in CASES])
def test_a_case_has_the_keywords_it_shows(path: Path) -> None:
    case = tomllib.loads(path.read_text("utf-8"))
    assert case["shows"]
    assert set(case) <= {"shows", "files", "becomes"}
    shown = {(row.kind, name) for row in rows_of(path, path.parent.name) for name in row.names}
    assert shown <= set(ALL)
    assert not shown or shown <= set(occurrences(document(path.parent), root_kind(document(path.parent))))


EFFECTS = [pytest.param(row, id=f"{row.case}-{row.kind}-{'-'.join(row.names)}"[:90]) for row in ROWS if row.case]


@pytest.fixture
def templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read templates once for all these runs."""
    monkeypatch.setattr("clientsmith.targets.python.render.own_templates.make_environment", make_environment_once)


make_environment_once = cache(make_environment)


@pytest.mark.usefixtures("templates")
@pytest.mark.parametrize("row", EFFECTS)
def test_without_the_keyword_the_client_is_another_as_told(row: Row, tmp_path: Path) -> None:
    """ "Ignored" changes nothing, "documentation" only what people read, anything else what is run."""
    assert row.case is not None
    pairs = tuple((row.kind, name) for name in row.names if name not in ("true", "false"))
    before = generated(row.case, (), tmp_path)
    if row.becomes.startswith("ignored"):
        assert generated(row.case, pairs, tmp_path) == before
        return
    for pair in pairs:
        after = generated(row.case, (pair,), tmp_path)
        assert after != before, pair
        assert (code_of(after) == code_of(before)) is row.becomes.startswith("documentation"), pair


def generated(case: str, dropped: tuple[tuple[str, str], ...], folder: Path) -> Mapping[str, str]:
    """Generate the client of a case without some keywords, not formatted; nothing where that is an error."""
    if not dropped and case in BEFORE:
        return BEFORE[case]
    source = folder / "spec.json"
    source.write_text(
        json.dumps(without(document(TESTS / "cases" / case), dropped, root_kind(document(TESTS / "cases" / case)))),
        "utf-8",
    )
    settings = replace(default_settings(source, folder / case), formatter="none", package_metadata=is_installed(case))
    run = Run(Found(settings))
    try:
        api, surface = design_client(run, lambda stage: None)
        planned = plan(surface, packaging_of(settings, api, surface))
        rendered = {**render(planned), **package_pages(surface, with_pages=True)}
    except Rejected:
        return {}
    made = {path: text for path, text in rendered.items() if not path.startswith("_core/")}
    return made if dropped else BEFORE.setdefault(case, made)


def is_installed(case: str) -> bool:
    """Report whether the package of a case is a distribution, in which more of the document shows."""
    path = TESTS / "cases" / case / "settings.toml"
    return path.exists() and "metadata = true" in path.read_text("utf-8")


BEFORE: dict[str, Mapping[str, str]] = {}
"""What is generated of whole cases."""


def code_of(rendered: Mapping[str, str]) -> Mapping[str, str]:
    """Give what is run of a client: its modules without docstrings."""
    return {path: undocumented(text) for path, text in rendered.items() if path.endswith(".py")}


def undocumented(text: str) -> str:
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(body := getattr(node, "body", None), list):
            node.body = [each for each in body if not is_text(each)]  # type: ignore[attr-defined]
    return ast.dump(tree)


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def test_every_keyword_is_in_the_table() -> None:
    assert [pair for pair in ALL if pair not in {(row.kind, name) for row in ROWS for name in row.names}] == []


def test_only_what_no_case_shows_is_told_without_one() -> None:
    by_cases = {(row.kind, name) for row in ROWS if row.case for name in row.names}
    without = Counter((row.kind, name) for row in ROWS if not row.case for name in row.names)
    assert [pair for pair, times in without.items() if times > 1 or pair in by_cases or pair not in ALL] == []


MISTAKES = {"body"}
"""What the meta-schema of 3.1 calls a link's `server`."""


@pytest.mark.parametrize(("version", "key"), [("v3.0", "definitions"), ("v3.1", "$defs"), ("v3.2", "$defs")])
def test_no_keyword_of_an_object_is_forgotten(version: str, key: str) -> None:
    """The official meta-schemas of OpenAPI name the objects like the specification, but for blanks and capitals."""
    path = files("openapi_spec_validator") / "resources" / "schemas" / version / "schema.json"
    official = json.loads(path.read_text("utf-8"))
    ours = {kind.replace(" ", "").lower(): set(keywords(kind)) for kind in FIELDS}
    assert set(official["properties"]) <= ours["openapi"]
    for name, definition in official[key].items():
        if (kind := name.replace("-", "").lower()) in ours and kind != "oauthflows":
            assert set(declared(definition)) - MISTAKES <= ours[kind], name


def declared(definition: Any) -> Iterator[str]:
    """Find the names of members, also in the branches of a meta-schema."""
    if isinstance(definition, list):
        for branch in definition:
            yield from declared(branch)
    if isinstance(definition, dict):
        for key, value in definition.items():
            if key == "properties" and isinstance(value, Mapping):
                yield from (name for name, schema in value.items() if schema is not False)
            elif key not in ("properties", "patternProperties", "$defs"):
                yield from declared(value)


@pytest.mark.parametrize(
    "vocabulary", ["core", "applicator", "unevaluated", "validation", "format-annotation", "content", "meta-data"]
)
def test_no_keyword_of_json_schema_is_forgotten(vocabulary: str) -> None:
    path = files("jsonschema_specifications") / "schemas" / "draft202012" / "vocabularies" / vocabulary
    assert set(json.loads(path.read_text("utf-8"))["properties"]) <= set(keywords("Schema"))
