"""`python -m tests.corpus.names [WORD ...]`: count the ugly names that are chosen for the documents of the corpus.

What is ugly is said here once more, in other words than where names are chosen: rows of a report go in, the kinds of
what a person would not write come out. `make corpus` prints the counts, `docs/corpus.md` has them.
"""

from __future__ import annotations

import keyword
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from . import documents

KINDS = {
    "word twice": "the method has the last word of its resource again: `users.list_users`",
    "parent": "the method has a resource above as its object: `spend_alerts.delete_organization`",
    "loose end": "a name ends with a preposition or an article: `text_to_speech.to`",
    "framework": "a name has a word of a framework: `users_controller_find_all`",
    "HTTP": "a method is called as HTTP calls it: `messages.post`",
    "wrong": "a method says something else than its HTTP method does: `users.get` for DELETE",
    "number": "a name has a number that the document does not have: `oauth2_2`",
    "underscore": "a name ends with an underscore, and is no keyword of Python: `close_`",
    "long": "a method has more than five words before `by`",
    "deep": "a method is under more than five resources",
}
LOOSE = {"a", "an", "the", "of", "for", "to", "in", "on", "by", "with", "from", "at", "and", "or", "as", "into"}
FRAMEWORK = {"controller", "handler", "endpoint", "using", "viewset", "apiview"}
CONTRARY = {
    "GET": {"create", "update", "delete", "replace", "add", "remove"},
    "HEAD": {"create", "update", "delete", "replace", "list"},
    "POST": {"get", "list", "delete", "replace"},
    "PUT": {"get", "list", "delete"},
    "PATCH": {"get", "list", "delete", "create"},
    "DELETE": {"get", "list", "create", "update", "replace"},
}
USUAL = {"list", "get", "create", "update", "replace", "delete", "add", "remove"}
SYNONYMS = {"delete": {"destroy", "remove"}, "get": {"read", "view", "fetch", "retrieve", "show", "describe"}}


class Row(NamedTuple):
    """One operation with its name."""

    verb: str
    path: str
    operation_id: str
    resource: tuple[str, ...]
    method: str

    @property
    def name(self) -> str:
        return ".".join((*self.resource, self.method))


def rows(operations: Iterable[Mapping[str, str | None]]) -> Iterator[Row]:
    """Read the operations of a report."""
    for o in operations:
        resource = tuple((o["resource"] or "").split("."))
        yield Row(o["verb"] or "", o["path"] or "", o["operation_id"] or "", resource, o["method"] or "")


def ugly(row: Row) -> Iterator[str]:
    """Give the kinds of ugliness of one name."""
    method, last = _words(row.method), _words(row.resource[-1])
    said = {*_said(row.path), *_said(row.operation_id)}
    qualifier = next((i for i, word in enumerate(method) if word in LOOSE and i), len(method))
    objects, doing = method[1:qualifier], method[:qualifier]
    if _forms(doing[doing[0] in ("list", "get") :]) & _forms(last[-1:]):
        yield "word twice"
    steps = ["_".join(_said(step)) for step in row.path.split("/") if step and "{" not in step]
    if (
        doing[0] in USUAL
        and objects
        and _forms(objects[-1:]) & {f for step in steps[:-1] for f in _forms(_words(step))}
    ):
        yield "parent"
    if any(_words(n)[-1] in LOOSE and n.strip("_") not in steps for n in (*row.resource, row.method)):
        yield "loose end"
    if FRAMEWORK & {*method, *last} - set(_said(row.path)):
        yield "framework"
    if method[0] in ("post", "put", "patch") and method[0] not in _said(row.path):
        yield "HTTP"
    if method[0] in CONTRARY.get(row.verb, ()) and not {method[0], *SYNONYMS.get(method[0], ())} & said:
        yield "wrong"
    yield from _spelling(row, said)


def _spelling(row: Row, said: set[str]) -> Iterator[str]:
    names = (*row.resource, row.method)
    if any(re.search(r"_\d+$", name) and name.rpartition("_")[2] not in _digits(row) for name in names):
        yield "number"
    if any(name.endswith("_") and not keyword.iskeyword(name[:-1]) for name in names):
        yield "underscore"
    if len(re.split("_(?:by|for|with|and)_", row.method)[0].split("_")) > 5:
        yield "long"
    if len(row.resource) > 5:
        yield "deep"


def _digits(row: Row) -> set[str]:
    return set(re.findall(r"\d+", f"{row.path} {row.operation_id}"))


def _words(name: str) -> list[str]:
    return [word for word in name.split("_") if word] or [name]


def _said(text: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", text)]


def _forms(words: Iterable[str]) -> set[str]:
    return {
        form for word in words for form in (word, f"{word}s", re.sub(r"ies$", "y", word), re.sub(r"e?s$", "", word))
    }


def counted(all_rows: Iterable[Row]) -> Counter[str]:
    """Count the kinds in the names of a document."""
    return Counter(kind for row in all_rows for kind in ugly(row))


def main(words: list[str]) -> int:
    """Print each ugly name, and the counts."""
    from .designed import report_rows

    total: Counter[str] = Counter()
    operations = 0
    for document in documents.documents():
        if words and not any(word in document.id for word in words):
            continue
        for row in report_rows(document.path):
            operations += 1
            for kind in ugly(row):
                total[kind] += 1
                print(f"{kind}: {row.name}  {row.verb} {row.path}  {row.operation_id}")
    for kind, meaning in KINDS.items():
        print(f"{total[kind]:5} {kind}: {meaning}")
    print(f"{total.total()} in {operations} operations")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
