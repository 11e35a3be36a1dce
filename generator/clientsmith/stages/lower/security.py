"""Security: schemes and requirements go in, credentials and what needs them come out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import count
from typing import get_args

from ...data.access import FlowKind, OAuthFlow, Requirement, SchemeKind, Security, SecurityScheme
from ...data.document import Json, Pointer
from ...data.suggestions import did_you_mean
from .context import Lowering, components_of
from .reading import Keys, as_keys, child_keys, text, texts

PLACES: Mapping[str, SchemeKind] = {"header": "header", "query": "query", "cookie": "cookie"}
FLOWS: Mapping[str, FlowKind] = {kind: kind for kind in get_args(FlowKind)}
WITH_SCOPES: tuple[FlowKind, ...] = ("clientCredentials", "password")
WITHOUT_CREDENTIAL = "mutualTLS"
"""The certificate belongs to the HTTP client that the caller makes: nothing is asked for here."""


def scheme_objects(lowering: Lowering) -> dict[str, tuple[Keys, Pointer]]:
    """Give every scheme of the document with its place."""
    root = components_of(lowering.spec, "securitySchemes")
    found: dict[str, tuple[Keys, Pointer]] = {}
    for name, value in root.items():
        target = lowering.follow(value, Pointer().below("components", "securitySchemes", name))
        found[name] = as_keys(target.value), target.pointer
    for name, place in lowering.state(NamedByURI).places.items():
        found.setdefault(name, (as_keys(lowering.node(place).value), place))
    return found


class NamedByURI:
    """The schemes that requirements name by a URI (3.2): a component keeps its name, another one has its last step."""

    def __init__(self, lowering: Lowering) -> None:
        self.names: dict[Pointer, str] = {}
        """By the place of the requirement."""
        self.places: dict[str, Pointer] = {}
        """The schemes that are no components of the root document."""
        root = components_of(lowering.spec, "securitySchemes")
        places = {name: Pointer().below("components", "securitySchemes", name) for name in root}
        known = {lowering.follow(root[name], place).pointer: name for name, place in places.items()}
        for document in lowering.spec.documents.values():
            for reference in document.mentions.references:
                target = lowering.spec.references.get(reference.place)
                if reference.keyword == "security" and target is not None and reference.text not in root:
                    place = lowering.end(target).pointer
                    name = known.setdefault(place, unused_name(place, known.values()))
                    self.names[reference.place] = name
                    if name not in root:
                        self.places[name] = place


def unused_name(place: Pointer, known: Collection[str]) -> str:
    """Name a scheme by the last step of its place, with a number where another one has that name."""
    wanted = place.tokens[-1] if place.tokens else "security"
    return next(name for n in count(1) if (name := wanted if n == 1 else f"{wanted}{n}") not in known)


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
        flows=tuple(lower_flows(child_keys(keys, "flows"))) if is_oauth2(keys) else (),
        pointer=pointer,
    )


def is_oauth2(keys: Keys) -> bool:
    """Report whether a scheme has flows."""
    return (text(keys, "type") or "").lower() == "oauth2"


def lower_flows(flows: Keys) -> Iterator[OAuthFlow]:
    """Lower the flows of OAuth 2, in the order of the document."""
    for name in flows:
        kind = FLOWS.get(name)
        keys = child_keys(flows, name)
        if kind is not None:
            yield OAuthFlow(kind=kind, token_url=text(keys, "tokenUrl"), refresh_url=text(keys, "refreshUrl"))


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


Schemes = Mapping[str, SecurityScheme | None]
"""The schemes of a document by their names; None for one that needs no credential, or is ignored."""


def lower_security(lowering: Lowering, keys: Keys, place: Pointer, schemes: Schemes) -> Security | None:
    """Lower the requirements of a document or an operation; None where it has none of its own."""
    value = keys.get("security")
    if not isinstance(value, list):
        return None
    alternatives: dict[tuple[Requirement, ...], None] = {}
    for index, names in enumerate(value):
        alternative = alternative_of(lowering, names, place.below("security", index), schemes)
        if alternative is not None:
            alternatives[alternative] = None
    return tuple(alternatives) if alternatives or not value else None


def alternative_of(lowering: Lowering, names: Json, place: Pointer, schemes: Schemes) -> tuple[Requirement, ...] | None:
    """Give the schemes of one alternative that need a credential; None if one does not exist."""
    if not isinstance(names, dict):
        return None
    by_uri = lowering.state(NamedByURI).names
    names = {by_uri.get(place.child(name), name): scopes for name, scopes in names.items()}
    for name in names:
        if name not in schemes:
            message = f"there is no security scheme '{name}'; this alternative is ignored"
            hint = did_you_mean(name, schemes) or "declare it in 'components.securitySchemes'"
            lowering.warn("unknown-security-requirement", message, place.child(name), hint=hint)
            return None
    known = ((name, schemes[name]) for name in names)
    return tuple([requirement(names, name, scheme) for name, scheme in known if scheme is not None])


def requirement(names: Keys, name: str, scheme: SecurityScheme) -> Requirement:
    """Lower what is needed of one scheme; where tokens are not asked for with scopes, these are for people."""
    if all(flow.kind not in WITH_SCOPES for flow in scheme.flows):
        return Requirement(name)
    return Requirement(name, tuple(dict.fromkeys(scope for each in texts(names, name) for scope in each.split())))
