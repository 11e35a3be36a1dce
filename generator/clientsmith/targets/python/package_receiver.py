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
    headers: Code | None
    secret: Code | None
    """The types of these arguments; None if nothing is verified."""
    unwrap: Identifier
    unsafe_unwrap: Identifier
    verify: Identifier
    is_verifying: bool
    """Otherwise `unwrap` reads what anybody sent, and is alone."""
    body: Identifier
    key: Identifier
    """What the arguments for the body and for the secret are called."""
    docstrings: ReceiverDocstrings
    async_docstrings: ReceiverDocstrings

    @property
    def methods(self) -> tuple[Identifier, ...]:
        """The names of its methods."""
        return (self.unwrap, *((self.unsafe_unwrap, self.verify) if self.is_verifying else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverDocstrings:
    """Those of the methods that read webhooks."""

    unwrap: Docstring
    unsafe_unwrap: Docstring
    verify: Docstring
