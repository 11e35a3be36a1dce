"""The files below `resources/`: a sync and an async class, the operations they share, and their wrappers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ....data.base_classes import Bases
from ....data.client import Client
from ....data.modules import RESOURCES, below_top, module_file
from ....data.surface import Resource
from ....data.text import Code, code, docstring, identifier, module_path
from ..package import ResourceLink, ResourceModule
from ..package_bases import ClassBases
from .declarations import Declarations
from .expressions import Name, Symbol, builtin, core, typing
from .methods import MethodBuilder
from .receiver import receiver
from .scope import Deferred, ModuleScope, lint_exemptions, sorted_exports
from .spell import TypeNames
from .wire import WireNames

_BASES = (core("resource", "APIResource"), core("resource", "AsyncAPIResource"))
_WRAPPERS = ("RawWrapper", "AsyncRawWrapper", "StreamingWrapper", "AsyncStreamingWrapper")
_OF_WRAPPERS = ("raw", "async_raw", "streaming", "async_streaming")
"""What makes the methods of wrappers: SDKs have responses of their own."""


def class_names(resource: Resource) -> tuple[str, ...]:
    """Give the six class names of a resource: sync, async, and the wrappers of both."""
    wrappers = ("WithRawResponse", "WithStreamingResponse")
    return (
        resource.name,
        f"Async{resource.name}",
        *(f"{prefix}{resource.name}{wrapper}" for wrapper in wrappers for prefix in ("", "Async")),
    )


def resource_module(resource: Resource, names: TypeNames, wire_names: WireNames, client: Client) -> ResourceModule:
    """Write the plan of the module of one resource."""
    scope = ModuleScope(resource.module)
    classes = class_names(resource)
    scope.define(_own_names(resource))
    constants = Declarations(scope, names, wire_names, client)
    builder = MethodBuilder(resource.name, scope, names)
    operations = [constant for call in resource.calls for constant in constants.operations(call)]
    methods = [method for call in resource.calls for method in builder.methods(call)]
    methods += [builder.iterator(resource.call(iterator.call), iterator) for iterator in resource.iterators]
    pagings = [constants.pages(call, builder) for call in resource.calls if call.pages]
    pagings += [constants.paging(iterator, builder.item_type(iterator.items)) for iterator in resource.iterators]
    webhooks = receiver(resource.receiver, resource.name, scope, names) if resource.receiver else None
    children = [child_link(child, scope) for child in resource.children]
    local = _local(resource, scope, is_compatible=client.compatibility is not None)
    bases = base_texts(resource.bases, _BASES, scope)
    imports, typing_imports = scope.imports(), scope.typing_imports()
    return ResourceModule(
        path=module_file(resource.module),
        docstring=docstring([_title(resource)], 0),
        class_docstring=docstring([resource.description or _title(resource)], 4),
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
        exports=sorted_exports(classes if resource.calls else classes[:2]),
        local=local(),
        children=tuple(link() for link in children),
        operations=tuple(constant() for constant in operations),
        pagings=tuple(constant() for constant in pagings),
        methods=tuple(method() for method in methods),
        receiver=webhooks() if webhooks else None,
        has_wrappers=bool(resource.calls),
    )


def _title(resource: Resource) -> str:
    return f"The resource `{'.'.join(resource.path)}`."


def _own_names(resource: Resource) -> Iterator[str]:
    """Give the names that the module and its classes have."""
    yield from class_names(resource)
    for call in resource.calls:
        yield from (call.name, call.stream_method)
    yield from (iterator.name for iterator in resource.iterators)
    yield from (child.path[-1] for child in resource.children)
    if (reads := resource.receiver) is not None:
        yield from (reads.unwrap, reads.unsafe_unwrap, reads.verify)


def _local(resource: Resource, scope: ModuleScope, *, is_compatible: bool) -> Callable[[], Mapping[str, Code]]:
    """Register what the template prints names of."""
    symbols = [typing("TYPE_CHECKING")]
    if resource.calls:
        symbols += (core("resource", name) for name in _WRAPPERS)
        symbols += (core("compatible_resource" if is_compatible else "resource", name) for name in _OF_WRAPPERS)
    if resource.children or resource.calls:
        symbols.append(builtin("property"))
    if resource.calls:
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
        docstring=docstring([_title(child)], 8),
    )
