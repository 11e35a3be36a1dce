"""The files below `resources/`: a sync and an async class, the operations they share, and their views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...data.api import Media, ObjectShape, Parameter, PartEncoding, Schema, Server
from ...data.document import Pointer
from ...data.package import (
    Argument,
    Entry,
    Group,
    Keyword,
    Method,
    OperationConstant,
    PagingConstant,
    ResourceLink,
    ResourceModule,
)
from ...data.settings import IteratorSettings
from ...data.text import (
    LINE_WIDTH,
    Code,
    Docstring,
    code,
    docstring,
    identifier,
    literal,
    module_path,
    wrapped,
)
from .arguments import ArgumentPlan
from .classes import ClassTable, Key
from .components import Components
from .models import settled
from .naming import pascal
from .operations import AnswerPlan, OperationPlan
from .placement import PlacedIterator, Resource
from .scope import ModuleScope, Symbol, builtin, core, lint_exemptions, relative_module, sorted_exports, typing
from .types import Access, TypeWriter
from .wire import WireNames

_BASES = ("APIResource", "AsyncAPIResource")
_VIEWS = (
    "RawView", "AsyncRawView", "StreamingView", "AsyncStreamingView", "raw", "async_raw", "streaming", "async_streaming",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceNames:
    """The classes of one resource, and the module they are in."""

    module: str
    name: str

    @property
    def all(self) -> tuple[str, ...]:
        """The six class names: sync, async, and the views of both."""
        views = ("WithRawResponse", "WithStreamingResponse")
        return (
            self.name,
            f"Async{self.name}",
            *(f"{prefix}{self.name}{view}" for view in views for prefix in ("", "Async")),
        )


def resource_names(resource: Resource, initialisms: frozenset[str]) -> ResourceNames:
    """Choose module and class of a resource; one with children has a folder of its own."""
    path = (*resource.path, resource.path[-1]) if resource.children else resource.path
    return ResourceNames(module=".".join(("resources", *path)), name=pascal(_words(resource.path[-1]), initialisms))


def _words(name: str) -> Sequence[str]:
    return [word for word in name.split("_") if word]


class ResourceBuilder:
    """Builds the plan of one resource module."""

    def __init__(
        self,
        resource: Resource,
        operations: Mapping[str, OperationPlan],
        table: ClassTable,
        components: Components,
        wire_names: WireNames,
    ) -> None:
        self._resource = resource
        self._operations = operations
        self._table = table
        self._components = components
        self._wire_names = wire_names
        self._names = resource_names(resource, table.initialisms)

    def build(self) -> ResourceModule:
        """Write the plan of the module."""
        (parts, local), scope = settled(self._names.module, self._content)
        operations, pagings, methods, children = parts
        title = f"The resource `{'.'.join(self._resource.path)}`."
        names = self._names.all
        has_views = any(method.has_views for method in methods)
        exports = names if has_views else names[:2]
        return ResourceModule(
            path=self._names.module.replace(".", "/") + ".py",
            docstring=docstring([title], 0),
            class_docstring=docstring([title], 4),
            name=identifier(names[0]),
            async_name=identifier(names[1]),
            raw_name=identifier(names[2]),
            async_raw_name=identifier(names[3]),
            streaming_name=identifier(names[4]),
            async_streaming_name=identifier(names[5]),
            imports=scope.imports(),
            typing_imports=scope.typing_imports(),
            lint=lint_exemptions((*scope.imports(), *scope.typing_imports())),
            exports=sorted_exports(exports),
            local=local,
            children=children,
            operations=operations,
            pagings=pagings,
            methods=methods,
            has_views=has_views,
        )

    def _content(
        self, scope: ModuleScope
    ) -> tuple[
        tuple[
            tuple[OperationConstant, ...],
            tuple[PagingConstant, ...],
            tuple[Method, ...],
            tuple[ResourceLink, ...],
        ],
        Mapping[str, Code],
    ]:
        resource = self._resource
        plans = [self._operations[method.name] for method in resource.methods]
        scope.define(self._names.all)
        scope.define(plan.name for plan in plans)
        scope.define(iterator.name for iterator in resource.iterators)
        scope.define(child.path[-1] for child in resource.children)
        writers = _Writers(self._table, self._components, scope)
        constants = _Constants(writers, self._wire_names, self._table)
        methods = _Methods(writers, self._table)
        operations = tuple(c for plan in plans for c in constants.operations(plan))
        built = [m for plan in plans for m in methods.methods(plan)]
        for iterator in resource.iterators:
            plan = self._operations[iterator.method.name]
            built.append(methods.iterator(plan, iterator))
        pagings = tuple(
            constants.paging(iterator, methods.item_type(self._operations[iterator.method.name], iterator))
            for iterator in resource.iterators
        )
        links = tuple(
            child_link(child, self._table.initialisms, self._names.module, scope) for child in resource.children
        )
        return (operations, pagings, tuple(built), links), self._local(scope, built, bool(resource.children))

    def _local(self, scope: ModuleScope, methods: Sequence[Method], has_children: bool) -> Mapping[str, Code]:
        views = any(method.has_views for method in methods)
        symbols = [core("resource", name) for name in (*_BASES, *(_VIEWS if views else ()))]
        symbols.append(typing("TYPE_CHECKING"))
        if views or has_children:
            symbols.append(Symbol("functools", "cached_property"))
        if methods:
            symbols.append(core("operation", "Operation"))
        if any(method.paging for method in methods):
            symbols.append(core("paging", "Paging"))
        return {symbol.name: Code(scope.use(symbol)) for symbol in symbols}


def child_link(child: Resource, initialisms: frozenset[str], module: str, scope: ModuleScope | None) -> ResourceLink:
    """Plan the lazy property that gives a resource."""
    names = resource_names(child, initialisms)
    if scope is not None:
        for name in names.all[:2]:
            scope.use(Symbol(f".{names.module}", name), for_typing=True)
    return ResourceLink(
        name=identifier(child.path[-1]),
        cls=identifier(names.all[0]),
        async_cls=identifier(names.all[1]),
        module=module_path(relative_module(module.rpartition(".")[0], f".{names.module}")),
        docstring=docstring([f"The resource `{'.'.join(child.path)}`."], 8),
    )


class _Writers:
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
        return self.response("direct").union([self.answer(answer, "direct") for answer in answers] or ["None"])

    def runtime(self, module: str, name: str) -> str:
        return self.scope.use(core(module, name))


class _Constants:
    """Writes the declarations of operations."""

    def __init__(self, writers: _Writers, wire_names: WireNames, table: ClassTable) -> None:
        self._writers = writers
        self._wire_names = wire_names
        self._table = table

    def operations(self, plan: OperationPlan) -> Iterator[OperationConstant]:
        if plan.answers or not plan.stream:
            yield self._operation(plan, plan.answers, constant_name(plan.name))
        if plan.stream:
            name = constant_name(stream_name(plan)) if plan.answers else constant_name(plan.name)
            yield self._operation(plan, (plan.stream,), name)

    def _operation(self, plan: OperationPlan, answers: tuple[AnswerPlan, ...], name: str) -> OperationConstant:
        self._writers.runtime("operation", "Operation")
        result = self._writers.returns(answers)
        return OperationConstant(
            name=identifier(name),
            type=Code(f"{self._writers.runtime('operation', 'Operation')}[{result}]"),
            verb=literal(plan.operation.verb),
            path=literal(plan.operation.path),
            keywords=tuple(Keyword(name=identifier(key), value=value) for key, value in self._keywords(plan, answers)),
        )

    def _keywords(self, plan: OperationPlan, answers: tuple[AnswerPlan, ...]) -> Iterator[tuple[str, Code]]:
        operation = plan.operation
        bodies = [self._body(media, plan, number) for number, media in enumerate(plan.bodies)]
        if bodies:
            yield "body", bodies[0] if len(bodies) == 1 else code("(", ", ".join(bodies), ")")
        returns = self._returns(answers)
        if returns is not None:
            yield "returns", returns
        if plan.errors:
            entries = [f"{literal(e.status)}: {self._answer(e)}" for e in plan.errors]
            yield "errors", code("{", ", ".join(entries), "}")
        for location in ("path", "query", "header", "cookie"):
            styles = self._styles(p for p in operation.parameters if p.location == location)
            if styles:
                yield f"{location}_styles", code("{", ", ".join(styles), "}")
        if operation.security is not None:
            yield "security", literal(operation.security)
        if operation.servers:
            yield "server", literal(server_url(operation.servers[0]))
        if operation.deprecated:
            yield "deprecated", literal(True)

    def _returns(self, answers: tuple[AnswerPlan, ...]) -> Code | None:
        if all(answer.kind is None for answer in answers):
            return None
        if len(answers) == 1:
            return self._answer(answers[0])
        entries = [f"{literal(a.status)}: {self._answer(a) if a.kind is not None else 'None'}" for a in answers]
        return code("{", ", ".join(entries), "}")

    def _answer(self, answer: AnswerPlan) -> Code:
        names = {
            "json": "JSON", "text": "Text", "binary": "Bytes", "event-stream": "EventStream",
            "json-lines": "JSONLines", "form": "Text", "multipart": "Bytes",
        }  # fmt: skip
        assert answer.kind is not None
        name = self._writers.runtime("operation", names[answer.kind])
        if answer.kind not in ("json", "event-stream", "json-lines"):
            return code(name, "()")
        return code(name, "(lambda: ", self._writers.answer(answer, "package"), ")")

    def _body(self, media: Media, plan: OperationPlan, number: int) -> Code:
        kinds = {
            "json": ("JSONBody", "application/json"),
            "json-lines": ("JSONBody", "application/json"),
            "event-stream": ("TextBody", "text/plain"),
            "form": ("FormBody", "application/x-www-form-urlencoded"),
            "multipart": ("MultipartBody", "multipart/form-data"),
            "binary": ("BinaryBody", "application/octet-stream"),
            "text": ("TextBody", "text/plain"),
        }
        kind, usual = kinds[media.kind]
        options = []
        content_type = concrete(media)
        if content_type != usual:
            options.append(f"media_type={literal(content_type)}")
        keyed = media.schema if media.kind in ("json", "form", "multipart") else None
        if keyed is not None and self._renames(keyed, plan):
            options.append(f"params=lambda: {self._request_type(keyed, plan, number)}")
        if media.kind == "form" and (styles := self._form_styles(media)):
            options.append(f"styles={{{', '.join(styles)}}}")
        if media.kind == "multipart" and (parts := self._part_encodings(media)):
            options.append(f"encoding={{{', '.join(parts)}}}")
        return code(self._writers.runtime("operation", kind), "(", ", ".join(options), ")")

    def _renames(self, schema: Schema, plan: OperationPlan) -> bool:
        """Tell whether keys need renaming; the method itself writes those of the first level by their wire names."""
        members = [argument for argument in plan.arguments if argument.location == "body"]
        schemas = [inner for argument in members for inner, _ in argument.schemas] or [schema]
        return any(self._wire_names.inside(inner) for inner in schemas)

    def _request_type(self, schema: Schema, plan: OperationPlan, number: int) -> str:
        """Write the type whose keys need renaming: the arguments of the method, or the type of the whole body."""
        whole = [argument for argument in plan.arguments if argument.location == "value"]
        writer = TypeWriter(self._table, self._wire_names.components, self._writers.scope, "request", access="package")
        if whole:
            return writer.text(*whole[0].schemas[min(number, len(whole[0].schemas) - 1)])
        assert plan.params is not None
        return writer.class_name(plan.params)

    def _styles(self, parameters: Iterable[Parameter]) -> list[str]:
        return [
            f"{literal(parameter.wire_name)}: {style}"
            for parameter in parameters
            if (style := self._style(parameter)) is not None
        ]

    def _style(self, parameter: Parameter) -> str | None:
        if parameter.content_type is not None:
            return f"{self._writers.runtime('operation', 'ContentStyle')}({literal(parameter.content_type)})"
        usual = _USUAL_STYLES[parameter.location]
        if (parameter.style, parameter.explode) == usual and not parameter.allow_reserved:
            return None
        return self._style_call(parameter.style, parameter.explode, parameter.allow_reserved)

    def _style_call(self, style: str, explode: bool, allow_reserved: bool) -> str:
        options = f"{literal(style)}, explode={explode}"
        options += ", allow_reserved=True" if allow_reserved else ""
        return f"{self._writers.runtime('operation', 'Style')}({options})"

    def _form_styles(self, media: Media) -> list[str]:
        found = []
        for part in media.encoding:
            if part.style or part.explode is not None or part.allow_reserved:
                style = part.style or "form"
                explode = part.explode if part.explode is not None else style == "form"
                call = self._style_call(style, explode, part.allow_reserved)
                found.append(f"{literal(part.wire_name)}: {call}")
            elif part.content_type == "application/json":
                call = f"{self._writers.runtime('operation', 'ContentStyle')}({literal(part.content_type)})"
                found.append(f"{literal(part.wire_name)}: {call}")
        return found

    def _part_encodings(self, media: Media) -> list[str]:
        return [
            f"{literal(part.wire_name)}: {self._part_encoding(part)}"
            for part in media.encoding
            if part.content_type is not None
        ]

    def _part_encoding(self, part: PartEncoding) -> str:
        assert part.content_type is not None
        content_type = part.content_type.split(",")[0].strip()
        if "*" in content_type:
            content_type = "application/octet-stream"
        name = self._writers.runtime("operation", "PartEncoding")
        return f"{name}(content_type={literal(content_type)})"

    def paging(self, iterator: PlacedIterator, item: str) -> PagingConstant:
        """Write how an iterator walks."""
        return PagingConstant(
            name=identifier(f"{constant_name(iterator.name)}_PAGING"),
            type=code(self._writers.runtime("paging", "Paging"), "[", item, "]"),
            keywords=tuple(
                Keyword(name=identifier(key), value=literal(value)) for key, value in _paging(iterator.settings)
            ),
        )


_USUAL_STYLES = {
    "path": ("simple", False),
    "query": ("form", True),
    "header": ("simple", False),
    "cookie": ("form", True),
}


def _paging(settings: IteratorSettings) -> Iterator[tuple[str, object]]:
    yield "items", settings.items
    for key in ("page", "offset", "cursor", "next_cursor", "next_link", "total"):
        if getattr(settings, key) is not None:
            yield key, getattr(settings, key)
    if settings.page is not None and settings.first_page != 1:
        yield "first_page", settings.first_page


def constant_name(method: str) -> str:
    """Give the name of the operation behind a method."""
    return f"_{method.strip('_').upper()}"


def stream_name(plan: OperationPlan) -> str:
    """Give the name of the streaming form of a method that has a plain form, too."""
    return f"{plan.name}_stream"


def server_url(server: Server) -> str:
    """Fill a server's variables with their defaults."""
    url = server.url
    for variable in server.variables:
        url = url.replace("{" + variable.name + "}", variable.default)
    return url


def concrete(media: Media) -> str:
    """Give a media type that can be sent for one that may be a range."""
    if "*" not in media.content_type:
        return media.content_type
    usual = {"json": "application/json", "text": "text/plain"}
    return usual.get(media.kind, "application/octet-stream")


class _Methods:
    """Writes signatures and calls."""

    def __init__(self, writers: _Writers, table: ClassTable) -> None:
        self._writers = writers
        self._table = table

    def methods(self, plan: OperationPlan) -> Iterator[Method]:
        if plan.answers or not plan.stream:
            result = self._writers.returns(plan.answers)
            yield self._method(plan, plan.name, constant_name(plan.name), "request", result, result)
        if plan.stream:
            name = stream_name(plan) if plan.answers else plan.name
            item = self._writers.answer(plan.stream, "direct")
            stream, async_stream = (
                self._generic("streaming", "Stream", item),
                self._generic("streaming", "AsyncStream", item),
            )
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
            paging=f"{constant_name(iterator.name)}_PAGING",
            leave_out=frozenset(
                name for name in (iterator.settings.page, iterator.settings.offset, iterator.settings.cursor) if name
            ),
        )

    def item_type(self, plan: OperationPlan, iterator: PlacedIterator) -> str:
        """Write the type of the items that an iterator gives."""
        return self._item_type(plan.answers, iterator.settings.items)

    def _item_type(self, answers: Sequence[AnswerPlan], path: str) -> str:
        """Follow the path of the items through the types of the answer."""
        definitions = self._table.definitions
        for answer in answers:
            if answer.schema is None:
                continue
            schema, key = definitions.resolved(answer.schema), answer.key
            for step in [step for step in path.split(".") if step]:
                target = definitions.target(schema)
                while hasattr(schema.shape, "target"):
                    pointer: Pointer = schema.shape.target
                    key = (str(pointer), "response")
                    schema = definitions.resolved(definitions.by_pointer[pointer].schema)
                if not isinstance(target.shape, ObjectShape):
                    break
                member = next((m for m in target.shape.properties if m.wire_name == step), None)
                if member is None:
                    break
                schema, key = definitions.resolved(member.schema), (*key, f".{step}")
            else:
                return self._items_of(schema, key)
        return "object"

    def _items_of(self, schema: Schema, key: Key) -> str:
        writer = self._writers.response("qualified")
        items = getattr(self._table.definitions.resolved(schema).shape, "items", None)
        return writer.text(items, (*key, "[]")) if isinstance(items, Schema) else "object"

    def _method(
        self,
        plan: OperationPlan,
        name: str,
        constant: str,
        call: str,
        returns: str,
        async_returns: str,
        *,
        paging: str | None = None,
        leave_out: frozenset[str] = frozenset(),
    ) -> Method:
        arguments = [a for a in plan.arguments if not (a.location == "query" and a.wire_name in leave_out)]
        writer = self._writers.request(files=any(media.kind == "multipart" for media in plan.bodies))
        positional = [self._argument(a, writer) for a in arguments if a.name == plan.positional]
        keyword = [self._argument(a, writer) for a in arguments if a.name != plan.positional]
        return Method(
            name=identifier(name),
            operation=identifier(constant),
            positional=tuple(positional),
            keyword=(*keyword, *self._content_type(plan), *self._options()),
            returns=Code(returns),
            async_returns=Code(async_returns),
            docstring=self._docstring(plan, arguments),
            groups=tuple(_groups(plan, arguments)),
            values=tuple(_values(plan, arguments)),
            call=identifier(call),
            paging=identifier(paging) if paging else None,
            has_views=call == "request",
        )

    def _argument(self, argument: ArgumentPlan, writer: TypeWriter) -> Argument:
        members = list(argument.members(writer))
        if argument.required:
            return Argument(name=identifier(argument.name), type=Code(writer.union(members)), default=None)
        scope = self._writers.scope
        text = self._with_omit(writer, members)
        return Argument(name=identifier(argument.name), type=Code(text), default=Code(scope.use(core("omit", "omit"))))

    def _with_omit(self, writer: TypeWriter, members: Sequence[str]) -> str:
        none = [member for member in members if member == "None"]
        omit = self._writers.scope.use(core("omit", "Omit"), for_typing=True)
        solid = [member for member in members if member != "None"]
        if "object" in solid:
            return "object"
        return " | ".join([*solid, *none, omit])

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
            yield Argument(name=identifier(option), type=Code(text), default=Code("None"))
        timeout = use(core("types", "Timeout"), for_typing=True)
        omit = use(core("omit", "Omit"), for_typing=True)
        yield Argument(
            name=identifier("timeout"),
            type=Code(f"{use(builtin('float'), for_typing=True)} | {timeout} | None | {omit}"),
            default=Code(use(core("omit", "omit"))),
        )

    def _docstring(self, plan: OperationPlan, arguments: Sequence[ArgumentPlan]) -> Docstring:
        operation = plan.operation
        summary = operation.summary or ""
        described = operation.description or ""
        if described.strip() == summary.strip():
            described = ""
        text = [paragraph for paragraph in (summary, described) if paragraph.strip()]
        if not text:
            text = [f"`{operation.verb} {operation.path}`"]
        if operation.deprecated:
            text.append("Deprecated.")
        described_arguments = [_argument_text(a, self._table) for a in arguments]
        if any(described_arguments):
            text.append("\n".join(["Args:", *(line for line in described_arguments if line)]))
        return docstring(text, 8)


def _argument_text(argument: ArgumentPlan, table: ClassTable) -> str:
    paragraphs = [p for p in argument.paragraphs(table.definitions) if p.strip()]
    if not paragraphs:
        return ""
    prose = " ".join(paragraphs) if not any("\n" in p.strip() for p in paragraphs) else "\n\n".join(paragraphs)
    margin = " " * 8
    text = wrapped(f"{argument.name}: {prose}", LINE_WIDTH - 8 - len(margin))
    first, *rest = text.split("\n")
    return "\n".join([" " * 4 + first, *(margin + line if line else "" for line in rest)])


def _groups(plan: OperationPlan, arguments: Sequence[ArgumentPlan]) -> Iterator[Group]:
    names = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies", "body": "body"}
    for location, name in names.items():
        entries = tuple(
            Entry(key=literal(a.wire_name), value=Code(identifier(a.name))) for a in arguments if a.location == location
        )
        if entries:
            yield Group(name=identifier(name), entries=entries)


def _values(plan: OperationPlan, arguments: Sequence[ArgumentPlan]) -> Iterator[Keyword]:
    for argument in arguments:
        if argument.location == "value":
            yield Keyword(name=identifier("body"), value=Code(identifier(argument.name)))
    if len(plan.bodies) > 1:
        yield Keyword(name=identifier("content_type"), value=Code("content_type"))
    for option in ("extra_headers", "extra_query", "extra_body", "timeout"):
        yield Keyword(name=identifier(option), value=Code(option))
