"""Choose credentials and write them into a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from .config import ClientConfig, Scheme
from .errors import MissingCredentialsError

Security: TypeAlias = tuple[tuple[str, ...], ...]
Placed: TypeAlias = list[tuple[str, str, str]]
"""Location, name and text of each credential."""
Values: TypeAlias = Mapping[str, Any]
"""Texts, or None, by the names of credentials."""


class FromEnvironment(str):
    """A credential that nobody passed: it gives way to whatever the caller sets."""


def credential_names(config: ClientConfig) -> dict[str, str | None]:
    """Map each credential's argument to its environment variable."""
    schemes = config.schemes.values()
    return {c.name: c.env for scheme in schemes for c in scheme.credentials}


class Alternative(NamedTuple):
    """Schemes that together are one way to sign in."""

    schemes: tuple[Scheme, ...]
    names: tuple[str, ...]
    """The credentials that they need."""
    places: frozenset[str]
    """What they write: see `Scheme.place`."""


def alternatives(config: ClientConfig, security: Security) -> tuple[Alternative, ...]:
    """Look up what the document names; one without schemes says that no credentials are needed."""
    found = []
    for scheme_names in security:
        schemes = tuple(config.schemes[name] for name in scheme_names)
        names = tuple(c.name for scheme in schemes for c in scheme.credentials)
        places = frozenset(scheme.place for scheme in schemes)
        found.append(Alternative(schemes, names, places))
    return tuple(found)


def _needed(config: ClientConfig) -> list[set[str]]:
    return [set(o.names) for o in alternatives(config, config.security) if o.names]


def initial_credentials(
    config: ClientConfig, explicit: Values, environment: Mapping[str, str]
) -> dict[str, Any]:
    """Settle the credentials of a new client.

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
    taken: set[str] = set()
    if not any(needed <= passed for needed in options):
        for needed in options:
            if needed <= passed | found.keys() and (needed & passed or not passed):
                taken |= needed
                break
    if not passed:
        taken |= names.keys() - set().union(*options)
    completing = {name: found.get(name) for name in taken - passed}
    return {name: explicit.get(name) for name in names} | completing


def replaced_credentials(
    config: ClientConfig, current: Values, changes: Values
) -> dict[str, Any]:
    """Settle the credentials of a copy: an alternative that is passed complete replaces the others."""
    options = _needed(config)
    dropped: set[str] = set()
    if any(None not in map(changes.get, needed) for needed in options):
        dropped = dropped.union(*options)
    return {**current, **dict.fromkeys(dropped), **changes}


def place_credentials(
    options: Sequence[Alternative], values: Values, set_by_caller: set[str]
) -> Placed:
    """Give location, name and text of the first complete alternative; one that was passed comes first.

    `set_by_caller` has the places that the caller set or omitted. One that a scheme would write
    stands in for its credentials, and then the environment gives none to other alternatives.
    """
    chosen = set_by_caller and [
        option for option in options if not set_by_caller.isdisjoint(option.places)
    ]
    best: Sequence[Scheme] | None = None
    for option in options:
        schemes, names = option.schemes, option.names
        is_chosen = bool(chosen) and option in chosen
        if is_chosen:
            schemes = tuple(s for s in schemes if s.place not in set_by_caller)
            names = tuple(c.name for scheme in schemes for c in scheme.credentials)
        found = list(map(values.__getitem__, names))
        if None in found or not (is_chosen or any(found)):
            continue
        kinds = set(map(type, found))
        if chosen and not is_chosen and FromEnvironment in kinds:
            continue
        is_passed = not kinds <= {FromEnvironment}
        if best is None or is_passed:
            best = schemes
        if is_passed:
            break
    if best is not None:
        return [_placed(scheme, values) for scheme in best]
    if chosen or not options or not all(option.schemes for option in options):
        return []
    raise MissingCredentialsError(_missing(options))


def _placed(scheme: Scheme, values: Values) -> tuple[str, str, str]:
    texts = []
    for credential in scheme.credentials:
        value = values[credential.name]
        if not isinstance(value, str):
            raise TypeError(f"{credential.name} must be a str, got {type(value)}")
        texts.append(value)
    return scheme.location, scheme.wire_name, scheme.text(*texts)


def _missing(options: Sequence[Alternative]) -> str:
    ways = [" and ".join(map(str, option.schemes)) for option in options]
    headers = [s.header for option in options for s in option.schemes if s.header]
    if headers:
        ways.append(f"set or omit the header {' or '.join(dict.fromkeys(headers))}")
    return f"no credentials: pass {', or '.join(ways)}"
