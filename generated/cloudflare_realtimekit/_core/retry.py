"""Decide whether an answer is worth another attempt, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

LONGEST_OBEYED = 60.0


def should_retry(status: int, headers: Mapping[str, str]) -> bool:
    """Tell whether a status is worth another attempt; ``x-should-retry`` overrides."""
    told = headers.get("x-should-retry")
    if told in ("true", "false"):
        return told == "true"
    return status in (408, 409, 429) or status >= 500


def retry_delay(
    retries_taken: int, headers: Mapping[str, str] | None, random: Callable[[], float]
) -> float:
    """Give the seconds to wait: what the server asks for within reason, else a growing random time."""
    for seconds in _requested_delays(headers or {}):
        if 0 < seconds <= LONGEST_OBEYED:
            return seconds
    longest: float = min(0.5 * 2 ** min(retries_taken, 4), 8.0)
    return longest * (1 - 0.25 * random())


def _requested_delays(headers: Mapping[str, str]) -> Iterator[float]:
    if (milliseconds := headers.get("retry-after-ms")) is not None:
        yield _number(milliseconds) / 1000
    if (text := headers.get("retry-after")) is not None:
        yield _number(text)
        yield _seconds_until(text)


def _number(text: str) -> float:
    try:
        return float(
            text.replace("_", "?")
        )  # float() itself takes digits apart by underscores
    except ValueError:
        return -1.0


def _seconds_until(text: str) -> float:
    import time
    from email.utils import mktime_tz, parsedate_tz

    try:
        date = parsedate_tz(text)
        return -1.0 if date is None else mktime_tz(date) - time.time()
    except (ValueError, OverflowError, IndexError, TypeError):
        return -1.0
