"""Holds outcomes against the list of known issues: both go in, what is wrong comes out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from .documents import HERE


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads((HERE / "known_issues.toml").read_text("utf-8"))


def refused(document: str) -> str | None:
    """Give the code of the error that a document must be refused with; None for one that must work."""
    return next((entry["code"] for entry in _lists().get("refused", ()) if entry["document"] == document), None)


def known() -> dict[tuple[str, str], str]:
    """Give the reasons of the known issues by document and stage."""
    return {(entry["document"], entry["stage"]): entry["reason"] for entry in _lists().get("issue", ())}


def wrong(document: str, stages: Iterable[str], problems: dict[str, str]) -> Iterator[str]:
    """Say what is wrong with one document: problems that nobody knows of, and known ones that are gone."""
    expected = known()
    for stage in stages:
        is_known = (document, stage) in expected
        if stage in problems and not is_known:
            yield f"{document}: {stage}: {problems[stage]}"
        if stage not in problems and is_known:
            yield f"{document}: {stage}: works now; take it from known_issues.toml"
