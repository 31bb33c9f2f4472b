"""Tells waiting readers that something was committed; a long poll waits here without holding a thread."""

from __future__ import annotations

import asyncio


class Hub:
    """One for each running service. `changed` may be called from any thread, the rest from the event loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._event: asyncio.Event | None = None
        self._closed = False

    def open(self) -> None:
        """Bind to the running loop."""
        self._loop, self._event, self._closed = asyncio.get_running_loop(), asyncio.Event(), False

    def changed(self) -> None:
        loop = self._loop
        if loop is None:
            return
        try:
            loop.call_soon_threadsafe(self._wake)
        except RuntimeError:
            self._loop = None  # the loop has ended; nobody is waiting any more

    def close(self) -> None:
        """Let everybody go, now and from now on."""
        self._closed = True
        self._wake()

    def let_go(self) -> None:
        """`close`, from any thread."""
        self._closed = True
        self.changed()

    def ticket(self) -> asyncio.Event:
        """To be taken before looking, so that a change between looking and waiting is not missed."""
        assert self._event is not None, "the hub is opened with the service"
        return self._event

    async def wait(self, ticket: asyncio.Event, timeout_s: float) -> bool:
        """Whether something changed since the ticket was taken, rather than the time having run out."""
        if self._closed:
            return False
        try:
            await asyncio.wait_for(ticket.wait(), timeout_s)
        except TimeoutError:
            return False
        return not self._closed

    def _wake(self) -> None:
        if self._event is not None:
            event, self._event = self._event, asyncio.Event()
            event.set()
