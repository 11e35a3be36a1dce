"""Compare our levels with those of the tests of oasdiff, where a copy of its documents is at hand.

    python -m tests.changes.oasdiff FOLDER

FOLDER has `pairs.tsv` (base, revision, and the highest level that the tests of oasdiff name for the pair: ERR, WARN,
INFO or NONE) and the files in `documents/`. It prints a table, and each ERR that is not major here with its changes:
docs/diff.md gives the reason for each kind.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from clientsmith.diff import Difference, diff
from clientsmith.targets.changes.change_kinds import LEVELS

COLUMNS = (*LEVELS, "refused")


def pairs(folder: Path) -> list[tuple[Path, Path, str]]:
    """Read the table of pairs."""
    lines = (folder / "pairs.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines if line.strip()]
    documents = folder / "documents"
    return [(documents / base, documents / revision, level) for base, revision, level in rows]


def outcome(found: Difference) -> str:
    """Give our level, or that a document has errors."""
    return found.report.advice.level if found.report is not None else "refused"


def describe(found: Difference) -> list[str]:
    """List what was found, or the errors."""
    if found.report is not None:
        changes = [located.change for located in found.report.changes]
        return [f"{change.level} {change.kind} {change.place}: {change.message}" for change in changes] or [
            "no changes"
        ]
    issues = [issue for side in found.sides for issue in side.issues if issue.severity == "error"]
    return [f"{issue.code}: {issue.message}" for issue in issues]


def main(folder: Path) -> None:
    """Compare all pairs, and print the table."""
    counted: Counter[tuple[str, str]] = Counter()
    for base, revision, level in pairs(folder):
        found = diff(base, revision)
        counted[level, outcome(found)] += 1
        if level == "ERR" and outcome(found) != "major":
            print(f"{level} is {outcome(found)}: {base.name} -> {revision.name}")
            print("\n".join(f"    {line}" for line in describe(found)))
    print("\n| oasdiff | " + " | ".join(COLUMNS) + " |\n|" + "---|" * (len(COLUMNS) + 1))
    for level in ("ERR", "WARN", "INFO", "NONE"):
        print(f"| {level} | " + " | ".join(str(counted[level, column] or "") for column in COLUMNS) + " |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
