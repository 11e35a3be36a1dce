"""What the client is made of beside its document: arguments of the constructor, defaults, base classes, its package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from ...data.base_classes import Bases
from ...data.document import Pointer
from ...data.settings import ClientArgumentSettings, RequestSettings
from .change import Revision
from .collector import Collector, Finding
from .matching import pair_up

INFO = Pointer("/info")
KindAndMessage = tuple[str, str]


class ConstructorComparison:
    """Compares what mostly the settings decide."""

    def __init__(self, old: Revision, new: Revision, found: Collector) -> None:
        self._old, self._new = old, new
        self._found = found

    def run(self) -> None:
        """Compare all."""
        old, new = self._old.surface.client, self._new.surface.client
        self._arguments(list(old.arguments), list(new.arguments))
        for kind, message in (
            *ways_of_writing(self._old, self._new),
            *request_changes(old.requests, new.requests),
            *package_changes(self._old, self._new),
        ):
            self._report(kind, message)
        self._bases()

    def _report(self, kind: str, message: str, place: str = "client") -> None:
        self._found.add(
            Finding(kind=kind, place=place, message=message, old=INFO, new=INFO, owner="client", detail=place + message)
        )

    def _arguments(self, olds: list[ClientArgumentSettings], news: list[ClientArgumentSettings]) -> None:
        """Compare the arguments that go out with every request: by name, then by where they go."""
        pairs = pair_up(olds, news, lambda argument: argument.name)
        pairs += pair_up(olds, news, lambda argument: (argument.header, argument.query))
        for old, new in pairs:
            for kind, message in argument_changes(old, new):
                self._report(kind, message, f"client({old.name})")
        for argument in olds:
            self._report("client-argument-removed", "is gone", f"client({argument.name})")
        for argument in news:
            kind = "required-client-argument-added" if argument.required else "client-argument-added"
            self._report(kind, "is new", f"client({argument.name})")

    def _bases(self) -> None:
        """Compare the user's own classes that the client, and each resource that both sides have, inherit from."""
        resources = [
            {".".join(resource.path): resource.bases for resource in side.surface.all_resources()}
            for side in (self._old, self._new)
        ]
        clients = [("client", side.surface.client.bases) for side in (self._old, self._new)]
        pairs = [(clients[0][0], clients[0][1], clients[1][1])]
        pairs += [(name, old, resources[1][name]) for name, old in resources[0].items() if name in resources[1]]
        for place, old, new in pairs:
            for kind, message in base_changes(old, new):
                self._report(kind, message, place)


def argument_changes(old: ClientArgumentSettings, new: ClientArgumentSettings) -> Iterator[KindAndMessage]:
    """Compare an argument with itself."""
    if old.name != new.name:
        yield "client-argument-renamed", f"is called {new.name} now"
    if (old.header, old.query) != (new.header, new.query):
        was, now = (f"header {a.header}" if a.header else f"query {a.query}" for a in (old, new))
        yield "client-argument-changed", f"was sent as {was}, is sent as {now}"
    if old.required != new.required:
        message = "is required now" if new.required else "is optional now"
        yield f"client-argument-{'required' if new.required else 'optional'}", message
    if old.default != new.default:
        yield "client-argument-default-changed", f"the default was {old.default}, is {new.default}"
    if old.env != new.env:
        message = f"is read from {new.env or 'no variable'}, not from {old.env or 'any variable'}"
        yield "client-argument-env-renamed", message
    if old.description != new.description:
        yield "text-changed", "the description changed"


def ways_of_writing(old: Revision, new: Revision) -> Iterator[KindAndMessage]:
    """Compare how values with parts are written, where the settings say so."""
    for name, what in (("query_objects", "objects in queries"), ("query_arrays", "lists in queries"),
                       ("form_objects", "objects in multipart bodies")):  # fmt: skip
        before, after = getattr(old.surface.client, name), getattr(new.surface.client, name)
        if before != after:
            yield f"{name.replace('_', '-')}-changed", f"{what} are written as {after}, not as {before}"


def request_changes(old: RequestSettings, new: RequestSettings) -> Iterator[KindAndMessage]:
    """Compare how requests are sent if the caller does not say."""
    if old.idempotency_header != new.idempotency_header:
        kind = "idempotency-header-changed" if old.idempotency_header else "idempotency-header-added"
        yield kind, f"was {old.idempotency_header or 'none'}, is {new.idempotency_header or 'none'}"
    if dict(old.headers) != dict(new.headers):
        names = {name for name in {**old.headers, **new.headers} if old.headers.get(name) != new.headers.get(name)}
        yield "request-defaults-changed", f"other headers go out with every request: {', '.join(sorted(names))}"
    for field in fields(RequestSettings):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after and field.name not in ("idempotency_header", "headers"):
            was, now = ("the default" if value is None else value for value in (before, after))
            yield "request-defaults-changed", f"{field.name} was {was}, is {now}"


def package_changes(old: Revision, new: Revision) -> Iterator[KindAndMessage]:
    """Compare how the client reaches its users, and for which other SDK its users know names."""
    before, after = old.surface, new.surface
    if before.client.compatibility != after.client.compatibility:
        added = before.client.compatibility is None
        what = after.client.compatibility if added else before.client.compatibility
        yield (
            f"compatibility-{'added' if added else 'removed'}",
            f"the names of {what} SDKs are {'there, too' if added else 'gone'}",
        )
    if before.client.event_rules != after.client.event_rules:
        yield "event-rules-changed", "the rules for events of streams are other ones"
    if old.core != new.core:
        yield "runtime-moved", f"the runtime is {new.core or 'its own'}, was {old.core or 'its own'}"
    if old.distribution != new.distribution:
        if old.distribution is None:
            yield "distribution-added", f"can be installed as {new.distribution}"
        elif new.distribution is None:
            yield "distribution-removed", f"cannot be installed as {old.distribution} any more"
        else:
            yield "distribution-renamed", f"is installed as {new.distribution}, not as {old.distribution}"
    if before.file_header != after.file_header:
        yield "text-changed", "the comment at the head of modules changed"


def base_changes(old: Bases, new: Bases) -> Iterator[KindAndMessage]:
    """Compare the user's classes that a generated one inherits from."""
    for before, after in ((old.sync, new.sync), (old.asynchronous, new.asynchronous)):
        was, now = (f"{base.module}.{base.name}" if base else "" for base in (before, after))
        if was and now and was != now:
            yield "base-class-changed", f"inherits from {now}, not from {was}"
        elif was and not now:
            yield "base-class-removed", f"inherits from {was} no more"
        elif now and not was:
            yield "base-class-added", f"inherits from {now}"
