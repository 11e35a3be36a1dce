"""The text of an error about a status: what the response says in the usual places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LONGEST_MESSAGE = 500
LONGEST_TEXT = 1000
"""Characters of any message, whatever it quotes."""

LONGEST_PLAIN_TEXT = 200
MOST_LEVELS = 5
PLACES = (
    "error", "detail", "title", "message", "msg", "error_description", "errormessage",
    "error_message", "errormessages", "reason", "fault", "faultstring", "errors",
)  # fmt: skip
"""Where bodies have their message, in any case: OAuth 2 has a code as `error` and a text beside it."""


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
    sent, body = body, {str(key).lower(): value for key, value in body.items()}
    error, title = body.get("error"), body.get("title")
    if isinstance(error, str) and body.get("error_description"):
        yield f"{_plain(error)}: {_plain(body['error_description'])}"
        return
    if isinstance(title, str) and isinstance(body.get("detail"), str):
        yield f"{_plain(title)}: {_plain(body['detail'])}"  # RFC 9457
        return
    # Frameworks that write both repeat the status in `error`.
    places = ("message", *PLACES) if isinstance(error, str) else PLACES
    for place in places:
        found = [text for text in _at(place, body.get(place), levels) if text]
        if found:
            where = _location(body.get("loc"))
            yield from (f"{where}{text}" for text in found)
            break
    else:
        yield from _of_fields(sent) if all(map(_are_texts, sent.values())) else ()
    if isinstance(title, str) and isinstance(body.get("errors"), dict):
        yield from _of_fields(body["errors"])


def _at(place: str, value: object, levels: int) -> Iterator[str]:
    if isinstance(value, list):
        for item in value[:5]:
            yield from _words(item, levels) if isinstance(item, (str, dict)) else ()
    elif place == "errors" and isinstance(value, dict):
        yield from _of_fields(value)
        yield from () if any(map(_are_texts, value.values())) else _words(value, levels)
    else:
        yield from _words(value, levels)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], str)


def _of_fields(body: Mapping[str, Any]) -> Iterator[str]:
    """Find what is wrong with each field, where that is lists of texts by their names."""
    named = [(name, value) for name, value in body.items() if _are_texts(value)]
    for name, value in named[:5]:
        yield f"{_plain(name)}: {'; '.join(map(_plain, value[:5]))}"


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
