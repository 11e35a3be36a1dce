"""Two versions of one operation: what changed in the request and in the responses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...data.api import Media, Operation, Parameter, Response, Schema, StringShape
from ...data.document import Pointer
from ...data.surface import Call
from .change import Direction
from .collector import Finding, Owner
from .offers import Offered
from .pairing import VARIABLE
from .places import At
from .schemas import SchemaComparison

DIRECTIONS: dict[str, Direction] = {
    "argument": "request",
    "required": "request",
    "body": "request",
    "response": "response",
    "error": "response",
    "optional": "response",
}
"""The direction of a kind, by its first word."""


@dataclass(frozen=True, slots=True)
class Sides:
    """One operation on both sides, with the first call that the client offers for it."""

    old: Operation
    new: Operation
    before: Offered
    after: Offered

    @property
    def owner(self) -> Owner:
        """What the changes of this operation are part of."""
        return self.old.pointer, self.new.pointer

    @property
    def name(self) -> str:
        """The method as old programs call it."""
        return self.before.name


class OperationComparison:
    """Compares one operation; its schemas are left to be compared later."""

    def __init__(self, sides: Sides, schemas: SchemaComparison) -> None:
        self._sides = sides
        self._old, self._new = sides.old, sides.new
        self._schemas = schemas

    def run(self) -> None:
        """Compare all."""
        self._itself()
        self._parameters()
        self._bodies()
        self._responses()

    def _report(
        self,
        kind: str,
        message: str,
        old: Pointer,
        new: Pointer,
        place: str = "",
        detail: str = "",
        direction: Direction | None = None,
    ) -> None:
        self._schemas.found.add(
            Finding(
                kind=kind,
                place=place or f"{self._sides.name}()",
                message=message,
                old=old,
                new=new,
                owner=self._sides.owner,
                detail=detail,
                direction=direction or DIRECTIONS.get(kind.partition("-")[0]),
            )
        )

    # --- the operation itself ----------------------------------------------------------------------------------------

    def _itself(self) -> None:
        old, new = self._old, self._new
        places = old.pointer, new.pointer
        if old.verb != new.verb:
            self._report("verb-changed", f"was {old.verb} {old.path}, is {new.verb} {new.path}", *places)
        elif VARIABLE.sub("{}", old.path) != VARIABLE.sub("{}", new.path):
            self._report("path-changed", f"was at {old.path}, is at {new.path}", *places)
        if old.deprecated != new.deprecated:
            kind = "method-deprecated" if new.deprecated else "method-undeprecated"
            self._report(kind, "is deprecated" if new.deprecated else "is not deprecated any more", *places)
        texts = [name for name in ("summary", "description", "more") if getattr(old, name) != getattr(new, name)]
        if texts:
            self._report("text-changed", f"{' and '.join(texts)} changed", *places)
        if [s.default_url for s in old.servers] != [s.default_url for s in new.servers]:
            self._servers(*places)

    def _servers(self, old: Pointer, new: Pointer) -> None:
        before = [server.default_url for server in self._old.servers]
        after = [server.default_url for server in self._new.servers]
        if before[:1] == after[:1]:
            kind = "server-alternative-added" if len(after) > len(before) else "server-alternative-removed"
            self._report(kind, "has other alternative servers", old, new)
        else:
            was, now = before[0] if before else "the client's", after[0] if after else "the client's"
            self._report("operation-server-changed", f"was sent to {was}, is sent to {now}", old, new)

    # --- parameters --------------------------------------------------------------------------------------------------

    def _parameters(self) -> None:
        olds, news = list(self._old.parameters), list(self._new.parameters)
        for before, after in self._matched(olds, news):
            self._parameter(before, after)
        for parameter in olds:
            place = self._argument(self._sides.before.call, parameter)
            self._report("argument-removed", "is gone", parameter.pointer, self._new.pointer, place)
        for parameter in news:
            place = self._argument(self._sides.after.call, parameter)
            kind = "required-argument-added" if parameter.required else "argument-added"
            self._report(kind, "is new", self._old.pointer, parameter.pointer, place)

    def _matched(self, olds: list[Parameter], news: list[Parameter]) -> list[tuple[Parameter, Parameter]]:
        """Take out those that belong together: by place and name, by their order in the path, by name alone."""
        pairs: list[tuple[Parameter, Parameter]] = []

        def take(before: Parameter, after: Parameter) -> None:
            pairs.append((before, after))
            olds.remove(before)
            news.remove(after)

        for before in list(olds):
            for after in [n for n in news if (n.location, n.wire_name) == (before.location, before.wire_name)][:1]:
                take(before, after)
        before_path, after_path = VARIABLE.findall(self._old.path), VARIABLE.findall(self._new.path)
        if len(before_path) == len(after_path):
            for was, now in zip(before_path, after_path, strict=True):
                first = [o for o in olds if o.location == "path" and f"{{{o.wire_name}}}" == was]
                second = [n for n in news if n.location == "path" and f"{{{n.wire_name}}}" == now]
                if first and second:
                    take(first[0], second[0])
        for before in list(olds):
            for after in [n for n in news if n.wire_name == before.wire_name][:1]:
                take(before, after)
        return pairs

    def _parameter(self, old: Parameter, new: Parameter) -> None:
        place = self._argument(self._sides.before.call, old)
        places = old.pointer, new.pointer
        if old.location != new.location:
            self._report("argument-moved", f"was in the {old.location}, is in the {new.location}", *places, place)
        elif old.wire_name != new.wire_name and old.location != "path":
            self._report("argument-wire-renamed", f"{old.wire_name} is called {new.wire_name} now", *places, place)
        elif _encoding(old) != _encoding(new):
            self._report("argument-encoding-changed", f"was {_encoding(old)}, is {_encoding(new)}", *places, place)
        if old.required != new.required:
            kind, message = (
                ("argument-required", "is required now") if new.required else ("argument-optional", "is optional now")
            )
            self._report(kind, message, *places, place)
        if old.allow_reserved != new.allow_reserved:
            self._report("argument-escaping-changed", "reserved characters are escaped in another way", *places, place)
        self._words(old, new, place)
        prefix, suffix = f"{self._sides.name}(", ")"
        at = At(
            side="request",
            owner=self._sides.owner,
            subject="argument",
            is_parameter=True,
            old=old.schema.pointer,
            new=new.schema.pointer,
            prefix=prefix,
            path=place[len(prefix) : -len(suffix)],
            suffix=suffix,
        )
        self._schemas.add(old.schema, new.schema, at)

    def _words(self, old: Parameter, new: Parameter, place: str) -> None:
        before, after = (p.deprecated or p.schema.deprecated for p in (old, new))
        if before != after:
            kind = "argument-deprecated" if after else "argument-undeprecated"
            message = "is deprecated" if after else "is not deprecated any more"
            self._report(kind, message, old.pointer, new.pointer, place)
        if (old.description, old.examples) != (new.description, new.examples):
            self._report("text-changed", "description or examples changed", old.pointer, new.pointer, place)

    def _argument(self, call: Call, parameter: Parameter) -> str:
        """Name an argument as a caller writes it."""
        wanted = parameter.location, parameter.wire_name
        names = [a.name for a in call.arguments if (a.location, a.wire_name) == wanted]
        return f"{self._sides.name}({names[0] if names else parameter.wire_name})"

    # --- the body ----------------------------------------------------------------------------------------------------

    def _bodies(self) -> None:
        old, new = self._old.request_body, self._new.request_body
        if old is None and new is None:
            return
        if old is None:
            assert new is not None
            kind = "required-body-added" if new.required else "body-added"
            self._report(kind, "takes a body", self._old.pointer, new.pointer, self._sides.name + "(body)")
        elif new is None:
            self._report(
                "body-removed", "takes no body any more", old.pointer, self._new.pointer, self._sides.name + "(body)"
            )
        else:
            self._body_itself(old.pointer, new.pointer)
            self._contents(old.content, new.content, old.pointer, new.pointer)

    def _body_itself(self, old: Pointer, new: Pointer) -> None:
        before, after = self._old.request_body, self._new.request_body
        assert before is not None and after is not None
        place = f"{self._sides.name}(body)"
        if before.required != after.required:
            kind, message = (
                ("body-required", "must be given now")
                if after.required
                else ("body-optional", "need not be given any more")
            )
            self._report(kind, f"the body {message}", old, new, place)
        if before.description != after.description:
            self._report("text-changed", "the description of the body changed", old, new, place)

    def _contents(self, olds: tuple[Media, ...], news: tuple[Media, ...], old: Pointer, new: Pointer) -> None:
        """Compare the media types of the body. Only those that the client sends matter to it."""
        sent = {body.media.content_type for body in self._sides.before.call.bodies}
        pairs, removed, added = match_media(olds, news)
        for before, after in pairs:
            self._encodings(before, after)
            if before.content_type in sent:
                self._body_schema(before, after)
        place = f"{self._sides.name}(body)"
        for before, after in take_renamed(removed, added):
            message = f"is {after.content_type}, not {before.content_type}"
            self._report("body-media-type-removed", message, before.pointer, after.pointer, place)
            self._body_schema(before, after)
        for media in removed:
            kind = "body-media-type-removed" if media.content_type in sent else "body-media-type-unused"
            self._report(kind, f"{media.content_type} is not accepted any more", media.pointer, new, place)
        for media in added:
            self._report("body-media-type-added", f"{media.content_type} is accepted, too", old, media.pointer, place)

    def _body_schema(self, before: Media, after: Media) -> None:
        old, new = _typed(before), _typed(after)
        if old is None or new is None:
            return
        names = tuple(_body_names(offered.call) for offered in (self._sides.before, self._sides.after))
        has_members = bool(names[0])
        at = At(
            side="request",
            owner=self._sides.owner,
            subject="body" if has_members else "type",
            old=old.pointer,
            new=new.pointer,
            prefix=f"{self._sides.name}(",
            path="" if has_members else "body",
            suffix=")",
            arguments=(names[0], names[1]),
        )
        self._schemas.add(old, new, at)

    def _encodings(self, old: Media, new: Media) -> None:
        olds = {part.wire_name: part for part in old.encoding}
        news = {part.wire_name: part for part in new.encoding}
        for name in dict.fromkeys((*olds, *news)):
            if olds.get(name) != news.get(name):
                place = f"{self._sides.name}({name})"
                places = old.pointer.below("encoding", name), new.pointer.below("encoding", name)
                self._report("body-part-encoding-changed", "is sent in another way", *places, place)

    # --- responses ---------------------------------------------------------------------------------------------------

    def _responses(self) -> None:
        olds = {response.status: response for response in self._old.responses}
        news = {response.status: response for response in self._new.responses}
        for status, response in olds.items():
            if status in news:
                self._response(response, news[status])
            else:
                kind = "response-status-removed" if self._is_success(status, olds) else "error-status-removed"
                self._report(kind, f"status {status} is gone", response.pointer, self._new.pointer, detail=status)
        added = [response for status, response in news.items() if status not in olds]
        for response in added:
            kind = "response-status-added" if self._is_success(response.status, news) else "error-status-added"
            message = f"status {response.status} is new"
            self._report(kind, message, self._old.pointer, response.pointer, detail=response.status)
        self._further_types(added)

    def _is_success(self, status: str, all_of_them: dict[str, Response]) -> bool:
        """Report whether the method returns what has this status."""
        if status == "default":
            return not any(other.startswith("2") for other in all_of_them)
        return status.startswith("2")

    def _response(self, old: Response, new: Response) -> None:
        success = self._is_success(old.status, {r.status: r for r in self._old.responses})
        place = f"{self._sides.name}()" if success else f"{self._sides.name}() {old.status}"
        places = old.pointer, new.pointer
        if old.description != new.description:
            self._report("text-changed", "the description of the response changed", *places, place)
        self._headers(old, new, place)
        if old.content and not new.content:
            self._report("response-body-removed", "has no content any more", *places, place)
        elif new.content and not old.content:
            self._report("response-body-added", "has content now", *places, place)
        else:
            self._response_contents(old, new, place, success)

    def _headers(self, old: Response, new: Response, place: str) -> None:
        olds, news = ({header.name: header for header in response.headers} for response in (old, new))
        for name, header in olds.items():
            other = news.get(name)
            here = f"{place} {name}"
            if other is None:
                kind = "response-header-removed" if header.required else "optional-response-header-removed"
                self._report(kind, "is gone", header.pointer, new.pointer, here, name)
            elif header.required != other.required:
                kind = "response-header-required" if other.required else "response-header-optional"
                message = "is always there now" if other.required else "may be missing now"
                self._report(kind, message, header.pointer, other.pointer, here, name)
        for name, header in news.items():
            if name not in olds:
                self._report("response-header-added", "is new", old.pointer, header.pointer, f"{place} {name}", name)

    def _response_contents(self, old: Response, new: Response, place: str, success: bool) -> None:
        """Compare the media types of a response. Only those that the client reads matter to it."""
        read = set(self._read(self._sides.before.call, old.status))
        prefix = place if success else f"{place}: "
        pairs, removed, added = match_media(old.content, new.content)
        for before, after in pairs:
            if before.content_type in read:
                self._response_schema(before, after, prefix)
        for before, after in take_renamed(removed, added):
            message = f"is {after.content_type}, not {before.content_type}"
            self._report("response-media-type-removed", message, before.pointer, after.pointer, place)
            self._response_schema(before, after, prefix)
        for media in removed:
            kind = "response-media-type-removed" if media.content_type in read else "response-media-type-unused"
            self._report(kind, f"{media.content_type} is gone", media.pointer, new.pointer, place)
        for media in added:
            self._report("response-media-type-added", f"{media.content_type} is new", old.pointer, media.pointer, place)
        now_read = set(self._read(self._sides.after.call, new.status))
        if (
            success
            and read
            and now_read
            and now_read.isdisjoint(read)
            and not read.isdisjoint({m.content_type for m in new.content})
        ):
            message = f"gives what {' and '.join(sorted(now_read))} holds, not {' and '.join(sorted(read))}"
            self._report("response-type-changed", message, old.pointer, new.pointer, place)

    def _response_schema(self, before: Media, after: Media, prefix: str) -> None:
        old, new = _typed(before), _typed(after)
        if old is None or new is None:
            if (before.schema is None) != (after.schema is None):
                kind, message = (
                    ("type-widened", "has no type any more")
                    if after.schema is None
                    else ("type-narrowed", "has a type now")
                )
                self._report(kind, message, before.pointer, after.pointer, prefix, direction="response")
            return
        at = At(
            side="response",
            owner=self._sides.owner,
            subject="type",
            old=old.pointer,
            new=new.pointer,
            prefix=prefix,
        )
        self._schemas.add(old, new, at)

    def _further_types(self, added: list[Response]) -> None:
        """Report what a method gives for statuses that are new, if that is no type that it gave before."""
        call = self._sides.after.call
        statuses = {response.status for response in added}
        known = [response.type for response in call.responses if response.status not in statuses]
        for response in added:
            fresh = [r for r in call.responses if r.status == response.status and r.type not in known]
            if known and fresh:
                message = f"gives another type for status {response.status}"
                self._report(
                    "response-type-changed", message, self._old.pointer, response.pointer, detail=response.status
                )

    def _read(self, call: Call, status: str) -> Iterator[str]:
        """Give the media types that the client reads of a response."""
        streams = [call.stream] if call.stream is not None else []
        for response in (*call.responses, *call.errors, *streams):
            if response.status == status and response.content_type is not None:
                yield response.content_type


def take_renamed(removed: list[Media], added: list[Media]) -> list[tuple[Media, Media]]:
    """Take out the one of a kind that is gone, and the one of the same kind that is new."""
    pairs = []
    for media in list(removed):
        gone = [other for other in removed if other.kind == media.kind]
        fresh = [other for other in added if other.kind == media.kind]
        if len(gone) == len(fresh) == 1:
            removed.remove(media)
            added.remove(fresh[0])
            pairs.append((media, fresh[0]))
    return pairs


def match_media(
    olds: tuple[Media, ...], news: tuple[Media, ...]
) -> tuple[list[tuple[Media, Media]], list[Media], list[Media]]:
    """Pair media types of one name; give the pairs, what is gone and what is new."""
    after = {media.content_type.lower(): media for media in news}
    before = {media.content_type.lower() for media in olds}
    pairs = [(media, after[media.content_type.lower()]) for media in olds if media.content_type.lower() in after]
    removed = [media for media in olds if media.content_type.lower() not in after]
    return pairs, removed, [media for media in news if media.content_type.lower() not in before]


def _typed(media: Media) -> Schema | None:
    """Give the schema of a media type as far as the client has it: text and bytes are what they are."""
    if media.schema is None or media.kind == "binary":
        return None
    return replace(media.schema, shape=StringShape()) if media.kind == "text" else media.schema


def _body_names(call: Call) -> dict[str, str]:
    """Give the arguments that are members of the body, by their wire names."""
    return {argument.wire_name: argument.name for argument in call.arguments if argument.location == "body"}


def _encoding(parameter: Parameter) -> str:
    """Describe how a parameter is written."""
    if parameter.content_type is not None:
        return parameter.content_type
    return f"{parameter.style}, {'exploded' if parameter.explode else 'joined'}"
