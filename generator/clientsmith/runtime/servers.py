"""Servers of the document: URLs with variables, and what callers give for these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias
from urllib.parse import quote, unquote

from .errors import ArgumentValueError

Options: TypeAlias = Mapping[str, Any]
"""What the constructor got for servers, by the names of its arguments."""


class Variable(NamedTuple):
    """A ``{name}`` of a URL; `argument` is the constructor's, where that has another name."""

    name: str
    default: str
    values: tuple[str, ...] = ()
    argument: str | None = None

    def written(self, value: str, in_path: bool) -> str:
        """Return a value as a part of the URL: in the host it must not end it, in the path it is quoted.

        Raises:
            ArgumentValueError: the document allows other values, or it would make another URL of this one.
        """
        subject = f"server variable {self.argument or self.name!r}"
        if self.values and value not in self.values:
            raise ArgumentValueError(
                f"{subject} must be one of {self.values} (got {value!r})"
            )
        if in_path:
            if {".", ".."} & set(unquote(value).split("/")):
                raise ArgumentValueError(f"{subject} must not hold dots for a segment")
            return quote(value, safe="/:@!$&'()*+,;=")
        if _PART_OF_HOST.fullmatch(value) is None:
            raise ArgumentValueError(f"{subject} is no part of a host: {value!r}")
        return value


_PART_OF_HOST = re.compile(r"[A-Za-z0-9._~-]+(:[0-9]*)?|\[[0-9A-Fa-f:.]+\](:[0-9]*)?")


class Server(NamedTuple):
    """A URL as the document writes it."""

    url: str
    variables: tuple[Variable, ...] = ()

    def filled(self, options: Options) -> str:
        """Fill the variables in.

        Raises:
            ArgumentValueError: a variable has a value that it cannot have.
        """
        url = self.url
        is_relative = "://" not in url
        for variable in self.variables:
            before, found, after = url.partition(f"{{{variable.name}}}")
            if found:
                in_path = is_relative or "/" in before.partition("://")[2]
                value = options.get(variable.argument or variable.name)
                text = variable.written(value, in_path) if value else variable.default
                url = f"{before}{text}{after.replace(found, text)}"
        return url


class Chosen(Protocol):
    """What a caller has chosen of the servers."""

    base_url: str
    is_moved: bool
    """Whether the caller gave `base_url`."""
    environment: str | None
    server_options: Options

    @property
    def documented_url(self) -> str | None:
        """The URL that `base_url` stands for; None where the document names no host."""


def checked_url(url: object, name: str) -> str:
    """Return a URL that a caller gives for a server.

    Raises:
        ArgumentValueError: it is not absolute, or has more than a path.
    """
    text = str(url)
    if not text.lower().startswith(("http://", "https://")):
        raise ArgumentValueError(f"{name} must have http:// or https:// in front")
    if "?" in text or "#" in text:
        raise ArgumentValueError(
            f"{name} has no query and no fragment: set default_query"
        )
    return text
