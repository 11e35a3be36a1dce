"""Choose security schemes and credentials, and run the flows of several schemes as one."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple, TypeAlias, cast

from .config import (
    AuthResponse,
    ClientConfig,
    Credential,
    Requirement,
    Scheme,
    Security,
    Session,
)
from .encode import loads
from .errors import ArgumentTypeError, MissingCredentialsError
from .prepared import PreparedRequest

Schemes: TypeAlias = tuple[Scheme, ...]
Values: TypeAlias = Mapping[str, Any]
"""Texts, functions that give texts, schemes, or None, by the names of credentials."""


class FromEnvironment(str):
    """A credential that nobody passed: it gives way to whatever the caller sets."""


def credential_names(config: ClientConfig) -> dict[str, str | None]:
    """Map each credential's argument to its environment variable."""
    return {c.name: c.env for s in config.all_schemes for c in _all_of(s)}


def _all_of(scheme: Scheme) -> tuple[Credential, ...]:
    return (*scheme.credentials, *scheme.optional)


class Alternative(NamedTuple):
    """Schemes that together are one way to sign in."""

    schemes: Schemes
    names: frozenset[str]
    """The credentials that they need."""
    optional: frozenset[str]
    """What else they take."""
    places: frozenset[str]
    """What they write: see `Scheme.place`."""


def alternatives(
    config: ClientConfig, security: Security, session: Session | None = None
) -> tuple[Alternative, ...]:
    """Look up what the document names; one without schemes says that no credentials are needed."""
    return tuple(
        Alternative(
            schemes,
            frozenset(c.name for s in schemes for c in s.credentials),
            frozenset(c.name for s in schemes for c in s.optional),
            frozenset(s.place for s in schemes),
        )
        for requirements in security
        for schemes in product(*(_ways(config, r, session) for r in requirements))
    )


def _ways(
    config: ClientConfig, requirement: Requirement, session: Session | None
) -> Schemes:
    """Look up the schemes of a name, bound to the client and to the scopes that stand with it."""
    name, *scopes = (requirement,) if isinstance(requirement, str) else requirement
    ways = config.ways(name)
    return tuple(way.bind(session, tuple(scopes)) for way in ways) if session else ways


def _needed(config: ClientConfig) -> list[Alternative]:
    return [o for o in alternatives(config, config.security) if o.names]


def initial_credentials(
    config: ClientConfig, explicit: Values, environment: Mapping[str, str]
) -> dict[str, Any]:
    """Choose the credentials of a new client.

    What is passed wins over the environment, whatever the scheme; the environment only completes
    an alternative that is passed in part. If nothing is passed, the environment's first complete
    alternative is taken, and schemes that only single operations ask for.
    """
    names = credential_names(config)
    found = {
        name: FromEnvironment(environment[env])
        for name, env in names.items()
        if env and environment.get(env)
    }
    passed = {name for name in names if explicit.get(name) is not None}
    completed = _completed_by(config, passed, found.keys())
    completing = {name: found.get(name) for name in completed - passed}
    return {name: explicit.get(name) for name in names} | completing


def _completed_by(
    config: ClientConfig, passed: set[str], found: Collection[str]
) -> set[str]:
    """Choose the credentials to read from the environment, of those that it has."""
    options = _needed(config)
    complete = [option for option in options if option.names <= passed]
    if complete:
        return set().union(*(option.optional for option in complete))
    secrets = {c.name for s in config.all_schemes for c in s.credentials}
    is_given = not passed.isdisjoint(secrets)
    chosen: set[str] = set()
    if not is_given:
        own = (option.names | option.optional for option in options)
        chosen = {*credential_names(config)}.difference(*own)
    for option in options:
        is_found = option.names <= passed.union(found)
        if is_found and (option.names & passed or not is_given):
            return chosen | option.names | option.optional
    return chosen


def replaced_credentials(
    config: ClientConfig, current: Values, changes: Values
) -> dict[str, Any]:
    """Choose the credentials of a copy: an alternative that is passed complete replaces the others."""
    options = _needed(config)
    passed = [o for o in options if None not in map(changes.get, o.names)]
    dropped: set[str] = set()
    if passed:
        dropped = dropped.union(*(o.names for o in options))
        dropped -= set().union(*(o.optional for o in passed))
    return {**current, **dict.fromkeys(dropped), **changes}


def values_of(scheme: Scheme, values: Values) -> list[Any]:
    """Return what a scheme needs, in its order, then what else it takes."""
    return [values[credential.name] for credential in _all_of(scheme)]


def _or_given(scheme: Scheme, values: Values) -> Scheme:
    """Return the scheme that the caller has passed in place of a credential, else the one of the document."""
    given = values[scheme.credentials[0].name]
    return given if isinstance(given, Scheme) else scheme


class SignIn:
    """The schemes of a call and their credentials: the same for many calls."""

    def __init__(self, schemes: Schemes, values: Values) -> None:
        self.schemes = schemes = tuple(_or_given(s, values) for s in schemes)
        self.credentials = {c.name: values[c.name] for s in schemes for c in _all_of(s)}
        self.secrets = {c.name for s in schemes for c in _all_of(s) if c.is_secret}
        self.optional = {c.name for s in schemes for c in s.optional}
        functions = {n for n in self.secrets if callable(self.credentials[n])}
        self.functions = {name: self.credentials[name] for name in functions}
        """What gives credentials at each attempt."""
        renewed = {c.name for s in schemes if s.renews for c in _all_of(s)}
        self.asks_again = not functions <= renewed
        """Whether the functions may give something else after a 401."""
        self.has_flows = any(type(s).flow is not Scheme.flow for s in schemes)
        """Whether requests have to go through `flow_of`."""
        self.values = {} if functions else self.checked({})
        in_attempts = self.functions or self.has_flows
        at_once = [s for s in schemes if s.location == "header" and not in_attempts]
        self.headers = {
            s.place: (s.wire_name, s.text(*values_of(s, self.values))) for s in at_once
        }
        """The credentials that requests have from the start, as nothing changes them."""
        self.deferred = [scheme for scheme in schemes if scheme not in at_once]
        """What is written at each attempt."""
        self.common: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {}
        """The headers of requests that add none of their own, by what they accept."""

    def checked(self, given: Values) -> Values:
        """Return the values for the schemes, with what the functions gave.

        Raises:
            ArgumentTypeError: a credential is no text.
        """
        values = {**self.credentials, **given}
        for name in self.secrets:
            value = values[name]
            if not isinstance(value, str) and (
                value is not None or name not in self.optional
            ):
                expected = "a str, or a function that gives one"
                raise ArgumentTypeError(f"{name} must be {expected}, got {type(value)}")
        return values

    def texts(self, values: Values) -> list[str]:
        """Return the secrets among the values."""
        return [v for name, v in values.items() if name in self.secrets and v]


def require_credentials(config: ClientConfig, values: Values) -> None:
    """Check the credentials that a client must have from the start.

    Raises:
        MissingCredentialsError: one is not there.
    """
    for scheme_name in config.schemes:
        ways = config.ways(scheme_name)
        missing = [
            [c for c in way.credentials if values.get(c.name) is None] for way in ways
        ]
        if all(any(c.name in config.required for c in way) for way in missing):
            options = " or ".join(" and ".join(map(str, way)) for way in missing)
            raise MissingCredentialsError(f"no credentials: pass {options}")


def choose_schemes(
    options: Sequence[Alternative], values: Values, set_by_caller: set[str]
) -> Schemes:
    """Choose the first complete alternative; one whose credentials were passed comes first.

    `set_by_caller` has the places that the caller set or omitted. One that a scheme would write
    stands in for its credentials, and then the environment gives none to other alternatives.

    Raises:
        MissingCredentialsError: no alternative is complete.
    """
    is_touched = any(not set_by_caller.isdisjoint(o.places) for o in options)
    complete = [
        found
        for option in options
        if (found := _completed(option, values, set_by_caller, is_touched)) is not None
    ]
    if complete:
        passed = (schemes for schemes, is_passed in complete if is_passed)
        return next(passed, complete[0][0])
    if is_touched or not options or not all(option.schemes for option in options):
        return ()
    raise MissingCredentialsError(_missing(options))


def _completed(
    option: Alternative, values: Values, set_by_caller: set[str], is_touched: bool
) -> tuple[Schemes, bool] | None:
    """Return the schemes of an alternative that is complete, and whether any credential was passed."""
    schemes = option.schemes
    stands_in = not set_by_caller.isdisjoint(option.places)
    if stands_in:
        schemes = tuple(s for s in schemes if s.place not in set_by_caller)
    found = [values[c.name] for scheme in schemes for c in scheme.credentials]
    if None in found or not (stands_in or any(found)):
        return None
    of_environment = [type(value) is FromEnvironment for value in found]
    if is_touched and not stands_in and any(of_environment):
        return None
    return schemes, not all(of_environment)


def _missing(options: Sequence[Alternative]) -> str:
    ways = [" and ".join(map(str, option.schemes)) for option in options]
    headers = [s.header for option in options for s in option.schemes if s.header]
    if headers:
        ways.append(f"set or omit the header {' or '.join(dict.fromkeys(headers))}")
    return f"no credentials: pass {', or '.join(ways)}"


class FlowResponse:
    """What a flow gets to see of a response."""

    def __init__(self, call: Any) -> None:
        self.call = call
        self.request, self.sent, self.response = call.request, call.sent, call.response
        self.status_code: int = call.response.status_code
        self.headers: Mapping[str, str] = call.response.headers
        self.content: bytes = call.content

    def json(self) -> Any:
        """Read the content as JSON.

        Raises:
            ValueError: the content is not JSON.
        """
        return loads(self.content)

    def invalid(self, message: str) -> Exception:
        """Make the exception that reports what is wrong with this response."""
        error: Exception = self.call.invalid(message)
        return error


def flow_of(
    schemes: Schemes, request: PreparedRequest, values: Values
) -> Generator[PreparedRequest, AuthResponse, AuthResponse]:
    """Run the flows of several schemes as one: each writes into what the one before it yields.

    Returns the last response.

    Raises:
        Exception: what broke a request, where no flow knows what to do about it.
    """
    if not schemes:
        return (yield request)
    scheme, others = schemes[0], schemes[1:]
    flow = scheme.flow(request, values_of(scheme, values))
    resume: Any = flow.send
    outcome: Any = None
    while True:
        try:
            wanted = resume(outcome)
        except StopIteration:
            if isinstance(outcome, Exception):
                raise outcome from None
            return cast("AuthResponse", outcome)
        try:
            resume = flow.send
            if wanted.auxiliary or not others:
                outcome = yield wanted
            else:
                outcome = yield from flow_of(others, wanted, values)
        except Exception as error:  # noqa: BLE001 - the flow may know what to do
            resume, outcome = flow.throw, error
