"""Which request types hold keys that differ from their wire names: only those are looked up when a body is encoded."""

from __future__ import annotations

from ....data.api import ObjectShape, Schema, references
from ....data.document import Pointer
from .classes import member_names
from .components import Components
from .schemas import Definitions, parts


class WireNames:
    """Tells for any body whether a key below its first level is renamed."""

    def __init__(self, components: Components) -> None:
        self.components = components
        definitions = components.definitions
        own = {pointer for pointer, d in definitions.by_pointer.items() if _renames(d.schema, definitions)}
        users: dict[Pointer, list[Pointer]] = {}
        for pointer, definition in definitions.by_pointer.items():
            for target in references(definition.schema):
                users.setdefault(target, []).append(pointer)
        self._renaming = set(own)
        stack = list(own)
        while stack:
            for user in users.get(stack.pop(), ()):
                if user not in self._renaming:
                    self._renaming.add(user)
                    stack.append(user)

    def inside(self, schema: Schema) -> bool:
        """Tell whether keys of the body are renamed. Methods pass those of the first level by their wire names."""
        if any(target in self._renaming for target in references(schema)):
            return True
        return _renames(schema, self.components.definitions)


def _renames(schema: Schema, definitions: Definitions) -> bool:
    if isinstance(schema.shape, ObjectShape):
        members = definitions.properties(schema.shape, "request")
        if any(name != wire for wire, name in member_names(members).items()):
            return True
    return any(_renames(part.schema, definitions) for part in parts(schema, definitions, "request"))
