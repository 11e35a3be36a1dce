"""The whole settings file: each table goes to its reader, and what all of them found becomes the settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from ....data.reserved import CLIENT_MEMBERS, RESOURCE_MEMBERS
from ....data.settings import MAX_DOCUMENT_SIZE, Compatibility, Formatter, Settings
from ..text import is_url
from .client import client_values
from .folder import chosen_output
from .package import package_values
from .paging import schemes
from .patterns import ANY_VARIABLE, MEGABYTE, argument_name, file_path, is_python_name
from .resources import check_member, resource_tree
from .sections import alias_values, event_rules, examples, formats, limits, name_values, selection, shared_models
from .security import credentials
from .toml_table import SettingsFile, Table

COMPATIBILITIES: tuple[Compatibility | None, ...] = get_args(Compatibility)
FORMATTERS: tuple[Formatter, ...] = get_args(Formatter)


def read(root: Table, file: SettingsFile, path: Path, output: Path | None) -> Settings | None:
    """Read the whole file; None where it does not say what to generate from."""
    spec = read_spec(root)
    own_output = file_path(root, "output")
    chosen = chosen_output(root, own_output, output, path, spec)
    of_document = document_values(root, path.parent)
    of_package, of_client = package_values(root.table("package")), client_values(root.table("client"))
    values = {
        **of_document,
        **of_package,
        **of_client,
        **reference_values(root.table("reference"), path.parent),
        **component_values(root.table("components")),
        **name_values(root.table("names"), of_document["compatibility"]),
        **alias_values(root.table("types")),
        "select": selection(root.table("select")),
        "security": dict(credentials(root.table("security"))),
        "paging": schemes(root.table("paging")),
        "resources": resource_tree(root.table("resources"), of_client["resources"]),
        "shared_models": shared_models(root.table("shared")),
        "examples": examples(root.table("readme")),
        "event_rules": event_rules(root.table("streams")),
        "limits": limits(root.table("limits")),
        "formats": formats(root.table("formats")),
        **webhook_values(root.table("webhooks")),
    }
    root.done()
    if spec is None:
        return None
    return Settings(file=file.name, spec=path.parent / spec, output=chosen, **values)


def read_spec(root: Table) -> str | None:
    """Read which document it is; None where that is missing, or on the network."""
    root.require("spec")
    spec = file_path(root, "spec")
    if spec is None or not is_url(spec):
        return spec
    hint = "download the document, and name that file"
    root.reject("spec", f"'{spec}' is on the network, which is never asked", hint)
    return None


def document_values(root: Table, folder: Path) -> Mapping[str, Any]:
    """Read the keys above all tables: how the document is read, and how files are formatted."""
    templates = file_path(root, "templates")
    return {
        "compatibility": root.choice("compatibility", COMPATIBILITIES, None),
        "formatter": root.choice("formatter", FORMATTERS, "black"),
        "overlays": tuple([folder / name for name in root.texts("overlays") or ()]),
        "templates": None if templates is None else folder / templates,
        "templates_position": root.position_of("templates"),
        "edits_limit": root.optional_number("edits_limit"),
        "edits_limit_position": root.position_of("edits_limit"),
        "strict": root.flag("strict"),
        "allow_skips": root.flag_or_texts("allow_skips"),
        "allow_skips_position": root.position_of("allow_skips"),
        "allow_external": root.flag("allow_external"),
        "max_document_size": root.number("max_document_size", MAX_DOCUMENT_SIZE // MEGABYTE) * MEGABYTE,
    }


def reference_values(table: Table, folder: Path) -> Mapping[str, Any]:
    """Read `[reference]`."""
    pages = file_path(table, "output")
    values = {
        "reference_output": folder / pages if pages else None,
        "reference_pages": table.flag("in_package", True),
    }
    table.done()
    return values


def webhook_values(table: Table) -> Mapping[str, Any]:
    """Read `[webhooks]`."""
    values = {
        "webhook_secret_argument": argument_name(table, "secret_argument"),
        "webhook_secret_env": table.matching("secret_env", ANY_VARIABLE),
        "webhook_resource": webhook_resource(table),
        "webhook_unwrap": webhook_method(table),
        "webhook_verify": table.flag("verify", True),
    }
    table.done()
    return values


def webhook_resource(table: Table) -> tuple[str, ...] | None:
    """Read the path of the resource that reads webhooks."""
    path = table.text("resource")
    steps = tuple(path.split(".")) if path is not None else ()
    for depth, step in enumerate(steps):
        check_member(table, "resource", step, "resource", RESOURCE_MEMBERS if depth else CLIENT_MEMBERS)
    return steps if path is not None and all(map(is_python_name, steps)) else None


def webhook_method(table: Table) -> str | None:
    """Read the name of the method that gives the event of a webhook."""
    name = table.text("unwrap")
    if name is not None:
        check_member(table, "unwrap", name, "method", RESOURCE_MEMBERS)
    return name


def component_values(table: Table) -> Mapping[str, Any]:
    """Read `[components]`."""
    values = {
        "inline_components": table.texts("inline") or (),
        "keep_components": table.flag_or_texts("keep"),
        "inline_components_position": table.position_of("inline"),
        "keep_components_position": table.position_of("keep"),
    }
    table.done()
    return values
