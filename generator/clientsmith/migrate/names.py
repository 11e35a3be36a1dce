"""`custom_casings` of a config: how words are written in names."""

from __future__ import annotations

from ..data.pointer import Json
from .config import Node
from .toml_text import Table
from .words import words_of


def read_casings(casings: Node) -> list[Table]:
    """Read initialisms and terms."""
    names, terms = Table(("names",)), Table(("names", "casings"))
    initialisms: list[str] = []
    for term, node in casings.members():
        initialism = node.child("initialism")
        words = words_of(term)
        if initialism.value is True and len(words) == 1:
            initialisms.append(term.upper())
            initialism.carried("[names] initialisms")
        elif initialism.value is False:
            terms.set("_".join(words), term.capitalize())
            initialism.carried("[names.casings]")
        for form in (node.child("singular"), node.child("plural"), node):
            _read_form(term, form, terms)
    listed: list[Json] = [*sorted(word for word in initialisms if word[:1].isalpha())]
    names.set("initialisms", listed or None)
    return [names, terms]


def _read_form(term: str, form: Node, terms: Table) -> None:
    """Read one form of a term: class names are made of it; other names are as the document has them."""
    pascal, snake = form.child("pascal"), form.child("snake")
    text = pascal.text()
    if text is not None and text.isalnum() and text.isascii():
        terms.set("_".join(words_of(snake.text() or term)), text)
        pascal.carried("[names.casings]")
    else:
        pascal.not_possible("a class name has letters and digits only")
    snake.carried("[names.casings]")
    for key in ("camel", "capital"):
        form.child(key).not_needed("Python writes no names so")
