"""The files below `resources/`: a sync and an async class, the operations they share, and their wrappers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ....data.base_classes import Bases
from ....data.client import Client
from ....data.modules import RESOURCES, below_top, module_file
from ....data.surface import Resource
from ....data.text import Code, code, docstring, identifier, module_path
from ..package import Method, PagingConstant, ResourceLink, ResourceModule
from ..package_bases import ClassBases
from .declarations import Declarations
from .expressions import Name, Symbol, builtin, core, typing
from .methods import MethodBuilder
from .receiver import receiver
from .scope import Deferred, ModuleScope, lint_exemptions, sorted_exports
from .spell import TypeNames
from .wire import WireNames
from .wrapped import child_title, class_names, wrapper_link, wrapper_links

_BASES = (core("resource", "APIResource"), core("resource", "AsyncAPIResource"))
_OWN_BASES = (core("client_methods", "ClientMethods"), core("client_methods", "AsyncClientMethods"))
_WRAPPERS = ("RawWrapper", "AsyncRawWrapper", "StreamingWrapper", "AsyncStreamingWrapper")
_OF_WRAPPERS = ("raw", "async_raw", "streaming", "async_streaming")
"""What makes the methods of wrappers: SDKs have responses of their own."""


def resource_module(
    resource: Resource, names: TypeNames, wire_names: WireNames, client: Client, below: Sequence[Resource]
) -> ResourceModule:
    """Write the plan of the module of one resource. `below` are those that its wrappers lead to."""
    scope = ModuleScope(resource.module)
    classes = class_names(resource)
    scope.define(_own_names(resource, below))
    constants = Declarations(scope, names, wire_names, client)
    builder = MethodBuilder(resource.name, scope, names, is_compatible=client.compatibility is not None)
    operations = [constant for call in resource.calls for constant in constants.operations(call)]
    methods, pagings = list(_methods(resource, builder)), list(_pagings(resource, constants, builder))
    webhooks = receiver(resource.receiver, resource.name, scope, names) if resource.receiver else None
    children, wrapped = [child_link(c, scope) for c in resource.children], [wrapper_link(c, scope) for c in below]
    local = _local(resource, scope, client, below)
    bases = base_texts(resource.bases, _BASES if resource.path else _OWN_BASES, scope)
    imports, typing_imports = scope.imports(), scope.typing_imports()
    return ResourceModule(
        path=module_file(resource.module),
        docstring=docstring([child_title(resource)], 0),
        class_docstring=docstring([resource.description or child_title(resource)], 4),
        name=identifier(classes[0]),
        async_name=identifier(classes[1]),
        raw_name=identifier(classes[2]),
        async_raw_name=identifier(classes[3]),
        streaming_name=identifier(classes[4]),
        async_streaming_name=identifier(classes[5]),
        bases=bases(),
        imports=imports,
        typing_imports=typing_imports,
        lint=lint_exemptions((*imports, *typing_imports)),
        exports=sorted_exports(classes if resource.calls or below else classes[:2]),
        local=local(),
        children=tuple(link() for link in children),
        wrapped=wrapper_links([links() for links in wrapped]),
        operations=tuple(constant() for constant in operations),
        pagings=tuple(constant() for constant in pagings),
        methods=tuple(method() for method in methods),
        receiver=webhooks() if webhooks else None,
        has_wrappers=bool(resource.calls or below),
    )


def _methods(resource: Resource, builder: MethodBuilder) -> Iterator[Callable[[], Method]]:
    for call in resource.calls:
        yield from builder.methods(call)
    for iterator in resource.iterators:
        yield builder.iterator(resource.call(iterator.call), iterator)


def _pagings(
    resource: Resource, constants: Declarations, builder: MethodBuilder
) -> Iterator[Callable[[], PagingConstant]]:
    yield from (constants.pages(call, builder) for call in resource.calls if call.pages)
    for iterator in resource.iterators:
        yield constants.paging(iterator, builder.item_type(iterator.items))


def _own_names(resource: Resource, below: Iterable[Resource]) -> Iterator[str]:
    """Give the names that the module and its classes have."""
    yield from class_names(resource)
    for call in resource.calls:
        yield from (call.name, call.stream_method)
    yield from (iterator.name for iterator in resource.iterators)
    yield from (child.path[-1] for child in (*resource.children, *below))
    if (reads := resource.receiver) is not None:
        yield from reads.methods


def _local(
    resource: Resource, scope: ModuleScope, client: Client, below: Sequence[Resource]
) -> Callable[[], Mapping[str, Code]]:
    """Register what the template prints names of."""
    symbols = [typing("TYPE_CHECKING")]
    module = "compatible_resource" if client.compatibility else "resource"
    if resource.calls or below:
        symbols += (core(module if resource.path else "client_methods", name) for name in _WRAPPERS)
    if resource.children or resource.calls or below:
        symbols.append(builtin("property"))
    if resource.calls:
        symbols += (core(module, name) for name in _OF_WRAPPERS)
        symbols.append(core("operation", "Operation"))
    if resource.iterators or any(call.pages for call in resource.calls):
        symbols.append(core("paging", "Paging"))
    if any(call.is_one_method for call in resource.calls):
        symbols.append(typing("overload"))
    registered = {symbol.name: scope.use(Name(symbol)) for symbol in symbols}
    return lambda: {name: text() for name, text in registered.items()}


def base_texts(own: Bases, usual: Sequence[Symbol | Code], scope: ModuleScope) -> Callable[[], ClassBases]:
    """Register what the sync and the async form of a class inherit from: a class of the user's, and the usual one."""
    registered = [
        [_base_text(base, scope) for base in (given and Symbol(f".{given.module}", given.name), always) if base]
        for given, always in zip((own.sync, own.asynchronous), usual, strict=True)
    ]
    sync, asynchronous = registered
    return lambda: ClassBases(sync=_made(sync), asynchronous=_made(asynchronous))


def _base_text(base: Symbol | Code, scope: ModuleScope) -> Deferred:
    """Register a base that is imported by the scope; text is complete."""
    return scope.use_symbol(base) if isinstance(base, Symbol) else lambda: base


def _made(texts: Iterable[Deferred]) -> tuple[Code, ...]:
    return tuple(text() for text in texts)


def child_link(child: Resource, scope: ModuleScope) -> Callable[[], ResourceLink]:
    """Plan the property that gives a resource.

    It looks the module up in its package, which is many times as fast as an import statement.
    """
    cls, async_cls = class_names(child)[:2]
    local: list[Deferred] = [
        scope.use(Name(Symbol(f".{child.module}", name)), for_typing=True) for name in (cls, async_cls)
    ]
    folder = scope.use(Name(Symbol(".", RESOURCES)))
    return lambda: ResourceLink(
        name=identifier(child.path[-1]),
        cls=identifier(local[0]()),
        async_cls=identifier(local[1]()),
        module=code(identifier(folder()), module_path(f".{below_top(child.module)}")),
        imported=identifier(cls),
        async_imported=identifier(async_cls),
        docstring=docstring([child_title(child)], 8),
    )
