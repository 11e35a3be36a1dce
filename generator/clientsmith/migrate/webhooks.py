"""A method that reads webhooks: its keys go in, the table of them comes out."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..data.reserved import CLIENT_ARGUMENTS
from .config import Node
from .source import Source
from .toml_text import Table
from .words import snake

UNWRAP = "webhook_unwrap"
"""The type of such a method."""


@dataclass(slots=True)
class Webhooks:
    """What was read so far: one method at most, as a client has one kind of webhooks."""

    source: Source
    options: Node
    """The options of the client: one of them is the secret."""
    table: Table = field(default_factory=lambda: Table(("webhooks",)))
    secret: str | None = None
    """The name of that option."""

    def read(self, method: Node, name: str, path: tuple[str, ...]) -> None:
        """Read a method of a resource."""
        reason = self._refused(path)
        if reason is not None:
            for key, _ in method.members():
                method.child(key).not_possible(reason)
            return
        self.table.set("resource", ".".join(path))
        self.table.set("unwrap", name)
        method.child("type").carried("[webhooks]")
        method.child("discriminator").not_needed("the document says what events differ in")
        self._secret(method.child("webhook_key_opt"))

    def _refused(self, path: tuple[str, ...]) -> str | None:
        if not self.source.root.get("webhooks"):
            return "the document has no webhooks"
        if "unwrap" in self.table:
            return "another method reads the webhooks already"
        return None if path else "a resource has such a method, not the client itself"

    def _secret(self, given: Node) -> None:
        name = given.text() or ""
        option = self.options.child(name) if name else Node(None, given.notes)
        if not option:
            self.table.set("verify", False)
            given.not_possible("the client has no such option, so nothing is verified")
            return
        self.secret, argument = name, snake(name)
        self.table.set("secret_argument", f"{argument}_" if argument in CLIENT_ARGUMENTS else argument)
        env = option.child("read_env")
        self.table.set("secret_env", env.text() or "")
        for node in (given, env):
            node.carried("[webhooks]")
        for key in ("type", "nullable", "description", "example", "required_in_tests"):
            option.child(key).not_needed("only what verifies a signature asks for the secret")
        option.child("default").not_possible("a secret has no default")
