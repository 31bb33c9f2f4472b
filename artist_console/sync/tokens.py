"""What signs calls in: the access token in memory, and how the next one comes about.

However many threads find the token out of date, one of them renews it and the others take what it got. The
new refresh token is stored before it is used: whatever ends in between, one that the service knows is left.
A service keeps the former one good until its successor is first used, so a lost reply or a failing keyring
costs nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from artist_console.domain.problems import Problem
from artist_console.host.secret_text import SecretText

from .problems import SignInAgain
from .sign_in_problems import DeviceRevoked, SignInNotKept, SignInNotRead

# Renewed by itself so long before its end: an act of 8 MiB need not be sent twice to learn that.
EARLY_S = 30.0


@dataclass(frozen=True, slots=True)
class Granted:
    """What a sign-in gives."""

    access: SecretText
    lasts_s: int
    refresh: SecretText
    account: str
    device: str


class TokenSource(Protocol):
    """Gives the token of a call. May take as long as a call, and raise its problems."""

    def access(self) -> SecretText: ...

    def renew(self, refused: SecretText) -> SecretText:
        """The token after one that the service no longer knows."""

    def end(self, problem: Problem) -> None:
        """Nothing is asked with this sign-in any more; whoever asks is told the problem."""

    def stop(self) -> None:
        """From any thread: nobody waits for a renewal any longer."""


class KeptSignIn(Protocol):
    """Where the refresh token is kept. `store` raises Problem where it is not, and then the former one is."""

    def load(self) -> SecretText | None: ...
    def store(self, refresh: SecretText) -> None: ...


class FixedToken:
    """A token that is as good as its service: that of the service inside this application."""

    def __init__(self, token: SecretText, host: str) -> None:
        self._token, self._host = token, host
        self._ended: Problem | None = None

    def access(self) -> SecretText:
        if self._ended is not None:
            raise again(self._ended)
        return self._token

    def renew(self, refused: SecretText) -> SecretText:
        raise SignInAgain(host=self._host)

    def end(self, problem: Problem) -> None:
        self._ended = problem

    def stop(self) -> None:
        """There is no renewal."""


class _Renewal:
    """One renewal that is going on, and what it came to."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.token: SecretText | None = None
        self.problem: Problem | None = None


class RenewedTokens:
    """The tokens of a sign-in to a hosted service; for any number of threads."""

    def __init__(
        self,
        host: str,
        refresh: Callable[[SecretText], Granted],
        kept: KeptSignIn,
        *,
        first: Granted | None = None,
        stop: Callable[[], None] = lambda: None,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`first`: what a sign-in has just given and `kept` holds already. `stop` ends a `refresh`."""
        self._host, self._ask, self._kept, self._clock_s = host, refresh, kept, clock_s
        self._stop = stop
        self._turn = threading.Lock()
        self._going_on: _Renewal | None = None
        self._ended: Problem | None = None
        self._access: SecretText | None = None
        self._refresh: SecretText | None = None
        self._good_until = 0.0
        if first is not None:
            self._take(first)

    def access(self) -> SecretText:
        """Raises SignInAgain, DeviceRevoked, SignInNotKept, or NetworkProblem where it had to be renewed."""
        with self._turn:
            if self._ended is not None:
                raise again(self._ended)
            token = self._access
            if token is not None and self._clock_s() < self._good_until:
                return token
        return self._renewed(token)

    def renew(self, refused: SecretText) -> SecretText:
        """The same for a token that was refused, whatever the clock says."""
        return self._renewed(refused)

    def end(self, problem: Problem) -> None:
        with self._turn:
            self._ended = problem
            self._access = None

    def stop(self) -> None:
        self._stop()

    def _renewed(self, former: SecretText | None) -> SecretText:
        while True:
            with self._turn:
                if self._ended is not None:
                    raise again(self._ended)
                if self._access is not None and self._access != former:
                    return self._access  # another thread was faster
                mine = self._going_on is None
                renewal = self._going_on = self._going_on or _Renewal()
            if mine:
                return self._lead(renewal)
            renewal.over.wait()
            if renewal.token is not None:
                return renewal.token
            if renewal.problem is not None:
                raise again(renewal.problem)
            # The thread that renewed ended by a fault of its own: this one tries.

    def _lead(self, renewal: _Renewal) -> SecretText:
        try:
            renewal.token = self._ask_and_store()
        except Problem as problem:
            renewal.problem = problem
            if isinstance(problem, SignInAgain | DeviceRevoked):
                self.end(problem)
            raise
        finally:
            with self._turn:
                self._going_on = None
            renewal.over.set()
        return renewal.token

    def _ask_and_store(self) -> SecretText:
        refresh = self._refresh or self._load()
        if refresh is None:
            raise SignInAgain(host=self._host)
        self._refresh = refresh
        granted = self._ask(refresh)
        # Stored first: from here on a sudden end leaves the new one, before it the former one, both good.
        if granted.refresh != refresh:
            self._store(granted.refresh)
        with self._turn:
            return self._take(granted)

    def _load(self) -> SecretText | None:
        try:
            return self._kept.load()
        except Problem as problem:
            raise SignInNotRead(host=self._host, why=problem.title) from problem

    def _store(self, refresh: SecretText) -> None:
        try:
            self._kept.store(refresh)
        except Problem as problem:
            raise SignInNotKept(host=self._host, why=problem.title) from problem

    def _take(self, granted: Granted) -> SecretText:
        self._access, self._refresh = granted.access, granted.refresh
        early = min(EARLY_S, granted.lasts_s / 4)
        self._good_until = self._clock_s() + granted.lasts_s - early
        return granted.access


def again(problem: Problem) -> Problem:
    """The same problem for another thread: an exception raised twice at a time mixes up its places."""
    copied = type(problem)(problem.title_template, problem.advice_template, **problem.fields)
    for name, value in vars(problem).items():
        setattr(copied, name, value)
    return copied
