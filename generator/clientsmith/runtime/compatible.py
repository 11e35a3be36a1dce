"""Names that packages of Stainless export, for code that imports them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from .omit import Omit, omit
from .pool import http_library, own_limits
from .timeouts import DEFAULT

if TYPE_CHECKING:
    # They are made when they are used first. Either HTTP library may be installed, so type checkers know no more of
    # them than that they are classes.
    DEFAULT_CONNECTION_LIMITS: Any

    class Timeout(Any): ...  # type: ignore[misc]

    class Transport(Any): ...  # type: ignore[misc]

    class DefaultHttpxClient(Any): ...  # type: ignore[misc]

    class DefaultAsyncHttpxClient(Any): ...  # type: ignore[misc]

    class DefaultAioHttpClient(Any): ...  # type: ignore[misc]


NotGiven = Omit
NOT_GIVEN = not_given = omit
NoneType = type(None)
ProxiesTypes = object
DEFAULT_TIMEOUT = DEFAULT
DEFAULT_MAX_RETRIES = 2
OF_LIBRARY = {
    "Timeout": "Timeout",
    "Limits": "Limits",
    "URL": "URL",
    "Response": "Response",
    "Request": "Request",
    "Transport": "BaseTransport",
}
"""What is a class of the HTTP library."""


class RequestOptions(TypedDict, total=False):
    """What `client.get(..., options=...)` takes."""

    headers: Mapping[str, Any]
    max_retries: int
    params: Mapping[str, object]
    timeout: Any
    extra_json: Mapping[str, object]
    idempotency_key: str


def file_from_path(path: str) -> tuple[str, bytes]:
    """Read a file to pass it as an argument: its name and its content."""
    return Path(path).name, Path(path).read_bytes()


def parse_date(text: str) -> date:
    return date.fromisoformat(text)


def parse_datetime(text: str) -> datetime:
    return datetime.fromisoformat(text)


def sdk_library() -> Any:
    """Import httpx, which SDKs are made with: what their users pass and mock. Else httpx2.

    Raises:
        NoHTTPLibraryError: neither of them is installed.
    """
    return import_module("httpx") if find_spec("httpx") else http_library()


def __getattr__(name: str) -> Any:
    """Look up what is a class of the HTTP library, or derived from one, when it is used first.

    Raises:
        AttributeError: there is no such name.
    """
    library = sdk_library()
    if name in OF_LIBRARY:
        return getattr(library, OF_LIBRARY[name])
    if name == "DEFAULT_CONNECTION_LIMITS":
        return own_limits(library)
    bases = {
        "DefaultHttpxClient": lambda: library.Client,
        "DefaultAsyncHttpxClient": lambda: library.AsyncClient,
        "DefaultAioHttpClient": _aiohttp_client,
    }
    if name not in bases:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    base = bases[name]()
    made = type(name, (base,), {"__init__": _with_defaults(base)})
    globals()[name] = made
    return made


def _with_defaults(base: Any) -> Any:
    def __init__(self: Any, **options: Any) -> None:
        library = sdk_library()
        options.setdefault("timeout", library.Timeout(60.0, connect=5.0))
        options.setdefault("limits", own_limits(library))
        options.setdefault("follow_redirects", True)
        base.__init__(self, **options)

    return __init__


def _aiohttp_client() -> Any:
    """Return the client of httpx that sends with aiohttp, or what says that it is not installed."""
    if find_spec("httpx_aiohttp"):
        return import_module("httpx_aiohttp").HttpxAiohttpClient
    return _NoAiohttp


class _NoAiohttp:
    def __init__(self, **options: Any) -> None:
        raise RuntimeError("to use aiohttp, install httpx_aiohttp and httpx")
