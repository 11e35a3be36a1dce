"""The path of a settings file goes in; the settings, checked and with their defaults, come out."""

from __future__ import annotations

import keyword
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...data.document import Position
from ...data.formats import FORMATS, FormatChoice
from ...data.issues import Found, Rejected, rejected
from ...data.reserved import CLIENT_MEMBERS, RESOURCE_MEMBERS
from ...data.settings import (
    DEFAULT_INITIALISMS,
    MAX_DOCUMENT_SIZE,
    PAGING_NAMES,
    CredentialSettings,
    Formatter,
    IteratorSettings,
    Limits,
    MethodSettings,
    PatternSettings,
    QueryObjects,
    ResourceSettings,
    SelectSettings,
    Settings,
)
from .client_settings import MEGABYTE, request_settings
from .text import is_url, position_after, read_text
from .toml_positions import positions_of
from .toml_table import Pattern, SettingsFile, Table

FORMATTERS: tuple[Formatter, ...] = ("black", "ruff", "none")
QUERY_OBJECTS: tuple[QueryObjects, ...] = ("form", "brackets", "dots")
PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def settings_of(source: Path, output: Path | None) -> Found[Settings]:
    """Read a settings file, or choose the defaults for a document: the suffix decides which it is.

    Raises:
        Rejected: nothing can be generated from what is there.
    """
    if source.suffix.lower() == ".toml":
        return load_settings(source, output)
    return Found(default_settings(source, output))


def load_settings(path: Path, output: Path | None = None) -> Found[Settings]:
    """Read a settings file. `output` wins over the file's own, and is relative to the working directory.

    What is wrong is an error of the result, and reads as absent, so that the spec is looked at all the same.

    Raises:
        Rejected: the file does not say which spec that is.
    """
    name = str(path)
    text = read_text(path, name)
    file = SettingsFile(name, text, positions_of_valid(text, name))
    settings = read(Table(file, tomllib.loads(text)), file, path, output)
    if settings is None:
        raise Rejected(file.issues)
    return Found(settings, tuple(file.issues))


def default_settings(spec_path: Path, output: Path | None = None) -> Settings:
    """Settings for a spec without a settings file: its package is named after the file.

    Raises:
        Rejected: `output` is no name for a package.
    """
    chosen = named(output if output is not None else Path(package_name(spec_path)))
    problem = bad_package_name(chosen)
    if problem is not None:
        raise rejected("bad-output", problem, hint=NAME_HINT)
    return Settings(spec=spec_path, output=chosen)


def positions_of_valid(text: str, name: str) -> Mapping[tuple[str, ...], Position]:
    """Check the syntax, then find the keys.

    Raises:
        Rejected: the text is not TOML.
    """
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = PLACE.search(message)
        place = Position(int(found[1]), int(found[2])) if found and found[1] else None
        reason = PLACE.sub("", message)
        reason = f"this is not TOML: {reason[:1].lower()}{reason[1:]}"
        hint = DOCUMENT_HINT if DOCUMENT.match(text) else "text stands in quotes, a table's name in brackets"
        raise rejected("bad-toml", reason, file=name, position=place or position_after(text), hint=hint) from None
    except RecursionError:
        raise rejected("bad-toml", "values are nested too deep to be read", file=name) from None
    except ValueError:  # Of `int`, which reads no number of thousands of digits.
        message = "a number is too long to be read"
        raise rejected("bad-toml", message, file=name, position=place_of_digits(text)) from None
    return positions_of(text)


DOCUMENT = re.compile(r"""\s*(\{|---|["']?(openapi|swagger)\b)""")
"""How documents start."""
DOCUMENT_HINT = "this looks like a document: '.toml' is for settings, a document's name ends with .yaml or .json"


def place_of_digits(text: str) -> Position | None:
    """Find the number that is too long."""
    found = re.search(rf"[\d_]{{{sys.get_int_max_str_digits() + 1},}}", text)
    return position_after(text[: found.start()]) if found else None


# --- tables ----------------------------------------------------------------------------------------------------------


def read(root: Table, file: SettingsFile, path: Path, output: Path | None) -> Settings | None:
    """Read the whole file; None where it does not say what to generate from."""
    root.require("spec")
    spec = root.text("spec")
    own_output = root.text("output")
    chosen = chosen_output(root, own_output, output, path, spec)
    package, client = root.table("package"), root.table("client")
    names, components = root.table("names"), root.table("components")
    chosen_operations = root.table("select")
    reference = root.table("reference")
    pages = reference.text("output")
    values: dict[str, Any] = {
        "reference_output": path.parent / pages if pages else None,
        "reference_pages": reference.flag("in_package", True),
        "formatter": root.choice("formatter", FORMATTERS, "black"),
        "overlays": tuple([path.parent / name for name in root.texts("overlays") or ()]),
        "strict": root.flag("strict"),
        "allow_skips": root.flag_or_texts("allow_skips"),
        "allow_external": root.flag("allow_external"),
        "max_document_size": root.number("max_document_size", MAX_DOCUMENT_SIZE // MEGABYTE) * MEGABYTE,
        "package_version": package.matching("version", VERSION) or "0.1.0",
        "project": package.text("project"),
        "client_name": client.text("name"),
        "error_name": client.text("error"),
        "base_url": client.matching("base_url", URL),
        "base_url_env": client.matching("base_url_env", VARIABLE),
        "query_objects": client.choice("query_objects", QUERY_OBJECTS, "form"),
        "requests": request_settings(client),
        "initialisms": initialisms(names),
        "inline_components": components.texts("inline") or (),
        "keep_components": components.flag_or_texts("keep"),
        "select": selection(chosen_operations),
        "security": dict(credentials(root.table("security"))),
        "resources": tuple(resources(root.table("resources"), ())),
        "limits": limits(root.table("limits")),
        "formats": formats(root.table("formats")),
        "allow_skips_position": root.position_of("allow_skips"),
        "inline_components_position": components.position_of("inline"),
        "keep_components_position": components.position_of("keep"),
    }
    check_class_names(client, values)
    for table in (root, package, client, names, components, reference, chosen_operations):
        table.done()
    if spec is not None and is_url(spec):
        hint = "download the document, and name that file"
        root.reject("spec", f"'{spec}' is on the network, which is never asked", hint)
        return None
    if spec is None:
        return None
    return Settings(file=file.name, spec=path.parent / spec, output=chosen, **values)


def chosen_output(root: Table, own: str | None, output: Path | None, path: Path, spec: str | None) -> Path:
    """Choose the package's folder; its name must be that of a package."""
    if output is None and own is None:
        return Path(package_name(Path(spec or path)))
    chosen = named(path.parent / (own or "") if output is None else output)
    problem = bad_package_name(chosen)
    if problem is not None:
        root.reject("output", problem, NAME_HINT)
    return chosen


def initialisms(names: Table) -> tuple[str, ...]:
    """Read the words that are written in capitals; the file's list comes beside the usual ones."""
    own = names.texts("initialisms") or ()
    for word in own:
        if not re.fullmatch("[A-Z][A-Za-z0-9]*", word):
            names.reject("initialisms", f"'{word}' is no initialism", "write it like 'ID' or 'OAuth'")
    return tuple(dict.fromkeys((*DEFAULT_INITIALISMS, *own)))


def selection(table: Table) -> SelectSettings:
    """Read `[select]`."""
    return SelectSettings(
        include=tuple([PatternSettings(*entry) for entry in table.placed_texts("include")]),
        exclude=tuple([PatternSettings(*entry) for entry in table.placed_texts("exclude")]),
        only_named=table.flag("only_named"),
        position=table.position,
    )


def check_class_names(client: Table, values: dict[str, Any]) -> None:
    """Reject class names that Python does not have."""
    for key, value in (("name", values["client_name"]), ("error", values["error_name"])):
        if value is not None and not is_name(value):
            client.reject(key, f"'{value}' is no name for a class", "write it like 'PetStore'")
    taken = values["client_name"] and (values["client_name"], f"Async{values['client_name']}")
    if taken and values["error_name"] in taken:
        client.reject("error", f"the client has the name '{values['error_name']}'", f"write it like '{taken[0]}Error'")


def formats(table: Table) -> dict[str, FormatChoice]:
    """Read `[formats]`: the native type of a format, or text."""
    chosen: dict[str, FormatChoice] = {}
    for row in FORMATS.values():
        if row.native is not None:
            value = table.choice(row.name, (row.native, "str"), "")
            if value:
                chosen[row.name] = "text" if value == "str" else "native"
    table.done()
    return chosen


def credentials(security: Table) -> list[tuple[str, CredentialSettings]]:
    """Read `[security.SCHEME]`."""
    found = []
    for name, table in security.tables():
        made = CredentialSettings(
            argument=argument_name(table, "argument"),
            env=table.matching("env", VARIABLE),
            password_argument=argument_name(table, "password_argument"),
            password_env=table.matching("password_env", VARIABLE),
            required=table.flag("required"),
            position=table.position,
        )
        table.done()
        found.append((name, made))
    security.done()
    return found


def limits(table: Table) -> Limits:
    """Read `[limits]`."""
    made = Limits(
        schemas=table.optional_number("schemas"),
        text=table.optional_number("text"),
        types=table.optional_number("types"),
        files=table.number("files", Limits().files),
        size=table.number("size", Limits().size),
        variants=table.number("variants", Limits().variants),
    )
    table.done()
    return made


def argument_name(table: Table, key: str) -> str | None:
    """Read the name of a parameter."""
    value = table.text(key)
    if value is not None and not is_name(value):
        table.reject(key, f"'{value}' is no name for a parameter", PLAIN_HINT)
    return value


def resources(table: Table, path: tuple[str, ...]) -> list[ResourceSettings]:
    """Read `[resources.A.B]` and below, parents first."""
    found: list[ResourceSettings] = []
    for name, inner in table.tables():
        here = (*path, name)
        check_member(table, name, "resource", RESOURCE_MEMBERS if path else CLIENT_MEMBERS)
        made = ResourceSettings(
            path=here,
            singular=inner.text("singular"),
            methods=methods(inner.table("methods")),
            iterators=iterators(inner.table("iterators")),
            position=inner.position,
        )
        below = resources(inner, here)
        check_children(inner, made, [resource.path[-1] for resource in below if len(resource.path) == len(here) + 1])
        found += [made, *below]
    # Only tables are resources: a value of another kind is a misspelt key.
    table.done()
    return found


def check_member(table: Table, name: str, what: str, members: frozenset[str]) -> None:
    """Reject the name of a resource or a method that Python does not have, or that means something else already."""
    if not is_name(name):
        table.reject(name, f"'{name}' is no name for a {what}", PLAIN_HINT)
    elif spelled(name) in map(spelled, members):
        owner = "client" if members is CLIENT_MEMBERS else "resource"
        table.reject(name, f"every {owner} has a member '{name}' of its own", "choose another name")


def check_children(table: Table, resource: ResourceSettings, children: list[str]) -> None:
    """Reject a resource with the name of a method beside it: one would hide the other."""
    taken = {spelled(name) for name in (*[m.name for m in resource.methods], *[i.name for i in resource.iterators])}
    for child in children:
        if spelled(child) in taken:
            table.reject(child, f"the resource has a method '{child}' already", "rename one of them")


def methods(table: Table) -> tuple[MethodSettings, ...]:
    """Read `[resources.A.methods]`: the names are the user's."""
    found = []
    for name in table.rest():
        operation = table.text(name)
        check_member(table, name, "method", RESOURCE_MEMBERS)
        if operation is not None:
            place = table.position_of(name)
            found.append(MethodSettings(name=name, operation=operation, position=place))
    return tuple(found)


def iterators(table: Table) -> tuple[IteratorSettings, ...]:
    """Read `[resources.A.iterators.NAME]`."""
    found = []
    for name, inner in table.tables():
        check_member(table, name, "method", RESOURCE_MEMBERS)
        inner.require("method")
        found.append(iterator(name, inner))
        inner.done()
    table.done()
    return tuple(found)


def iterator(name: str, table: Table) -> IteratorSettings:
    """Read `[resources.A.iterators.NAME]`; what it names in the document is looked up later."""
    return IteratorSettings(
        name=name,
        method=table.text("method") or "",
        items=table.possibly_empty("items") or "",
        page=table.text("page"),
        first_page=table.number("first_page", 1),
        offset=table.text("offset"),
        cursor=table.text("cursor"),
        next_cursor=table.text("next_cursor"),
        last_item=table.text("last_item"),
        next_link=table.text("next_link"),
        total=table.text("total"),
        pages=table.text("pages"),
        has_more=table.text("has_more"),
        stop_status=table.optional_number("stop_status"),
        position=table.position,
        positions={key: table.position_of(key) for key in ("items", *PAGING_NAMES)},
    )


# --- names -----------------------------------------------------------------------------------------------------------

PLAIN_HINT = "use letters, digits and _, but no keyword of Python"
VARIABLE = Pattern("the name of an environment variable", "[A-Za-z_][A-Za-z0-9_]*")
VERSION = Pattern("a version like '1.2.0'", "[0-9A-Za-z][0-9A-Za-z.!+_-]*")
URL = Pattern("a URL that starts with http:// or https://", r"(?i:https?)://[^\s]+")
NAME_HINT = "the last part of the folder is the package's name: use letters, digits and _"


def spelled(name: str) -> str:
    """Write a name so that all names of which Python code gets the same one are equal."""
    return name.replace("_", "").casefold()


def is_name(text: str) -> bool:
    """Report whether a text is a plain ASCII identifier."""
    return text.isascii() and text.isidentifier() and not keyword.iskeyword(text)


def bad_package_name(output: Path) -> str | None:
    """Explain why a folder cannot be a package; None where it can."""
    return None if is_name(output.name) else f"'{output.name}' is no name for a package"


def named(output: Path) -> Path:
    """Write a folder so that its path ends with its name, which `.` and `..` do not. Links keep their own names."""
    if output.name not in ("", ".."):
        return output
    try:
        return Path(os.path.abspath(output))  # noqa: PTH100 - the other way follows links
    except OSError:  # The working directory is gone.
        return output


def package_name(spec_path: Path) -> str:
    """Make the name of a package from that of a file."""
    words = re.sub(r"[^a-z0-9]+", "_", spec_path.stem.lower()).strip("_") or "client"
    if words[0].isdigit():
        words = f"api_{words}"
    # A package called `typing` would stand in for Python's own wherever it is found first.
    is_taken = keyword.iskeyword(words) or words in sys.stdlib_module_names
    return f"{words}_client" if is_taken else words
