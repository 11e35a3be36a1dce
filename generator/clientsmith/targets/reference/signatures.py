"""How methods are spelled on pages: `realtime_kit.meetings.get(str app_id, MeetingGetParams **kwargs) -> Response`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...data.media import is_stream
from ...data.surface import Call, PageIterator, Pages, Resource, Response, Surface
from .spelling import NONE, Piece, Pieces, Speller


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The parts of a method's signature."""

    path: str
    """With the name of the method."""
    positional: tuple[Pieces, str] | None
    """The type and name of the argument that may be passed by position."""
    params: str | None
    """The name of the type of all arguments that are passed by name."""
    returns: Pieces | None
    """None where the method gives nothing."""

    @property
    def name(self) -> str:
        """The name of the method."""
        return self.path.rpartition(".")[2]

    def text(self) -> str:
        """Write it on one line."""
        return f"{self.path}({', '.join(self._arguments())}){self._returned()}"

    def _arguments(self) -> Iterator[str]:
        if self.positional:
            pieces, name = self.positional
            yield f"{''.join(piece.text for piece in pieces)} {name}"
        if self.params:
            yield f"{self.params} **kwargs"

    def _returned(self) -> str:
        return f" -> {''.join(piece.text for piece in self.returns)}" if self.returns else ""


class Signatures:
    """Spells the methods of a surface."""

    def __init__(self, requests: Speller, responses: Speller, surface: Surface) -> None:
        self._requests = requests
        self._responses = responses
        self._gives_responses = surface.client.compatibility is not None

    def call(self, resource: Resource, call: Call) -> Signature:
        """Spell a method that returns a response, or a stream where there is nothing else."""
        if not call.responses and call.stream:
            return self.stream(resource, call)
        returns = self.returned(call)
        return self._signature(resource, call, call.name, None if returns == NONE else returns)

    def returned(self, call: Call) -> Pieces:
        """Spell what a method returns; the name of a page leads to the response that it is."""
        if call.pages is not None:
            return self._page(call.pages)
        if self._gives_responses and call.gives_bytes:
            return (Piece("BinaryAPIResponse"),)
        return self._responses.union(map(self._responses.response, call.responses))

    def _page(self, pages: Pages) -> Pieces:
        if pages.type is None:
            return (Piece("SyncListPage["), *self._responses.spell(pages.items), Piece("]"))
        return (Piece(pages.type.name, pages.type.response.id),)

    def stream(self, resource: Resource, call: Call) -> Signature:
        """Spell the method that gives the parts of a response one by one."""
        returns = self.given(call.stream) if call.stream else NONE
        return self._signature(resource, call, call.stream_method, returns)

    def given(self, response: Response) -> Pieces:
        """Spell what a method gives for one response; a stream is iterated over."""
        spelled = self._responses.response(response)
        return (Piece("Iterator["), *spelled, Piece("]")) if is_stream(response.kind) else spelled

    def pages(self, resource: Resource, call: Call, iterator: PageIterator) -> Signature:
        """Spell the method that gives the items of all pages."""
        item = self._responses.spell(iterator.items)
        return self._signature(resource, call, iterator.name, (Piece("Iterator["), *item, Piece("]")))

    def _signature(self, resource: Resource, call: Call, name: str, returns: Pieces | None) -> Signature:
        positional = next((a for a in call.arguments if a.name == call.positional), None)
        return Signature(
            path=".".join((*resource.path, name)),
            positional=(self._requests.argument(positional), positional.name) if positional else None,
            params=call.params.name if call.params else None,
            returns=returns,
        )


def signatures_of(signatures: Signatures, resource: Resource, call: Call) -> Iterator[Signature]:
    """Give the signature of a method, and those of its other forms: over all pages, as a stream."""
    yield signatures.call(resource, call)
    for iterator in resource.iterators:
        if iterator.call == call.name:
            yield signatures.pages(resource, call, iterator)
    if call.stream and call.responses:
        yield signatures.stream(resource, call)


def other_forms(resource: Resource, call: Call) -> Iterator[str]:
    """Name the other methods of a call: over all pages, as a stream. One method that gives either has no other form."""
    yield from (iterator.name for iterator in resource.iterators if iterator.call == call.name)
    if call.stream and call.responses and not call.is_one_method:
        yield call.stream_method


def form_place(name: str) -> str:
    """Give the anchor of another form of a method, on the page of that."""
    return f"also.{name}"
