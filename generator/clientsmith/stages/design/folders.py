"""The folders below `types/`: a name for each file in them, and for each type that they export."""

from __future__ import annotations

from ...data.modules import inside
from ...data.schemas import AnyShape, NeverShape, NullShape, ObjectShape, ReferenceShape, Schema, UnionShape
from ...data.surface import Alias, TypeModule
from ...data.types import Ref, TypeExpr, or_null
from .components import Components, TypeName
from .naming import Names, module_name, pascal, snake, words
from .types import ModuleTypes, Types, Use


class Folders:
    """Gives names of files and exported types, each once in its folder."""

    def __init__(self, types: Types, components: Components, modules: dict[str, Names]) -> None:
        """Begin with the names of components; `modules` are the occupied names of files, by folder."""
        self._casing = types.casing
        self._modules = modules
        self._exported = dict(components.exported)

    def claim(self, folder: str, stem: tuple[str, ...], status: str = "") -> TypeName:
        """Claim a module and the exported type of the same name; the words of both, and a status behind them."""
        wanted = pascal(stem, self._casing) + status[:1].upper() + status[1:]
        name = self.exports(folder).claim(wanted, separator="")
        wanted = snake("_".join(stem) + (f"_{status.lower()}" if status else ""))
        modules = self._modules.setdefault(folder, Names())
        return TypeName(inside(folder, modules.claim(module_name(wanted))), name)

    def claim_type(self, folder: str, stem: tuple[str, ...]) -> str:
        """Claim an exported type that stands in the module of another one."""
        return self.exports(folder).claim(pascal(stem, self._casing), separator="")

    def exports(self, folder: str) -> Names:
        """Give the names that a folder exports."""
        return self._exported.setdefault(folder, Names(ignore_case=True))


_WITHOUT_ALIAS = (AnyShape, NeverShape, NullShape, ReferenceShape)
"""What has no name of its own as a response, even if the settings want one."""


def needs_module(schema: Schema, types: Types) -> bool:
    """Report whether the type of a schema gets a module of its own, because it is declared nowhere else."""
    resolved = types.definitions.resolved(schema)
    if types.alias_responses and not isinstance(resolved.shape, _WITHOUT_ALIAS):
        return True
    return isinstance(resolved.shape, UnionShape) or types.definitions.makes_model(resolved)


def own_module(
    schema: Schema, named: TypeName, title: str, types: Types, *, files: bool = False
) -> tuple[TypeExpr, TypeModule]:
    """Make the module of one main type that is read, and of the models inside it; binary strings may be `files`."""
    module, name = named
    resolved = types.definitions.resolved(schema)
    type_id = types.identify(schema.pointer, "response")
    made = ModuleTypes(types, module, "response", Names([name]))
    aliases: tuple[Alias, ...] = ()
    if isinstance(resolved.shape, ObjectShape):
        made.model(resolved, resolved.shape, type_id, name, Use(root=schema.pointer, files=files))
    else:
        use = Use(root=schema.pointer, words=(*words(name), "item"), files=files)
        aliases = (made.alias(resolved, type_id, name, use),)
    expression = or_null(Ref(type_id)) if types.definitions.nullable(resolved) else Ref(type_id)
    made_module = TypeModule(
        name=module, side="response", title=title, models=made.models, aliases=aliases, exports=(name,)
    )
    return expression, made_module
