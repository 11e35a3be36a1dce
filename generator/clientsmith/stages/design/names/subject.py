"""What is known of one operation when it is named: its path, its operationId and what it responds with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ....data.api import Operation
from .operation_ids import OperationId
from .paths import Path, Step, forms
from .responses import Responses
from .vocabulary import FILLERS

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """One operation, with all that its name is made of."""

    operation: Operation
    path: Path
    operation_id: OperationId
    responses: Responses

    @property
    def verb(self) -> str:
        """Give the HTTP method: `GET`."""
        return self.operation.verb

    def before(self, where: int) -> Step | None:
        """Give the step before a step of the path."""
        return self.path.steps[where - 1] if where else None


def joined(words: Iterable[str]) -> str:
    """Make a name of words."""
    return "_".join(words)


def parted(name: str) -> Words:
    """Give the words of a name."""
    return tuple(name.split("_"))


def own_words(resource: Words) -> frozenset[str]:
    """Give the words of a resource in both numbers: its methods do not repeat them."""
    return forms(parted(resource[-1]))


def without(words: Words, unwanted: Iterable[str]) -> Words:
    """Leave words out behind the verb, but none behind a preposition: `find_by_status` in `status` keeps its end."""
    end = next((index for index, word in enumerate(words) if word in FILLERS and index), len(words))
    unwanted = frozenset(unwanted)
    return (*words[:1], *(word for word in words[1:end] if word not in unwanted), *words[end:])
