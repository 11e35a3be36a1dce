"""Stage: the files of a spec go in; the same files come out if a client can be made of them, with all that is wrong.

What later stages may rely on: the root is an object with a supported version; every reference that is an object's
`$ref` has a target, and no chain of them goes in a circle; wherever OpenAPI wants an object, a map or a list that a
client is made from (`data.openapi.OBJECTS`), there is one, or something that a warning says is read as absent. Whatever
else breaks the specification is a warning, and anything may stand there.
"""

from __future__ import annotations

from ...data.document import Documents
from ...data.issues import Found, Issue
from .references import check_references
from .root import check_root
from .settings import check_settings
from .spec_validator import check_meta_schema
from .structure import check_structure

__all__ = ["check_settings", "validate"]


def validate(documents: Documents) -> Found[Documents]:
    """Find everything that is wrong with a spec; the issues may hold errors.

    Raises:
        Rejected: the root file is no OpenAPI document of a supported version.
    """
    version, warnings = check_root(documents)
    structure = check_structure(documents, version)
    issues = [*warnings, *check_references(documents), *structure.issues]
    known = {issue.pointer for issue in issues}
    for complaint in check_meta_schema(version, structure.digest):
        if complaint.pointer not in known:
            issues.append(complaint)
    return Found(documents, unique(issues))


def unique(issues: list[Issue]) -> tuple[Issue, ...]:
    """Leave out what is there already: a file may be reached on several ways."""
    return tuple(dict.fromkeys(issues))
