"""The report: what became of each operation and component."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...data.api import Api, Operation
from ...data.report import Rename, Report, ReportEntry, SchemaEntry
from ...data.surface import Resource
from .components import Components


def make_report(
    api: Api, resources: Iterable[Resource], components: Components, renamed: Iterable[tuple[str, str]]
) -> Report:
    """Report operations in the order of resources, components in that of the document."""
    return Report(
        operations=tuple(_operations(resources)),
        schemas=tuple(
            SchemaEntry(
                name=definition.name,
                classes=tuple(
                    f"{module}.{name}"
                    for names in (components.response, components.request)
                    for module, name in ([names[definition.pointer]] if definition.pointer in names else [])
                ),
            )
            for definition in api.definitions
            if definition.is_component
        ),
        renames=tuple(Rename(wanted=wanted, given=given) for wanted, given in renamed),
    )


def _operations(resources: Iterable[Resource]) -> Iterator[ReportEntry]:
    for root in resources:
        for resource in root.tree():
            for call in resource.calls:
                yield ReportEntry(
                    verb=call.operation.verb,
                    path=_path_in_document(call.operation),
                    operation_id=call.operation.operation_id,
                    resource=".".join(resource.path),
                    method=call.name,
                    module=resource.module,
                    rule=call.rule,
                )


def _path_in_document(operation: Operation) -> str:
    """Give the path as the document has it: with a fragment, which is never sent, or parameters in its query."""
    tokens = operation.pointer.tokens
    own = tokens[1] if len(tokens) > 1 and tokens[0] == "paths" else ""
    return own if re.split("[#?]", own)[0] == operation.path.partition("?")[0] else operation.path
