"""The files below `resources/`: a sync and an async class, the operations they share, and their views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ....data.text import (
    Code,
    code,
    docstring,
    identifier,
    module_path,
)
from ..package import (
    Method,
    OperationConstant,
    PagingConstant,
    ResourceLink,
    ResourceModule,
)
from .classes import ClassTable
from .components import Components
from .declarations import Declarations
from .methods import MethodBuilder
from .models import settled
from .naming import module_name, pascal
from .operations import OperationPlan
from .placement import Resource
from .scope import ModuleScope, ShownScope, Symbol, builtin, core, lint_exemptions, sorted_exports, typing
from .wire import WireNames
from .writers import ResourceWriters

_BASES = ("APIResource", "AsyncAPIResource")
_VIEWS = (
    "RawWrapper", "AsyncRawWrapper", "StreamingWrapper", "AsyncStreamingWrapper",
    "raw", "async_raw", "streaming", "async_streaming",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceNames:
    """The classes of one resource, and the module they are in."""

    module: str
    name: str

    @property
    def all(self) -> tuple[str, ...]:
        """The six class names: sync, async, and the views of both."""
        views = ("WithRawResponse", "WithStreamingResponse")
        return (
            self.name,
            f"Async{self.name}",
            *(f"{prefix}{self.name}{view}" for view in views for prefix in ("", "Async")),
        )


def resource_names(resource: Resource, initialisms: frozenset[str]) -> ResourceNames:
    """Choose module and class of a resource; one with children has a folder of its own."""
    path = (*resource.path, resource.path[-1]) if resource.children else resource.path
    return ResourceNames(
        module=".".join(("resources", *map(module_name, path))), name=pascal(_words(resource.path[-1]), initialisms)
    )


def _words(name: str) -> Sequence[str]:
    return [word for word in name.split("_") if word]


class ResourceBuilder:
    """Builds the plan of one resource module."""

    def __init__(
        self,
        resource: Resource,
        operations: Mapping[str, OperationPlan],
        table: ClassTable,
        components: Components,
        wire_names: WireNames,
    ) -> None:
        self._resource = resource
        self._operations = operations
        self._table = table
        self._components = components
        self._wire_names = wire_names
        self._names = resource_names(resource, table.initialisms)

    def build(self) -> ResourceModule:
        """Write the plan of the module."""
        (parts, local), scope = settled(self._names.module, self._content)
        operations, pagings, methods, children = parts
        methods = tuple(self._shown(methods, scope))
        title = f"The resource `{'.'.join(self._resource.path)}`."
        names = self._names.all
        has_views = any(method.has_views for method in methods)
        exports = names if has_views else names[:2]
        return ResourceModule(
            path=self._names.module.replace(".", "/") + ".py",
            docstring=docstring([title], 0),
            class_docstring=docstring([self._resource.description or title], 4),
            name=identifier(names[0]),
            async_name=identifier(names[1]),
            raw_name=identifier(names[2]),
            async_raw_name=identifier(names[3]),
            streaming_name=identifier(names[4]),
            async_streaming_name=identifier(names[5]),
            imports=scope.imports(),
            typing_imports=scope.typing_imports(),
            lint=lint_exemptions((*scope.imports(), *scope.typing_imports())),
            exports=sorted_exports(exports),
            local=local,
            children=children,
            operations=operations,
            pagings=pagings,
            methods=methods,
            has_views=has_views,
        )

    def _shown(self, methods: Sequence[Method], scope: ModuleScope) -> Iterator[Method]:
        """Say what methods return without the aliases of the module, if it has any."""
        shown = ShownScope(scope.module, self._components.type_names)
        plain = self._content(shown)[0][2] if scope.has_aliases else methods
        for method, readable in zip(methods, plain, strict=True):
            yield replace(method, shown_returns=readable.returns)

    def _content(
        self, scope: ModuleScope
    ) -> tuple[
        tuple[
            tuple[OperationConstant, ...],
            tuple[PagingConstant, ...],
            tuple[Method, ...],
            tuple[ResourceLink, ...],
        ],
        Mapping[str, Code],
    ]:
        resource = self._resource
        plans = [self._operations[method.name] for method in resource.methods]
        scope.define(self._names.all)
        scope.define(plan.name for plan in plans)
        scope.define(iterator.name for iterator in resource.iterators)
        scope.define(child.path[-1] for child in resource.children)
        writers = ResourceWriters(self._table, self._components, scope)
        constants = Declarations(writers, self._wire_names, self._table)
        methods = MethodBuilder(writers, self._table)
        operations = tuple(c for plan in plans for c in constants.operations(plan))
        built = [m for plan in plans for m in methods.methods(plan)]
        for iterator in resource.iterators:
            plan = self._operations[iterator.method.name]
            built.append(methods.iterator(plan, iterator))
        pagings = tuple(
            constants.paging(iterator, methods.item_type(self._operations[iterator.method.name], iterator))
            for iterator in resource.iterators
        )
        links = tuple(child_link(child, self._table.initialisms, scope) for child in resource.children)
        return (operations, pagings, tuple(built), links), self._local(scope, built, bool(resource.children))

    def _local(self, scope: ModuleScope, methods: Sequence[Method], has_children: bool) -> Mapping[str, Code]:
        views = any(method.has_views for method in methods)
        symbols = [core("resource", name) for name in (*_BASES, *(_VIEWS if views else ()))]
        symbols.append(typing("TYPE_CHECKING"))
        if has_children or views:
            symbols.append(builtin("property"))
        if methods:
            symbols.append(core("operation", "Operation"))
        if any(method.paging for method in methods):
            symbols.append(core("paging", "Paging"))
        return {symbol.name: code(scope.use(symbol)) for symbol in symbols}


def child_link(child: Resource, initialisms: frozenset[str], scope: ModuleScope) -> ResourceLink:
    """Plan the property that gives a resource.

    It looks the module up in its package, which is many times as fast as an import statement.
    """
    names = resource_names(child, initialisms)
    symbols = [Symbol(f".{names.module}", name) for name in names.all[:2]]
    local = [identifier(scope.use(symbol, for_typing=True)) for symbol in symbols]
    package, _, path = names.module.partition(".")
    return ResourceLink(
        name=identifier(child.path[-1]),
        cls=local[0],
        async_cls=local[1],
        module=code(identifier(scope.use(Symbol(".", package))), module_path(f".{path}")),
        imported=identifier(symbols[0].name),
        async_imported=identifier(symbols[1].name),
        docstring=docstring([f"The resource `{'.'.join(child.path)}`."], 8),
    )
