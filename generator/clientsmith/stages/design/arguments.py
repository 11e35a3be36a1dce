"""The arguments of a method: parameters, and the body or its members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...data.api import Media, Operation, Parameter, RequestBody
from ...data.media import MEDIA_USES, takes_content_type
from ...data.reserved import METHOD_OPTIONS
from ...data.schemas import AnyShape, ArrayShape, ObjectShape, ReferenceShape, Schema, StringShape
from ...data.surface import Argument, ArgumentLocation, Body, Model
from ...data.types import BYTES, AnyOf, Scalar, TypeExpr
from .definitions import Definitions
from .flat_bodies import members_of
from .media import are_alike
from .naming import Names, snake, words
from .types import ModuleTypes, Types, Use, as_files, flags_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An argument before types are made."""

    name: str
    wire_name: str
    location: ArgumentLocation
    required: bool
    schema: Schema
    place: Use
    type: TypeExpr | None = None
    """The type, where it is known already: that of a member of a component."""
    description: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyChoice:
    """How the settings want a body to be passed."""

    name: str | None = None
    """The one argument that takes it whole."""
    is_flat: bool = False
    """Members are arguments also where the body may be null, or one of several objects."""


KEY = "idempotency_key"
KEYLESS = ("GET", "HEAD")
"""Verbs that are sent without an idempotency key."""


def drafts(
    operation: Operation, bodies: tuple[Media, ...], types: Types, choice: BodyChoice = BodyChoice()
) -> tuple[Draft, ...]:
    """Choose the arguments of an operation and their names, in the order of the signature."""
    found = [*map(_parameter, operation.parameters), *_body(operation.request_body, bodies, types, choice)]
    names = Names(("self", *METHOD_OPTIONS, *(("content_type",) if takes_content_type(bodies) else ())))
    named = [replace(draft, name=name) for draft, name in zip(found, _names(found, names), strict=True)]

    def order(draft: Draft) -> tuple[bool, bool, str]:
        is_in_path = draft.location == "path"
        return not is_in_path, not draft.required, "" if is_in_path else types.definitions.rank(draft.name)

    return tuple(sorted(named, key=order))


def with_key(found: tuple[Draft, ...], operation: Operation, header: str | None) -> tuple[Draft, ...]:
    """Add the argument of SDKs for the idempotency key, where an operation sends one and has no such argument."""
    if header is None or operation.verb in KEYLESS or any(draft.name == KEY for draft in found):
        return found
    if any(draft.location == "header" and draft.wire_name.lower() == header.lower() for draft in found):
        return found
    key = Draft(
        name=KEY,
        wire_name=header,
        location="header",
        required=False,
        schema=Schema(shape=StringShape(), pointer=operation.pointer),
        place=Use(root=operation.pointer),
        type=AnyOf((Scalar("string"),), nullable=True),
        notes=("What identifies the call; a random text where it is left out.",),
    )
    return (*found, key)


def _parameter(parameter: Parameter) -> Draft:
    name = parameter.wire_name
    schema = _described(parameter)
    return Draft(
        name=name,
        wire_name=name,
        location=parameter.location,
        required=parameter.required,
        schema=schema,
        place=Use(root=schema.pointer, words=words(name), path=(name,)),
    )


def _described(parameter: Parameter) -> Schema:
    """Give the schema of a parameter with what the parameter says about itself."""
    schema = parameter.schema
    documentation = schema.documentation
    if parameter.description:
        documentation = replace(documentation, description=parameter.description)
    if parameter.examples:
        documentation = replace(documentation, examples=parameter.examples)
    return replace(schema, documentation=documentation, deprecated=schema.deprecated or parameter.deprecated)


def _body(body: RequestBody | None, bodies: tuple[Media, ...], types: Types, choice: BodyChoice) -> Iterator[Draft]:
    """Give the members of an object as arguments; any other body is one argument."""
    if body is None or not bodies:
        return
    as_members = choice.name is None and are_alike(bodies)
    shape = members_of(bodies[0], types.definitions, is_flat=choice.is_flat) if as_members else None
    if shape is not None:
        yield from _members(body, bodies[0], shape, types)
        return
    schema = next(
        (body_schema(media) for media in bodies if MEDIA_USES[media.kind].is_typed_body), body_schema(bodies[0])
    )
    yield Draft(
        name="body",
        wire_name=choice.name or "body",
        location="value",
        required=body.required,
        schema=schema,
        place=Use(root=schema.pointer),
        description=body.description,
    )


def _members(body: RequestBody, media: Media, shape: ObjectShape, types: Types) -> Iterator[Draft]:
    assert media.schema is not None
    files = media.kind == "multipart"
    known = _component_members(media.schema, types)
    for member in types.definitions.properties(shape, "request"):
        name = member.wire_name
        made = known.get(name)
        yield Draft(
            name=name,
            wire_name=name,
            location="body",
            required=member.required and body.required and not types.definitions.nullable(media.schema),
            schema=member.schema,
            place=Use(
                root=media.schema.pointer, words=words(name), path=(name,), files=files, steps=("properties", name)
            ),
            type=as_files(made) if made is not None and files else made,
            notes=_part_notes(media, name),
        )


def _component_members(schema: Schema, types: Types) -> dict[str, TypeExpr]:
    """Give the types of the members of a component that is the body; other bodies have none yet."""
    for use in types.definitions.uses(schema):
        type_id = types.shared.get((use.shape.target, "request")) if isinstance(use.shape, ReferenceShape) else None
        model = types.declared.get(type_id) if type_id is not None else None
        if isinstance(model, Model):
            return {member.wire_name: member.type for member in model.members}
    return {}


def is_void(media: Media, definitions: Definitions) -> bool:
    """Report whether a body is an object that may have no members: there is nothing to send."""
    if media.schema is None:
        return False
    shape = definitions.target(media.schema).shape
    return isinstance(shape, ObjectShape) and shape.closed and not shape.properties


def body_schema(media: Media) -> Schema:
    """Give the schema of the argument that is the whole body."""
    if media.kind == "binary" or media.schema is None:
        shape = StringShape() if media.kind in ("binary", "text") else AnyShape()
        return Schema(shape=shape, pointer=media.pointer)
    if media.kind == "text":
        return replace(media.schema, shape=StringShape())
    if media.kind in ("json-lines", "json-seq"):
        return Schema(shape=ArrayShape(media.schema), pointer=media.pointer)
    return media.schema


def _part_notes(media: Media, name: str) -> tuple[str, ...]:
    """Name the headers that a part of a multipart body should have: only a file can bring them."""
    headers = [header for part in media.encoding if part.wire_name == name for header in part.headers]
    if not headers or media.kind != "multipart":
        return ()
    return (f"Headers of the part, for a file `(name, content, type, headers)`: {', '.join(headers)}.",)


# --- names -----------------------------------------------------------------------------------------------------------

_PRECEDENCE = ("path", "query", "value", "body", "header", "cookie")


def _names(arguments: Sequence[Draft], names: Names) -> list[str]:
    """Name arguments; of two with one name the one further down in the request gets its place in front.

    In one place, a wire name that is good as it is stays as it is, as with the members of an object.
    """
    chosen: dict[int, str] = {}
    places: dict[str, str] = {}

    def precedence(index: int) -> tuple[int, bool]:
        argument = arguments[index]
        return _PRECEDENCE.index(argument.location), snake(argument.wire_name) != argument.wire_name

    for index in sorted(range(len(arguments)), key=precedence):
        argument = arguments[index]
        name = snake(argument.wire_name)
        place = "body" if argument.location == "value" else argument.location
        wishes = [name]
        if name == "self" or name in METHOD_OPTIONS:
            wishes.append(f"{name}_")
        elif places.get(name, place) != place:
            wishes.append(f"{place}_{name.strip('_')}")
        chosen[index] = names.claim(*wishes)
        places[chosen[index]] = place
    return [chosen[index] for index in range(len(arguments))]


def positional(arguments: Sequence[Draft], operation: Operation) -> str | None:
    """Name the one argument that is positional: the last parameter in the path."""
    in_path = [argument for argument in arguments if argument.location == "path"]
    if not in_path:
        return None
    return max(in_path, key=lambda argument: operation.path.rfind("{" + argument.wire_name + "}")).name


# --- types -----------------------------------------------------------------------------------------------------------


def typed_bodies(bodies: Sequence[Media], whole: bool, stem: tuple[str, ...], made: ModuleTypes) -> tuple[Body, ...]:
    """Make the types of bodies that are one argument (`whole`); others have arguments for their members."""
    return tuple(Body(media=media, type=_body_type(media, stem, made) if whole else None) for media in bodies)


def _body_type(media: Media, stem: tuple[str, ...], made: ModuleTypes) -> TypeExpr | None:
    if not MEDIA_USES[media.kind].is_typed_body:
        return None
    schema = body_schema(media)
    use = Use(root=schema.pointer, words=(*stem, "body"), path=("body",), files=media.kind in ("multipart", "parts"))
    return made.expression(schema, use)


def typed(draft: Draft, bodies: Sequence[Body], made: ModuleTypes, definitions: Definitions) -> Argument:
    """Make the type of an argument."""
    schema = definitions.resolved(draft.schema)
    return Argument(
        name=draft.name,
        wire_name=draft.wire_name,
        location=draft.location,
        required=draft.required,
        type=_type(draft, bodies, made),
        description=draft.description,
        documentation=schema.documentation,
        flags=flags_of(schema, definitions),
        notes=draft.notes,
    )


def _type(draft: Draft, bodies: Sequence[Body], made: ModuleTypes) -> TypeExpr:
    if draft.location != "value":
        return draft.type if draft.type is not None else made.expression(draft.schema, draft.place)
    members = [body.type for body in bodies if body.type is not None]
    if any(MEDIA_USES[body.media.kind].takes_content for body in bodies):
        members.append(BYTES)
    return members[0] if len(members) == 1 else AnyOf(tuple(members))
