"""Stopping what waits: asked for in one thread, noticed in another at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .sign_in_problems import SignInStopped


class Cancellation:
    """Given to something that may wait for a person. `cancel` may be called from any thread, and again."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._turn = threading.Lock()
        self._wake: list[Callable[[], None]] = []

    def cancel(self) -> None:
        with self._turn:
            self._asked.set()
            for wake in self._wake:
                wake()

    @property
    def asked(self) -> bool:
        return self._asked.is_set()

    def check(self) -> None:
        """Raises SignInStopped once it was asked for."""
        if self.asked:
            raise SignInStopped

    def wait(self, seconds: float) -> None:
        """Let time pass. Raises SignInStopped, at once when it is asked for."""
        self._asked.wait(seconds)
        self.check()

    @contextmanager
    def waking(self, wake: Callable[[], None]) -> Iterator[None]:
        """Have `wake` called when it is asked for meanwhile; at once where it was already."""
        with self._turn:
            self._wake.append(wake)
            if self.asked:
                wake()
        try:
            yield
        finally:
            with self._turn:
                self._wake.remove(wake)
