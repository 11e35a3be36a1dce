"""Which operations give pages: those that the settings name, and those that fit a scheme by their shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ....data.api import Api, Operation
from ....data.document import Pointer
from ....data.issues import Issue
from ....data.places import steps_of
from ....data.schemas import Schema
from ....data.settings import MethodSettings, PagingSettings, Settings
from ....data.suggestions import did_you_mean
from ..names import identity
from .lookup import HEADER, FoundPaging, PagingNames, named_places, response_headers, split
from .shapes import Missing, Shapes

UNFIT = "it needs one successful response that is a JSON object or list"


@dataclass(frozen=True, slots=True)
class PagedOperations:
    """How the pages of each operation that gives some are found."""

    by_operation: Mapping[str, FoundPaging] = field(default_factory=dict)
    """By the identity of the operation."""
    responses: frozenset[Pointer] = frozenset()
    """The schemas of their responses."""
    issues: tuple[Issue, ...] = ()


def paged_operations(api: Api, settings: Settings, by_name: Mapping[str, Operation]) -> PagedOperations:
    """Find a scheme for each operation that gives pages; report schemes that fit none, and names that are not there."""
    methods = {
        identity(by_name[method.operation]): method
        for resource in settings.resources
        for method in resource.methods
        if method.operation in by_name
    }
    if not settings.paging and not any(method.paging for method in methods.values()):
        return PagedOperations()
    return _Chooser(api, settings, methods).run()


class _Chooser:
    """One run: what has been found so far."""

    def __init__(self, api: Api, settings: Settings, methods: Mapping[str, MethodSettings]) -> None:
        self._api = api
        self._settings = settings
        self._methods = methods
        self._names = PagingNames(api, settings.file)
        self._schemes = {scheme.name: scheme for scheme in settings.paging}
        self._found: dict[str, FoundPaging] = {}
        self._issues: list[Issue] = []

    def run(self) -> PagedOperations:
        """Go through all operations, then through schemes that none has."""
        broken = {s.name: [*self._names.way(s)] for s in self._schemes.values()}
        self._issues += [issue for issues in broken.values() for issue in issues]
        usable = [scheme for scheme in self._schemes.values() if not broken[scheme.name]]
        for operation in self._api.operations:
            method = self._methods.get(identity(operation))
            if method is None or method.paging is None:
                self._by_shape(operation, usable)
            elif method.paging:
                self._by_name(operation, method, method.paging)
        used = {found.settings.name for found in self._found.values()}
        used |= {str(method.paging) for method in self._methods.values() if method.paging}
        self._issues += [self._unmatched(scheme) for scheme in usable if scheme.name not in used]
        return PagedOperations(self._found, frozenset(self._responses()), tuple(self._issues))

    def _responses(self) -> Iterator[Pointer]:
        for operation in self._api.operations:
            schema = self._names.shapes.page(operation) if identity(operation) in self._found else None
            if schema is not None:
                yield schema.pointer

    def _by_shape(self, operation: Operation, schemes: list[PagingSettings]) -> None:
        declared = (scheme for scheme in schemes if fits(scheme, operation, self._names))
        undeclared = (scheme for scheme in schemes if fits(scheme, operation, self._names, needs_link=False))
        scheme = next(declared, None) or next(undeclared, None)
        if scheme is not None:
            self._found[identity(operation)] = self._names.find(scheme, operation)

    def _by_name(self, operation: Operation, method: MethodSettings, name: str) -> None:
        place = f"{operation.verb} {operation.path}"
        if name not in self._schemes:
            hint = did_you_mean(name, self._schemes) or f"add a table [paging.{name}]"
            self._report(method, "unknown-paging", f"there is no scheme '{name}' in [paging]", hint)
            return
        found = self._names.find(self._schemes[name], operation)
        if found.issues:
            first = found.issues[0]
            message = f"{place} does not fit '{name}': {_lack(first, operation)}"
            self._report(method, "unfit-paging", message, first.hint)
        elif self._names.shapes.page(operation) is None:
            self._report(method, "unfit-paging", f"{place} gives no pages", UNFIT)
        else:
            self._found[identity(operation)] = found

    def _report(self, method: MethodSettings, code: str, message: str, hint: str | None) -> None:
        position = method.positions.get("paging", method.position)
        self._issues.append(
            Issue(code=code, severity="error", message=message, hint=hint, file=self._settings.file, position=position)
        )

    def _unmatched(self, scheme: PagingSettings) -> Issue:
        """Report a scheme that no operation has, with what the operation lacks that comes closest."""
        if any(fits(scheme, operation, self._names) for operation in self._api.operations):
            message = f"every operation that fits the scheme '{scheme.name}' has another one"
            hint = "put it above the scheme that they fit, too, or leave it out"
            return self._names.issue(scheme, "", "unmatched-paging", message, hint)
        tried = [(self._names.find(scheme, operation).issues, operation) for operation in self._api.operations]
        tried = [each for each in tried if self._names.shapes.page(each[1]) is not None]
        hint = UNFIT
        if tried:
            issues, operation = min(tried, key=lambda each: len(each[0]))
            lacks = _lack(issues[0], operation) if issues else "not all that the scheme names is declared"
            lacks += f"; {issues[0].hint}" if issues and issues[0].hint else ""
            hint = f"{operation.verb} {operation.path} comes closest: {lacks}"
        return self._names.issue(scheme, "", "unmatched-paging", f"no operation fits the scheme '{scheme.name}'", hint)


def _lack(issue: Issue, operation: Operation) -> str:
    """Give what an issue says, behind the name of the operation."""
    return issue.message.replace(f"{operation.verb} {operation.path}", "it", 1)


def fits(scheme: PagingSettings, operation: Operation, names: PagingNames, *, needs_link: bool = True) -> bool:
    """Report whether an operation has all that a scheme names, each declared; a `Link` header if `needs_link`."""
    shapes, response = names.shapes, names.shapes.page(operation)
    if response is None or not _has_parameters(scheme, operation, names):
        return False
    lists = [*shapes.ends([response], scheme.items)]
    if not any(shapes.items(end) for end in lists):
        return False
    items = [item for end in lists for item in shapes.items(end)]
    named = [(key, place) for key, place in named_places(_bare(scheme)) if key != "last_item"]
    is_last_item_there = scheme.last_item is None or any(_declares(shapes, item, scheme.last_item) for item in items)
    is_free = not needs_link and bool(scheme.requires)
    return is_last_item_there and all(_has_place(operation, shapes, response, place, is_free) for _, place in named)


def _bare(scheme: PagingSettings) -> PagingSettings:
    """Give the scheme with the bare name of its cursor, which is the place of the next one where none is given."""
    return replace(scheme, cursor=split(scheme.cursor)[1]) if scheme.cursor else scheme


def _has_parameters(scheme: PagingSettings, operation: Operation, names: PagingNames) -> bool:
    wanted = (*((scheme.parameter,) if scheme.parameter else ()), *scheme.requires)
    return all(_has_parameter(written, operation, names) for written in wanted)


def _has_parameter(written: str, operation: Operation, names: PagingNames) -> bool:
    found = names.parameter(operation, written)
    if found is None or found[0] != "body":
        return found is not None
    return any(_declares(names.shapes, schema, found[1]) for schema in names.shapes.bodies(operation))


def _has_place(operation: Operation, shapes: Shapes, response: Schema, place: str, is_link_free: bool) -> bool:
    """Report whether a response declares a place; a `Link` header may be free of that, as documents leave it out."""
    kind, name = split(place)
    if kind != HEADER:
        return _declares(shapes, response, place)
    return name.lower() in response_headers(operation) or (name.lower() == "link" and is_link_free)


def _declares(shapes: Shapes, schema: Schema, path: str) -> bool:
    found = shapes.follow(schema, steps_of(path))
    return not isinstance(found, Missing) and found[1] is not None
