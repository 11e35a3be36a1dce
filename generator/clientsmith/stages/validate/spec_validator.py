"""Adapter to openapi-spec-validator: a document goes in, its complaints come out as warnings with places.

Only the official schema that the library brings along is used: its further walk follows references, which are ours to
check, and takes time that grows with the square of some documents. Importing it takes longer than everything else that
is done to a small document, so it is asked only about documents that do not fit its schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ...data.document import Json, Pointer
from ...data.issues import Issue
from ...data.openapi import Version

UNKNOWN_KEYS = frozenset({"additionalProperties", "unevaluatedProperties", "dependentSchemas"})
"""Complaints about keys that the specification does not have: they do no harm."""
LONGEST = 200


def check_meta_schema(version: Version, document: Json) -> list[Issue]:
    """Hold a document against the official schema of its version."""
    if fits(version, document):
        return []
    found: dict[tuple[Pointer, str], Issue] = {}
    for error in schema_errors(version, document):
        for leaf in leaves(error):
            issue = relocated(leaf)
            # One complaint about each value, and one about each key that is missing.
            missing = issue.message if leaf.validator == "required" else ""
            found.setdefault((issue.pointer or Pointer(), missing), issue)
    return list(found.values())


def fits(version: Version, document: Json) -> bool:
    """Report whether a document is right, without the library; False where its schema is not where it used to be."""
    found = find_spec("openapi_spec_validator")
    folders = found.submodule_search_locations if found is not None else None
    path = Path(next(iter(folders or ("",)))) / "resources" / "schemas" / f"v{version}" / "schema.json"
    if not path.is_file():
        return False
    from jsonschema.validators import validator_for

    schema = json.loads(path.read_text("utf-8"))
    return bool(validator_for(schema)(schema).is_valid(document))


def schema_errors(version: Version, document: Json) -> Iterable[Any]:
    """Run the library."""
    import openapi_spec_validator as library

    validators: dict[Version, Any] = {
        "3.0": library.OpenAPIV30SpecValidator,
        "3.1": library.OpenAPIV31SpecValidator,
        "3.2": library.OpenAPIV32SpecValidator,
    }
    errors: Iterable[Any] = validators[version].schema_validator.iter_errors(document)
    return errors


def leaves(error: Any) -> Iterator[Any]:
    """Go from a complaint about alternatives to those about the alternative that was meant."""
    if error.validator in UNKNOWN_KEYS:
        return
    if not error.context:
        yield error
        return
    for inner in closest_alternative(error.context):
        yield from leaves(inner)


def closest_alternative(errors: Iterable[Any]) -> list[Any]:
    """Choose the alternative that a document comes closest to: it goes deepest, with the fewest complaints."""
    alternatives: dict[object, list[Any]] = {}
    for error in errors:
        branch = error.schema_path[0] if error.schema_path else None
        alternatives.setdefault(branch, []).append(error)
    return max(alternatives.values(), key=closeness)


def closeness(errors: list[Any]) -> tuple[bool, int, int]:
    """Rank an alternative; one that only asks for a `$ref` was not meant."""
    wants_reference = any(e.validator == "required" and "'$ref'" in e.message for e in errors)
    return not wants_reference, max(len(e.path) for e in errors), -len(errors)


def relocated(error: Any) -> Issue:
    """Make an issue of a complaint."""
    message = " ".join(str(error.message).split())
    if len(message) > LONGEST:
        message = f"{message[: LONGEST - 4]} ..."
    return Issue(
        code="invalid-document",
        severity="warning",
        message=message,
        pointer=Pointer().below(*error.absolute_path),
    )
