"""Decide whether a response is worth another attempt, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping

LONGEST_OBEYED = 60.0
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""What a server may get twice, by RFC 9110, section 9.2.2."""


def should_retry(status: int, headers: Mapping[str, str]) -> bool:
    """Report whether a status is worth another attempt; ``x-should-retry`` overrides."""
    wish = headers.get("x-should-retry")
    if wish in ("true", "false"):
        return wish == "true"
    return status in (408, 409, 429) or status >= 500


def did_nothing(status: int, headers: Mapping[str, str]) -> bool:
    """Report whether a server says that it has not acted on a request, and takes it again."""
    if headers.get("x-should-retry") == "true" or status == 429:
        return True
    return status == 503 and wanted_delay(headers) is not None


def retry_delay(
    retries_taken: int, headers: Mapping[str, str] | None, random: Callable[[], float]
) -> float:
    """Return the seconds to wait: what the server asks for within reason, else a growing random time."""
    wanted = wanted_delay(headers, LONGEST_OBEYED) if headers else None
    if wanted is not None:
        return wanted
    longest: float = 0.5 * 2 ** min(retries_taken, 4)
    return longest * (1 - 0.25 * random())


def wants_long_delay(headers: Mapping[str, str]) -> bool:
    """Report whether the server asks for more time than a call waits."""
    wanted = wanted_delay(headers)
    return wanted is not None and wanted > LONGEST_OBEYED


def wanted_delay(
    headers: Mapping[str, str], longest: float = float("inf")
) -> float | None:
    """Return the seconds that the server asks to wait; None where it does not, or for longer."""
    for name, unit in ("retry-after-ms", 1000), ("retry-after", 1):
        text = headers.get(name)
        if text and 0 < (seconds := _seconds(text) / unit) <= longest:
            return seconds
    return None


def _seconds(text: str) -> float:
    """Read a number, or the time until a date; return 0 for what is neither."""
    try:
        return float(text.replace("_", "?"))  # which float() would skip between digits
    except ValueError:
        pass
    import time
    from email.utils import mktime_tz, parsedate_tz

    try:
        date = parsedate_tz(text)
        return mktime_tz(date) - time.time() if date else 0.0
    except (ValueError, OverflowError, IndexError, TypeError):
        return 0.0
