"""Words of a private language, which the field has better words for, stay out of code, templates and docs.

`docs/glossary.md` has the words that are ours. A word is banned here once it has been renamed.
"""

from __future__ import annotations

import io
import keyword
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

INSTEAD = {
    "answer": "response",
    "cutter": "decoder",
    "discreet": "redacted",
    "foreign": "cross-origin",
    "heir": "subtype",
    "judge": "check, grade",
    "likeness": "suggestion",
    "rival": "conflict",
    "said": "described, stated",
    "tell": "report, distinguish",
    "telling": "significant",
    "told": "reported, distinguished",
    "view": "wrapper",
}
"""Banned in identifiers and prose, and the words that say the same."""
INSTEAD_IN_NAMES = {
    "family": "hierarchy, top level",
    "moment": "timestamp",
    "shown": "displayed",
    "spread": "distribute",
    "taken": "occupied",
}
"""Banned in identifiers only: in prose they are plain English."""
RIDDLE = re.compile(r"\b(?:is|are|was|were)\s+none\b")
"""Readers look for what it refers to: say what is missing, or what it is instead."""
ENDINGS = ("", "s", "d", "ed", "ing")

ALLOWED = {
    "foreign-output": "the code of an issue, which settings and scripts name",
    "iterator-name-taken": "the code of an issue, which settings and scripts name",
    "retries_taken": "a name that users of the OpenAI client type",
    "file.tell": "the standard library's name",
    "buffer.tell": "the standard library's name",
    "meeting's own view": "a word of that API",
}
"""Texts that may hold a banned word, and why."""
VOCABULARY = "stages/design/names/vocabulary.py"
"""Words of other people's documents."""

FILES = [
    Path(name)
    for name in subprocess.run(
        ["git", "ls-files", "generator", "templates", "docs", "README.md", "CONTRIBUTING.md", "SECURITY.md", "spec"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    if name.endswith((".py", ".jinja", ".md", ".yaml", ".toml")) and not name.endswith(VOCABULARY)
]


def banned(words: dict[str, str]) -> re.Pattern[str]:
    """Match one of some words with its usual endings, in lower case."""
    return re.compile(f"(?:{'|'.join(words)})(?:{'|'.join(ENDINGS)})")


PROSE, NAMES = banned(INSTEAD), banned(INSTEAD_IN_NAMES)


def parts(text: str) -> Iterator[str]:
    """Split identifiers and prose into words in lower case."""
    for run in re.findall(r"[A-Za-z]+", text):
        yield from (part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", run))


def without_allowed(text: str) -> str:
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    return text


def faults(path: Path, text: str) -> list[str]:
    """List the banned words of a file with their lines."""
    lines = [(number, line, PROSE) for number, line in enumerate(text.splitlines(), 1)]
    if path.suffix == ".py":
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        names = [t for t in tokens if t.type == tokenize.NAME and not keyword.iskeyword(t.string)]
        lines += [(token.start[0], token.string, NAMES) for token in names]
    riddles = [f"{path}:{text.count(chr(10), 0, m.start()) + 1}: {m[0]}" for m in RIDDLE.finditer(text)]
    return riddles + [
        f"{path}:{number}: {word}"
        for number, line, pattern in lines
        for word in parts(without_allowed(line))
        if pattern.fullmatch(word)
    ]


def test_banned_words_do_not_come_back() -> None:
    assert [fault for path in FILES for fault in faults(path, (ROOT / path).read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def is_telling(given): ...", ["telling"]),
        ("class AnswerPlan: ...", ["answer"]),
        ("taken = 1  # a place that is taken", ["taken"]),
        ("retries_taken = 1", []),
        ('"""Nothing is told."""', ["told"]),
        ('"""Give it; None where there is none."""', ["none"]),
    ],
)
def test_words_are_found_in_names_and_prose(text: str, words: list[str]) -> None:
    assert [fault.rpartition(" ")[2] for fault in faults(Path("a.py"), text)] == words


def test_every_exception_is_needed() -> None:
    """An exception for a text that is gone would hide the next one."""
    everything = "\n".join((ROOT / path).read_text("utf-8") for path in FILES)
    assert [allowed for allowed in ALLOWED if allowed not in everything] == []
