"""Stage: a whole API goes in; the operations that the settings want, and all that they reach, come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...data.api import Api, Operation
from ...data.document import Pointer
from ...data.issues import Found, Issue
from ...data.schemas import Definition, Schema, references
from ...data.selection import Described, is_selected
from ...data.settings import Settings

__all__ = ["select"]


def select(lowered: Found[Api], settings: Settings) -> Found[Api]:
    """Keep the operations that `[select]` wants, and the definitions that they reach.

    Without `[select]` all operations are kept, and all security schemes. The issues of operations that are left out are
    left out, too.
    """
    api = lowered.value
    operations = api.operations
    schemes = api.security_schemes
    if settings.select.is_active:
        named = {method.operation for resource in settings.resources for method in resource.methods}
        operations = tuple([each for each in operations if is_kept(each, settings, named)])
        needed = credentials_of(api, operations, settings)
        schemes = tuple([each for each in schemes if each.name in needed])
    left_out = {each.pointer for each in api.operations} - {each.pointer for each in operations}
    # A webhook belongs to no operation, and stays.
    events = tuple([each for each in api.events if not each.owners or not left_out.issuperset(each.owners)])
    roots = [schema for operation in operations for schema in (*operation.sent, *operation.received)]
    roots += [each.schema for each in events]
    kept = replace(
        api,
        operations=operations,
        events=events,
        security_schemes=schemes,
        definitions=reached(api.definitions, roots, settings),
    )
    return Found(kept, tuple([issue for issue in lowered.issues if not concerns(issue, left_out)]))


def is_kept(operation: Operation, settings: Settings, named: set[str]) -> bool:
    """Decide about one operation."""
    names = {operation.operation_id, f"{operation.verb} {operation.path}", name_in_document(operation)}
    described = Described(operation.verb.upper(), operation.path, operation.operation_id, operation.tags)
    return is_selected(settings.select, described, is_named=not named.isdisjoint(filter(None, names)))


def name_in_document(operation: Operation) -> str | None:
    """Give verb and path as the document has them, with a query that parameters declare, too."""
    tokens = operation.pointer.tokens
    return f"{operation.verb} {tokens[1]}" if tokens[:1] == ("paths",) and len(tokens) > 1 else None


def credentials_of(api: Api, operations: Iterable[Operation], settings: Settings) -> set[str]:
    """Name the security schemes that some operations need, or that the settings say something about."""
    used = {
        requirement.scheme
        for operation in operations
        for alternative in (api.security if operation.security is None else operation.security)
        for requirement in alternative
    }
    return used | set(settings.security)


def concerns(issue: Issue, places: set[Pointer]) -> bool:
    """Report whether an issue is about one of some places, or a part of it."""
    place = issue.pointer
    while place is not None and place.path:
        if place in places:
            return True
        place = place.parent
    return False


# --- definitions -----------------------------------------------------------------------------------------------------


def reached(definitions: tuple[Definition, ...], roots: Iterable[Schema], settings: Settings) -> tuple[Definition, ...]:
    """Keep the definitions that some schemas or the settings reach, in their order."""
    by_pointer = {definition.pointer: definition for definition in definitions}
    found: set[Pointer] = set()
    waiting = [target for schema in roots for target in references(schema)]
    named = {model.component for model in settings.models}
    waiting += [each.pointer for each in definitions if is_kept_anyway(each, settings, named)]
    while waiting:
        pointer = waiting.pop()
        if pointer in by_pointer and pointer not in found:
            found.add(pointer)
            waiting += references(by_pointer[pointer].schema)
    return tuple([definition for definition in definitions if definition.pointer in found])


def is_kept_anyway(definition: Definition, settings: Settings, named: set[str]) -> bool:
    """Report whether the settings keep a definition that nothing else may reach."""
    if not definition.is_component:
        return settings.keep_components is True
    keep = settings.keep_components
    return definition.name in named or (keep if isinstance(keep, bool) else definition.name in keep)
