"""Events: the webhooks and callbacks of an API go in, the types that their bodies are read as come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...data.api import Api, Event
from ...data.document import Pointer
from ...data.event_types import EventType
from ...data.modules import types_folder
from ...data.reserved import RESOURCE_MEMBERS
from ...data.schemas import Documentation, LiteralShape, ObjectShape, Schema, Shape, UnionShape, place_of
from ...data.settings import Settings
from ...data.surface import Alias, Receiver, TypeModule
from ...data.types import AnyOf, Ref, Tag, TypeExpr, TypeId, without_null
from .components import TypeName
from .definitions import Definitions
from .folders import Folders, needs_module, own_module
from .naming import Casing, Names, pascal, words
from .placement import WEBHOOKS, PlacedResource
from .types import ModuleTypes, Types, Use

FOLDER = types_folder((WEBHOOKS,))


class EventDesigner:
    """Designs what reads the events of an API."""

    def __init__(self, api: Api, types: Types, folders: Folders, settings: Settings) -> None:
        self._api = api
        self._types = types
        self._folders = folders
        self._settings = settings
        self._is_compatible = settings.compatibility is not None
        self._folder = FOLDER

    def design(self, resource: PlacedResource) -> Receiver:
        """Choose the types of all events, and the names of the methods in a resource."""
        names = Names(_occupied(resource))
        unwrap = names.claim(self._settings.webhook_unwrap or "unwrap", "unwrap_event")
        stem: tuple[str, ...] = ("webhook", "event")
        if self._is_compatible:
            self._folder, stem = types_folder(resource.types_path), (*words(unwrap), *stem)
        union = self._folders.claim(self._folder, stem)
        modules: list[TypeModule] = []
        aliases: list[Alias] = []
        made = [self._event(number, event, union, modules, aliases) for number, event in enumerate(self._api.events, 1)]
        of_any = self._alias(
            TypeId(Pointer().child(WEBHOOKS), "response"),
            union.name,
            union,
            self._union(made),
            "Any webhook or callback.",
        )
        module = TypeModule(
            name=union.module,
            side="response",
            title="What the API sends as webhooks and callbacks.",
            aliases=(*aliases, of_any),
            exports=(union.name, *(alias.name for alias in aliases)),
        )
        return Receiver(
            unwrap=unwrap,
            unsafe_unwrap=names.claim("unsafe_unwrap", "unsafe_unwrap_event"),
            verify=names.claim("verify", "verify_signature"),
            folder=self._folder,
            is_verifying=self._settings.webhook_verify,
            body="payload" if self._is_compatible else "body",
            secret="key" if self._is_compatible else "secret",
            type=Ref(of_any.id),
            events=tuple(made),
            types=(*modules, module),
        )

    def _event(
        self, number: int, event: Event, union: TypeName, modules: list[TypeModule], aliases: list[Alias]
    ) -> EventType:
        """Give an event its type: a module of its own, or another name of the component that it refers to."""
        stem = _stem(event, number, "webhook_event" if self._is_compatible else "event")
        title = f"Body of the {'callback' if event.is_callback else 'webhook'} `{' '.join(event.name.split())}`."
        if needs_module(event.schema, self._types):
            named = self._folders.claim(self._folder, stem)
            expression, module = own_module(event.schema, named, title, self._types)
            modules.append(module)
            return EventType(event=event, name=named.name, type=expression)
        name = self._folders.claim_type(self._folder, stem)
        nothing = ModuleTypes(self._types, "", "response", Names())
        expression = nothing.expression(event.schema, Use(root=event.schema.pointer))
        type_id = self._types.identify(event.schema.pointer, "response")
        aliases.append(self._alias(type_id, name, union, expression, event.description or title))
        return EventType(event=event, name=name, type=expression)

    def _alias(self, type_id: TypeId, name: str, union: TypeName, expression: TypeExpr, about: str) -> Alias:
        made = Alias(
            id=type_id,
            name=name,
            module=union.module,
            type=without_null(expression),
            documentation=Documentation(description=about),
        )
        self._types.declared[type_id] = made
        return made

    def _union(self, events: Sequence[EventType]) -> TypeExpr:
        members = tuple(dict.fromkeys(each.type for each in events))
        if len(members) == 1:
            return members[0]
        return AnyOf(members, tag=_declared_tag(self._api, events) or _literal_tag(events, self._types.definitions))


def _occupied(resource: PlacedResource) -> Iterator[str]:
    yield from RESOURCE_MEMBERS
    yield pascal(words(resource.path[-1]), Casing())
    yield from (method.name for method in resource.methods)
    yield from (iterator.name for iterator in resource.iterators)
    yield from (child.path[-1] for child in resource.children)


def _stem(event: Event, number: int, ending: str) -> tuple[str, ...]:
    """Give the words of the name of a type: `newPet` is a `NewPetEvent`."""
    found, end = words(event.name) or ("webhook", str(number)), words(ending)
    return found if found[-len(end) :] == end and len(found) > len(end) else (*found, *end)


# --- tags ------------------------------------------------------------------------------------------------------------


def _declared_tag(api: Api, events: Sequence[EventType]) -> Tag | None:
    """Use a discriminator of the document that selects between the components of all events."""
    targets = {place_of(each.event.schema): each.type for each in events}
    for definition in api.definitions:
        shape = definition.schema.shape
        if isinstance(shape, UnionShape) and shape.discriminator is not None:
            mapping = [(value, target) for value, target in shape.discriminator.mapping if target in targets]
            if targets.keys() == {target for _, target in mapping}:
                return Tag(shape.discriminator.wire_name, tuple((value, targets[target]) for value, target in mapping))
    return None


def _literal_tag(events: Sequence[EventType], definitions: Definitions) -> Tag | None:
    """Find a member that has other fixed texts in each event."""
    found = [(each.type, list(_objects(each.event.schema, definitions))) for each in events]
    objects = [shape for _, shapes in found for shape in shapes]
    if not all(shapes for _, shapes in found) or not all(isinstance(shape, ObjectShape) for shape in objects):
        return None
    for wire_name in _texts(objects[0], definitions):
        mapping = _mapping(wire_name, found, definitions)
        if mapping is not None:
            return Tag(wire_name, mapping)
    return None


_Found = list[tuple[TypeExpr, list[Shape]]]


def _mapping(wire_name: str, found: _Found, definitions: Definitions) -> tuple[tuple[str, TypeExpr], ...] | None:
    """Give the type that each text of a member selects; None where one selects several, or an event has none."""
    mapping: dict[str, TypeExpr] = {}
    for expression, shapes in found:
        for shape in shapes:
            values = _texts(shape, definitions).get(wire_name)
            if not values or any(mapping.get(value, expression) != expression for value in values):
                return None
            mapping.update(dict.fromkeys(values, expression))
    return tuple(mapping.items())


def _objects(schema: Schema, definitions: Definitions) -> Iterator[Shape]:
    """Give the shapes that a value may have, unions taken apart."""
    waiting, seen = [schema], set()
    while waiting:
        here = definitions.target(waiting.pop())
        if here.pointer not in seen:
            seen.add(here.pointer)
            if isinstance(here.shape, UnionShape):
                waiting += reversed(here.shape.variants)
            else:
                yield here.shape


def _texts(shape: Shape, definitions: Definitions) -> dict[str, tuple[str, ...]]:
    """Give the members that have one of a few texts, with these."""
    if not isinstance(shape, ObjectShape):
        return {}
    targets = {member.wire_name: definitions.target(member.schema).shape for member in shape.properties}
    return {
        name: tuple(value for value in target.values if isinstance(value, str))
        for name, target in targets.items()
        if isinstance(target, LiteralShape) and all(isinstance(value, str) for value in target.values)
    }
