"""Where each operation goes: the resource tree and the method names.

The settings come first; what they do not name, `names` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ...data.api import Api, Operation
from ...data.issues import Found, Issue
from ...data.reserved import CLIENT_MEMBERS, RESOURCE_MEMBERS
from ...data.settings import IteratorSettings, MethodSettings, PagingSettings, ResourceSettings, Settings
from ...data.suggestions import did_you_mean
from ...data.surface import PagingLocation
from .names import CallName, identity, name_calls
from .naming import Casing, Names, module_name, pascal, singular, snake, words
from .paging.lookup import PagingNames

_NOUNS = frozenset({"request", "stream", "timeout"})
"""Members of every client that are nouns: a resource of that name is called by its plural."""


CLIENT = "client"
"""The word that types of the client's own methods begin with."""
WEBHOOKS = "webhooks"
"""The resource that reads webhooks and callbacks, and the folder of their types. A document may have one itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedMethod:
    """An operation with the name of its method."""

    name: str
    operation: Operation
    rule: str
    """What chose the name."""
    settings: MethodSettings | None = None
    """What the settings say of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedIterator:
    """An iterator over the pages of a method."""

    name: str
    settings: PagingSettings
    sent_in: PagingLocation
    method: PlacedMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedResource:
    """A resource with the names of its methods chosen."""

    path: tuple[str, ...]
    singular: tuple[str, ...]
    """Words for one of it: they begin the names of its types."""
    types_path: tuple[str, ...]
    """The steps below `types/` to the types of its methods."""
    description: str
    """What the document says of the tag of that name."""
    deprecated: str | None
    """What callers should know who still use a method of it."""
    methods: tuple[PlacedMethod, ...]
    iterators: tuple[PlacedIterator, ...]
    children: tuple[PlacedResource, ...]

    def tree(self) -> Iterator[PlacedResource]:
        """Give this resource and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.tree()


@dataclass(frozen=True, slots=True)
class Placement:
    """The resource tree."""

    roots: tuple[PlacedResource, ...]
    own: PlacedResource | None
    """The methods of the client itself; None if it has none."""
    renamed: tuple[tuple[str, str], ...]
    receiver: tuple[str, ...] | None = None
    """The path of the resource that reads webhooks; None if the document has no webhooks."""

    @property
    def members(self) -> Iterator[str]:
        """Give the names of all members that the client has for it."""
        yield from (root.path[0] for root in self.roots)
        if self.own is not None:
            yield from (method.name for method in self.own.methods)
            yield from (iterator.name for iterator in self.own.iterators)

    def resources(self) -> Iterator[PlacedResource]:
        """Give every resource, parents before children; not the client itself."""
        for root in self.roots:
            yield from root.tree()


@dataclass(slots=True, kw_only=True)
class _Node:
    """A resource while operations are placed."""

    path: tuple[str, ...]
    singular: tuple[str, ...]
    types_path: tuple[str, ...]
    description: str | None = None
    """What the settings say of it."""
    deprecated: str | None = None
    methods: list[PlacedMethod] = field(default_factory=list)
    iterators: list[PlacedIterator] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)


class _Tree:
    """Collects resources by path; parents come into being with their children."""

    def __init__(self, settings: Settings) -> None:
        self._settings = {resource.path: resource for resource in settings.resources}
        self.nodes: dict[tuple[str, ...], _Node] = {}
        for resource in settings.resources:
            self.node(resource.path)

    def node(self, path: tuple[str, ...]) -> _Node:
        if path not in self.nodes:
            parent = self.node(path[:-1]) if len(path) > 1 else None
            given = self._settings.get(path)
            one = words(given.singular) if given and given.singular else _singular_words(path)
            node = self.nodes[path] = _Node(path=path, singular=one, types_path=path[:-1])
            if given is not None:
                node.types_path, node.description, node.deprecated = (
                    given.types_folder,
                    given.description,
                    given.deprecated,
                )
            if parent is not None:
                parent.children.append(self.nodes[path])
        return self.nodes[path]


class _ResourceNames:
    """Names for the resources that documents ask for: apart from what is beside them, and as modules."""

    def __init__(self, tree: _Tree, reserved: Iterable[str]) -> None:
        self._scopes: dict[tuple[str, ...], Names] = {(): Names(reserved)}
        self._modules: dict[tuple[str, ...], set[str]] = {}
        self._given: dict[tuple[str, ...], str] = {}
        for path in tree.nodes:  # those of the settings are called as they say
            for length in range(len(path)):
                above, name = path[:length], path[length]
                if (*above, name) not in self._given:
                    self._scope(above).claim(name)
                    self._modules.setdefault(above, set()).add(module_name(name))
                    self._given[*above, name] = name

    def _scope(self, above: tuple[str, ...]) -> Names:
        """Give the names of one folder; the module of the resource above is in there, too."""
        return self._scopes.setdefault(above, Names({*RESOURCE_MEMBERS, *above[-1:]}))

    def path(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """Give the path of a resource; the same wish gives the same one."""
        path: tuple[str, ...] = ()
        for step in wanted:
            if (*path, step) not in self._given:
                self._given[*path, step] = self._claim(path, step)
            path = (*path, self._given[*path, step])
        return path

    def _claim(self, above: tuple[str, ...], wanted: str) -> str:
        names, modules = self._scope(above), self._modules.setdefault(above, set())
        name = names.claim(wanted, *([f"{wanted}s"] if wanted in _NOUNS else []), f"{wanted}_")
        number = 2
        while module_name(name) in modules:
            name = names.claim(f"{wanted[:60]}_{number}")
            number += 1
        modules.add(module_name(name))
        return name

    @property
    def renamed(self) -> Iterator[tuple[str, str]]:
        """Give what was wanted and what was given instead."""
        for names in self._scopes.values():
            yield from names.renamed


def _singular_words(path: tuple[str, ...]) -> tuple[str, ...]:
    name = path[-1] if path else CLIENT
    found = list(words(name)) or [name]
    return (*found[:-1], singular(found[-1]))


def place(api: Api, settings: Settings, reserved: Iterable[str] = ()) -> Found[Placement]:
    """Give every operation a resource and a method name, and report iterators over methods that are not there.

    `reserved` are names that the settings give to other members of the client: its credentials.
    """
    issues: list[Issue] = []
    tree = _Tree(settings)
    named = _place_settings(api, settings, tree)
    unnamed = [operation for operation in api.operations if identity(operation) not in named]
    calls = name_calls(api, unnamed, _occupied(tree))
    waiting: dict[tuple[str, ...], list[Operation]] = {}
    names = _ResourceNames(tree, {*CLIENT_MEMBERS, *reserved, *_own_methods(settings)})
    for operation in unnamed:
        wanted = tuple(snake(step).lstrip("_") or "root" for step in calls[identity(operation)].resource)
        waiting.setdefault(names.path(wanted), []).append(operation)
    receiver = names.path(settings.webhook_resource or (WEBHOOKS,)) if api.events else None
    renamed = list(names.renamed)
    for path in (*waiting, *([receiver] if receiver else ())):
        tree.node(path)  # all of them before any method is named, as methods make way for them
    for path, operations in waiting.items():
        renamed += _name_methods(tree.node(path), operations, calls)
    _place_iterators(settings, tree, PagingNames(api, settings.file), issues)
    roots, own = _frozen(tree, api)
    return Found(Placement(roots, own, tuple(renamed), receiver), tuple(issues))


def _own_methods(settings: Settings) -> Iterator[str]:
    """Give the names of the methods of the client itself."""
    for resource in settings.resources:
        if not resource.path:
            yield from (snake(method.name) for method in resource.methods)
            yield from (snake(iterator.name) for iterator in resource.iterators)


def _occupied(tree: _Tree) -> frozenset[tuple[str, ...]]:
    """Give the names that the settings give, as paths of the tree."""
    methods = {(*path, method.name) for path, node in tree.nodes.items() for method in node.methods}
    return frozenset(methods | tree.nodes.keys())


def _frozen(tree: _Tree, api: Api) -> tuple[tuple[PlacedResource, ...], PlacedResource | None]:
    """Give the tree as it is now, with what the document says of the tags of the names of resources.

    The methods of the client itself come apart.
    """
    about = {snake(tag.name): "\n\n".join(part for part in (tag.description, tag.more) if part) for tag in api.tags}

    def frozen(node: _Node) -> PlacedResource:
        return PlacedResource(
            path=node.path,
            singular=node.singular,
            types_path=node.types_path,
            description=node.description or about.get("".join(node.path[-1:]), ""),
            deprecated=node.deprecated,
            methods=tuple(node.methods),
            iterators=tuple(node.iterators),
            children=tuple(map(frozen, node.children)),
        )

    own = tree.nodes.get(())
    roots = tuple(frozen(node) for path, node in tree.nodes.items() if len(path) == 1)
    return roots, frozen(own) if own else None


def _place_settings(api: Api, settings: Settings, tree: _Tree) -> set[str]:
    """Place what the settings name. What they name in vain is left out here: `validate` has reported it."""
    by_name = operations_by_name(api)
    done: set[str] = set()
    for resource in settings.resources:
        for method in resource.methods:
            operation = by_name.get(method.operation)
            if operation is not None:
                done.add(identity(operation))
                named = PlacedMethod(name=snake(method.name), operation=operation, rule="settings", settings=method)
                tree.node(resource.path).methods.append(named)
    return done


def operations_by_name(api: Api) -> Mapping[str, Operation]:
    """Index operations by `VERB /path` and by operationId; of a doubled operationId the first counts."""
    by_name: dict[str, Operation] = {}
    for operation in api.operations:
        by_name[f"{operation.verb} {operation.path}"] = operation
        if operation.operation_id:
            by_name.setdefault(operation.operation_id, operation)
    return by_name


def _name_methods(
    resource: _Node, operations: Iterable[Operation], calls: Mapping[str, CallName]
) -> list[tuple[str, str]]:
    """Give the methods of one resource their names in Python."""
    own_class = pascal(words(resource.path[-1]), Casing())  # letters without case: `日本` is the class, too
    children = (child.path[-1] for child in resource.children)
    names = Names({*RESOURCE_MEMBERS, own_class, *(m.name for m in resource.methods), *children})
    for operation in operations:
        call = calls[identity(operation)]
        wanted = snake(call.method)
        name = names.claim(wanted, f"{wanted}_")
        resource.methods.append(PlacedMethod(name=name, operation=operation, rule=call.rule))
    return names.renamed


def _place_iterators(settings: Settings, tree: _Tree, names: PagingNames, issues: list[Issue]) -> None:
    for resource in settings.resources:
        node = tree.node(resource.path)
        by_name = {method.name: method for method in node.methods}
        for iterator in resource.iterators:
            if iterator.method not in by_name:
                issues.append(_unknown_method(iterator, resource, settings, by_name))
            elif iterator.name in by_name:
                message = f"the resource has a method {iterator.name!r} already"
                issues.append(_issue(settings, iterator, "iterator-name-taken", message))
            else:
                method = by_name[iterator.method]
                found = names.find(iterator, method.operation)
                issues += found.issues
                node.iterators.append(
                    PlacedIterator(
                        name=snake(iterator.name), settings=found.settings, sent_in=found.sent_in, method=method
                    )
                )


def _unknown_method(
    iterator: IteratorSettings, resource: ResourceSettings, settings: Settings, by_name: Iterable[str]
) -> Issue:
    message = f"{'.'.join(resource.path) or CLIENT} has no method {iterator.method!r}"
    return _issue(settings, iterator, "unknown-method", message, did_you_mean(iterator.method, by_name))


def _issue(settings: Settings, iterator: IteratorSettings, code: str, message: str, hint: str | None = None) -> Issue:
    position = iterator.position
    return Issue(code=code, severity="error", message=message, hint=hint, file=settings.file, position=position)
