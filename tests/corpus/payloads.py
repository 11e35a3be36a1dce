"""Makes values that a schema allows: a place in a document goes in, JSON comes out, the same at every run.

A `Choice` says how much: required members or all, null where it may be, which variant of a union, which value of an
enum. Nothing is random. Bytes stand for files in multipart bodies, the only thing here that is no JSON.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from .patterns import matching
from .schemas import Direction
from .specification import JSON, Place, Specification

DEEPEST = 28
"""Schemas inside schemas; what is required below that has no end."""
FULL_DEPTH = 5
"""Down to where all members are made; below, the required ones."""
SEVERAL_DEPTH = 2
"""Down to where lists have several items; below, one, or payloads would double at each level."""
LARGEST = 400
"""Values in one payload before optional members are left out."""

TEXTS = {
    "date-time": ("2026-02-03T04:05:06Z", "2026-02-03T04:05:06.789012+05:30"),
    "date": ("2026-02-03",),
    "time": ("04:05:06Z",),
    "duration": ("P1DT2H",),
    "uuid": ("7c1f2a9e-50b4-4d38-9e6a-2b8d13f0c745",),
    "email": ("ada@example.com",),
    "uri": ("https://example.com/a?b=c",),
    "url": ("https://example.com/a?b=c",),
    "uri-reference": ("/a?b=c",),
    "hostname": ("example.com",),
    "ipv4": ("192.0.2.1",),
    "ip": ("192.0.2.1",),
    "ipv6": ("2001:db8::1",),
    "byte": ("aGVsbG8=",),
    "decimal": ("12.50",),
    "int64": ("12345",),
    "uint64": ("12345",),
    "int32": ("12345",),
}


class NoPayload(Exception):
    """No value was found; the schema may allow none."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """How much a payload has."""

    everything: bool
    nulls: bool = False
    turn: int = 0
    """Which variant of each union, which value of each enum: counted round."""
    plain: bool = False
    """For parameters: never null, never empty, text that no style splits."""
    files: bool = False
    """For multipart bodies: files are bytes."""


class Payloads:
    """Makes payloads of one document for one direction."""

    def __init__(self, specification: Specification, direction: Direction) -> None:
        self._specification = specification
        self._unsent = "readOnly" if direction == "request" else "writeOnly"
        self._heirs = _heirs(specification)
        self._made = 0
        self.undeclared: set[str] = set()
        """Names of members, in any payload so far, that no schema describes."""

    def make(self, schema: Place, choice: Choice) -> Any:
        """Make one value.

        Raises `NoPayload`.
        """
        self._made = 0
        return self._value(schema.value, choice, 0)

    def members(self, schema: Place) -> JSON:
        """Give the members of an object that are declared and sent, all of `allOf` and of all variants merged."""
        found: JSON = {}
        flat = Flattening(self._specification, Choice(everything=True), {}).flat(schema.value, 0)
        for name, member in flat.get("properties", {}).items():
            if not self._is_unsent(member):
                found[name] = member
        return found

    def is_file(self, schema: Any) -> bool:
        """Report whether a part of a multipart body is a file, or a list of files."""
        flat = Flattening(self._specification, Choice(everything=True), {}).flat(schema, 0)
        return _is_binary(flat) or (_kind(flat, 0) == "array" and _is_binary(flat.get("items") or {}))

    # --- one schema ----------------------------------------------------------------------------------------------

    def _value(self, schema: Any, choice: Choice, depth: int) -> Any:
        if depth > DEEPEST:
            raise NoPayload("nested without end")
        if schema is False:
            raise NoPayload("nothing is allowed")
        self._made += 1
        flattening = Flattening(self._specification, choice, self._heirs)
        flat = flattening.flat(schema, depth)
        variants = flattening.variants
        for offset in range(variants):
            try:
                turned = replace(choice, turn=choice.turn + offset)
                flat = Flattening(self._specification, turned, self._heirs).flat(schema, depth) if offset else flat
                return self._of_flat(flat, choice, depth)
            except NoPayload:
                if offset == variants - 1:
                    raise
        raise NoPayload("no variant")

    def _of_flat(self, flat: JSON, choice: Choice, depth: int) -> Any:
        if choice.nulls and not choice.plain and depth and _allows_null(flat):
            return None
        if "const" in flat:
            return flat["const"]
        kind = _kind(flat, choice.turn)
        if "enum" in flat:
            return _chosen(flat["enum"], kind, choice)
        if kind == "object":
            return self._object(flat, choice, depth)
        if kind == "array":
            return self._array(flat, choice, depth)
        if kind == "string":
            return _text(flat, choice)
        if kind in ("integer", "number"):
            return _number(flat, kind)
        if kind == "any":
            return "any" if choice.plain else {"any": [1, 2.5, "text", None, True]}
        return None if kind == "null" else True

    def _array(self, flat: JSON, choice: Choice, depth: int) -> list[Any]:
        is_full = choice.everything and not self._is_enough(depth)
        count = max(flat.get("minItems", 0), self._wanted_items(choice, depth, is_full=is_full))
        prefix = flat.get("prefixItems") or []
        count = min(max(count, len(prefix) if is_full else 0), flat.get("maxItems", 1000))
        items = flat.get("items", {})
        found: list[Any] = []
        for index in range(count):
            turned = replace(choice, turn=choice.turn + index)
            try:
                found.append(self._value(prefix[index] if index < len(prefix) else items, turned, depth + 1))
            except NoPayload:
                if flat.get("minItems", 0) > index or (choice.plain and not found):
                    raise
                break
        return _distinct(found) if flat.get("uniqueItems") else found

    @staticmethod
    def _wanted_items(choice: Choice, depth: int, *, is_full: bool) -> int:
        """Say how many items to make: of one, nobody can tell how a list is written."""
        if choice.plain or (is_full and depth <= SEVERAL_DEPTH):
            return 2
        return 1 if is_full else 0

    def _object(self, flat: JSON, choice: Choice, depth: int) -> JSON:
        required = flat.get("required", ())
        members = flat.get("properties", {})
        is_full = choice.everything and not self._is_enough(depth)
        most = flat.get("maxProperties", 10_000)
        found: JSON = {}
        for name in (*required, *(n for n in members if n not in required)):
            is_required = name in required
            member = members.get(name, _additional(flat))
            if name not in members:
                self.undeclared.add(name)
            if name in found or self._is_unsent(member) or (not is_required and (not is_full or len(found) >= most)):
                continue
            try:
                found[name] = self._value(member, choice, depth + 1)
            except NoPayload:
                if is_required:
                    raise
        ordered = {name: found[name] for name in (*members, *required) if name in found}
        self._add_members(ordered, flat, choice, depth, is_full=is_full)
        return ordered

    def _add_members(self, found: JSON, flat: JSON, choice: Choice, depth: int, *, is_full: bool) -> None:
        """Add optional members up to the least number, then members that have no declaration."""
        least = max(flat.get("minProperties", 0), 1 if choice.plain and depth == 0 else 0)
        for name, member in flat.get("properties", {}).items():
            if len(found) < least and name not in found and not self._is_unsent(member):
                found[name] = self._value(member, choice, depth + 1)
        additional = flat.get("additionalProperties", True)
        is_map = is_full and additional is not False and ("additionalProperties" in flat or not flat.get("properties"))
        wanted = max(least, len(found) + (1 if is_map and len(found) < flat.get("maxProperties", 10_000) else 0))
        number = 0
        while len(found) < wanted and additional is not False:
            name = f"key{number}" if choice.plain else f"any key {number}"
            number += 1
            self.undeclared.add(name)
            try:
                found.setdefault(name, self._value(_additional(flat), replace(choice, plain=True), depth + 1))
            except NoPayload:
                if len(found) < least:
                    raise
                break

    def _is_enough(self, depth: int) -> bool:
        return depth > FULL_DEPTH or self._made > LARGEST

    def _is_unsent(self, schema: Any) -> bool:
        """Report whether a member never goes in this direction."""
        for _ in range(10):
            if not isinstance(schema, dict):
                return False
            if schema.get(self._unsent) is True:
                return True
            if "$ref" in schema:
                schema = self._specification.at(schema["$ref"]).value
            elif len(schema.get("allOf") or ()) == 1:
                schema = schema["allOf"][0]
            else:
                return any(isinstance(s, dict) and s.get(self._unsent) is True for s in schema.get("allOf") or ())
        return False


# --- schemas made of schemas -----------------------------------------------------------------------------------------


class Flattening:
    """Merges what a schema is made of into one flat schema; of unions, one variant."""

    def __init__(self, specification: Specification, choice: Choice, heirs: dict[str, list[str]]) -> None:
        self._specification = specification
        self._choice = choice
        self._heirs = heirs
        self.variants = 1
        """How many variants there were to choose from."""

    def flat(self, schema: Any, depth: int, *, is_use: bool = True) -> JSON:
        """Merge; `is_use` is false inside `allOf`, where a parent stands for itself and not for its heirs."""
        if depth > DEEPEST * 2:
            raise NoPayload("made of itself")
        if not isinstance(schema, dict):
            if schema is False:
                raise NoPayload("nothing is allowed")
            return {}
        if isinstance(schema.get("$ref"), str):
            return self._referenced(schema, depth, is_use=is_use)
        own = {key: value for key, value in schema.items() if key not in ("allOf", "oneOf", "anyOf")}
        if own.get("nullable") and (not self._specification.is_30 or (schema.get("allOf") and not own.get("type"))):
            own["nullable"] = False
        for part in schema.get("allOf") or ():
            own = meet(own, self.flat(part, depth + 1, is_use=False))
        for keyword in ("oneOf", "anyOf"):
            if schema.get(keyword):
                own = self._with_variant(own, schema[keyword], schema.get("discriminator"), depth)
        return own

    def _referenced(self, schema: JSON, depth: int, *, is_use: bool) -> JSON:
        reference = schema["$ref"]
        target = self._specification.at(reference)
        discriminator = target.value.get("discriminator") if isinstance(target.value, dict) else None
        if is_use and discriminator and not (target.value.get("oneOf") or target.value.get("anyOf")):
            choices = list(dict.fromkeys((discriminator.get("mapping") or {}).values()))
            choices = [c for c in choices if c.startswith("#/")] or [reference, *self._heirs.get(reference, ())]
            self.variants = max(self.variants, len(choices))
            reference = choices[self._choice.turn % len(choices)]
            target = self._specification.at(reference)
        flat = self.flat(target.value, depth + 1, is_use=False)
        if not (isinstance(target.value, dict) and (target.value.get("oneOf") or target.value.get("anyOf"))):
            flat = _tagged(flat, flat.get("discriminator"), reference)
        siblings = {key: value for key, value in schema.items() if key != "$ref"}
        if siblings and not self._specification.is_30:
            flat = meet(flat, self.flat(siblings, depth + 1, is_use=False))
        return flat

    def _with_variant(self, own: JSON, variants: list[Any], discriminator: JSON | None, depth: int) -> JSON:
        real = [v for v in variants if not (isinstance(v, dict) and v.get("type") == "null")]
        if not real:
            return meet(own, {"type": "null"})
        self.variants = max(self.variants, len(real))
        allows_null = len(real) < len(variants) and own.get("type") in (None, "null")
        for offset in range(len(real)):
            variant = real[(self._choice.turn + offset) % len(real)]
            try:
                flat = self.flat(variant, depth + 1, is_use=False)
                if isinstance(variant, dict) and isinstance(variant.get("$ref"), str):
                    flat = _tagged(flat, discriminator, variant["$ref"])
                met = meet(own, flat)
                return {**met, "nullable": True} if allows_null else met
            except NoPayload:
                continue
        raise NoPayload("no variant of a union agrees with the rest")


def _heirs(specification: Specification) -> dict[str, list[str]]:
    """Find which components are made of which by `allOf`, at any distance."""
    components = (specification.document.get("components") or {}).get("schemas") or {}
    children = defaultdict(list)
    for name, schema in components.items():
        for part in (schema.get("allOf") or ()) if isinstance(schema, dict) else ():
            if isinstance(part, dict) and isinstance(part.get("$ref"), str):
                children[part["$ref"]].append(f"#/components/schemas/{name}")
    found = {}
    for parent in children:
        reached = list(children[parent])
        for heir in reached:
            reached += [h for h in children.get(heir, ()) if h not in reached]
        found[parent] = reached
    return found


def _tagged(flat: JSON, discriminator: JSON | None, reference: str) -> JSON:
    """Give the property of a discriminator the value that stands for a component."""
    if not discriminator or not isinstance(discriminator.get("propertyName"), str):
        return flat
    name = discriminator["propertyName"]
    mapping = discriminator.get("mapping") or {}
    values = [value for value, target in mapping.items() if target in (reference, reference.rpartition("/")[2])]
    member = flat.get("properties", {}).get(name)
    declared = member.get("enum") if isinstance(member, dict) else None
    tag = values[0] if values else reference.rpartition("/")[2]
    if declared and tag not in declared:
        return flat
    required = tuple(dict.fromkeys((*flat.get("required", ()), name)))
    return {**flat, "properties": {**flat.get("properties", {}), name: {"const": tag}}, "required": required}


def meet(one: JSON, other: JSON) -> JSON:
    """Merge two flat schemas into one that asks for both.

    Raises `NoPayload` where no value can be both.
    """
    merged = {**one, **other}
    if one and other:
        merged["nullable"] = _allows_null(one) and _allows_null(other)
    for keyword, combine in _COMBINED.items():
        if keyword in one and keyword in other:
            merged[keyword] = combine(one[keyword], other[keyword])
    if "const" in merged and "enum" in merged and merged["const"] not in merged["enum"]:
        raise NoPayload("const is not in enum")
    return merged


def _both_properties(one: JSON, other: JSON) -> JSON:
    return {
        **{k: {"allOf": [v, other[k]]} if k in other and other[k] != v else v for k, v in one.items()},
        **{k: v for k, v in other.items() if k not in one},
    }


def _both_enums(one: list[Any], other: list[Any]) -> list[Any]:
    if found := [value for value in one if value in other]:
        return found
    raise NoPayload("enums without a common value")


def _both_types(one: Any, other: Any) -> Any:
    ones = one if isinstance(one, list) else [one]
    others = other if isinstance(other, list) else [other]
    found = [kind for kind in ones if kind in others]
    if not found and {*ones, *others} >= {"integer", "number"}:
        return "integer"
    if not found:
        raise NoPayload(f"{one} is not {other}")
    return found[0] if len(found) == 1 else found


def _both_consts(one: Any, other: Any) -> Any:
    if one != other:
        raise NoPayload("two constants")
    return one


def _both_additional(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        return {"allOf": [one, other]}
    return False if False in (one, other) else (one if isinstance(one, dict) else other)


_COMBINED: dict[str, Any] = {
    "properties": _both_properties,
    "required": lambda one, other: tuple(dict.fromkeys((*one, *other))),
    "enum": _both_enums,
    "type": _both_types,
    "const": _both_consts,
    "additionalProperties": _both_additional,
    "items": lambda one, other: one if one == other else {"allOf": [one, other]},
    **{f"min{what}": max for what in ("imum", "Length", "Items", "Properties")},
    **{f"max{what}": min for what in ("imum", "Length", "Items", "Properties")},
}


def _additional(flat: JSON) -> Any:
    additional = flat.get("additionalProperties")
    return additional if isinstance(additional, dict) else {}


# --- scalars ---------------------------------------------------------------------------------------------------------


def _allows_null(flat: JSON) -> bool:
    if "const" in flat or flat.get("enum"):
        return None in flat.get("enum", ()) and (flat.get("nullable") is True or _has_null(flat) or "type" not in flat)
    return flat.get("nullable") is True or _has_null(flat)


def _has_null(flat: JSON) -> bool:
    return flat.get("type") == "null" or (isinstance(flat.get("type"), list) and "null" in flat["type"])


def _kind(flat: JSON, turn: int) -> str:
    """Find which type a flat schema has, by what it says about it where it names none."""
    named = flat.get("type")
    if isinstance(named, list):
        kinds = [kind for kind in named if kind != "null"]
        return str(kinds[turn % len(kinds)]) if kinds else "null"
    if named:
        return str(named)
    for kind, keywords in _TELLING.items():
        if any(keyword in flat for keyword in keywords):
            return kind
    return "any"


_TELLING = {
    "object": ("properties", "additionalProperties", "required", "minProperties"),
    "array": ("items", "prefixItems", "minItems", "maxItems"),
    "string": ("pattern", "minLength", "maxLength"),
    "number": ("minimum", "maximum", "multipleOf"),
}
_PYTHON = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}


def _chosen(values: list[Any], kind: str, choice: Choice) -> Any:
    fitting = [v for v in values if v is not None and (kind == "any" or _is_of(v, kind))]
    fitting = [v for v in fitting if v != ""] or fitting if choice.plain else fitting
    if not fitting and None in values:
        return None
    if not fitting:
        raise NoPayload("an enum without a value of its type")
    return fitting[choice.turn % len(fitting)]


def _is_of(value: Any, kind: str) -> bool:
    return isinstance(value, _PYTHON.get(kind, object)) and (kind == "boolean" or not isinstance(value, bool))


def _distinct(values: list[Any]) -> list[Any]:
    return [value for index, value in enumerate(values) if value not in values[:index]]


def _is_binary(flat: Any) -> bool:
    if not isinstance(flat, dict) or flat.get("type", "string") not in ("string", ["string", "null"]):
        return False
    return flat.get("format") == "binary" or ("contentMediaType" in flat and "contentEncoding" not in flat)


def _text(flat: JSON, choice: Choice) -> Any:
    if choice.files and _is_binary(flat):
        return b"the bytes \x00\xff of a file"
    shortest, longest = flat.get("minLength", 0), flat.get("maxLength")
    shortest = max(shortest, 1) if choice.plain else shortest
    if isinstance(flat.get("pattern"), str):
        found = matching(flat["pattern"], shortest, longest)
        if found is not None and (found or not choice.plain):
            return found
    texts = TEXTS.get(flat.get("format", ""), ("text-1", "text-2") if choice.plain else ('text "ä" 1',))
    text = texts[choice.turn % len(texts)]
    text = text if longest is None else text[:longest]
    return text + "x" * (shortest - len(text))


def _number(flat: JSON, kind: str) -> int | float:
    """Choose a number between the bounds, close to 7 or 2.5."""
    wanted: float = 7 if kind == "integer" else 2.5
    step = flat.get("multipleOf") or (1 if kind == "integer" else 0)
    low, high = flat.get("minimum"), flat.get("maximum")
    margin = step or 0.25
    if low is not None and flat.get("exclusiveMinimum") is True:
        low += margin
    if high is not None and flat.get("exclusiveMaximum") is True:
        high -= margin
    for keyword, sign in (("exclusiveMinimum", 1), ("exclusiveMaximum", -1)):
        bound = flat.get(keyword)
        if isinstance(bound, (int, float)) and not isinstance(bound, bool):
            low = bound + margin if sign > 0 else low
            high = bound - margin if sign < 0 else high
    value = wanted if low is None else max(wanted, low)
    value = value if high is None else min(value, high)
    if step:
        value = -(-value // step) * step
        value = value if high is None or value <= high else value - step
    return int(value) if kind == "integer" else value
