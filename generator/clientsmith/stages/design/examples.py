"""Calls that the README shows because the settings say so: each is looked up among the calls of the client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...data.issues import Issue
from ...data.settings import ExampleSettings, Settings
from ...data.suggestions import did_you_mean
from ...data.surface import Call, ExampleCall, Resource


def design_examples(settings: Settings, resources: tuple[Resource, ...]) -> tuple[tuple[ExampleCall, ...], list[Issue]]:
    """Find the calls, and report what they do not have."""
    found: list[ExampleCall] = []
    issues: list[Issue] = []
    calls = _by_operation(resources)
    for example in settings.examples:
        if example.operation not in calls:
            issues.append(_issue(settings, example, f"no method calls '{example.operation}'", "name it in [resources]"))
            continue
        path, call = calls[example.operation]
        names = {argument.wire_name: argument.name for argument in call.arguments}
        unknown = [name for name in example.arguments if name not in names and name not in names.values()]
        for name in unknown:
            hint = did_you_mean(name, names) or f"possible here: {', '.join(names)}"
            issues.append(_issue(settings, example, f"the operation takes no '{name}'", hint))
        given = {names.get(name, name): value for name, value in example.arguments.items()}
        found.append(ExampleCall(kind=example.kind, resource=path, call=call.name, arguments=given))
    return tuple(found), issues


def _by_operation(resources: tuple[Resource, ...]) -> Mapping[str, tuple[tuple[str, ...], Call]]:
    """Index calls by operationId, and by verb and path; of several the first one counts."""
    found: dict[str, tuple[tuple[str, ...], Call]] = {}
    for root in resources:
        for resource in root.tree():
            for call in resource.calls:
                for name in _names(call):
                    found.setdefault(name, (resource.path, call))
    return found


def _names(call: Call) -> Iterator[str]:
    operation = call.operation
    yield f"{operation.verb} {operation.path}"
    if operation.operation_id:
        yield operation.operation_id


def _issue(settings: Settings, example: ExampleSettings, message: str, hint: str) -> Issue:
    return Issue(
        code="bad-example",
        severity="error",
        message=message,
        hint=hint,
        file=settings.file,
        position=example.position,
    )
