"""The part of the plan that is about webhooks."""

from __future__ import annotations

from dataclasses import dataclass

from ...data.text import Code, Docstring, Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """The constant that declares the webhooks of the API, and the methods that read them."""

    constant: Identifier
    constant_type: Code
    made: Code
    event: Code
    """The type of any event."""
    headers: Code
    secret: Code
    """The types of these arguments."""
    unwrap: Identifier
    unsafe_unwrap: Identifier
    verify: Identifier
    docstrings: ReceiverDocstrings
    async_docstrings: ReceiverDocstrings


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverDocstrings:
    """Those of the methods that read webhooks."""

    unwrap: Docstring
    unsafe_unwrap: Docstring
    verify: Docstring
