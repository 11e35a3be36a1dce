"""Examples of a method: in Python, for the shell, and a response as the document describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from ...data.media import MEDIA_USES
from ...data.schemas import Documentation
from ...data.surface import Call, Resource, Response, Surface
from ...data.types import TypeExpr
from . import given
from .curl import CurlExamples
from .python_code import PythonExamples
from .values import Values

LONGEST_RESPONSE = 6_000
"""A longer example response has empty objects where it is deep; if that is not enough, it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One block of code."""

    title: str
    language: str
    code: str


class Examples:
    """Writes the examples of the methods of one client, each once: several pages print them."""

    def __init__(self, surface: Surface) -> None:
        self._python = PythonExamples(surface)
        self._curl = CurlExamples(surface)
        declared = surface.declared()
        self._values = [Values(declared, deepest=deepest) for deepest in (6, 4, 3, 2)]
        self._made: dict[tuple[tuple[str, ...], str], tuple[Example, ...]] = {}
        self._responses: dict[tuple[tuple[str, ...], str], Example | None] = {}

    def requests(self, resource: Resource, call: Call) -> tuple[Example, ...]:
        """Give the ways to call a method."""
        key = (resource.path, call.name)
        if key not in self._made:
            self._made[key] = tuple(self._requests(resource, call))
        return self._made[key]

    def _requests(self, resource: Resource, call: Call) -> Iterator[Example]:
        for title, code in self._python.of(resource, call):
            yield Example(title=title, language="python", code=code)
        yield Example(title="curl", language="shell", code=self._curl.of(call))

    def response(self, resource: Resource, call: Call) -> Example | None:
        """Give a response from the document: the first one that is JSON."""
        key = (resource.path, call.name)
        if key not in self._responses:
            self._responses[key] = self._first_response(call)
        return self._responses[key]

    def _first_response(self, call: Call) -> Example | None:
        for response in (*call.responses, *((call.stream,) if call.stream else ())):
            if response.kind is not None and MEDIA_USES[response.kind].undecoded is None and response.type is not None:
                return self._response(call, response, response.type)
        return None

    def _response(self, call: Call, response: Response, expression: TypeExpr) -> Example | None:
        """Write what the document gives, or what is made of the type, if that is short enough."""
        made = (values.of(expression, Documentation(), "") for values in self._values)
        for value in chain(given.of_response(call, response), made):
            # Most that are too long are so without indentation, which takes Python ten times as long.
            if len(json.dumps(value, ensure_ascii=False)) > LONGEST_RESPONSE:
                continue
            text = json.dumps(value, indent=2, ensure_ascii=False)
            if len(text) <= LONGEST_RESPONSE:
                return Example(title=f"Response {response.status}", language="json", code=text)
        return None
