"""`docs/diff.md` has the table of kinds. `--golden` rewrites it."""

from __future__ import annotations

from pathlib import Path

from clientsmith.targets.changes.change_kinds import CHANGE_KINDS, ChangeKind

PAGE = Path(__file__).parents[2] / "docs" / "diff.md"
HEAD = "| Kind | What it means | Wire | Typing |\n| --- | --- | --- | --- |\n"
END = "\n<!-- end of the kinds -->"


def table() -> str:
    """Write the kinds, with both levels where directions differ."""
    return HEAD + "\n".join(map(row, CHANGE_KINDS.values())) + "\n"


def row(kind: ChangeKind) -> str:
    wire, typing = zip(kind.request, kind.response, strict=True)
    return f"| `{kind.name}` | {kind.meaning} | {level(*wire)} | {level(*typing)} |"


def level(request: str, response: str) -> str:
    return request if request == response else f"request {request}, response {response}"


def test_the_page_has_all_kinds(golden: bool) -> None:
    text = PAGE.read_text("utf-8")
    start, end = text.index(HEAD), text.index(END)
    if golden:
        PAGE.write_text(text[:start] + table() + text[end:], "utf-8")
    else:
        assert text[start:end] == table()


def test_names_follow_one_form() -> None:
    for name, kind in CHANGE_KINDS.items():
        assert name == name.lower().replace(" ", "-")
        assert kind.meaning[0].isupper()
        assert not kind.meaning.endswith(".")
