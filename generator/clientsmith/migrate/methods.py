"""One method of a config: its settings, and what has to change in the document for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..data.pointer import Json
from .config import Node
from .marks import deprecation
from .models import Models
from .overlay import Overlay, query
from .paths import Steps, as_steps
from .source import SCHEMAS, Endpoint, Source
from .words import snake

EVENTS = "text/event-stream"
NOT_FOR_PYTHON = ("terraform", "mcp", "cli", "skip_test_reason", "docs", "sql")


@dataclass(frozen=True, slots=True)
class Method:
    """A method that was read."""

    endpoint: Endpoint
    setting: Json


def read_method(node: Node, resource: Node, source: Source, models: Models, overlay: Overlay) -> Method | None:
    """Read a method; None where the client cannot have it."""
    if isinstance(node.value, dict):
        return _of_object(node, resource, source, models, overlay)
    endpoint = _endpoint(node, source)
    return Method(endpoint, str(endpoint)) if endpoint else None


def _endpoint(node: Node, source: Source) -> Endpoint | None:
    """Find the operation that a method calls."""
    text = node.text()
    found = source.find(text) if text is not None else None
    if found is None:
        node.not_possible(f"the document has no operation '{text}'")
        return None
    node.carried(str(found))
    return found


def _of_object(node: Node, resource: Node, source: Source, models: Models, overlay: Overlay) -> Method | None:
    kind = node.child("type").text() or "http"
    for key in NOT_FOR_PYTHON:
        node.child(key).not_needed("it is about another target, or about tests")
    if kind == "alias":
        return _alias(node, resource, source)
    if kind != "http":
        for key, _ in node.members():
            node.child(key).not_possible(f"methods of type '{kind}' send no plain request")
        return None
    node.child("type").not_needed("it is the usual type")
    endpoint = _endpoint(node.child("endpoint"), source)
    if endpoint is None:
        for key, _ in node.members():
            node.child(key).not_possible("the document has no such operation")
        return None
    options = _Options(node, source, models, overlay, endpoint).read()
    setting: Json = {"operation": str(endpoint), **options} if options else str(endpoint)
    return Method(endpoint, setting)


def _alias(node: Node, resource: Node, source: Source) -> Method | None:
    """Read another name of a method: one more method for the same operation."""
    target = resource.child("methods").child(node.child("to").text() or "")
    endpoint = target.child("endpoint") if isinstance(target.value, dict) else target
    found = source.find(endpoint.text() or "")
    node.child("type").carried("a second method of the operation")
    if found is None:
        node.child("to").not_possible("there is no such method")
        return None
    text = str(found)
    node.child("to").carried(text)
    message = deprecation(node.child("deprecated"))
    return Method(found, {"operation": text, "deprecated": message} if message else text)


@dataclass(frozen=True, slots=True)
class _Options:
    """Reads the keys of a method that change what it takes and gives."""

    node: Node
    source: Source
    models: Models
    overlay: Overlay
    endpoint: Endpoint

    def read(self) -> dict[str, Json]:
        """Give the settings of the method."""
        found: dict[str, Json] = {
            "body": self._body(),
            "stream": self._stream(self.node.child("streaming")),
            "unwrap": self._unwrap(self.node.child("unwrap_response")),
            "deprecated": self._deprecated(),
        }
        self._note_defaults(self.node.child("default_request_options"))
        self._note_positional(self.node.child("positional_params"))
        self.node.child("description").not_needed("descriptions come from the document")
        return {key: value for key, value in found.items() if value is not None}

    def _deprecated(self) -> str | None:
        return deprecation(self.node.child("deprecated"))

    def _body(self) -> str | None:
        given = self.node.child("body_param_name")
        name = given.text()
        if name is None:
            return None
        if "requestBody" not in self.endpoint.operation:
            given.not_possible("the operation has no body")
            return None
        given.carried("body")
        return snake(name)

    def _unwrap(self, given: Node) -> Json:
        if given.value is False:
            given.carried("unwrap")
            return False
        name = given.text()
        if name is None:
            return None
        if name not in self.source.properties(self.source.response_schema(self.endpoint.operation)):
            given.not_possible(f"the response has no '{name}'")
            return None
        given.carried("unwrap")
        return name

    def _note_defaults(self, given: Node) -> None:
        for key, child in given.members():
            child.not_possible(f"pass {key}= to the call, or set it for the whole client")

    def _note_positional(self, given: Node) -> None:
        """Positional arguments may always be passed by name, too; one of them may be passed by position."""
        names = given.texts()
        path = self.endpoint.path
        last = path[path.rfind("{") + 1 : path.rfind("}")] if "{" in path else None
        if not names or names == (last,):
            given.not_needed("the last parameter of the path may be passed by position, every one by name")
        else:
            given.not_possible("only the last parameter of the path may be passed by position")

    # --- streams ---

    def _stream(self, given: Node) -> str | None:
        if not isinstance(given.value, dict):
            given.not_possible("a mapping says how the method streams")
            return None
        flag = given.child("param_discriminator")
        self._declare_stream(given.child("stream_event_model"), always=flag.text() is None)
        for key in ("params_type_name", "param_discriminator"):
            given.child(key).not_needed("parameters have one type")
        given.notes.entries.pop(flag.path, None)
        if flag.text() is None:
            return None
        arguments = self.source.arguments(self.endpoint)
        if not _is_flag(arguments.get(flag.text() or "")):
            flag.not_possible(
                f"the request has no '{flag.text()}' that is true or false: there are two methods instead"
            )
            return None
        flag.carried("stream")
        return flag.text()

    def _declare_stream(self, model: Node, *, always: bool) -> None:
        """Let the document say that the operation gives events."""
        component = self.models.reference((model.text() or "").removeprefix("resources.")) if model else None
        if model and component is None:
            model.not_possible("there is no such model")
        for status, response in self.source.success(self.endpoint.operation):
            content = response.get("content")
            media = content if isinstance(content, dict) else {}
            events = media.get(EVENTS)
            if isinstance(events, dict) and component is None:
                return
            schema: Json = {"$ref": f"{SCHEMAS}{component}"} if component else _schema_of(media)
            place = self._response(status)
            reason = "The config says that this operation streams."
            if isinstance(events, dict) and "schema" in events:
                self.overlay.remove(query(*place, "content", EVENTS, "schema"), reason)
            self.overlay.update(query(*place), {"content": {EVENTS: {"schema": schema}}}, reason)
            if always:
                for other in media:
                    if other != EVENTS:
                        self.overlay.remove(query(*place, "content", other), reason)
            model.carried("the overlay")
            return

    def _response(self, status: str) -> Steps:
        """Give the steps to a response, behind the reference to it."""
        response = self.endpoint.operation["responses"][status]
        reference = response.get("$ref") if isinstance(response, dict) else None
        steps = as_steps(reference, self.source.root) if isinstance(reference, str) else None
        return steps or ("paths", self.endpoint.path, self.endpoint.verb, "responses", status)


def _schema_of(media: Mapping[str, Any]) -> Json:
    for value in media.values():
        if isinstance(value, dict) and "schema" in value:
            schema: Json = value["schema"]
            return schema
    return {}


def _is_flag(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return False
    kind = schema.get("type")
    kinds = [each for each in (kind if isinstance(kind, list) else [kind]) if each != "null"]
    if kinds == ["boolean"] or isinstance(schema.get("const"), bool):
        return True
    variants = [v for v in (schema.get("anyOf") or schema.get("oneOf") or ()) if v.get("type") != "null"]
    return len(variants) == 1 and _is_flag(variants[0])
