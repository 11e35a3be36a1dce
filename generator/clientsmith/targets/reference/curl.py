"""Examples for the shell: a method of the surface goes in, a command of curl comes out, as text.

Every text of the document is quoted for a POSIX shell, so that a reader may paste the command.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

from ...data.credentials import Credential, Scheme
from ...data.document import Json
from ...data.surface import Argument, Call, Surface
from .values import Values

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TOKEN = re.compile(r"[A-Za-z0-9_.-]+")
_SPECIAL_IN_QUOTES = re.compile(r'[\\"$`]')
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class CurlExamples:
    """Writes commands for the methods of one client."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._schemes = {scheme.scheme.name: scheme for scheme in surface.client.schemes}
        self._values = Values(surface.declared(), is_whole=False)

    def of(self, call: Call) -> str:
        """Write the command that sends what the method sends."""
        credentials = list(self._credentials(call))
        queries = [text for place, text in credentials if place == "query"]
        options = [text for place, text in credentials if place == "option"]
        verb = call.operation.verb
        first = f"curl {self._url(call, queries)}" if verb == "GET" else f"curl -X {verb} {self._url(call, queries)}"
        return " \\\n    ".join([first, *options, *self._headers(call), *self._body(call)])

    def _url(self, call: Call, queries: list[str]) -> str:
        """Write the URL in double quotes: parameters of the path are variables of the shell."""
        servers = call.operation.servers
        server = servers[0].url if servers else self._surface.client.server.url
        base = (server or self._surface.client.server.example).rstrip("/")
        found = {argument.wire_name: argument for argument in call.arguments if argument.location == "path"}
        parts: list[str] = []
        end = 0
        for match in _PLACEHOLDER.finditer(call.operation.path):
            parts.append(in_quotes(call.operation.path[end : match.start()]))
            parts.append(_in_path(found[match[1]].name) if match[1] in found else in_quotes(match[0]))
            end = match.end()
        parts.append(in_quotes(call.operation.path[end:]))
        query = [*self._query(call), *queries]
        return f'"{in_quotes(base)}{"".join(parts)}{"?" if query else ""}{"&".join(query)}"'

    def _query(self, call: Call) -> Iterator[str]:
        for argument in _required(call, "query"):
            value = self._value(argument)
            yield in_quotes(f"{quote(argument.wire_name, safe='')}={quote(_text(value), safe='')}")

    def _headers(self, call: Call) -> Iterator[str]:
        for argument in _required(call, "header"):
            yield f"-H {quoted(f'{argument.wire_name}: {_text(self._value(argument))}')}"
        cookies = [f"{argument.wire_name}={_text(self._value(argument))}" for argument in _required(call, "cookie")]
        if cookies:
            yield f"-b {quoted('; '.join(cookies))}"

    def _value(self, argument: Argument) -> Json:
        return self._values.of(argument.type, argument.documentation, argument.wire_name)

    def _credentials(self, call: Call) -> Iterator[tuple[str, str]]:
        """Give what the first complete alternative of the operation needs: options, and parts of the query."""
        security = call.operation.security if call.operation.security is not None else self._surface.client.security
        known = (alternative for alternative in security if alternative)
        alternative = next((a for a in known if all(needed.scheme in self._schemes for needed in a)), ())
        for needed in alternative:
            yield _credential(self._schemes[needed.scheme])

    def _body(self, call: Call) -> Iterator[str]:
        if not call.bodies:
            return
        media = call.bodies[0].media
        whole = [argument for argument in call.arguments if argument.location == "value"]
        members = _required(call, "body") or [a for a in call.arguments if a.location == "body"][:2]
        value: Json = self._value(whole[0]) if whole else {a.wire_name: self._value(a) for a in members}
        if media.kind in ("multipart", "form"):
            option = "-F" if media.kind == "multipart" else "--data-urlencode"
            fields = value if isinstance(value, dict) else {}
            yield from (f"{option} {quoted(f'{name}={_text(item)}')}" for name, item in fields.items())
            return
        yield f"-H {quoted(f'Content-Type: {media.content_type}')}"
        if media.kind == "json":
            yield f"-d {quoted(json.dumps(value, indent=2, ensure_ascii=False))}"
        else:
            yield "--data-binary @file"


def _required(call: Call, location: str) -> list[Argument]:
    return [argument for argument in call.arguments if argument.location == location and argument.required]


def _credential(scheme: Scheme) -> tuple[str, str]:
    """Write one credential: where it goes, and its text."""
    names = [_secret(credential) for credential in scheme.credentials]
    secret, wire_name = names[0], scheme.scheme.wire_name or ""
    match scheme.scheme.kind:
        case "bearer":
            return "option", f'-H "Authorization: Bearer {secret}"'
        case "basic":
            return "option", f'-u "{":".join(names)}"'
        case "query":
            return "query", f"{in_quotes(quote(wire_name, safe=''))}={secret}"
        case "cookie":
            return "option", f'-b "{in_quotes(wire_name)}={secret}"'
        case "header":
            return "option", f'-H "{in_quotes(wire_name)}: {secret}"'
        case _:
            return "option", f'-H "Authorization: {in_quotes(wire_name)} {secret}"'


def _secret(credential: Credential) -> str:
    env = credential.env or ""
    return f"${env}" if _VARIABLE.fullmatch(env) else _variable(credential.name)


def _variable(name: str) -> str:
    """Use a variable of the shell."""
    upper = "".join(character if character.isascii() else "_" for character in name).upper()
    return f"${upper}" if _VARIABLE.fullmatch(upper) else "..."


def _in_path(name: str) -> str:
    """Use a variable where letters may follow."""
    variable = _variable(name)
    return f"${{{variable[1:]}}}" if variable.startswith("$") else variable


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def in_quotes(text: str) -> str:
    """Write text inside double quotes: it ends none, and nothing in it is replaced."""
    # An interactive shell replaces an exclamation mark by a command of its history.
    return _SPECIAL_IN_QUOTES.sub(lambda found: f"\\{found[0]}", text.replace("\n", " ").replace("!", "%21"))


def quoted(text: str) -> str:
    """Write text as one word."""
    return text if _TOKEN.fullmatch(text) else "'" + text.replace("'", "'\\''") + "'"
