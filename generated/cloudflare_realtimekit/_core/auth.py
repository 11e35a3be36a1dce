"""Choose credentials and write them into a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from .config import APIKey, Basic, Bearer, ClientConfig, Scheme
from .errors import MissingCredentialsError
from .operation import Operation

Values: TypeAlias = Mapping[str, str | None]


class Placement(NamedTuple):
    """Where the credentials of one request go."""

    headers: tuple[tuple[str, str], ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()


NOWHERE = Placement()


def credential_names(config: ClientConfig) -> dict[str, str | None]:
    """Map each credential's argument to its environment variable."""
    return {
        credential.name: credential.env
        for scheme in config.schemes.values()
        for credential in scheme.credentials
    }


def initial_credentials(
    config: ClientConfig, explicit: Values, environment: Mapping[str, str]
) -> dict[str, str | None]:
    """Settle the credentials of a new client.

    What is passed wins over the environment, whatever the scheme; the environment only completes
    an alternative that is passed in part. If nothing is passed, the environment's first complete
    alternative is taken, and schemes that only single operations ask for.
    """
    names = credential_names(config)
    given: dict[str, str | None] = {name: explicit.get(name) for name in names}
    found = {
        name: (env and environment.get(env)) or None for name, env in names.items()
    }
    passed = {name for name, value in given.items() if value is not None}
    alternatives = [_names_of(config, alternative) for alternative in config.security]
    if any(alternative <= passed for alternative in alternatives if alternative):
        return given
    for alternative in alternatives:
        merged = {
            name: found[name] if given[name] is None else given[name]
            for name in alternative
        }
        if (
            alternative
            and all(merged.values())
            and (not passed or alternative & passed)
        ):
            given.update(merged)
            break
    if not passed:
        common = set().union(*alternatives)
        given.update({name: found[name] for name in names if name not in common})
    return given


def replaced_credentials(
    config: ClientConfig, current: Values, changes: Values
) -> dict[str, str | None]:
    """Settle the credentials of a copy: an alternative that is passed complete replaces the others."""
    alternatives = [_names_of(config, alternative) for alternative in config.security]
    merged = {**current, **changes}
    for alternative in alternatives:
        if alternative and all(changes.get(name) for name in alternative):
            merged.update(dict.fromkeys(set().union(*alternatives) - changes.keys()))
            break
    return merged


def _names_of(config: ClientConfig, alternative: tuple[str, ...]) -> set[str]:
    return {
        c.name for scheme in alternative for c in config.schemes[scheme].credentials
    }


def place_credentials(
    config: ClientConfig,
    operation: Operation[object],
    values: Values,
    set_by_caller: set[str],
) -> Placement:
    """Write the first complete alternative that the operation accepts.

    `set_by_caller` has the lower-cased names of headers, and the query keys, that the caller set
    or omitted; one that a scheme would write stands in for credentials.
    """
    security = config.security if operation.security is None else operation.security
    for alternative in security:
        schemes = [config.schemes[name] for name in alternative]
        if schemes and all(
            values.get(c.name) for scheme in schemes for c in scheme.credentials
        ):
            return _place(schemes, values)
    if not security or () in security:
        return NOWHERE
    schemes = [config.schemes[name] for alternative in security for name in alternative]
    if any(_place_name(scheme) in set_by_caller for scheme in schemes):
        return NOWHERE
    raise MissingCredentialsError(_options(config, security))


def _place(schemes: list[Scheme], values: Values) -> Placement:
    placed = Placement()
    for scheme in schemes:
        entry = ((_wire_name(scheme), _credential_text(scheme, values)),)
        location = scheme.location if isinstance(scheme, APIKey) else "header"
        match location:
            case "header":
                placed = placed._replace(headers=placed.headers + entry)
            case "query":
                placed = placed._replace(query=placed.query + entry)
            case "cookie":
                placed = placed._replace(cookies=placed.cookies + entry)
    return placed


def _wire_name(scheme: Scheme) -> str:
    return scheme.wire_name if isinstance(scheme, APIKey) else "Authorization"


def _place_name(scheme: Scheme) -> str:
    return scheme.header.lower() if scheme.header else _wire_name(scheme)


def _credential_text(scheme: Scheme, values: Values) -> str:
    texts = [values[credential.name] or "" for credential in scheme.credentials]
    match scheme:
        case Bearer():
            return f"Bearer {texts[0]}"
        case Basic():
            from binascii import b2a_base64

            return (
                "Basic " + b2a_base64(":".join(texts).encode(), newline=False).decode()
            )
        case APIKey():
            return texts[0]


def _options(config: ClientConfig, security: tuple[tuple[str, ...], ...]) -> str:
    options = []
    for alternative in security:
        credentials = [
            c for name in alternative for c in config.schemes[name].credentials
        ]
        arguments = " and ".join(f"{c.name}=" for c in credentials)
        variables = " and ".join(c.env for c in credentials if c.env)
        options.append(f"{arguments} (or set {variables})" if variables else arguments)
    headers = dict.fromkeys(
        scheme.header
        for alt in security
        for n in alt
        if (scheme := config.schemes[n]).header
    )
    last = (
        f"; or set or omit the header {' or '.join(map(str, headers))}"
        if headers
        else ""
    )
    return f"no credentials: pass {', or '.join(options)}{last}"
