"""Stage: the base classes that settings name go in; what is wrong with them in `custom/` comes out.

The classes are the user's: they are looked for in the source, which is never run. A class that is not there, an import
that would come back to the generated module, and a member that a generated one hides are reported before they are met
at run time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...data.base_classes import BaseClass
from ...data.document import Position
from ...data.issues import Issue
from ...data.output import CUSTOM
from ...data.reserved import RESOURCE_MEMBERS
from ...data.settings import Settings
from ...data.suggestions import did_you_mean
from ...data.surface import Resource, Surface
from .imports import OwnImport, defined, own_imports
from .modules import OwnModule, OwnModules

CLIENT = "_client"
"""The generated module of the clients."""


@dataclass(frozen=True, slots=True)
class Inheriting:
    """A generated class and the class of the user's that it inherits from."""

    module: str
    """The generated module: `resources.pets`."""
    what: str
    """What the class is: `the client`."""
    members: frozenset[str]
    """What the generated class defines itself."""
    base: BaseClass


def check_bases(settings: Settings, surface: Surface) -> tuple[Issue, ...]:
    """Look the base classes of a client up, and report all that is wrong."""
    empty = tuple(empty_resources(settings, surface))
    inheriting = list(inheriting_classes(surface))
    modules = OwnModules(settings.output)
    issues = [*empty, *(issue for one in inheriting for issue in check_base(one, modules, settings))]
    issues += Circles(inheriting, modules, surface).issues()
    return tuple(dict.fromkeys((*modules.issues, *issues)))


def inheriting_classes(surface: Surface) -> Iterator[Inheriting]:
    """List the generated classes that have a base class of the user's."""
    client = surface.client
    members = {resource.path[0] for resource in surface.resources} | {"with_options", "copy"}
    for base in client.bases.all:
        yield Inheriting(CLIENT, "the client", frozenset(members), base)
    for resource in surface.all_resources():
        for base in resource.bases.all if is_used(resource) else ():
            what = f"the resource '{'.'.join(resource.path)}'"
            yield Inheriting(resource.module, what, frozenset(members_of(resource)), base)


def members_of(resource: Resource) -> Iterator[str]:
    """List what the class of a resource defines."""
    if resource.calls:
        yield from RESOURCE_MEMBERS
    for call in resource.calls:
        yield from (call.name, *([call.stream_method] if call.stream else []))
    yield from (iterator.name for iterator in resource.iterators)
    yield from (child.path[-1] for child in resource.children)
    if resource.receiver is not None:
        yield from resource.receiver.methods


def is_used(resource: Resource) -> bool:
    """Report whether an operation is in a resource, or in one below it."""
    return any(one.calls or one.receiver for one in resource.tree())


def empty_resources(settings: Settings, surface: Surface) -> Iterator[Issue]:
    """Report base classes of resources that no operation is in: their names are misspelt."""
    used = {".".join(resource.path): resource for resource in surface.all_resources()}
    full = [name for name, resource in used.items() if is_used(resource)]
    for name, resource in used.items():
        if name not in full and resource.bases.all:
            hint = did_you_mean(name, full) or "name a resource of the client"
            message = f"no operation is in the resource '{name}', which has a base class"
            yield issue(settings, "empty-resource", message, resource.bases.all[0].position, hint)


def check_base(one: Inheriting, modules: OwnModules, settings: Settings) -> Iterator[Issue]:
    """Look one base class up."""
    base = one.base
    module = modules.find(base.module)
    if module is None:
        if not modules.is_broken(base.module):
            hint = f"write '{modules.file_of(base.module)}', with the class that {one.what} inherits from"
            yield issue(settings, "unknown-base", f"there is no module '{base.module}'", base.position, hint)
        return
    names = defined(module.tree)
    if base.name not in names:
        message = f"'{module.file}' has no class '{base.name}', which {one.what} inherits from"
        asynchronous = "write it, or name another one with 'async_base' (\"\" for none)"
        hint = asynchronous if base.name.startswith("Async") else did_you_mean(base.name, names) or "write it"
        yield issue(settings, "unknown-base", message, base.position, hint)
    elif isinstance(statement := names[base.name], ast.ClassDef):
        yield from hidden_members(one, module, statement)


def hidden_members(one: Inheriting, module: OwnModule, base: ast.ClassDef) -> Iterator[Issue]:
    """Report members of a base class that are never seen, as the generated class has its own."""
    for name, statement in defined(ast.Module(base.body, [])).items():
        if name in one.members:
            yield Issue(
                code="hidden-member",
                severity="warning",
                message=f"{one.what} has a member '{name}' of its own, which hides this one",
                file=str(module.file),
                position=Position(statement.lineno, statement.col_offset + 1),
                hint="give it another name; clientsmith edits save keeps a change of the generated one",
            )


def issue(settings: Settings, code: str, message: str, position: Position, hint: str) -> Issue:
    """Make an error in the settings file."""
    return Issue(code=code, severity="error", message=message, file=settings.file, position=position, hint=hint)


class Circles:
    """Finds imports that lead from a generated module over its base class back to it."""

    def __init__(self, inheriting: Iterable[Inheriting], modules: OwnModules, surface: Surface) -> None:
        self._bases: dict[str, list[str]] = {}
        for one in inheriting:
            self._bases.setdefault(one.module, []).append(one.base.module)
        self._modules = modules
        self._package = surface.package
        self._clients = frozenset({surface.client.name, f"Async{surface.client.name}"})

    def issues(self) -> Iterator[Issue]:
        """Report the import that closes each circle."""
        for start in self._bases:
            seen: set[str] = set()
            for base in dict.fromkeys(self._bases[start]):
                yield from self._follow(base, start, seen)

    def _follow(self, module: str, start: str, seen: set[str]) -> Iterator[Issue]:
        """Follow the imports of a module, and of those that it imports; each is looked at once."""
        if module in seen:
            return
        seen.add(module)
        found = self._modules.find(module) if module.partition(".")[0] == CUSTOM else None
        if found is None:
            for base in self._bases.get(module, ()):
                yield from self._follow(base, start, seen)
            return
        for own in own_imports(found.tree, module, self._package, is_package=found.is_package):
            for target in self._targets(own):
                if target == start:
                    yield circle(own, found, start)
                else:
                    yield from self._follow(target, start, seen)

    def _targets(self, own: OwnImport) -> Iterator[str]:
        """Give the modules that an import runs: the packages around, the module, and what is imported, if it is one."""
        if not own.module and own.name in self._clients:
            yield CLIENT
        steps = [step for step in (*own.module.split("."), own.name) if step]
        yield from (".".join(steps[:length]) for length in range(1, len(steps) + 1))


def circle(own: OwnImport, found: OwnModule, start: str) -> Issue:
    """Report an import that comes back to where it began."""
    return Issue(
        code="import-circle",
        severity="error",
        message=f"this imports the generated module '{start}', which inherits from a class of this module",
        file=str(found.file),
        position=own.position,
        hint="import it under 'if TYPE_CHECKING:', or inside a function",
    )


__all__ = ["check_bases"]
