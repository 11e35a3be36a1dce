"""An authorization server on loopback, made of oauthlib's, and the API that its tokens open."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs

from oauthlib.oauth2 import RequestValidator
from oauthlib.oauth2 import Server as OAuthServer
from tests.runtime.server import Received, Step, answer

CLIENTS = {"me": "s3cret+/ü", "public": ""}
USERS = {"ann": "pass word"}
LIFE = 100
"""Seconds that an access token lasts."""


class Validator(RequestValidator):  # type: ignore[misc]
    """Clients, users and tokens, by a clock that the test moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.access: dict[str, tuple[float, list[str]]] = {}
        self.refresh: dict[str, list[str]] = {}
        self.rotates = True
        self.has_refresh_tokens = True
        self.allowed_scopes: frozenset[str] | None = None

    def client_authentication_required(self, request: Any, *args: Any) -> bool:
        return request.client_id != "public"

    def authenticate_client(self, request: Any, *args: Any) -> bool:
        pair = _basic(request.headers.get("Authorization")) or (request.client_id, request.client_secret)
        request.client_id = pair[0]
        request.client = type("Client", (), {"client_id": pair[0]})
        return pair[0] in CLIENTS and CLIENTS[pair[0]] == pair[1]

    def authenticate_client_id(self, client_id: str, request: Any, *args: Any) -> bool:
        request.client = type("Client", (), {"client_id": client_id})
        return client_id == "public"

    def validate_user(self, username: str, password: str, *args: Any) -> bool:
        return username in USERS and USERS[username] == password

    def validate_grant_type(self, *args: Any) -> bool:
        return True

    def validate_scopes(self, client_id: str, scopes: Iterable[str], *args: Any) -> bool:
        return self.allowed_scopes is None or set(scopes) <= self.allowed_scopes

    def get_default_scopes(self, *args: Any) -> list[str]:
        return ["default"]

    def get_original_scopes(self, refresh_token: str, *args: Any) -> list[str]:
        return self.refresh[refresh_token]

    def validate_refresh_token(self, refresh_token: str, *args: Any) -> bool:
        return refresh_token in self.refresh

    def rotate_refresh_token(self, request: Any) -> bool:
        return self.rotates

    def save_bearer_token(self, token: Any, request: Any, *args: Any) -> None:
        scopes = token["scope"].split()
        self.access[token["access_token"]] = self.now + LIFE, scopes
        if not self.has_refresh_tokens:
            token.pop("refresh_token", None)
        if "refresh_token" in token:
            if self.rotates and request.refresh_token:
                self.refresh.pop(request.refresh_token, None)
            self.refresh[token["refresh_token"]] = scopes

    def validate_bearer_token(self, token: str, scopes: Any, request: Any) -> bool:
        request.scopes = self.access.get(token, (0, []))[1]
        return token in self.access and self.access[token][0] > self.now


class Authorization:
    """Routes requests of a loopback server: `/token` below any path, and an API everywhere else."""

    def __init__(self) -> None:
        self.validator = Validator()
        self._server = OAuthServer(self.validator, token_expires_in=LIFE)
        self.script: list[Step | None] = []
        """What the next requests for tokens are answered with, instead; None: by the server."""
        self.hold: threading.Event | None = None
        """Holds responses with tokens back."""
        self.asked: list[dict[str, str]] = []
        """The forms of the requests for tokens."""
        self.asking: list[Received] = []
        self.accepted: list[list[str]] = []
        """The scopes of the tokens that calls came with."""
        self.refused = 0

    def __call__(self, request: Received) -> Step:
        """Respond to a request."""
        return self._token(request) if request.path.endswith(("/token", "/renew")) else self._api(request)

    def _token(self, request: Received) -> Step:
        self.asking.append(request)
        fields = parse_qs(request.body.decode(), keep_blank_values=True)
        self.asked.append({name: values[0] for name, values in fields.items()})
        scripted = self.script.pop(0) if self.script else None
        return self._held(self._issue(request) if scripted is None else scripted)

    def _issue(self, request: Received) -> Step:
        # The library wants https, which loopback does not have.
        uri, headers = f"https://localhost{request.path}", dict(request.headers)
        headers, body, status = self._server.create_token_response(uri, "POST", request.body.decode(), headers)
        return answer(status, body.encode(), {k: v for k, v in headers.items() if k != "Content-Type"})

    def _held(self, step: Step) -> Step:
        hold = self.hold

        def respond(connection: Any) -> bool:
            if hold is not None:
                hold.wait(30)
            return step(connection)

        return respond

    def _api(self, request: Received) -> Step:
        uri = f"https://localhost{request.path}"
        is_right, found = self._server.verify_request(uri, request.method, "", dict(request.headers), [])
        if not is_right:
            self.refused += 1
            return answer(401, {"error": "invalid_token"})
        self.accepted.append(found.scopes)
        return answer(204)

    def revoke(self) -> None:
        """Refuse all access tokens that are given out so far."""
        self.validator.access.clear()

    def expire(self) -> None:
        """Let all access tokens expire."""
        self.validator.now += LIFE


def _basic(header: str | None) -> tuple[str, str] | None:
    """Read a header as RFC 6749 writes it: both parts are encoded like forms."""
    if header is None or not header.startswith("Basic "):
        return None
    from base64 import b64decode
    from urllib.parse import unquote_plus

    name, _, password = b64decode(header[6:]).decode().partition(":")
    return unquote_plus(name), unquote_plus(password)
