"""Responses of which a method returns one member, instead of the object around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .decode import decode
from .media import JSON, Received


class MemberOf(JSON):
    """JSON whose member of a name is decoded; None where the object has no such member."""

    def __init__(self, name: str, type: Callable[[], object]) -> None:
        super().__init__(type)
        self._name = name

    def read(self, response: Received) -> Any:
        """Read a response that is there as a whole.

        Raises:
            APIResponseValidationError: the body is no object, or its member is not what is declared.
        """
        data = response.decoded_json()
        if not isinstance(data, dict):
            raise response.invalid(f"expected object, got {type(data).__name__} @ $")
        if self._name not in data:
            if response.strict:
                raise response.invalid(f"missing @ $.{self._name}")
            return None
        try:
            return decode(
                data[self._name],
                self.annotation,
                strict=response.strict,
            )
        except ValueError as error:
            raise response.invalid(f"{error} (in {self._name!r})") from None
