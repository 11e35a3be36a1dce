"""What the document says of the whole API and of operations, as paragraphs for docstrings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ....data.media import EVENTS
from ....data.settings import PagingSettings
from ....data.statuses import is_error, status_error
from ....data.surface import Call, Response, Surface
from ....data.text import LINE_WIDTH, wrapped


def title(surface: Surface) -> str:
    """Give the name of the API."""
    return surface.title or "the API"


def api_text(surface: Surface) -> list[str]:
    """Give all that the document says of the API, for the docstring of the package."""
    text = (f"A client of {title(surface)}.", surface.summary, surface.description, surface.more)
    return [paragraph for paragraph in dict.fromkeys(text) if paragraph and paragraph.strip()]


def method_text(call: Call, client_method: str, paging: PagingSettings | None) -> list[str]:
    """Give what a method does and sends, or what it requests where the document has no words."""
    if paging is not None:
        return [f"Go through the items of `{call.name}`, page by page{_beginning(call, paging)}."]
    operation = call.operation
    prose = ((operation.summary or "").strip(), (operation.description or "").strip())
    text = [paragraph for paragraph in dict.fromkeys(prose) if paragraph]
    if client_method == "stream":
        text.insert(1, _streaming(call))
    if client_method == "first":
        text.insert(1, "Gives a page: iterating goes through the items of all pages.")
    text.insert(1, f"`{operation.verb} {operation.path}`")
    if call.is_deprecated:
        text.append(f"Deprecated: {call.deprecated}" if call.deprecated else "Deprecated.")
    body = operation.request_body
    if body and body.description and any(argument.location == "body" for argument in call.arguments):
        text.append(f"Request body: {body.description.strip()}")
    return [*text, *([operation.more] if operation.more else [])]


def _beginning(call: Call, paging: PagingSettings) -> str:
    """Name the argument that says where to begin."""
    found = [a.name for a in call.arguments if a.location != "path" and a.wire_name == paging.parameter]
    return f", from `{found[0]}` on" if found else ""


def _streaming(call: Call) -> str:
    assert call.stream is not None
    parts = "events" if call.stream.kind in EVENTS else "items"
    whole = f", where `{call.name}` gives it whole" if call.responses and not call.is_one_method else ""
    return f"Gives the {parts} of the response one by one{whole}."


def async_text(call: Call, name: str, sync: str, paging: PagingSettings | None) -> str:
    """Name the sync method, which has the whole text, behind what the method does; on one line."""
    text = f"the async form of `{sync}.{name}`.{' Deprecated.' if call.is_deprecated else ''}"
    first = method_text(call, "", paging)[0].split("\n\n")[0]
    line = f"{' '.join(first.split()).rstrip('.')}: {text}"
    return line if len(line) <= LINE_WIDTH - 14 else f"{text[:1].upper()}{text[1:]}"


def returned_text(call: Call, responses: Iterable[Response]) -> list[tuple[str, str]]:
    """Give the descriptions of the responses that are returned, with their status where there are several.

    One that repeats what the method does is left out.
    """
    known = {_words(call.operation.summary), _words(call.operation.description)}
    found = [(r.status, r.description) for r in responses if r.description and _words(r.description) not in known]
    found = list(dict.fromkeys(found))  # a status may have several media types
    return found if len(found) > 1 else [("", text) for _, text in found]


def _words(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", (text or "").casefold()))


def raised_text(call: Call) -> Iterator[tuple[str, str]]:
    """Give the exceptions of the declared errors, with what the document says of each."""
    for response in call.operation.responses:
        if is_error(response.status):
            name = status_error(response.status)
            other = "any other status" if response.status == "default" else response.status
            status = other if name == "APIStatusError" else ""
            text = (response.description or "").strip()
            yield name, ": ".join(filter(None, (status, text))) or f"Status {response.status}."


def section_entry(name: str, paragraphs: Iterable[str]) -> str:
    """Write the description of an argument or a response, indented below the heading of its section."""
    paragraphs = [p for p in paragraphs if p.strip()]
    if not paragraphs:
        return ""
    if any("\n" in p.strip() for p in paragraphs):
        prose = "\n\n".join(paragraphs)
    else:
        prose = " ".join([*map(_sentence, paragraphs[:-1]), paragraphs[-1]])
    margin = " " * 8
    text = wrapped(f"{name}: {prose}" if name else prose, LINE_WIDTH - 8 - len(margin))
    first, *rest = text.split("\n")
    return "\n".join([" " * 4 + first, *((margin if name else " " * 4) + line if line else "" for line in rest)])


def _sentence(text: str) -> str:
    """End a paragraph that another one follows on its line."""
    text = text.strip()
    return f"{text}." if text[-1:].isalnum() else text
