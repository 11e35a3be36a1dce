"""Choose credentials and write them into a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from .config import ClientConfig, Scheme
from .errors import MissingCredentialsError
from .operation import Operation

Values: TypeAlias = Mapping[str, str | None]


class FromEnvironment(str):
    """A credential that nobody passed: it gives way to whatever the caller sets."""


def credential_names(config: ClientConfig) -> dict[str, str | None]:
    """Map each credential's argument to its environment variable."""
    schemes = config.schemes.values()
    return {c.name: c.env for scheme in schemes for c in scheme.credentials}


def _alternatives(config: ClientConfig) -> list[set[str]]:
    """Give the names of the credentials that each alternative of the API needs."""
    return [
        {c.name for scheme in schemes for c in config.schemes[scheme].credentials}
        for schemes in config.security
        if schemes
    ]


def initial_credentials(
    config: ClientConfig, explicit: Values, environment: Mapping[str, str]
) -> dict[str, str | None]:
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
    alternatives = _alternatives(config)
    taken: set[str] = set()
    if not any(needed <= passed for needed in alternatives):
        for needed in alternatives:
            if needed <= passed | found.keys() and (needed & passed or not passed):
                taken |= needed
                break
    if not passed:
        taken |= names.keys() - set().union(*alternatives)
    completing = {name: found.get(name) for name in taken - passed}
    return {name: explicit.get(name) for name in names} | completing


def replaced_credentials(
    config: ClientConfig, current: Values, changes: Values
) -> dict[str, str | None]:
    """Settle the credentials of a copy: an alternative that is passed complete replaces the others."""
    alternatives = _alternatives(config)
    dropped: set[str] = set()
    if any(all(map(changes.get, needed)) for needed in alternatives):
        dropped = dropped.union(*alternatives)
    return {**current, **dict.fromkeys(dropped), **changes}


def place_credentials(
    config: ClientConfig,
    operation: Operation[object],
    values: Values,
    set_by_caller: set[str],
) -> list[tuple[str, str, str]]:
    """Give location, name and text of the first complete alternative that the operation accepts.

    `set_by_caller` has the lower-cased names of headers, and the query keys, that the caller set
    or omitted; one that a scheme would write stands in for credentials, and then the environment
    gives none to other alternatives.
    """
    security = config.security if operation.security is None else operation.security
    chosen = set_by_caller and [
        names
        for names in security
        if any(config.schemes[name].place in set_by_caller for name in names)
    ]
    for names in security:
        schemes = [config.schemes[name] for name in names]
        found = [values.get(c.name) for scheme in schemes for c in scheme.credentials]
        if not all(found) or not found:
            continue
        if not chosen or names in chosen or FromEnvironment not in map(type, found):
            return [
                (
                    s.location,
                    s.wire_name,
                    s.text(*[values[c.name] or "" for c in s.credentials]),
                )
                for s in schemes
            ]
    if chosen or not security or () in security:
        return []
    options = [[config.schemes[name] for name in names] for names in security]
    raise MissingCredentialsError(_missing(options))


def _missing(options: list[list[Scheme]]) -> str:
    ways = [" and ".join(map(str, schemes)) for schemes in options]
    headers = [s.header for schemes in options for s in schemes if s.header]
    if headers:
        ways.append(f"set or omit the header {' or '.join(dict.fromkeys(headers))}")
    return f"no credentials: pass {', or '.join(ways)}"
