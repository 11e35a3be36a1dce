"""The text of an error about a status: what the response says in the usual places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LONGEST_MESSAGE = 500
LONGEST_TEXT = 1000
"""Characters of any message, whatever it quotes."""

LONGEST_PLAIN_TEXT = 200
MOST_LEVELS = 5
PLACES = ("error", "detail", "title", "message", "msg", "error_description", "errors")
"""Where bodies have their message: OAuth 2 has a code as `error` and a text beside it."""


def words_of(body: object) -> str:
    """Return what a body says went wrong, as it is there; empty where it says nothing."""
    if isinstance(body, str) and len(body.strip()) > LONGEST_PLAIN_TEXT:
        return ""
    return "; ".join(dict.fromkeys(_words(body, MOST_LEVELS)))


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


def _words(body: object, levels: int) -> Iterator[str]:
    """Find what a body says; of several places, the one that says most."""
    if isinstance(body, str):
        text = body.strip()
        if not text.startswith("<"):
            yield text
    elif isinstance(body, list):
        for item in body[:5]:
            yield from _words(item, levels) if isinstance(item, dict) else ()
    elif isinstance(body, dict) and levels > 0:
        yield from _of_object(body, levels - 1)


def _of_object(body: Mapping[str, Any], levels: int) -> Iterator[str]:
    if isinstance(body.get("error"), str) and body.get("error_description"):
        yield f"{_plain(body['error'])}: {_plain(body['error_description'])}"
        return
    if isinstance(body.get("title"), str) and isinstance(body.get("detail"), str):
        yield f"{_plain(body['title'])}: {_plain(body['detail'])}"  # RFC 9457
        return
    for place in PLACES:
        value = body.get(place)
        found = list(_words(value, levels))
        if any(found):
            where = _location(body.get("loc"))
            yield from (f"{where}{text}" for text in found if text)
            return


def _location(steps: object) -> str:
    """Write where a part of the request is wrong, as FastAPI reports it: ``body.price: ``."""
    if not isinstance(steps, list) or not steps:
        return ""
    return f"{'.'.join(map(_plain, steps[:20]))}: "


def _plain(value: object) -> str:
    """Write a name or a text; anything else is no part of a message."""
    is_plain = isinstance(value, str) or type(value) is int and abs(value) < 10**9
    return str(value) if is_plain else ""


def printable(text: str) -> str:
    """Escape what a terminal or a log would act on: control characters, line ends, and what turns text around."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def cut(text: str, longest: int = LONGEST_TEXT) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3]}..."
