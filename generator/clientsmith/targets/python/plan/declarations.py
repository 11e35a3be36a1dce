"""The declarations of operations: what the sync and the async method of one operation share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ....data.api import Media, Parameter, PartEncoding, Schema, Server
from ....data.settings import IteratorSettings
from ....data.text import Code, code, identifier, literal
from ..package import Keyword, OperationConstant, PagingConstant
from .classes import ClassTable
from .operations import AnswerPlan, OperationPlan
from .placement import PlacedIterator
from .types import TypeWriter
from .wire import WireNames
from .writers import ResourceWriters


class Declarations:
    """Writes the declarations of operations."""

    def __init__(self, writers: ResourceWriters, wire_names: WireNames, table: ClassTable) -> None:
        self._writers = writers
        self._wire_names = wire_names
        self._table = table

    def operations(self, plan: OperationPlan) -> Iterator[OperationConstant]:
        if plan.answers or not plan.stream:
            yield self._operation(plan, plan.answers, constant_name(plan.name))
        if plan.stream:
            yield self._operation(plan, (plan.stream,), constant_name(plan.stream_name))

    def _operation(self, plan: OperationPlan, answers: tuple[AnswerPlan, ...], name: str) -> OperationConstant:
        self._writers.runtime("operation", "Operation")
        result = self._writers.returns(answers)
        return OperationConstant(
            name=identifier(name),
            type=code(f"{self._writers.runtime('operation', 'Operation')}[{result}]"),
            verb=literal(plan.operation.verb),
            path=literal(plan.operation.path),
            keywords=tuple(Keyword(name=identifier(key), value=value) for key, value in self._keywords(plan, answers)),
        )

    def _keywords(self, plan: OperationPlan, answers: tuple[AnswerPlan, ...]) -> Iterator[tuple[str, Code]]:
        operation = plan.operation
        bodies = [self._body(media, plan, number) for number, media in enumerate(plan.bodies)]
        if bodies:
            yield "body", bodies[0] if len(bodies) == 1 else code("(", ", ".join(bodies), ")")
        body = operation.request_body
        if body is not None and not body.required and any(a.location == "body" for a in plan.arguments):
            yield "optional_body", literal(True)
        returns = self._returns(answers)
        if returns is not None:
            yield "returns", returns
        if (accept := _accept(answers)) is not None:
            yield "accept", literal(accept)
        if plan.errors:
            entries = [f"{literal(e.status)}: {self._answer(e)}" for e in plan.errors]
            yield "errors", code("{", ", ".join(entries), "}")
        for location in ("path", "query", "header"):
            styles = self._styles(p for p in operation.parameters if p.location == location)
            if styles:
                yield f"{location}_styles", code("{", ", ".join(styles), "}")
        cookies = [p for p in operation.parameters if p.location == "cookie"]
        if cookies:
            name, styles = self._writers.runtime("cookies", "Cookies"), self._styles(cookies)
            yield "cookies", code(name, "({", ", ".join(styles), "})") if styles else code(name, "()")
        if self._renames_parameters(plan):
            yield "parameters", self._renamed(self._params_type(plan))
        if operation.security is not None:
            yield "security", literal(operation.security)
        if operation.servers:
            yield "server", literal(server_url(operation.servers[0]))
        if operation.deprecated:
            yield "notice", code(self._writers.runtime("deprecation", "warn_of_deprecation"))

    def _returns(self, answers: tuple[AnswerPlan, ...]) -> Code | None:
        if all(answer.kind is None for answer in answers):
            return None
        if len(answers) == 1:
            return self._answer(answers[0])
        entries = [f"{literal(a.status)}: {self._answer(a) if a.kind is not None else 'None'}" for a in answers]
        return code("{", ", ".join(entries), "}")

    def _answer(self, answer: AnswerPlan) -> Code:
        names = {
            "json": ("media", "JSON"), "text": ("media", "Text"), "binary": ("media", "Bytes"),
            "event-stream": ("events", "EventStream"), "json-lines": ("json_lines", "JSONLines"),
            "form": ("media", "Text"), "multipart": ("media", "Bytes"),
        }  # fmt: skip
        assert answer.kind is not None
        name = self._writers.runtime(*names[answer.kind])
        if answer.kind not in ("json", "event-stream", "json-lines"):
            return code(name, "()")
        return code(name, "(lambda: ", self._writers.answer(answer, "package"), ")")

    def _body(self, media: Media, plan: OperationPlan, number: int) -> Code:
        kinds = {
            "json": ("bodies", "JSONBody", "application/json"),
            "json-lines": ("json_lines", "JSONLinesBody", "application/json"),
            "event-stream": ("uploads", "TextBody", "text/plain"),
            "form": ("forms", "FormBody", "application/x-www-form-urlencoded"),
            "multipart": ("multipart", "MultipartBody", "multipart/form-data"),
            "binary": ("uploads", "BinaryBody", "application/octet-stream"),
            "text": ("uploads", "TextBody", "text/plain"),
        }
        module, kind, usual = kinds[media.kind]
        options = []
        content_type = concrete(media)
        if content_type != usual:
            options.append(f"media_type={literal(content_type)}")
        keyed = media.schema if media.kind in ("json", "json-lines", "form", "multipart") else None
        if keyed is not None and self._renames(keyed, plan):
            options.append(f"params={self._renamed(self._request_type(keyed, plan, number))}")
        if media.kind == "form" and (styles := self._form_styles(media)):
            options.append(f"styles={{{', '.join(styles)}}}")
        if media.kind == "multipart" and (parts := self._part_encodings(media)):
            options.append(f"encoding={{{', '.join(parts)}}}")
        return code(self._writers.runtime(module, kind), "(", ", ".join(options), ")")

    def _renamed(self, params_type: str) -> Code:
        return code(self._writers.runtime("renaming", "Renamed"), "(lambda: ", params_type, ")")

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
        return self._params_type(plan)

    def _renames_parameters(self, plan: OperationPlan) -> bool:
        """Tell whether a parameter outside the body is an object with keys that need renaming."""
        outside = [a for a in plan.arguments if a.location not in ("body", "value")]
        return any(self._wire_names.inside(schema) for argument in outside for schema, _ in argument.schemas)

    def _params_type(self, plan: OperationPlan) -> str:
        assert plan.params is not None
        writer = TypeWriter(self._table, self._wire_names.components, self._writers.scope, "request", access="package")
        return writer.class_name(plan.params)

    def _styles(self, parameters: Iterable[Parameter]) -> list[str]:
        return [
            f"{literal(parameter.wire_name)}: {style}"
            for parameter in parameters
            if (style := self._style(parameter)) is not None
        ]

    def _style(self, parameter: Parameter) -> str | None:
        if parameter.content_type is not None:
            return f"{self._writers.runtime('styles', 'ContentStyle')}({literal(parameter.content_type)})"
        usual = _USUAL_STYLES[parameter.location]
        if (parameter.style, parameter.explode) == usual and not parameter.allow_reserved:
            return None
        return self._style_call(parameter.style, parameter.explode, parameter.allow_reserved)

    def _style_call(self, style: str, explode: bool, allow_reserved: bool) -> str:
        options = [literal(style)]
        if explode != (style == "form") and style != "deepObject":
            options.append(code(f"explode={explode}"))
        if allow_reserved:
            options.append(code("allow_reserved=True"))
        return f"{self._writers.runtime('styles', 'Style')}({', '.join(options)})"

    def _form_styles(self, media: Media) -> list[str]:
        found = []
        for part in media.encoding:
            if part.style or part.explode is not None or part.allow_reserved:
                style = part.style or "form"
                explode = part.explode if part.explode is not None else style == "form"
                call = self._style_call(style, explode, part.allow_reserved)
                found.append(f"{literal(part.wire_name)}: {call}")
            elif part.content_type == "application/json":
                call = f"{self._writers.runtime('styles', 'ContentStyle')}({literal(part.content_type)})"
                found.append(f"{literal(part.wire_name)}: {call}")
        return found

    def _part_encodings(self, media: Media) -> list[str]:
        return [
            f"{literal(part.wire_name)}: {self._part_encoding(part)}"
            for part in media.encoding
            if part.content_type is not None
        ]

    def _part_encoding(self, part: PartEncoding) -> str:
        name = self._writers.runtime("multipart", "PartEncoding")
        return f"{name}(content_type={literal(part.content_type)})"

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


_USUAL_TYPES = {
    "json": ("application/json",),
    "text": ("text/plain",),
    "binary": ("application/octet-stream",),
    "event-stream": ("text/event-stream",),
    "json-lines": ("application/x-ndjson", "application/jsonl"),
}
"""What the runtime asks for on its own."""


def _accept(answers: Iterable[AnswerPlan]) -> str | None:
    """Name the media types to ask for, where one is not what the runtime asks for on its own."""
    declared = [(answer.kind, answer.content_type) for answer in answers if answer.kind and answer.content_type]
    if all(name in _USUAL_TYPES.get(kind, ()) or "*" in name for kind, name in declared):
        return None
    return ", ".join(dict.fromkeys("*/*" if "*" in name else name for _, name in declared))


def constant_name(method: str) -> str:
    """Give the name of the operation behind a method."""
    return f"_{method.strip('_').upper()}"


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
