"""Which definitions get a type of their own, in which module, under which name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ....data.api import (
    Api,
    ArrayShape,
    Definition,
    LiteralShape,
    MapShape,
    ObjectShape,
    Schema,
    TupleShape,
    UnionShape,
    references,
)
from ....data.document import Pointer
from ....data.settings import Settings
from .naming import Names, class_name, module_name, pascal, snake, words
from .schemas import Definitions
from .scope import Symbol

_NAMED = (ObjectShape, UnionShape, LiteralShape, ArrayShape, TupleShape, MapShape)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentModule:
    """One file of component types: a definition alone, or those that refer to each other in a circle."""

    name: str
    """Dotted path in the package."""
    definitions: tuple[Definition, ...]


@dataclass(frozen=True, kw_only=True)
class Components:
    """Every definition with a type of its own."""

    definitions: Definitions
    response: Mapping[Pointer, Symbol]
    request: Mapping[Pointer, Symbol]
    response_modules: tuple[ComponentModule, ...]
    request_modules: tuple[ComponentModule, ...]
    renamed: tuple[tuple[str, str], ...]

    @cached_property
    def type_names(self) -> frozenset[str]:
        """The names of all these types."""
        return frozenset(symbol.name for symbol in (*self.response.values(), *self.request.values()))


def plan_components(api: Api, settings: Settings, modules: Names) -> Components:
    """Choose the types of all definitions. `modules` are the module names below `types/` that are taken."""
    by_pointer = {definition.pointer: definition for definition in api.definitions}
    graph = {pointer: tuple(_known(references(d.schema), by_pointer)) for pointer, d in by_pointer.items()}
    groups = _strongly_connected(graph)
    recursive = {p for group in groups for p in group if len(group) > 1 or p in graph[p]}
    inlined = frozenset(
        pointer
        for pointer, definition in by_pointer.items()
        if pointer not in recursive and _is_inlined(definition, settings)
    )
    sent = _reachable(_targets(_request_roots(api), by_pointer), graph)
    received = _reachable([*_targets(_response_roots(api), by_pointer), *(p for p in graph if p not in sent)], graph)
    naming = _ComponentNaming(settings, modules, by_pointer, groups, inlined)
    response = naming.name_all(lambda d: d.pointer in received or _is_shared(d))
    request = naming.name_all(lambda d: d.pointer in sent and not _is_shared(d), suffix="param")
    shared = {p: s for p, s in response.symbols.items() if p in sent and _is_shared(by_pointer[p])}
    return Components(
        definitions=Definitions(by_pointer, inlined),
        response=response.symbols,
        request={**request.symbols, **shared},
        response_modules=response.modules,
        request_modules=request.modules,
        renamed=tuple(naming.classes.renamed),
    )


def _known(targets: Iterable[Pointer], by_pointer: Mapping[Pointer, Definition]) -> Iterable[Pointer]:
    return dict.fromkeys(target for target in targets if target in by_pointer)


def _is_inlined(definition: Definition, settings: Settings) -> bool:
    if not isinstance(definition.schema.shape, _NAMED):
        return True
    if not definition.is_component:
        return not isinstance(definition.schema.shape, (ObjectShape, UnionShape))
    inline = settings.inline_components
    return definition.name in inline or ("*" in inline and f"!{definition.name}" not in inline)


def _is_shared(definition: Definition) -> bool:
    """Tell whether requests and answers have the same type for it."""
    return isinstance(definition.schema.shape, LiteralShape)


def _request_roots(api: Api) -> Iterable[Schema]:
    for operation in api.operations:
        yield from (parameter.schema for parameter in operation.parameters)
        if operation.request_body:
            yield from (media.schema for media in operation.request_body.content if media.schema)


def _response_roots(api: Api) -> Iterable[Schema]:
    for operation in api.operations:
        for response in operation.responses:
            yield from (media.schema for media in response.content if media.schema)


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
                group = stack[stack.index(node) :]
                del stack[len(stack) - len(group) :]
                on_stack.difference_update(group)
                groups.append(group)
    order = {node: number for number, node in enumerate(graph)}
    groups = [sorted(group, key=order.__getitem__) for group in groups]
    return sorted(groups, key=lambda group: order[group[0]])


@dataclass(frozen=True, slots=True)
class _NamedSide:
    symbols: dict[Pointer, Symbol]
    modules: tuple[ComponentModule, ...]


class _ComponentNaming:
    """Gives names: components keep theirs, other targets of references take what is free."""

    def __init__(
        self,
        settings: Settings,
        modules: Names,
        by_pointer: Mapping[Pointer, Definition],
        groups: list[list[Pointer]],
        inlined: frozenset[Pointer],
    ) -> None:
        self.classes = Names(ignore_case=True)
        self._modules = modules
        self._groups = groups
        self._by_pointer = by_pointer
        self._inlined = inlined
        self._initialisms = frozenset(settings.initialisms)
        self._names: dict[Pointer, str] = {}
        for definition in sorted(by_pointer.values(), key=lambda d: not d.is_component):
            if definition.pointer not in inlined:
                wanted = self._wanted(definition)
                self._names[definition.pointer] = self.classes.claim(wanted, separator="")

    def _wanted(self, definition: Definition) -> str:
        if definition.schema.name_hint:
            return class_name(definition.schema.name_hint, self._initialisms)
        if definition.is_component:
            return class_name(definition.name, self._initialisms)
        return pascal(words(definition.name), self._initialisms)

    def name_all(self, wanted: object, suffix: str = "") -> _NamedSide:
        assert callable(wanted)
        symbols: dict[Pointer, Symbol] = {}
        modules = []
        for group in self._groups:
            members = [self._by_pointer[p] for p in group if p not in self._inlined and wanted(self._by_pointer[p])]
            if not members:
                continue
            first = snake(self._names[members[0].pointer]) + (f"_{suffix}" if suffix else "")
            module = f"types.{self._modules.claim(module_name(first), module_name(first) + '_model')}"
            modules.append(ComponentModule(name=module, definitions=tuple(members)))
            for definition in members:
                name = self._names[definition.pointer]
                if suffix:
                    name = self.classes.claim(name + suffix.capitalize(), separator="")
                symbols[definition.pointer] = Symbol(f".{module}", name)
        return _NamedSide(symbols, tuple(modules))
