"""The words that pages have for resources and methods."""

from __future__ import annotations

from ...data.surface import Call, Resource

LONGEST_SUMMARY = 160


def summary(call: Call) -> str:
    """Give what a method does, in one line: its name in words, where the document does not say it."""
    operation = call.operation
    text = operation.summary or (operation.description or "").strip().partition("\n")[0]
    return cut(text) or _in_words(call.name)


def deprecation(call: Call) -> str:
    """Give what callers should know of a deprecated method, in Markdown."""
    return call.deprecated or "The API may drop this operation."


def heading(resource: Resource) -> str:
    """Write the name of a resource for people."""
    return _in_words(resource.path[-1] if resource.path else resource.title)


def _in_words(name: str) -> str:
    return name.replace("_", " ").strip().capitalize() or name


def cut(text: str) -> str:
    """Write a text on one line; the end of a long one is cut."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUMMARY else f"{line[:LONGEST_SUMMARY].rpartition(' ')[0]} ..."


def counted(number: int, word: str) -> str:
    """Count things."""
    return f"{number} {word}{'' if number == 1 else 's'}"
