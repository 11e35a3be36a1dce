"""Two versions of what an operation sends."""

from __future__ import annotations

from ...data.api import Media
from ...data.document import Pointer
from ...data.surface import Call
from .matching import pair_up
from .media import match_media, typed
from .places import At
from .sides import PartComparison


class BodyComparison(PartComparison):
    """Compares the body of an operation."""

    def run(self) -> None:
        """Compare the body with all of its media types."""
        old, new = self.old.request_body, self.new.request_body
        if old is None and new is None:
            return
        if old is None:
            assert new is not None
            kind = "required-body-added" if new.required else "body-added"
            self.report(kind, "takes a body", self.old.pointer, new.pointer, self.sides.name + "(body)")
        elif new is None:
            self.report(
                "body-removed", "takes no body any more", old.pointer, self.new.pointer, self.sides.name + "(body)"
            )
        else:
            self._body_itself(old.pointer, new.pointer)
            self._contents(old.content, new.content, old.pointer, new.pointer)

    def _body_itself(self, old: Pointer, new: Pointer) -> None:
        before, after = self.old.request_body, self.new.request_body
        assert before is not None
        assert after is not None
        place = f"{self.sides.name}(body)"
        if before.required != after.required:
            kind, message = (
                ("body-required", "must be given now")
                if after.required
                else ("body-optional", "need not be given any more")
            )
            self.report(kind, f"the body {message}", old, new, place)
        if before.description != after.description:
            self.report("text-changed", "the description of the body changed", old, new, place)

    def _contents(self, olds: tuple[Media, ...], news: tuple[Media, ...], old: Pointer, new: Pointer) -> None:
        """Compare the media types of the body. Only those that the client sends matter to it."""
        sent = {body.media.content_type for body in self.sides.before.call.bodies}
        pairs, removed, added = match_media(olds, news)
        for before, after in pairs:
            self._encodings(before, after)
            if before.content_type in sent:
                self._body_schema(before, after)
        place = f"{self.sides.name}(body)"
        for before, after in pair_up(removed, added, lambda media: media.kind):
            message = f"is {after.content_type}, not {before.content_type}"
            self.report("body-media-type-removed", message, before.pointer, after.pointer, place)
            self._body_schema(before, after)
        for media in removed:
            kind = "body-media-type-removed" if media.content_type in sent else "body-media-type-unused"
            self.report(kind, f"{media.content_type} is not accepted any more", media.pointer, new, place)
        for media in added:
            self.report("body-media-type-added", f"{media.content_type} is accepted, too", old, media.pointer, place)

    def _body_schema(self, before: Media, after: Media) -> None:
        old, new = typed(before), typed(after)
        if old is None or new is None:
            return
        names = tuple(_body_names(offered.call) for offered in (self.sides.before, self.sides.after))
        has_members = bool(names[0])
        at = At(
            side="request",
            owner=self.sides.owner,
            subject="body" if has_members else "type",
            old=old.pointer,
            new=new.pointer,
            prefix=f"{self.sides.name}(",
            path="" if has_members else "body",
            suffix=")",
            arguments=(names[0], names[1]),
        )
        self.schemas.add(old, new, at)

    def _encodings(self, old: Media, new: Media) -> None:
        olds = {part.wire_name: part for part in old.encoding}
        news = {part.wire_name: part for part in new.encoding}
        for name in dict.fromkeys((*olds, *news)):
            if olds.get(name) != news.get(name):
                place = f"{self.sides.name}({name})"
                places = old.pointer.below("encoding", name), new.pointer.below("encoding", name)
                self.report("body-part-encoding-changed", "is sent in another way", *places, place)


def _body_names(call: Call) -> dict[str, str]:
    """Give the arguments that are members of the body, by their wire names."""
    return {argument.wire_name: argument.name for argument in call.arguments if argument.location == "body"}
