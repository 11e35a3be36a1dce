"""The methods of a resource: signatures, docstrings and calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....data.api import ArrayShape, ObjectShape, ReferenceShape, Schema
from ....data.settings import IteratorSettings
from ....data.text import Docstring, code, docstring, identifier, literal
from ..package import Argument, Entry, Group, Keyword, Method
from .arguments import ArgumentPlan
from .classes import ClassTable, Key
from .declarations import concrete, constant_name
from .operations import AnswerPlan, OperationPlan
from .placement import PlacedIterator
from .prose import method_text, returned_text, section_entry
from .scope import builtin, core, typing
from .types import TypeWriter
from .writers import ResourceWriters


class MethodBuilder:
    """Writes signatures and calls."""

    def __init__(self, writers: ResourceWriters, table: ClassTable) -> None:
        self._writers = writers
        self._table = table

    def methods(self, plan: OperationPlan) -> Iterator[Method]:
        if plan.answers or not plan.stream:
            result = self._writers.returns(plan.answers)
            yield self._method(plan, plan.name, constant_name(plan.name), "request", result, result)
        if plan.stream:
            item = self._writers.answer(plan.stream, "direct")
            stream, async_stream = (
                self._generic("streaming", "Stream", item),
                self._generic("streaming", "AsyncStream", item),
            )
            name = plan.stream_name
            yield self._method(plan, name, constant_name(name), "stream", stream, async_stream)

    def _generic(self, module: str, name: str, item: str) -> str:
        return f"{self._writers.scope.use(core(module, name), for_typing=True)}[{item}]"

    def iterator(self, plan: OperationPlan, iterator: PlacedIterator) -> Method:
        item = self.item_type(plan, iterator)
        return self._method(
            plan,
            iterator.name,
            constant_name(plan.name),
            "paginate",
            self._generic("paging", "Paginator", item),
            self._generic("paging", "AsyncPaginator", item),
            iterator.settings,
        )

    def item_type(self, plan: OperationPlan, iterator: PlacedIterator) -> str:
        """Write the type of the items that an iterator gives."""
        return self._item_type(plan.answers, iterator.settings.items)

    def _item_type(self, answers: Sequence[AnswerPlan], path: str) -> str:
        """Follow the path of the items through the types of the first answer that has it."""
        for answer in answers:
            found = self._at(answer.schema, answer.key, [step for step in path.split(".") if step])
            if found is not None and isinstance(found[0].shape, ArrayShape):
                return self._writers.response("qualified").text(found[0].shape.items, (*found[1], "[]"))
        return "object"

    def _at(self, schema: Schema | None, key: Key, steps: Sequence[str]) -> tuple[Schema, Key] | None:
        """Find the schema and the place of a member below an answer."""
        if schema is None:
            return None
        definitions = self._table.definitions
        schema = definitions.resolved(schema)
        while isinstance(schema.shape, ReferenceShape):
            key = (str(schema.shape.target), "response")
            schema = definitions.resolved(definitions.by_pointer[schema.shape.target].schema)
        if not steps:
            return schema, key
        members = schema.shape.properties if isinstance(schema.shape, ObjectShape) else ()
        member = next((member for member in members if member.wire_name == steps[0]), None)
        return self._at(member.schema, (*key, f".{steps[0]}"), steps[1:]) if member else None

    def _method(
        self,
        plan: OperationPlan,
        name: str,
        constant: str,
        call: str,
        returns: str,
        async_returns: str,
        iterator: IteratorSettings | None = None,
    ) -> Method:
        writer = self._writers.request(files=any(media.kind == "multipart" for media in plan.bodies))
        positional = [self._argument(a, writer) for a in plan.arguments if a.name == plan.positional]
        keyword = [self._argument(a, writer) for a in plan.arguments if a.name != plan.positional]
        return Method(
            name=identifier(name),
            operation=identifier(constant),
            positional=tuple(positional),
            keyword=(*keyword, *self._content_type(plan), *self._options()),
            returns=code(returns),
            async_returns=code(async_returns),
            shown_returns=code(returns),
            docstring=self._docstring(plan, call, iterator),
            groups=tuple(_groups(plan.arguments)),
            values=tuple(_values(plan)),
            call=identifier(call),
            paging=identifier(f"{constant_name(name)}_PAGING") if iterator else None,
            has_views=call != "paginate",
        )

    def _argument(self, argument: ArgumentPlan, writer: TypeWriter) -> Argument:
        members = list(argument.members(writer))
        if argument.required:
            return Argument(name=identifier(argument.name), type=code(writer.union(members)), default=None)
        scope = self._writers.scope
        text = self._with_omit(writer, members)
        return Argument(name=identifier(argument.name), type=code(text), default=code(scope.use(core("omit", "omit"))))

    def _with_omit(self, writer: TypeWriter, members: Sequence[str]) -> str:
        text = writer.union(members)
        if text == "object":
            return text
        return f"{text} | {self._writers.scope.use(core('omit', 'Omit'), for_typing=True)}"

    def _content_type(self, plan: OperationPlan) -> Iterator[Argument]:
        if len(plan.bodies) > 1:
            values = [literal(concrete(media)) for media in plan.bodies]
            name = self._writers.scope.use(typing("Literal"), for_typing=True)
            yield Argument(
                name=identifier("content_type"), type=code(name, "[", ", ".join(values), "]"), default=values[0]
            )

    def _options(self) -> Iterator[Argument]:
        use = self._writers.scope.use
        for option, alias in (("extra_headers", "Headers"), ("extra_query", "Query"), ("extra_body", "Body")):
            text = f"{use(core('types', alias), for_typing=True)} | None"
            yield Argument(name=identifier(option), type=code(text), default=code("None"))
        timeout = use(core("types", "Timeout"), for_typing=True)
        omit = use(core("omit", "Omit"), for_typing=True)
        yield Argument(
            name=identifier("timeout"),
            type=code(f"{use(builtin('float'), for_typing=True)} | {timeout} | None | {omit}"),
            default=code(use(core("omit", "omit"))),
        )

    def _docstring(self, plan: OperationPlan, call: str, paging: IteratorSettings | None) -> Docstring:
        text = method_text(plan, call, paging)
        arguments = sorted(plan.arguments, key=lambda argument: argument.name != plan.positional)
        described = [section_entry(a.name, a.paragraphs(self._table.definitions)) for a in arguments]
        if any(described):
            text.append("\n".join(["Args:", *(line for line in described if line)]))
        returned = (
            [] if call == "paginate" else returned_text(plan, (plan.stream,) if call == "stream" else plan.answers)
        )
        if returned:
            text.append("\n".join(["Returns:", *(section_entry(status, [said]) for status, said in returned)]))
        return docstring(text, 8)


def _groups(arguments: Sequence[ArgumentPlan]) -> Iterator[Group]:
    names = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies", "body": "body"}
    for location, name in names.items():
        entries = tuple(
            Entry(key=literal(a.wire_name), value=code(identifier(a.name))) for a in arguments if a.location == location
        )
        if entries:
            yield Group(name=identifier(name), entries=entries)


def _values(plan: OperationPlan) -> Iterator[Keyword]:
    for argument in plan.arguments:
        if argument.location == "value":
            yield Keyword(name=identifier("body"), value=code(identifier(argument.name)))
    if len(plan.bodies) > 1:
        yield Keyword(name=identifier("content_type"), value=code("content_type"))
    for option in ("extra_headers", "extra_query", "extra_body", "timeout"):
        yield Keyword(name=identifier(option), value=code(option))
