"""The consensus board of a work, with what is recorded here of those who have no account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from artist_console.commands.asking import asked_cells
from artist_console.commands.console import Console
from artist_console.commands.names import operator_name, party_name, programme_name, use_words, work_title
from artist_console.domain.consensus import Board, Cell, consensus, may_be_told
from artist_console.domain.facts import FactBook, RecordedAnswer
from artist_console.domain.ids import ArtistId, FactId, PartyId, ProgrammeId, WorkId
from artist_console.domain.kept_answers import KeptAnswer
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import PartyStance, UseScope
from artist_console.domain.uses import Use, is_sensitive
from artist_console.domain.works import Work
from artist_console.store import mirror, private
from artist_console.store.private import PrivateKind

EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """What somebody without an account answered, as it is shown: in words, with its evidence."""

    id: FactId
    party: PartyId
    party_name: str
    subject: str  # WorkId, PartyId of a person, or "" for everything
    subject_title: str
    programme: ProgrammeId | None
    programme_name: str  # empty: every programme
    use: UseScope
    use_words: str
    stance: PartyStance
    on: date
    words: str
    source: str
    evidence_name: str  # of the attached file; empty where there is none
    evidence_sha256: str
    kept_here: bool  # recorded in this profile: it can be changed and removed here


@dataclass(frozen=True, slots=True)
class AskedUse:
    """A programme and use that the board can be asked about by itself."""

    programme: ProgrammeId
    programme_name: str
    operator_name: str
    use: Use
    asked: bool  # the programme asks for it today


@dataclass(frozen=True, slots=True)
class BoardView:
    """The board with the names that it is shown with."""

    board: Board
    artist_name: str
    title: str
    choices: tuple[AskedUse, ...]  # programmes that ask come first, each in the order of its uses
    names: Mapping[ProgrammeId, str]
    records: Mapping[FactId, RecordedRow]  # of those whom the board names


def consensus_board(
    console: Console,
    artist: ArtistId,
    work: WorkId,
    programme: ProgrammeId | None = None,
    use: Use | None = None,
) -> BoardView:
    """Who has to agree about a work, and who has: for one programme and use, or what is asked today.

    Without a use, voice and likeness are left out: they are answered one by one. Raises UnknownThing.
    """
    now = console.clock()
    facts = mirror.facts(console.store, now)
    known = known_work(facts, work)
    cells = cells_meant(facts, now, programme, use)
    board = consensus(artist, known, cells, facts, now)
    shown = {record for group in board.groups for row in group.rows for record in row.records}
    return BoardView(
        board=board,
        artist_name=party_name(facts, artist),
        title=work_title(facts, known.id),
        choices=_choices(facts, now),
        names={each.id: each.name for each in facts.programmes.values()},
        records={row.id: row for row in _recorded(console, facts) if row.id in shown},
    )


def recorded_answers(console: Console, party: PartyId | None = None) -> tuple[RecordedRow, ...]:
    """What is recorded of one party without an account, or of all of them; the latest first."""
    facts = mirror.facts(console.store, console.clock())
    found = [row for row in _recorded(console, facts) if party in (None, row.party)]
    return tuple(sorted(found, key=lambda row: (row.on, row.id), reverse=True))


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a right of a work here and may be named."""

    id: PartyId
    name: str


def holders(console: Console) -> tuple[Holder, ...]:
    """Everybody who may be named and holds something, by name."""
    facts = mirror.facts(console.store, console.clock())
    ids = {row.party for rows in facts.stakeholders.values() for row in rows}
    known = (facts.parties[id] for id in ids if id in facts.parties)
    found = [Holder(party.id, party.name) for party in known if may_be_told(party)]
    return tuple(sorted(found, key=lambda holder: (holder.name.casefold(), holder.id)))


def known_work(facts: FactBook, work: WorkId) -> Work:
    known = facts.works.get(work)
    if known is None:
        raise UnknownThing("The work {work} is not known here", "Sync, then look again", work=work)
    return known


def cells_meant(
    facts: FactBook, now: datetime, programme: ProgrammeId | None, use: Use | None
) -> tuple[Cell, ...]:
    """The programmes and uses that a question means; where nobody asks, any programme that comes."""
    if programme is not None:
        known = facts.programmes.get(programme)
        if known is None:
            raise UnknownThing(
                "The programme {programme} is not known here",
                "Sync first, or look up the name of the programme",
                programme=programme,
            )
        if use is not None:
            return ((programme, use),)
        asked = asked_cells(facts, now, programme) or [
            (programme, each) for each in Use if each in known.uses
        ]
    else:
        asked = asked_cells(facts, now, None, UseScope.of(use) if use is not None else None)
    if use is None:
        asked = [cell for cell in asked if not is_sensitive(cell[1])] or asked
    return tuple(asked) or ((programme, use or Use.TRAIN_GENERATIVE),)


def _choices(facts: FactBook, now: datetime) -> tuple[AskedUse, ...]:
    asked = frozenset(asked_cells(facts, now))
    found = [
        AskedUse(
            each.id,
            each.name,
            operator_name(facts, each.id),
            use,
            (each.id, use) in asked,
        )
        for each in facts.programmes.values()
        for use in Use
        if use in each.uses
    ]
    # Sorting keeps the order of uses.
    return tuple(sorted(found, key=lambda c: (not c.asked, c.programme_name.casefold(), c.programme)))


def _recorded(console: Console, facts: FactBook) -> Iterable[RecordedRow]:
    kept = {row.id: row for row in private.all(console.store, PrivateKind.RECORDED_ANSWER, KeptAnswer)}
    for party, said in facts.recorded_answers.items():
        known = facts.parties.get(party)
        if known is not None and may_be_told(known):
            yield from (recorded_row(facts, kept.get(answer.id, answer)) for answer in said)


def recorded_row(facts: FactBook, answer: RecordedAnswer) -> RecordedRow:
    """A recorded answer in words."""
    kept = answer if isinstance(answer, KeptAnswer) else None
    return RecordedRow(
        id=answer.id,
        party=answer.party,
        party_name=party_name(facts, answer.party),
        subject=answer.subject,
        subject_title=_subject_title(facts, answer.subject),
        programme=answer.programme,
        programme_name=programme_name(facts, answer.programme),
        use=answer.use,
        use_words=use_words(answer.use),
        stance=answer.stance,
        on=answer.on,
        words=answer.words,
        source=answer.source,
        evidence_name=kept.evidence_name if kept is not None else "",
        evidence_sha256=kept.evidence_sha256 if kept is not None else "",
        kept_here=kept is not None,
    )


def _subject_title(facts: FactBook, subject: str) -> str:
    if not subject:
        return EVERYTHING
    return (
        work_title(facts, WorkId(subject))
        or party_name(facts, PartyId(subject))
        or "something not known here"
    )
