"""Plans the package: an API and the user's settings go in; every file, name, import and type text comes out.

This is the only place that makes Python names.
"""

from __future__ import annotations

from ....data.api import Api
from ....data.issues import Found, Issue, Rejected
from ....data.likeness import did_you_mean
from ....data.settings import Settings
from ..package import Package
from .assembly import PackageBuilder
from .client import credential_names
from .placement import place


def plan(api: Api, settings: Settings) -> Found[Package]:
    """Choose every name of the client.

    Raises `Rejected` where the settings name an operation, a method, a component or a scheme that is not there.
    """
    placement, issues = place(api, settings, credential_names(settings))
    issues = (*issues, *_unknown_names(api, settings))
    if any(issue.severity == "error" for issue in issues):
        raise Rejected(issues)
    return Found(PackageBuilder(api, settings, placement).build(), issues)


def _unknown_names(api: Api, settings: Settings) -> tuple[Issue, ...]:
    """Report settings that name schemes or components which the document does not have."""
    found = []
    schemes = [scheme.name for scheme in api.security_schemes]
    for name, given in settings.security.items():
        if name not in schemes:
            found.append(
                Issue(
                    code="unknown-security-scheme",
                    severity="error",
                    message=f"the document has no security scheme {name!r}",
                    hint=did_you_mean(name, schemes),
                    file=settings.file,
                    position=given.position,
                )
            )
    components = [definition.name for definition in api.definitions if definition.is_component]
    for name in (entry.removeprefix("!") for entry in settings.inline_components):
        if name != "*" and name not in components:
            found.append(
                Issue(
                    code="unknown-component",
                    severity="error",
                    message=f"the document has no component schema {name!r} to inline",
                    hint=did_you_mean(name, components),
                    file=settings.file,
                )
            )
    return tuple(found)
