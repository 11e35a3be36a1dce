"""What the document says of the whole API and of operations, as paragraphs for docstrings and the README."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...data.api import Api
from ...data.settings import IteratorSettings
from ...data.text import LINE_WIDTH, wrapped
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
    paragraphs = (api.description or "").replace("\r\n", "\n").split("\n\n")
    first = next((p for p in paragraphs if p.strip() and not p.lstrip().startswith(("#", "<", "|", "```"))), "")
    text = " ".join((api.summary or first).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} ..."


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
    "a", "default", "ok", "okay", "operation", "request", "response", "result", "success", "successful", "successfully",
    "the", "was",
))
# fmt: on
"""Words that every answer of this kind could be described with."""


def section_entry(name: str, paragraphs: Iterable[str]) -> str:
    """Write what is said of an argument or an answer, indented below the heading of its section."""
    paragraphs = [p for p in paragraphs if p.strip()]
    if not paragraphs:
        return ""
    prose = " ".join(paragraphs) if not any("\n" in p.strip() for p in paragraphs) else "\n\n".join(paragraphs)
    margin = " " * 8
    text = wrapped(f"{name}: {prose}" if name else prose, LINE_WIDTH - 8 - len(margin))
    first, *rest = text.split("\n")
    return "\n".join([" " * 4 + first, *((margin if name else " " * 4) + line if line else "" for line in rest)])
