"""Choose security schemes and credentials, and run the flows of several schemes as one."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from .config import AuthResponse, ClientConfig, Scheme
from .encode import loads
from .errors import ArgumentTypeError, MissingCredentialsError
from .prepared import PreparedRequest

Security: TypeAlias = tuple[tuple[str, ...], ...]
Schemes: TypeAlias = tuple[Scheme, ...]
Values: TypeAlias = Mapping[str, Any]
"""Texts, functions that give texts, or None, by the names of credentials."""


class FromEnvironment(str):
    """A credential that nobody passed: it gives way to whatever the caller sets."""


def credential_names(config: ClientConfig) -> dict[str, str | None]:
    """Map each credential's argument to its environment variable."""
    schemes = config.schemes.values()
    return {c.name: c.env for scheme in schemes for c in scheme.credentials}


class Alternative(NamedTuple):
    """Schemes that together are one way to sign in."""

    schemes: Schemes
    names: tuple[str, ...]
    """The credentials that they need."""
    places: frozenset[str]
    """What they write: see `Scheme.place`."""


def alternatives(config: ClientConfig, security: Security) -> tuple[Alternative, ...]:
    """Look up what the document names; one without schemes says that no credentials are needed."""
    found = []
    for scheme_names in security:
        schemes = tuple(config.schemes[name] for name in scheme_names)
        places = frozenset(scheme.place for scheme in schemes)
        found.append(Alternative(schemes, _names(schemes), places))
    return tuple(found)


def _names(schemes: Iterable[Scheme]) -> tuple[str, ...]:
    return tuple(c.name for scheme in schemes for c in scheme.credentials)


def _needed(config: ClientConfig) -> list[set[str]]:
    return [set(o.names) for o in alternatives(config, config.security) if o.names]


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
    options = _needed(config)
    completed: set[str] = set()
    if not any(needed <= passed for needed in options):
        for needed in options:
            if needed <= passed | found.keys() and (needed & passed or not passed):
                completed |= needed
                break
    if not passed:
        completed |= names.keys() - set().union(*options)
    completing = {name: found.get(name) for name in completed - passed}
    return {name: explicit.get(name) for name in names} | completing


def replaced_credentials(
    config: ClientConfig, current: Values, changes: Values
) -> dict[str, Any]:
    """Choose the credentials of a copy: an alternative that is passed complete replaces the others."""
    options = _needed(config)
    dropped: set[str] = set()
    if any(None not in map(changes.get, needed) for needed in options):
        dropped = dropped.union(*options)
    return {**current, **dict.fromkeys(dropped), **changes}


def texts_of(scheme: Scheme, values: Values) -> list[str]:
    """Return the credentials that a scheme needs, in their order."""
    return [values[credential.name] for credential in scheme.credentials]


def check_texts(values: Values) -> Values:
    """Return the credentials.

    Raises:
        ArgumentTypeError: one is no text.
    """
    for name, value in values.items():
        if not isinstance(value, str):
            expected = "a str, or a function that gives one"
            raise ArgumentTypeError(f"{name} must be {expected}, got {type(value)}")
    return values


class SignIn:
    """The schemes of a call and their credentials: the same for many calls."""

    def __init__(self, schemes: Schemes, values: Values) -> None:
        self.schemes = schemes
        self.credentials = {name: values[name] for name in _names(schemes)}
        self.has_functions = any(map(callable, self.credentials.values()))
        self.has_flows = any(type(s).flow is not Scheme.flow for s in schemes)
        """Whether requests have to go through `flow_of`."""
        self.texts = {} if self.has_functions else check_texts(self.credentials)
        in_attempts = self.has_functions or self.has_flows
        at_once = [s for s in schemes if s.location == "header" and not in_attempts]
        self.headers = {
            s.place: (s.wire_name, s.text(*texts_of(s, self.texts))) for s in at_once
        }
        """The credentials that requests have from the start, as nothing changes them."""
        self.deferred = [scheme for scheme in schemes if scheme not in at_once]
        """What is written at each attempt."""
        self.common: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {}
        """The headers of requests that add none of their own, by what they accept."""


def require_credentials(config: ClientConfig, values: Values) -> None:
    """Check the credentials that a client must have from the begin.

    Raises:
        MissingCredentialsError: one is not there.
    """
    for scheme in config.schemes.values():
        for credential in scheme.credentials:
            name = credential.name
            if name in config.required and values.get(name) is None:
                raise MissingCredentialsError(f"no credentials: pass {credential}")


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
    found = [values[name] for name in _names(schemes)]
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

    def __init__(self, response: Any, content: bytes) -> None:
        self.status_code: int = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.content = content

    def json(self) -> Any:
        """Read the content as JSON.

        Raises:
            ValueError: the content is not JSON.
        """
        return loads(self.content)


def flow_of(
    schemes: Schemes, request: PreparedRequest, values: Values
) -> Generator[PreparedRequest, AuthResponse, AuthResponse]:
    """Run the flows of several schemes as one: each writes into what the one before it yields.

    Returns the last response.
    """
    if not schemes:
        return (yield request)
    scheme, others = schemes[0], schemes[1:]
    flow = scheme.flow(request, texts_of(scheme, values))
    wanted = next(flow)
    while True:
        if wanted.auxiliary or not others:
            response = yield wanted
        else:
            response = yield from flow_of(others, wanted, values)
        try:
            wanted = flow.send(response)
        except StopIteration:
            return response
