"""What every command works with: the open store, the backend where there is one, a clock and new ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, TypeVar

from artist_console.domain.changes import Changes
from artist_console.formats.accounts import Account
from artist_console.host.paths import ProfileFolder
from artist_console.store import profile
from artist_console.store.opening import Store

if TYPE_CHECKING:
    # The window paints its first rows before anything is signed or speaks HTTP.
    from artist_console.formats.signatures import SigningKey
    from artist_console.sync.api import Api

T_co = TypeVar("T_co", covariant=True)

Money = tuple[str, Decimal]  # currency, amount
Totals = tuple[Money, ...]  # one per currency, sorted by currency; empty where there is no money


@dataclass
class Console:
    """One lane's hands. A store belongs to one thread, so each lane has a console of its own."""

    store: Store
    api: Api | None  # None: no service is connected, or the embedded one is not started yet
    clock: Callable[[], datetime]  # aware, UTC
    new_id: Callable[[], str]  # UUIDv7
    folder: ProfileFolder
    load_signing_key: Callable[[], SigningKey]

    @property
    def account(self) -> Account | None:
        """Who signs here, as last heard; None: nothing has been connected or imported yet."""
        return profile.account(self.store)

    @property
    def signing_key(self) -> SigningKey:
        """Signs the reports of this profile; its bytes cannot be got back from it."""
        return self.load_signing_key()

    @property
    def today(self) -> date:
        return self.clock().date()


@dataclass(frozen=True)
class Result(Generic[T_co]):
    """What a command gives back, and which parts of what is shown it touched."""

    value: T_co
    changes: Changes
