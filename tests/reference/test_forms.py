"""Other forms of a method, over all pages and as a stream: the search finds them, and pages say what they give."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests import case_packages
from tests.reference.page_text import text_lines
from tests.reference.surfaces import surface_of
from tests.reference.test_site import Page, markdown_links, reference, search_index

from clientsmith.targets.reference import render_site
from clientsmith.targets.reference.signatures import other_forms


def entries(files: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Give page and anchor of each entry of the search that is a method."""
    index = search_index(files)
    return {name: (index["pages"][page], place) for kind, name, _, page, place, _ in index["entries"] if kind == 1}


@pytest.mark.parametrize("case", case_packages.names())
def test_the_search_finds_each_form_where_it_is(case: str) -> None:
    files = reference(case)
    surface = surface_of(case_packages.CASES / case / case_packages.source(case))
    found = entries(files)
    for resource in surface.all_resources():
        for call in resource.calls:
            for name in other_forms(resource, call):
                page, place = found[".".join((*resource.path, name))]
                assert place in Page(files[f"{page}.html"]).ids


@pytest.mark.parametrize("case", ["op_paging", "op_streams"])
def test_each_form_has_an_anchor_and_a_button(case: str) -> None:
    pages = [text for path, text in reference(case).items() if path.endswith(".html")]
    forms = [form for text in pages for form in re.findall(r'<div class="sig also".*', text)]
    assert len(forms) > 1
    for form in forms:
        assert re.match(
            r'<div class="sig also" id="[^"]+">.*<button class="ln" type="button" aria-label="[^"]+">', form
        )


def written(folder: Path, responses: dict[str, Any]) -> dict[str, str]:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Package", "version": "1"},
        "paths": {"/things": {"get": {"operationId": "listThings", "responses": responses}}},
    }
    (folder / "spec.json").write_text(json.dumps(document), "utf-8")
    return dict(render_site(surface_of(folder / "spec.json")))


def test_returns_say_which_response_is_the_stream(tmp_path: Path) -> None:
    schema = {"schema": {"type": "object", "properties": {"text": {"type": "string"}}}}
    content = {"application/json": schema, "text/event-stream": schema}
    files = written(tmp_path, {"200": {"description": "it", "content": content}})
    lines = text_lines(files["things.list.html"])
    returns = lines[lines.index("Returns") :]
    assert [line for line in returns if re.search(r"Iterator\[\w+\] ?text/event-stream$", line)]
    markdown = files["things.list.md"].partition("## Returns")[2]
    assert re.search(r"^- 200: .*Iterator\[.*\(`text/event-stream`\)", markdown.replace("`200`", "200"), re.MULTILINE)


def test_markdown_returns_the_page_of_the_signature() -> None:
    text = reference("op_pages")[first_page_method()]
    signature = re.search(r"-> (\w+)", text)
    assert signature is not None
    assert signature[1] in text.partition("## Returns")[2].partition("## ")[0]


def first_page_method() -> str:
    """Name the Markdown of the first method that gives pages."""
    surface = surface_of(case_packages.CASES / "op_pages" / case_packages.source("op_pages"))
    calls = ((resource, call) for resource in surface.all_resources() for call in resource.calls)
    return next(f"{'.'.join((*resource.path, call.name))}.md" for resource, call in calls if call.pages is not None)


def test_without_a_response_a_method_returns_none(tmp_path: Path) -> None:
    files = written(tmp_path, {"404": {"description": "none"}})
    assert files["things.list.md"].partition("## Returns")[2].split("##")[0].strip() == "`None`"
    lines = text_lines(files["things.list.html"])
    assert "None" in lines[lines.index("Returns") : lines.index("Errors")]


@pytest.mark.parametrize("case", case_packages.names())
def test_llms_lists_every_page(case: str) -> None:
    files = reference(case)
    assert set(markdown_links(files["llms.txt"])) == {path for path in files if path.endswith(".md")}


def test_methods_that_read_webhooks_are_in_the_tree_and_on_the_first_page() -> None:
    files = reference("op_webhooks")
    names = {(page, place) for page, place in entries(files).values() if page == "webhooks" and place}
    assert len(names) == 3
    for page, place in names:
        for path in ("index.html", "webhooks.html"):
            assert f"{page}.html#{place}" in Page(files[path]).links
