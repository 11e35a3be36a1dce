"""Requests that one call sends while others wait for their response, in threads or in event loops."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from .deadline import time_left
from .prepared import PreparedRequest


class SharedRequest:
    """A request that is under way: a flow of another call yields this to wait for it.

    One that ends without a response and without an error was given up: whoever waits sends another.
    """

    auxiliary = True

    def __init__(self) -> None:
        self.request: PreparedRequest | None = None
        self.response: Any = None
        self.error: Exception | None = None
        self._process = os.getpid()
        self._has_ended = False
        self._waiting: list[Callable[[], object]] = []

    @property
    def is_of_this_process(self) -> bool:
        """Whether what sends it is in this process, and not in the parent of a fork."""
        return self._process == os.getpid()

    def end(self) -> None:
        """Wake whoever waits."""
        self._has_ended = True
        while self._waiting:
            with suppress(
                RuntimeError, IndexError
            ):  # a loop is closed, or others wake, too
                self._waiting.pop()()

    def _notify(self, wake: Callable[[], object]) -> None:
        """Have a function called at the end, or at once; in both cases if they coincide."""
        self._waiting.append(wake)
        if self._has_ended:
            self.end()

    def wait(self, call: Any) -> Any:
        """Block until the end, or return what an async client awaits; the value is the response.

        Raises:
            TimeoutError: it has not ended in the time that the call has.
            Exception: what broke the request.
        """
        # A call waits no longer than it would for a response of its own.
        times = call.timeout["connect"], call.timeout["read"]
        longest = None if None in times else sum(times)
        if call.is_async:
            return self._wait_async(call, longest)
        import threading

        ended = threading.Event()
        self._notify(ended.set)
        if not ended.wait(time_left(longest)):
            raise TimeoutError("another call has asked for the token, and still waits")
        return self._outcome(call)

    async def _wait_async(self, call: Any, longest: float | None) -> Any:
        import asyncio

        loop = asyncio.get_running_loop()
        ended = asyncio.Event()
        self._notify(partial(loop.call_soon_threadsafe, ended.set))
        await asyncio.wait_for(ended.wait(), longest)
        return self._outcome(call)

    def _outcome(self, call: Any) -> Any:
        """Make the response one of the call.

        Raises:
            Exception: what broke the request.
        """
        if self.error is not None:
            call.request = self.request or call.request
            raise self.error
        return None if self.response is None else call.adopt(self.response)
