"""The old lines of a hunk and the lines of a definition go in; out comes which of them stand for each other.

The alignment with the highest score, by dynamic programming: lines of the hunk may be missing, lines may lie between
them, and the hunk may begin and end anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SUBSTANTIAL, TRIVIAL = 10, 3
"""What a line is worth that both have."""
MISSING, BETWEEN = 4, 1
"""What is lost with a line of the hunk that is not there, and with a line that is there without one in the hunk."""
MOST = 5_000_000
"""Pairs of lines that are compared; a hunk and a definition with more are not aligned."""


def is_substantial(line: str) -> bool:
    """Distinguish a line with words from brackets, blanks and what else stands in every method."""
    return len(re.sub(r"\W", "", line)) > 4


def align(wanted: Sequence[str], lines: Sequence[str]) -> list[int | None]:
    """Give the index in `lines` of each wanted line; None for one that is not there."""
    if len(wanted) * len(lines) > MOST:
        return [None] * len(wanted)
    # best[i][j]: the highest score of the first `i` wanted lines, if the last of them that is there ends at `j`.
    best = [[0] * (len(lines) + 1)]
    for line in wanted:
        worth = SUBSTANTIAL if is_substantial(line) else TRIVIAL
        above, row = best[-1], [best[-1][0] - MISSING]
        for index, other in enumerate(lines):
            score = max(above[index + 1] - MISSING, row[index] - BETWEEN)
            if line == other:
                score = max(score, above[index] + worth)
            row.append(score)
        best.append(row)
    return traced(wanted, lines, best)


def traced(wanted: Sequence[str], lines: Sequence[str], best: Sequence[Sequence[int]]) -> list[int | None]:
    """Follow the highest score back to the lines that it came from."""
    found: list[int | None] = [None] * len(wanted)
    row, column = len(wanted), max(range(len(lines) + 1), key=lambda index: best[-1][index])
    while row > 0 and column > 0:
        score = best[row][column]
        line = wanted[row - 1]
        worth = SUBSTANTIAL if is_substantial(line) else TRIVIAL
        if line == lines[column - 1] and score == best[row - 1][column - 1] + worth:
            row, column = row - 1, column - 1
            found[row] = column
        elif score == best[row - 1][column] - MISSING:
            row -= 1
        else:
            column -= 1
    return found


def is_credible(wanted: Sequence[str], found: Sequence[int | None]) -> bool:
    """Report whether enough of a hunk is there: half of what it has to go by."""
    lines = [(line, place) for line, place in zip(wanted, found, strict=True) if is_substantial(line)]
    there = sum(place is not None for _, place in lines)
    return there > 0 and 2 * there >= len(lines)
