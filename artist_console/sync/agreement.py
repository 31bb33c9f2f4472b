"""Once a day both sides compare what their registers come to (PROTOCOL, rule 12)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from artist_console.domain.decisions import all_effective, recordings
from artist_console.domain.ids import ArtistId
from artist_console.formats.register_digest import digest_of_registers
from artist_console.store import mirror, profile
from artist_console.store.opening import Part, Store

from .exchange import MAX_PAGES, Exchange
from .problems import Nonsense

logger = logging.getLogger(__name__)

EVERY = timedelta(days=1)


def is_due(store: Store, now: datetime) -> bool:
    """Whether a day has passed since both sides last agreed, or the clock went back behind that.

    The first round fetches everything and has nothing to compare it with; from then on the day counts.
    """
    last = profile.agreed_at(store)
    if last is None:
        note_agreed(store, now)
        return False
    return not timedelta(0) <= now - last < EVERY


def disagreements(store: Store, service: Exchange) -> tuple[str, ...]:
    """The artists whose registers come to something else here than there, at the same place of the ledger.

    A ledger that has moved on since it was fetched is left for the next time. Raises NetworkProblem.
    """
    tips = mirror.tips(store)
    apart: list[str] = []
    after = ""
    for _ in range(MAX_PAGES):
        page = service.register_digests(after)
        for theirs in page.digests:
            tip = tips.get(theirs.artist)
            if tip is not None and tip.n == theirs.n and theirs.digest != _own_digest(store, theirs.artist):
                apart.append(theirs.artist)
        if page.next is None:
            return tuple(apart)
        if page.next <= after:
            raise Nonsense(host=service.host, what="it goes round in a circle")
        after = page.next
    raise Nonsense(host=service.host, what="it never comes to an end")


def _own_digest(store: Store, artist: str) -> str:
    return digest_of_registers(all_effective(recordings(mirror.ledger(store, ArtistId(artist)))))


def note_agreed(store: Store, now: datetime) -> None:
    with store.transaction(Part.MIRROR):
        profile.put(store, "agreed_at", now.isoformat())


def tell_apart(apart: tuple[str, ...]) -> None:
    """The diagnostic: how many, never who or what."""
    logger.warning(
        "registers of %d artists differ from the service's: everything is fetched anew", len(apart)
    )
