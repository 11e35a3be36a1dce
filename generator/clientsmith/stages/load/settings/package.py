"""`[package]`: the version of a client, and how it is distributed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .patterns import VERSION, is_python_name
from .toml_table import Pattern, Table

CORE = Pattern("a dotted name like 'acme._clientsmith'", r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
PROJECT = Pattern("the name of a distribution", r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
SPDX_HINT = "write it like 'MIT' or 'Apache-2.0 OR MIT' (spdx.org/licenses), or 'LicenseRef-Ours'"


def package_values(table: Table) -> Mapping[str, Any]:
    """Read `[package]`."""
    values: Mapping[str, Any] = {
        "package_version": table.matching("version", VERSION) or "0.1.0",
        "project": table.text("project"),
        "package_metadata": table.flag("metadata"),
        "package_license": table.text("license"),
        "core": table.matching("core", CORE),
        "file_header": table.text("file_header"),
    }
    if values["package_metadata"]:
        check_metadata(table, values["package_version"], values["project"])
    check_license(table, values["package_license"])
    check_core(table, values["core"])
    table.done()
    return values


def check_metadata(table: Table, version: str, project: str | None) -> None:
    """Hold version and name against the rules for distributions, which are stricter than those for a folder."""
    from packaging.version import InvalidVersion, Version

    try:
        Version(version)
    except InvalidVersion:
        table.reject("version", f"'{version}' is no version of a distribution", "write it like '1.2.0' or '1.2.0rc1'")
    if project is not None and not PROJECT.fits(project):
        table.reject("project", f"'package.project' must be {PROJECT.name}", "use letters, digits and -")


def check_license(table: Table, expression: str | None) -> None:
    """Reject what is no SPDX expression."""
    if expression is not None and spdx(expression) is None:
        table.reject("license", f"'{expression}' is no license expression", SPDX_HINT)


def check_core(table: Table, core: str | None) -> None:
    """Reject a name that Python cannot import."""
    if core is not None and not all(map(is_python_name, core.split("."))):
        table.reject("core", f"'{core}' is no name of a package", "a part of it is a keyword of Python")


def spdx(text: str) -> str | None:
    """Write a license expression as SPDX does; None for any other text."""
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        return str(canonicalize_license_expression(text))
    except InvalidLicenseExpression:
        return None
