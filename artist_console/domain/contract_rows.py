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
from .periods import Recorded
from .phrases import day_in_words
from .uses import PERSONAL_RIGHTS, SONG_RIGHTS, Right
from .work_kinds import WorkKind
from .works import RelationKind, Work

NameOf = Callable[[Contract], str]


# In the source of a row: that it names no contract, and that it names several.
STATED_HERE = "Stated by the artist's side"
OTHERWISE = "Another contract says otherwise"


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


@dataclass(frozen=True, slots=True)
class _OwnShare:
    """The artist's share beside a contract. `as_before`: the one that was known."""

    share_bp: int | None
    disputed: bool = False
    as_before: bool = False
    given_away: bool = False


@dataclass(frozen=True, slots=True)
class _Template:
    """A row but for the work and the right that it is about."""

    before: str  # of its id
    after: str
    party: PartyId
    standing: Standing
    recorded: Recorded
    share_bp: int | None
    piece: Piece
    source: str
    own_share: _OwnShare | None = None  # beside a contract, or after it


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the same contracts and statements come to, for whatever work and right they name."""

    templates: tuple[_Template, ...]
    kept: tuple[tuple[int, Piece], ...]  # pieces in which what was known before stays
    doubts: tuple[tuple[Origin, Origin], ...]
    asks_what_was: bool


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
        self._plans: dict[tuple[str, ...], _Plan] = {}

    def make(self) -> OwnHolders:
        rows: list[Stakeholder] = []
        doubts: dict[Doubt, None] = {}
        said = self._said()
        for subject, right in sorted(said, key=lambda pair: (pair[0], pair[1].value)):
            about = said[subject, right]
            plan = self._plan_of(about)
            rows += self._rows(subject, right, plan)
            if plan.doubts:
                doubts.update((Doubt(subject, right, *pair), None) for pair in plan.doubts)
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

    def _plan_of(self, said: _Said) -> _Plan:
        """Many works share what names them: planned once for each combination."""
        key = (*(c.id for c in said.contracts), "|", *(o.id for o in said.ownerships))
        if key not in self._plans:
            self._plans[key] = self._plan(said)
        return self._plans[key]

    def _plan(self, said: _Said) -> _Plan:
        ownership = _closest(said.ownerships)
        templates: list[_Template] = []
        kept: list[tuple[int, Piece]] = []
        doubts: list[tuple[Origin, Origin]] = list(_torn(said.ownerships, ownership))
        for n, piece in enumerate(cut(said.contracts, ownership)):
            if piece.contracts:
                templates += [self._under_contract(piece, n), *self._other_sides(piece, n)]
                doubts += _doubts(piece)
            elif piece.returned is not None or piece.ownership is not None:
                templates.append(self._without_contract(piece, n))
            else:
                kept.append((n, piece))
        shares = (template.own_share for template in templates)
        asks = bool(kept) or any(share is not None and share.as_before for share in shares)
        return _Plan(tuple(templates), tuple(kept), tuple(doubts), asks)

    # Rows

    def _rows(self, subject: str, right: Right, plan: _Plan) -> list[Stakeholder]:
        former: list[Stakeholder] = []
        if plan.asks_what_was:
            former = [
                row
                for row in self._book.stakeholders.get(subject, ())
                if row.party == self._artist and row.right is right
            ]
        rows = [_row(template, subject, right, former) for template in plan.templates]
        for n, piece in plan.kept if former else ():
            rows += _kept(former, piece, n)
        return rows

    def _under_contract(self, piece: Piece, n: int) -> _Template:
        counts = piece.contracts[0]
        assert counts.standing is not None, "only those with a standing are asked"
        share = _own_share(piece)
        return _Template(
            f"{OriginKind.CONTRACT.value}:{counts.id}:",
            f":own:{n}",
            self._artist,
            counts.standing,
            counts.recorded,
            share.share_bp,
            piece,
            self._source(piece),
            share,
        )

    def _other_sides(self, piece: Piece, n: int) -> list[_Template]:
        found: dict[PartyId, _Template] = {}
        for contract in sorted(piece.contracts, key=lambda c: (c.hold is Hold.SHARES, c.id)):
            together = contract.hold is Hold.SHARES
            template = _Template(
                f"{OriginKind.CONTRACT.value}:{contract.id}:",
                f":other:{n}",
                contract.other_side,
                Standing.SHARES if together else Standing.CONTROLS,
                contract.recorded,
                contract.share_bp if together else None,
                piece,
                contract_in_words(contract, self._name_of(contract)),
            )
            found.setdefault(template.party, template)
        return list(found.values())

    def _without_contract(self, piece: Piece, n: int) -> _Template:
        """The artist's row where no contract holds."""
        said, back = piece.ownership, piece.returned
        if said is not None and said.owner is Owner.SOMEBODY_ELSE and back is not None:
            said = None  # that was so while the contract held
        kind, origin = (OriginKind.OWNERSHIP, said) if said is not None else (OriginKind.CONTRACT, back)
        assert origin is not None, "one of the two speaks here"
        standing = said.standing if said is not None else Standing.CONTROLS
        assert standing is not None, "an ownership that says nothing is not asked"
        source = f"{STATED_HERE} on {day_in_words(origin.recorded.at.date())}"
        if back is not None and back.reversion_on is not None:
            returned = contract_in_words(back, self._name_of(back))
            source = f"{returned}: the rights came back on {day_in_words(back.reversion_on)}"
        return _Template(
            f"{kind.value}:{origin.id}:",
            f":own:{n}",
            self._artist,
            standing,
            origin.recorded,
            _share_of(said) if said is not None else None,
            piece,
            source,
            # Rights that came back bring their split with them, as disputed as it was.
            _OwnShare(None, as_before=True) if said is None else None,
        )

    def _source(self, piece: Piece) -> str:
        counts, *rest = piece.contracts
        words = clause_in_words(counts, self._name_of(counts))
        others = [
            clause_in_words(other, self._name_of(other))
            for other in rest
            if other.standing is not counts.standing
        ]
        return f"{words}. {OTHERWISE}: {'; '.join(others)}" if others else words


def _row(template: _Template, subject: str, right: Right, former: Sequence[Stakeholder]) -> Stakeholder:
    share, disputed = template.share_bp, False
    rule = template.own_share
    if rule is not None:
        disputed = rule.disputed
        if rule.as_before:
            # What was known of the split stays known: a contract that does not speak of it mends no fault.
            shares = {row.share_bp for row in former}
            share = shares.pop() if len(shares) == 1 else None
            share = None if share == WHOLE_BP and rule.given_away else share
            disputed = any(row.disputed for row in former)
    return Stakeholder(
        FactId(f"{template.before}{subject}:{right.value}{template.after}"),
        template.party,
        subject,
        right,
        template.standing,
        template.recorded,
        share,
        template.piece.places,
        template.piece.period,
        template.source,
        disputed,
    )


def _own_share(piece: Piece) -> _OwnShare:
    """What is left to the artist of what is owned together, and whether that can be."""
    parts = [c.share_bp for c in piece.contracts if c.hold is Hold.SHARES and c.share_bp is not None]
    if parts:
        left = WHOLE_BP - sum(parts)
        return _OwnShare(left) if left > 0 else _OwnShare(None, disputed=True)
    given_away = any(c.hold is Hold.OWNS for c in piece.contracts)
    if piece.ownership is not None and not given_away:
        return _OwnShare(_share_of(piece.ownership))
    return _OwnShare(None, as_before=True, given_away=given_away)


def _doubts(piece: Piece) -> Iterable[tuple[Origin, Origin]]:
    counts, *rest = piece.contracts
    counted = Origin(OriginKind.CONTRACT, counts.id)
    for other in rest:
        if other.standing is not counts.standing:
            yield counted, Origin(OriginKind.CONTRACT, other.id)
    owners = [c for c in piece.contracts if c.hold in (Hold.OWNS, Hold.SHARES)]
    if piece.ownership is not None and piece.ownership.owner is Owner.MINE and owners:
        yield Origin(OriginKind.CONTRACT, owners[0].id), Origin(OriginKind.OWNERSHIP, piece.ownership.id)


def _share_of(said: Ownership) -> int | None:
    if said.owner is Owner.SHARED:
        return said.share_bp
    return WHOLE_BP if said.owner is Owner.MINE and said.of is not Owned.VOICE else None


def _closest(said: Sequence[Ownership]) -> Ownership | None:
    """What is said of named works stands before what is said of all; of several, what claims least."""
    named = [each for each in said if each.works or each.releases]
    return min(named or said, key=lambda each: (power_of(each.standing), each.id), default=None)


def _torn(said: Sequence[Ownership], counts: Ownership | None) -> Iterable[tuple[Origin, Origin]]:
    if counts is None:
        return
    for other in said:
        same_width = bool(other.works or other.releases) == bool(counts.works or counts.releases)
        if other.standing is not counts.standing and same_width:
            kind = OriginKind.OWNERSHIP
            yield Origin(kind, counts.id), Origin(kind, other.id)


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
