"""Places in responses and bodies, as the settings write them: names joined by dots."""

from __future__ import annotations

import re
from collections.abc import Iterable


def steps_of(path: str) -> list[str]:
    """Split a path at its dots; `\\.` is a dot of a name."""
    return [step.replace("\\.", ".") for step in re.split(r"(?<!\\)\.", path)] if path else []


def path_of(steps: Iterable[str]) -> str:
    """Join names to a path."""
    return ".".join(step.replace(".", "\\.") for step in steps)
