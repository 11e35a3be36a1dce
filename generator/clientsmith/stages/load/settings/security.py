"""`[security]`: arguments and environment variables of credentials, and how tokens are fetched."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from ....data.access import FlowKind
from ....data.oauth2 import OAUTH2_NAMED, AuthMethod, CredentialRole, OAuth2Settings
from ....data.settings import CredentialSettings
from .patterns import ANY_VARIABLE, argument_name
from .toml_table import Pattern, Table

AUTH_METHODS: tuple[AuthMethod, ...] = get_args(AuthMethod)
FLOWS = (*get_args(FlowKind), "token")
SCOPE = Pattern("the name of a scope, without blanks and quotes", r"[!#-\[\]-~]+")


def credentials(security: Table) -> list[tuple[str, CredentialSettings]]:
    """Read `[security.SCHEME]`."""
    found = []
    for name, table in security.tables():
        made = CredentialSettings(
            argument=argument_name(table, "argument"),
            env=table.matching("env", ANY_VARIABLE),
            password_argument=argument_name(table, "password_argument"),
            password_env=table.matching("password_env", ANY_VARIABLE),
            required=table.flag("required"),
            oauth2=oauth2(table),
            position=table.position,
            positions=table.positions(),
        )
        table.done()
        found.append((name, made))
    security.done()
    return found


def oauth2(table: Table) -> OAuth2Settings:
    """Read what a table says of the flows of OAuth 2."""
    arguments: dict[CredentialRole, str | None] = {role: argument_name(table, role) for role in OAUTH2_NAMED}
    roles: list[CredentialRole] = [*(role for role in OAUTH2_NAMED if role != "password"), "token_url"]
    envs: dict[CredentialRole, str | None] = {role: table.matching(f"{role}_env", ANY_VARIABLE) for role in roles}
    scopes = table.texts("scopes")
    for scope in scopes or ():
        if not SCOPE.fits(scope):
            table.reject("scopes", f"'{scope}' must be {SCOPE.name}", "write each scope as a string of its own")
    return OAuth2Settings(
        flow=table.choice("flow", FLOWS, "") or None,
        arguments=given(arguments),
        envs=given(envs),
        scopes=scopes,
        auth_method=table.choice("auth_method", AUTH_METHODS, AUTH_METHODS[0]),
        token_url=table.text("token_url"),
        parameters=MappingProxyType(texts(table.table("token_parameters"))),
    )


def texts(table: Table) -> dict[str, str]:
    """Read a table of strings."""
    found = {name: table.possibly_empty(name) for name in table.rest()}
    return {name: value for name, value in found.items() if value is not None}


def given(names: Mapping[CredentialRole, str | None]) -> Mapping[CredentialRole, str]:
    """Leave out what the settings do not name."""
    found: dict[CredentialRole, str] = {role: name for role, name in names.items() if name}
    return MappingProxyType(found)
