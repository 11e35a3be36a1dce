"""The report: every key of a config, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..data.text import markdown_code, markdown_lines
from .config import Entry, Fate

FATES: tuple[Fate, ...] = ("unknown", "not possible", "carried", "not needed")
HEADINGS = {
    "unknown": "Keys that are not known",
    "not possible": "What the client does not have",
    "carried": "What the settings say",
    "not needed": "What needs no setting",
}


@dataclass(frozen=True, slots=True)
class MigrationReport:
    """What became of each key."""

    entries: tuple[Entry, ...]

    def count(self, fate: Fate) -> int:
        """Count the keys of one fate."""
        return sum(entry.fate == fate for entry in self.entries)

    def of(self, *fates: Fate) -> Iterator[Entry]:
        """Give the keys of some fates."""
        return (entry for entry in self.entries if entry.fate in fates)

    @property
    def summary(self) -> str:
        """Count in one line."""
        return ", ".join(f"{self.count(fate)} {fate}" for fate in reversed(FATES))

    def text(self, config: str) -> str:
        """Write it as Markdown."""
        lines = [f"# What became of {markdown_code(config)}", "", f"{len(self.entries)} keys: {self.summary}.", ""]
        for fate in FATES:
            lines += self._section(fate)
        return "\n".join(lines)

    def _section(self, fate: Fate) -> Iterable[str]:
        found = list(self.of(fate))
        if not found:
            return
        yield f"## {HEADINGS[fate]}"
        yield ""
        for entry in found:
            yield f"- {markdown_code('.'.join(entry.path))}: {markdown_lines(' '.join(entry.reason.split()))}"
        yield ""
