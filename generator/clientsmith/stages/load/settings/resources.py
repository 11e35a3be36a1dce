"""`[resources]`: the tree of resources, with their methods and iterators."""

from __future__ import annotations

from ....data.reserved import CLIENT_MEMBERS, RESOURCE_MEMBERS
from ....data.settings import PAGING_NAMES, IteratorSettings, MethodSettings, ResourceSettings
from .patterns import PLAIN_HINT, base_classes, is_name
from .toml_table import Table


def resources(table: Table, path: tuple[str, ...]) -> list[ResourceSettings]:
    """Read `[resources.A.B]` and below, parents first."""
    found: list[ResourceSettings] = []
    for name, inner in table.tables():
        here = (*path, name)
        check_member(table, name, "resource", RESOURCE_MEMBERS if path else CLIENT_MEMBERS)
        made = ResourceSettings(
            path=here,
            singular=inner.text("singular"),
            methods=methods(inner.table("methods")),
            iterators=iterators(inner.table("iterators")),
            bases=base_classes(inner),
            position=inner.position,
        )
        below = resources(inner, here)
        check_children(inner, made, [resource.path[-1] for resource in below if len(resource.path) == len(here) + 1])
        found += [made, *below]
    # Only tables are resources: a value of another kind is a misspelt key.
    table.done()
    return found


def check_member(table: Table, name: str, what: str, members: frozenset[str]) -> None:
    """Reject the name of a resource or a method that Python does not have, or that means something else already."""
    if not is_name(name):
        table.reject(name, f"'{name}' is no name for a {what}", PLAIN_HINT)
    elif spelled(name) in map(spelled, members):
        owner = "client" if members is CLIENT_MEMBERS else "resource"
        table.reject(name, f"every {owner} has a member '{name}' of its own", "choose another name")


def check_children(table: Table, resource: ResourceSettings, children: list[str]) -> None:
    """Reject a resource with the name of a method beside it: one would hide the other."""
    occupied = {spelled(name) for name in (*[m.name for m in resource.methods], *[i.name for i in resource.iterators])}
    for child in children:
        if spelled(child) in occupied:
            table.reject(child, f"the resource has a method '{child}' already", "rename one of them")


def methods(table: Table) -> tuple[MethodSettings, ...]:
    """Read `[resources.A.methods]`: the names are the user's."""
    found = []
    for name in table.rest():
        operation = table.text(name)
        check_member(table, name, "method", RESOURCE_MEMBERS)
        if operation is not None:
            place = table.position_of(name)
            found.append(MethodSettings(name=name, operation=operation, position=place))
    return tuple(found)


def iterators(table: Table) -> tuple[IteratorSettings, ...]:
    """Read `[resources.A.iterators.NAME]`."""
    found = []
    for name, inner in table.tables():
        check_member(table, name, "method", RESOURCE_MEMBERS)
        inner.require("method")
        found.append(iterator(name, inner))
        inner.done()
    table.done()
    return tuple(found)


def iterator(name: str, table: Table) -> IteratorSettings:
    """Read `[resources.A.iterators.NAME]`; what it names in the document is looked up later."""
    return IteratorSettings(
        name=name,
        method=table.text("method") or "",
        items=table.possibly_empty("items") or "",
        page=table.text("page"),
        first_page=table.number("first_page", 1),
        offset=table.text("offset"),
        cursor=table.text("cursor"),
        next_cursor=table.text("next_cursor"),
        last_item=table.text("last_item"),
        next_link=table.text("next_link"),
        total=table.text("total"),
        pages=table.text("pages"),
        has_more=table.text("has_more"),
        stop_status=table.optional_number("stop_status"),
        position=table.position,
        positions={key: table.position_of(key) for key in ("items", *PAGING_NAMES)},
    )


def spelled(name: str) -> str:
    """Write a name so that all names of which Python code gets the same one are equal."""
    return name.replace("_", "").casefold()
