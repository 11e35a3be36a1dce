"""A URL that the user typed goes in; the bytes of the document there come out. Nothing else asks the network.

The host that the user named is asked, over HTTP, and no other: a redirect may lead to another page of the same host.
"""

from __future__ import annotations

import http.client
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import SplitResult, unquote, urlsplit

from ...data.given import Given
from ...data.issues import Rejected, rejected
from ...data.settings import MAX_DOCUMENT_SIZE

SECONDS = 60.0
"""For all of it: name, connection, redirects and every byte."""
REDIRECTS = 5
CHUNK = 65_536
PORTS = {"http": 80, "https": 443}
ACCEPT = "application/yaml, application/json, application/vnd.oai.openapi, */*;q=0.1"
CODE = "unreadable-url"
SAVE_HINT = "download the document, and name that file"


class _Refused(Exception):
    """The document is not read. The arguments are the message and the hint."""

    def __init__(self, message: str, hint: str = SAVE_HINT) -> None:
        super().__init__(message)
        self.hint = hint


def fetch(address: str, *, most: int = MAX_DOCUMENT_SIZE, seconds: float = SECONDS) -> Given:
    """Read a document from the web, of at most `most` bytes, within so many seconds.

    Raises:
        Rejected: the text is not a URL, the host does not give a document, or it redirects elsewhere.
    """
    name = displayed(address)
    try:
        check_address(address)
        content = within(seconds, lambda: read(address, most))
    except _Refused as refused:
        raise rejected(CODE, str(refused), file=name, hint=refused.hint) from None
    return Given(name, content)


def displayed(address: str) -> str:
    """Name a URL in messages: user name, password, query and fragment may be secrets."""
    try:
        parts = urlsplit(address)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "the URL"
    return f"{parts.scheme}://{host}{parts.path}"


def file_name(address: str) -> str:
    """Give the last part of the path of a URL, as the name of a file in the working directory."""
    return PurePosixPath(unquote(urlsplit(address).path).replace("\\", "/").replace("\0", "")).name or "openapi"


def check_address(address: str) -> None:
    """Refuse what cannot be asked for.

    Raises:
        _Refused: the URL has no host, credentials, or characters that no request may have.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
        has_port = parts.port is None or parts.port > 0
    except ValueError as error:
        raise _Refused(f"this is no URL: {error}", "write it like 'https://example.com/openapi.yaml'") from None
    if not host or not has_port or not address.isascii() or not address.isprintable() or " " in address:
        raise _Refused("this is no URL", "write it like 'https://example.com/openapi.yaml', blanks as %20")
    if "@" in parts.netloc:
        raise _Refused("a URL with a user name or a password is not asked", SAVE_HINT)


def within(seconds: float, read_all: Callable[[], bytes]) -> bytes:
    """Run a function and wait so long for it: a server that sends a byte now and then keeps no timeout of a socket.

    Raises:
        _Refused: it takes longer.
    """
    made: list[bytes] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            made.append(read_all())
        except Exception as error:
            failed.append(error)

    # A daemon is left behind: it ends with the program.
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not made:
        raise _Refused(f"the server did not give the document in {seconds:g} seconds")
    return made[0]


def read(address: str, most: int) -> bytes:
    """Ask for a document, and read it to its end.

    Raises:
        _Refused: nothing came, or it is too large.
    """
    headers = {"Accept": ACCEPT, "Accept-Encoding": "identity", "User-Agent": "clientsmith"}
    request = urllib.request.Request(address.partition("#")[0], headers=headers)
    try:
        with opener(urlsplit(address)).open(request, timeout=SECONDS) as response:
            return checked_body(response, most)
    except urllib.error.HTTPError as error:
        error.close()
        raise status_refused(error.code) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        reason = reason.strerror if isinstance(reason, OSError) and reason.strerror else reason
        raise _Refused(f"the document cannot be fetched: {reason}", "check the URL and the connection") from None


def status_refused(status: int) -> _Refused:
    """Make the exception for a status that comes without a document."""
    if 300 <= status < 400:
        return _Refused("the server redirects in a circle, too often, or to what is no URL of the web")
    return _Refused(f"the server responded with status {status}", "try the URL in a browser")


def checked_body(response: Any, most: int) -> bytes:
    """Read the body of a response.

    Raises:
        _Refused: it is compressed, a web page, too large or not complete.
    """
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise _Refused("the server sends the document compressed although it was not asked to")
    parts: list[bytes] = []
    total = 0
    while part := response.read(CHUNK):
        parts.append(part)
        total += len(part)
        if total > most:
            raise _Refused(f"the document has more than {most:,} bytes")
    if response.length:  # Of the bytes that were announced, these are missing.
        raise _Refused(f"the connection ended {response.length:,} bytes before the end of the document")
    if response.headers.get_content_type() == "text/html":
        raise _Refused("this is a web page, not a document", "look for the address of the YAML or JSON file")
    return b"".join(parts)


def opener(asked: SplitResult) -> urllib.request.OpenerDirector:
    """Make what opens `http` and `https` only: no file, no FTP, no data, and no other host."""
    made = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
        SameHost(asked),
    ):
        made.add_handler(handler)
    return made


class SameHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects within the host that the user named."""

    max_redirections = REDIRECTS

    def __init__(self, asked: SplitResult) -> None:
        self._asked = asked

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Make the next request. The body of a redirect, which urllib would read as a whole, is not read.

        Raises:
            _Refused: it would go elsewhere.
        """
        fp.close()
        if not is_within(self._asked, newurl):
            where = displayed(newurl)
            raise _Refused(f"the server redirects to '{where}'", "name that URL, if you trust it")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_within(asked: SplitResult, address: str) -> bool:
    """Report whether a URL has the same origin as the one that the user typed, or is its secure form."""
    try:
        check_address(address)
        new = urlsplit(address)
    except _Refused:
        return False
    upgraded = (asked.scheme, new.scheme) == ("http", "https") and (port(asked), port(new)) == (80, 443)
    return new.hostname == asked.hostname and ((new.scheme, port(new)) == (asked.scheme, port(asked)) or upgraded)


def port(parts: SplitResult) -> int | None:
    """Give the port of a URL."""
    return parts.port or PORTS.get(parts.scheme.lower())


def read_stream(stream: IO[bytes], *, most: int = MAX_DOCUMENT_SIZE) -> Given:
    """Read a document to the end of a stream, of at most `most` bytes.

    Raises:
        Rejected: it is too large, or cannot be read.
    """
    name = "standard input"
    try:
        content = stream.read(most + 1)
    except OSError as error:
        raise unreadable_input(name, str(error.strerror or error)) from None
    if len(content) > most:
        raise unreadable_input(name, f"there are more than {most:,} bytes")
    return Given(name, content)


def unreadable_input(name: str, reason: str) -> Rejected:
    """Make the exception for a stream that gives no document."""
    return rejected("unreadable-file", f"standard input cannot be read: {reason}", file=name, hint="name a file")
