"""`[security]`: arguments and environment variables of credentials."""

from __future__ import annotations

from ....data.settings import CredentialSettings
from .patterns import VARIABLE, argument_name
from .toml_table import Table


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
