"""The types of the plan are what templates of users print: `docs/templates.md` lists them, with a number.

`--golden` writes the list anew, while its number is one that no release has.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from types import ModuleType

from clientsmith.targets.python import package, package_bases, package_files, package_readme, package_receiver
from clientsmith.targets.python.contract import CONTRACT
from clientsmith.targets.python.render.own_templates import names

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "templates.md"
CHANGELOG = ROOT / "CHANGELOG.md"
MODULES: tuple[ModuleType, ...] = (package, package_bases, package_files, package_readme, package_receiver)
HEAD = f"## Contract {CONTRACT}\n"


def listing() -> str:
    """List every type of the plan with its fields."""
    types = [
        value
        for module in MODULES
        for value in vars(module).values()
        if dataclasses.is_dataclass(value) and isinstance(value, type) and value.__module__ == module.__name__
    ]
    lines = [HEAD]
    for found in sorted(types, key=lambda found: (found is not package.Package, found.__name__)):
        lines += [f"### `{found.__name__}`\n", f"{(found.__doc__ or '').split(chr(10) * 2)[0]}\n", "| field | type |"]
        lines += ["| --- | --- |"]
        lines += [f"| `{field.name}` | `{str(field.type).replace('|', 'or')}` |" for field in dataclasses.fields(found)]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def released() -> str:
    """Give the part of the changelog that has been released."""
    return CHANGELOG.read_text("utf-8").partition("## [Unreleased]")[2].partition("\n## [")[2]


def test_the_page_lists_the_types_of_the_plan(golden: bool) -> None:
    text = PAGE.read_text("utf-8")
    begin = re.search(r"^## Contract \d+\n", text, re.MULTILINE)
    assert begin is not None
    if golden:
        assert f"template contract {CONTRACT}" not in released(), "this contract is released: raise CONTRACT"
        PAGE.write_text(text[: begin.start()] + listing(), "utf-8")
        text = PAGE.read_text("utf-8")
    message = "the types of the plan changed: raise CONTRACT if it is released, then run this test with --golden"
    assert text[begin.start() :] == listing(), message


def test_the_page_names_the_templates_that_can_be_replaced() -> None:
    """In its list, and those that print a file in the table of what they get."""
    listed, _, table = PAGE.read_text("utf-8").partition(HEAD)[0].partition("## What templates get")
    named = re.compile(r"`([\w/.]+\.jinja)`")
    assert set(named.findall(listed)) == names()
    assert set(named.findall(table)) == names() - {"macros.jinja"}


def test_the_changelog_has_the_contract() -> None:
    assert f"template contract {CONTRACT}" in CHANGELOG.read_text("utf-8")


def test_a_field_that_comes_goes_or_changes_changes_the_list() -> None:
    before = listing()
    field = dataclasses.fields(package.Import)[0]
    assert f"| `{field.name}` | `{field.type}` |" in before
    assert before.count("### `") > 20
