"""What the settings choose for a method, looked up in its operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ...data.api import Media, MediaKind, Operation
from ...data.issues import Issue
from ...data.media import is_stream
from ...data.schemas import BooleanShape, LiteralShape, ObjectShape, Schema
from ...data.settings import MethodSettings, Settings
from ...data.suggestions import did_you_mean
from .arguments import Draft
from .definitions import Definitions
from .media import is_success

USUAL_FLAGS = ("stream", "streaming", "stream_response", "streamresponse")
"""What documents call the flag of a request that asks for a stream, in small letters."""


@dataclass(slots=True)
class Choices:
    """The choices for one method, and what is wrong with them."""

    settings: Settings
    method: MethodSettings | None
    definitions: Definitions
    is_paged: bool = False
    """Pages are made of the whole response: the client's `unwrap` does not hold for them."""
    issues: list[Issue] = field(default_factory=list)

    @property
    def body(self) -> str | None:
        """The name of the one argument that takes the whole body."""
        return self.method.body if self.method else None

    @property
    def deprecated(self) -> str | None:
        """What callers should know who still use the method."""
        return self.method.deprecated if self.method else None

    def unwrapped(self, media: Media | None) -> tuple[str | None, Media | None]:
        """Give the member of a response that the method returns, and its media; None and what is given otherwise."""
        shape = self.definitions.target(media.schema).shape if media and media.schema else None
        if media is None or media.kind != "json" or not isinstance(shape, ObjectShape):
            return None, media
        wanted = self._members_to_unwrap()
        found = next((member for member in shape.properties if member.wire_name in wanted), None)
        return (found.wire_name, replace(media, schema=found.schema)) if found else (None, media)

    def _members_to_unwrap(self) -> tuple[str, ...]:
        given = self.method.unwrap if self.method else None
        if isinstance(given, str):
            return (given,)
        return () if given is False or self.is_paged else self.settings.unwrap

    def check_unwrapped(self, operation: Operation, found: bool) -> None:
        """Report a member that the settings name for this method, and that no response has."""
        if self.method is None or not isinstance(self.method.unwrap, str) or found:
            return
        names = [name for schema in _results(operation) for name in self._names(schema)]
        message = f"no response has a member '{self.method.unwrap}'"
        self._report("unwrap", message, did_you_mean(self.method.unwrap, names) or f"possible here: {', '.join(names)}")

    def _names(self, schema: Schema) -> list[str]:
        shape = self.definitions.target(schema).shape
        return [member.wire_name for member in shape.properties] if isinstance(shape, ObjectShape) else []

    def check_body(self, operation: Operation) -> None:
        """Report a name for a body that is not there."""
        if self.body is not None and operation.request_body is None:
            self._report("body", "the operation takes no body", "leave 'body' out")

    def flag(self, drafts: Iterable[Draft], operation: Operation) -> Draft | None:
        """Find the argument that asks for a stream: the one that the settings name, else one with a usual name."""
        flags = {draft.wire_name: draft for draft in drafts if self._is_flag(draft)}
        wanted = self.method.stream if self.method else None
        if wanted is None:
            return next((draft for name, draft in flags.items() if name.lower() in USUAL_FLAGS), None)
        if not _gives_both(operation):
            self._report("stream", "the operation does not respond both whole and as a stream", "leave 'stream' out")
        elif wanted not in flags:
            hint = did_you_mean(wanted, flags) or "name a member of the body or a parameter that is true or false"
            self._report("stream", f"no argument '{wanted}' is true or false", hint)
        return flags.get(wanted)

    def _is_flag(self, draft: Draft) -> bool:
        shape = self.definitions.target(draft.schema).shape
        is_literal = isinstance(shape, LiteralShape) and all(isinstance(value, bool) for value in shape.values)
        return isinstance(shape, BooleanShape) or is_literal

    def _report(self, key: str, message: str, hint: str) -> None:
        assert self.method is not None
        position = self.method.positions.get(key, self.method.position)
        file = self.settings.file
        self.issues.append(
            Issue(code="bad-method", severity="error", message=message, hint=hint, file=file, position=position)
        )


def _results(operation: Operation) -> Iterator[Schema]:
    for response in operation.responses:
        if is_success(response.status, operation):
            yield from (media.schema for media in response.content if media.schema is not None)


def _gives_both(operation: Operation) -> bool:
    kinds: list[MediaKind] = [m.kind for r in operation.responses if is_success(r.status, operation) for m in r.content]
    return any(map(is_stream, kinds)) and not all(map(is_stream, kinds))
