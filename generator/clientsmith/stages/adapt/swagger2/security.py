"""Security schemes: one of Swagger 2.0 goes in, one of OpenAPI 3.0 comes out."""

from __future__ import annotations

from ....data.document import Json, Pointer
from .upgrade import Keys, Upgrade, without

FLOWS = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}
OF_FLOW = ("authorizationUrl", "tokenUrl", "scopes")


def security_scheme(upgrade: Upgrade, value: Json, old: Pointer, new: Pointer) -> Json:
    """Upgrade a scheme."""
    if not isinstance(value, dict):
        return value
    if value.get("type") == "basic":
        upgrade.derive(new.child("scheme"), old.child("type"))
        return {**value, "type": "http", "scheme": "basic"}
    return oauth2(upgrade, value, old, new) if value.get("type") == "oauth2" else value


def oauth2(upgrade: Upgrade, keys: Keys, old: Pointer, new: Pointer) -> Json:
    """Put what a scheme says of its flow into the flow."""
    flow_name = keys.get("flow")
    name = FLOWS.get(flow_name) if isinstance(flow_name, str) else None
    made = without(keys, ("flow", *OF_FLOW))
    if name is None:
        upgrade.warn("bad-flow", f"there is no flow '{flow_name}'", old, f"possible here: {', '.join(FLOWS)}")
        return {**made, "flows": {}}
    upgrade.derive(new.child("flows"), old.child("flow"))
    upgrade.derive(new.below("flows", name), old)
    flow: Keys = {"scopes": {}, **{key: keys[key] for key in OF_FLOW if key in keys}}
    return {**made, "flows": {name: flow}}
