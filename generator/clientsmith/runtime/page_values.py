"""Find in a response, and in its request, what leads to the next page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urljoin, urlsplit

from .encode import loads
from .redirects import origin
from .responses import AsyncRawResponse, RawResponse

Raw: TypeAlias = RawResponse[Any] | AsyncRawResponse[Any]
Place: TypeAlias = str | tuple[str, ...]
"""A dotted path, or its names where one has a dot itself."""
LINK = re.compile(r'<([^<>]*)>((?:[^,"]|"(?:[^"\\]|\\.)*")*)')
"""A link of a `Link` header, and its parameters."""
LINK_PARAMETER = re.compile(
    r""";\s*([\w!#$%&'*+.^`|~-]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s;,"]*))?"""
)


def name_steps(place: Place) -> tuple[str, ...]:
    """Split a dotted path into its names."""
    if isinstance(place, tuple):
        return place
    return tuple(place.split(".")) if place else ()


def at(value: Any, place: Place) -> Any:
    """Walk down a path of wire names, through JSON data or decoded models."""
    for name in name_steps(place):
        if isinstance(value, Mapping):
            value = value.get(name)
            continue
        fields = getattr(type(value), "__fields__", {}).items()
        names = (own for own, field in fields if field.on_the_wire(own) == name)
        value = getattr(value, next(names, ""), None)
    return value


def found(raw: Raw, place: Place) -> Any:
    """Find what stands at a place of a response: a dotted path, or `header:Name`."""
    kind, mark, name = place.partition(":") if isinstance(place, str) else ("", "", "")
    if not mark or kind != "header":
        return at(raw.decoded_json(), place)
    text = raw.headers.get(name.lower())
    return next_link(text) if name.lower() == "link" else text


def next_link(header: str | None) -> str | None:
    """Find the URL of the next page in a `Link` header, as RFC 8288 writes it."""
    for url, parameters in LINK.findall(header or ""):
        pairs = LINK_PARAMETER.findall(parameters)
        names = [name.lower() for name, _ in pairs]
        if "rel" not in names or "anchor" in names:
            continue
        relations = pairs[names.index("rel")][1].strip('"').lower()
        if "next" in relations.split():
            return str(url)
    return None


def number(value: object) -> int | None:
    """Read a number that may be text, as in headers and queries; None where it is not a number."""
    if isinstance(value, int):
        return int(value)
    try:
        return int(float(value)) if isinstance(value, (str, float)) else None
    except (ValueError, OverflowError):
        return None


def requested(raw: Raw, place: str, name: Place) -> Any:
    """Find a parameter in the request that went out, whoever wrote it there."""
    if place == "body":
        return at(requested_body(raw), name)
    name = str(name)
    if place == "query":
        return parse_qs(urlsplit(raw.exchange.url).query).get(name, [None])[-1]
    headers = raw.http_request.headers.items()
    return next((v for k, v in headers if k.lower() == name.lower()), None)


def requested_body(raw: Raw) -> Any:
    """Read the body that went out: JSON, or a form."""
    content = raw.http_request.content or b""
    try:
        return loads(content)
    except ValueError:
        pairs = parse_qs(content.decode(errors="replace"), keep_blank_values=True)
        return {k: v if len(v) > 1 else v[0] for k, v in pairs.items()}


def laid_into(data: Any, names: tuple[str, ...], value: object) -> dict[str, object]:
    """Copy data with a value at a path of names."""
    name, *rest = names
    members = dict(data) if isinstance(data, Mapping) else {}
    below = members.get(name)
    members[name] = laid_into(below, tuple(rest), value) if rest else value
    return members


def is_sendable(value: object) -> bool:
    """Report whether a value has a text in UTF-8: half of a surrogate pair has none."""
    try:
        return bool(str(value).encode())
    except UnicodeEncodeError:
        return False


def link_target(link: str, raw: Raw) -> tuple[str | None, Mapping[str, object]]:
    """Split a next link into its URL without the query, and the query.

    The URL is None where the link leads to the path of this page.

    Raises:
        APIResponseValidationError: it leads to another origin, or is no URL.
    """
    here, asked = urlsplit(raw.url), urlsplit(raw.exchange.url)
    there, is_elsewhere = here, False
    try:
        there = urlsplit(urljoin(raw.url, link))
        is_ours = origin(there) == origin(here) and is_sendable(link)
        is_elsewhere = there.path != here.path
        is_ours = is_ours and (not is_elsewhere or origin(there) == origin(asked))
    except ValueError:
        is_ours = False
    if not is_ours:
        raise raw.invalid("the next link leads to another origin, or nowhere")
    query = parse_qs(there.query, keep_blank_values=True)
    pairs = {k: v if len(v) > 1 else v[0] for k, v in query.items()}
    # The URL as it was written has what the base URL has of credentials.
    url = asked._replace(path=there.path, query="", fragment="").geturl()
    return url if is_elsewhere else None, pairs
