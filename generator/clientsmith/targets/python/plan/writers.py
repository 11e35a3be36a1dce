"""The ways in which one resource module names types: arguments, results, and what declarations refer to."""

from __future__ import annotations

from collections.abc import Iterable

from .classes import ClassTable
from .components import Components
from .operations import AnswerPlan
from .scope import ModuleScope, core
from .types import Access, TypeWriter


class ResourceWriters:
    """The ways in which one resource module names types."""

    def __init__(self, table: ClassTable, components: Components, scope: ModuleScope) -> None:
        self.scope = scope
        self._table = table
        self._components = components

    def request(self, *, files: bool) -> TypeWriter:
        return TypeWriter(
            self._table, self._components, self.scope, "request", for_typing=True, access="qualified", files=files
        )

    def response(self, access: Access) -> TypeWriter:
        return TypeWriter(
            self._table, self._components, self.scope, "response", for_typing=access != "package", access=access
        )

    def answer(self, answer: AnswerPlan, access: Access) -> str:
        """Write what an answer is decoded into."""
        writer = self.response(access)
        if answer.kind in ("text", "binary"):
            return "str" if answer.kind == "text" else "bytes"
        if answer.kind is None:
            return "None"
        if answer.symbol is not None:
            members = [writer.class_name(answer.symbol)]
            if answer.schema is not None and self._table.definitions.nullable(answer.schema):
                members.append("None")
            return writer.union(members)
        return writer.text(answer.schema, answer.key) if answer.schema else "object"

    def returns(self, answers: Iterable[AnswerPlan]) -> str:
        """Write what a method returns."""
        return self.response("direct").joined(lambda: [self.answer(answer, "direct") for answer in answers] or ["None"])

    def runtime(self, module: str, name: str) -> str:
        return self.scope.use(core(module, name))
