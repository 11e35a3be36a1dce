"""Compares what stands beside a type: texts, limits, defaults, deprecation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from ...data.schemas import Documentation, ObjectShape, Schema
from .places import At
from .shapes import listed

_TEXTS = ("title", "description", "examples")
_DEFAULT = ("default", "has_default")
_LIMITS = tuple(field.name for field in fields(Documentation) if field.name not in (*_TEXTS, *_DEFAULT))

KindAndMessage = tuple[str, str]


def flag_changes(old: Schema, new: Schema, at: At) -> Iterator[KindAndMessage]:
    """Compare deprecation; parameters have theirs compared with what the parameter itself says."""
    if old.deprecated != new.deprecated and not at.is_parameter:
        noun = "type" if at.subject == "body" else at.subject
        yield (
            (f"{noun}-deprecated", "is deprecated")
            if new.deprecated
            else (
                f"{noun}-undeprecated",
                "is not deprecated any more",
            )
        )


def sent_changes(old: Schema, new: Schema, at: At) -> Iterator[KindAndMessage]:
    """Compare, for a member of a response, whether the server sends it and whether a client may."""
    if at.side != "response":
        return
    if old.write_only != new.write_only:
        if new.write_only:
            yield "field-not-sent", "is write-only: the server does not send it any more"
        else:
            yield "field-sent", "is not write-only any more: the server sends it"
    if old.read_only != new.read_only:
        yield "text-changed", "is read-only" if new.read_only else "is not read-only any more"


def documentation_changes(old: Schema, new: Schema, at: At) -> Iterator[KindAndMessage]:
    """Compare what people read."""
    if old.documentation != new.documentation:
        yield from _default(old.documentation, new.documentation, at)
        yield from _limits(old, new)
        yield from _texts(old.documentation, new.documentation)
    if (
        isinstance(old.shape, ObjectShape)
        and isinstance(new.shape, ObjectShape)
        and old.shape.closed != new.shape.closed
    ):
        yield "limit-changed", "may have no other fields" if new.shape.closed else "may have other fields"


def _default(old: Documentation, new: Documentation, at: At) -> Iterator[KindAndMessage]:
    before, after = _default_of(old), _default_of(new)
    if before != after:
        kind = "argument-default-changed" if at.is_parameter else "field-default-changed"
        yield kind, f"the default was {before or 'not given'}, is {after or 'not given'}"


def _default_of(documentation: Documentation) -> str:
    return listed([documentation.default]) if documentation.has_default else ""


def _limits(old: Schema, new: Schema) -> Iterator[KindAndMessage]:
    before, after = old.documentation, new.documentation
    changed = [name for name in _LIMITS if getattr(before, name) != getattr(after, name)]
    if "format" in changed and type(old.shape) is type(new.shape) and old.shape != new.shape:
        changed.remove("format")  # It changes the type, too, which is another change.
    if changed:
        yield "limit-changed", "; ".join(_limit(name, before, after) for name in changed)


def _limit(name: str, old: Documentation, new: Documentation) -> str:
    if name == "notes":
        return "the rules that types cannot express changed"
    before, after = getattr(old, name), getattr(new, name)
    return f"{name.replace('_', ' ')}: {_written(before)} -> {_written(after)}"


def _written(value: object) -> str:
    return "none" if value is None or value is False else str(value)


def _texts(old: Documentation, new: Documentation) -> Iterator[KindAndMessage]:
    changed = [name for name in _TEXTS if getattr(old, name) != getattr(new, name)]
    if changed:
        yield "text-changed", f"{' and '.join(changed)} changed"
