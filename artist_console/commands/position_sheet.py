"""One page per artist for negotiations: what was decided, what is known, what is open. It is no signed paper.

It is for the other side unless it is asked for by ourselves: then it also counts unreleased works and open
cases. Money, contracts and notes are never on it; of others who are people only the number. Whatever the
catalogue, it is one sheet: lists and names are shortened only as far as the room makes it necessary.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from artist_console.commands import attention
from artist_console.commands import position_words as said
from artist_console.commands.console import Console
from artist_console.commands.deadlines import KIND_WORDS, Deadline, DeadlineKind, list_deadlines
from artist_console.commands.inclusions import place_rows
from artist_console.commands.names import party_name
from artist_console.commands.paper import Paper, PaperLine, PaperStyle
from artist_console.commands.paper_width import cut, width
from artist_console.domain import position
from artist_console.domain.case_standing import standing
from artist_console.domain.cases import CaseState
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.own_standing import what_is_mine
from artist_console.domain.parties import Standing
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import UnknownThing
from artist_console.domain.uses import Right
from artist_console.domain.waiting import WaitingKind
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.store import cases, inclusions, mirror

# Signs of a line of ten points on A4 within its margins, and beside the name of a row (`paper_width`).
_LINE, _BESIDE, _TITLE, _SMALL = 92.0, 73.0, 50.0, 114.0
_CUT = 2.5  # what the sign of a cut adds
_NAME_OF_ROW = 21.0
# Points of the sheet above its foot, and of lines with what stands around them.
_SHEET = 685.0
_HIGH, _HIGH_TITLE, _HIGH_SMALL = 12.5, 22.0, 10.0
_TALL = 1.4  # of scripts that the font does not hold
_AROUND = {
    PaperStyle.TITLE: 6.0,
    PaperStyle.HEADING: 18.0,
    PaperStyle.SMALL: 2.0,
    PaperStyle.TEXT: 3.0,
    PaperStyle.ROW: 3.0,
}
# What may be told to others: not what follows from contracts, mandates and letters. Yeses are told apart.
_DATES = frozenset(
    {
        DeadlineKind.REQUEST,
        DeadlineKind.DEFAULT_OBJECTION,
        DeadlineKind.NEW_TERMS,
        DeadlineKind.REMOVAL,
        DeadlineKind.TRAINING,
    }
)


class NotAnArtist(UnknownThing):
    title_template = "This artist is not known here"
    advice_template = "Sync, or see: artist-console artists list"


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of everything is told."""

    rows: int  # of each list
    name: float  # signs of a name
    lines: int  # of one row


_ROOMS = (
    _Room(8, 60, 3),
    _Room(6, 60, 3),
    _Room(5, 60, 2),
    _Room(4, 60, 2),
    _Room(3, 60, 2),
    _Room(2, 60, 2),
    _Room(2, 40, 2),
    _Room(3, 22, 1),
    _Room(2, 20, 1),
)


def position_sheet(console: Console, artist: ArtistId, for_ourselves: bool = False) -> Paper:
    """The sheet as of today. Raises NotAnArtist."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    if artist not in facts.parties:
        raise NotAnArtist
    sheet = _Sheet(console, artist, facts, now, for_ourselves)
    made = (sheet.paper(room) for room in _ROOMS)
    return next((paper for paper in made if _fits(paper)), sheet.paper(_ROOMS[-1]))


def _fits(paper: Paper) -> bool:
    return sum(map(_height, paper.lines)) <= _SHEET


def _height(line: PaperLine) -> float:
    """At most what a line takes on paper."""
    high = _HIGH_TITLE if line.style is PaperStyle.TITLE else _HIGH
    if line.style is PaperStyle.SMALL:
        high = _HIGH_SMALL
    if any(ord(sign) >= 0x250 and not 0x2010 <= ord(sign) < 0x2040 for sign in line.text):
        high *= _TALL
    room = {PaperStyle.ROW: _BESIDE, PaperStyle.TITLE: _TITLE, PaperStyle.SMALL: _SMALL}.get(
        line.style, _LINE
    )
    words = line.text.partition("\t")[2] if line.style is PaperStyle.ROW else line.text
    return max(1, math.ceil(width(words) / (room + _CUT))) * high + _AROUND[line.style]


class _Sheet:
    """What all parts of one sheet have in common, worked out once for every room that is tried."""

    def __init__(
        self, console: Console, artist: ArtistId, facts: FactBook, now: datetime, for_ourselves: bool
    ) -> None:
        self.console, self.artist, self.facts, self.now = console, artist, facts, now
        self.for_ourselves = for_ourselves
        own = {work.id: work for work in facts.works.values() if artist in work.artists}
        self.works: Sequence[Work] = [work for _, work in sorted(own.items()) if not work.unreleased]
        hidden = [work for work in own.values() if work.unreleased]
        self.hidden: frozenset[WorkId] = frozenset(
            id for work in hidden for id in (work.id, *work.merged_ids)
        )
        self.unreleased = len(hidden)
        self.hidden_titles = [work.title.casefold() for work in hidden]
        self.name = party_name(facts, artist)
        self.families, self.undecided = position.by_family(artist, self.works, facts, now)
        self.yeses = position.allowed_in(artist, self.hidden, facts, now)
        refusals = position.wide_refusals(artist, facts)
        self.refusals = [each for each in refusals if WorkId(each.register.subject.id) not in self.hidden]
        store = console.store
        stated = [each for each in inclusions.find(store, artist=artist) if each.work not in self.hidden]
        self.places = place_rows(stated, facts, inclusions.datasets(store), inclusions.models(store))
        self.agreements = position.agreements_reaching(self.works, facts, now)
        self.needed = position.needed(artist, self.works, facts, now)
        self.asked = sum(
            item.kind is WaitingKind.REQUEST and item.work not in self.hidden
            for item in attention.waiting(console, artist)
        )
        self.dates = [each for each in list_deadlines(console, artist) if each.kind in _DATES]

    def paper(self, room: _Room) -> Paper:
        day = day_in_words(self.now)
        name = cut(self.name, room.name)
        title = f"{name}: position on AI uses"
        whom = "For ourselves, not for the other side · " if self.for_ourselves else ""
        lines = (
            PaperLine(PaperStyle.TITLE, cut(title, _TITLE * room.lines)),
            _small(f"{whom}{day} · {self._catalogue()}"),
            PaperLine(PaperStyle.TEXT, self._standing()),
            *self._decided(room),
            *self._known(room),
            *self._open(room),
            *self._foot(day),
        )
        return Paper(title, f"{cut(self.name, 40)} · position sheet · {day}", lines)

    def _catalogue(self) -> str:
        kinds = Counter(work.kind for work in self.works)
        recordings, songs = kinds[WorkKind.RECORDING], kinds[WorkKind.COMPOSITION]
        parts = ["1 recording" if recordings == 1 else f"{recordings:,} recordings"] if recordings else []
        parts += ["1 song" if songs == 1 else f"{songs:,} songs"] if songs else []
        beside = f", besides {self.unreleased} unreleased" if self.unreleased and self.for_ourselves else ""
        return f"{said.listed(parts) or 'No work is known here'}{beside}"

    def _standing(self) -> str:
        """What the artist's answer can do on recordings and songs, a sentence for each."""
        facts = replace(self.facts, works={work.id: work for work in self.works})
        mine = what_is_mine(self.artist, facts, self.now)
        found = []
        for right, one, many in (
            (Right.MASTER, "recording", "recordings"),
            (Right.COMPOSITION, "song", "songs"),
        ):
            counts: Counter[Standing] = Counter()
            for row in mine:
                if row.right is right:
                    counts[row.standing] += row.count
            if right is Right.COMPOSITION and set(counts) <= {Standing.UNKNOWN}:
                continue  # of songs inside recordings nothing is recorded: that says nothing to anybody
            found.append(said.standing_words(counts, one, many))
        told = " ".join(filter(None, found))
        return told or "No recording or song is known here, so what an answer can do is not known."

    def _decided(self, room: _Room) -> Iterator[PaperLine]:
        yield _heading("What was decided")
        for row in self.families:
            yield _row(room, *said.family_words(row))
        refused = [said.refusal_words(self.facts, each, room.name) for each in self.refusals]
        yield from _rows(room, "Refused as a whole", refused)
        allowed = [
            said.allowed_words(self.facts, row, room.name)
            for row in self.yeses
            if row.state is AnswerKind.ALLOWED
        ]
        yield from _rows(room, "Allowed today", allowed, "Nothing.")

    def _known(self, room: _Room) -> Iterator[PaperLine]:
        yield _heading("What is known")
        stated = said.place_words([row for row in self.places if not row.is_listing], room.name)
        yield from _rows(
            room, "Reported uses", stated, "None is reported. That does not show that there is none."
        )
        listings = [row for row in self.places if row.is_listing]
        if listings:
            lists = len({row.dataset_id for row in listings})
            where = "1 public list" if lists == 1 else f"{lists} public lists"
            works = said.works_words(len({row.work for row in listings}))
            words = f"{works} in {where}. Being listed is not the same as being used."
            yield _row(room, "Public lists", words)
        agreements = [
            said.agreement_words(self.facts, each, count, room.name) for each, count in self.agreements
        ]
        yield from _rows(room, "Licences of others", agreements, "No agreement is known that reaches them.")

    def _open(self, room: _Room) -> Iterator[PaperLine]:
        yield _heading("What is open")
        works = said.works_words(self.undecided)
        undecided = (
            f"{works}, with uses that programmes ask about. Silence permits nothing."
            if self.undecided
            else "Nothing that programmes ask for."
        )
        yield _row(room, "Undecided", undecided)
        ended = [
            said.ended_words(self.facts, row, room.name)
            for row in self.yeses
            if row.state is not AnswerKind.ALLOWED
        ]
        yield from _rows(room, "To be answered anew", ended)
        yield _row(
            room, "Have to agree too", said.needed_words(self.facts, self.needed, room.name, room.rows - 1)
        )
        if self.asked:
            waits = "question waits" if self.asked == 1 else "questions wait"
            yield _row(room, "Questions", f"{self.asked} {waits} for an answer.")
        coming = [each for each in self.dates if each.overdue_days is None]
        passed = [each for each in self.dates if each.overdue_days is not None]
        yield from _rows(room, "Dates ahead", self._dated(coming))
        yield from _rows(room, "Dates passed", self._dated(passed))
        if self.for_ourselves:
            yield from self._cases(room)

    def _dated(self, found: Sequence[Deadline]) -> list[str]:
        """Once each; a sentence that names an unreleased work gives way to the kind of its date."""
        told = []
        for each in found:
            text = said.of_the_artist(each.title.text)
            if any(title in text.casefold() for title in self.hidden_titles):
                text = KIND_WORDS[each.kind]
            told.append(f"{day_in_words(each.on)}: {text}.")
        return list(dict.fromkeys(told))

    def _cases(self, room: _Room) -> Iterator[PaperLine]:
        """Of cases how many there are, and no more."""
        own = [case for case in cases.all(self.console.store) if case.artist == self.artist]
        at = [standing(case, self.console.today) for case in own]
        going = [each for each in at if each.state is not CaseState.CLOSED]
        if going:
            late = sum(each.overdue_days is not None for each in going)
            count = "1 is open" if len(going) == 1 else f"{len(going)} are open"
            words = f"{count}, {late} of them past an answer that was due." if late else f"{count}."
            yield _row(room, "Cases", words)

    def _foot(self, day: str) -> Iterator[PaperLine]:
        account = self.console.account
        who = cut(account.name, 30) if account is not None else "this computer"
        yield PaperLine(PaperStyle.SMALL, "")
        yield _small(f"From the records of {who} on {day}. It is no legal advice and binds nobody.")
        key = self.console.signing_key.public.fingerprint
        yield _small(f"It is not signed. A signed report beside it carries the key {key}.")


def _rows(room: _Room, name: str, found: Sequence[str], nothing: str = "") -> Iterator[PaperLine]:
    """The first of several below each other under one name, and how many more there are."""
    # The last one takes no more room than "and 1 more".
    most = len(found) if len(found) <= room.rows + 1 else room.rows
    told = list(found[:most]) or ([nothing] if nothing else [])
    if len(found) > most:
        told.append(f"and {len(found) - most:,} more")
    for number, each in enumerate(told):
        yield _row(room, "" if number else name, each)


def _row(room: _Room, name: str, words: str) -> PaperLine:
    # A little is lost where a line is broken between words.
    most = _BESIDE * room.lines - 8 * (room.lines - 1)
    return PaperLine(PaperStyle.ROW, f"{cut(name, _NAME_OF_ROW)}\t{cut(words, most)}")


def _heading(text: str) -> PaperLine:
    return PaperLine(PaperStyle.HEADING, text)


def _small(text: str) -> PaperLine:
    return PaperLine(PaperStyle.SMALL, cut(text, _SMALL))
