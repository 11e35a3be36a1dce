"""The methods that read webhooks, as pages spell them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...data.surface import Resource
from .spelling import Pieces, Speller


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A method that reads webhooks."""

    name: str
    arguments: str
    returns: Pieces | None
    summary: str


def readings(resource: Resource, speller: Speller) -> Iterator[Reading]:
    """Give the methods of a resource that read webhooks, if it has any."""
    receiver = resource.receiver
    if receiver is None:
        return
    event = speller.spell(receiver.type)
    unwrap = "Verify the signature of a webhook and give its event"
    unsafe = "Give the event of a webhook whose sender is not verified"
    verify = "Verify the signature of a webhook"
    if not receiver.is_verifying:
        yield Reading(name=receiver.unwrap, arguments=receiver.body, returns=event, summary=unsafe)
        return
    signed = f"{receiver.body}, headers, *, {receiver.secret}=..."
    yield Reading(name=receiver.unwrap, arguments=signed, returns=event, summary=unwrap)
    yield Reading(name=receiver.unsafe_unwrap, arguments=receiver.body, returns=event, summary=unsafe)
    yield Reading(name=receiver.verify, arguments=signed, returns=None, summary=verify)
