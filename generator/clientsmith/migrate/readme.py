"""`readme` of a config: the calls that the README shows."""

from __future__ import annotations

from collections.abc import Container

from ..data.pointer import Json
from .config import Node
from .source import Source
from .toml_text import Table

KINDS = {"request": ("headline", "default"), "pagination": ("pagination",), "stream": ("streaming",)}
"""What the README shows, and the examples that say how, the first one wins."""


def read_readme(readme: Node, source: Source, called: Container[str], tables: list[Table]) -> None:
    """Read the examples of operations that a method calls."""
    examples = readme.child("example_requests")
    for kind, names in KINDS.items():
        for name in names:
            example = examples.child(name)
            if example and _read_example(kind, example, source, called, tables):
                break
    for name, example in examples.members():
        for key, _ in example.members():
            example.child(key).not_needed(f"the README has no example of its own for '{name}'")
    readme.child("example_types").not_needed("the README shows calls")
    readme.child("include_stainless_attribution").not_needed("the README has none")


def _read_example(kind: str, example: Node, source: Source, called: Container[str], tables: list[Table]) -> bool:
    endpoint, params = example.child("endpoint"), example.child("params")
    found = source.find(endpoint.text() or "")
    if found is None:
        endpoint.not_possible("the document has no such operation")
        return False
    if str(found) not in called:
        endpoint.not_possible("no method calls it")
        return False
    table = Table(("readme", "examples", kind))
    table.set("operation", str(found))
    arguments: Json = params.value if isinstance(params.value, dict) else {}
    table.set("arguments", arguments or None)
    tables.append(table)
    endpoint.carried(f"[readme.examples.{kind}]")
    params.carried(f"[readme.examples.{kind}]")
    for key, _ in example.members():
        example.child(key).not_needed("the README shows the call alone")
    return True
