"""`python -m tests.corpus.stability [WORD ...]`: count the names that change when another operation comes or goes.

Each operation of a document is left out in turn; every other one whose name differs from what it was counts. Without
words ten documents of different styles are measured, else those of the corpus whose id has one of the words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from clientsmith.data.api import Api, Operation
from clientsmith.stages.design.names import CallName, identity, name_calls

from . import documents
from .designed import api_of

MEASURED = (
    "od/apacta.com.json",
    "od/azure.com/keyvault.json",
    "od/clickmeter.com.json",
    "od/discourse.local.json",
    "od/gsmtasks.com.json",
    "od/rudder.example.local.json",
    "od/shutterstock.com.json",
    "od/stream-io-api.com.json",
    "od/vercel.com.json",
    "od/zoom.us.json",
)
"""Documents of 78 to 373 operations, with tags and without, with the operationIds of six frameworks."""


class Change(NamedTuple):
    """A name that depends on another operation."""

    without: Operation
    operation: Operation
    before: CallName
    after: CallName


class Stability(NamedTuple):
    """What came of leaving operations out of one document."""

    pairs: int
    changes: tuple[Change, ...]


def measure(api: Api, every: int = 1) -> Stability:
    """Leave each operation out in turn, or one of `every`."""
    names = name_calls(api, api.operations)
    left_out = api.operations[::every]
    changes = [change for operation in left_out for change in _changes(api, operation, names)]
    return Stability(len(left_out) * (len(api.operations) - 1), tuple(changes))


def _changes(api: Api, without: Operation, before: Mapping[str, CallName]) -> Iterator[Change]:
    rest = tuple(operation for operation in api.operations if operation is not without)
    now = name_calls(replace(api, operations=rest), rest)
    for operation in rest:
        key = identity(operation)
        if _called(now[key]) != _called(before[key]):
            yield Change(without, operation, before[key], now[key])


def _called(name: CallName) -> tuple[str, ...]:
    return (*name.resource, name.method)


def main(words: list[str]) -> int:
    """Print each change and the rate of each document; fail over one in a thousand."""
    pairs = changes = 0
    for document in documents.documents():
        if not (any(word in document.id for word in words) if words else document.id in MEASURED):
            continue
        api = api_of(document.path)
        found = measure(api) if api else Stability(0, ())
        for change in found.changes:
            print(f"  {'.'.join(_called(change.before))} is {'.'.join(_called(change.after))}", end="")
            print(f" without {change.without.verb} {change.without.path}")
        print(f"{document.id}: {len(found.changes)} changes in {found.pairs} pairs")
        pairs, changes = pairs + found.pairs, changes + len(found.changes)
    print(f"{changes} changes in {pairs} pairs: {1000 * changes / max(pairs, 1):.2f} in 1,000")
    return int(changes * 1000 > pairs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
