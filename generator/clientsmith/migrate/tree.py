"""`resources` of a config: the tree goes in, tables of settings come out, with what each key became."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..data.pointer import Json
from ..data.reserved import CLIENT_MEMBERS, RESOURCE_MEMBERS
from ..data.settings import RESOURCE_KEYS
from .config import Node
from .marks import deprecation, is_skipped
from .methods import Method, read_method
from .models import Models
from .overlay import Overlay
from .paging import Schemes
from .source import Source
from .toml_text import Table
from .webhooks import UNWRAP, Webhooks
from .words import snake

ROOT, SHARED = "$client", "$shared"
OF_CLIENTS = CLIENT_MEMBERS | {"get", "post", "put", "patch", "delete"}
"""Members of the client of an SDK."""
OTHER_TARGETS = ("terraform", "mcp", "cli", "sql", "docs", "bulk")
"""Keys that are about other targets."""


@dataclass(slots=True)
class Tree:
    """What was read so far."""

    source: Source
    overlay: Overlay
    models: Models
    schemes: Schemes
    webhooks: Webhooks
    tables: list[Table] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    """The operations that methods call."""


def read_resources(resources: Node, tree: Tree) -> None:
    """Read the whole tree. Models come first: methods may name them wherever they are."""
    places = list(_places(resources, ()))
    for node, path in places:
        tree.models.read(node.child("models"), _folder(node, path), path)
    for node, path in places:
        _read_resource(node, path, tree)


def _places(node: Node, path: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """Give every resource that Python has, parents first."""
    for name, child in node.members():
        if name in (ROOT, SHARED):
            here: tuple[str, ...] = () if name == ROOT else (SHARED,)
        else:
            here = (*path, member_name(name, CLIENT_MEMBERS if not path else RESOURCE_MEMBERS))
        if not isinstance(child.value, dict):
            child.not_possible("a resource is a mapping")
        elif not is_skipped(child):
            yield child, here
            yield from _places(child.child("subresources"), () if name in (ROOT, SHARED) else here)


def member_name(name: str, members: frozenset[str]) -> str:
    """Give the name of a resource or a method in Python: another one where it means something already."""
    good = re.fullmatch(r"[a-z_][a-z0-9_]*", name) and not keyword.iskeyword(name)
    own = name if good else snake(name)
    return f"{own}_" if own in members else own


def _folder(node: Node, path: tuple[str, ...]) -> tuple[str, ...]:
    """Give the steps below `types/` to the types of a resource."""
    if path == (SHARED,):
        return ("shared",)
    return path if node.child("standalone_api").value is True else path[:-1]


def _read_resource(node: Node, path: tuple[str, ...], tree: Tree) -> None:
    if path == (SHARED,):
        tree.tables.append(_models(Table(("shared", "models")), path, tree))
        _note_others(node)
        return
    table = Table(table_of(path))
    methods = Table((*table.path, "methods"))
    members = RESOURCE_MEMBERS if path else OF_CLIENTS
    deprecated = deprecation(node.child("deprecated"))
    if path:
        _own_keys(node, table)
        table.set("deprecated", deprecated)
        deprecated = None
    for name, child in node.child("methods").members():
        if is_skipped(child):
            continue
        if child.child("type").text() == UNWRAP:
            tree.webhooks.read(child, member_name(name, members), path)
            continue
        method = read_method(child, node, tree.source, tree.models, tree.overlay)
        if method is not None:
            tree.called.add(str(method.endpoint))
            setting = _with_pages(_with_notice(method, deprecated), child, tree)
            methods.set(member_name(name, members), setting)
    tree.tables += [table, methods, _models(Table((*table.path, "models")), path, tree)]
    _note_others(node)


def table_of(path: tuple[str, ...]) -> tuple[str, ...]:
    """Give the table of a resource: one key for the whole path where a step of it means something else there."""
    if any(step in RESOURCE_KEYS for step in path[1:]):
        return ("resources", ".".join(path))
    return ("resources", *path) if path else ("client",)


def _with_notice(method: Method, message: str | None) -> Method:
    """Add what callers of all methods should know, unless a method says more itself."""
    if message is None:
        return method
    own = method.setting if isinstance(method.setting, dict) else {"operation": str(method.endpoint)}
    return replace(method, setting={"deprecated": message, **own})


def _with_pages(method: Method, node: Node, tree: Tree) -> Json:
    """Add to the settings of a method which pages it gives, where they have to say it."""
    paging = tree.schemes.choice(method.endpoint, node.child("paginated"))
    if paging is None:
        return method.setting
    own = method.setting if isinstance(method.setting, dict) else {"operation": str(method.endpoint)}
    return {**own, "paging": paging}


def _models(table: Table, path: tuple[str, ...], tree: Tree) -> Table:
    for key, component in tree.models.of(path).items():
        table.set(key, component)
    return table


def _own_keys(node: Node, table: Table) -> None:
    standalone = node.child("standalone_api")
    if standalone.value is True:
        table.set("own_types", True)
        standalone.carried("own_types")
    else:
        standalone.not_needed("false is the default")
    description = node.child("description")
    table.set("description", description.text())
    description.carried("description")


def _note_others(node: Node) -> None:
    node.child("custom").not_possible("code that was added to the SDK is no part of the config: 'custom/' has yours")
    for key in OTHER_TARGETS:
        node.child(key).not_needed("it is about another target")
    for key in ("standalone_api", "description", "deprecated"):
        node.child(key).not_needed("it is about resources")
    for key in ("methods", "models", "subresources"):
        if not node.child(key).mapping():
            node.child(key).not_needed("it is empty")
