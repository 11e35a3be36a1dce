"""Decide whether a response is worth another attempt, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping

LONGEST_OBEYED = 60.0


def should_retry(status: int, headers: Mapping[str, str]) -> bool:
    """Tell whether a status is worth another attempt; ``x-should-retry`` overrides."""
    wish = headers.get("x-should-retry")
    if wish in ("true", "false"):
        return wish == "true"
    return status in (408, 409, 429) or status >= 500


def retry_delay(
    retries_taken: int, headers: Mapping[str, str] | None, random: Callable[[], float]
) -> float:
    """Return the seconds to wait: what the server asks for within reason, else a growing random time."""
    for name, unit in ("retry-after-ms", 1000), ("retry-after", 1):
        text = headers.get(name) if headers else None
        if text and 0 < (seconds := _seconds(text) / unit) <= LONGEST_OBEYED:
            return seconds
    longest: float = 0.5 * 2 ** min(retries_taken, 4)
    return longest * (1 - 0.25 * random())


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
