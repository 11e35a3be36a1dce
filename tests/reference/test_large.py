"""A thousand operations: pages and index stay small, and no link is dead."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.corpus.documents import fetched
from tests.reference.conftest import generate
from tests.reference.test_site import assert_sound, files_of

(GITHUB,) = (each for each in fetched() if each.id == "gh/api.github.com.json")


@pytest.mark.skipif(not GITHUB.path.is_file(), reason="GitHub's document is not there: make setup fetches it, once")
def test_the_pages_of_github(tmp_path: Path) -> None:
    generate(GITHUB.path, tmp_path / "site")
    files = files_of(tmp_path / "site")
    assert sum(path.endswith(".html") for path in files) > 1223
    sizes = {path: len(gzip.compress(text.encode(), mtime=0)) for path, text in files.items() if len(text) > 400_000}
    assert sizes.pop("static/search-index.js") < 600_000
    assert {path: size for path, size in sizes.items() if size >= 400_000} == {}
    assert_sound(files)
