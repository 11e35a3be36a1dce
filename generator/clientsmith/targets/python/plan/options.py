"""Options of clients and methods in Python: one row each, with type and default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ....data.client import Client
from ....data.reserved import CLIENT_OPTIONS, METHOD_OPTIONS
from ....data.settings import RequestSettings
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
"""The type and the default of each of `METHOD_OPTIONS`."""


def options_of(call: Call, *, is_compatible: bool) -> tuple[str, ...]:
    """Give the options of a method: nothing can be added to a body that is not there, but methods of SDKs take it."""
    has_body = is_compatible or call.bodies
    return tuple(option for option in METHOD_OPTIONS if has_body or option != "extra_body")


@dataclass(frozen=True, slots=True)
class _Option:
    """How Python spells an option of clients. `PROTOCOL` stands for the protocol of the HTTP client."""

    type: str | None
    """None: only copies have the option."""
    default: str
    """Its value, unless the settings choose another one. The runtime has the same."""
    copy_type: str
    """The type in a copy with other options."""


CLIENT: Mapping[str, _Option] = {
    "base_url": _Option("str | None", "None", "str"),
    "timeout": _Option("float | Timeout | None | Omit", "omit", "float | Timeout | None"),
    "max_retries": _Option("int", str(RequestSettings().max_retries), "int"),
    "default_headers": _Option("Headers | None", "None", "Headers"),
    "default_query": _Option("Query | None", "None", "Query"),
    "set_default_headers": _Option(None, "None", "Headers"),
    "set_default_query": _Option(None, "None", "Query"),
    "strict": _Option("bool", "False", "bool"),
    "max_response_size": _Option("int | None | Omit", "omit", "int | None"),
    "http_client": _Option("PROTOCOL | None", "None", "PROTOCOL"),
}
"""The row of each of `CLIENT_OPTIONS`."""


COMPATIBLE: Mapping[str, _Option] = {"_strict_response_validation": _Option("bool", "False", "bool")}
"""Options that SDKs have besides."""


def client_options(protocol: str, client: Client) -> tuple[ClientOption, ...]:
    """Give the options of a client whose `http_client` is of a type of the runtime."""
    defaults = {"max_retries": str(client.requests.max_retries)}
    rows = [(name, CLIENT[name]) for name in CLIENT_OPTIONS]
    rows += COMPATIBLE.items() if client.compatibility else ()
    return tuple(
        ClientOption(
            name=identifier(name),
            type=code(option.type.replace("PROTOCOL", protocol)) if option.type else None,
            default=code(defaults.get(name, option.default)) if option.type else None,
            copy_type=code(option.copy_type.replace("PROTOCOL", protocol)),
        )
        for name, option in rows
    )
