"""Settings and a document with errors go in; what they name that is not there comes out, as no plan can be made."""

from __future__ import annotations

from ...data.document import Documents, Json
from ...data.issues import Issue
from ...data.settings import Settings
from .placement import unknown_operation

VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def check_named_operations(documents: Documents, settings: Settings) -> tuple[Issue, ...]:
    """Report methods whose operation no file of the spec has, whatever else is wrong there.

    Nothing is reported where there may be operations that cannot be read yet.
    """
    names: list[str] = []
    for document in documents.files.values():
        paths = _members(_members(document.value).get("paths"))
        for path, path_item in paths.items():
            if "$ref" in _members(path_item):
                return ()
            for verb, operation in _members(path_item).items():
                if verb in VERBS:
                    names += [f"{verb.upper()} {path}", str(_members(operation).get("operationId"))]
    methods = [method for resource in settings.resources for method in resource.methods]
    return tuple(unknown_operation(m, settings, names) for m in methods if names and m.operation not in names)


def _members(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
