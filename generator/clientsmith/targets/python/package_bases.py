"""The plan of what the classes of a client inherit from."""

from __future__ import annotations

from dataclasses import dataclass

from ...data.text import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassBases:
    """What a class inherits from: a class of the user's, if the settings name one, then that of the runtime."""

    sync: tuple[Code, ...]
    asynchronous: tuple[Code, ...]
