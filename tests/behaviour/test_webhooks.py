"""Case `op_webhooks`: what signatures are right, which secrets verify them, and what the bodies become."""

from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import json
import logging
import pickle
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from tests import case_packages

KEY = b"a key of twenty four byt"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
OTHER = "whsec_" + base64.b64encode(b"another key, of long ago").decode()
BIRTH = b'{"type": "pet.born", "pet": {"id": 7, "name": "Ada"}}'


def signature(body: bytes, key: bytes = KEY, *, message_id: str = "msg_1", at: str | int | None = None) -> str:
    signed = b"%s.%s.%s" % (message_id.encode(), str(int(time.time()) if at is None else at).encode(), body)
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def signed(body: bytes = BIRTH, key: bytes = KEY, **changes: str) -> dict[str, str]:
    """Give the headers of a webhook that is sent now, some of them changed afterwards."""
    now = str(int(time.time()))
    headers = {"webhook-id": "msg_1", "webhook-timestamp": now, "webhook-signature": signature(body, key, at=now)}
    return {name: value for name, value in {**headers, **changes}.items() if value}


@pytest.fixture(params=["OpWebhooks", "AsyncOpWebhooks"])
def client(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.delenv("PETS_SIGNING_SECRET", raising=False)
    return getattr(case_packages.client("op_webhooks"), request.param)(webhook_secret=SECRET)


@pytest.fixture
def package() -> Any:
    return case_packages.client("op_webhooks")


EVENTS: list[tuple[Mapping[str, Any], str]] = [
    ({"type": "pet.born", "pet": {"id": 7}}, "PetBornEvent"),
    ({"type": "pet.sold", "at": "2026-01-02T03:04:05Z"}, "PetSoldEvent"),
    ({"type": "order.shipped", "parcel": "p"}, "OnShippedEvent"),
    ({"type": "order.lost"}, "OnShippedEvent"),
    ({"type": "order.paid", "cents": 5}, "OnPaidEvent"),
]


@pytest.mark.parametrize(("event", "name"), EVENTS, ids=lambda value: str(value))
def test_a_tag_chooses_the_type_of_an_event(client: Any, package: Any, event: Mapping[str, Any], name: str) -> None:
    body = json.dumps(event).encode()
    read = client.webhooks.unwrap(body, signed(body))
    assert type(read) is getattr(package.types.webhooks, name)
    assert read.to_dict() == event
    assert client.webhooks.unsafe_unwrap(body.decode()) == read


def test_an_event_that_the_document_does_not_know_is_a_mapping(client: Any, package: Any) -> None:
    body = b'{"type": "pet.flown", "far": true}'
    assert client.webhooks.unwrap(body, signed(body)) == {"type": "pet.flown", "far": True}
    strict = client.with_options(strict=True)
    with pytest.raises(package.WebhookError, match="expected one of"):
        strict.webhooks.unwrap(body, signed(body))


# --- signatures ------------------------------------------------------------------------------------------------------


def soon(seconds: float) -> dict[str, str]:
    at = str(int(time.time() + seconds))
    return {"webhook-timestamp": at, "webhook-signature": signature(BIRTH, at=at)}


WRONG: dict[str, Callable[[], dict[str, str]]] = {
    "none": lambda: {"webhook-signature": ""},
    "no id": lambda: {"webhook-id": ""},
    "no time": lambda: {"webhook-timestamp": ""},
    "another id": lambda: {"webhook-id": "msg_2"},
    "another time": lambda: {"webhook-timestamp": str(int(time.time()) - 100)},
    "another key": lambda: {"webhook-signature": signature(BIRTH, b"other")},
    "another body": lambda: {"webhook-signature": signature(b"{}")},
    "an unknown version": lambda: {"webhook-signature": signature(BIRTH).replace("v1,", "v2,")},
    "no version": lambda: {"webhook-signature": signature(BIRTH).removeprefix("v1,")},
    "empty": lambda: {"webhook-signature": "v1,"},
    "no ASCII": lambda: {"webhook-signature": "v1,\u00e4\udcff"},
    "a part of it": lambda: {"webhook-signature": signature(BIRTH)[:-4]},
    "too old": lambda: soon(-400),
    "from the future": lambda: soon(400),
    "a fraction": lambda: {"webhook-timestamp": f"{time.time()}"},
    "no number": lambda: {"webhook-timestamp": "now"},
    "other digits": lambda: {"webhook-timestamp": "\u0661\u0662"},
    "endless": lambda: {"webhook-timestamp": "9" * 5000},
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_a_webhook_that_is_not_signed_right_is_refused(
    client: Any, package: Any, changes: Callable[[], dict[str, str]]
) -> None:
    headers = {**signed(), **changes()}
    with pytest.raises(package.WebhookVerificationError) as caught:
        client.webhooks.unwrap(BIRTH, headers)
    assert isinstance(caught.value, (package.WebhookError, package.OpWebhooksError, ValueError))
    assert SECRET not in str(caught.value)
    with pytest.raises(package.WebhookVerificationError):
        client.webhooks.verify_signature(BIRTH, headers)


RIGHT: dict[str, Callable[[], dict[str, str]]] = {
    "four minutes ago": lambda: soon(-240),
    "in four minutes": lambda: soon(240),
    "one of several": lambda: {
        **soon(0),
        "webhook-signature": f"v1a,x {signature(BIRTH, b'old')} {soon(0)['webhook-signature']}",
    },
}


@pytest.mark.parametrize("changes", RIGHT.values(), ids=RIGHT)
def test_what_is_right(client: Any, changes: Callable[[], dict[str, str]]) -> None:
    assert client.webhooks.unwrap(BIRTH, {**signed(), **changes()}).pet.id == 7


def test_names_of_headers_have_no_case_and_text_is_read_as_utf_8(client: Any) -> None:
    body = '{"type": "pet.born", "pet": {"id": 1, "name": "\u00c4da"}}'
    headers = {name.title(): value for name, value in signed(body.encode()).items()}
    assert client.webhooks.unwrap(body, headers).pet.name == "\u00c4da"
    assert client.webhooks.unwrap(bytearray(body.encode()), headers).pet.name == "\u00c4da"


# --- secrets ---------------------------------------------------------------------------------------------------------

SECRETS: list[Any] = [
    SECRET,
    SECRET.removeprefix("whsec_"),
    SECRET.rstrip("="),
    KEY,
    [OTHER, SECRET],
    (KEY, OTHER),
    f"{OTHER} {SECRET}",
]


@pytest.mark.parametrize("secret", SECRETS, ids=str)
def test_secrets_for_one_call_for_a_client_and_for_a_copy(client: Any, secret: Any) -> None:
    without = client.with_options(webhook_secret=None)
    assert without.webhooks.unwrap(BIRTH, signed(), secret=secret).pet.id == 7
    assert type(client)(webhook_secret=secret).webhooks.unwrap(BIRTH, signed()).pet.id == 7
    assert without.with_options(webhook_secret=secret).webhooks.unwrap(BIRTH, signed()).pet.id == 7


def test_a_secret_that_is_no_base64_is_the_key_itself(client: Any) -> None:
    assert client.webhooks.unwrap(BIRTH, signed(key=b"plain-text!"), secret="plain-text!").pet.id == 7


def test_the_secret_of_the_environment_gives_way(client: Any, package: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETS_SIGNING_SECRET", f"{OTHER} {SECRET}")
    assert type(client)().webhooks.unwrap(BIRTH, signed()).pet.id == 7
    with pytest.raises(package.WebhookVerificationError):
        type(client)(webhook_secret=OTHER).webhooks.unwrap(BIRTH, signed())


@pytest.mark.parametrize("empty", ["", " ", b"", [], [""], [b""], "whsec_", "whsec_no-base64", ["whsec_??"]], ids=repr)
def test_an_empty_or_broken_secret_verifies_nothing(client: Any, package: Any, empty: Any) -> None:
    with pytest.raises(package.OpWebhooksError, match="secret") as caught:
        client.webhooks.unwrap(BIRTH, signed(key=b""), secret=empty)
    assert not isinstance(caught.value, package.WebhookVerificationError)
    assert "??" not in str(caught.value)


def test_a_missing_secret_is_named(client: Any, package: Any) -> None:
    with pytest.raises(
        package.OpWebhooksError, match=r"secret= or webhook_secret= \(or set PETS_SIGNING_SECRET\)"
    ) as caught:
        type(client)().webhooks.unwrap(BIRTH, signed())
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize("secret", [5, [None], {"a": 1}.values()], ids=str)
def test_a_secret_of_another_type_is_refused(client: Any, secret: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        client.webhooks.unwrap(BIRTH, signed(), secret=secret)


def test_the_secret_is_nowhere_to_be_read(client: Any, package: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.webhooks.unwrap(BIRTH, signed())
    texts = [repr(client), str(client), repr(copy.copy(client)), repr(client.webhooks), caplog.text]
    assert [text for text in texts if SECRET in text or "whsec" in text] == []


# --- bodies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", [b"", b"no JSON", b"[1]", b"5", b"\xff", b"[" * 100_000, b'{"type": "pet.born", "pet": 5}']
)
def test_a_body_that_is_something_else_is_an_error_of_the_package(client: Any, package: Any, body: bytes) -> None:
    for read in (lambda: client.webhooks.unwrap(body, signed(body)), lambda: client.webhooks.unsafe_unwrap(body)):
        with pytest.raises(package.WebhookError) as caught:
            read()
        assert not isinstance(caught.value, package.WebhookVerificationError)
        assert type(pickle.loads(pickle.dumps(caught.value))) is package.WebhookError


def test_a_decoded_body_is_refused(client: Any, package: Any) -> None:
    with pytest.raises(package.OpWebhooksError, match="text or the bytes") as caught:
        client.webhooks.unwrap(json.loads(BIRTH), signed())
    assert isinstance(caught.value, TypeError)


def test_errors_are_those_of_the_package(package: Any) -> None:
    assert package.WebhookVerificationError.__module__ == "op_webhooks"
    assert {"WebhookError", "WebhookVerificationError"} <= set(package.__all__)
