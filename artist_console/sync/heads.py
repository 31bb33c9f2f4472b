"""Signed heads in a sync round: each is verified against the entries that are here, and the highest is kept.

A service vouches for a whole ledger with one signature. Whatever it signed before must still be true: the
same size has the same root, a longer ledger begins with the shorter one, and the entries that it gave are
those that it signed. A service that shows somebody else another ledger is found out as soon as the two
compare heads. Where nothing has changed since the last head, nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem, UnknownThing
from artist_console.formats.kinds import Kind
from artist_console.formats.merkle import CompactRange, leaf_hash, verify_consistency
from artist_console.formats.signatures import NotAKey, PublicKey, SignatureFault
from artist_console.formats.signed_head import (
    MalformedHead,
    SignedHead,
    VerifiedHead,
    read_head,
    read_path,
    verify_head,
)
from artist_console.formats.wire import SignerKey, entry_bytes
from artist_console.store import heads as kept_heads
from artist_console.store import heard, journal, mirror, profile, receipts
from artist_console.store.heads import ConflictKind, KeptHead, KeyKnown, ServiceKey
from artist_console.store.opening import Part, Store

from .exchange import MAX_PAGES, Exchange
from .head_problems import HeadKeyUnknown, HeadNotGenuine, HeadTooOld, LedgerForked
from .problems import Nonsense

# More ledgers than this are asked for together.
_SINGLY = 3
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class _Found:
    """A head that holds, and how far the tree is worked out from the entries that are here."""

    head: VerifiedHead
    tree: CompactRange


class _Contradiction(Exception):
    """What a service shows does not fit what it signed."""

    def __init__(self, kind: ConflictKind, n: int) -> None:
        super().__init__(kind.value)
        self.kind, self.n = kind, n


def check(store: Store, service: Exchange, now: datetime) -> None:
    """Verify the signed head of every ledger that changed since the last one; belongs after a pull.

    Raises LedgerForked, HeadTooOld, HeadNotGenuine, HeadKeyUnknown for the first that does not hold, once the
    others are looked at and evidence is kept; NetworkProblem where the service does not answer.
    """
    epoch = profile.epoch(store)
    if epoch is None:
        return
    if store.cached("heads", _mark(store, epoch)) is not None:
        return
    _Checking(store, service, now, epoch).run()
    store.keep("heads", _mark(store, epoch), True)


def meet_keys(store: Store, service: Exchange, now: datetime) -> Mapping[str, PublicKey]:
    """The keys of a service that is met for the first time count from now on, and are noted as that."""
    shown = _shown_keys(service, now)
    with store.transaction(Part.JOURNAL):
        for each in shown.values():
            kept_heads.keep_key(store, each)
    return {kid: each.key for kid, each in shown.items()}


def _shown_keys(service: Exchange, now: datetime) -> Mapping[str, ServiceKey]:
    return {each.key.kid: each for each in (_key_of(service, shown, now) for shown in service.keys().keys)}


def _key_of(service: Exchange, shown: SignerKey, now: datetime) -> ServiceKey:
    try:
        key = PublicKey.from_jwk({"kty": shown.kty, "crv": shown.crv, "x": shown.x})
    except NotAKey as error:
        raise Nonsense(host=service.host, what="one of its keys cannot be used") from error
    return ServiceKey(key, shown.name, shown.role, KeyKnown.FIRST_SIGHT, now)


def _mark(store: Store, epoch: str) -> tuple[object, ...]:
    """What a check rests on: as long as it is the same, another one would find the same."""
    entries = heard.versions(store).get(Kind.ENTRY.value)
    return epoch, entries, kept_heads.current_stream(store), kept_heads.marks(store)


class _Checking:
    """One check of all ledgers that are here."""

    def __init__(self, store: Store, service: Exchange, now: datetime, epoch: str) -> None:
        self.store, self.service, self.now, self.epoch = store, service, now, epoch
        self.keys = {kid: each.key for kid, each in kept_heads.keys(store).items()}
        self.tips = mirror.tips(store)
        self.found: list[_Found] = []

    def run(self) -> None:
        tops = kept_heads.tops(self.store, self.epoch)
        wanted = [artist for artist, tip in self.tips.items() if tops.get(artist) != tip]
        first: Problem | None = None
        try:
            for artist, text in self.ask(wanted):
                problem = self.take(artist, text)
                first = first or problem
        finally:
            self.keep()
        if first is not None:
            raise first

    def ask(self, wanted: list[str]) -> Iterator[tuple[str, str]]:
        """The signed heads of these ledgers; none of what has left the reach meanwhile."""
        if len(wanted) <= _SINGLY:
            for artist in wanted:
                try:
                    yield artist, self.service.ledger_head(ArtistId(artist)).head
                except UnknownThing:
                    continue
            return
        lacking, after = set(wanted), ""
        for _ in range(MAX_PAGES):
            page = self.service.heads(after)
            for text in page.heads:
                artist = self.read(text).artist
                if artist in lacking:
                    lacking.discard(artist)
                    yield artist, text
            if page.next is None:
                return
            if page.next <= after:
                raise self.nonsense("it goes round in a circle")
            after = page.next
        raise self.nonsense("it never comes to an end")

    def read(self, text: str) -> SignedHead:
        try:
            return read_head(text).claims
        except MalformedHead as error:
            raise self.nonsense("the signed head of a ledger cannot be read") from error

    def nonsense(self, what: str) -> Nonsense:
        return Nonsense(host=self.service.host, what=what)

    # -- one head

    def take(self, artist: str, text: str) -> Problem | None:
        """Check one head, and note it where it holds or is evidence; gives what is wrong with it."""
        kept = self.line_of(artist)
        try:
            head = self.verified(artist, text)
            self.found.append(_Found(head, self.followed(artist, head.claims, kept)))
        except _Contradiction as found:
            with self.store.transaction(Part.JOURNAL):
                kept_heads.note_conflict(self.store, artist, found.kind, kept, text, found.n, self.now)
            return LedgerForked(host=self.service.host, name=self.name_of(artist), n=found.n)
        except (HeadTooOld, HeadNotGenuine, HeadKeyUnknown, Nonsense) as problem:
            return problem
        return None

    def name_of(self, artist: str) -> str:
        cards = heard.artists(self.store, [artist])
        return cards[0].name if cards else artist

    def verified(self, artist: str, text: str) -> VerifiedHead:
        claims = self.read(text)
        if claims.artist != artist:
            raise self.nonsense("it is the head of another ledger")
        if claims.epoch != self.epoch:
            # Restored in the middle of the round: the next one begins with that.
            raise self.nonsense("its signed head is from another time than its ledger")
        head = read_head(text)
        if not self.keys:
            self.keys = dict(meet_keys(self.store, self.service, self.now))
        match verify_head(head, self.keys):
            case SignatureFault.KEY_NOT_KNOWN:
                shown = self.shown_keys().get(head.jws.kid)
                fingerprint = shown.key.fingerprint if shown is not None else head.jws.kid
                raise HeadKeyUnknown(
                    host=self.service.host, name=self.name_of(artist), fingerprint=fingerprint
                )
            case SignatureFault.DOES_NOT_MATCH:
                raise HeadNotGenuine(host=self.service.host, name=self.name_of(artist))
            case verified:
                return verified

    def shown_keys(self) -> Mapping[str, ServiceKey]:
        return _shown_keys(self.service, self.now)

    # -- what it has to fit

    def line_of(self, artist: str) -> KeptHead | None:
        """The highest head kept, unless the service went back behind it and everything was fetched anew.

        That is told as a restore, so here it is evidence and nothing more: what is kept begins anew.
        """
        kept = kept_heads.highest(self.store, artist, self.epoch)
        if kept is None or kept.stream == kept_heads.current_stream(self.store) or self.holds(artist, kept):
            return kept
        with self.store.transaction(Part.JOURNAL):
            n = min(kept.claims.size, self.tips[artist].n + 1)
            kept_heads.note_conflict(self.store, artist, ConflictKind.WENT_BACK, kept, "", n, self.now)
        return None

    def holds(self, artist: str, kept: KeptHead) -> bool:
        """Whether the entries that are here go through the head that was kept."""
        if kept.claims.size > self.tips[artist].n:
            return False
        return receipts.head_at(self.store, ArtistId(artist), kept.claims.size) == kept.claims.head

    def followed(self, artist: str, claims: SignedHead, kept: KeptHead | None) -> CompactRange:
        """The tree over the entries that are here; the head is found to follow from them and from `kept`.

        Raises _Contradiction, HeadTooOld.
        """
        if kept is not None and claims.contradicts(kept.claims):
            raise _Contradiction(ConflictKind.FORKED, claims.size)
        tip, due = self.tips[artist], [claims]
        if kept is not None:
            due.append(kept.claims)
        seen = max(tip.n, kept.claims.size if kept is not None else 0)
        if claims.size < seen:
            self.refuse_older(artist, claims, seen)
        tree = self.extended(artist, kept.tree if kept is not None else CompactRange(), due)
        if claims.size > tip.n:
            self.lead_on(artist, tree, claims)
        return tree

    def refuse_older(self, artist: str, claims: SignedHead, seen: int) -> None:
        """An older head is out of date where it is true, and evidence where it is not."""
        self.extended(artist, CompactRange(), [claims], claims.size)
        raise HeadTooOld(host=self.service.host, name=self.name_of(artist), n=claims.size, seen=seen)

    def extended(
        self, artist: str, tree: CompactRange, due: list[SignedHead], end: int | None = None
    ) -> CompactRange:
        """The tree with the entries that are here behind it; those heads that it passes have to fit."""
        heads = {each.size: each for each in due}
        if tree.size == 0 and 0 in heads and heads[0].root != tree.root().hex():
            raise _Contradiction(ConflictKind.NOT_ITS_ENTRIES, 0)
        end = self.tips[artist].n if end is None else end
        while tree.size < end:
            some = receipts.entries_after(
                self.store, ArtistId(artist), tree.size, min(_AT_ONCE, end - tree.size)
            )
            assert some, "the entries of a ledger are here without a gap"
            for entry in some:
                tree, _ = tree.append(leaf_hash(entry_bytes(entry)))
                head = heads.get(tree.size)
                if head is not None and (head.root, head.head) != (tree.root().hex(), entry.head):
                    raise _Contradiction(ConflictKind.NOT_ITS_ENTRIES, tree.size)
        return tree

    def lead_on(self, artist: str, tree: CompactRange, claims: SignedHead) -> None:
        """The service has more than came here: it has to show that this begins with what did."""
        reply = self.service.consistency(ArtistId(artist), tree.size, claims.size)
        if (reply.first, reply.second) != (tree.size, claims.size):
            raise self.nonsense("it proves something else than was asked")
        try:
            path = read_path(reply.path)
        except MalformedHead as error:
            raise self.nonsense("a proof cannot be read") from error
        if not verify_consistency(tree.size, claims.size, path, tree.root(), bytes.fromhex(claims.root)):
            raise _Contradiction(ConflictKind.FORKED, tree.size + 1)

    # -- what is kept

    def keep(self) -> None:
        """Keep the heads that hold. They move the pins, by which a service that goes back is noticed."""
        if not self.found:
            return
        with self.store.transaction(Part.JOURNAL):
            for each in self.found:
                kept_heads.keep(self.store, each.head.text, each.head.claims, each.tree, self.now)
            journal.note_pins(self.store, {f.head.claims.artist: f.head.claims.pin for f in self.found})
