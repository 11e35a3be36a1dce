"""OAuth 2.0 (RFC 6749): tokens that a client fetches, keeps, renews, and shares among its calls."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias
from urllib.parse import quote_plus, urlencode

from .config import AuthResponse, Basic, Credential, Flow, Scheme, Session
from .errors import ArgumentTypeError, ArgumentValueError
from .failures import failure_kind
from .prepared import PreparedRequest
from .shared import SharedRequest
from .tokens import Kept, Login, Token, endpoint_url, is_refusal, renewal, token_data

Scopes: TypeAlias = str | Iterable[str]
"""Names of scopes, or a text with blanks between them."""
OnRefreshToken: TypeAlias = Callable[[str], object]
"""What is called with each refresh token that replaces the one before it."""
AuthMethod: TypeAlias = Literal["client_secret_basic", "client_secret_post"]
Steps: TypeAlias = Generator[Any, Any, str | None]
"""Requests to send or to wait for; a token comes out, or None where the last response is an error."""

MOST_KEPT = 1000
"""How many sets of credentials a client keeps tokens for."""
NONE: Mapping[str, str] = {}
FORM = "application/x-www-form-urlencoded"


class Called:
    """What a function of the caller returned: the driver awaits it where that is needed."""

    auxiliary = True

    def __init__(self, value: Any) -> None:
        self.value = value

    def wait(self, call: Any) -> Any:
        return self.value


class Grant(Scheme):
    """A way to get tokens; subclasses say what is sent for one.

    The URLs may be relative to that of the API. `roles` name the credentials: those of `needs` have
    to be there, the others may be. `scopes` are asked for where the caller names none, else those that
    the document has for the operation. `parameters` go into each request for a token.
    """

    needs: tuple[str, ...] = ()
    grant_type = ""
    renews = True
    session: Session
    scopes_of_operation: tuple[str, ...] = ()

    def __init__(
        self,
        url: str,
        refresh_url: str | None = None,
        *,
        auth_method: AuthMethod = "client_secret_basic",
        default_scopes: tuple[str, ...] | None = None,
        parameters: Mapping[str, str] = NONE,
        **roles: Credential,
    ) -> None:
        super().__init__("header", "Authorization", *(roles[n] for n in self.needs))
        others = [name for name in roles if name not in self.needs]
        self.roles = (*self.needs, *others)
        self.optional = tuple(roles[name] for name in others)
        self.url, self.refresh_url = url, refresh_url or url
        self.auth_method, self.parameters = auth_method, parameters
        self.default_scopes = default_scopes

    def bind(self, session: Session, scopes: tuple[str, ...]) -> Scheme:
        bound = object.__new__(type(self))
        vars(bound).update(vars(self), session=session, scopes_of_operation=scopes)
        return bound

    def flow(self, request: PreparedRequest, values: Sequence[Any]) -> Flow:
        """Sign with the token that is kept, or with a new one; once more after a 401."""
        given = dict(zip(self.roles, values, strict=True))
        login = self._login(given)
        kept = self._kept(login)
        asking = _Asking(self, given, login, kept, request.headers.get("User-Agent"))
        token = yield from asking.token()
        if token is None:
            return
        response = yield self.authorized(request, f"Bearer {token}")
        if response.status_code != 401:
            return
        kept.refuse(token)
        if request.is_repeatable:
            token = yield from asking.token()
            if token is not None:
                yield self.authorized(request, f"Bearer {token}")

    def fields(self, given: Mapping[str, Any]) -> Mapping[str, str]:
        """Return what a request for a token says of who asks, besides the client."""
        return NONE

    def wanted_scopes(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the scopes to ask for: of the caller, else of the settings, else of the document.

        Raises:
            ArgumentTypeError: they are no texts.
        """
        wanted = given.get("scopes")
        if wanted is None:
            defaults = self.default_scopes
            return self.scopes_of_operation if defaults is None else defaults
        names = wanted.split() if isinstance(wanted, str) else list(wanted)
        if not all(isinstance(name, str) for name in names):
            raise ArgumentTypeError("scopes must be a str, or a list of them")
        return tuple(names)

    def _login(self, given: Mapping[str, Any]) -> Login:
        chosen = given.get("token_url")
        base = self.session.base_url
        return Login(
            url=endpoint_url(base, chosen or self.url, is_chosen=bool(chosen)),
            refresh_url=endpoint_url(
                base, chosen or self.refresh_url, is_chosen=bool(chosen)
            ),
            client=(given.get("client_id"), given.get("client_secret")),
            fields=tuple(self.fields(given).items()),
            scope=" ".join(self.wanted_scopes(given)),
            refresh_token=given.get("refresh_token"),
        )

    def _kept(self, login: Login) -> Kept:
        kept: dict[Login, Kept] = self.session.kept
        found = kept.get(login)
        if found is None:
            found = kept.setdefault(login, Kept(login.refresh_token))
            if len(kept) > MOST_KEPT:
                kept.pop(next(iter(list(kept))), None)
        return found


class ClientCredentialsGrant(Grant):
    """Section 4.4: the client signs in for itself."""

    needs = ("client_id", "client_secret")
    grant_type = "client_credentials"


class PasswordGrant(Grant):
    """Section 4.3: the client signs in with name and password of a user."""

    needs = ("username", "password")
    grant_type = "password"

    def fields(self, given: Mapping[str, Any]) -> Mapping[str, str]:
        return {"username": given["username"], "password": given["password"]}


class RefreshTokenGrant(Grant):
    """Section 6: the caller has a refresh token, from a user who signed in in a browser, say."""

    needs = ("refresh_token",)

    def wanted_scopes(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the scopes that the caller or the settings want; without any it is those of the token."""
        has_own = given.get("scopes") is not None or self.default_scopes is not None
        return super().wanted_scopes(given) if has_own else ()


class _Asking:
    """How one call gets a token: the one that is kept, or a new one, which one call fetches for all."""

    def __init__(
        self,
        grant: Grant,
        given: Mapping[str, Any],
        login: Login,
        kept: Kept,
        agent: str | None,
    ) -> None:
        self.grant, self.given, self.login, self.kept = grant, given, login, kept
        self.agent = agent
        self.secrets: tuple[str, ...] = ()
        self.clock = grant.session.clock

    def token(self) -> Steps:
        while True:
            if (text := self.kept.usable(self.clock())) is not None:
                return text
            shared, is_own = self.kept.join()
            if is_own:
                return (yield from self._fetch_for_all(shared))
            response = yield shared
            if response is not None:
                data = token_data(response)
                return None if data is None else data["access_token"]

    def _fetch_for_all(self, shared: SharedRequest) -> Steps:
        try:
            text = self.kept.usable(self.clock())  # it may have come just before
            return text or (yield from self._fetch(shared))
        except Exception as error:
            # After a timeout each of the others tries in the time that it has itself.
            if failure_kind(error) not in (None, "timeout"):
                shared.error = error
            raise
        finally:
            self.kept.leave(shared)
            shared.end()

    def _fetch(self, shared: SharedRequest) -> Steps:
        began = self.clock()
        refresh_token = self.kept.refresh_token
        response: Any = None
        if refresh_token is not None:
            response = yield from self._send(shared, self._refreshing(refresh_token))
            if self.grant.grant_type and is_refusal(response):
                self.kept.refresh_token = response = None
        if response is None:
            began = self.clock()
            fields = {"grant_type": self.grant.grant_type, **dict(self.login.fields)}
            request = self._request(self.login.url, self._with_scope(fields))
            response = yield from self._send(shared, request)
        shared.response = response
        data = token_data(response)
        if data is None:
            return None
        text: str = data["access_token"]
        self.kept.token = Token(text, renewal(began, data.get("expires_in")))
        yield from self._keep_refresh_token(data.get("refresh_token"))
        return text

    def _send(
        self, shared: SharedRequest, request: PreparedRequest
    ) -> Generator[Any, Any, AuthResponse]:
        shared.request = request
        response: AuthResponse = yield request
        return response

    def _keep_refresh_token(self, new: Any) -> Generator[Any, Any, None]:
        """Keep a refresh token for the next time, in place of the one that was used."""
        is_new = isinstance(new, str) and new and new != self.kept.refresh_token
        if not is_new or self.grant.grant_type == "client_credentials":
            return
        self.kept.refresh_token = new
        if self.login.refresh_token is None:
            return
        # The caller may give the new one from now on.
        renewed = self.login._replace(refresh_token=new)
        self.grant.session.kept[renewed] = self.kept
        if (notify := self.given.get("on_refresh_token")) is not None:
            result = notify(new)
            if hasattr(result, "__await__"):
                yield Called(result)

    def _refreshing(self, refresh_token: str) -> PreparedRequest:
        fields = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        if self.login.refresh_token is not None:
            fields = self._with_scope(fields)
        return self._request(self.login.refresh_url, fields)

    def _with_scope(self, fields: dict[str, str]) -> dict[str, str]:
        scope = self.login.scope
        return {**fields, "scope": scope} if scope else fields

    def _request(self, url: str, fields: Mapping[str, str]) -> PreparedRequest:
        """Write a request for a token (sections 2.3.1 and 4).

        Raises:
            ArgumentValueError: UTF-8 has no bytes for a credential.
        """
        client_id, secret = self.login.client
        form = {**self.grant.parameters, **fields}
        headers = {"Accept": "application/json", "Content-Type": FORM}
        if self.agent is not None:
            headers["User-Agent"] = self.agent
        own = [v for k, v in fields.items() if k not in ("grant_type", "scope")]
        self.secrets += tuple(own)
        try:
            if secret is not None and self.grant.auth_method == "client_secret_basic":
                pair = quote_plus(client_id or ""), quote_plus(secret)
                headers["Authorization"] = BASIC.text(*pair)
            else:
                client = {"client_id": client_id, "client_secret": secret}
                form.update({k: v for k, v in client.items() if v is not None})
            body = urlencode(form).encode()
        except UnicodeEncodeError:  # it would hold the credential
            needed = self.grant
            raise ArgumentValueError(f"no bytes in UTF-8 stand for {needed}") from None
        headers["Content-Length"] = str(len(body))
        return PreparedRequest(
            "POST", url, headers, body, auxiliary=True, secrets=self.secrets
        )


BASIC = Basic(Credential("client_id"), Credential("client_secret"))
