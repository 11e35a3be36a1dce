# ruff: noqa: E501 - a line of the document, or of a config
"""Methods that read webhooks: the table that they become, and what the client does with it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import inspect
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from tests.importing import imported
from tests.migrate.conftest import SPEC, Migrate

WEBHOOKS = """\
webhooks:
  pet.sold: {post: {requestBody: {content: {application/json: {schema: {type: object, required: [type], properties: {type: {const: pet.sold}, price: {type: integer}}}}}}}}
  pet.died: {post: {requestBody: {content: {application/json: {schema: {type: object, required: [type], properties: {type: {const: pet.died}}}}}}}}
"""
UNWRAP = "unwrap: {type: webhook_unwrap, discriminator: type, webhook_key_opt: hook_key}"
TOKEN = "token: {type: string, nullable: true, auth: {security_scheme: old}}"
OPTION = f"client_settings: {{opts: {{{TOKEN}, hook_key: {{type: string, read_env: HOOK_KEY, nullable: true}}}}}}\n"
EVENT = json.dumps({"type": "pet.sold", "price": 3})
SECRET = base64.b64encode(b"secret").decode()


@pytest.fixture
def hooks(migrate: Migrate) -> Migrate:
    (migrate.folder / "openapi.yml").write_text(SPEC + WEBHOOKS)
    return migrate


@contextmanager
def package(migrate: Migrate) -> Iterator[Any]:
    """Generate the client, and import it."""
    made = migrate.generate()
    assert made.exit_code == 0, made.output
    with imported(migrate.folder / "pet_store") as found:
        yield found


def signed(body: str) -> dict[str, str]:
    """Give the headers of a webhook, by the rules of Standard Webhooks."""
    now = str(int(time.time()))
    digest = hmac.new(b"secret", f"msg_1.{now}.{body}".encode(), hashlib.sha256).digest()
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": now,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def test_the_option_with_the_key_is_the_secret(hooks: Migrate) -> None:
    made = hooks(OPTION + f"resources: {{hooks: {{methods: {{{UNWRAP}}}}}}}")
    expected = {"resource": "hooks", "unwrap": "unwrap", "secret_argument": "hook_key", "secret_env": "HOOK_KEY"}
    assert made.at("webhooks") == expected
    assert made.at("client/arguments") is None
    assert made.report["resources.hooks.methods.unwrap.webhook_key_opt"][0] == "carried"
    assert made.report["client_settings.opts.hook_key.read_env"][0] == "carried"
    assert not [key for key, (fate, _) in made.report.items() if fate == "unknown"]


def test_the_client_verifies_and_reads_webhooks_as_the_sdk_does(hooks: Migrate) -> None:
    hooks(OPTION + f"resources: {{pets: {{methods: {{list: get /pets}}}}, hooks: {{methods: {{{UNWRAP}}}}}}}")
    with package(hooks) as made:
        client = made.PetStore(token="t", hook_key=SECRET)
        assert list(inspect.signature(client.hooks.unwrap).parameters) == ["payload", "headers", "key"]
        event = client.hooks.unwrap(EVENT, headers=signed(EVENT))
        assert isinstance(event, made.types.PetSoldWebhookEvent)
        assert event.price == 3
        assert made.types.UnwrapWebhookEvent
        with pytest.raises(made.WebhookVerificationError):
            client.hooks.unwrap(EVENT, headers=signed(EVENT + " "))
        assert client.hooks.unsafe_unwrap(EVENT) == event


def test_without_a_key_nothing_is_verified(hooks: Migrate) -> None:
    made = hooks(
        "client_settings: {opts: {"
        + TOKEN
        + "}}\nresources: {pets: {methods: {list: get /pets}}, a: {subresources: {hooks: {methods: {read: {type: webhook_unwrap}}}}}}"
    )
    assert made.at("webhooks") == {"resource": "a.hooks", "unwrap": "read", "verify": False}
    with package(hooks) as sdk:
        client = sdk.PetStore(token="t")
        assert client.a.hooks.read(EVENT).price == 3
        assert list(inspect.signature(client.a.hooks.read).parameters) == ["payload"]
        assert not hasattr(client.a.hooks, "unsafe_unwrap")
        assert "webhook_secret" not in inspect.signature(sdk.PetStore).parameters


def test_what_cannot_be_read_is_said(hooks: Migrate) -> None:
    made = hooks(
        "resources: {a: {methods: {unwrap: {type: webhook_unwrap, webhook_key_opt: nothing}, again: {type: webhook_unwrap}}}}"
    )
    key = "resources.a.methods"
    assert made.at("webhooks/verify") is False
    assert made.report[f"{key}.unwrap.webhook_key_opt"] == (
        "not possible",
        "the client has no such option, so nothing is verified",
    )
    assert made.report[f"{key}.again.type"] == ("not possible", "another method reads the webhooks already")
