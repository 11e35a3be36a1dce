"""`python -m tests.corpus [WORD ...]`: take the documents whose id has one of the words, or all, through all stages.

Prints a line a document; after a whole run it writes `docs/corpus.md`. Exit code 1 if anything is wrong that
`known_issues.toml` does not have, or the list has something that works; then the generated clients are kept.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from . import documents
from .sample import SAMPLE
from .stages import ROOT, Outcome, run
from .table import page, ugly_names
from .verdict import wrong

FOLDER = documents.CACHE / "runs"
"""Each run has a folder of its own here: two at a time must not take each other's clients away."""


def main(words: list[str]) -> int:
    """Run, print, write; give the exit code."""
    if lacking := documents.missing():
        print(f"{len(lacking)} documents are not in the cache; {documents.HOW}", file=sys.stderr)
        return 1
    chosen = [d for d in documents.documents() if not words or any(word in d.id for word in words)]
    FOLDER.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=FOLDER))
    with ThreadPoolExecutor(int(os.environ.get("CORPUS_JOBS", "1"))) as pool:
        outcomes = list(pool.map(partial(_one, folder), chosen))
    complaints = [text for o in outcomes for text in wrong(o.document.id, o.results, o.problems)]
    for text in complaints:
        print(f"\n{text}", file=sys.stderr)
    if not words:
        (ROOT / "docs" / "corpus.md").write_text(page(outcomes), "utf-8")
    print(
        f"\n{len(outcomes)} documents, {sum(o.operations for o in outcomes)} operations, {len(complaints)} complaints"
    )
    for kind, count in ugly_names(outcomes).items():
        print(f"{count} names: {kind}")
    if not complaints:
        shutil.rmtree(folder)
        return 0
    print(f"the clients are in {folder.relative_to(ROOT)}", file=sys.stderr)
    return 1


def _one(folder: Path, document: documents.Document) -> Outcome:
    outcome = run(document, folder, is_sample=document.id in SAMPLE)
    stages = " ".join(f"{stage}:{'ok' if result.is_good else 'FAILS'}" for stage, result in outcome.results.items())
    print(f"{document.id} ({outcome.operations} operations, {outcome.seconds:.1f} s) {stages}", flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
