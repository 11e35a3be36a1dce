"""The references, anchors and identifiers that one file mentions, as they are written.

Examples, defaults and extensions are data, not part of the spec: a `$ref` in them is text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin

from .openapi import DATA, NAME_MAPS, is_extension
from .pointer import Json, Pointer, escape

ALSO_NAMES = ("mapping", "security")
"""Keywords of references that may be names, too: they are checked where they are used."""
FILE_IN_MAPPING = re.compile(r"#|\.(json|ya?ml)$", re.IGNORECASE)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")

PLAIN_IN_FRAGMENT = "/~!$&'()*+,;=:@-._"
"""What a fragment may hold as it is (RFC 3986, section 3.5), beside letters and digits."""


@dataclass(frozen=True, slots=True)
class RawReference:
    """A reference as it is written."""

    place: Pointer
    keyword: str
    text: Json
    base: str
    """The `$id` that it is relative to; empty for the file itself."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What one file refers to, and by which names its places may be referred to."""

    file: str
    references: list[RawReference] = field(default_factory=list)
    anchors: dict[tuple[str, str], Pointer] = field(default_factory=dict)
    """By base and name."""
    dynamic_anchors: list[tuple[str, Pointer]] = field(default_factory=list)
    """The name of each `$dynamicAnchor`, and the schema that has it."""
    identified: dict[str, Pointer] = field(default_factory=dict)
    """Schemas with an `$id`, and a document with a `$self`, by their absolute URI."""

    def files(self, root_name: str) -> Iterator[str]:
        """List the keys of the files that are referred to."""
        for reference in self.references:
            if isinstance(reference.text, str):
                key = file_key(reference.text, self.file, root_name)
                if key is not None and key != self.file:
                    yield key


def file_key(text: str, base_file: str, root_name: str) -> str | None:
    """Give the `Pointer.file` key of the file that a reference names; None for one with a scheme or a host."""
    if SCHEME.match(text):
        return None
    path = unquote(text.partition("#")[0])
    if not path:
        return base_file
    key = posixpath.normpath(posixpath.join(posixpath.dirname(base_file), path))
    return "" if key == root_name else key


def decoded(fragment: str) -> str:
    """Undo percent encoding; what is no UTF-8 stays as it is."""
    if "%" not in fragment:
        return fragment
    try:
        return unquote(fragment, errors="strict")
    except UnicodeDecodeError:
        return fragment


def named_place(text: str, base_file: str, root_name: str) -> Pointer | None:
    """Give the place that a reference to a file, or into one, names; None for any other reference."""
    location, _, fragment = text.partition("#")
    key = file_key(location, base_file, root_name)
    if key is None or (fragment and not fragment.startswith("/")):
        return None
    return Pointer(decoded(fragment), key)


def mentions_of(value: Json, file: str) -> Mentions:
    """Find all references of a file, in its order."""
    mentions = Mentions(file)
    # Without recursion: the children of an object are put on the stack in reverse, so that they come in order.
    stack: list[tuple[Json, str, str, bool]] = [(value, "", "", False)]
    while stack:
        value, path, base, is_map = stack.pop()
        if isinstance(value, list):
            stack += [
                (item, f"{path}/{n}", base, False)
                for n, item in reversed(list(enumerate(value)))
                if isinstance(item, dict | list)
            ]
        elif isinstance(value, dict):
            if not is_map:
                base = take(mentions, value, path, base)
            elif isinstance(value.get("$ref"), str):  # No entry, but a reference to the whole map.
                note(mentions, path, "$ref", value["$ref"], base)
            stack += children(value, path, base, is_map)
    return mentions


def children(value: dict[str, Json], path: str, base: str, is_map: bool) -> list[tuple[Json, str, str, bool]]:
    """List the containers below an object, the last one first."""
    found: list[tuple[Json, str, str, bool]] = [
        (inner, f"{path}/{escape(key)}", base, not is_map and key in NAME_MAPS)
        for key, inner in value.items()
        if isinstance(inner, dict | list) and (is_map or not (key in DATA or is_extension(key)))
    ]
    found.reverse()
    return found


def take(mentions: Mentions, value: dict[str, Json], path: str, base: str) -> str:
    """Note what an object says of references; give the base of what is below it."""
    base = identify(mentions, value, path, base)
    for keyword in ("$ref", "$dynamicRef"):
        if keyword in value:
            note(mentions, path, keyword, value[keyword], base)
            break
    take_security(mentions, value.get("security"), f"{path}/security", base)
    if "discriminator" in value:
        take_mapping(mentions, value["discriminator"], f"{path}/discriminator/mapping", base)
    return base


def identify(mentions: Mentions, value: dict[str, Json], path: str, base: str) -> str:
    """Note `$id`, `$self` and anchors."""
    for keyword in ("$id",) if path else ("$self", "$id"):
        identifier = value.get(keyword)
        if isinstance(identifier, str) and identifier:
            base = absolute(base, identifier.partition("#")[0])
            mentions.identified[base] = Pointer(path, mentions.file)
    for keyword in ("$anchor", "$dynamicAnchor"):
        name = value.get(keyword)
        if isinstance(name, str):
            mentions.anchors.setdefault((base, name), Pointer(path, mentions.file))
            if keyword == "$dynamicAnchor":
                mentions.dynamic_anchors.append((name, Pointer(path, mentions.file)))
    return base


def owner_of(anchor: Pointer) -> Pointer:
    """Give the schema that brings an anchor into scope: the one around its `$defs`, else that which has it."""
    tokens = anchor.tokens
    return anchor.parent.parent if tokens[-2:-1] in (("$defs",), ("definitions",)) else anchor


def is_around(outer: Pointer, inner: Pointer) -> bool:
    """Report whether a place is another one, or holds it."""
    return outer.file == inner.file and f"{inner.path}/".startswith(f"{outer.path}/")


def absolute(base: str, text: str) -> str:
    """Resolve a URI reference; what is no URI stays as it is."""
    try:
        return urljoin(base, text)
    except ValueError:
        return text


def take_mapping(mentions: Mentions, discriminator: Json, path: str, base: str) -> None:
    """Note the entries of a discriminator's mapping that are references; others are names of schemas."""
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    default = discriminator.get("defaultMapping") if isinstance(discriminator, dict) else None
    if isinstance(default, str) and FILE_IN_MAPPING.search(default):
        note(mentions, f"{path.rpartition('/')[0]}/defaultMapping", "mapping", default, base)
    for key, text in mapping.items() if isinstance(mapping, dict) else ():
        if isinstance(text, str) and FILE_IN_MAPPING.search(text):
            note(mentions, f"{path}/{escape(key)}", "mapping", text, base)


def take_security(mentions: Mentions, alternatives: Json, path: str, base: str) -> None:
    """Note the security schemes that are named by a URI; the name of a component has no such characters."""
    for index, names in enumerate(alternatives if isinstance(alternatives, list) else ()):
        for name in names if isinstance(names, dict) else ():
            if "/" in name or "#" in name:
                note(mentions, f"{path}/{index}/{escape(name)}", "security", name, base)


def note(mentions: Mentions, path: str, keyword: str, text: Json, base: str) -> None:
    """Add one reference."""
    place = Pointer(path, mentions.file)
    mentions.references.append(RawReference(place, keyword, text, base))
