"""Descriptions of responses: those that say nothing are left out."""

from __future__ import annotations

from ...data.api import Response
from .naming import words

# fmt: off
_WITHOUT_MEANING = frozenset((
    "a", "accepted", "as", "br", "code", "created", "default", "everything", "expected", "fetched", "has", "http", "ok",
    "okay", "operation", "request", "response", "result", "retrieved", "returned", "status", "succeeded", "success",
    "successful", "successfully", "the", "updated", "was", "worked",
))
# fmt: on
"""Words that every response of this kind could be described with."""


def description_of(response: Response) -> str | None:
    """Give the description of a response, if it says anything about this one."""
    text = (response.description or "").strip()
    return text if any(word not in _WITHOUT_MEANING and not word.isdigit() for word in words(text)) else None
