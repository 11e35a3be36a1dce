"""Components: which definitions get a type of their own, in which module, under which name."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...data.api import Api
from ...data.document import Pointer
from ...data.modules import inside, types_folder
from ...data.schemas import (
    ArrayShape,
    Definition,
    LiteralShape,
    MapShape,
    ObjectShape,
    ReferenceShape,
    Schema,
    TupleShape,
    UnionShape,
    references,
)
from ...data.settings import ModelSettings, Settings
from ...data.surface import Alias, TypeModule
from ...data.types import Side
from .chains import without_long_chains
from .definitions import Definitions
from .naming import Names, casing_of, class_name, module_name, pascal, snake, types_of, words, written_class
from .types import ModuleTypes, Types, Use

_NAMED = (ObjectShape, UnionShape, LiteralShape, ArrayShape, TupleShape, MapShape)


class TypeName(NamedTuple):
    """Where a declared type is, and what it is called."""

    module: str
    """Dotted path in the client: `types.pet`."""
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentModule:
    """One file of component types: a definition alone, or those that refer to each other in a circle or a long row."""

    name: str
    side: Side
    definitions: tuple[tuple[Definition, TypeName], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """Every definition with a type of its own."""

    definitions: Definitions
    response: Mapping[Pointer, TypeName]
    request: Mapping[Pointer, TypeName]
    modules: tuple[ComponentModule, ...]
    """Those of responses first."""
    exported: dict[str, Names]
    """The names of the classes in each folder."""
    renamed: tuple[tuple[str, str], ...]


def name_components(api: Api, settings: Settings, modules: dict[str, Names]) -> Components:
    """Choose the names of all definitions. `modules` has the names of modules that are occupied in each folder."""
    by_pointer = {definition.pointer: definition for definition in api.definitions}
    graph = {pointer: tuple(_known(references(d.schema), by_pointer)) for pointer, d in by_pointer.items()}
    groups = _strongly_connected(graph)
    named = {model.component for model in settings.models}
    recursive = {p for group in groups for p in group if len(group) > 1 or p in graph[p]}
    inlined = frozenset(
        pointer
        for pointer, definition in by_pointer.items()
        if pointer not in recursive and _is_inlined(definition, settings, named)
    )
    sent, received = _directions(api, by_pointer, graph)
    groups = without_long_chains(groups, graph, inlined)
    naming = _ComponentNaming(settings, modules, by_pointer, groups, inlined)
    response = naming.name_all("response", lambda d: d.pointer in received or _is_shared(d))
    request = naming.name_all("request", lambda d: d.pointer in sent and not _is_shared(d), suffix="param")
    shared = {p: s for p, s in response.names.items() if p in sent and _is_shared(by_pointer[p])}
    return Components(
        definitions=Definitions(by_pointer, inlined, settings.sort_members, settings.compatibility is not None),
        response=response.names,
        request={**request.names, **shared},
        modules=(*response.modules, *request.modules),
        exported=naming.exported,
        renamed=tuple(naming.renamed),
    )


def _directions(
    api: Api, by_pointer: Mapping[Pointer, Definition], graph: Mapping[Pointer, tuple[Pointer, ...]]
) -> tuple[set[Pointer], set[Pointer]]:
    """Find what requests and what responses reach; what nothing reaches counts as received."""
    sent_roots = [schema for operation in api.operations for schema in operation.sent]
    received_roots = [schema for operation in api.operations for schema in operation.received]
    received_roots += [event.schema for event in api.events]
    sent = _reachable(_targets(sent_roots, by_pointer), graph)
    return sent, _reachable([*_targets(received_roots, by_pointer), *(p for p in graph if p not in sent)], graph)


def _known(targets: Iterable[Pointer], by_pointer: Mapping[Pointer, Definition]) -> Iterable[Pointer]:
    return dict.fromkeys(target for target in targets if target in by_pointer)


def _is_inlined(definition: Definition, settings: Settings, named: Container[str]) -> bool:
    if definition.is_component and definition.name in named:
        return isinstance(definition.schema.shape, ReferenceShape)
    if not isinstance(definition.schema.shape, _NAMED):
        return True
    if not definition.is_component and not definition.is_entry:
        return not definition.is_too_deep and not isinstance(definition.schema.shape, (ObjectShape, UnionShape))
    inline = settings.inline_components
    return definition.name in inline or ("*" in inline and f"!{definition.name}" not in inline)


def _is_shared(definition: Definition) -> bool:
    """Report whether requests and responses have the same type for it."""
    return isinstance(definition.schema.shape, LiteralShape)


def _targets(roots: Iterable[Schema], by_pointer: Mapping[Pointer, Definition]) -> Iterable[Pointer]:
    return [target for root in roots for target in _known(references(root), by_pointer)]


def _reachable(roots: Iterable[Pointer], graph: Mapping[Pointer, tuple[Pointer, ...]]) -> set[Pointer]:
    found: set[Pointer] = set()
    stack = list(roots)
    while stack:
        here = stack.pop()
        if here not in found:
            found.add(here)
            stack.extend(graph[here])
    return found


def _strongly_connected(graph: Mapping[Pointer, tuple[Pointer, ...]]) -> list[list[Pointer]]:
    """Group what refers to each other (Tarjan's algorithm without recursion); groups and members in graph order."""
    index: dict[Pointer, int] = {}
    low: dict[Pointer, int] = {}
    stack: list[Pointer] = []
    on_stack: set[Pointer] = set()
    groups: list[list[Pointer]] = []
    for root in graph:
        work = [(root, iter(graph[root]))] if root not in index else []
        while work:
            node, successors = work[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                stack.append(node)
                on_stack.add(node)
            advanced = False
            for successor in successors:
                if successor not in index:
                    work.append((successor, iter(graph[successor])))
                    advanced = True
                    break
                if successor in on_stack:
                    low[node] = min(low[node], index[successor])
            if advanced:
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[node])
            if low[node] == index[node]:
                groups.append(_popped(stack, node))
                on_stack.difference_update(groups[-1])
    order = {node: number for number, node in enumerate(graph)}
    groups = [sorted(group, key=order.__getitem__) for group in groups]
    return sorted(groups, key=lambda group: order[group[0]])


def _popped(stack: list[Pointer], last: Pointer) -> list[Pointer]:
    """Take what is on a stack down to one of its items."""
    popped = [stack.pop()]
    while popped[-1] != last:
        popped.append(stack.pop())
    return popped


@dataclass(frozen=True, slots=True)
class _NamedSide:
    names: dict[Pointer, TypeName]
    modules: tuple[ComponentModule, ...]


class _ComponentNaming:
    """Gives names: what the settings name first, then components theirs, then other targets of references."""

    def __init__(
        self,
        settings: Settings,
        modules: dict[str, Names],
        by_pointer: Mapping[Pointer, Definition],
        groups: list[list[Pointer]],
        inlined: frozenset[Pointer],
    ) -> None:
        self._modules = modules
        self._groups = groups
        self._by_pointer = by_pointer
        self._inlined = inlined
        self._casing = casing_of(settings)
        self._models = {model.component: model for model in reversed(settings.models)}
        """By component: the first name counts, the others are aliases."""
        self._scopes: dict[str, Names] = {}
        self._folders = {pointer: self._folder(group) for group in groups for pointer in group}
        self._names: dict[Pointer, str] = {}
        for definition in sorted(by_pointer.values(), key=self._precedence):
            if definition.pointer not in inlined:
                scope = self.scope(self._folders[definition.pointer])
                self._names[definition.pointer] = scope.claim(self._wanted(definition), separator="")

    def scope(self, folder: str) -> Names:
        """Give the names of classes that a folder exports."""
        return self._scopes.setdefault(folder, Names(ignore_case=True))

    @property
    def exported(self) -> dict[str, Names]:
        """The names of classes that each folder exports."""
        return self._scopes

    @property
    def renamed(self) -> Iterator[tuple[str, str]]:
        """Give what was wanted and what was given instead."""
        for scope in self._scopes.values():
            yield from scope.renamed

    def _model(self, definition: Definition) -> ModelSettings | None:
        return self._models.get(definition.name) if definition.is_component else None

    def _precedence(self, definition: Definition) -> tuple[bool, bool]:
        return self._model(definition) is None, not definition.is_component

    def _folder(self, group: Iterable[Pointer]) -> str:
        """Give the folder of definitions that stand in one module: that of the first one that the settings place."""
        models = filter(None, (self._model(self._by_pointer[pointer]) for pointer in group))
        return types_of(next((model.folder for model in models), ()))

    def _wanted(self, definition: Definition) -> str:
        if (model := self._model(definition)) is not None:
            return written_class(model.name, self._casing)
        if definition.schema.name_hint:
            return class_name(definition.schema.name_hint, self._casing)
        if definition.is_component:
            return class_name(definition.name, self._casing)
        return pascal(words(definition.name), self._casing)

    def name_all(self, side: Side, wanted: Callable[[Definition], bool], suffix: str = "") -> _NamedSide:
        """Name the wanted definitions of one side, and the modules that they are in."""
        names: dict[Pointer, TypeName] = {}
        modules = []
        for group in self._groups:
            members = [self._by_pointer[p] for p in group if p not in self._inlined and wanted(self._by_pointer[p])]
            if not members:
                continue
            folder, ending = self._place(group, suffix)
            first = snake(self._names[members[0].pointer]) + (f"_{ending}" if ending else "")
            occupied = self._modules.setdefault(folder, Names())
            module = inside(folder, occupied.claim(module_name(first), module_name(first) + "_model"))
            for definition in members:
                name = self._names[definition.pointer]
                if suffix:
                    name = self.scope(folder).claim(name + ending.capitalize(), separator="")
                names[definition.pointer] = TypeName(module, name)
            named = tuple((definition, names[definition.pointer]) for definition in members)
            modules.append(ComponentModule(name=module, side=side, definitions=named))
        return _NamedSide(names, tuple(modules))

    def _place(self, group: Sequence[Pointer], suffix: str) -> tuple[str, str]:
        """Give the folder of a module and the ending of its name: shared types of requests have a folder instead."""
        folder = self._folders[group[0]]
        is_shared = folder == types_folder(("shared",))
        return (types_folder(("shared_params",)), "") if suffix and is_shared else (folder, suffix)


# --- their types -----------------------------------------------------------------------------------------------------


def component_types(components: Components, types: Types) -> tuple[TypeModule, ...]:
    """Make the types of all components; all have their identities before any is made, as they refer to each other."""
    for module in components.modules:
        for definition, _ in module.definitions:
            made = types.share(definition.pointer, module.side)
            if module.side == "response" and _is_shared(definition):
                types.shared[definition.pointer, "request"] = made
    return tuple(_component_module(module, types) for module in components.modules)


def _component_module(module: ComponentModule, types: Types) -> TypeModule:
    own = tuple(name for _, (_, name) in module.definitions)
    made = ModuleTypes(types, module.name, module.side, Names(own))
    aliases: list[tuple[Definition, Alias]] = []
    for definition, (_, name) in module.definitions:
        type_id = types.shared[definition.pointer, module.side]
        use = Use(root=definition.pointer, words=(name,) if types.names_inside else ())
        if isinstance(definition.schema.shape, ObjectShape):
            made.model(definition.schema, definition.schema.shape, type_id, name, use)
        else:
            aliases.append((definition, made.alias(definition.schema, type_id, name, use)))
    what = "Request type" if module.side == "request" else "Model"
    return TypeModule(
        name=module.name,
        side=module.side,
        title=f"{what}s that refer to each other." if own[1:] else f"{what} `{own[0]}`.",
        models=made.models,
        aliases=tuple(_ordered(aliases)),
        exports=own,
    )


def _ordered(aliases: Iterable[tuple[Definition, Alias]]) -> list[Alias]:
    """Put each alias after those that it refers to."""
    by_pointer = {definition.pointer: (definition, alias) for definition, alias in aliases}
    ordered: dict[Pointer, Alias] = {}
    under_way: set[Pointer] = set()
    for root in by_pointer:
        work = [root]
        while work:
            definition, alias = by_pointer[work[-1]]
            if work[-1] in under_way or work[-1] in ordered:
                ordered.setdefault(work.pop(), alias)
                continue
            under_way.add(work[-1])
            targets = [t for t in references(definition.schema) if t in by_pointer and t not in under_way]
            work.extend(reversed(targets))
    return list(ordered.values())
