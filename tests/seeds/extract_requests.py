"""Reads the request facts, tables in Markdown, and writes them as JSON.

    python tests/seeds/extract_requests.py REQUEST_FACTS.md OUTPUT.json

Only the main columns count: what other versions of the published SDK have is left out, and so is
the column of meanings, except that a row which calls itself write-only is marked so.

A field is `{"name", "type", "required"}` with, where they apply, `format`, `enum`, `minimum`,
`maximum`, `default`, `nullable`, `write_only`, `items` (of an array), `values` (of a map), `shared`
(the name of a shared object) and `properties` (of an object; those of a shared object written out).
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HEADING = re.compile(r"(?P<level>#{2,3}) (?P<title>.+)")
SERVER = re.compile(r"- Server `(?P<url>[^`]+)`")
ROUTE = re.compile(
    r"`(?P<verb>[A-Z]+) (?P<path>/[^`]+)` -> (?P<status>\d{3})"
    r"(?:; documented errors \[(?P<errors>[\d, ]+)\])?\."
)
PATH_PARAMETER = re.compile(r"`(?P<name>\w+)` (?P<type>\w+)(?: \((?P<format>[\w-]+)\))?")
ROW = re.compile(r"\| (?P<owner>[\w.*]*?)\.?`(?P<name>\w+)` \|(?P<cells>.+)\|")
LIMIT = re.compile(r"(?P<sign>[<>])=(?P<number>\d+)")
FORMATS = ("date-time", "uuid", "uri")

JSON = dict[str, Any]
Section = tuple[str, list[str]]


def main(arguments: list[str]) -> None:
    """Write the facts of one Markdown file to one JSON file."""
    source, output = arguments
    facts = request_facts(Path(source).read_text(encoding="utf-8"))
    text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
    Path(output).write_text(text, encoding="utf-8")


def request_facts(text: str) -> JSON:
    """Return `{"server", "shared_objects": {name: [field, ...]}, "operations": [...]}`."""
    sections = list(markdown_sections(text.splitlines()))
    operations = [(title, lines) for title, lines in sections if title.startswith("realtime_kit.")]
    tables = {title: table_fields(lines) for title, lines in sections if is_shared(title, lines)}
    shared = {name: [expanded(each, tables) for each in fields] for name, fields in tables.items()}
    return {
        "server": required(SERVER.search(text))["url"],
        "shared_objects": shared,
        "operations": [operation(title, lines, tables) for title, lines in operations],
    }


def markdown_sections(lines: list[str]) -> Iterator[Section]:
    """Yield each heading with the lines up to the next heading."""
    title, body = "", list[str]()
    for line in lines:
        if heading := HEADING.fullmatch(line):
            yield title, body
            title, body = heading["title"], []
        else:
            body.append(line)
    yield title, body


def is_shared(title: str, lines: list[str]) -> bool:
    """Tell the sections of shared objects by their table and their one-word title."""
    return title.isalpha() and any(ROW.fullmatch(line) for line in lines)


def operation(title: str, lines: list[str], tables: dict[str, list[JSON]]) -> JSON:
    """Return the facts of one operation."""
    route = required(ROUTE.match("\n".join(lines).strip()))
    resource, _, name = title.rpartition(".")
    path_line = next(line for line in lines if line.startswith("Path: "))
    return {
        "resource": resource,
        "name": name,
        "verb": route["verb"],
        "path": route["path"],
        "status": int(route["status"]),
        "errors": [int(code) for code in (route["errors"] or "").split(",") if code],
        "path_parameters": [path_parameter(each) for each in PATH_PARAMETER.finditer(path_line)],
        "query": [expanded(each, tables) for each in table_fields(part(lines, "Query:"))],
        "body": [expanded(each, tables) for each in table_fields(part(lines, "Body,"))],
    }


def path_parameter(match: re.Match[str]) -> JSON:
    """Return one of the parameters of a `Path:` line; all of them are required."""
    facts = {"name": match["name"], "type": match["type"], "required": True}
    return facts | ({"format": match["format"]} if match["format"] else {})


def part(lines: list[str], start: str) -> list[str]:
    """Return the table after the line that begins with `start`, or nothing."""
    begins = [number for number, line in enumerate(lines) if line.startswith(start)]
    if not begins:
        return []
    rest = lines[begins[0] + 2 :]
    end = rest.index("") if "" in rest else len(rest)
    return rest[:end]


def table_fields(lines: list[str]) -> list[JSON]:
    """Return the rows of a table, those named `owner.name` inside the row of their owner."""
    fields: dict[str, JSON] = {}
    for row in filter(None, map(ROW.fullmatch, lines)):
        each = table_field(row)
        if owner := row["owner"]:
            member_list(fields, owner).append(each)
        else:
            fields[row["name"]] = each
    return list(fields.values())


def member_list(fields: dict[str, JSON], owner: str) -> list[JSON]:
    """Return the list that holds the members of `owner`, or for `owner.*` of its values."""
    name, _, values = owner.partition(".")
    holder = fields[name]["values"] if values == "*" else fields[name]
    members: list[JSON] = holder.setdefault("properties", [])
    return members


def table_field(row: re.Match[str]) -> JSON:
    """Return one row: type, requiredness, values or range, default."""
    kind, need, values, default, meaning, _other = (cell.strip() for cell in row["cells"].split("|"))
    each = {"name": row["name"]} | type_facts(kind) | {"required": need == "yes"}
    holder = each["items"] if each["type"] == "array" else each
    holder.update(value_facts(values))
    if default != "-":
        each["default"] = json.loads(default)
    if "write-only" in meaning:
        each["write_only"] = True
    return each


def type_facts(kind: str) -> JSON:
    """Return the facts in the type column.

    >>> type_facts("[StorageConfig] or null")
    {'type': 'object', 'shared': 'StorageConfig', 'nullable': True}
    """
    kind, _, null = kind.partition(" or ")
    facts: JSON
    if kind.startswith("["):
        facts = {"type": "object", "shared": kind.strip("[]")}
    elif kind.startswith("array of "):
        facts = {"type": "array", "items": {"type": kind.removeprefix("array of ")}}
    elif kind.startswith("map of "):
        facts = {"type": "object", "values": {"type": kind.removeprefix("map of ")}}
    else:
        facts = {"type": kind}
    return facts | ({"nullable": True} if null else {})


def value_facts(cell: str) -> JSON:
    """Return the facts in the column of values, formats and ranges.

    >>> value_facts(">=60, <=600")
    {'minimum': 60, 'maximum': 600}
    """
    if cell == "-":
        return {}
    if cell in FORMATS:
        return {"format": cell}
    limits = list(LIMIT.finditer(cell))
    if limits:
        names = {">": "minimum", "<": "maximum"}
        return {names[limit["sign"]]: int(limit["number"]) for limit in limits}
    return {"enum": cell.split("/")}


def expanded(each: JSON, tables: dict[str, list[JSON]]) -> JSON:
    """Return a field with the members of the shared objects in it written out."""
    if "shared" in each:
        members = tables[each["shared"]]
    elif "properties" in each:
        members = each["properties"]
    else:
        return each
    return each | {"properties": [expanded(member, tables) for member in members]}


def required(match: re.Match[str] | None) -> re.Match[str]:
    """Return a match that has to be there."""
    if match is None:
        raise ValueError("the facts are not laid out as expected")
    return match


if __name__ == "__main__":
    main(sys.argv[1:])
