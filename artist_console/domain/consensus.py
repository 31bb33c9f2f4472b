"""The consensus board of a work: everybody whose agreement is needed, by right and territory.

What stands here may be shown to the artist it is made for. Of an artist who does not share answers neither
name nor answer leaves this module: others are told as "everyone agreed" or "not everyone has agreed"
(PRODUCT, rule 6). The outcome is not told either, since a refusal would show in it. Money is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from .answers import PartyAnswer, Silence
from .decisions import AnswerKind
from .facts import FactBook
from .ids import ArtistId, FactId, PartyId, ProgrammeId, WorkId
from .parties import Party, Stakeholder, Standing, split_fault
from .permission import Permission, Question, permission
from .phrases import Sentence, say
from .registers import Subject, SubjectKind
from .trace import FactKind
from .uses import Right, Use
from .works import Work


class Agreed(Enum):
    """What all together come to."""

    EVERYONE = "everyone"
    NOT_EVERYONE = "not_everyone"
    NOBODY_NEEDED = "nobody_needed"  # no agreement is known to be needed: that is nobody's yes


class AgreeState(Enum):
    """How one row of the board stands. All but AGREED count as not agreed."""

    AGREED = "agreed"
    REFUSED = "refused"
    LAPSED = "lapsed"  # a yes that has ended, was for earlier terms, or on conditions that are not met
    PROPOSED = "proposed"
    NO_ANSWER_YET = "no_answer_yet"
    ASKED_AGAIN = "asked_again"
    UNREACHABLE = "unreachable"
    UNKNOWN_PARTY = "unknown_party"
    NOT_SHARED = "not_shared"
    SPLIT_FAULT = "split_fault"
    DISPUTED = "disputed"
    DIFFERS = "differs"


STATE_WORDS: dict[AgreeState, str] = {
    AgreeState.AGREED: "Agreed",
    AgreeState.REFUSED: "Refused",
    AgreeState.LAPSED: "That yes does not hold now",
    AgreeState.PROPOSED: "Waits for co-signature",
    AgreeState.NO_ANSWER_YET: "No answer yet",
    AgreeState.ASKED_AGAIN: "Asked again",
    AgreeState.UNREACHABLE: "Could not be reached",
    AgreeState.UNKNOWN_PARTY: "Nobody is recorded",
    AgreeState.NOT_SHARED: "Not shared with you",
    AgreeState.SPLIT_FAULT: "Shares do not add up",
    AgreeState.DISPUTED: "Shares are disputed",
    AgreeState.DIFFERS: "Differs",
}
AGREED_WORDS: dict[Agreed, str] = {
    Agreed.EVERYONE: "Everyone agreed",
    Agreed.NOT_EVERYONE: "Not everyone has agreed",
    Agreed.NOBODY_NEEDED: "Nobody's agreement is known to be needed",
}
STANDING_WORDS: dict[Standing, str] = {
    Standing.CONTROLS: "Controls it",
    Standing.SHARES: "Co-owner",
    Standing.APPROVES: "Has a say by contract",
    Standing.PERSONAL: "Their own voice, name and image",
}
BY_PROMISE = "Asked because an agreement promises to ask."
NOBODY = "Nobody is recorded for this right. Nobody is never everybody."
WRONG_TOTAL = (
    "The shares add up to {percent} %, not to 100 %. Until that is cleared up it counts as not agreed."
)
DISPUTED = "The shares are disputed. Until that is cleared up it counts as not agreed."

Cell = tuple[ProgrammeId | None, Use]


@dataclass(frozen=True, slots=True)
class CellState:
    """How a row stands for one programme and use in one place."""

    programme: ProgrammeId | None
    use: Use
    place: str | None  # None: everywhere that no other row of this holder names
    state: AgreeState


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One holder of one right; or what stands in the way where there is none to name."""

    party: PartyId | None  # None: nobody is known, or who it is is not shared
    holder: str  # name; empty where there is none to tell
    is_own: bool  # the artist whose board it is
    share_bp: int | None  # basis points
    standing: Standing | None  # None: asked by a licensor's promise, or nobody is known
    territories: tuple[str, ...]  # codes; ("WW",) everywhere
    state: AgreeState
    words: str  # as recorded: what was said or tried
    reason: Sentence | None  # in the application's words, where there is something to explain
    records: tuple[FactId, ...]  # the recorded answers that it rests on
    answers_here: bool  # has a ledger: answers by decisions, never by a record
    cells: tuple[CellState, ...]  # one for each that was asked about; empty where it is not shared


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """All whose agreement is needed for one right of one recording, song or person."""

    right: Right
    carrier: str  # WorkId, or PartyId of a person
    title: str
    rows: tuple[BoardRow, ...]
    agreed: Agreed
    others: Agreed | None  # those who do not share, together; None where there are none


@dataclass(frozen=True, slots=True)
class Board:
    """The consensus board of one work for the programmes and uses in `cells`, taken together."""

    artist: ArtistId
    work: WorkId
    title: str
    cells: tuple[Cell, ...]
    groups: tuple[BoardGroup, ...]
    agreed: Agreed

    @property
    def everyone_agreed(self) -> bool:
        return self.agreed is Agreed.EVERYONE


def consensus(
    artist: ArtistId, work: Work, cells: Sequence[Cell], facts: FactBook, instant: datetime
) -> Board:
    """Who has to agree that these programmes use a work so, and who has, as far as it may be told."""
    asked: list[_Asked] = []
    subject = Subject(SubjectKind.WORK, work.id)
    for programme, use in cells:
        question = Question(artist, subject, programme, use, instant)
        asked.append(_Asked(programme, use, None, permission(question, facts)))
        for place in _named_places(work, programme, facts):
            here = Question(artist, subject, programme, use, instant, place)
            asked.append(_Asked(programme, use, place, permission(here, facts)))
    groups = tuple(
        _group(artist, right, carrier, found, facts, instant)
        for (right, carrier), found in _by_right(work, asked).items()
    )
    everything = [answer for each in asked for answer in each.found.needed]
    return Board(artist, work.id, work.title, tuple(cells), groups, _together(everything))


@dataclass(frozen=True, slots=True)
class _Asked:
    """One answer of the rule, and what it was asked about."""

    programme: ProgrammeId | None
    use: Use
    place: str | None
    found: Permission


@dataclass(frozen=True, slots=True)
class _Said:
    """One party's answer for one cell in one place."""

    asked: _Asked
    answer: PartyAnswer

    @property
    def holder(self) -> str:
        """The stakeholder row behind it; empty where the say comes from a promise, or nobody is known."""
        if self.answer.party is None:
            return ""
        return next((f.id for f in self.answer.facts if f.kind == FactKind.STAKEHOLDER.value), "")


def _named_places(work: Work, programme: ProgrammeId | None, facts: FactBook) -> tuple[str, ...]:
    """Every place that the facts about a work name: the answers may differ there."""
    named: set[str] = set()
    for carrier in (work.id, *work.compositions):
        for holder in facts.stakeholders.get(carrier, ()):
            named |= holder.territories.named
        for control in facts.controls.get(WorkId(carrier), ()):
            named |= control.territories.named
    for agreement in facts.agreements.get(programme, ()) if programme else ():
        named |= agreement.territories.named
    return tuple(sorted(named))


def _by_right(work: Work, asked: Iterable[_Asked]) -> dict[tuple[Right, str], list[_Said]]:
    """The answers by what they are about: the recording first, then its songs in order."""
    found: dict[tuple[Right, str], list[_Said]] = {}
    for each in asked:
        for answer in each.found.needed:
            found.setdefault((answer.right, answer.carrier), []).append(_Said(each, answer))
    order = [work.id, *work.compositions]
    rights = list(Right)

    def place(pair: tuple[Right, str]) -> tuple[int, int, str]:
        carrier = pair[1]
        return (
            order.index(WorkId(carrier)) if carrier in order else len(order),
            rights.index(pair[0]),
            carrier,
        )

    return {pair: found[pair] for pair in sorted(found, key=place)}


def _group(
    artist: ArtistId,
    right: Right,
    carrier: str,
    said: Sequence[_Said],
    facts: FactBook,
    instant: datetime,
) -> BoardGroup:
    rows = tuple(_rows(artist, right, carrier, said, facts, instant))
    hidden = [
        each.answer
        for each in said
        if each.answer.party is not None and not _tells(each.answer.party, artist, facts)
    ]
    return BoardGroup(
        right=right,
        carrier=carrier,
        title=_title(carrier, artist, facts),
        rows=rows,
        agreed=_together([each.answer for each in said]),
        others=_together(hidden) if hidden else None,
    )


def _rows(
    artist: ArtistId,
    right: Right,
    carrier: str,
    said: Sequence[_Said],
    facts: FactBook,
    instant: datetime,
) -> Iterator[BoardRow]:
    """The artist's own row first, then those who share, then those who do not, then what is missing."""
    held = {row.id: row for row in facts.stakeholders.get(carrier, ())}
    by_holder: dict[tuple[PartyId, str], list[_Said]] = {}
    nobody: dict[AgreeState, list[_Said]] = {}
    for each in said:
        if each.answer.party is not None:
            by_holder.setdefault((each.answer.party, each.holder), []).append(each)
        else:
            nobody.setdefault(_missing(each, right, held.values(), instant), []).append(each)
    made = [
        _row(artist, party, held.get(FactId(holder)), found, facts)
        for (party, holder), found in by_holder.items()
    ]
    yield from sorted(made, key=_place_of_row)
    for state, found in nobody.items():
        yield _missing_row(state, right, held.values(), found, instant)


def _place_of_row(row: BoardRow) -> tuple[bool, bool, str, tuple[str, ...], int, str]:
    # Those who do not share stand in the order of what is told of them: any other order would tell more.
    standing = row.standing.value if row.standing else ""
    return (
        not row.is_own,
        row.party is None,
        row.holder.casefold(),
        row.territories,
        -(row.share_bp or 0),
        standing,
    )


def _row(
    artist: ArtistId, party: PartyId, holder: Stakeholder | None, said: Sequence[_Said], facts: FactBook
) -> BoardRow:
    places = holder.territories.codes if holder is not None else _codes(said)
    share = holder.share_bp if holder is not None else None
    standing = holder.standing if holder is not None else None
    reason = say(BY_PROMISE) if holder is None else None
    if not _tells(party, artist, facts):
        state = AgreeState.NOT_SHARED
        return BoardRow(None, "", False, share, standing, places, state, "", reason, (), True, ())
    known = facts.parties.get(party)
    cells = tuple(CellState(s.asked.programme, s.asked.use, s.asked.place, _state_of(s.answer)) for s in said)
    words = tuple(dict.fromkeys(s.answer.words for s in said if s.answer.words))
    records = [f.id for s in said for f in s.answer.facts if f.kind == FactKind.RECORDED_ANSWER.value]
    return BoardRow(
        party=party,
        holder=known.name if known is not None else "",
        is_own=party == artist,
        share_bp=share,
        standing=standing,
        territories=places,
        state=_common(cells),
        words=" · ".join(words),
        reason=reason,
        records=tuple(FactId(id) for id in dict.fromkeys(records)),
        answers_here=known is not None and known.is_artist,
        cells=cells,
    )


def _missing(said: _Said, right: Right, held: Iterable[Stakeholder], instant: datetime) -> AgreeState:
    """Why a right has a silent stakeholder without a name, in one place."""
    if said.answer.silence is Silence.UNKNOWN_PARTY:
        return AgreeState.UNKNOWN_PARTY
    fault = split_fault(right, _present(right, held, said.asked.place, instant))
    return AgreeState.DISPUTED if fault is None or fault.total_bp is None else AgreeState.SPLIT_FAULT


def _missing_row(
    state: AgreeState, right: Right, held: Iterable[Stakeholder], said: Sequence[_Said], instant: datetime
) -> BoardRow:
    total: int | None = None
    reason = say(NOBODY)
    if state is AgreeState.DISPUTED:
        reason = say(DISPUTED)
    elif state is AgreeState.SPLIT_FAULT:
        fault = split_fault(right, _present(right, held, said[0].asked.place, instant))
        total = fault.total_bp if fault is not None else None
        reason = say(WRONG_TOTAL, percent=percent(total or 0))
    cells = tuple(CellState(s.asked.programme, s.asked.use, s.asked.place, state) for s in said)
    return BoardRow(None, "", False, total, None, _codes(said), state, "", reason, (), False, cells)


def _present(
    right: Right, held: Iterable[Stakeholder], place: str | None, instant: datetime
) -> tuple[Stakeholder, ...]:
    return tuple(
        row
        for row in held
        if row.right is right and row.period.contains(instant) and row.territories.covers(place)
    )


def _codes(said: Sequence[_Said]) -> tuple[str, ...]:
    """Where something holds that has no territories of its own: everywhere, or the places it was met in."""
    places = {each.asked.place for each in said}
    return ("WW",) if None in places else tuple(sorted(place for place in places if place is not None))


_SILENCE: Mapping[Silence, AgreeState] = {
    Silence.UNKNOWN_PARTY: AgreeState.UNKNOWN_PARTY,
    Silence.SPLIT_FAULT: AgreeState.SPLIT_FAULT,
    Silence.UNREACHABLE: AgreeState.UNREACHABLE,
    Silence.NO_ANSWER_YET: AgreeState.NO_ANSWER_YET,
    Silence.CAME_BACK: AgreeState.ASKED_AGAIN,
    Silence.NOT_SHARED: AgreeState.NOT_SHARED,
}


def _state_of(answer: PartyAnswer) -> AgreeState:
    match answer.answer.kind:
        case AnswerKind.ALLOWED:
            return AgreeState.AGREED
        case AnswerKind.REFUSED:
            return AgreeState.REFUSED
        case AnswerKind.UNDECIDED:
            if answer.has_proposal:
                return AgreeState.PROPOSED
            return _SILENCE[answer.silence or Silence.NO_ANSWER_YET]
        case _:
            return AgreeState.LAPSED


def _common(cells: Iterable[CellState]) -> AgreeState:
    states = {cell.state for cell in cells}
    return next(iter(states)) if len(states) == 1 else AgreeState.DIFFERS


def _together(answers: Sequence[PartyAnswer]) -> Agreed:
    if not answers:
        return Agreed.NOBODY_NEEDED
    agreed = all(answer.answer.kind is AnswerKind.ALLOWED for answer in answers)
    return Agreed.EVERYONE if agreed else Agreed.NOT_EVERYONE


def _tells(party: PartyId, artist: ArtistId, facts: FactBook) -> bool:
    """Whether the artist may know who this is and what was answered: the rule of `sentences`."""
    known = facts.parties.get(party)
    return party == artist or (known is not None and may_be_told(known))


def may_be_told(party: Party) -> bool:
    """An artist shares or does not; what anybody else answered is recorded by those who see it."""
    return party.shares_answers or not party.is_artist


def _title(carrier: str, artist: ArtistId, facts: FactBook) -> str:
    work = facts.works.get(WorkId(carrier))
    if work is not None:
        return f"{work.title} ({work.version})" if work.version else work.title
    party = facts.parties.get(PartyId(carrier))
    return party.name if party is not None and _tells(party.id, artist, facts) else ""


def percent(basis_points: int) -> str:
    """Exact, without what is not needed: 10000 is 100, 3333 is 33.33."""
    whole, rest = divmod(abs(basis_points), 100)
    digits = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return f"-{digits}" if basis_points < 0 else digits
