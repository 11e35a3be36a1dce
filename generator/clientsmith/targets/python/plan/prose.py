"""What the document says of the whole API and of operations, as paragraphs for docstrings and the README."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile, takewhile

from ....data.api import Api
from ....data.settings import IteratorSettings
from ....data.text import LINE_WIDTH, wrapped
from .naming import words
from .operations import AnswerPlan, OperationPlan


def title(api: Api) -> str:
    """Give the name of the API."""
    return " ".join(api.title.split()) or "the API"


def api_text(api: Api) -> list[str]:
    """Give all that the document says of the API, for the docstring of the package."""
    said = (f"A client of {title(api)}.", api.summary, api.description, api.more)
    return [paragraph for paragraph in dict.fromkeys(said) if paragraph and paragraph.strip()]


def introduction(api: Api) -> str:
    """Give the summary of the API, or how its description begins: that may be a manual of many pages."""
    text = " ".join((api.summary or _first_paragraph(api.description or "")).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} ..."


def _first_paragraph(text: str) -> str:
    """Find the prose below the first headings of a Markdown text; nothing where something else comes first."""
    lines = dropwhile(lambda line: not line or line.startswith("#"), (line.strip() for line in text.splitlines()))
    return "\n".join(takewhile(lambda line: line and not _NO_PROSE.match(line), lines))


_NO_PROSE = re.compile(r"[#<|>`~!]|[-*+=] |[-=*]{3}|\d+[.)] ")
_LONGEST = 600


def method_text(plan: OperationPlan, call: str, paging: IteratorSettings | None) -> list[str]:
    """Give what a method does and sends, or what it requests where the document has no words."""
    if paging is not None:
        return [f"Go through the items of `{plan.name}`, page by page{_beginning(plan, paging)}."]
    operation = plan.operation
    said = ((operation.summary or "").strip(), (operation.description or "").strip())
    text = [paragraph for paragraph in dict.fromkeys(said) if paragraph] or [f"`{operation.verb} {operation.path}`"]
    if call == "stream":
        text.insert(1, _streaming(plan))
    if operation.deprecated:
        text.append("Deprecated.")
    body = operation.request_body
    if body and body.description and any(argument.location == "body" for argument in plan.arguments):
        text.append(f"Request body: {body.description.strip()}")
    return [*text, *([operation.more] if operation.more else [])]


def _beginning(plan: OperationPlan, paging: IteratorSettings) -> str:
    """Name the argument that says where to begin."""
    wire_names = (paging.page, paging.offset, paging.cursor)
    found = [a.name for a in plan.arguments if a.location == "query" and a.wire_name in wire_names]
    return f", from `{found[0]}` on" if found else ""


def _streaming(plan: OperationPlan) -> str:
    assert plan.stream is not None
    parts = "events" if plan.stream.kind == "event-stream" else "items"
    whole = f", where `{plan.name}` gives it whole" if plan.answers else ""
    return f"Gives the {parts} of the answer one by one{whole}."


def returned_text(plan: OperationPlan, answers: Iterable[AnswerPlan | None]) -> list[tuple[str, str]]:
    """Give what is said of the answers that are returned, with their status where there are several."""
    said = list(_described(plan, answers))
    return said if len(said) > 1 else [("", text) for _, text in said]


def _described(plan: OperationPlan, answers: Iterable[AnswerPlan | None]) -> Iterator[tuple[str, str]]:
    wanted = {answer.status for answer in answers if answer is not None and answer.kind is not None}
    for response in plan.operation.responses:
        text = (response.description or "").strip()
        if response.status in wanted and any(w not in _SAYS_NOTHING and not w.isdigit() for w in words(text)):
            yield response.status, text


# fmt: off
_SAYS_NOTHING = frozenset((
    "a", "accepted", "as", "br", "code", "created", "default", "everything", "expected", "fetched", "has", "http", "ok",
    "okay", "operation", "request", "response", "result", "retrieved", "returned", "status", "succeeded", "success",
    "successful", "successfully", "the", "updated", "was", "worked",
))
# fmt: on
"""Words that every answer of this kind could be described with."""


def section_entry(name: str, paragraphs: Iterable[str]) -> str:
    """Write what is said of an argument or an answer, indented below the heading of its section."""
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
