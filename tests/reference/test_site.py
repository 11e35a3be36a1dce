"""What holds for the pages of every document: links lead somewhere, nothing is inline, and the bytes are the same."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from tests import case_packages
from tests.reference.conftest import ROOT, generate

from clientsmith.cli import main

CASES = case_packages.names()
Files = dict[str, str]


class Page(HTMLParser):
    """The elements of a page, and what is wrong with them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.inline: list[str] = []
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.inline += [f"{tag} {name}" for name in found if name.startswith("on") or name == "style"]
        self.inline += [tag] if tag == "style" or (tag == "script" and "src" not in found) else []
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []
        self.links += [found["data-href"]] if "data-href" in found else []
        self.sources += [found[name] for name in ("src", "href") if name in found and tag in ("script", "link", "img")]
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"]


def files_of(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def search_index(files: Files) -> dict[str, Any]:
    """Read the index of the search, which a script hands over."""
    text = files["static/search-index.js"]
    return dict(json.loads(text[text.index("(") + 1 : text.rindex(")")]))


@cache
def reference(case: str) -> Files:
    """Write the reference of a case."""
    with TemporaryDirectory() as folder:
        generate(case_packages.CASES / case / case_packages.source(case), Path(folder, "site"))
        return files_of(Path(folder, "site"))


def pages(files: Files) -> Iterator[tuple[str, Page]]:
    return ((path, Page(text)) for path, text in files.items() if path.endswith(".html"))


def dead_links(files: Files) -> Iterator[str]:
    """List links to pages, or to places in pages, that are not there."""
    anchors = {path: set(page.ids) for path, page in pages(files)}
    for path, page in pages(files):
        yield from (f"{path}: {source}" for source in page.sources if source not in files)
        for link in page.links:
            if not re.match(r"https?:|mailto:", link):
                target, _, place = unquote(link).partition("#")
                target = target or path
                if target not in files or (place and place not in anchors.get(target, set())):
                    yield f"{path}: {link}"


def dead_markdown_links(files: Files) -> Iterator[str]:
    for path, text in files.items():
        for link in markdown_links(text) if path.endswith((".md", ".txt")) else ():
            target, _, place = unquote(link).partition("#")
            target = target or path
            anchor = f'<a id="{place}"></a>'
            if not re.match(r"https?:|mailto:", link) and (
                target not in files or (place and anchor not in files[target])
            ):
                yield f"{path}: {link}"


def markdown_links(text: str) -> Iterator[str]:
    for block in MarkdownIt("commonmark").parse(text):
        yield from (str(token.attrs["href"]) for token in block.children or () if token.type == "link_open")


def assert_sound(files: Files) -> None:
    assert list(dead_links(files)) == []
    assert list(dead_markdown_links(files)) == []
    for path, page in pages(files):
        assert page.inline == [], path
        assert len(page.ids) == len(set(page.ids)), (path, sorted(page.ids))
        assert page.policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert path.replace(".html", ".md") in files


@pytest.mark.parametrize("case", CASES)
def test_the_pages_of_a_case_are_sound(case: str) -> None:
    assert_sound(reference(case))


def test_the_pages_of_realtime_kit_are_sound(site: Path) -> None:
    files = files_of(site)
    assert_sound(files)
    assert len([path for path in files if path.endswith(".html")]) == 21
    listed = list(markdown_links(files["llms.txt"]))
    assert sorted(listed) == sorted(path for path in files if path.endswith(".md"))


def test_script_and_style_are_small(site: Path) -> None:
    texts = [(site / "static" / name).read_bytes() for name in ("reference.css", "reference.js")]
    assert sum(len(gzip.compress(text)) for text in texts) < 60_000


def test_the_bytes_are_the_same_wherever_they_are_made(site: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "clientsmith", "reference", str(ROOT / "spec" / "realtime_kit.toml"), "-o", "site"]
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "LC_ALL": "C", "TZ": "Pacific/Auckland"}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert files_of(tmp_path / "site") == files_of(site)


# --- the command -----------------------------------------------------------------------------------------------------


def command(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["reference", *map(str, arguments)])
    return result.exit_code, result.output


SPEC = case_packages.CASES / "schema_unions" / "spec.yaml"


def test_check_knows_whether_the_pages_are_up_to_date(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    generate(SPEC, folder)
    assert command(SPEC, "-o", folder, "--check") == (0, "the reference is up to date\n")
    (folder / "index.html").unlink()
    exit_code, output = command(SPEC, "-o", folder, "--check")
    assert exit_code == 1
    assert "+++ b/index.html" in output
    assert output.endswith("the reference is out of date: 1 file would change\n")
    assert not (folder / "index.html").exists()


def test_an_edit_by_hand_is_kept(tmp_path: Path) -> None:
    generate(SPEC, tmp_path / "site")
    page = tmp_path / "site" / "index.html"
    page.write_text(page.read_text("utf-8") + "mine", "utf-8")
    exit_code, output = command(SPEC, "-o", tmp_path / "site")
    assert (exit_code, "[local-edit]" in output) == (1, True)
    assert page.read_text("utf-8").endswith("mine")
    assert command(SPEC, "-o", tmp_path / "site", "--force")[0] == 0
    assert not page.read_text("utf-8").endswith("mine")


def test_pages_that_are_generated_no_longer_are_removed(tmp_path: Path) -> None:
    generate(case_packages.CASES / "op_paging" / "settings.toml", tmp_path / "site")
    generate(SPEC, tmp_path / "site")
    assert set(files_of(tmp_path / "site")) == set(reference("schema_unions"))


def test_the_folder_of_the_settings_is_taken_where_no_other_is_named(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC.read_text("utf-8"), "utf-8")
    (tmp_path / "settings.toml").write_text('spec = "spec.yaml"\n[reference]\noutput = "docs/api"\n', "utf-8")
    assert command(tmp_path / "settings.toml")[0] == 0
    assert (tmp_path / "docs" / "api" / "index.html").is_file()


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exit_code, output = command(SPEC)
    assert (exit_code, "[no-output]" in output) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_a_client_and_a_reference_stay_out_of_each_others_folder(tmp_path: Path) -> None:
    for first, second in (("reference", "generate"), ("generate", "reference")):
        folder = tmp_path / first
        assert CliRunner().invoke(main, [first, str(SPEC), "-o", str(folder)]).exit_code == 0
        before = files_of(folder)
        result = CliRunner().invoke(main, [second, str(SPEC), "-o", str(folder), "--force"])
        assert (result.exit_code, "[foreign-output]" in result.output) == (1, True)
        assert files_of(folder) == before


def test_a_document_with_mistakes_gives_no_pages(tmp_path: Path) -> None:
    exit_code, output = command(case_packages.CASES / "bad_dangling_ref" / "spec.yaml", "-o", tmp_path / "site")
    assert (exit_code, "[dangling-ref]" in output) == (1, True)
    assert not (tmp_path / "site").exists()
