"""Patterns of `[select]`: what they match."""

from __future__ import annotations

import pytest

from clientsmith.data.selection import Described, matches

PET = Described("GET", "/pets/{id}/toys", "pets.listToys", ("pets", "toys & more"))


@pytest.mark.parametrize(
    ("pattern", "is_match"),
    [
        ("/pets/{id}/toys", True),
        ("/pets/*/toys", True),
        ("/pets/*", False),
        ("/pets/**", True),
        ("/**", True),
        ("**", True),
        ("/pets", False),
        ("/*/{id}/t*s", True),
        ("GET /pets/**", True),
        ("get /pets/**", True),
        ("GET  /pets/**", True),
        ("POST /pets/**", False),
        ("FETCH /pets/**", False),
        ("pets.listToys", True),
        ("pets.*", True),
        ("*Toys", True),
        ("petsXlistToys", False),
        ("PETS.*", False),
        ("tag:pets", True),
        ("tag:toys*", True),
        ("tag:toy", False),
        ("pets", False),
    ],
)
def test_a_pattern_matches(pattern: str, is_match: bool) -> None:
    assert matches(pattern, PET) is is_match


def test_an_operation_without_an_id_has_none_to_match() -> None:
    assert not matches("*", Described("GET", "/pets", None, ()))


def test_a_query_behind_a_path_may_be_left_out() -> None:
    operation = Described("GET", "/pets?kind=cat", None, ())
    assert matches("/pets", operation)
    assert matches("/pets?kind=*", operation)
