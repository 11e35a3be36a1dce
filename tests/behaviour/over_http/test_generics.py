"""Case `doc_generics`: generic types, each used with several types."""

from __future__ import annotations

from typing import Any

import pytest
from tests import case_packages
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer

BOOK = {"title": "t"}
READER = {"id": 1, "books": {"entries": [BOOK], "marked": {"first": BOOK}}}


def received(talk: Talk, resource: str, body: object, method: str = "list") -> Any:
    """Give what a method makes of a response, and see that nothing of it is lost."""
    talk.answer(answer(200, body))
    found = talk.run(getattr(getattr(talk.client("doc_generics", strict=True), resource), method)())
    assert found.to_dict() == body
    return found


def name(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize(
    ("resource", "entry", "names"),
    [
        ("readers", READER, ("ReaderPage", "Reader")),
        ("books", BOOK, ("BookPage", "Book")),
        ("tags", "new", ("StringPage", "str")),
        ("pages", {"any": [1]}, ("Page", "dict")),
    ],
)
def test_each_page_has_entries_of_its_own_type(
    talk: Talk, resource: str, entry: object, names: tuple[str, str]
) -> None:
    page = received(talk, resource, {"entries": [entry], "marked": {"first": entry}})
    assert (name(page), name(page.entries[0])) == names
    assert name(page.marked.first) == names[1]


def test_a_page_inside_another_has_its_own_type(talk: Talk) -> None:
    page = received(
        talk, "readers", {"entries": [{"id": 1, "books": {"entries": [{**BOOK, "readers": {"entries": []}}]}}]}
    )
    books = page.entries[0].books
    assert (name(books), name(books.entries[0])) == ("BookPage", "Book")
    assert name(books.entries[0].readers) == "ReaderPage"


def test_a_generic_type_of_another_file(talk: Talk) -> None:
    envelope = received(talk, "envelope", {"ok": True, "data": {"entries": [READER]}}, "get")
    assert (name(envelope), name(envelope.data), name(envelope.data.entries[0])) == (
        "ReaderPageEnvelope",
        "ReaderPage",
        "Reader",
    )


def test_a_tree_that_extends_another_is_made_of_itself(talk: Talk) -> None:
    shelf = received(talk, "shelves", {"label": "a", "inside": [{"label": "b", "inside": [{}]}]})
    assert name(shelf.inside[0].inside[0]) == "Shelf"
    case = received(talk, "cases", {"locked": True, "inside": [{"locked": False, "inside": [{"label": "c"}]}]})
    assert (name(case.inside[0]), case.inside[0].locked) == ("Case", False)
    assert name(case.inside[0].inside[0]) == "Case"


def test_requests_take_what_the_instance_does(talk: Talk) -> None:
    talk.answer(answer(204))
    types = case_packages.client("doc_generics").types
    book = types.Book(title="t")
    talk.run(talk.client("doc_generics").readers.import_(entries=[{"id": 1, "books": {"entries": [book]}}]))
    assert talk.request.json() == {"entries": [{"id": 1, "books": {"entries": [BOOK]}}]}
