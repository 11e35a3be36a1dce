"""What a config says of the client itself: arguments, credentials, servers, queries, defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..data.pointer import Json
from ..data.reserved import CLIENT_ARGUMENTS
from .config import Node
from .overlay import Overlay, query
from .source import Source
from .toml_text import Table
from .words import prefix, snake

ROLES = {
    "value": ("argument", "env"),
    "username": ("argument", "env"),
    "password": ("password_argument", "password_env"),
}
ROLES_OF_GRANTS = {
    "value": ("argument", "env"),
    "username": ("username", "username_env"),
    "password": ("password", "password_env"),
    "client_id": ("client_id", "client_id_env"),
    "client_secret": ("client_secret", "client_secret_env"),
}
"""The same for a scheme of OAuth 2."""
"""What each role of an option is called in the settings of a credential."""
OF_SENDING = {"omit_stainless_headers": "clients send none", "omit_platform_headers": "clients send none"}


@dataclass(slots=True)
class ClientTables:
    """The tables that this part of a config fills."""

    client: Table = field(default_factory=lambda: Table(("client",)))
    headers: Table = field(default_factory=lambda: Table(("client", "headers")))
    environments: Table = field(default_factory=lambda: Table(("client", "environments")))
    arguments: list[Table] = field(default_factory=list)
    security: dict[str, Table] = field(default_factory=dict)

    def written(self) -> list[Table]:
        """Give the tables in their order."""
        return [self.client, self.environments, self.headers, *self.arguments, *self.security.values()]


def read_organization(organization: Node, settings: Node, tables: ClientTables) -> None:
    """Read what the client is called."""
    name = settings.child("default_client_name").text() or organization.child("name").text()
    given = settings.child("default_client_name") or organization.child("name")
    if name is not None:
        tables.client.set("name", snake(name))
        given.carried("[client] name")
        organization.child("name").carried("[client] name")
    env = settings.child("default_env_prefix")
    tables.client.set("base_url_env", f"{(env.text() or prefix(name or 'api')).strip('_')}_BASE_URL")
    env.carried("[client] base_url_env")
    for key, _ in organization.members():
        organization.child(key).not_needed("it is about repositories and their documents")


def read_environments(environments: Node, tables: ClientTables) -> None:
    """Read where the client sends requests: the first environment is the default."""
    good = [(name, node) for name, node in environments.members() if is_url(node.text())]
    for _, node in environments.members():
        if not is_url(node.text()):
            node.not_possible("it is no URL")
    if len(good) == 1:
        tables.client.set("base_url", good[0][1].text())
        good[0][1].carried("[client] base_url")
    for name, node in good if len(good) > 1 else ():
        tables.environments.set(snake(name), node.text())
        node.carried("[client.environments]")


def is_url(text: str | None) -> bool:
    """Report whether a text is a URL that a client can send to."""
    return text is not None and re.match(r"(?i)https?://\S+$", text) is not None


def read_queries(queries: Node, tables: ClientTables) -> None:
    """Read how objects and lists stand in queries, and in bodies of files."""
    nested, arrays = queries.child("nested_format"), queries.child("array_format")
    tables.client.set("query_objects", nested.text() if nested.text() in ("brackets", "dots") else "brackets")
    known = ("comma", "repeat", "brackets", "indices")
    tables.client.set("query_arrays", arrays.text() if arrays.text() in known else "comma")
    for node, values in ((nested, ("brackets", "dots")), (arrays, known)):
        if node.text() in values:
            node.carried("[client] query_objects" if node is nested else "[client] query_arrays")
        else:
            node.not_possible(f"it must be one of: {', '.join(values)}")
    tables.client.set("form_objects", "brackets")


def read_settings(settings: Node, tables: ClientTables, package: Table) -> None:
    """Read `settings`."""
    unwrap = settings.child("unwrap_response_fields")
    if unwrap:
        tables.client.set("unwrap", list(unwrap.texts()))
        unwrap.carried("[client] unwrap")
    header = settings.child("file_header")
    package.set("file_header", header.text())
    header.carried("[package] file_header")
    reasons = {
        "license": "it is about the repository",
        "python": "it is about the repository",
        "disable_mock_tests": "the tests of the SDK are as they are",
        "disable_tests": "the tests of the SDK are as they are",
        "mock_server": "the tests of the SDK are as they are",
        "positional_params": "the last parameter of the path may be passed by position, every one by name",
        "unwrap_multiproperty_response_fields": "a member is unwrapped whatever stands beside it",
        "require_websocket_dependencies": "clients have no websockets",
        "per_endpoint_security": "each operation sends what it needs",
    }
    for key, reason in reasons.items():
        settings.child(key).not_needed(reason)


def is_sorted(settings: Node) -> Json:
    """Read whether members are sorted; None where they stand as in the document."""
    given = settings.child("sort_schema_properties")
    given.carried("[types] sort_members")
    return None if given.value is False else True


# --- client_settings -------------------------------------------------------------------------------------------------


def read_client_settings(settings: Node, tables: ClientTables, source: Source, secret: str | None) -> None:
    """Read `client_settings`. `secret` is the option that is the secret of webhooks, which has been read."""
    for name, option in settings.child("opts").members():
        if name != secret:
            _read_option(name, option, tables, source)
    idempotency = settings.child("idempotency").child("header")
    tables.client.set("idempotency_header", idempotency.text())
    idempotency.carried("[client] idempotency_header")
    legacy = settings.child("idempotency_header")
    if legacy and not idempotency:
        tables.client.set("idempotency_header", legacy.text())
        legacy.carried("[client] idempotency_header")
    _read_headers(settings.child("default_headers"), tables)
    _read_timeout(settings.child("default_timeout"), tables)
    _read_retries(settings.child("default_retries"), tables)
    for key, reason in OF_SENDING.items():
        settings.child(key).not_needed(reason)
    settings.child("default_client_example_name").not_needed("examples name the client 'client'")
    settings.child("response_headers").not_possible("headers of responses are those of with_raw_response")


def _read_headers(headers: Node, tables: ClientTables) -> None:
    for name, node in headers.members():
        text = node.text()
        if text is None:
            node.not_possible("only texts can be sent")
        else:
            tables.headers.set(name, text)
            node.carried("[client.headers]")


def _read_timeout(timeout: Node, tables: ClientTables) -> None:
    given = timeout.child("default") if isinstance(timeout.value, dict) else timeout
    seconds = seconds_of(given.text())
    if seconds is not None:
        tables.client.set("timeout", seconds)
        given.carried("[client] timeout")
    else:
        given.not_possible("it is neither milliseconds nor a duration of ISO 8601")


def seconds_of(text: str | None) -> float | None:
    """Give the seconds of a time: milliseconds, or as ISO 8601 has it.

    >>> seconds_of("1500"), seconds_of("PT1M30S")
    (1.5, 90.0)
    """
    if text is None:
        return None
    if re.fullmatch(r"\d+(\.\d+)?", text):
        seconds = float(text) / 1000
        return seconds if seconds > 0 else None
    found = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", text)
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, rest = (float(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + rest


def _read_retries(retries: Node, tables: ClientTables) -> None:
    most = retries.child("max_retries")
    if isinstance(most.value, int) and most.value >= 0:
        tables.client.set("max_retries", most.value)
        most.carried("[client] max_retries")
    for key in ("initial_delay_seconds", "max_delay_seconds"):
        delay = retries.child(key)
        usual = {"initial_delay_seconds": 0.5, "max_delay_seconds": 8}[key]
        if delay.value == usual:
            delay.not_needed("it is the default")
        else:
            delay.not_possible(f"clients wait {usual} seconds")


def _read_option(name: str, option: Node, tables: ClientTables, source: Source) -> None:
    """Read one option of the constructor: a credential, a variable of the server, or what goes out with requests."""
    argument = snake(name)
    auth, variable = option.child("auth"), option.child("server_variable")
    header, query = option.child("send_in_header"), option.child("send_as_query_param")
    for key in ("type", "example", "required_in_tests"):
        option.child(key).not_needed("arguments of clients are texts")
    if auth:
        _credential(argument, option, tables, source)
    elif header or query:
        _argument(argument, option, tables)
    elif variable:
        variable.not_needed("a variable of the server's URL is an argument, by its own name")
        _note_option(option, "a variable has the default of the document")
    else:
        for key in ("send_as_path_param", "send_as_body_param"):
            option.child(key).not_possible("it is an attribute of the client; pass its value to each method")
        _argument(argument, option, tables)


def _note_option(option: Node, reason: str) -> None:
    for key, _ in option.members():
        option.child(key).not_possible(reason)


def _credential(argument: str, option: Node, tables: ClientTables, source: Source) -> None:
    auth = option.child("auth")
    scheme, role = auth.child("security_scheme"), auth.child("role")
    name = scheme.text() or ""
    if name not in source.security_schemes:
        scheme.not_possible(f"the document has no security scheme '{name}'")
        _note_option(option, "its security scheme is not there")
        return
    roles = ROLES_OF_GRANTS if source.security_schemes[name].get("type") == "oauth2" else ROLES
    if (role.text() or "value") not in roles:
        role.not_possible(f"such a security scheme has these roles: {', '.join(roles)}")
        _note_option(option, "its role is not there")
        return
    table = tables.security.setdefault(name, Table(("security", name)))
    keys = roles[role.text() or "value"]
    if keys[0] in table:
        _note_option(option, "another option is this credential already")
        return
    table.set(keys[0], f"{argument}_" if argument in CLIENT_ARGUMENTS else argument)
    env = option.child("read_env")
    table.set(keys[1], env.text() or "")
    for node in (env, scheme, role):
        node.carried(f"[security.{name}]")
    if keys[0] == "argument":
        _required(option, table)
    option.child("nullable").not_needed("the first call asks for what a token is fetched with")
    option.child("description").not_needed("the document describes its credentials")
    option.child("default").not_possible("a credential has no default")


def _required(option: Node, table: Table) -> None:
    """Options that may not be null are asked for by the constructor; they may be null unless the config says no."""
    nullable = option.child("nullable")
    if nullable.value is not True and not option.child("default"):
        table.set("required", True)
        nullable.carried("required")
    nullable.not_needed("it is the default")


def _argument(argument: str, option: Node, tables: ClientTables) -> None:
    table = Table(("client", "arguments", argument))
    keys = {"send_in_header": "header", "send_as_query_param": "query", "read_env": "env", "description": "description"}
    for key, setting in keys.items():
        table.set(setting, option.child(key).text())
        option.child(key).carried(f"[client.arguments.{argument}] {setting}")
    default = option.child("default")
    if default:
        table.set("default", _as_text(default.value))
        default.carried(f"[client.arguments.{argument}] default")
    _required(option, table)
    tables.arguments.append(table)


def _as_text(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# --- security --------------------------------------------------------------------------------------------------------


def read_security(security: Node, schemes: Node, source: Source, overlay: Overlay) -> Source:
    """Read what replaces the security of the document; give the document as it is with that."""
    root = dict(source.root)
    for _, scheme in schemes.members():
        scheme.child("x-stainless-auth").not_possible("credentials are sent as the document says")
    if isinstance(security.value, list):
        overlay.set("$", "security", security.value, exists="security" in root, reason="The config has the security.")
        root["security"] = security.value
        security.carried("the overlay")
    if not isinstance(schemes.value, dict):
        return Source(root)
    components = root.get("components")
    components = dict(components) if isinstance(components, dict) else {}
    reason = "The config has the security schemes."
    if "securitySchemes" in components:
        overlay.remove("$.components.securitySchemes", reason)
    overlay.update("$", {"components": {"securitySchemes": schemes.value}}, reason)
    _remove_unknown(source, set(schemes.value), overlay)
    schemes.carried("the overlay")
    components["securitySchemes"] = schemes.value
    root["components"] = components
    return Source(root)


def _remove_unknown(source: Source, known: set[str], overlay: Overlay) -> None:
    """Remove what operations say of schemes that are not there any more."""
    for verb, path, operation, _ in source.operations.values():
        needs = operation.get("security")
        named = {name for one in needs or () if isinstance(one, dict) for name in one}
        if named - known:
            reason = "The config has other security schemes: the operation needs what all do."
            overlay.remove(query("paths", path, verb, "security"), reason)
