"""The root file goes in; the version of OpenAPI comes out, if it is one."""

from __future__ import annotations

from ...data.document import Documents, Json, Pointer
from ...data.issues import Issue, Rejected, rejected
from ...data.openapi import Version, version_of

START = "an OpenAPI document starts with its version, like 'openapi: 3.1.0'"
SUPPORTED = "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are supported"


def check_root(documents: Documents) -> tuple[Version, list[Issue]]:
    """Give the version of OpenAPI that a document follows, with warnings.

    Raises:
        Rejected: the root is no OpenAPI document of a supported version.
    """
    value = documents.root.value
    if not isinstance(value, dict):
        raise rejected("not-openapi", "this is no OpenAPI document: it is no object", pointer=Pointer(), hint=START)
    if "openapi" not in value:
        raise without_openapi(value)
    version_value = value["openapi"]
    place = Pointer().child("openapi")
    version = version_of(version_value)
    if version is None:
        message = f"OpenAPI {version_text(version_value)} is not supported"
        raise rejected("unsupported-version", message, pointer=place, hint=SUPPORTED)
    if isinstance(version_value, str):
        return version, []
    return version, [number_for_version(version_value, place)]


def number_for_version(version_value: Json, place: Pointer) -> Issue:
    """Complain about missing quotes."""
    return Issue(
        code="invalid-document",
        severity="warning",
        message="the version is a number, not text",
        pointer=place,
        hint=f"write it in quotes: '{version_value}.0'",
    )


def without_openapi(value: dict[str, Json]) -> Rejected:
    """Name what else a document may be."""
    if "swagger" in value:
        message = f"Swagger {version_text(value['swagger'])} is not supported"
        return rejected("unsupported-version", message, pointer=Pointer().child("swagger"), hint=SUPPORTED)
    if "asyncapi" in value:
        message = "this is an AsyncAPI document"
        return rejected("not-openapi", message, pointer=Pointer().child("asyncapi"), hint=SUPPORTED)
    message = "this is no OpenAPI document: it has no 'openapi' key"
    return rejected("not-openapi", message, pointer=Pointer(), hint=START)


def version_text(version_value: Json) -> str:
    """Write a version in a message."""
    return str(version_value)[:40] if isinstance(version_value, str | int | float) else "of no version"
