"""Who holds which right of what, worked out from contracts and from what the artist's side says it owns.

For each right of each work the places and days are cut where a contract begins, ends or stops to apply. In
each piece counts, in this order: the contracts that hold there (of several the one that leaves the artist the
least), a contract from which the rights have come back, what the artist says it owns, what was known before.
The id of each row leads back to its contract or statement of ownership (`origin_of`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from .contract_pieces import Piece, both_periods, cut, power_of
from .contracts import (
    OWNED_RIGHTS,
    Contract,
    Hold,
    Owned,
    Owner,
    Ownership,
    clause_in_words,
    contract_in_words,
)
from .facts import FactBook
from .ids import ArtistId, FactId, PartyId, ReleaseId, WorkId
from .parties import WHOLE_BP, PartyKind, Stakeholder, Standing
from .phrases import day_in_words
from .uses import PERSONAL_RIGHTS, SONG_RIGHTS, Right
from .work_kinds import WorkKind
from .works import RelationKind, Work

NameOf = Callable[[Contract], str]


class OriginKind(Enum):
    CONTRACT = "contract"
    OWNERSHIP = "ownership"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a derived row was worked out from."""

    kind: OriginKind
    id: FactId


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two things that were signed or said do not fit; the one that leaves the artist less counts."""

    subject: str
    right: Right
    counted: Origin
    other: Origin


@dataclass(frozen=True, slots=True)
class OwnHolders:
    """The rows of one artist's side, and where what was signed does not fit together."""

    rows: tuple[Stakeholder, ...]
    doubts: tuple[Doubt, ...]


def origin_of(row: str) -> Origin | None:
    """What a derived row leads back to, by its id; None for a row that was not derived."""
    kind, _, rest = row.partition(":")
    for each in OriginKind:
        if kind == each.value and rest:
            return Origin(each, FactId(rest.partition(":")[0]))
    return None


def own_holders(
    artist: ArtistId,
    contracts: Iterable[Contract],
    ownerships: Iterable[Ownership],
    book: FactBook,
    name_of: NameOf,
) -> OwnHolders:
    """The rows for all works of an artist. The order in which contracts are given is irrelevant."""
    return _Maker(artist, contracts, ownerships, book, name_of).make()


def own_works(artist: ArtistId, book: FactBook) -> tuple[Work, ...]:
    """All works of an artist, those that were merged once."""
    own = {work.id: work for work in book.works.values() if artist in work.artists}
    return tuple(own[id] for id in sorted(own))


def covered_works(
    own: Iterable[Work], works: Iterable[WorkId], releases: Iterable[ReleaseId], book: FactBook
) -> tuple[Work, ...]:
    """Those of the own works that a contract or statement names; all of them where it names none.

    With a recording goes the song in it: which rights are meant says the contract.
    """
    named, on = {book.works[id].id for id in works if id in book.works}, frozenset(releases)
    if not on and not tuple(works):
        return tuple(own)
    chosen = {
        work.id
        for work in own
        if work.id in named or any(held.release in on for held in book.memberships.get(work.id, ()))
    }
    songs = {song for id in chosen for song in book.works[id].compositions}
    return tuple(work for work in own if work.id in chosen or work.id in songs)


def carriers(right: Right, works: Iterable[Work], artist: ArtistId, book: FactBook) -> frozenset[str]:
    """The works that carry a right: a song its own; a recording whose song is not known, the song's too."""
    found: set[str] = set()
    for work in works:
        is_song = work.kind is WorkKind.COMPOSITION
        if right in SONG_RIGHTS:
            covers = any(relation.kind is RelationKind.COVERS for relation in work.relations)
            if is_song or not (work.compositions or covers):
                found.add(work.id)
        elif right is Right.MORAL or not is_song:
            found.add(work.id)
    if right in PERSONAL_RIGHTS:
        party = book.parties.get(artist)
        if party is not None and party.kind is PartyKind.PERSON:
            found.add(artist)
    return frozenset(found)


@dataclass(slots=True)
class _Said:
    """What names one right of one work."""

    contracts: list[Contract]
    ownerships: list[Ownership]


class _Maker:
    def __init__(
        self,
        artist: ArtistId,
        contracts: Iterable[Contract],
        ownerships: Iterable[Ownership],
        book: FactBook,
        name_of: NameOf,
    ) -> None:
        self._artist, self._book, self._name_of = artist, book, name_of
        self._contracts = sorted((c for c in contracts if c.artist == artist), key=lambda c: c.id)
        self._ownerships = sorted((o for o in ownerships if o.artist == artist), key=lambda o: o.id)
        self._own = own_works(artist, book)
        self._pieces: dict[tuple[str, ...], tuple[Piece, ...]] = {}
        self._sources: dict[tuple[str, ...], str] = {}

    def make(self) -> OwnHolders:
        rows: list[Stakeholder] = []
        doubts: dict[Doubt, None] = {}
        for (subject, right), said in sorted(
            self._said().items(), key=lambda pair: (pair[0][0], pair[0][1].value)
        ):
            ownership = _closest(said.ownerships)
            pieces = self._pieces_of(said.contracts, ownership)
            rows += self._rows(subject, right, pieces)
            doubts.update((doubt, None) for doubt in self._doubts(subject, right, pieces))
            doubts.update((doubt, None) for doubt in _torn(subject, right, said.ownerships, ownership))
        return OwnHolders(tuple(rows), tuple(doubts))

    def _said(self) -> Mapping[tuple[str, Right], _Said]:
        found: defaultdict[tuple[str, Right], _Said] = defaultdict(lambda: _Said([], []))
        for contract in self._contracts:
            if contract.standing is not None:
                works = covered_works(self._own, contract.works, contract.releases, self._book)
                for right in contract.granted:
                    for subject in carriers(right, works, self._artist, self._book):
                        found[subject, right].contracts.append(contract)
        for ownership in self._ownerships:
            if ownership.standing is not None:
                works = covered_works(self._own, ownership.works, ownership.releases, self._book)
                for right in OWNED_RIGHTS[ownership.of]:
                    for subject in carriers(right, works, self._artist, self._book):
                        if subject != self._artist or ownership.owner is Owner.MINE:
                            found[subject, right].ownerships.append(ownership)
        return found

    def _pieces_of(self, contracts: Sequence[Contract], ownership: Ownership | None) -> tuple[Piece, ...]:
        """Many works share their pieces: cut once for each combination of what names them."""
        key = (*(c.id for c in contracts), "|", ownership.id if ownership else "")
        if key not in self._pieces:
            self._pieces[key] = tuple(cut(contracts, ownership))
        return self._pieces[key]

    # Rows

    def _rows(self, subject: str, right: Right, pieces: Sequence[Piece]) -> list[Stakeholder]:
        former = [
            row
            for row in self._book.stakeholders.get(subject, ())
            if row.party == self._artist and row.right is right
        ]
        rows: list[Stakeholder] = []
        for n, piece in enumerate(pieces):
            if piece.contracts:
                rows.append(self._under_contract(subject, right, piece, n, former))
                rows += self._other_sides(subject, right, piece, n)
            elif piece.returned is not None or piece.ownership is not None:
                rows.append(self._without_contract(subject, right, piece, n))
            else:
                rows += _kept(former, piece, n)
        return rows

    def _under_contract(
        self, subject: str, right: Right, piece: Piece, n: int, former: Sequence[Stakeholder]
    ) -> Stakeholder:
        counts = piece.contracts[0]
        share, disputed = self._own_share(piece, former)
        assert counts.standing is not None, "only those with a standing are asked"
        return Stakeholder(
            FactId(f"{OriginKind.CONTRACT.value}:{counts.id}:{subject}:{right.value}:own:{n}"),
            self._artist,
            subject,
            right,
            counts.standing,
            counts.recorded,
            share,
            piece.places,
            piece.period,
            self._source(piece),
            disputed,
        )

    def _own_share(self, piece: Piece, former: Sequence[Stakeholder]) -> tuple[int | None, bool]:
        """What is left to the artist of what is owned together, and whether that can be."""
        parts = [c.share_bp for c in piece.contracts if c.hold is Hold.SHARES and c.share_bp is not None]
        if parts:
            left = WHOLE_BP - sum(parts)
            return (left, False) if left > 0 else (None, True)
        if piece.ownership is not None and not any(c.hold is Hold.OWNS for c in piece.contracts):
            return _share_of(piece.ownership), False
        # What was known of the split stays known: a contract that does not speak of it mends no fault.
        shares = {row.share_bp for row in former}
        share = shares.pop() if len(shares) == 1 else None
        given_away = share == WHOLE_BP and any(c.hold is Hold.OWNS for c in piece.contracts)
        return (None if given_away else share), any(row.disputed for row in former)

    def _other_sides(self, subject: str, right: Right, piece: Piece, n: int) -> list[Stakeholder]:
        rows: dict[PartyId, Stakeholder] = {}
        for contract in sorted(piece.contracts, key=lambda c: (c.hold is Hold.SHARES, c.id)):
            together = contract.hold is Hold.SHARES
            party = contract.other_side
            row = Stakeholder(
                FactId(f"{OriginKind.CONTRACT.value}:{contract.id}:{subject}:{right.value}:other:{n}"),
                party,
                subject,
                right,
                Standing.SHARES if together else Standing.CONTROLS,
                contract.recorded,
                contract.share_bp if together else None,
                piece.places,
                piece.period,
                contract_in_words(contract, self._name_of(contract)),
            )
            rows.setdefault(party, row)
        return list(rows.values())

    def _without_contract(self, subject: str, right: Right, piece: Piece, n: int) -> Stakeholder:
        """The artist's row where no contract holds."""
        said, back = piece.ownership, piece.returned
        if said is not None and said.owner is Owner.SOMEBODY_ELSE and back is not None:
            said = None  # that was so while the contract held
        kind, origin = (OriginKind.OWNERSHIP, said) if said is not None else (OriginKind.CONTRACT, back)
        assert origin is not None, "one of the two speaks here"
        standing = said.standing if said is not None else Standing.CONTROLS
        assert standing is not None, "an ownership that says nothing is not asked"
        source = f"Stated by the artist's side on {day_in_words(origin.recorded.at.date())}"
        if back is not None and back.reversion_on is not None:
            returned = contract_in_words(back, self._name_of(back))
            source = f"{returned}: the rights came back on {day_in_words(back.reversion_on)}"
        return Stakeholder(
            FactId(f"{kind.value}:{origin.id}:{subject}:{right.value}:own:{n}"),
            self._artist,
            subject,
            right,
            standing,
            origin.recorded,
            _share_of(said) if said is not None else None,
            piece.places,
            piece.period,
            source,
        )

    def _source(self, piece: Piece) -> str:
        key = tuple(contract.id for contract in piece.contracts)
        if key not in self._sources:
            counts, *rest = piece.contracts
            words = clause_in_words(counts, self._name_of(counts))
            others = [
                clause_in_words(other, self._name_of(other))
                for other in rest
                if other.standing is not counts.standing
            ]
            if others:
                words = f"{words}. Another contract says otherwise: {'; '.join(others)}"
            self._sources[key] = words
        return self._sources[key]

    # Doubts

    def _doubts(self, subject: str, right: Right, pieces: Sequence[Piece]) -> Iterable[Doubt]:
        for piece in pieces:
            if not piece.contracts:
                continue
            counts, *rest = piece.contracts
            counted = Origin(OriginKind.CONTRACT, counts.id)
            for other in rest:
                if other.standing is not counts.standing:
                    yield Doubt(subject, right, counted, Origin(OriginKind.CONTRACT, other.id))
            owners = [c for c in piece.contracts if c.hold in (Hold.OWNS, Hold.SHARES)]
            if piece.ownership is not None and piece.ownership.owner is Owner.MINE and owners:
                said = Origin(OriginKind.OWNERSHIP, piece.ownership.id)
                yield Doubt(subject, right, Origin(OriginKind.CONTRACT, owners[0].id), said)


def _share_of(said: Ownership) -> int | None:
    if said.owner is Owner.SHARED:
        return said.share_bp
    return WHOLE_BP if said.owner is Owner.MINE and said.of is not Owned.VOICE else None


def _closest(said: Sequence[Ownership]) -> Ownership | None:
    """What is said of named works stands before what is said of all; of several, what claims least."""
    named = [each for each in said if each.works or each.releases]
    return min(named or said, key=lambda each: (power_of(each.standing), each.id), default=None)


def _torn(subject: str, right: Right, said: Sequence[Ownership], counts: Ownership | None) -> Iterable[Doubt]:
    if counts is None:
        return
    for other in said:
        same_width = bool(other.works or other.releases) == bool(counts.works or counts.releases)
        if other.standing is not counts.standing and same_width:
            kind = OriginKind.OWNERSHIP
            yield Doubt(subject, right, Origin(kind, counts.id), Origin(kind, other.id))


def least_power(rows: Iterable[Stakeholder]) -> Stakeholder | None:
    """Of several rows the one with which an answer can do least; None of no rows."""
    return min(rows, key=lambda row: (power_of(row.standing), row.id), default=None)


def _kept(former: Iterable[Stakeholder], piece: Piece, n: int) -> Iterable[Stakeholder]:
    """What was known of the artist before, as far as nothing else is said of these places and days."""
    for row in former:
        places = row.territories.within(piece.places)
        period = both_periods(row.period, piece.period)
        if places is not None and period is not None:
            yield replace(row, id=FactId(f"kept:{n}:{row.id}"), territories=places, period=period)
