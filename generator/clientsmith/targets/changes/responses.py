"""Two versions of what an operation responds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...data.api import Media, Response
from ...data.surface import Call
from ...data.types import TypeExpr
from .matching import pair_up
from .media import match_media, typed
from .places import At
from .sides import PartComparison


class ResponseComparison(PartComparison):
    """Compares the responses of an operation."""

    def run(self) -> None:
        """Compare the responses of all statuses."""
        olds = {response.status: response for response in self.old.responses}
        news = {response.status: response for response in self.new.responses}
        for status, response in olds.items():
            if status in news:
                self._response(response, news[status])
        removed = [response for status, response in olds.items() if status not in news]
        added = [response for status, response in news.items() if status not in olds]
        pairs = pair_up(
            self._successes(removed, self.old.responses),
            self._successes(added, self.new.responses),
            lambda response: "success",
        )
        self._statuses(removed, added, pairs)
        for before, after in pairs:
            self._content(before, after, f"{self.sides.name}()", success=True)
        replaced = {id(response) for pair in pairs for response in pair}
        for response in removed:
            if id(response) not in replaced:
                self._gone_types(response.content)
        self._further_types([response for response in added if id(response) not in replaced])

    def _statuses(self, removed: list[Response], added: list[Response], pairs: list[tuple[Response, Response]]) -> None:
        """Report statuses that come and go; `200` and `2XX` have what the other one has."""
        ranges = [(old, new) for old, new in pairs if "2XX" in (old.status, new.status)]
        known = {id(response) for pair in ranges for response in pair}
        for old, new in ranges:
            message = f"status {new.status} takes the place of {old.status}"
            self.report("response-status-added", message, old.pointer, new.pointer, detail=new.status)
        for kind, message, some, of in (
            ("removed", "is gone", removed, self.old.responses),
            ("added", "is new", added, self.new.responses),
        ):
            successes = {id(response) for response in self._successes(some, of)}
            for response in (one for one in some if id(one) not in known):
                noun = "response" if id(response) in successes else "error"
                places = self.old.pointer, self.new.pointer
                places = (response.pointer, places[1]) if kind == "removed" else (places[0], response.pointer)
                text = f"status {response.status} {message}"
                self.report(f"{noun}-status-{kind}", text, *places, detail=response.status)

    def _successes(self, some: list[Response], all_of_them: tuple[Response, ...]) -> list[Response]:
        """Choose those that the method returns."""
        by_status = {response.status: response for response in all_of_them}
        return [response for response in some if self._is_success(response.status, by_status)]

    def _gone_types(self, content: Iterable[Media]) -> None:
        """Report the named types of content that is gone. That itself is nothing that code sees."""
        for media in content:
            if media.schema is not None:
                self.schemas.gone_type(media.schema, media.pointer, self.new.pointer, self.sides.owner)

    def _is_success(self, status: str, all_of_them: dict[str, Response]) -> bool:
        """Report whether the method returns what has this status."""
        if status == "default":
            return not any(other.startswith("2") for other in all_of_them)
        return status.startswith("2")

    def _response(self, old: Response, new: Response) -> None:
        success = self._is_success(old.status, {r.status: r for r in self.old.responses})
        place = f"{self.sides.name}()" if success else f"{self.sides.name}() {old.status}"
        places = old.pointer, new.pointer
        if old.description != new.description:
            self.report("text-changed", "the description of the response changed", *places, place)
        self._headers(old, new, place)
        self._content(old, new, place, success)

    def _content(self, old: Response, new: Response, place: str, success: bool) -> None:
        places = old.pointer, new.pointer
        if old.content and not new.content:
            self.report("response-body-removed", "has no content any more", *places, place)
        elif new.content and not old.content:
            kind = "response-body-added" if success else "error-body-added"
            self.report(kind, "has content now", *places, place)
        else:
            self._response_contents(old, new, place, success)

    def _headers(self, old: Response, new: Response, place: str) -> None:
        olds, news = ({header.name: header for header in response.headers} for response in (old, new))
        for name, header in olds.items():
            other = news.get(name)
            here = f"{place} {name}"
            if other is None:
                kind = "response-header-removed" if header.required else "optional-response-header-removed"
                self.report(kind, "is gone", header.pointer, new.pointer, here, name)
            elif header.required != other.required:
                kind = "response-header-required" if other.required else "response-header-optional"
                message = "is always there now" if other.required else "may be missing now"
                self.report(kind, message, header.pointer, other.pointer, here, name)
        for name, header in news.items():
            if name not in olds:
                self.report("response-header-added", "is new", old.pointer, header.pointer, f"{place} {name}", name)

    def _response_contents(self, old: Response, new: Response, place: str, success: bool) -> None:
        """Compare the media types of a response. Only those that the client reads matter to it."""
        read = set(self._read(self.sides.before.call, old.status))
        preferred = set(self._preferred(self.sides.before.call, old.status))
        prefix = place if success else f"{place}: "
        pairs, removed, added = match_media(old.content, new.content)
        for before, after in pairs:
            if before.content_type in read:
                self._response_schema(before, after, prefix)
        renamed = pair_up(removed, added, lambda media: media.kind)
        for before, after in renamed:
            message = f"is {after.content_type}, not {before.content_type}"
            self.report("response-media-type-removed", message, before.pointer, after.pointer, place)
            self._response_schema(before, after, prefix)
        for media in removed:
            kind = "response-media-type-removed" if media.content_type in preferred else "response-media-type-unused"
            self.report(kind, f"{media.content_type} is gone", media.pointer, new.pointer, place)
        self._gone_types(removed)
        for media in added:
            self.report("response-media-type-added", f"{media.content_type} is new", old.pointer, media.pointer, place)
        if success and read and not (renamed and read <= {media.content_type for media, _ in renamed}):
            self._returned(old, new, place)

    def _returned(self, old: Response, new: Response, place: str) -> None:
        """Report that a method reads other media types, of which it gives another type."""
        calls = self.sides.before.call, self.sides.after.call
        read, now_read = set(self._read(calls[0], old.status)), set(self._read(calls[1], new.status))
        before, after = _returned(calls[0], old.status), _returned(calls[1], new.status)
        if not before or not after or set(after.values()) == set(before.values()):  # One is a stream, or nothing new.
            return
        fresh = after.keys() - before.keys()
        if not (now_read.isdisjoint(read) or fresh):
            return
        also = f"not {' and '.join(sorted(read))}" if now_read.isdisjoint(read) else "too"
        message = f"gives what {' and '.join(sorted(fresh or now_read))} holds, {also}"
        self.report("response-type-changed", message, old.pointer, new.pointer, place)

    def _response_schema(self, before: Media, after: Media, prefix: str) -> None:
        old, new = typed(before), typed(after)
        if old is None or new is None:
            if (before.schema is None) != (after.schema is None):
                kind, message = (
                    ("type-widened", "has no type any more")
                    if after.schema is None
                    else ("type-narrowed", "has a type now")
                )
                self.report(kind, message, before.pointer, after.pointer, prefix, direction="response")
            return
        at = At(
            side="response",
            owner=self.sides.owner,
            subject="type",
            old=old.pointer,
            new=new.pointer,
            prefix=prefix,
        )
        self.schemas.add(old, new, at)

    def _further_types(self, added: list[Response]) -> None:
        """Report what a method gives for statuses that are new, if that is no type that it gave before."""
        call = self.sides.after.call
        statuses = {response.status for response in added}
        known = [response.type for response in call.responses if response.status not in statuses]
        for response in added:
            fresh = [r for r in call.responses if r.status == response.status and r.type not in known]
            if known and fresh:
                message = f"gives another type for status {response.status}"
                self.report(
                    "response-type-changed", message, self.old.pointer, response.pointer, detail=response.status
                )

    def _preferred(self, call: Call, status: str) -> Iterator[str]:
        """Give the media types that a server responds with to this client: the first one, and that of the stream."""
        for responses in (call.responses, call.errors, [call.stream] if call.stream is not None else []):
            types = (response.content_type for response in responses if response.status == status)
            yield from list(filter(None, types))[:1]

    def _read(self, call: Call, status: str) -> Iterator[str]:
        """Give the media types that the client reads of a response."""
        streams = [call.stream] if call.stream is not None else []
        for response in (*call.responses, *call.errors, *streams):
            if response.status == status and response.content_type is not None:
                yield response.content_type


def _returned(call: Call, status: str) -> dict[str, TypeExpr | None]:
    """Give the media types that the method itself returns, without streams, with what it gives of each."""
    return {each.content_type: each.type for each in call.responses if each.status == status and each.content_type}
