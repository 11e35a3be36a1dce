"""Pages spell the types of responses as the code of the client does, and know the exceptions that it raises."""

from __future__ import annotations

import re

import pytest
from tests import case_packages
from tests.reference.surfaces import surface_of

from clientsmith.data.statuses import STATUS_ERRORS, status_error
from clientsmith.runtime.errors import BY_STATUS, status_error_class
from clientsmith.targets.python.plan.expressions import Expression, Name, Subscript, Symbol, written
from clientsmith.targets.python.plan.spell import TypeNames
from clientsmith.targets.reference.spelling import Speller, plain


@pytest.mark.parametrize("case", case_packages.names())
def test_responses_are_spelled_as_in_the_code(case: str) -> None:
    surface = surface_of(case_packages.CASES / case / case_packages.source(case))
    code = TypeNames(surface).speller("response")
    pages = Speller(surface.declared(), "response")
    members = [
        m for module in surface.type_modules() if module.side == "response" for x in module.models for m in x.members
    ]
    for member in members:
        spelled = code.spell(member.type) if member.required else code.optional(member.type)
        assert is_same(plain(pages.member(member)), str(written(without_marks(spelled), name_of)))


def without_marks(expression: Expression) -> Expression:
    """Leave out what only the runtime reads."""
    match expression:
        case Subscript(Name(Symbol("typing", "Annotated")), (inner, *_)):
            return without_marks(inner)
        case Subscript(head, arguments):
            return Subscript(head, tuple(map(without_marks, arguments)))
        case _:
            return expression


def name_of(symbol: Symbol) -> str:
    return symbol.name


def is_same(displayed: str, expected: str) -> bool:
    """Compare two spelled types; pages count the values of long lists, and write them in double quotes."""
    if " more]" in displayed:
        return expected.startswith(displayed.partition("Literal[")[0] + "Literal[")
    # A union with a tag is one thing in the code, so that None stands around it.
    joined = re.sub(r"Optional\[Union\[([^\[\]]+)\]\]", r"Union[\1, None]", expected)
    return displayed in (expected, joined)


def test_the_exceptions_of_statuses_are_those_of_the_runtime() -> None:
    assert {status: error.__name__ for status, error in BY_STATUS.items()} == STATUS_ERRORS
    for status in (400, 404, 418, 429, 500, 503):
        assert status_error(str(status)) == status_error_class(status).__name__
    assert (status_error("5XX"), status_error("4XX"), status_error("default")) == (
        "InternalServerError", "APIStatusError", "APIStatusError",
    )  # fmt: skip
