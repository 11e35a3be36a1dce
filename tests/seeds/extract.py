"""Reads the seed pages and writes their surface, methods and response classes, as JSON.

    python tests/seeds/extract.py SEEDS_DIRECTORY OUTPUT.json

The pages carry no indentation, so which class a field belongs to is not written down in them. The
rule here needs one table, `tests/data/seed_nesting.json`: the member names of each nested class,
found by the end of its name ("family"). A field belongs to the innermost class that is still open
and may have it:

* a class of the table may have its own members, each once;
* any other nested class (`Data`, `Paging`) may have every name but those of the envelope;
* the response itself, which never closes, has the names of the envelope.

A class that may not have the field is closed. The rest of each page, its prose, is left out.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

PAGES = ("recordings.txt", "meetings.txt")
NESTING = Path(__file__).parents[1] / "data" / "seed_nesting.json"

METHOD = re.compile(
    r"(?P<resource>\w+\.\w+)\.(?P<name>\w+)"
    r"\((?P<type>str|int|float|bool)(?P<positional>\w+), (?P<params>\w+)\*\*kwargs\)"
    r"(?: -> (?P<response>\w+))?"
)
ROUTE = re.compile(r"(?P<verb>GET|POST|PUT|PATCH|DELETE)(?P<path>/\S+)")
RESPONSE = re.compile(r"class (?P<name>\w+):")
FIELD = re.compile(r"(?P<name>[a-z]\w*): (?P<annotation>[A-Za-z]\w*(?:\[.*\])?)")
FACT = re.compile(r"(?P<fact>format|maximum|minimum)(?P<value>[a-z\d][a-z\d-]*)")
LITERAL = re.compile(r"Literal\[(?P<shown>[^\]]*?)(?:, (?P<more>\d+) more)?\]")
VALUE = re.compile(r'"[^"]+"')
CLASS = re.compile(r"\b(?!Optional|List|Literal)[A-Z]\w+")

JSON = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Write the surface of the pages in one directory to one file."""
    seeds, output = arguments
    Path(output).write_text(serialised(surface(Path(seeds))), encoding="utf-8")


def serialised(facts: JSON) -> str:
    """Return JSON text that is the same for the same facts."""
    return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"


def surface(seeds: Path) -> JSON:
    """Return `{"methods": [...], "responses": {response: {class: [field, ...]}}}`."""
    nesting = json.loads(NESTING.read_text(encoding="utf-8"))
    methods: list[JSON] = []
    responses: JSON = {}
    for page in PAGES:
        lines = (seeds / page).read_text(encoding="utf-8").splitlines()
        methods += page_methods(lines)
        for name, body in page_responses(lines).items():
            responses[name] = nested(name, page_fields(body), nesting)
    return {"methods": methods, "responses": responses}


def page_methods(lines: list[str]) -> list[JSON]:
    """Return the methods of a page; the line after a signature is its route."""
    pairs = pairwise(lines)
    return [
        method(signature, expect(ROUTE.fullmatch(route), route))
        for line, route in pairs
        if (signature := METHOD.fullmatch(line))
    ]


def method(signature: re.Match[str], route: re.Match[str]) -> JSON:
    """Return what a signature and its route say."""
    return {
        "resource": signature["resource"],
        "name": signature["name"],
        "positional": {"name": signature["positional"], "type": signature["type"]},
        "params_class": signature["params"],
        "response_class": signature["response"],
        "verb": route["verb"],
        "path": route["path"],
    }


def page_responses(lines: list[str]) -> dict[str, list[str]]:
    """Return the lines that follow each `class ...:` line, by class name."""
    bodies: dict[str, list[str]] = {}
    body: list[str] = []
    for line in lines:
        if start := RESPONSE.fullmatch(line):
            body = bodies.setdefault(start["name"], [])
        else:
            body.append(line)
    return bodies


def page_fields(body: list[str]) -> list[JSON]:
    """Return the fields of a response in the page's order, each with its own facts."""
    fields: list[JSON] = []
    for line in body:
        if start := FIELD.fullmatch(line):
            fields.append({"name": start["name"], "annotation": start["annotation"]})
        elif fact := FACT.fullmatch(line):
            fields[-1][fact["fact"]] = fact_value(fact)
        elif VALUE.fullmatch(line):
            fields[-1].setdefault("enum", []).append(json.loads(line))
    for each in fields:
        expand_literal(each)
    return fields


def fact_value(fact: re.Match[str]) -> str | int:
    """Return a format as text and a limit as a number."""
    return fact["value"] if fact["fact"] == "format" else int(fact["value"])


def expand_literal(each: JSON) -> None:
    """Put the complete list of values in place of `"A", "B", 3 more`."""
    shortened = LITERAL.search(each["annotation"])
    if not shortened:
        return
    shown = json.loads(f"[{shortened['shown']}]")
    values = each["enum"]
    if values[: len(shown)] != shown or len(values) != len(shown) + int(shortened["more"] or 0):
        raise ValueError(f"{each['name']}: {each['annotation']} does not fit the values {values}")
    complete = ", ".join(json.dumps(value) for value in values)
    each["annotation"] = LITERAL.sub(lambda _: f"Literal[{complete}]", each["annotation"])


@dataclass
class OpenClass:
    """A class whose fields are being read; `members` is None when the table does not list it."""

    name: str
    members: list[str] | None
    fields: list[JSON] = field(default_factory=list)

    def take(self, name: str, envelope: list[str]) -> bool:
        """Say whether the class may have the field; a name of the table is used up by it."""
        if self.members is None:
            return name not in envelope
        if name not in self.members:
            return False
        self.members.remove(name)
        return True


def nested(response: str, fields: list[JSON], nesting: JSON) -> dict[str, list[JSON]]:
    """Return the fields of a response and of each class in it, in the order of appearance."""
    stack = [OpenClass(response, list(nesting["envelope"]))]
    classes = {response: stack[0].fields}
    for each in fields:
        while not stack[-1].take(each["name"], nesting["envelope"]):
            stack.pop()
        stack[-1].fields.append(each)
        if reference := CLASS.search(LITERAL.sub("", each["annotation"])):
            each["class"] = reference[0]
            stack.append(OpenClass(reference[0], family_members(reference[0], nesting)))
            classes[reference[0]] = stack[-1].fields
    return classes


def family_members(name: str, nesting: JSON) -> list[str] | None:
    """Return the members of the family with the longest name that ends this class's name."""
    families = [family for family in nesting["families"] if name.endswith(family)]
    if not families:
        return None
    return list(nesting["families"][max(families, key=len)]["members"])


def expect(match: re.Match[str] | None, line: str) -> re.Match[str]:
    """Return a match that has to be there."""
    if match is None:
        raise ValueError(f"unexpected line: {line!r}")
    return match


if __name__ == "__main__":
    main(sys.argv[1:])
