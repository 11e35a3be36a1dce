"""The methods of a resource: signatures, docstrings and calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ....data.settings import PagingSettings
from ....data.surface import Argument as ArgumentType
from ....data.surface import Call, PageIterator, Pages
from ....data.text import Docstring, Identifier, code, docstring, identifier, literal
from ....data.types import TypeExpr
from ..package import Argument, Entry, Group, Keyword, Method, Overload, RuntimeCall
from .declarations import constant_name, pages_name, paging_name, returned
from .documentation import argument_paragraphs
from .expressions import OMIT, Either, Expression, Name, Subscript, builtin, core, typing, value
from .media import concrete
from .options import METHOD, options_of
from .prose import async_text, method_text, raised_text, returned_text, section_entry
from .scope import Deferred, ModuleScope
from .spell import OBJECT, TypeNames

_OMIT_TYPE = Name(core("omit", "Omit"))
_TRUE, _FALSE = (Subscript(Name(typing("Literal")), (value(each),)) for each in (True, False))
_Written = tuple[ArgumentType, Callable[[], Argument]]
"""An argument, and what gives its text."""


class MethodBuilder:
    """Registers what the methods of one module need; each is written when the names are chosen."""

    def __init__(self, resource: str, scope: ModuleScope, names: TypeNames, *, is_compatible: bool) -> None:
        self._resource = resource
        self._is_compatible = is_compatible
        self._scope = scope
        self._request = names.speller("request", "qualified")
        self._response = names.speller("response")
        self._item = names.speller("response", "qualified")

    def methods(self, call: Call) -> Iterator[Callable[[], Method]]:
        """Write the methods of a call: the plain one, the streaming one, or both."""
        result = returned(call.responses, self._response)
        if call.is_one_method:
            yield self._either(call, result)
            return
        if call.gives_bytes and self._is_compatible:
            yield self._bytes(call)
        elif call.responses or not call.stream:
            pages = self.pages(call.pages) if call.pages else None
            yield self._method(call, call.name, "first" if pages else "request", pages or (result, result))
        if call.stream:
            yield self._method(call, call.stream_name, "stream", self._streams(call))

    def _streams(self, call: Call) -> tuple[Expression, Expression]:
        """Spell what the sync and the async method return that give a stream."""
        assert call.stream is not None
        assert call.stream.type is not None
        return _both("streaming", "Stream", self._response.spell(call.stream.type))

    def _either(self, call: Call, result: Expression) -> Callable[[], Method]:
        """Write a method that gives the response whole or as a stream, with a signature for each value of its flag."""
        assert call.flag is not None
        streams = self._streams(call)
        joined = tuple(Subscript(Name(typing("Union")), (result, stream)) for stream in streams)
        overloads = [
            self._overload(call, (_FALSE, _OMIT_TYPE), OMIT, (result, result)),
            self._overload(call, (_TRUE,), None, streams),
            self._overload(call, (Name(builtin("bool")),), None, (joined[0], joined[1])),
        ]
        method = self._method(call, call.name, "request", (joined[0], joined[1]))
        either, either_async = self._functions("either", "either")
        flag = call.flag.name
        return lambda: replace(
            method(),
            overloads=tuple(overload() for overload in overloads),
            runtime=RuntimeCall(
                either(), either_async(), (code(identifier(constant_name(call.stream_name))), code(identifier(flag)))
            ),
        )

    def _bytes(self, call: Call) -> Callable[[], Method]:
        """Write a method that gives a response of bytes itself, as in SDKs."""
        sync, async_ = (Name(core("compatible_responses", f"{prefix}BinaryAPIResponse")) for prefix in ("", "Async"))
        functions = self._functions("compatible_binary", "binary")
        method = self._method(call, call.name, "request", (sync, async_))
        return lambda: replace(method(), runtime=RuntimeCall(functions[0](), functions[1]()))

    def _functions(self, module: str, name: str) -> tuple[Deferred, Deferred]:
        """Register a function of the runtime, and its async form."""
        sync, async_ = (self._scope.use(Name(core(module, each))) for each in (name, f"{name}_async"))
        return sync, async_

    def _overload(
        self,
        call: Call,
        flag: tuple[Expression, ...],
        default: Expression | None,
        returns: tuple[Expression, Expression],
    ) -> Callable[[], Overload]:
        """Write one signature of a method whose flag has one value."""
        assert call.flag is not None
        sync, async_ = (self._scope.use(expression, for_typing=True) for expression in returns)
        positional, keyword = self._split(call)
        name = call.flag.name
        of_flag = self._registered(name, flag[0] if len(flag) == 1 else Either(flag), default)
        made = [of_flag if each.name == name else argument for each, argument in keyword]
        others = [*self._content_type(call), *self._options(call)]
        return lambda: Overload(
            positional=tuple(argument() for _, argument in positional),
            keyword=tuple(argument() for argument in (*made, *others)),
            returns=sync(),
            async_returns=async_(),
        )

    def _split(self, call: Call) -> tuple[list[_Written], list[_Written]]:
        """Write the arguments that may be passed by position, and the others."""
        written = [(argument, self._argument(argument)) for argument in call.arguments]
        positional = [each for each in written if each[0].name == call.positional]
        return positional, [each for each in written if each[0].name != call.positional]

    def iterator(self, call: Call, iterator: PageIterator) -> Callable[[], Method]:
        """Write the method that goes through the pages of a call."""
        returns = _both("paging", "Paginator", self.item_type(iterator.items))
        return self._method(call, iterator.name, "iterate", returns, iterator.paging)

    def item_type(self, items: TypeExpr) -> Expression:
        """Spell the type of the items of pages."""
        return self._item.spell(items)

    def page_types(self, pages: Pages) -> tuple[Expression, Expression]:
        """Spell the types of a page, in a sync and an async client."""
        if pages.type is None:
            return _both("pages", "ListPage", self.item_type(pages.items), sync="SyncListPage")
        names = (pages.type.name, pages.type.async_name)
        sync, async_ = (self._response.name(pages.type.module, name) for name in names)
        return sync, async_

    def pages(self, pages: Pages) -> tuple[Expression, Expression]:
        """Spell what a method gives that gives pages."""
        sync, async_ = self.page_types(pages)
        return sync, Subscript(Name(core("pages", "AsyncPages")), (self.item_type(pages.items), async_))

    def _method(
        self,
        call: Call,
        name: str,
        client_method: str,
        returns: tuple[Expression, Expression],
        paging: PagingSettings | None = None,
    ) -> Callable[[], Method]:
        sync, async_ = (self._scope.use(expression, for_typing=True) for expression in returns)
        positional, named = self._split(call)
        keyword = [argument for _, argument in named]
        keyword += [*self._content_type(call), *self._options(call)]
        constant = constant_name(call.name if paging else name)
        return lambda: Method(
            name=identifier(name),
            operation=identifier(constant),
            positional=tuple(argument() for _, argument in positional),
            keyword=tuple(argument() for argument in keyword),
            returns=sync(),
            async_returns=async_(),
            docstring=_docstring(call, client_method, paging),
            async_docstring=docstring([async_text(call, name, self._resource, paging)], 8),
            groups=tuple(_groups(call, client_method)),
            values=tuple(_values(call, is_compatible=self._is_compatible)),
            call=identifier(client_method),
            paging=_paging_constant(client_method, name),
            has_wrappers=client_method != "iterate",
        )

    def _argument(self, argument: ArgumentType) -> Callable[[], Argument]:
        spelled = self._request.spell(argument.type)
        if argument.required:
            return self._registered(argument.name, spelled, None)
        members = spelled.members if isinstance(spelled, Either) else (spelled,)
        with_omit = spelled if spelled == OBJECT else Either((*members, _OMIT_TYPE))
        return self._registered(argument.name, with_omit, OMIT)

    def _registered(self, name: str, spelled: Expression, default: Expression | None) -> Callable[[], Argument]:
        text = self._scope.use(spelled, for_typing=True)
        after = self._scope.use(default) if default else None
        return lambda: Argument(name=identifier(name), type=text(), default=after() if after else None)

    def _content_type(self, call: Call) -> Iterator[Callable[[], Argument]]:
        media = [body.media for body in call.bodies]
        if call.takes_content_type:
            values = tuple(dict.fromkeys(value(concrete(each)) for each in media))
            is_open = any("*" in each.content_type and each.kind != "json" for each in media)
            chosen = Name(builtin("str")) if is_open else Subscript(Name(typing("Literal")), values)
            if call.named_types:
                yield self._registered("content_type", Either((chosen, _OMIT_TYPE)), OMIT)
            else:
                yield self._registered("content_type", chosen, values[0])

    def _options(self, call: Call) -> Iterator[Callable[[], Argument]]:
        for option in options_of(call, is_compatible=self._is_compatible):
            yield self._registered(option, *METHOD[option])


def _both(module: str, name: str, item: Expression, sync: str | None = None) -> tuple[Expression, Expression]:
    """Spell what the sync and the async method return; `sync` is the name where it has a prefix, too."""
    names = (sync or name, f"Async{name}")
    first, second = (Subscript(Name(core(module, each)), (item,)) for each in names)
    return first, second


def _paging_constant(client_method: str, name: str) -> Identifier | None:
    names = {"iterate": paging_name, "first": pages_name}
    return identifier(names[client_method](name)) if client_method in names else None


def _docstring(call: Call, client_method: str, paging: PagingSettings | None) -> Docstring:
    text = method_text(call, client_method, paging)
    arguments = sorted(call.arguments, key=lambda argument: argument.name != call.positional)
    described = [section_entry(argument.name, argument_paragraphs(argument)) for argument in arguments]
    text += _section("Args:", described)
    if client_method != "iterate":
        responses = (call.stream,) if client_method == "stream" and call.stream else call.responses
        returned = returned_text(call, responses)
        text += _section("Returns:", [section_entry(status, [about]) for status, about in returned])
        text += _section("Raises:", [section_entry(name, [about]) for name, about in raised_text(call)])
    return docstring(text, 8)


def _section(title: str, entries: Iterable[str]) -> list[str]:
    lines = [entry for entry in entries if entry]
    return ["\n".join([title, *lines])] if lines else []


def _groups(call: Call, client_method: str) -> Iterator[Group]:
    names = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies", "body": "body"}
    for location, name in names.items():
        entries = [
            Entry(key=literal(a.wire_name), value=code(identifier(a.name)))
            for a in call.arguments
            if a.location == location
        ]
        entries += [entry for where, entry in _flag_entries(call, client_method) if where == location]
        if entries:
            yield Group(name=identifier(name), entries=tuple(entries))


def _flag_entries(call: Call, client_method: str) -> Iterator[tuple[str, Entry]]:
    """Write the flag that a method sends itself: a plain one only where the server must have it."""
    flag = call.flag
    if flag is None or call.is_one_method:
        return
    if client_method == "stream" or flag.required:
        yield flag.location, Entry(key=literal(flag.wire_name), value=literal(client_method == "stream"))


def _values(call: Call, *, is_compatible: bool) -> Iterator[Keyword]:
    for argument in call.arguments:
        if argument.location == "value":
            yield Keyword(name=identifier("body"), value=code(identifier(argument.name)))
    if call.takes_content_type:
        yield Keyword(name=identifier("content_type"), value=code("content_type"))
    for option in options_of(call, is_compatible=is_compatible):
        yield Keyword(name=identifier(option), value=code(option))
