"""How streams of server-sent events are declared: with the rules that the settings have for them."""

from __future__ import annotations

from collections.abc import Iterator

from ....data.client import Client
from ....data.event_rules import EventRuleSettings
from .expressions import Call, Expression, Name, core, value
from .media import MEDIA

_RULE = Name(core("event_rules", "Rule"))


def event_stream(client: Client, item: Expression, *, is_flagged: bool) -> Expression:
    """Declare a stream. `is_flagged`: a flag asks for it, in the place of an SDK."""
    rules = tuple(Call(_RULE, (value(rule.handle),), tuple(_keywords(rule))) for rule in client.event_rules)
    if is_flagged:
        reader = core("compatible_event_rules", "FlaggedRules") if rules else core("compatible_events", "FlaggedEvents")
    else:
        reader = core("event_rules", "RuledEvents") if rules else MEDIA["event-stream"].response
    return Call(Name(reader), (item, *rules))


def _keywords(rule: EventRuleSettings) -> Iterator[tuple[str, Expression]]:
    for name, given in (("events", rule.events), ("data", rule.data), ("error", rule.error)):
        if given:
            yield name, value(given)
