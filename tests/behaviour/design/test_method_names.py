"""What resources and methods are called where the settings say nothing: docs/names.md, in cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.corpus import documents
from tests.corpus.designed import api_of
from tests.corpus.stability import measure

from clientsmith.data.api import Api, Media, Operation, Response
from clientsmith.data.document import Pointer
from clientsmith.data.schemas import ArrayShape, BooleanShape, ObjectShape, Property, Schema, Shape, StringShape
from clientsmith.data.settings import Settings
from clientsmith.stages.design.names import identity, name_calls
from clientsmith.stages.design.placement import place

Given = tuple[str, str, str | None, tuple[str, ...]]


TEXT = Schema(shape=StringShape(), pointer=Pointer().below("text"))


def answering(shape: Shape) -> tuple[Response, ...]:
    """Make the responses of an operation that answers with JSON of a shape."""
    place = Pointer().below("answer")
    schema = Schema(shape=shape, pointer=place)
    media = Media(content_type="application/json", kind="json", schema=schema, pointer=place)
    return (Response(status="200", content=(media,), pointer=place),)


def members(**shapes: Shape) -> ObjectShape:
    """Make an object of the shapes of its members."""
    place = Pointer().below("member")
    return ObjectShape(
        properties=tuple(
            Property(wire_name=name, schema=Schema(shape=shape, pointer=place), required=True)
            for name, shape in shapes.items()
        )
    )


ARRAY = ArrayShape(TEXT)
PAGE = members(data=ARRAY, has_more=BooleanShape())
OBJECT = members(balance=StringShape())


def named(*operations: Given, answer: Shape | None = None) -> list[str]:
    """Place operations (verb, path, operationId, tags); give `resource.method` in document order."""
    api = Api(
        title="Shop API",
        version="1",
        operations=tuple(
            Operation(
                verb=verb,
                path=path,
                operation_id=name,
                tags=tags,
                pointer=Pointer().below("paths", path, verb),
                responses=answering(answer) if answer else (),
            )
            for verb, path, name, tags in operations
        ),
    )
    placed = place(api, Settings(spec=Path("s.yaml"), output=Path("pkg")))
    assert placed.issues == ()
    found = {m.operation.pointer: f"{'.'.join(r.path)}.{m.name}" for r in placed.value.resources() for m in r.methods}
    return [found[operation.pointer] for operation in api.operations]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        # what is at a path: the HTTP method names what is done
        (("GET", "/users", None, ()), "users.list"),
        (("POST", "/users", None, ()), "users.create"),
        (("GET", "/users/{id}", None, ()), "users.get"),
        (("PUT", "/users/{id}", None, ()), "users.replace"),
        (("PATCH", "/users/{id}", None, ()), "users.update"),
        (("DELETE", "/users/{id}", None, ()), "users.delete"),
        (("POST", "/users/{id}", None, ()), "users.update"),
        (("GET", "/balance", None, ()), "balance.get"),
        (("GET", "/health", None, ()), "health.check"),
        # steps below steps are resources below resources
        (("GET", "/teams/{team}/members", None, ()), "teams.members.list"),
        (
            ("DELETE", "/organization/spend_alerts/{id}", "delete-organization-spend-alert", ()),
            "organization.spend_alerts.delete",
        ),
        (("GET", "/users/users/{id}", None, ()), "users.get"),
        # versions and what says nothing
        (("GET", "/v1/users/{id}", None, ()), "users.get"),
        (("GET", "/api/v2/users", None, ()), "users.list"),
        (("GET", "/2010-04-01/Accounts/{Sid}/Calls.json", None, ()), "accounts.calls.list"),
        (("GET", "/2fa/codes", None, ()), "n2fa.codes.list"),
        (("GET", "/subscriptions/{s}/providers/Big.Cloud/vaults/{v}", None, ()), "vaults.get"),
        # what is done: the last step
        (("POST", "/charges/{id}/capture", None, ()), "charges.capture"),
        (("POST", "/meetings/{id}/cancel", None, ()), "meetings.cancel"),
        (("POST", "/v1/{name}:cancel", None, ("operations",)), "operations.cancel"),
        (("POST", "/operations/{name}:cancel", None, ()), "operations.cancel"),
        (("GET", "/charges/search", None, ()), "charges.search"),
        (("POST", "/accounts/bulk_create", None, ()), "accounts.bulk_create"),
        (("POST", "/charges/{id}/dispute/close", None, ()), "charges.dispute.close"),
        (("POST", "/accounts/{id}/trust_device/confirm", None, ()), "accounts.trust_device.confirm"),
        (("POST", "/quotes/{id}/authorize/resend", None, ()), "quotes.resend_authorize"),
        (("POST", "/orders/{id}/cancelOrder", None, ()), "orders.cancel"),
        (("GET", "/agents/get/interfaces", None, ()), "agents.get_interfaces"),
        (("POST", "/account/reset/password", None, ()), "account.reset_password"),
        (("GET", "/resets/reset/{id}", None, ()), "resets.get"),
        (("GET", "/factors/reset/{id}", None, ()), "factors.get_reset"),
        (("DELETE", "/posts/{id}/like", None, ()), "posts.delete_like"),
        (("DELETE", "/posts/{id}/lock", "unlockPost", ()), "posts.unlock"),
        (("GET", "/sessions/{id}/replay", "SessionReplay", ()), "sessions.replay"),
        (("GET", "/sessions/{id}/clone", "clone_session", ()), "sessions.clone"),
        # by what it is found
        (("GET", "/users/name/{name}", None, ()), "users.get_by_name"),
        (("DELETE", "/users/by-email/{address}", None, ()), "users.delete_by_email"),
        (("GET", "/user/id_for/{username}", None, ()), "user.get_id_for_username"),
        (("GET", "/apps/get_or_create/{name}", None, ()), "apps.get_or_create"),
        # the operationId says what HTTP does not
        (("POST", "/documents", "uploadDocument", ()), "documents.upload"),
        (("POST", "/documents", "addDocument", ()), "documents.create"),
        (("POST", "/messages", "messages_post", ()), "messages.create"),
        (("PUT", "/users/{id}", "updateUser", ()), "users.update"),
        (("PUT", "/users/{id}", "Users_CreateOrUpdate", ()), "users.create_or_update"),
        (("DELETE", "/tokens/{id}", "revokeToken", ()), "tokens.delete"),
        (("POST", "/extractions/qa", "CreateAnswerExtraction", ()), "extractions.qa.create"),
        (("POST", "/customers/{id}/portal-link", "createCustomerPortalLink", ()), "customers.create_portal_link"),
        (("POST", "/account/token", "validateToken", ()), "account.validate_token"),
        (("GET", "/receivers/card/{number}", "lookupCard", ()), "receivers.lookup_card"),
        (("PUT", "/topics/{id}/bookmark", "bookmarkTopic", ()), "topics.bookmark"),
        # what frameworks add to operationIds
        (("GET", "/items/", "read_items_items__get", ()), "items.list"),
        (("GET", "/items/", "items-read_items", ("items",)), "items.list"),
        (("GET", "/users/{user_id}", "read_user_users__user_id__get", ("users",)), "users.get"),
        (("GET", "/users", "UsersController_findAll", ()), "users.list"),
        (("POST", "/account/profile", "updateProfileUsingPOST_1", ()), "account.profile.update"),
        (("PATCH", "/users/{id}", "users_partial_update", ()), "users.update"),
        # operationIds that spell a tree
        (("GET", "/v2/{name}", "run.projects.services.get", ()), "run.projects.services.get"),
        (("PATCH", "/v2/{name}", "shop.projects.services.patch", ()), "projects.services.update"),
        # where the path says less
        (("GET", "/", None, ()), "root.get"),
        (("GET", "/{id}", None, ()), "root.get"),
        (("GET", "/{id}", "getPet", ("pets",)), "pets.get"),
        (("GET", "/t/{id}", "getTopic", ("Topics",)), "topics.get"),
        (("POST", "/login", None, ("auth",)), "auth.login"),
        (("POST", "/createUser", None, ()), "user.create"),
        (("POST", "/upload", "UploadResource_upload", ("Image Resource",)), "image.upload"),
        (("GET", "/{id}", "getPet", ("pet-controller",)), "pet.get"),
        (("GET", "/{id}", "PetApi_getPet", ()), "pet.get"),
        (("GET", "/{id}", "pet_read", ("PetViewSet",)), "pet.get"),
        (("POST", "/send", None, ("MailService",)), "mail.send"),
        (("POST", "/send", None, ("Customer Service",)), "customer_service.send"),
        (("POST", "/send", None, ("API",)), "api.send"),
        (("POST", "/search", None, ()), "search.create"),
        (("GET", "/custompages/{id}", None, ("Custom Pages",)), "custom_pages.get"),
        (("GET", "/weatherforecast", None, ("Weather",)), "weather.get"),
        # names that clients have already, and words of Python
        (("GET", "/close", None, ()), "close_.get"),
        (("GET", "/request/{id}", None, ()), "requests.get"),
        (("POST", "/jobs/import", None, ()), "jobs.import_"),
    ],
)
def test_one_operation(operation: Given, expected: str) -> None:
    assert named(operation) == [expected]


@pytest.mark.parametrize(
    ("path", "operation_id", "answer", "expected"),
    [
        ("/users", None, ARRAY, "list"),
        ("/users", None, PAGE, "list"),
        ("/credits", None, OBJECT, "get"),
        ("/apps", "get_app", None, "get"),
        ("/apps", "get_all_apps", None, "list"),
        ("/weather", None, ARRAY, "list"),
        ("/inventory", None, PAGE, "list"),
        ("/inventory", None, OBJECT, "get"),
        ("/labels", "get-a-list-of-labels", OBJECT, "list"),
        ("/orders/{id}", None, members(items=ARRAY), "get"),
        ("/orders/{status}", None, ARRAY, "list"),
    ],
)
def test_the_response_tells_a_list_from_one_thing(
    path: str, operation_id: str | None, answer: Shape | None, expected: str
) -> None:
    assert named(("GET", path, operation_id, ()), answer=answer)[0].rpartition(".")[2] == expected


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        pytest.param(
            [("GET", "/template", None, ()), ("GET", "/template/{id}", None, ())],
            ["template.list", "template.get"],
            id="a singular word lists what is read one by one below it",
        ),
        pytest.param(
            [("POST", "/cards/{id}/dispute", None, ()), ("GET", "/cards/{id}/dispute", None, ())],
            ["cards.dispute.create", "cards.dispute.get"],
            id="what can be read is a thing, not an action",
        ),
        pytest.param(
            [("GET", "/balance", None, ()), ("POST", "/balance", None, ())],
            ["balance.get", "balance.update"],
            id="a POST to the only thing at a path changes it",
        ),
        pytest.param(
            [("GET", "/balance", None, ()), ("POST", "/balance", None, ()), ("PATCH", "/balance", None, ())],
            ["balance.get", "balance.create", "balance.update"],
            id="but not beside PATCH",
        ),
        pytest.param(
            [("PUT", "/users/{id}", "updateUser", ()), ("PATCH", "/users/{id}", "patchUser", ())],
            ["users.replace", "users.update"],
            id="PUT replaces where PATCH updates",
        ),
        pytest.param(
            [("DELETE", "/alerts", None, ()), ("DELETE", "/alerts/{id}", None, ())],
            ["alerts.delete_all", "alerts.delete"],
            id="all of them and one",
        ),
        pytest.param(
            [("GET", "/repos/{owner}", None, ()), ("GET", "/repos/{owner}/{repo}", None, ())],
            ["repos.get", "repos.get_by_owner_and_repo"],
            id="several parameters at the end",
        ),
        pytest.param(
            [("GET", "/campaigns/events", None, ()), ("GET", "/campaigns/{id}/events", None, ())],
            ["campaigns.events.list", "campaigns.events.list_for_campaign"],
            id="a parameter in the middle",
        ),
        pytest.param(
            [("GET", "/v1/users", None, ()), ("GET", "/v2/users", None, ())],
            ["users.list", "users.list_v2"],
            id="the oldest version keeps its name",
        ),
        pytest.param(
            [("GET", "/users/search", None, ()), ("POST", "/users/search", "findUsersByFilter", ())],
            ["users.search", "users.find_by_filter"],
            id="two methods of HTTP",
        ),
        pytest.param(
            [("GET", "/boards/{id}/list", None, ()), ("GET", "/boards/{id}", None, ()), ("GET", "/boards", None, ())],
            ["boards.list.get", "boards.get", "boards.list_all"],
            id="a method makes way for a resource",
        ),
    ],
)
def test_conflicts_give_longer_names_in_any_order(operations: list[Given], expected: list[str]) -> None:
    assert named(*operations) == expected
    assert named(*operations[::-1]) == expected[::-1]


def test_a_number_resolves_a_conflict_where_no_word_does() -> None:
    names = named(*(("GET", path, None, ()) for path in ("/go-to", "/go_to", "/Go-to", "/goTo", "/GO-TO", "/go-To")))
    assert sorted(names) == [
        "go_to.get", "go_to.get_go_to", "go_to.get_go_to_2", "go_to.get_with_get", "go_to.list", "go_to.list_all",
    ]  # fmt: skip


def test_a_doubled_operation_id_gets_a_distinct_name() -> None:
    assert named(("GET", "/here", "same", ("t",)), ("GET", "/there", "same", ("t",))) == ["here.get", "there.get"]


def test_extensions_come_before_everything_else() -> None:
    pointer = Pointer().below("paths", "/a/b", "get")
    operation = Operation(
        verb="GET", path="/a/b", operation_id=None, resource_hint="shop.Items", method_hint="fetch", pointer=pointer
    )
    name = name_calls(Api(title="t", version="1", operations=(operation,)), (operation,))[identity(operation)]
    assert (name.resource, name.method, name.rule) == (("shop", "items"), "fetch", "extension")


@pytest.mark.parametrize("document", ["od/azure.com/keyvault.json", "od/discourse.local.json"])
def test_hardly_any_name_depends_on_another_operation(document: str) -> None:
    path = next(found.path for found in documents.documents() if found.id == document)
    api = api_of(path)
    assert api is not None
    found = measure(api, every=5)
    assert found.pairs > 1000
    assert len(found.changes) * 1000 <= found.pairs, found.changes
