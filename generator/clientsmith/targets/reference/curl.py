"""Examples for the shell: a method of the surface goes in, a command of curl comes out, as text.

What is special to the shell is quoted; what is special to curl, such as `@` before the name of a file, is written by
options for which it is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from urllib.parse import quote

from ...data.api import Parameter
from ...data.credentials import Credential, Scheme
from ...data.document import Json
from ...data.surface import Alias, Argument, Call, Model, Surface
from ...data.types import ANY, AnyOf, ListOf, MapOf, Ref, TupleOf, TypeExpr, TypeId, without_null
from . import given
from .curl_bodies import Fields, form_options, json_body, part_list_options, part_options
from .shell import in_quotes, is_variable, quoted, variable, variable_in_path
from .values import Values, optional_members
from .wire_values import cookie_text, header_text, query_pairs

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
LONGEST_BODY = 2_000
ANY_NAME = ""
"""Stands for the name of any member of a map."""
_LINE_BREAKS = re.compile(r"[\r\n]+")


class CurlExamples:
    """Writes commands for the methods of one client."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._schemes = {scheme.scheme.name: scheme for scheme in surface.client.schemes}
        self._declared = surface.declared()
        self._values = Values(self._declared, is_whole=False)

    def of(self, call: Call) -> str:
        """Write the command that sends what the method sends."""
        credentials = list(self._credentials(call))
        queries = [text for place, text in credentials if place == "query"]
        options = [text for place, text in credentials if place == "option"]
        url = self._url(call, queries)
        first = " ".join(["curl", *_verb(call.operation.verb), *_url_options(url), url])
        parts = (*options, *self._headers(call), *_reading(call), *self._body(call))
        return " \\\n    ".join([first, *parts])

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
            parts.append(variable_in_path(found[match[1]].name) if match[1] in found else in_quotes(match[0]))
            end = match.end()
        parts.append(in_quotes(call.operation.path[end:]))
        query = [*self._query(call), *queries]
        return f'"{in_quotes(base)}{"".join(parts)}{"?" if query else ""}{"&".join(query)}"'

    def _query(self, call: Call) -> Iterator[str]:
        for parameter, value in self._parameters(call, "query"):
            yield from map(in_quotes, query_pairs(parameter, value, self._surface.client))

    def _headers(self, call: Call) -> Iterator[str]:
        for parameter, value in self._parameters(call, "header"):
            yield from _header(parameter.wire_name, header_text(parameter, value))
        cookies = [cookie_text(parameter, value) for parameter, value in self._parameters(call, "cookie")]
        # Without a `=`, curl would read cookies from the file of that name.
        if text := "; ".join(cookie for cookie in cookies if "=" in cookie):
            yield f"-b {quoted(_one_line(text))}"

    def _parameters(self, call: Call, location: str) -> Iterator[tuple[Parameter, Json]]:
        """Give the required parameters of a location with their values."""
        found = {each.wire_name: each for each in call.operation.parameters if each.location == location}
        for argument in _required(call, location):
            if argument.wire_name in found:
                yield found[argument.wire_name], self._value(argument)

    def _value(self, argument: Argument) -> Json:
        return self._values.of(argument.type, argument.documentation, argument.wire_name)

    def _member(self, call: Call, argument: Argument) -> Json:
        example = given.of_member(call, argument)
        return example[0] if example else self._value(argument)

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
        if media.kind == "multipart":
            yield from part_options(self._fields(call), media, self._surface.client)
        elif media.kind == "parts":
            yield from part_list_options(self._part_list(call), media)
        elif media.kind == "form":
            yield from form_options(self._fields(call), media)
        else:
            yield f"-H {quoted(f'Content-Type: {_one_line(media.content_type)}')}"
            yield json_body(self._content(call)) if media.kind == "json" else "--data-binary @file"

    def _content(self, call: Call) -> Json:
        """Make the body as one value: the document's own example, if that is short enough."""
        for example in given.of_body(call):
            if len(json.dumps(example)) <= LONGEST_BODY:
                return example
        whole = next((argument for argument in call.arguments if argument.location == "value"), None)
        if whole is not None:
            return self._value(whole)
        return {argument.wire_name: self._member(call, argument) for argument in _members(call)}

    def _fields(self, call: Call) -> Fields:
        """Make the members of the body, with the types by which files differ from texts."""
        whole = next((argument for argument in call.arguments if argument.location == "value"), None)
        if whole is None:
            return [(argument.wire_name, argument.type, self._member(call, argument)) for argument in _members(call)]
        value, types = self._value(whole), dict(self._member_types(whole.type))
        members = value.items() if isinstance(value, dict) else ()
        return [(name, types.get(name, types.get(ANY_NAME)), item) for name, item in members]

    def _part_list(self, call: Call) -> list[tuple[TypeExpr, Json]]:
        """Make the parts of a body by their places, with their types."""
        whole = next(argument for argument in call.arguments if argument.location == "value")
        examples = (each for each in call.bodies[0].media.examples if isinstance(each, list))
        value = next(examples, None) or self._value(whole)
        items = value if isinstance(value, list) else []
        return list(zip(chain(*self._item_types(whole.type)), items, strict=False))

    def _item_types(self, expression: TypeExpr) -> Iterator[Iterable[TypeExpr]]:
        """Give the types of the items of a list, by their places."""
        match without_null(expression):
            case Ref(type_id):
                declared = self._declared[type_id]
                if isinstance(declared, Alias):
                    yield from self._item_types(declared.type)
            case TupleOf(items, rest):
                yield items
                yield repeat(rest if rest is not None else ANY)
            case ListOf(items):
                yield repeat(items)
            case _:
                yield repeat(ANY)

    def _member_types(self, expression: TypeExpr, inside: tuple[TypeId, ...] = ()) -> Iterator[tuple[str, TypeExpr]]:
        """Give the types of the members of a value, by their names; what several types have, the first one last."""
        match expression:
            case Ref(type_id) if type_id not in inside:
                declared = self._declared[type_id]
                if isinstance(declared, Model):
                    yield from ((member.wire_name, member.type) for member in declared.members)
                else:
                    yield from self._member_types(declared.type, (*inside, type_id))
            case MapOf(values):
                yield ANY_NAME, values
            case AnyOf(members):
                for member in reversed(members):
                    yield from self._member_types(member, inside)


def _required(call: Call, location: str) -> list[Argument]:
    return [argument for argument in call.arguments if argument.location == location and argument.required]


def _members(call: Call) -> list[Argument]:
    """Give what is written of a body: all that is required, or a little."""
    return _required(call, "body") or optional_members(call)


def _verb(verb: str) -> list[str]:
    """Write the method of HTTP. With `-X HEAD`, curl would wait for a body."""
    if verb == "GET":
        return []
    return ["-I"] if verb == "HEAD" else ["-X", quoted(verb)]


def _url_options(url: str) -> Iterator[str]:
    """Let curl take the URL as it is: it reads brackets as a list of URLs, and a first hyphen as an option."""
    if re.search(r"[\[\]{}]", re.sub(r"\$\{\w+\}", "", url)):
        yield "-g"
    if url.startswith('"-'):
        yield "--url"


def _header(name: str, text: str) -> Iterator[str]:
    """Write a header. What is no name cannot be sent, and curl would read `@name` as a file of headers."""
    if _HEADER_NAME.fullmatch(name):
        line = _one_line(text).strip()
        yield f"-H {quoted(f'{name}: {line}' if line else f'{name};')}"


def _one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text)


def _reading(call: Call) -> Iterator[str]:
    """Write what curl does with the response: a stream is printed as it comes, a file is stored."""
    if call.stream is not None and not call.responses:
        yield "-N"
        if call.stream.content_type:
            yield f"-H {quoted(f'Accept: {_one_line(call.stream.content_type)}')}"
    elif any(response.kind == "binary" for response in call.responses[:1]):
        yield "-o file"


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
        case "header" if _HEADER_NAME.fullmatch(wire_name):
            return "option", f'-H "{in_quotes(wire_name)}: {secret}"'
        case _:
            return "option", f'-H "Authorization: {in_quotes(wire_name)} {secret}"'


def _secret(credential: Credential) -> str:
    env = credential.env or ""
    return f"${env}" if is_variable(env) else variable(credential.name)
