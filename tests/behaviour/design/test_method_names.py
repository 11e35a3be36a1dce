"""What methods are called where the settings say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientsmith.data.api import Api, Operation
from clientsmith.data.document import Pointer
from clientsmith.data.settings import Settings
from clientsmith.stages.design.placement import place

Given = tuple[str, str, str | None, tuple[str, ...]]


def named(*operations: Given) -> list[str]:
    """Place operations (verb, path, operationId, tags); give `resource.method` in document order."""
    api = Api(
        title="t",
        version="1",
        operations=tuple(
            Operation(verb=verb, path=path, operation_id=name, tags=tags, pointer=Pointer().below("paths", path, verb))
            for verb, path, name, tags in operations
        ),
    )
    placed = place(api, Settings(spec=Path("s.yaml"), output=Path("pkg")))
    assert placed.issues == ()
    resources = placed.value.resources()
    found = {m.operation.pointer: f"{'.'.join(r.path)}.{m.name}" for r in resources for m in r.methods}
    return [found[operation.pointer] for operation in api.operations]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (("GET", "/users", "listUsers", ("users",)), "users.list"),
        (("GET", "/users/{id}", "getUserById", ("users",)), "users.get"),
        (("POST", "/users", "Users_Create", ("Users",)), "users.create"),
        (("GET", "/users/{user_id}", "read_user_users__user_id__get", ("users",)), "users.read"),
        (("GET", "/users/{user_id}", "get_users__user_id__get", ("users",)), "users.get"),
        (("GET", "/users", None, ("users",)), "users.list"),
        (("GET", "/v1/users/{id}", None, ()), "users.get"),
        (("DELETE", "/api/v2/users/{id}", None, ()), "users.delete"),
        (("PUT", "/users/{id}", None, ()), "users.replace"),
        (("PATCH", "/users/{id}", None, ()), "users.update"),
        (("POST", "/charges/{id}/capture", None, ()), "charges.capture"),
        (("GET", "/charges/search", None, ()), "charges.search"),
        (("POST", "/charges/{id}/dispute/close", None, ()), "charges.close_dispute"),
        (("GET", "/accounts/{a}/bank_accounts", "GetAccountsABankAccounts", ()), "accounts.list_bank_accounts"),
        (("GET", "/balance", None, ()), "balance.get"),
        (("GET", "/users", "users.list", ()), "users.list"),
        (("GET", "/users", "users/list", ()), "users.list"),
        (("GET", "/users", "import", ("users",)), "users.import_"),
        (("GET", "/close", "x", ("close",)), "close_2.x"),
        (("GET", "/", None, ()), "root.list"),
        (("GET", "/{id}", None, ()), "root.get"),
    ],
)
def test_one_operation(operation: Given, expected: str) -> None:
    assert named(operation) == [expected]


def test_rivals_take_longer_names() -> None:
    assert named(
        ("GET", "/pets", "getPets", ("pets",)),
        ("GET", "/pets/{id}", "getPet", ("pets",)),
    ) == ["pets.list", "pets.get"]


def test_the_shorter_path_has_the_better_claim_whatever_the_order() -> None:
    short = ("GET", "/customers/{c}/discount", None, ())
    long = ("GET", "/customers/{c}/subscriptions/{s}/discount", None, ())
    assert named(short, long) == ["customers.get_discount", "customers.get_subscription_discount"]
    assert named(long, short) == ["customers.get_subscription_discount", "customers.get_discount"]


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        pytest.param(
            [("GET", "/template", None, ()), ("GET", "/template/{id}", None, ())],
            ["template.list", "template.get"],
            id="a singular word lists what is read one by one below it",
        ),
        pytest.param(
            [
                ("POST", "/template", None, ()),
                ("GET", "/template/{id}", None, ()),
                ("POST", "/template/{id}", None, ()),
            ],
            ["template.create", "template.get", "template.update"],
            id="and creates it",
        ),
        pytest.param(
            [("GET", "/tags", "Tags_Get", ()), ("GET", "/tags/{tagId}", None, ())],
            ["tags.get", "tags.get_by_id"],
            id="the operationId has the shorter path: the parameter, without the resource's word",
        ),
        pytest.param(
            [("GET", "/repos/{owner}", None, ()), ("GET", "/repos/{owner}/{repo}", None, ())],
            ["repos.get", "repos.get_by_owner_and_repo"],
            id="several parameters at the end",
        ),
        pytest.param(
            [("GET", "/lines", None, ()), ("GET", "/customers/{account}/lines", None, ("lines",))],
            ["lines.list", "lines.list_by_account"],
            id="a parameter above the resource",
        ),
        pytest.param(
            [("GET", "/codes", None, ("codes",)), ("GET", "/numbers/codes", None, ("codes",))],
            ["codes.list", "codes.list_number_codes"],
            id="a step above the resource",
        ),
        pytest.param(
            [("GET", "/balance", None, ()), ("POST", "/balance", None, ()), ("PATCH", "/balance", None, ())],
            ["balance.get", "balance.create", "balance.update"],
            id="POST is no update beside PATCH",
        ),
    ],
)
def test_the_path_tells_rivals_apart(operations: list[Given], expected: list[str]) -> None:
    assert named(*operations) == expected
    assert named(*operations[::-1]) == expected[::-1]


def test_a_number_is_given_where_no_word_of_the_path_tells_rivals_apart() -> None:
    assert named(("GET", "/a-b", None, ("t",)), ("GET", "/a_b", None, ("t",))) == ["t.get_a_b", "t.get_a_b_2"]


def test_a_doubled_operation_id_gets_a_distinct_name() -> None:
    names = named(("GET", "/a", "same", ("t",)), ("GET", "/b", "same", ("t",)))
    assert len(set(names)) == 2
