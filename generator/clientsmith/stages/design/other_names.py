"""Components with several names in the settings: the first is that of the class, each other one is an alias."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...data.document import Pointer
from ...data.modules import inside, types_folder
from ...data.settings import ModelSettings, Settings
from ...data.surface import Alias, TypeModule
from ...data.types import Ref, Side
from .components import Components, TypeName
from .naming import Names, casing_of, module_name, snake, types_of, written_class
from .types import Types

SHARED, SHARED_PARAMS = types_folder(("shared",)), types_folder(("shared_params",))


def other_names(
    settings: Settings, components: Components, types: Types, modules: dict[str, Names]
) -> Iterator[TypeModule]:
    """Write a module for each further name, for each side that has the component."""
    pointers = {d.name: d.pointer for d in components.definitions.by_pointer.values() if d.is_component}
    sides: dict[Side, Mapping[Pointer, TypeName]] = {"response": components.response, "request": components.request}
    for model in _further(settings):
        if (pointer := pointers.get(model.component)) is None:
            continue
        for side, names in sides.items():
            if pointer in names and (side == "response" or names[pointer] != components.response.get(pointer)):
                yield _module(model, pointer, side, settings, components, types, modules)


def _further(settings: Settings) -> Iterator[ModelSettings]:
    seen: set[str] = set()
    for model in settings.models:
        if model.component in seen:
            yield model
        seen.add(model.component)


def _module(
    model: ModelSettings,
    pointer: Pointer,
    side: Side,
    settings: Settings,
    components: Components,
    types: Types,
    modules: dict[str, Names],
) -> TypeModule:
    folder, ending = types_of(model.folder), "Param" if side == "request" else ""
    if ending and folder == SHARED:
        folder, ending = SHARED_PARAMS, ""
    wanted = f"{written_class(model.name, casing_of(settings))}{ending}"
    name = components.exported.setdefault(folder, Names(ignore_case=True)).claim(wanted, separator="")
    module = inside(folder, modules.setdefault(folder, Names()).claim(module_name(snake(name))))
    made = Alias(
        id=types.identify(pointer, side),
        name=name,
        module=module,
        type=Ref(types.shared[pointer, side]),
        documentation=components.definitions.by_pointer[pointer].schema.documentation,
    )
    types.declared[made.id] = made
    return TypeModule(name=module, side=side, title=f"Another name: `{name}`.", aliases=(made,), exports=(name,))
