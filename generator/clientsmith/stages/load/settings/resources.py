"""`[resources]`: the tree of resources, with their methods and iterators."""

from __future__ import annotations

from ....data.reserved import CLIENT_MEMBERS, RESOURCE_MEMBERS
from ....data.settings import IteratorSettings, MethodSettings, ResourceSettings
from .paging import paging_values
from .patterns import PLAIN_HINT, is_python_name
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
            position=inner.position,
        )
        below = resources(inner, here)
        check_children(inner, made, [resource.path[-1] for resource in below if len(resource.path) == len(here) + 1])
        found += [made, *below]
    # Only tables are resources: a value of another kind is a misspelt key.
    table.done()
    return found


def check_member(table: Table, name: str, what: str, members: frozenset[str]) -> None:
    """Reject the name of a resource or a method that Python does not have, or that means something else already.

    With an underscore behind it, it is the name that the generator itself would give.
    """
    if not is_python_name(name):
        table.reject(name, f"'{name}' is no name for a {what}", PLAIN_HINT)
    elif spelled(name) in map(spelled, members) and not name.endswith("_"):
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
        check_member(table, name, "method", RESOURCE_MEMBERS)
        method = method_table(name, table.table(name)) if table.is_table(name) else short_method(name, table)
        found += [method] if method is not None else []
    return tuple(found)


def short_method(name: str, table: Table) -> MethodSettings | None:
    """Read `NAME = "operation"`."""
    operation = table.text(name)
    if operation is None:
        return None
    return MethodSettings(name=name, operation=operation, position=table.position_of(name))


def method_table(name: str, table: Table) -> MethodSettings | None:
    """Read `NAME = { operation = "operation", paging = "scheme" }`."""
    table.require("operation")
    operation = table.text("operation")
    made = MethodSettings(
        name=name,
        operation=operation or "",
        paging=table.text_or_false("paging"),
        position=table.position,
        paging_position=table.position_of("paging"),
    )
    table.done()
    return made if operation is not None else None


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
    method = table.text("method") or ""
    return IteratorSettings(name=name, method=method, position=table.position, **paging_values(table))


def spelled(name: str) -> str:
    """Write a name so that all names of which Python code gets the same one are equal."""
    return name.replace("_", "").casefold()
