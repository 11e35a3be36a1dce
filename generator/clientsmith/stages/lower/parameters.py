"""Parameters: those of a path and an operation go in, one list in template order comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

from ...data.api import Location, Parameter, StyleName
from ...data.document import Json, Pointer
from ...data.schemas import Schema, StringShape
from ...data.styles import SEPARATORS_KEY, STYLES, explodes, usual_style
from ...data.suggestions import did_you_mean
from .context import Lowering
from .documentation import given_examples
from .nulls import subschemas
from .query_strings import query_string
from .reading import Keys, as_keys, child_keys, flag, text, texts

IGNORED_HEADERS = ("accept", "content-type", "authorization")
"""The specification ignores parameters of these names: media types and security describe them."""


def lower_parameters(
    lowering: Lowering, path: str, item: Keys, item_place: Pointer, keys: Keys, place: Pointer
) -> tuple[str, tuple[Parameter, ...]]:
    """Lower the parameters of an operation, over those of its path item; give the template, too."""
    known: dict[tuple[str, str], Parameter] = {}
    for value, pointer in (
        *subschemas(item, "parameters", item_place),
        *subschemas(keys, "parameters", place),
    ):
        for parameter in one_or_more(lowering, value, pointer):
            known[parameter.location, parameter.wire_name] = parameter
    found = list(known.values())
    path = without_declared_query(path, found)
    return path, ordered(lowering, path, found, place)


def one_or_more(lowering: Lowering, value: Json, pointer: Pointer) -> list[Parameter]:
    """Lower one entry of `parameters`; empty where it is no parameter."""
    target = lowering.follow(value, pointer)
    keys = as_keys(target.value)
    name, location = text(keys, "name"), text(keys, "in")
    if name is None or location is None:
        if keys:
            lowering.warn("bad-parameter", "the parameter has no name or place", target.pointer)
        return []
    if location == "querystring":
        return query_string(lowering, keys, target.pointer, name)
    if location not in get_args(Location):
        message = f"there are no parameters in '{location}'; '{name}' is ignored"
        lowering.warn("unknown-location", message, target.pointer.child("in"), hint=places_hint(location))
        return []
    if location == "header" and name.lower() in IGNORED_HEADERS:
        return []
    found = parameter(lowering, keys, target.pointer, name, cast(Location, location))
    description = description_beside(lowering, value)
    return [found if description is None else replace(found, description=description)]


def description_beside(lowering: Lowering, value: Json) -> str | None:
    """Give the description beside a reference, which takes the place of the target's since 3.1."""
    keys = as_keys(value)
    return text(keys, "description") if "$ref" in keys and lowering.spec.version != "3.0" else None


def places_hint(location: str) -> str:
    """Say where parameters may be, or what replaced the places of Swagger 2.0."""
    if location in ("body", "formData"):
        return "OpenAPI 3 describes bodies in 'requestBody'"
    return "parameters are in path, query, header or cookie"


def parameter(lowering: Lowering, keys: Keys, pointer: Pointer, name: str, location: Location) -> Parameter:
    """Lower a parameter object."""
    style, explode = style_of(lowering, keys, pointer, location)
    schema, content_type = schema_of(lowering, keys, pointer)
    description = text(keys, "description")
    lowering.budget.spend(1, pointer)
    lowering.budget.spend_text(pointer, name, description)
    return Parameter(
        wire_name=name,
        location=location,
        required=location == "path" or flag(keys, "required"),
        schema=schema,
        style=style,
        explode=explode,
        allow_reserved=flag(keys, "allowReserved") and may_be_reserved(lowering, location),
        separators=texts(keys, SEPARATORS_KEY),
        content_type=content_type,
        description=description,
        deprecated=flag(keys, "deprecated"),
        examples=given_examples(lowering, keys, pointer),
        pointer=pointer,
    )


def may_be_reserved(lowering: Lowering, location: Location) -> bool:
    """Report whether `allowReserved` counts: in queries, and since 3.2 in paths and cookies (section 4.12.2.2)."""
    return location == "query" or (location in ("path", "cookie") and lowering.spec.version not in ("3.0", "3.1"))


def style_of(lowering: Lowering, keys: Keys, pointer: Pointer, location: Location) -> tuple[StyleName, bool]:
    """Give style and explode, with the defaults of the location."""
    style, _ = usual_style(location)
    stated = text(keys, "style")
    if stated in STYLES[location]:
        style = stated
    elif stated is not None:
        lowering.warn(
            "bad-style",
            f"a parameter in '{location}' cannot have the style '{stated}'; '{style}' is used",
            pointer.child("style"),
            hint=f"possible here: {', '.join(STYLES[location])}",
        )
    explode = keys.get("explode")
    return style, explode if isinstance(explode, bool) else explodes(style)


def schema_of(lowering: Lowering, keys: Keys, pointer: Pointer) -> tuple[Schema, str | None]:
    """Give the schema of a parameter, and the media type where it has `content`."""
    if "schema" in keys:
        return lowering.schema(keys["schema"], pointer.child("schema")), None
    content = child_keys(keys, "content")
    for media_type, value in content.items():
        place = pointer.below("content", media_type)
        target = lowering.follow(value, place)
        schema = lowering.schema(as_keys(target.value).get("schema", True), target.pointer.child("schema"))
        return schema, media_type.partition(";")[0].strip()
    if "type" in keys:  # Swagger 2.0 writes the schema's keywords into the parameter.
        inner = {name: value for name, value in keys.items() if name not in OUTSIDE}
        return lowering.schema(inner, pointer), None
    return Schema(shape=StringShape(), pointer=pointer), None


OUTSIDE = frozenset(("name", "in", "required", "description", "example", "examples", "deprecated"))


# --- the path template ---


def names_in(path: str) -> tuple[str, ...]:
    """List the `{names}` of a path template, each once."""
    return tuple(dict.fromkeys(re.findall(r"\{([^{}]+)\}", path)))


def without_declared_query(path: str, found: Sequence[Parameter]) -> str:
    """Take out of `/pets?kind={kind}` what a query parameter says as well; a fixed query stays."""
    start, mark, query = path.partition("?")
    if not mark:
        return path
    declared = {each.wire_name for each in found if each.location == "query"}
    kept = [pair for pair in query.split("&") if not declared.intersection(names_in(pair))]
    return f"{start}?{'&'.join(kept)}" if kept else start


def ordered(lowering: Lowering, path: str, found: Sequence[Parameter], place: Pointer) -> tuple[Parameter, ...]:
    """Put path parameters first, as the template has them; report what only one of the two has."""
    declared = {each.wire_name: each for each in found if each.location == "path"}
    names = names_in(path)
    for name, unused in declared.items():
        if name not in names:
            lowering.warn(
                "unused-path-parameter",
                f"the path '{path}' has no '{{{name}}}'; the parameter is ignored",
                unused.pointer,
                hint=did_you_mean(name, names),
            )
    missing = [name for name in declared if name not in names]
    in_path = [
        declared[name] if name in declared else undeclared(lowering, path, name, place, missing) for name in names
    ]
    return (*in_path, *[each for each in found if each.location != "path"])


def undeclared(lowering: Lowering, path: str, name: str, place: Pointer, candidates: Sequence[str]) -> Parameter:
    """Make the parameter that the template needs, and report that nothing declares it."""
    lowering.warn(
        "undeclared-path-parameter",
        f"the path '{path}' has '{{{name}}}', which no parameter declares; it is a required string",
        place,
        subject=name,
        hint=did_you_mean(name, candidates) or f"declare the parameter '{name}' with 'in: path'",
    )
    return replace(parameter(lowering, {}, place, name, "path"), undeclared=True, required=True)
