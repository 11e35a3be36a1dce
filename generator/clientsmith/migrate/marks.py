"""Marks that resources, methods and models have alike: left out for Python, deprecated."""

from __future__ import annotations

from .config import Node

LANGUAGE = "python"


def is_skipped(node: Node) -> bool:
    """Report whether a resource, a method or a model is left out for Python, and note why."""
    skip, only = node.child("skip"), node.child("only")
    if skip.value is True or (isinstance(skip.value, list) and LANGUAGE in skip.texts()):
        node.not_needed("it is left out for Python, by 'skip'")
        skip.not_needed("it is left out for Python")
        return True
    if only and LANGUAGE not in only.texts():
        node.not_needed("it is left out for Python, by 'only'")
        only.not_needed("it is left out for Python")
        return True
    skip.not_needed("Python has it")
    only.not_needed("Python has it")
    return False


def deprecation(node: Node) -> str | None:
    """Read a message about what is deprecated: one for all languages, or one a language."""
    if isinstance(node.value, dict):
        for language in (LANGUAGE, "default", "*"):
            if (message := node.child(language).text()) is not None:
                node.carried("deprecated")
                return message
        node.not_needed("no message is for Python")
        return None
    if node.value is True:
        node.carried("deprecated")
        return "It is deprecated."
    message = node.text()
    if message is not None:
        node.carried("deprecated")
    return message
