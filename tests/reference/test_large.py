"""Pages of large documents: pages and index stay small, and no link is dead.

`make test` takes a document of some hundred operations, `make pages` GitHub's with its 1,223.
"""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from tests.corpus.documents import fetched
from tests.reference.conftest import generate
from tests.reference.test_site import assert_sound, files_of

LARGE = os.environ.get("LARGE", "od/vercel.com.json")
LEAST_PAGES = {"od/vercel.com.json": 110, "gh/api.github.com.json": 1223}
(DOCUMENT,) = (each for each in fetched() if each.id == LARGE)


@pytest.mark.skipif(not DOCUMENT.path.is_file(), reason="the document is not there: make setup fetches it, once")
def test_the_pages_of_a_large_document(tmp_path: Path) -> None:
    generate(DOCUMENT.path, tmp_path / "site")
    files = files_of(tmp_path / "site")
    assert sum(path.endswith(".html") for path in files) > LEAST_PAGES[LARGE]
    sizes = {path: len(gzip.compress(text.encode(), mtime=0)) for path, text in files.items() if len(text) > 400_000}
    assert sizes.pop("static/search-index.js", 0) < 600_000
    assert {path: size for path, size in sizes.items() if size >= 400_000} == {}
    assert_sound(files)
