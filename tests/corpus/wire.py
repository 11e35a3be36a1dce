"""What a request must look like on the wire: values and a document go in, differences come out.

Written from the specification alone (OpenAPI 3.1, "Style Values"), sharing no code with the runtime. Nested values in
styles that do not say how to write them are left to the media-type and schema checks. What deepObject does with lists
is undefined: `a[]`, `a[0]` and a repeated `a` are all taken, as long as no item, and no member of one, can be mistaken.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from email import policy
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl, unquote

from tests.runtime.server import Received

from .specification import JSON, Media, Operation, Parameter

Pair = tuple[str, str]
INDEX = re.compile(r"\[\d*\]")
DELIMITERS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


def text_of(value: Any) -> str:
    """Write a scalar as a style does: like JSON, without quotes."""
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def same(one: Any, other: Any) -> bool:
    """Compare JSON values: equal numbers are equal, true is no number, instants are compared as such."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _same_instant(one, other)
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _same_instant(one: str, other: str) -> bool:
    from datetime import datetime

    try:
        return datetime.fromisoformat(one) == datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return False


def is_flat(value: Any) -> bool:
    """Report whether every style says how to write a value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not any(isinstance(item, (dict, list)) for item in inner)


# --- path ------------------------------------------------------------------------------------------------------------


def path_problem(received: Received, operation: Operation, values: dict[tuple[str, str], Any], base: str) -> str | None:
    """Compare the path, its percent-encoding undone, with the template filled in."""
    path = received.path
    if not operation.has_servers:
        if not path.startswith(base):
            return f"the path {path!r} does not begin with {base!r}"
        path = path.removeprefix(base)
    wanted = operation.path
    for parameter in operation.parameters:
        if parameter.location == "path":
            filled = path_text(parameter, values["path", parameter.name])
            wanted = wanted.replace(f"{{{parameter.name}}}", filled)
    wanted = wanted.partition("#")[0].partition("?")[0]
    found = unquote(path)
    matches = found.endswith(wanted) if operation.has_servers else found.strip("/") == wanted.strip("/")
    return None if matches else f"the path is {found!r}, not {wanted!r}"


def path_text(parameter: Parameter, value: Any) -> str:
    """Fill in one path parameter."""
    if parameter.is_json:
        return json.dumps(value, separators=(",", ":"))
    name, explode = parameter.name, parameter.explode
    items = _items(value, explode)
    match parameter.style:
        case "label":
            return "." + ("." if explode else ",").join(items)
        case "matrix" if explode and isinstance(value, dict):
            return "".join(f";{item}" for item in items)
        case "matrix" if explode and isinstance(value, list):
            return "".join(f";{name}={item}" for item in items)
        case "matrix":
            return f";{name}={','.join(items)}"
        case _:
            return ",".join(items)


def _items(value: Any, explode: bool) -> list[str]:
    if isinstance(value, dict) and explode:
        return [f"{key}={text_of(item)}" for key, item in value.items()]
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (key, text_of(item))]
    return [text_of(item) for item in value] if isinstance(value, list) else [text_of(value)]


# --- query and forms -------------------------------------------------------------------------------------------------


def pairs_of(name: str, value: Any, style: str, explode: bool) -> Iterator[Pair]:
    """Write a value as decoded pairs of a query or a form."""
    if isinstance(value, (dict, list)) and style == "deepObject":
        yield from _deep_pairs(name, value)
    elif isinstance(value, dict) and explode:
        yield from ((key, text_of(item)) for key, item in value.items())
    elif isinstance(value, list) and explode:
        yield from ((name, text_of(item)) for item in value)
    elif isinstance(value, (dict, list)):
        yield name, DELIMITERS.get(style, ",").join(_items(value, False))
    else:
        yield name, text_of(value)


def _deep_pairs(name: str, value: Any) -> Iterator[Pair]:
    """Write a value of any depth, without the indices of lists."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _deep_pairs(f"{name}[{key}]", item)
    elif isinstance(value, list):
        for item in value:
            yield from _deep_pairs(name, item)
    elif value is not None:
        yield name, text_of(value)


def without_indices(found: Iterable[Pair], deep: dict[str, Any]) -> Counter[Pair]:
    """Count pairs, the ones of deepObject values as `_deep_pairs` names them."""
    return Counter((INDEX.sub("", name) if _belongs(name, list(deep)) else name, text) for name, text in found)


def mixed_up(found: Iterable[Pair], deep: dict[str, Any]) -> str | None:
    """Name a deepObject value with several objects in a list whose members nobody can tell apart."""
    names = {name for name, _ in found}
    for root, value in deep.items():
        if _has_objects(value) and not any(_belongs(n, [root]) and re.search(r"\[\d+\]", n) for n in names):
            written = sorted(n for n in names if _belongs(n, [root]))
            return f"the members of the objects in {root!r} are mixed up: {written[:4]}"
    return None


def _has_objects(value: Any) -> bool:
    """Report whether there is a list of several objects that have members, at any depth."""
    if isinstance(value, dict):
        return any(map(_has_objects, value.values()))
    if not isinstance(value, list):
        return False
    filled = [item for item in value if isinstance(item, dict) and any(_deep_pairs("", item))]
    return len(filled) > 1 or any(map(_has_objects, value))


def query_problem(
    received: Received, operation: Operation, values: dict[tuple[str, str], Any], credentials: set[str]
) -> str | None:
    """Compare the query's pairs with those that the document asks for."""
    pairs = parse_qsl(received.query, keep_blank_values=True, strict_parsing=bool(received.query))
    deep = {
        p.name: values["query", p.name]
        for p in operation.parameters
        if p.style == "deepObject" and not p.is_json and ("query", p.name) in values
    }
    found = without_indices(pairs, deep)
    wanted: Counter[Pair] = Counter()
    loose: list[str] = []
    for name, text in parse_qsl(operation.path.partition("#")[0].partition("?")[2], keep_blank_values=True):
        variable = text.strip("{}")
        if ("query", variable) not in {(p.location, p.name) for p in operation.parameters}:
            wanted[name, text_of(values.get(("path", variable), text))] += 1
    for parameter in operation.parameters:
        value = values.get(("query", parameter.name))
        if parameter.location != "query" or value is None:
            continue
        if parameter.is_json:
            texts = [text for name, text in found if name == parameter.name]
            if len(texts) != 1 or not same(json.loads(texts[0]), value):
                return f"the query parameter {parameter.name!r} is {texts!r}, not the JSON of {value!r}"
            loose.append(parameter.name)
        elif is_flat(value) or parameter.name in deep:
            wanted.update(pairs_of(parameter.name, value, parameter.style, parameter.explode))
        else:
            roots = [parameter.name, *_keys(value)]
            if any(_leaves(value)) and not any(_belongs(name, roots) for name, _ in found):
                return f"the query has nothing of {parameter.name!r}"
            loose += roots
    left = {
        pair: n for pair, n in (found - wanted).items() if not _belongs(pair[0], loose) and pair[0] not in credentials
    }
    lacking = wanted - found
    return f"the query lacks {dict(lacking)} and has {left} too much" if lacking or left else mixed_up(pairs, deep)


def _keys(value: Any) -> Iterator[str]:
    """Name all keys in a value, at any depth."""
    if isinstance(value, dict):
        yield from value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(item)


def _leaves(value: Any) -> Iterator[bool]:
    """Give a true value for each scalar that is not null."""
    if isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _leaves(item)
    else:
        yield value is not None


def _belongs(name: str, roots: list[str]) -> bool:
    return any(name == root or name.startswith((f"{root}[", f"{root}.")) for root in roots)


# --- headers and cookies ---------------------------------------------------------------------------------------------


def headers_problem(received: Received, operation: Operation, values: dict[tuple[str, str], Any]) -> str | None:
    """Compare header and cookie parameters with what was sent."""
    cookies = "; ".join(received.all("cookie"))
    for parameter in operation.parameters:
        value = values.get((parameter.location, parameter.name))
        if value is None:
            continue
        if parameter.location == "header" and is_flat(value):
            wanted = json.dumps(value) if parameter.is_json else ",".join(_items(value, parameter.explode))
            if not _same_header(received.header(parameter.name), wanted, parameter):
                return f"the header {parameter.name!r} is {received.header(parameter.name)!r}, not {wanted!r}"
        if parameter.location == "cookie" and is_flat(value) and not parameter.is_json:
            for name, text in pairs_of(parameter.name, value, "form", parameter.explode):
                if f"{name}={text}" not in unquote(cookies):
                    return f"the cookies {cookies!r} lack {name}={text}"
    return None


def _same_header(found: str | None, wanted: str, parameter: Parameter) -> bool:
    if parameter.is_json and found is not None:
        return same(json.loads(found), json.loads(wanted))
    return found == wanted


# --- bodies ----------------------------------------------------------------------------------------------------------


def without_space(content_type: str) -> str:
    """Write a media type in one way."""
    return content_type.replace(" ", "").lower()


def body_problem(received: Received, media: Media, value: Any) -> str | None:
    """Compare a body with the value it was made of."""
    content_type = without_space(received.header("content-type") or "")
    declared = without_space(media.content_type)
    if "*" not in declared and content_type != declared and content_type.partition(";boundary=")[0] != declared:
        return f"the content type is {content_type!r}, not {declared!r}"
    match media.kind:
        case "json":
            found = json.loads(received.body)
            return None if same(found, value) else f"the body is {found!r}, not {value!r}"
        case "form":
            return _form_problem(received, media, value)
        case "multipart":
            return _multipart_problem(received, media, value)
        case _:
            wanted = value if isinstance(value, bytes) else text_of(value).encode()
            return None if received.body == wanted else f"the body is {received.body[:80]!r}, not {wanted[:80]!r}"


def _form_problem(received: Received, media: Media, value: JSON) -> str | None:
    pairs = parse_qsl(received.body.decode(), keep_blank_values=True)
    deep = {n: v for n, v in value.items() if (media.encoding.get(n) or {}).get("style") == "deepObject"}
    found = without_indices(pairs, deep)
    wanted: Counter[Pair] = Counter()
    loose: list[str] = []
    for name, item in value.items():
        encoding = media.encoding.get(name) or {}
        style = encoding.get("style", "form")
        if name not in deep and (not is_flat(item) or item is None or isinstance(item, dict)):
            roots = [name, *_keys(item)]
            if any(_leaves(item)) and not any(_belongs(found_name, roots) for found_name, _ in found):
                return f"the form has nothing of {name!r}"
            loose += roots
        else:
            wanted.update(pairs_of(name, item, style, encoding.get("explode", style == "form")))
    left = {pair: n for pair, n in (found - wanted).items() if not _belongs(pair[0], loose)}
    lacking = wanted - found
    return f"the form lacks {dict(lacking)} and has {left} too much" if lacking or left else mixed_up(pairs, deep)


def parts_of(received: Received) -> list[tuple[str, str, bytes]]:
    """Read a multipart body: name, content type, content of each part."""
    head = f"Content-Type: {received.header('content-type')}\r\n\r\n".encode()
    message = BytesParser(policy=policy.HTTP).parsebytes(head + received.body)
    found = []
    for part in message.iter_parts():  # type: ignore[attr-defined]
        name = re.search(r'name="([^"]*)"', part["content-disposition"])
        found.append((name[1] if name else "", part.get_content_type(), part.get_payload(decode=True)))
    return found


def _multipart_problem(received: Received, media: Media, value: JSON) -> str | None:
    for name, content_type, _ in parts_of(received):
        declared = without_space((media.encoding.get(name) or {}).get("contentType", "*"))
        if "*" not in declared and content_type not in declared.split(","):
            return f"the part {name!r} is {content_type!r}, not {declared!r}"
    found = [(name, content) for name, _, content in parts_of(received)]
    for name, item in value.items():
        for one in item if isinstance(item, list) else [item]:
            if not any(n == name and _is_part(content, one) for n, content in found):
                return f"no part {name!r} has {one!r}, there are {found!r}"
    extra = {name for name, _ in found} - value.keys()
    return f"the parts {extra} are too much" if extra else None


def _is_part(content: bytes, value: Any) -> bool:
    if isinstance(value, bytes):
        return content == value
    if isinstance(value, (dict, list)):
        return same(json.loads(content), value)
    return value is None or content.decode() == text_of(value)
