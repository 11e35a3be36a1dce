"""Reads a document by itself, sharing no code with the generator: a file goes in, its operations come out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .swagger2 import as_openapi3

JSON = dict[str, Any]
VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
IGNORED_HEADERS = ("accept", "content-type", "authorization")
"""Header parameters of these names mean nothing (OpenAPI, "Parameter Object")."""


class Place(NamedTuple):
    """A value and the pointer to it, all references followed."""

    value: Any
    pointer: str

    def child(self, *steps: str | int) -> Place:
        value, pointer = self
        for step in steps:
            value = value[step]
            pointer += "/" + str(step).replace("~", "~0").replace("/", "~1")
        return Place(value, pointer)


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A parameter, with what its style is if it does not say."""

    name: str
    location: str
    required: bool
    schema: Place | None
    style: str
    explode: bool
    is_json: bool
    """True where it has `content` in place of a schema."""


@dataclass(frozen=True, kw_only=True)
class Media:
    """One media type of a body or a response."""

    content_type: str
    schema: Place | None
    encoding: JSON

    @property
    def kind(self) -> str:
        """Tell how it is written: json, form, multipart, event-stream, json-lines, text or bytes."""
        name = self.content_type.partition(";")[0].strip().lower()
        known = {
            "application/x-www-form-urlencoded": "form",
            "text/event-stream": "event-stream",
            "application/x-ndjson": "json-lines",
            "application/jsonl": "json-lines",
            "application/x-json-stream": "json-lines",
        }
        if name in known:
            return known[name]
        if name.endswith(("/json", "+json")):
            return "json"
        if name.startswith("multipart/"):
            return "multipart"
        if name in ("*/*", "application/*", "*"):
            return "json" if self.schema is not None and self.schema.value.get("format") != "binary" else "bytes"
        return "text" if name.startswith("text/") or name.endswith(("/xml", "+xml")) else "bytes"


@dataclass(frozen=True, kw_only=True)
class Body:
    """What an operation takes."""

    required: bool
    content: tuple[Media, ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an operation gives for one status."""

    status: str
    content: tuple[Media, ...]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation, as the document has it."""

    verb: str
    path: str
    value: JSON
    item: JSON
    parameters: tuple[Parameter, ...]
    body: Body | None
    answers: tuple[Answer, ...]
    has_servers: bool

    def __str__(self) -> str:
        return f"{self.verb} {self.path}"

    @property
    def successes(self) -> tuple[Answer, ...]:
        """Responses that a client returns: 2xx, or `default` without them."""
        found = tuple(answer for answer in self.answers if answer.status.startswith("2"))
        return found or tuple(answer for answer in self.answers if answer.status == "default")

    @property
    def errors(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer not in self.successes)


class Specification:
    """A document of version 2.0, 3.0 or 3.1 in one file."""

    def __init__(self, path: Path) -> None:
        document = _read(path)
        self.document: JSON = as_openapi3(document) if "swagger" in document else document

    @property
    def is_30(self) -> bool:
        return str(self.document["openapi"]).startswith("3.0")

    def at(self, reference: str) -> Place:
        """Find what a reference names, to the end of a chain."""
        place = Place(self.document, "#")
        for step in reference.removeprefix("#").strip("/").split("/") if reference != "#" else ():
            step = _unquoted(step).replace("~1", "/").replace("~0", "~")
            place = place.child(int(step) if isinstance(place.value, list) else step)
        return self.follow(place)

    def follow(self, place: Place) -> Place:
        """Go where a reference points to; a schema's other keywords do not matter here."""
        if isinstance(place.value, dict) and isinstance(place.value.get("$ref"), str):
            return self.at(place.value["$ref"])
        return place

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(self._operations())

    def _operations(self) -> Iterator[Operation]:
        paths = Place(self.document, "#").child("paths") if self.document.get("paths") else None
        for path in (paths.value if paths else ()) or ():
            if path.startswith("x-"):
                continue
            item = self.follow(paths.child(path)) if paths else None
            for verb in item.value if item else ():
                if item and verb in VERBS:
                    yield self._operation(verb, path, item)

    def _operation(self, verb: str, path: str, item: Place) -> Operation:
        operation = item.child(verb)
        answers = operation.child("responses") if operation.value.get("responses") else None
        return Operation(
            verb=verb.upper(),
            path=path,
            value=operation.value,
            item=item.value,
            parameters=tuple(self._parameters(path, item, operation)),
            body=self._body(self.follow(operation.child("requestBody"))) if "requestBody" in operation.value else None,
            answers=tuple(
                self._answer(status, self.follow(answers.child(status)))
                for status in (answers.value if answers else ())
                if answers and not str(status).startswith("x-")
            ),
            has_servers=bool(operation.value.get("servers") or item.value.get("servers")),
        )

    def _parameters(self, path: str, item: Place, operation: Place) -> Iterator[Parameter]:
        found: dict[tuple[str, str], Parameter] = {}
        for owner in (item, operation):
            for index in range(len(owner.value.get("parameters") or ())):
                parameter = self._parameter(self.follow(owner.child("parameters", index)))
                found[parameter.location, parameter.name] = parameter
        declared = {name for location, name in found if location in ("path", "query")}
        for parameter in found.values():
            is_ignored = parameter.location == "header" and parameter.name.lower() in IGNORED_HEADERS
            is_lost = parameter.location == "path" and f"{{{parameter.name}}}" not in path
            if not is_ignored and not is_lost:
                yield parameter
        for name in _names_in(path):
            if name not in declared or (("path", name) not in found and name in _names_in(path.partition("?")[0])):
                yield Parameter(
                    name=name, location="path", required=True, schema=None, style="simple", explode=False, is_json=False
                )

    def _parameter(self, place: Place) -> Parameter:
        value = place.value
        style = value.get("style") or {"path": "simple", "header": "simple"}.get(value["in"], "form")
        content = next(iter(value.get("content") or ()), None)
        schema = place.child("schema") if "schema" in value else None
        if content is not None:
            media = place.child("content", content)
            schema = media.child("schema") if "schema" in media.value else None
        return Parameter(
            name=value["name"],
            location=value["in"],
            required=value["in"] == "path" or bool(value.get("required")),
            schema=schema,
            style=style,
            explode=value.get("explode", style == "form"),
            is_json=content is not None,
        )

    def _body(self, place: Place) -> Body:
        return Body(required=bool(place.value.get("required")), content=tuple(self._content(place)))

    def _answer(self, status: str, place: Place) -> Answer:
        return Answer(status=str(status).upper().replace("DEFAULT", "default"), content=tuple(self._content(place)))

    def _content(self, place: Place) -> Iterator[Media]:
        for content_type in place.value.get("content") or ():
            media = self.follow(place.child("content", content_type))
            yield Media(
                content_type=content_type,
                schema=media.child("schema") if "schema" in media.value else None,
                encoding=media.value.get("encoding") or {},
            )


def _names_in(template: str) -> dict[str, None]:
    """Find the names in braces, each once."""
    return dict.fromkeys(re.findall(r"\{([^{}]+)\}", template))


# --- files -----------------------------------------------------------------------------------------------------------


def _unquoted(step: str) -> str:
    return re.sub(r"%([0-9A-Fa-f]{2})", lambda found: chr(int(found[1], 16)), step)


def _read(path: Path) -> JSON:
    """Read JSON, or YAML as JSON has it: keys are text, times are text, only true and false are booleans."""
    text = path.read_text("utf-8")
    value = json.loads(text) if path.suffix == ".json" else _text_keys(yaml.load(text, _Loader))
    assert isinstance(value, dict)
    return value


class _Loader(yaml.SafeLoader):
    pass


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _text_keys(item) for key, item in value.items()}
    return [_text_keys(item) for item in value] if isinstance(value, list) else value
