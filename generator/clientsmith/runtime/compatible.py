"""Names that packages of Stainless export, for code that imports them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from .omit import Omit, omit
from .pool import http_library, own_limits
from .timeouts import DEFAULT

if TYPE_CHECKING:
    # They are made when they are used first. Either HTTP library may be installed, so type checkers know no more of
    # them than that they are classes.
    DEFAULT_CONNECTION_LIMITS: Any

    class Timeout(Any): ...  # type: ignore[misc]

    class DefaultHttpxClient(Any): ...  # type: ignore[misc]

    class DefaultAsyncHttpxClient(Any): ...  # type: ignore[misc]


NotGiven = Omit
NOT_GIVEN = not_given = omit
DEFAULT_TIMEOUT = DEFAULT
DEFAULT_MAX_RETRIES = 2


class RequestOptions(TypedDict, total=False):
    """What `client.get(..., options=...)` takes."""

    headers: Mapping[str, Any]
    params: Mapping[str, object]
    timeout: Any
    extra_json: Mapping[str, object]


def __getattr__(name: str) -> Any:
    """Look up what is a class of the HTTP library, or derived from one, when it is used first.

    Raises:
        AttributeError: there is no such name.
    """
    library = http_library()
    if name in ("Timeout", "Limits", "URL", "Response", "Request"):
        return getattr(library, name)
    if name == "DEFAULT_CONNECTION_LIMITS":
        return own_limits(library)
    bases = {
        "DefaultHttpxClient": library.Client,
        "DefaultAsyncHttpxClient": library.AsyncClient,
    }
    if name not in bases:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    made = type(name, (bases[name],), {"__init__": _with_defaults(bases[name])})
    globals()[name] = made
    return made


def _with_defaults(base: Any) -> Any:
    def __init__(self: Any, **options: Any) -> None:
        library = http_library()
        options.setdefault("timeout", library.Timeout(60.0, connect=5.0))
        options.setdefault("follow_redirects", True)
        base.__init__(self, **options)

    return __init__
