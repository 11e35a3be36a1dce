"""Reports whether a value is what a schema of a document asks for, sharing no code with the generator.

jsonschema decides, with these differences: `oneOf` is as good as `anyOf` (real variants overlap), patterns that Python
cannot read hold for any text, `format` is not checked, and readOnly or writeOnly members are not required where they
are not sent. Discriminators are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from openapi_schema_validator import OAS30Validator, OAS31Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from .specification import Place, Specification

WITH_NULL = extend(
    OAS30Validator, type_checker=OAS30Validator.TYPE_CHECKER.redefine("null", lambda checker, value: value is None)
)
"""Documents of 3.0 have the type `null`, too, which only 3.1 knows."""
Direction = Literal["request", "response"]
ROOT = "urn:document"


class Checker:
    """Checks values against places of one document."""

    def __init__(self, specification: Specification) -> None:
        self._is_30 = specification.is_30
        resource = DRAFT202012.create_resource(specification.document)
        self._registry: Any = Registry().with_resource(ROOT, resource)

    def problem(self, value: Any, schema: Place, direction: Direction) -> str | None:
        """Say in what a value is not what the schema at a place asks for."""
        kind = _validator(self._is_30, direction)
        validator = kind({"$ref": ROOT + _escaped(schema.pointer)}, registry=self._registry)
        error = next(validator.iter_errors(value), None)
        return f"{error.message[:200]} at {error.json_path}" if error else None


def _escaped(pointer: str) -> str:
    return pointer.replace("%", "%25").replace(" ", "%20").replace('"', "%22")


@cache
def _validator(is_30: bool, direction: Direction) -> Any:
    plain = Draft202012Validator.VALIDATORS
    unsent = "readOnly" if direction == "request" else "writeOnly"

    def required(validator: Any, names: list[str], value: Any, schema: Any) -> Iterator[ValidationError]:
        members = schema.get("properties") or {}
        wanted = [n for n in names if not (isinstance(members.get(n), dict) and members[n].get(unsent))]
        yield from plain["required"](validator, wanted, value, schema)

    def pattern(validator: Any, text: str, value: Any, schema: Any) -> Iterator[ValidationError]:
        if _is_pattern(text):
            yield from plain["pattern"](validator, text, value, schema)

    def one_of(validator: Any, variants: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        yield from plain["anyOf"](validator, variants, value, schema)

    changed = {"required": required, "pattern": pattern, "oneOf": one_of}
    changed |= {"anyOf": plain["anyOf"], "allOf": plain["allOf"], "format": lambda *ignored: iter(())}
    return extend(WITH_NULL if is_30 else OAS31Validator, changed)


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
