"""What has methods and wrappers of them: resources and the client itself. Wrappers lead from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ....data.modules import OWN_METHODS, RESOURCES, below_top
from ....data.surface import Resource, Surface
from ....data.text import code, docstring, identifier, module_path
from ..package_wrappers import WrapperLink, WrapperLinks
from .expressions import Name, Symbol
from .scope import ModuleScope


def class_names(resource: Resource) -> tuple[str, ...]:
    """Give the six class names of a resource: sync, async, and the wrappers of both."""
    wrappers = ("WithRawResponse", "WithStreamingResponse")
    return (
        resource.name,
        f"Async{resource.name}",
        *(f"{prefix}{resource.name}{wrapper}" for wrapper in wrappers for prefix in ("", "Async")),
    )


def child_title(resource: Resource) -> str:
    """Describe a resource in one sentence."""
    return f"The resource `{resource.title}`." if resource.path else "The methods of the client itself."


def client_methods(surface: Surface) -> Resource | None:
    """Give the methods of the client itself; one in the place of an SDK has wrappers even without any."""
    if surface.own is not None or surface.client.compatibility is None:
        return surface.own
    return Resource(path=(), name=f"{surface.client.name}Methods", module=OWN_METHODS, singular=())


def planned_resources(surface: Surface) -> Iterator[Resource]:
    """Give everything that has methods and a module of its own, the client itself first."""
    own = client_methods(surface)
    yield from (own,) if own is not None else ()
    for resource in surface.resources:
        yield from resource.tree()


def wrapped_resources(resource: Resource, surface: Surface) -> tuple[Resource, ...]:
    """Give the resources that the wrappers of one lead to: those right below it that have wrappers."""
    if surface.client.compatibility is None:
        return ()
    children = resource.children if resource.path else surface.resources
    found = [child for child in children if any(each.calls for each in child.tree())]
    # One called `property` comes last, as it hides the decorator of those after it.
    return tuple(sorted(found, key=lambda child: child.path[-1] == "property"))


def wrapper_link(child: Resource, scope: ModuleScope) -> Callable[[], tuple[WrapperLink, ...]]:
    """Plan the properties of the four wrappers that give the wrappers of a resource below."""
    wrappers = class_names(child)[2:]
    local = [scope.use(Name(Symbol(f".{child.module}", name)), for_typing=True) for name in wrappers]
    folder = scope.use(Name(Symbol(".", RESOURCES)))

    def links() -> tuple[WrapperLink, ...]:
        return tuple(
            WrapperLink(
                name=identifier(child.path[-1]),
                module=code(identifier(folder()), module_path(f".{below_top(child.module)}")),
                docstring=docstring([child_title(child)], 8),
                cls=identifier(text()),
                imported=identifier(name),
            )
            for text, name in zip(local, wrappers, strict=True)
        )

    return links


def wrapper_links(children: Sequence[tuple[WrapperLink, ...]]) -> WrapperLinks:
    """Sort the properties by the wrapper that has them."""
    raw, async_raw, streaming, async_streaming = zip(*children, strict=True) if children else ((), (), (), ())
    return WrapperLinks(raw=raw, async_raw=async_raw, streaming=streaming, async_streaming=async_streaming)
