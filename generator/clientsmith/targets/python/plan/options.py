"""Options of clients and methods in Python: one row each, with type and default."""

from __future__ import annotations

from ....data.reserved import METHOD_OPTIONS
from ....data.surface import Call
from ....data.text import code, identifier
from ..package import ClientOption
from .expressions import NONE, OMIT, Either, Expression, Name, builtin, core

_OMIT_TYPE = Name(core("omit", "Omit"))

METHOD: dict[str, tuple[Expression, Expression]] = {
    "extra_headers": (Either((Name(core("types", "Headers")), NONE)), NONE),
    "extra_query": (Either((Name(core("types", "Query")), NONE)), NONE),
    "extra_body": (Either((Name(core("types", "Body")), NONE)), NONE),
    "timeout": (Either((Name(builtin("float")), Name(core("types", "Timeout")), NONE, _OMIT_TYPE)), OMIT),
}
"""The type and the default of each option of methods."""


def options_of(call: Call) -> tuple[str, ...]:
    """Give the options of a method: nothing can be added to a body that is not there."""
    return tuple(option for option in METHOD_OPTIONS if call.bodies or option != "extra_body")


_CLIENT = (
    ("base_url", "str | None", "None", "str"),
    ("timeout", "float | Timeout | None | Omit", "omit", "float | Timeout | None"),
    ("max_retries", "int", "2", "int"),
    ("default_headers", "Headers | None", "None", "Headers"),
    ("default_query", "Query | None", "None", "Query"),
    ("set_default_headers", None, None, "Headers"),
    ("set_default_query", None, None, "Query"),
    ("strict", "bool", "False", "bool"),
    ("max_response_size", "int | None | Omit", "omit", "int | None"),
)
"""Name, type and default in the constructor, if it is there, and type in a copy with other options."""


def client_options(protocol: str, max_retries: int) -> tuple[ClientOption, ...]:
    """Give the options of a client whose `http_client` is of a type of the runtime."""
    defaults = {"max_retries": str(max_retries)}
    rows = (*_CLIENT, ("http_client", f"{protocol} | None", "None", protocol))
    return tuple(
        ClientOption(
            name=identifier(name),
            type=code(type_) if type_ else None,
            default=code(defaults.get(name, default)) if default else None,
            copy_type=code(copied),
        )
        for name, type_, default, copied in rows
    )
