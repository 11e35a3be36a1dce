"""A short notation for the IR, so that a test's expectation fits on a line; documents become specs by the real stages.

`{name!: str, pets: [<Pet>]? ~R}`: a required text, and a nullable read-only list of references.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from clientsmith.data.api import Api
from clientsmith.data.document import Document, Pointer
from clientsmith.data.issues import Found
from clientsmith.data.schemas import (
    AnyShape,
    ArrayShape,
    BooleanShape,
    Definition,
    IntegerShape,
    LiteralShape,
    MapShape,
    NeverShape,
    NullShape,
    NumberShape,
    ObjectShape,
    ReferenceShape,
    Schema,
    StringShape,
    TupleShape,
    UnionShape,
)
from clientsmith.data.spec import Spec
from clientsmith.stages.link import link
from clientsmith.stages.load import load
from clientsmith.stages.lower import lower
from clientsmith.stages.resolve import resolve


def spec_of(document: dict[str, Any], **files: Any) -> Spec:
    """Load a document, and files beside it, as the pipeline does (without `validate`, so it may be wrong)."""
    with TemporaryDirectory() as folder:
        for name, value in {"root": document, **files}.items():
            Path(folder, f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
        return resolve(link(load(Path(folder, "root.json")).value)).value


def unread_spec(document: dict[str, Any]) -> Spec:
    """Make a spec that never was a file: deeper than `load` allows, and without references."""
    root = Document(name="spec", file="", text="", value=document, scan=lambda _: {})
    return Spec(version="3.1", root=root, documents={"": root}, references={}, nodes={})


def lowered(document: dict[str, Any], version: str = "3.1.0", **files: Any) -> Found[Api]:
    """Lower a document of which only the telling members are given."""
    return lower(spec_of({"openapi": version, "info": {"title": "T", "version": "1"}, **document}, **files))


def definitions(schemas: dict[str, Any], version: str = "3.1.0") -> dict[str, Definition]:
    """Lower components; give all definitions by name."""
    found = lowered({"components": {"schemas": schemas}}, version).value
    return {definition.name: definition for definition in found.definitions}


def schema(value: Any, version: str = "3.1.0", **others: Any) -> Schema:
    """Lower one schema, beside other components that it may use."""
    return definitions({"It": value, **others}, version)["It"].schema


def issues(value: Any, version: str = "3.1.0", **others: Any) -> list[tuple[str, str]]:
    """Lower one schema; give the code and place of each issue."""
    found = lowered({"components": {"schemas": {"It": value, **others}}}, version).issues
    return [(issue.code, str(issue.pointer).removeprefix("#/components/schemas/")) for issue in found]


def operation(item: dict[str, Any], path: str = "/pets", **document: Any) -> Any:
    """Lower the first operation of a path item."""
    return lowered({"paths": {path: item}, **document}).value.operations[0]


def short(pointer: Pointer) -> str:
    """Write a place without its usual beginning."""
    return str(pointer).replace("#/components/schemas/", "")


def written(schema: Schema) -> str:
    """Write a schema in the notation."""
    flags = (
        ("R", schema.read_only),
        ("W", schema.write_only),
        ("S", schema.secret),
        ("D", schema.deprecated),
    )
    said = "".join(letter for letter, raised in flags if raised)
    return shape_of(schema) + ("?" if schema.nullable else "") + (f" ~{said}" if said else "")


def shape_of(schema: Schema) -> str:
    """Write a shape in the notation."""
    match schema.shape:
        case AnyShape():
            return "any"
        case NeverShape():
            return "never"
        case NullShape():
            return "null"
        case BooleanShape():
            return "bool"
        case IntegerShape():
            return "int"
        case NumberShape():
            return "number"
        case StringShape(format=text_format):
            return "str" if text_format == "text" else text_format
        case LiteralShape(values=values):
            return " / ".join(json.dumps(value) for value in values)
        case ArrayShape(items=items):
            return f"[{written(items)}]"
        case TupleShape(items=items, rest=rest):
            return f"({', '.join(map(written, items))}{'' if rest is None else f', *{written(rest)}'})"
        case MapShape(values=values):
            return f"{{*: {written(values)}}}"
        case ReferenceShape(target=target):
            return f"<{short(target)}>"
        case ObjectShape():
            return object_text(schema.shape)
        case UnionShape():
            return union_text(schema.shape)


def object_text(shape: ObjectShape) -> str:
    """Write an object in the notation."""
    members = [f"{each.wire_name}{'!' if each.required else ''}: {written(each.schema)}" for each in shape.properties]
    if shape.additional is not None:
        members.append(f"*: {written(shape.additional)}")
    return f"{{{', '.join(members)}}}" + (" closed" if shape.closed else "")


def union_text(shape: UnionShape) -> str:
    """Write a union in the notation, the values that select a variant after `@`."""
    said = " | ".join(map(written, shape.variants))
    if shape.discriminator is None:
        return f"({said})"
    mapping = ", ".join(f"{value}={short(place)}" for value, place in shape.discriminator.mapping)
    return f"({said} @{shape.discriminator.wire_name} {mapping})"
