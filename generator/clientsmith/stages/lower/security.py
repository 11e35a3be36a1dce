"""Security: schemes and requirements go in, credentials and what needs them come out."""

from __future__ import annotations

from collections.abc import Mapping

from ...data.access import SchemeKind, Security, SecurityScheme
from ...data.document import Json, Pointer
from ...data.suggestions import did_you_mean
from .context import Lowering
from .reading import Keys, as_keys, child_keys, text

PLACES: Mapping[str, SchemeKind] = {"header": "header", "query": "query", "cookie": "cookie"}
WITHOUT_CREDENTIAL = "mutualTLS"
"""The certificate belongs to the HTTP client that the caller makes: nothing is asked for here."""


def scheme_objects(lowering: Lowering) -> dict[str, tuple[Keys, Pointer]]:
    """Give every scheme of the document with its place."""
    root = child_keys(child_keys(as_keys(lowering.spec.value()), "components"), "securitySchemes")
    found: dict[str, tuple[Keys, Pointer]] = {}
    for name, value in root.items():
        target = lowering.follow(value, Pointer().below("components", "securitySchemes", name))
        found[name] = as_keys(target.value), target.pointer
    return found


def lower_schemes(lowering: Lowering) -> tuple[SecurityScheme, ...]:
    """Lower the schemes that need a credential."""
    made = [scheme(lowering, n, *found) for n, found in scheme_objects(lowering).items()]
    return tuple([each for each in made if each is not None])


def scheme(lowering: Lowering, name: str, keys: Keys, pointer: Pointer) -> SecurityScheme | None:
    """Lower one scheme object."""
    if text(keys, "type") == WITHOUT_CREDENTIAL:
        return None
    kind, wire_name = scheme_kind(keys)
    if kind is None:
        message = f"the security scheme '{name}' is of no known type; it is ignored"
        hint = "the types are apiKey (in header, query or cookie), http, oauth2, openIdConnect"
        lowering.warn("unknown-security-scheme", message, pointer, hint=hint)
        return None
    return SecurityScheme(
        name=name,
        kind=kind,
        wire_name=wire_name,
        description=text(keys, "description"),
        pointer=pointer,
    )


def scheme_kind(keys: Keys) -> tuple[SchemeKind | None, str | None]:
    """Read where a scheme sends its credential, and under which name."""
    match (text(keys, "type") or "").lower():
        case "oauth2" | "openidconnect":
            return "bearer", None
        case "apikey":
            place = PLACES.get(text(keys, "in") or "")
            name = text(keys, "name")
            return (place, name) if name is not None else (None, None)
        case "http":
            return http_kind(text(keys, "scheme") or "")
    return None, None


def http_kind(name: str) -> tuple[SchemeKind | None, str | None]:
    """Recognise bearer and basic among the HTTP schemes."""
    match name.lower():
        case "bearer":
            return "bearer", None
        case "basic":
            return "basic", None
        case "":
            return None, None
    return "other", name


def lower_security(lowering: Lowering, keys: Keys, place: Pointer, schemes: Mapping[str, bool]) -> Security | None:
    """Lower the requirements of a document or an operation; None where it has none of its own.

    `schemes` has each known scheme, and whether it needs a credential.
    """
    value = keys.get("security")
    if not isinstance(value, list):
        return None
    alternatives: dict[tuple[str, ...], None] = {}
    for index, names in enumerate(value):
        alternative = known_names(lowering, names, place.below("security", index), schemes)
        if alternative is not None:
            alternatives[alternative] = None
    return tuple(alternatives) if alternatives or not value else None


def known_names(lowering: Lowering, names: Json, place: Pointer, schemes: Mapping[str, bool]) -> tuple[str, ...] | None:
    """Give the schemes of one alternative that need a credential; None if one does not exist."""
    if not isinstance(names, dict):
        return None
    for name in names:
        if name not in schemes:
            message = f"there is no security scheme '{name}'; this alternative is ignored"
            hint = did_you_mean(name, schemes) or "declare it in 'components.securitySchemes'"
            lowering.warn("unknown-security-requirement", message, place.child(name), hint=hint)
            return None
    return tuple([name for name in names if schemes[name]])
