"""Settings and a document go in; the settings that fit the document come out, with errors for the others.

This happens before the client is designed, so that mistakes in both files are reported at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from ...data.document import Documents, Pointer, Position
from ...data.issues import SKIPS, Found, Issue
from ...data.oauth2 import OAUTH2_KEYS
from ...data.selection import TAG, is_selected, matches
from ...data.settings import CredentialSettings, MethodSettings, ModelSettings, ResourceSettings, Settings
from ...data.suggestions import did_you_mean, suggestion
from .operations import Identity, Operations, operations_of

PATTERNS = "write 'tag:pets', '/pets/**', 'GET /pets' or an operationId, each with '*' for any text"
NAME_AN_OPERATION = "name an operationId, or verb and path: 'GET /pets/{id}'"


def check_settings(settings: Settings, documents: Documents, issues: Iterable[Issue]) -> Found[Settings]:
    """Look every name in the settings up in the document, and leave out those that it does not have.

    `issues` are those of the document. A name in a part that cannot be read counts as found: that part is an error
    already.
    """
    check = Check(settings, documents, tuple(issues))
    check.selection()
    kept = replace(
        settings,
        allow_skips=check.allow_skips(),
        security=check.security(),
        inline_components=check.components("inline", settings.inline_components, settings.inline_components_position),
        keep_components=check.keep_components(),
        resources=tuple([check.models_of(resource) for resource in check.resources()]),
        shared_models=check.models(settings.shared_models),
        examples=tuple([each for each in settings.examples if check.has_operation(each.operation, each.position)]),
    )
    return Found(kept, tuple(check.issues))


class Check:
    """One run: the issues met so far."""

    def __init__(self, settings: Settings, documents: Documents, known: tuple[Issue, ...]) -> None:
        self.issues: list[Issue] = []
        self._settings = settings
        self._documents = documents
        self._known = known
        self._named_models: set[tuple[str, ...]] = set()
        self._broken = {issue.pointer for issue in known if issue.severity == "error"}

    def report(self, code: str, message: str, position: Position | None, hint: str | None = None) -> None:
        """Add an error in the settings file."""
        file = self._settings.file
        self.issues.append(Issue(code=code, severity="error", message=message, hint=hint, file=file, position=position))

    # --- operations --------------------------------------------------------------------------------------------------

    def resources(self) -> tuple[ResourceSettings, ...]:
        """Leave out methods for operations that are not there, and the iterators over such methods, or over none."""
        return tuple([self._resource(resource) for resource in self._settings.resources])

    @cached_property
    def _operations(self) -> Operations:
        return operations_of(self._documents, self._known)

    def selection(self) -> None:
        """Report patterns that match no operation, and patterns that together leave none."""
        select = self._settings.select
        if not select.is_active or self._operations.is_incomplete:
            return
        described = self._operations.described.values()
        for pattern in (*select.include, *select.exclude):
            if not any(matches(pattern.text, operation) for operation in described):
                message = f"no operation matches '{pattern.text}'"
                self.report("unmatched-pattern", message, pattern.position, self._pattern_hint(pattern.text))
        if described and not self._selected() and not self.issues:
            message, hint = "[select] leaves no operation", "include more, or exclude less"
            positions = [pattern.position for pattern in (*select.include, *select.exclude)]
            self.report("nothing-selected", message, next(iter(positions), select.position), hint)

    def _selected(self) -> set[Identity]:
        """List the operations that the client will have."""
        names = [method.operation for resource in self._settings.resources for method in resource.methods]
        named = {self._operations.by_name.get(name) for name in names}
        return {
            identity
            for identity, operation in self._operations.described.items()
            if is_selected(self._settings.select, operation, is_named=identity in named)
        }

    def _pattern_hint(self, text: str) -> str:
        """Name what may have been meant: a tag, a place or an operationId."""
        described = self._operations.described.values()
        if text.startswith(TAG):
            return did_you_mean(text, [f"{TAG}{tag}" for each in described for tag in each.tags]) or PATTERNS
        return did_you_mean(text, [*self._operations.by_name, *[each.path for each in described]]) or PATTERNS

    def _resource(self, resource: ResourceSettings) -> ResourceSettings:
        kept = tuple([method for method in resource.methods if self._is_right(method)])
        lost = {method.name for method in resource.methods} - {method.name for method in kept}
        iterators = tuple([each for each in resource.iterators if each.method and each.method not in lost])
        return replace(resource, methods=kept, iterators=iterators)

    def _is_right(self, method: MethodSettings) -> bool:
        """Report whether a method has an operation."""
        name = method.operation
        if not self.has_operation(name, method.position):
            return False
        identity = self._operations.by_name.get(name)
        if identity is not None and not self._is_kept(identity):
            message, hint = f"[select] leaves '{name}' out", "select it, or leave the method out"
            self.report("operation-not-selected", message, method.position, hint)
            return False
        return True

    def has_operation(self, name: str, position: Position) -> bool:
        """Report an operation that is not there."""
        operations = self._operations
        if operations.has(name) or operations.may_have(name):
            return True
        hint = did_you_mean(name, operations.by_name) or NAME_AN_OPERATION
        self.report("unknown-operation", f"the document has no operation '{name}'", position, hint)
        return False

    def _is_kept(self, identity: Identity) -> bool:
        return is_selected(self._settings.select, self._operations.described[identity], is_named=True)

    # --- components --------------------------------------------------------------------------------------------------

    def security(self) -> dict[str, CredentialSettings]:
        """Leave out credentials of schemes that are not there."""
        place = Pointer().below("components", "securitySchemes")
        kept = {}
        for name, given in self._settings.security.items():
            if self._may_have(place.child(name)):
                self._flow(name, place.child(name), given)
                kept[name] = given
            else:
                message = f"the document has no security scheme '{name}'"
                self.report("unknown-security-scheme", message, given.position, self._hint(name, place))
        return kept

    def _flow(self, name: str, place: Pointer, given: CredentialSettings) -> None:
        """Report a flow that a scheme does not have, and what has no use without flows."""
        scheme = members_at(place, self._documents)
        if not scheme or "$ref" in scheme:  # broken, or elsewhere
            return
        flows = members_at(place.child("flows"), self._documents)
        flow = given.oauth2.flow
        if not flows:
            for key in sorted(OAUTH2_KEYS & given.positions.keys()):
                message = f"'{key}' is for flows of OAuth 2, which the security scheme '{name}' does not have"
                self.report("setting-without-flow", message, given.positions[key], "leave it out")
        elif flow not in (None, "token", *flows):
            hint = did_you_mean(str(flow), flows) or f"possible here: {', '.join(flows)}, token"
            message = f"the security scheme '{name}' has no flow '{flow}'"
            self.report("unknown-flow", message, given.positions.get("flow", given.position), hint)

    def models_of(self, resource: ResourceSettings) -> ResourceSettings:
        """Leave out the models of a resource for components that are not there."""
        return replace(resource, models=self.models(resource.models))

    def models(self, models: Iterable[ModelSettings]) -> tuple[ModelSettings, ...]:
        """Leave out models for components that are not there, or that have a class already."""
        return tuple([model for model in models if self._is_model(model)])

    def _is_model(self, model: ModelSettings) -> bool:
        place = Pointer().below("components", "schemas")
        if not self._may_have(place.child(model.component)):
            message = f"the document has no component schema '{model.component}'"
            self.report("unknown-component", message, model.position, self._hint(model.component, place))
            return False
        key = (*model.folder, model.name.casefold())
        if key in self._named_models:
            message = f"'{model.name}' is here for the second time"
            self.report("model-named-twice", message, model.position, "each class is named once")
            return False
        self._named_models.add(key)
        return True

    def keep_components(self) -> bool | tuple[str, ...]:
        """Leave out components that are not there."""
        keep = self._settings.keep_components
        if isinstance(keep, bool):
            return keep
        return self.components("keep", keep, self._settings.keep_components_position)

    def components(self, verb: str, entries: Iterable[str], position: Position | None) -> tuple[str, ...]:
        """Leave out components that are not there. `verb` is the setting's name."""
        place = Pointer().below("components", "schemas")
        kept = []
        for entry in entries:
            name = entry.removeprefix("!")
            if name == "*" or self._may_have(place.child(name)):
                kept.append(entry)
            else:
                message = f"the document has no component schema '{name}' to {verb}"
                self.report("unknown-component", message, position, self._hint(name, place))
        return tuple(kept)

    def _hint(self, name: str, place: Pointer) -> str:
        """Name the component that may have been meant, or all if they are few."""
        return suggestion(name, members_at(place, self._documents)) or f"there is nothing at '{place}'"

    # --- gaps --------------------------------------------------------------------------------------------------------

    def allow_skips(self) -> bool | tuple[str, ...]:
        """Leave out codes and places that are not there."""
        entries = self._settings.allow_skips
        return entries if isinstance(entries, bool) else tuple([entry for entry in entries if self._is_gap(entry)])

    def _is_gap(self, entry: str) -> bool:
        """Report whether an entry of `allow_skips` can accept anything."""
        position = self._settings.allow_skips_position
        file, mark, path = entry.partition("#")
        if mark:
            is_right = path.startswith("/") and self._may_have(Pointer(path, file))
            hint = "write it like '#/paths/~1pets/get': a '/' in a name is '~1'"
        else:
            is_right = entry in SKIPS
            hint = did_you_mean(entry, SKIPS) or f"possible here: {', '.join(SKIPS)}, and places like '#/paths/~1pets'"
        if not is_right:
            message = f"the document has no place '{entry}'" if mark else f"there is no kind of gap '{entry}'"
            self.report("unknown-skip", message, position, hint)
        return is_right

    def _may_have(self, place: Pointer) -> bool:
        """Report whether a spec has a place, or would have it but for a mistake around it."""
        if place.file not in self._documents.files:
            return bool(self._broken)
        return self._documents.has(place) or any(around in self._broken for around in way_to(place))


def way_to(place: Pointer) -> Iterator[Pointer]:
    """List a place and all that hold it."""
    yield place
    while place.path:
        place = place.parent
        yield place


def members_at(place: Pointer, documents: Documents) -> Iterable[str]:
    """List the members of an object; empty if there is no object."""
    value = documents.value_at(place) if documents.has(place) else None
    return value if isinstance(value, dict) else ()
