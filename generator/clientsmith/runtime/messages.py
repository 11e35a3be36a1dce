"""The text of an error about a status: what the response says in the usual places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LONGEST_MESSAGE = 500
LONGEST_TEXT = 1000
"""Characters of any message, whatever it quotes."""

LONGEST_PLAIN_TEXT = 200
PLACES = ("error", "detail", "title", "message", "msg", "error_description", "errors")
"""Where bodies have their message: OAuth 2 has a code as `error` and a text beside it."""


def words_of(body: object) -> str:
    """Return what a body says went wrong, as it is there; empty where it says nothing."""
    return "; ".join(dict.fromkeys(_words(body)))


def status_message(status: int, words: str, request: str) -> str:
    """Write a message like ``422 Unprocessable Entity: price: too low (POST /items)``."""
    start = f"{status} {_reason(status)}"
    if words:
        start = cut(f"{start}: {printable(words[:LONGEST_MESSAGE])}", LONGEST_MESSAGE)
    return f"{start} ({cut(printable(request), LONGEST_PLAIN_TEXT)})"


def _reason(status: int) -> str:
    from http import HTTPStatus

    known = {int(entry): entry.phrase for entry in HTTPStatus}
    return known.get(status, "unknown status")


def _words(body: object) -> Iterator[str]:
    """Find what a body says; of several places, the one that says most."""
    if isinstance(body, str):
        text = body.strip()
        if len(text) <= LONGEST_PLAIN_TEXT and not text.startswith("<"):
            yield text
    elif isinstance(body, list):
        for item in body[:5]:
            yield from _words(item) if isinstance(item, dict) else ()
    elif isinstance(body, dict):
        yield from _of_object(body)


def _of_object(body: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(body.get("error"), str) and body.get("error_description"):
        yield f"{body['error']}: {body['error_description']}"
        return
    if isinstance(body.get("title"), str) and isinstance(body.get("detail"), str):
        yield f"{body['title']}: {body['detail']}"  # RFC 9457
        return
    for place in PLACES:
        value = body.get(place)
        found = list(_words(value))
        if any(found):
            where = _location(body.get("loc"))
            yield from (f"{where}{text}" for text in found if text)
            return


def _location(steps: object) -> str:
    """Write where a part of the request is wrong, as FastAPI reports it: ``body.price: ``."""
    if not isinstance(steps, list) or not steps:
        return ""
    return f"{'.'.join(map(str, steps))}: "


def printable(text: str) -> str:
    """Escape what a terminal or a log would act on: control characters, line ends, and what turns text around."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def cut(text: str, longest: int = LONGEST_TEXT) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3]}..."
