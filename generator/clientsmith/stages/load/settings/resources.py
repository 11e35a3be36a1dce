"""`[resources]`: the tree of resources, with their methods and iterators."""

from __future__ import annotations

from dataclasses import replace

from ....data.reserved import CLIENT_MEMBERS, RESOURCE_MEMBERS
from ....data.settings import IteratorSettings, MethodSettings, ModelSettings, ResourceSettings
from .base_classes import base_classes
from .paging import paging_values
from .patterns import PLAIN_HINT, argument_name, is_name, is_python_name
from .toml_table import Table


def resource_tree(table: Table, own: tuple[ResourceSettings, ...]) -> tuple[ResourceSettings, ...]:
    """Read `[resources]`, to stand behind what `[client]` has of the kind."""
    below = resources(table, ())
    for one in own:
        check_children(table, one, [resource.path[0] for resource in below if len(resource.path) == 1])
    return (*own, *below)


def resources(table: Table, path: tuple[str, ...]) -> list[ResourceSettings]:
    """Read `[resources.A.B]` and below, parents first.

    A path may also be one key, `[resources."A.models"]`: so a resource can have the name of a key.
    """
    found: list[ResourceSettings] = []
    for name, inner in table.tables():
        here = (*path, *name.split("."))
        for depth, step in enumerate(here[len(path) :], len(path)):
            check_member(table, name, step, "resource", RESOURCE_MEMBERS if depth else CLIENT_MEMBERS)
        made = ResourceSettings(
            path=here,
            singular=inner.text("singular"),
            description=inner.text("description"),
            methods=methods(inner.table("methods")),
            iterators=iterators(inner.table("iterators")),
            has_own_types=inner.flag("own_types"),
            deprecated=inner.text("deprecated"),
            bases=base_classes(inner),
            position=inner.position,
        )
        made = replace(made, models=models(inner.table("models"), made.types_folder))
        below = resources(inner, here)
        check_children(inner, made, [resource.path[-1] for resource in below if len(resource.path) == len(here) + 1])
        found += [made, *below]
    # Only tables are resources: a value of another kind is a misspelt key.
    table.done()
    return found


def client_methods(client: Table) -> tuple[ResourceSettings, ...]:
    """Read the keys of `[client]` for methods of the client itself, as those of a resource without a name."""
    given = [key for key in ("methods", "iterators", "models") if client.has(key)]
    made = ResourceSettings(
        path=(),
        methods=methods(client.table("methods"), CLIENT_MEMBERS),
        iterators=iterators(client.table("iterators"), CLIENT_MEMBERS),
        models=models(client.table("models"), ()),
        position=client.position,
    )
    return (made,) if given else ()


def check_member(table: Table, key: str, name: str, what: str, members: frozenset[str]) -> None:
    """Reject the name of a resource or a method that Python does not have, or that means something else already.

    With an underscore behind it, it is the name that the generator itself would give. `key` is the key of the table
    that has the name.
    """
    if not is_python_name(name):
        table.reject(key, f"'{name}' is no name for a {what}", PLAIN_HINT)
    elif spelled(name) in map(spelled, members) and not name.endswith("_"):
        owner = "client" if members is CLIENT_MEMBERS else "resource"
        table.reject(key, f"every {owner} has a member '{name}' of its own", "choose another name")


def check_children(table: Table, resource: ResourceSettings, children: list[str]) -> None:
    """Reject a resource with the name of a method beside it: one would hide the other."""
    owner = "resource" if resource.path else "client"
    occupied = {spelled(name) for name in (*[m.name for m in resource.methods], *[i.name for i in resource.iterators])}
    for child in children:
        if spelled(child) in occupied:
            table.reject(child, f"the {owner} has a method '{child}' already", "rename one of them")


def methods(table: Table, members: frozenset[str] = RESOURCE_MEMBERS) -> tuple[MethodSettings, ...]:
    """Read `[resources.A.methods]`: the names are the user's. `members` are those that the owner has already."""
    found = []
    for name in table.rest():
        check_member(table, name, name, "method", members)
        made = method_of_table(name, table.table(name)) if table.is_table(name) else method_of_text(name, table)
        if made is not None:
            found.append(made)
    return tuple(found)


def method_of_text(name: str, table: Table) -> MethodSettings | None:
    """Read `list = "GET /pets"`."""
    operation = table.text(name)
    return (
        None if operation is None else MethodSettings(name=name, operation=operation, position=table.position_of(name))
    )


def method_of_table(name: str, table: Table) -> MethodSettings | None:
    """Read `list = { operation = "GET /pets", unwrap = "data" }`."""
    table.require("operation")
    operation = table.text("operation")
    made = MethodSettings(
        name=name,
        operation=operation or "",
        body=argument_name(table, "body"),
        stream=table.text("stream"),
        unwrap=table.text_or_false("unwrap"),
        deprecated=table.text("deprecated"),
        paging=table.text_or_false("paging"),
        position=table.position,
        positions=table.positions(),
    )
    table.done()
    return None if operation is None else made


def models(table: Table, folder: tuple[str, ...]) -> tuple[ModelSettings, ...]:
    """Read `[resources.A.models]`: names of classes, and the components that they are made for."""
    found = []
    for name in table.rest():
        component = table.text(name)
        if not is_name(name):
            table.reject(name, f"'{name}' is no name for a class", "write it like 'PetStore', or 'pet_store'")
        elif component is not None:
            place = table.position_of(name)
            found.append(ModelSettings(name=name, component=component, folder=folder, position=place))
    return tuple(found)


def iterators(table: Table, members: frozenset[str] = RESOURCE_MEMBERS) -> tuple[IteratorSettings, ...]:
    """Read `[resources.A.iterators.NAME]`."""
    found = []
    for name, inner in table.tables():
        check_member(table, name, name, "method", members)
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
