"""Signatures: the names of the arguments of a method, and how they are passed."""

from __future__ import annotations

from ...data.document import Pointer
from ...data.settings import PAGING_NAMES, PagingSettings
from ...data.surface import Argument, PagingLocation
from .collector import Collector, Finding
from .matching import pair_up
from .sides import Sides

Pairs = list[tuple[Argument, Argument]]


def way_of(paging: PagingSettings, sent_in: PagingLocation) -> tuple[object, ...]:
    """Give what a walk through pages needs, without names of ours."""
    named = (getattr(paging, key) for key in PAGING_NAMES)
    return (sent_in, paging.items, paging.first_page, paging.first_offset, paging.stop_status, *named)


def compare_signatures(sides: Sides, found: Collector) -> None:
    """Compare what code sees of a method beside its types."""
    _Signatures(sides, found).run()


class _Signatures:
    def __init__(self, sides: Sides, found: Collector) -> None:
        self._sides = sides
        self._found = found
        self._operations = sides.old, sides.new
        self._before, self._after = sides.before.call, sides.after.call

    def run(self) -> None:
        self._deprecation()
        self._member()
        pairs = self._pairs()
        self._names(pairs)
        self._positional(pairs)
        self._body()
        self._stream()
        self._pages()

    def _report(
        self,
        kind: str,
        message: str,
        argument: str = "",
        places: tuple[Pointer, Pointer] | None = None,
        place: str = "",
    ) -> None:
        old, new = places or (self._sides.old.pointer, self._sides.new.pointer)
        self._found.add(
            Finding(
                kind=kind,
                place=place or f"{self._sides.name}({argument})",
                message=message,
                old=old,
                new=new,
                owner=self._sides.owner,
                detail=argument,
            )
        )

    def _deprecation(self) -> None:
        """Compare whether the document or the settings deprecate the method."""
        before, after = self._before.is_deprecated, self._after.is_deprecated
        place = f"{self._sides.name}()"
        if before != after:
            kind = "method-deprecated" if after else "method-undeprecated"
            self._report(kind, "is deprecated" if after else "is not deprecated any more", place=place)
        elif self._before.deprecated != self._after.deprecated:
            self._report("text-changed", "the reason of the deprecation changed", place=place)

    def _member(self) -> None:
        """Compare whether the method gives a member of the response instead of all of it."""
        olds, news = ({r.status: r.unwraps for r in call.responses} for call in (self._before, self._after))
        changed = {(olds[status], news[status]) for status in olds if status in news} - {(None, None)}
        for before, after in sorted(changed, key=str):
            if before != after:
                was, now = (
                    f"the member '{name}' of the response" if name else "the whole response" for name in (before, after)
                )
                self._report("response-type-changed", f"gives {now}, not {was}", place=f"{self._sides.name}()")

    def _pages(self) -> None:
        """Compare whether the method gives pages, and how each finds the next one."""
        before, after = self._before.pages, self._after.pages
        place = f"{self._sides.name}()"
        if before is not None and after is not None:
            if way_of(before.paging, before.sent_in) != way_of(after.paging, after.sent_in):
                self._report("pages-changed", "finds the next page in another way", place=place)
        elif before is not None:
            self._report("pages-removed", "gives no pages any more", place=place)
        elif after is not None:
            kind = "pages-added" if after.type is not None else "list-pages-added"
            self._report(kind, "gives a page", place=place)

    def _pairs(self) -> Pairs:
        """Find the arguments that are the same ones: by place and wire name, by order in the path, by wire name."""
        olds, news = list(self._before.arguments), list(self._after.arguments)
        pairs = pair_up(olds, news, _key)
        paths = [[p.wire_name for p in operation.parameters if p.location == "path"] for operation in self._operations]
        if len(paths[0]) == len(paths[1]):
            order = {id(a): paths[0].index(a.wire_name) for a in olds if a.location == "path"}
            order |= {id(a): paths[1].index(a.wire_name) for a in news if a.location == "path"}
            pairs += pair_up(olds, news, lambda argument: order.get(id(argument)))
        return pairs + pair_up(olds, news, lambda argument: None if _is_body(argument) else argument.wire_name)

    def _names(self, pairs: Pairs) -> None:
        for old, new in pairs:
            if old.name != new.name:
                places = self._place(0, old), self._place(1, new)
                self._report("argument-renamed", f"is called {new.name} now", old.name, places)

    def _place(self, side: int, argument: Argument) -> Pointer:
        """Find a parameter in its document."""
        operation = self._operations[side]
        wanted = argument.location, argument.wire_name
        found = (p.pointer for p in operation.parameters if (p.location, p.wire_name) == wanted)
        return next(found, operation.pointer)

    def _positional(self, pairs: Pairs) -> None:
        old, new = self._before.positional, self._after.positional
        if old != new and not any((one.name, other.name) == (old, new) for one, other in pairs):
            message = f"{new or 'nothing'} may be passed by position, not {old or 'nothing'}"
            self._report("positional-argument-changed", message)

    def _body(self) -> None:
        """Compare whether the body is one argument."""
        old, new = self._sides.old.request_body, self._sides.new.request_body
        if old is None or new is None:
            return
        before, after = ({a.location for a in call.arguments if _is_body(a)} for call in (self._before, self._after))
        if before and after and before != after:
            whole, members = "the body is one argument now", "the members of the body are arguments now"
            message = whole if "value" in after else members
            self._report("body-arguments-changed", message, "body", (old.pointer, new.pointer))

    def _stream(self) -> None:
        old, new = self._before, self._after
        if old.responses and new.stream is not None and not new.responses:
            message = "gives a stream now, instead of the whole response"
            self._report("response-type-changed", message, place=f"{self._sides.name}()")
            if old.stream is None:
                return
        if old.stream is None and new.stream is None:
            return
        if new.stream is None:
            self._report("stream-method-removed", "gives no stream any more")
        elif old.stream is None:
            self._report("stream-method-added", "gives a stream, too")
        elif old.stream_method != new.stream_method and old.name == new.name:
            place = f"{'.'.join((*self._sides.before.resource.path, old.stream_method))}()"
            self._report("stream-method-renamed", f"is called {new.stream_method}() now", place=place)


def _key(argument: Argument) -> tuple[str, str]:
    """Give what identifies an argument; capitals do not count in names of headers."""
    name = argument.wire_name
    return argument.location, name.lower() if argument.location == "header" else name


def _is_body(argument: Argument) -> bool:
    return argument.location in ("body", "value")
