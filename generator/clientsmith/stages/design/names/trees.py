"""Makes the resource of an operation from the fixed steps of its path."""

from __future__ import annotations

from collections.abc import Sequence

from .operation_ids import group_of, group_words, id_group_of
from .paths import Step, forms
from .step_roles import is_verb
from .subject import Subject, Words, joined

DEEPEST = 5
"""A path with more steps than this is no name that people type."""


def resource_at(subject: Subject, where: int) -> Words:
    """Give the resource that the step at `where` is, below those before it."""
    return _resource(subject, subject.path.steps[: where + 1], subject.path.steps[where])


def resource_above(subject: Subject, where: int) -> Words:
    """Give the resource of the steps before `where`."""
    return _resource(subject, subject.path.steps[:where], None)


def _resource(subject: Subject, steps: Sequence[Step], thing: Step | None) -> Words:
    """Make a resource of steps. A verb in the middle goes with the noun behind it: `search_hits`."""
    names: list[str] = []
    verbs: Words = ()
    for step in (step for step in steps if not step.is_parameter):
        if names and is_verb(step.words) and step is not thing:
            verbs += step.words
            continue
        name = joined((*verbs, *_as_tagged(subject, step)))
        verbs = ()
        if not names or names[-1] != name:  # `/users/users` are users
            names.append(name)
    return _shortened(subject, _first_by_tag(subject, names))


def verbs_before(subject: Subject, where: int) -> Words:
    """Give the verbs right before the last step, which its method is about: `confirm_trust`."""
    found: Words = ()
    for step in reversed(subject.path.steps[:where]):
        if step.is_parameter:
            continue
        if not is_verb(step.words) or step is subject.path.fixed[0]:
            break
        found = (*step.words, *found)
    return found


def _as_tagged(subject: Subject, step: Step) -> Words:
    """Part words that a path runs together as a tag has them: `custompages` with the tag `Custom Pages`."""
    tags = (group_words(tag) for tag in subject.operation.tags)
    return next((tag for tag in tags if len(step.words) == 1 and "".join(tag) == step.words[0]), step.words)


def _first_by_tag(subject: Subject, names: Sequence[str]) -> list[str]:
    """Call the first resource like the tag where the path says less: one letter, or a word that it runs together."""
    group = group_of(subject.operation)
    is_short = bool(names) and len(names[0]) == 1
    if group and names and (is_short or (len(subject.path.fixed) == 1 and _is_longer(names[0], group))):
        return [joined(group), *names[1:]]
    return list(names)


def _is_longer(name: str, tag: Words) -> bool:
    """Report whether a tag is the short form of a word that a path runs together: `Weather` for `weatherforecast`."""
    short, *further = tag
    if further or len(short) < 4 or "_" in name or name in forms(tag):
        return False
    return name.startswith(short) and len(name) > len(short) + 3


def _shortened(subject: Subject, names: list[str]) -> Words:
    """Make a tree shorter that is too deep: from the step on that is the tag, or as the operationId groups it."""
    if len(names) <= DEEPEST:
        return tuple(names)
    tag, group = joined(group_of(subject.operation)), joined(id_group_of(subject.operation))
    if tag in names[1:]:
        return tuple(names[names.index(tag) :][:DEEPEST])
    return (group,) if group and group not in names else tuple(names[-DEEPEST:])
