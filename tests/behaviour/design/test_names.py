"""How names are made of the text of a document."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsmith.data.reserved import CLIENT_MEMBERS, MODEL_MEMBERS
from clientsmith.data.settings import DEFAULT_INITIALISMS
from clientsmith.data.text import identifier
from clientsmith.stages.design.naming import Casing, Names, class_name, module_name, pascal, singular, snake, words

CASING = Casing(frozenset(DEFAULT_INITIALISMS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("user_Id", ("user", "id")),
        ("getHTTPServer2", ("get", "http", "server2")),
        ("userIDs", ("user", "ids")),
        ("OAuth2Token", ("oauth2", "token")),
        ("read_user_users__user_id__get", ("read", "user", "users", "user", "id", "get")),
        ("-1", ("minus", "1")),
        ("+1", ("plus", "1")),
        ("*", ("star",)),
        ("4XXErrorSchema", ("4xx", "error", "schema")),
        ("größe", ("größe",)),
        ("ﬁle", ("file",)),
        ("", ()),
        ("!", ()),
    ],
)
def test_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("file_name_prefix", "file_name_prefix"),
        ("user_Id", "user_id"),
        ("class", "class_"),
        ("match", "match"),
        ("type", "type"),
        ("id", "id"),
        ("None", "none"),
        ("2fa", "n2fa"),
        ("2022", "n2022"),
        ("4XX_error", "n4xx_error"),
        ("a__b", "a__b"),
        ("_id", "_id"),
        ("__typename", "typename"),
        ("@type", "type"),
        ("_", "value"),
        ("", "value"),
    ],
)
def test_snake_renames_only_what_must_be(text: str, expected: str) -> None:
    assert snake(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pet", "Pet"),
        ("ApiKey", "ApiKey"),
        ("api_key", "APIKey"),
        ("pet.v1.Owner", "PetV1Owner"),
        ("None", "None_"),
        ("2FA", "N2FA"),
        ("404", "N404"),
        ("4XXErrorSchema", "N4XXErrorSchema"),
        ("4xx_error", "N4XXError"),
        ("5XX", "N5XX"),
    ],
)
def test_class_names_of_components(text: str, expected: str) -> None:
    assert class_name(text, CASING) == expected


def test_initialisms_in_class_names() -> None:
    assert pascal(["get", "meeting", "by", "id"], CASING) == "GetMeetingByID"
    assert pascal(["user", "ids"], CASING) == "UserIDs"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("meetings", "meeting"),
        ("policies", "policy"),
        ("boxes", "box"),
        ("address", "address"),
        ("addresses", "address"),
        ("people", "person"),
        ("status", "status"),
        ("news", "news"),
        ("ids", "id"),
        ("gas", "gas"),
    ],
)
def test_singular(word: str, expected: str) -> None:
    assert singular(word) == expected


@given(st.text())
def test_any_text_gives_an_identifier(text: str) -> None:
    for name in (snake(text), class_name(text or "x", CASING)):
        assert name.isidentifier()
        assert not keyword.iskeyword(name)


def test_a_taken_name_gets_the_lowest_free_number() -> None:
    names = Names(["list"])
    assert [names.claim("pet"), names.claim("pet"), names.claim("pet"), names.claim("list")] == [
        "pet",
        "pet_2",
        "pet_3",
        "list_2",
    ]
    assert names.renamed == [("pet", "pet_2"), ("pet", "pet_3"), ("list", "list_2")]


def test_names_that_differ_in_case_only_are_one_file() -> None:
    names = Names(ignore_case=True)
    assert [names.claim("Pet", separator=""), names.claim("PET", separator="")] == ["Pet", "PET2"]


def test_the_names_that_models_have_are_those_of_the_runtime() -> None:
    from clientsmith.runtime.models import Model

    assert {name for name in dir(Model) if not name.startswith("_")} == MODEL_MEMBERS


@pytest.mark.parametrize("client", ["SyncClient", "AsyncClient"])
def test_no_resource_hides_a_member_of_the_client(client: str) -> None:
    from clientsmith.runtime import client as runtime

    members = {name for name in dir(getattr(runtime, client)) if not name.startswith("_")}
    assert members <= CLIENT_MEMBERS


LETTERS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)


@pytest.mark.parametrize(
    "text", ["\u0130ade", "a\u00a8", "\u00b4", "\u01f0", "\u1100_\u1161", "\ufdfa", "\u0345", "\u202ea\u202c"]
)
def test_letters_that_change_under_nfkc(text: str) -> None:
    assert_usable(text)


@given(LETTERS)
def test_any_text_gives_identifiers_that_nfkc_keeps(text: str) -> None:
    assert_usable(text)


def assert_usable(text: str) -> None:
    names = [snake(text), pascal(words(text), CASING), class_name(text, CASING), module_name(snake(text))]
    assert [str(identifier(name)) for name in names] == names  # which refuses names that NFKC would change


@pytest.mark.parametrize("device", ["con", "PRN", "aux", "nul", "com1", "lpt9"])
def test_no_module_is_called_like_a_device_of_windows(device: str) -> None:
    assert module_name(device) == f"{device}_"
