"""The declarations of operations: what the sync and the async method of one operation share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from ....data.api import Media, MediaKind, Parameter, PartEncoding, StyleName
from ....data.client import Client
from ....data.media import is_bytes
from ....data.places import steps_of
from ....data.settings import PAGING_NAMES, PAGING_PARAMETERS, PAGING_PLACES, PagingSettings
from ....data.styles import explodes, usual_style
from ....data.surface import Body, Call, PageIterator, Pages, PagingLocation, Response
from ....data.text import identifier, literal
from ....data.types import TypeExpr
from ..package import Keyword, OperationConstant, PagingConstant
from .events import event_stream
from .expressions import NONE, Entries, Expression, Items, Lambda, Name, Subscript, core, value
from .expressions import Call as CallExpression
from .media import MEDIA, asked_for, concrete
from .schemes import requirements
from .scope import ModuleScope
from .spell import Speller, TypeNames
from .wire import WireNames

_OPERATION = Name(core("operation", "Operation"))
_PAGING = Name(core("paging", "Paging"))
_PAGES = Name(core("pages", "Pages"))
_COOKIES = Name(core("cookies", "Cookies"))
_BY_FILE_NAME = Name(core("file_names", "ByFileName"))
_BY_CONTENT_TYPE = Name(core("ranges", "ByContentType"))
_Keywords = Iterable[tuple[str, Expression]]


class Declarations:
    """Registers what the declarations of one module need; each is written when the names are chosen."""

    def __init__(self, scope: ModuleScope, names: TypeNames, wire_names: WireNames, client: Client) -> None:
        self._scope = scope
        self._client = client
        self._wire_names = wire_names
        self._direct = names.speller("response")
        self._response = names.speller("response", "package")
        self._request = names.speller("request", "package")

    def operations(self, call: Call) -> Iterator[Callable[[], OperationConstant]]:
        """Declare the operation of a call: once for each method that it has."""
        if call.responses or not call.stream:
            yield self._operation(call, call.responses, constant_name(call.name))
        if call.stream:
            yield self._operation(call, (call.stream,), constant_name(call.stream_name))

    def _operation(self, call: Call, responses: tuple[Response, ...], name: str) -> Callable[[], OperationConstant]:
        # The constant is made at run time; its type is for type checkers.
        self._scope.use(_OPERATION)
        annotation = self._scope.use(Subscript(_OPERATION, (returned(responses, self._direct),)), for_typing=True)
        keywords = self._registered(self._keywords(call, responses))
        return lambda: OperationConstant(
            name=identifier(name),
            type=annotation(),
            verb=literal(call.operation.verb),
            path=literal(call.operation.path),
            keywords=keywords(),
        )

    def _registered(self, keywords: _Keywords) -> Callable[[], tuple[Keyword, ...]]:
        registered = [(identifier(name), self._scope.use(expression)) for name, expression in keywords]
        return lambda: tuple(Keyword(name=name, value=text()) for name, text in registered)

    def _keywords(self, call: Call, responses: tuple[Response, ...]) -> Iterator[tuple[str, Expression]]:
        yield from self._body_keywords(call)
        yield from self._response_keywords(call, responses)
        yield from self._parameter_keywords(call)
        operation = call.operation
        if operation.security is not None:
            yield "security", value(requirements(operation.security))
        if operation.servers:
            yield "server", value(operation.servers[0].url)
        if call.deprecated:
            yield "notice", CallExpression(Name(core("deprecation", "Notice")), (value(call.deprecated),))
        elif operation.deprecated:
            yield "notice", Name(core("deprecation", "warn_of_deprecation"))

    def _body_keywords(self, call: Call) -> Iterator[tuple[str, Expression]]:
        bodies = tuple(self._body(body, call) for body in call.bodies)
        if bodies:
            yield "body", bodies[0] if len(bodies) == 1 else Items(bodies)
        body = call.operation.request_body
        if body is not None and not body.required and any(a.location == "body" for a in call.arguments):
            yield "optional_body", value(True)

    def _response_keywords(self, call: Call, responses: tuple[Response, ...]) -> Iterator[tuple[str, Expression]]:
        if any(response.kind is not None for response in responses):
            yield "returns", self._returns(responses, call)
        if (accept := _accept(responses)) is not None:
            yield "accept", value(accept)
        if call.errors:
            yield "errors", Entries(tuple((error.status, self._read(error, call)) for error in call.errors))

    def _parameter_keywords(self, call: Call) -> Iterator[tuple[str, Expression]]:
        parameters = call.operation.parameters
        in_path = [argument for argument in call.arguments if argument.location == "path"]
        renamed = tuple((each.wire_name, value(each.name)) for each in in_path if each.name != each.wire_name)
        if renamed:
            yield "path_arguments", Entries(renamed)
        for location in ("path", "query", "header"):
            if styles := tuple(_styles(self._declared(p for p in parameters if p.location == location))):
                yield f"{location}_styles", Entries(styles)
        if cookies := [p for p in parameters if p.location == "cookie"]:
            styles = tuple(_styles(cookies))
            yield "cookies", CallExpression(_COOKIES, (Entries(styles),) if styles else ())
        if self._renames_parameters(call):
            yield "parameters", _renamed(self._params(call))

    def _declared(self, parameters: Iterable[Parameter]) -> Iterator[Parameter]:
        """Leave out the parameters that the client writes in one style, whatever the document states."""
        is_one_style = self._client.query_arrays != "document"
        for parameter in parameters:
            is_free = parameter.content_type is None and not (parameter.allow_reserved or parameter.separators)
            if not (is_one_style and is_free and parameter.location == "query"):
                yield parameter

    # --- responses ---------------------------------------------------------------------------------------------------

    def _returns(self, responses: Sequence[Response], call: Call) -> Expression:
        by_status: dict[str, list[Response]] = {}
        for response in responses:
            by_status.setdefault(response.status, []).append(response)
        read = tuple((status, self._read_any(found, call)) for status, found in by_status.items())
        return read[0][1] if len(read) == 1 else Entries(read)

    def _read_any(self, responses: Sequence[Response], call: Call) -> Expression:
        """Read one status: by its Content-Type, where it has several media types."""
        if len(responses) == 1:
            return self._read(responses[0], call)
        named = tuple((_compared(each.content_type), self._read(each, call)) for each in responses)
        return CallExpression(_BY_CONTENT_TYPE, (Entries(named),))

    def _read(self, response: Response, call: Call) -> Expression:
        if response.kind is None:
            return NONE
        media = MEDIA[response.kind]
        reader = Name(media.range_response if _may_be_text(response) and media.range_response else media.response)
        if call.gives_bytes and is_bytes(response.kind) and self._client.compatibility is not None:
            return CallExpression(Name(core("compatible_binary", "Binary")))
        if not media.is_typed or response.type is None:
            return CallExpression(reader)
        if response.kind == "event-stream":
            is_flagged = call.flag is not None and self._client.compatibility is not None
            return event_stream(self._client, Lambda(self._response.spell(response.type)), is_flagged=is_flagged)
        if response.unwraps is not None:
            member = Name(core("unwrapping", "MemberOf"))
            return CallExpression(member, (value(response.unwraps), Lambda(self._response.spell(response.type))))
        return CallExpression(reader, (Lambda(self._response.spell(response.type)),))

    # --- bodies ------------------------------------------------------------------------------------------------------

    def _body(self, body: Body, call: Call) -> Expression:
        media = MEDIA[body.media.kind]
        options: list[tuple[str, Expression]] = []
        content_type = concrete(body.media)
        if content_type != media.usual_body:
            options.append(("media_type", value(content_type)))
        if media.has_keys and self._renames(body.type, call):
            spelled = self._request.spell(body.type) if body.type is not None else self._params(call)
            options.append(("params", _renamed(spelled)))
        if body.media.kind == "form" and (styles := tuple(_form_styles(body.media))):
            options.append(("styles", Entries(styles)))
        if body.media.kind == "multipart" and (parts := tuple(_part_encodings(body.media))):
            options.append(("encoding", Entries(parts)))
        if body.media.kind == "parts":
            options += _part_places(body.media)
        has_brackets = body.media.kind == "multipart" and self._client.form_objects == "brackets"
        kind = core("bracket_parts", "BracketBody") if has_brackets else media.body
        made = CallExpression(Name(kind), (), tuple(options))
        if call.named_types and body is call.bodies[0]:
            return CallExpression(_BY_FILE_NAME, (made, value(", ".join(call.named_types))))
        return made

    def _renames(self, body: TypeExpr | None, call: Call) -> bool:
        """Report whether keys need renaming; the method itself writes those of the first level by their wire names."""
        if body is not None:
            return self._wire_names.inside(body)
        return any(self._wire_names.inside(a.type) for a in call.arguments if a.location == "body")

    def _renames_parameters(self, call: Call) -> bool:
        """Report whether a parameter outside the body is an object with keys that need renaming."""
        outside = [argument for argument in call.arguments if argument.location not in ("body", "value")]
        return any(self._wire_names.inside(argument.type) for argument in outside)

    def _params(self, call: Call) -> Expression:
        assert call.params is not None
        return self._request.name(call.params.module, call.params.name)

    # --- paging ------------------------------------------------------------------------------------------------------

    def paging(self, iterator: PageIterator, item: Expression) -> Callable[[], PagingConstant]:
        """Declare how an iterator walks."""
        made = _paging(iterator.paging, iterator.sent_in)
        return self._constant(paging_name(iterator.name), Subscript(_PAGING, (item,)), made)

    def pages(self, call: Call, types: PageTypes) -> Callable[[], PagingConstant]:
        """Declare how a page of a call finds the next one, and its types."""
        assert call.pages is not None
        given = [_paging(call.pages.paging, call.pages.sent_in)]
        if (page := call.pages.type) is not None:
            named = (self._response.name(page.module, name) for name in (page.name, page.async_name))
            given += [Lambda(each) for each in named]
        annotation = Subscript(_PAGES, (types.item_type(call.pages.items), *types.page_types(call.pages)))
        return self._constant(pages_name(call.name), annotation, CallExpression(_PAGES, tuple(given)))

    def _constant(self, name: str, annotation: Expression, made: Expression) -> Callable[[], PagingConstant]:
        type_, text = self._scope.use(annotation, for_typing=True), self._scope.use(made)
        return lambda: PagingConstant(name=identifier(name), type=type_(), value=text())


class PageTypes(Protocol):
    """What spells the types of pages."""

    def item_type(self, items: TypeExpr) -> Expression:
        """Spell the type of an item."""
        ...

    def page_types(self, pages: Pages) -> tuple[Expression, Expression]:
        """Spell the sync and the async type of a page."""
        ...


def _renamed(params: Expression) -> Expression:
    """Name the type whose keys are renamed: it is looked up once there is a value."""
    return CallExpression(Name(core("renaming", "Renamed")), (Lambda(params),))


def returned(responses: Iterable[Response], speller: Speller) -> Expression:
    """Spell what a method returns."""
    return speller.union([NONE if r.type is None else speller.spell(r.type) for r in responses] or [NONE])


# --- styles ----------------------------------------------------------------------------------------------------------


def _styles(parameters: Iterable[Parameter]) -> Iterator[tuple[str, Expression]]:
    for parameter in parameters:
        if parameter.content_type is not None:
            yield parameter.wire_name, _serialised(parameter, parameter.content_type)
        elif parameter.separators:
            yield parameter.wire_name, _separated(parameter.separators)
        elif parameter.allow_reserved or (parameter.style, parameter.explode) != usual_style(parameter.location):
            yield parameter.wire_name, _style(parameter.style, parameter.explode, parameter.allow_reserved)


def _serialised(parameter: Parameter, content_type: str) -> Expression:
    if parameter.is_whole or parameter.is_each:
        writer = core("query_strings", "QueryString" if parameter.is_whole else "EachItem")
        return CallExpression(Name(writer), (value(content_type),))
    return _content_style(content_type)


def _separated(separators: tuple[str, ...]) -> Expression:
    return CallExpression(Name(core("styles", "Separated")), tuple(map(value, separators)))


def _content_style(content_type: str) -> Expression:
    return CallExpression(Name(core("styles", "ContentStyle")), (value(content_type),))


def _style(style: StyleName, explode: bool, allow_reserved: bool) -> Expression:
    options: list[tuple[str, Expression]] = []
    if explode != explodes(style) and style != "deepObject":
        options.append(("explode", value(explode)))
    if allow_reserved:
        options.append(("allow_reserved", value(True)))
    return CallExpression(Name(core("styles", "Style")), (value(style),), tuple(options))


def _form_styles(media: Media) -> Iterator[tuple[str, Expression]]:
    for part in media.encoding:
        if _has_style(part):
            yield part.wire_name, _part_style(part)
        elif part.content_type == "application/json":
            yield part.wire_name, _content_style(part.content_type)


def _part_encodings(media: Media) -> Iterator[tuple[str, Expression]]:
    return (
        (part.wire_name, _part_encoding(part))
        for part in media.encoding
        if part.content_type is not None or part.base64 or _has_style(part)
    )


def _has_style(part: PartEncoding) -> bool:
    return part.style is not None or part.explode is not None or part.allow_reserved or bool(part.separators)


def _part_style(part: PartEncoding) -> Expression:
    if part.separators:
        return _separated(part.separators)
    style = part.style or "form"
    explode = part.explode if part.explode is not None else explodes(style)
    return _style(style, explode, part.allow_reserved)


def _part_places(media: Media) -> Iterator[tuple[str, Expression]]:
    if media.prefix_encoding:
        yield "prefix", value(tuple(part.content_type for part in media.prefix_encoding))
    if media.item_encoding is not None and media.item_encoding.content_type is not None:
        yield "items", value(media.item_encoding.content_type)


def _part_encoding(part: PartEncoding) -> Expression:
    keywords: list[tuple[str, Expression]] = []
    if part.content_type is not None:
        keywords.append(("content_type", value(part.content_type)))
    if part.base64:
        keywords.append(("base64", value(True)))
    if _has_style(part):
        keywords.append(("style", _part_style(part)))
    return CallExpression(Name(core("multipart", "PartEncoding")), (), tuple(keywords))


# --- values ----------------------------------------------------------------------------------------------------------


def _paging(settings: PagingSettings, sent_in: PagingLocation) -> Expression:
    given: list[tuple[str, object]] = [("items", place_value(settings.items))]
    for key in (*PAGING_NAMES, "stop_status"):
        if (named := getattr(settings, key)) is not None:
            is_path = key in PAGING_PLACES or (key in PAGING_PARAMETERS and sent_in == "body")
            given.append((key, place_value(named) if is_path else named))
    if settings.page is not None and settings.first_page != 1:
        given.append(("first_page", settings.first_page))
    if settings.offset is not None and settings.first_offset != 0:
        given.append(("first_offset", settings.first_offset))
    if sent_in != "query":
        given.append(("sent_in", sent_in))
    return CallExpression(_PAGING, (), tuple((key, value(each)) for key, each in given))


def place_value(path: str) -> str | tuple[str, ...]:
    """Give a path as the runtime takes it: as its names, where one has a dot itself."""
    return tuple(steps_of(path)) if "\\." in path else path


def _accept(responses: Iterable[Response]) -> str | None:
    """Name the media types to ask for, where one is not what the runtime requests on its own."""
    declared: list[tuple[MediaKind, str]] = []
    others: list[str] = []
    statuses: set[str] = set()
    for response in responses:
        if response.kind and response.content_type and response.status in statuses:
            others.append(f"{response.content_type};q=0.9")
        elif response.kind and response.content_type:
            declared.append((response.kind, response.content_type))
            statuses.add(response.status)
    if not others and all(name in (*MEDIA[kind].usual_responses, "*/*") for kind, name in declared):
        return None
    return ", ".join(dict.fromkeys([*(asked_for(kind, name) for kind, name in declared), *others]))


def _may_be_text(response: Response) -> bool:
    """Report whether what is declared like JSON need not be JSON."""
    return "*" in (response.content_type or "") or "json" not in (response.content_type or "").lower()


def _compared(content_type: str | None) -> str:
    """Give what a Content-Type is compared with."""
    return ";".join(part.strip() for part in (content_type or "").lower().split(";"))


def constant_name(method: str) -> str:
    """Give the name of the operation behind a method."""
    return f"_{method.strip('_').upper()}"


def pages_name(method: str) -> str:
    """Give the name of the declaration of the pages of a method."""
    return f"{constant_name(method)}_PAGES"


def paging_name(iterator: str) -> str:
    """Give the name of the declaration of an iterator."""
    return f"{constant_name(iterator)}_PAGING"
