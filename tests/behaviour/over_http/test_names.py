"""Case `names_nested_keys`: Python names in, the document's names on the wire, at any depth."""

from __future__ import annotations

from collections import deque
from urllib.parse import unquote

import pytest
from tests.behaviour.over_http.conftest import Talk
from tests.runtime.server import answer


@pytest.fixture(autouse=True)
def answers(talk: Talk) -> None:
    talk.answer(answer(204))


def test_keys_are_renamed_at_any_depth(talk: Talk) -> None:
    address = {"zip_code": "1", "next_home": {"zip_code": "2"}}
    users = talk.client("names_nested_keys").users
    talk.run(
        users.create(
            page_info={"first_item": 3},
            plain={"first_name": "a"},
            user_info={"first_name": "b", "home_address": address},
            old_homes=[address],
            by_city={"zip_code": address},
        )
    )
    sent = {"zipCode": "1", "nextHome": {"zipCode": "2"}}
    assert unquote(talk.request.query) == "pageInfo[firstItem]=3"
    assert talk.request.json() == {
        "plain": {"firstName": "a"},
        "userInfo": {"firstName": "b", "homeAddress": sent},
        "oldHomes": [sent],
        "byCity": {"zip_code": sent},
    }


def test_the_document_s_names_pass_and_so_do_unknown_ones(talk: Talk) -> None:
    users = talk.client("names_nested_keys").users
    talk.run(users.create(user_info={"firstName": "b", "more_of_it": 1}))
    assert talk.request.json() == {"userInfo": {"firstName": "b", "more_of_it": 1}}


def test_both_names_of_one_key_are_refused(talk: Talk) -> None:
    users = talk.client("names_nested_keys").users
    with pytest.raises(TypeError, match="firstName"):
        talk.run(users.create(user_info={"firstName": "b", "first_name": "c"}))
    assert talk.server.received == []


def test_the_caller_s_objects_are_not_changed(talk: Talk) -> None:
    homes = [{"zip_code": "1", "next_home": {"zip_code": "2"}}]
    talk.run(talk.client("names_nested_keys").users.create(old_homes=homes))
    assert homes == [{"zip_code": "1", "next_home": {"zip_code": "2"}}]


def test_a_python_name_that_is_the_wire_name_of_another_argument(talk: Talk) -> None:
    users = talk.client("names_nested_keys").users
    talk.run(
        users.replace(
            "7",
            query_user_id={"old_id": "6"},
            home_address={"street_name": "s"},
            home_address_2={"zip_code": "1"},
            body_home_address={"floor_number": 2},
        )
    )
    assert unquote(talk.request.target).endswith("/users/7?user_id[oldId]=6&homeAddress[streetName]=s")
    assert talk.request.json() == {"homeAddress": {"zipCode": "1"}, "home_address": {"floorNumber": 2}}


def test_keys_are_renamed_in_any_sequence(talk: Talk) -> None:
    talk.run(talk.client("names_nested_keys").users.create(old_homes=deque([{"zip_code": "1"}])))
    assert talk.request.json() == {"oldHomes": [{"zipCode": "1"}]}
