"""What came of a run, for whoever started it."""

from __future__ import annotations

from dataclasses import dataclass

from .document import Documents
from .issues import Issue
from .output import Changes, FileDiff
from .report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a run. Where there are no `changes`, an issue is an error, and nothing was written or compared."""

    issues: tuple[Issue, ...]
    documents: Documents | None = None
    """Where the pointers of the issues point; None where the document could not be read, or did not have to be."""
    changes: Changes | None = None
    diff: tuple[FileDiff, ...] = ()
    """What `check` would change, the manifest last."""
    client: str | None = None
    """The name of the client's class, where a client was written."""
    report: Report | None = None
    notes: tuple[str, ...] = ()
    """What the user may want to know, and need not act on."""

    @property
    def is_up_to_date(self) -> bool:
        """True where the folder holds what the run made, and nothing else that would count as generated."""
        return self.changes is not None and self.changes.is_empty and not self.changes.unknown
