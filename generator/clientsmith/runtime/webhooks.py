"""What the API sends by itself: verify the signature of a webhook, and decode its body.

Signatures are those of https://www.standardwebhooks.com: HMAC-SHA256 over id, timestamp and body.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from time import time
from typing import Any, Generic, TypeAlias, TypeVar, cast

from .config import ClientConfig
from .decode import decode
from .encode import loads
from .errors import (
    ArgumentTypeError,
    ArgumentValueError,
    ClientError,
    MissingCredentialsError,
)

T = TypeVar("T")

WebhookSecret: TypeAlias = str | bytes | Sequence[str | bytes]
"""One secret, or several while they are replaced: texts as ``whsec_...``, or the key itself as bytes."""

TOLERANCE = 300.0
"""Seconds that the clocks of both sides may differ, and that a message may be under way."""


class WebhookError(ClientError, ValueError):
    """A webhook cannot be read: its body is no JSON, or not what the document says."""

    __module__ = __name__.removesuffix("._core.webhooks")


class WebhookVerificationError(WebhookError):
    """A webhook does not come from the API, or is too old: do not trust it."""

    __module__ = __name__.removesuffix("._core.webhooks")


def initial_secret(config: ClientConfig, given: Any) -> Any:
    """Return the secret of a new client: what is passed, else the environment's."""
    declared = config.webhook_secret
    if given is None and declared is not None and declared.env:
        return os.environ.get(declared.env) or None
    return given


class Webhooks(Generic[T]):
    """Declares the events of an API; `type` gives what each of them is decoded into."""

    def __init__(self, type: Callable[[], object]) -> None:
        self._type = type

    @cached_property
    def annotation(self) -> object:
        return self._type()

    def unwrap(
        self,
        client: Any,
        body: str | bytes,
        headers: Mapping[str, str],
        secret: WebhookSecret | None = None,
    ) -> T:
        """Verify a webhook and decode its body.

        Raises:
            WebhookVerificationError: the signature is not right, or too old.
            WebhookError: the body is not what the document says.
            MissingCredentialsError: there is no secret.
        """
        self.verify(client, body, headers, secret)
        return self.parse(client, body)

    def parse(self, client: Any, body: str | bytes) -> T:
        """Decode a body, whoever sent it.

        Raises:
            WebhookError: the body is not what the document says.
        """
        try:
            data = loads(_content(body))
            decoded = decode(data, self.annotation, strict=client.strict)
        except ValueError as error:
            raise WebhookError(f"the body of the webhook: {error}") from None
        return cast("T", decoded)

    def verify(
        self,
        client: Any,
        body: str | bytes,
        headers: Mapping[str, str],
        secret: WebhookSecret | None = None,
    ) -> None:
        """Compare the signature of a webhook with those that the secrets give.

        Raises:
            WebhookVerificationError: none of them is the same, or the webhook is too old.
            MissingCredentialsError: there is no secret.
        """
        declared = client._config.webhook_secret
        if secret is None:
            secret = getattr(client, declared.name, None)
        if secret is None:
            raise MissingCredentialsError(
                f"no secret to verify the webhook with: pass secret= or {declared}"
            )
        verify(_content(body), headers, list(keys(secret)))


def _content(body: Any) -> bytes:
    """Return the bytes of a body as it was received.

    Raises:
        ArgumentTypeError: it is something else, such as decoded JSON.
    """
    if isinstance(body, str):
        return body.encode("utf-8", "surrogatepass")
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    raise ArgumentTypeError(
        f"body must be the text or the bytes of the request, got {type(body).__name__}"
    )


# --- secrets ---


def keys(secret: Any) -> Iterator[bytes]:
    """Give the keys of secrets; a text may hold several, with blanks between them.

    Raises:
        ArgumentValueError: a secret is empty, or is no base64 behind its prefix.
        ArgumentTypeError: a secret is neither a text nor bytes.
    """
    several = [secret] if isinstance(secret, (str, bytes)) else list(secret)
    texts = [part for s in several for part in (s.split() if type(s) is str else [s])]
    if not texts or not all(texts):
        raise ArgumentValueError("the secret of webhooks is empty")
    for text in texts:
        if isinstance(text, bytes):
            yield text
        elif isinstance(text, str):
            yield from _keys_of(text)
        else:
            message = f"the secret of webhooks must be a str or bytes, got {type(text)}"
            raise ArgumentTypeError(message)


def _keys_of(text: str) -> Iterator[bytes]:
    """Give the key of one secret; one without prefix may be base64 or the key itself.

    Raises:
        ArgumentValueError: behind the prefix there is no base64.
    """
    encoded = text.removeprefix("whsec_")
    decoded = _from_base64(encoded)
    if decoded:
        yield decoded
    elif encoded != text:  # the message does not show the secret
        raise ArgumentValueError("a secret of webhooks has no base64 behind whsec_")
    if encoded == text:
        yield text.encode("utf-8", "surrogatepass")


def _from_base64(text: str) -> bytes | None:
    from binascii import Error, a2b_base64

    try:
        return a2b_base64(text + "=" * (-len(text) % 4), strict_mode=True)
    except (Error, ValueError):
        return None


# --- signatures ---


def verify(
    body: bytes,
    headers: Mapping[str, str],
    keys: Sequence[bytes],
    now: Callable[[], float] = time,
) -> None:
    """Verify one message with some keys.

    Raises:
        WebhookVerificationError: a header is missing, the time is off, or no signature is right.
    """
    found = {str(name).lower(): str(value) for name, value in headers.items()}
    parts = (f"webhook-{name}" for name in ("id", "timestamp", "signature"))
    message_id, timestamp, signature = (_header(found, name) for name in parts)
    _check_time(timestamp, now)
    signed = f"{message_id}.{timestamp}.".encode("utf-8", "surrogatepass") + body
    if not _is_signed(signed, signature, keys):
        raise WebhookVerificationError("the signature of the webhook is not right")


def _header(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name, "").strip()
    if not value:
        raise WebhookVerificationError(f"the webhook has no header {name}")
    return value


def _check_time(timestamp: str, now: Callable[[], float]) -> None:
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 16):
        raise WebhookVerificationError("webhook-timestamp holds no seconds")
    age = now() - int(timestamp)
    if abs(age) > TOLERANCE:
        when = "too long ago" if age > 0 else "in the future"
        raise WebhookVerificationError(f"the webhook was signed {when}")


def _is_signed(signed: bytes, signature: str, keys: Sequence[bytes]) -> bool:
    """Compare all pairs, each in constant time; versions other than v1 are left out."""
    import hmac
    from binascii import b2a_base64

    right = [b2a_base64(hmac.digest(k, signed, "sha256"), newline=False) for k in keys]
    given = [
        text.removeprefix("v1,").encode("utf-8", "surrogatepass")
        for text in signature.split()
        if text.startswith("v1,")
    ]
    # All are compared: the time until an early end would reveal the right one.
    equal = sum(hmac.compare_digest(one, other) for one in right for other in given)
    return equal > 0
