"""One page per artist for negotiations: what was decided, what is known, what is open. It is no signed paper.

Whatever the catalogue, it is one sheet: every line is cut to one line, every list to its longest first rows.
Money, contracts, notes and unreleased works are not on it; of others who are people only the number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from artist_console.commands import attention
from artist_console.commands.console import Console
from artist_console.commands.deadlines import KIND_WORDS, DeadlineKind, list_deadlines
from artist_console.commands.inclusions import PlaceRow, place_rows
from artist_console.commands.names import party_name, programme_name, quoted_subject, use_words
from artist_console.commands.paper import Paper, PaperLine, PaperStyle
from artist_console.commands.paper_width import cut
from artist_console.domain import position, words, work_words
from artist_console.domain.case_standing import standing
from artist_console.domain.cases import CaseState
from artist_console.domain.decisions import Decision
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.inclusion_states import STRENGTH
from artist_console.domain.own_standing import what_is_mine
from artist_console.domain.parties import Standing
from artist_console.domain.phrases import day_in_words
from artist_console.domain.position import AllowedIn, FamilyCount, Needed
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import SubjectKind
from artist_console.domain.uses import Family, Right
from artist_console.domain.waiting import WaitingKind
from artist_console.domain.works import Work
from artist_console.store import cases, inclusions, mirror

# Signs of a line of ten points on A4 within its margins; a wide sign counts for more (`paper_width`).
_LINE, _TITLE, _NAME = 92.0, 46.0, 26.0
_MOST_REFUSALS, _MOST_ALLOWED, _MOST_PLACES, _MOST_AGREEMENTS, _MOST_DATES = 3, 3, 5, 3, 4
# What may be told to others: not what follows from contracts, mandates and letters.
_DATES = frozenset(
    {
        DeadlineKind.REQUEST,
        DeadlineKind.DEFAULT_OBJECTION,
        DeadlineKind.NEW_TERMS,
        DeadlineKind.YES_ENDS,
        DeadlineKind.REMOVAL,
        DeadlineKind.TRAINING,
    }
)
_STANDING: dict[Standing, str] = {
    Standing.CONTROLS: "controls {n}",
    Standing.SHARES: "co-owns {n}",
    Standing.APPROVES: "has a say on {n} by contract",
    Standing.PERSONAL: "holds {n} in person",
    Standing.THROUGH_BODY: "is represented by a body on {n}",
    Standing.WISH: "has no say that is known on {n}",
    Standing.UNKNOWN: "has not looked up {n}",
}


class NotAnArtist(UnknownThing):
    title_template = "This artist is not known here"
    advice_template = "Sync, or see: artist-console artists list"


def position_sheet(console: Console, artist: ArtistId) -> Paper:
    """The sheet as of today. Raises NotAnArtist."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    if artist not in facts.parties:
        raise NotAnArtist
    return _Sheet(console, artist, facts, now).paper()


class _Sheet:
    """What all parts of one sheet have in common."""

    def __init__(self, console: Console, artist: ArtistId, facts: FactBook, now: datetime) -> None:
        self.console, self.artist, self.facts, self.now = console, artist, facts, now
        own = {work.id: work for work in facts.works.values() if artist in work.artists}
        self.works: Sequence[Work] = [work for _, work in sorted(own.items()) if not work.unreleased]
        self.hidden: frozenset[WorkId] = frozenset(
            id for work in own.values() if work.unreleased for id in (work.id, *work.merged_ids)
        )
        self.name = party_name(facts, artist)
        self.families, self.undecided = position.by_family(artist, self.works, facts, now)

    def paper(self) -> Paper:
        day = day_in_words(self.now)
        title = f"{cut(self.name, _NAME)}: position on AI uses"
        lines = (
            PaperLine(PaperStyle.TITLE, cut(title, _TITLE)),
            _small(f"{day} · {_works(len(self.works))}{self._left_out()}"),
            _text(self._standing()),
            *self._decided(),
            *self._known(),
            *self._open(),
            *self._foot(day),
        )
        return Paper(title, f"{cut(self.name, _NAME)} · position sheet · {day}", lines)

    def _left_out(self) -> str:
        own = len({self.facts.works[id].id for id in self.hidden})
        return f", besides {own} unreleased that are not on this sheet" if own else ""

    def _standing(self) -> str:
        """What the artist's answer can do on recordings and songs, a sentence for each."""
        facts = replace(self.facts, works={work.id: work for work in self.works})
        mine = what_is_mine(self.artist, facts, self.now)
        said = []
        for right, one, many in (
            (Right.MASTER, "recording", "recordings"),
            (Right.COMPOSITION, "song", "songs"),
        ):
            counts: Counter[Standing] = Counter()
            for row in mine:
                if row.right is right:
                    counts[row.standing] += row.count
            total = sum(counts.values())
            if total:
                parts = [_STANDING[each].format(n=f"{counts[each]:,}") for each in Standing if counts[each]]
                what = f"{total:,} {one if total == 1 else many}"
                said.append(cut(f"Of {what}, the artist {', '.join(parts)}.", _LINE))
        return " ".join(said) or "No recording or song is known here, so what an answer can do is not known."

    def _decided(self) -> Iterator[PaperLine]:
        yield _heading("What was decided")
        for row in self.families:
            yield _point(_family_words(row))
        refused = [_refusal_words(self.facts, each) for each in self._wide_refusals()]
        yield from _listed("Refused as a whole: ", refused, _MOST_REFUSALS)
        allowed = position.allowed_in(self.artist, self.hidden, self.facts)
        yield from _listed("Allowed: ", [_allowed_words(self.facts, row) for row in allowed], _MOST_ALLOWED)

    def _wide_refusals(self) -> Sequence[Decision]:
        found = position.wide_refusals(self.artist, self.facts)
        return [each for each in found if WorkId(each.register.subject.id) not in self.hidden]

    def _known(self) -> Iterator[PaperLine]:
        yield _heading("What is known")
        said = [
            each
            for each in inclusions.find(self.console.store, artist=self.artist)
            if each.work not in self.hidden
        ]
        store = self.console.store
        rows = place_rows(said, self.facts, inclusions.datasets(store), inclusions.models(store))
        stated = _grouped([row for row in rows if not row.is_listing])
        yield from _listed(
            "", stated, _MOST_PLACES, nothing="No use is reported. That does not show that none is."
        )
        listed = {row.work for row in rows if row.is_listing}
        if listed:
            lists = len({row.dataset_id for row in rows if row.is_listing})
            where = "1 public list" if lists == 1 else f"{lists} public lists"
            yield _point(f"{_works(len(listed))} in {where}. Being listed is not the same as being used.")
        agreements = position.agreements_reaching(self.works, self.facts, self.now)
        found = [
            f"{cut(party_name(self.facts, each.licensor), _NAME)} to"
            f" {cut(programme_name(self.facts, each.programme), _NAME)}, {_works(count)}:"
            f" {words.CLAUSE[each.clause].lower()}"
            for each, count in agreements
        ]
        yield from _listed(
            "Agreement: ", found, _MOST_AGREEMENTS, nothing="No agreement is known that reaches them."
        )

    def _open(self) -> Iterator[PaperLine]:
        yield _heading("What is open")
        yield _point(
            f"{_works(self.undecided)} with uses that are undecided. Silence permits nothing."
            if self.undecided
            else "Nothing that programmes ask for is undecided."
        )
        yield _point(self._needed(position.needed(self.artist, self.works, self.facts, self.now)))
        asked = sum(
            item.kind is WaitingKind.REQUEST
            for item in attention.waiting(self.console, self.artist)
            if item.work not in self.hidden
        )
        if asked:
            yield _point(
                "1 question waits for an answer." if asked == 1 else f"{asked} questions wait for an answer."
            )
        dates = [
            # A sentence may name any work; nothing tells which.
            f"{day_in_words(each.on)}: {KIND_WORDS[each.kind] if self.hidden else each.title.text}"
            for each in list_deadlines(self.console, self.artist)
            if each.kind in _DATES
        ]
        yield from _listed("", dates, _MOST_DATES)
        yield from self._cases()

    def _needed(self, found: Needed) -> str:
        if not found.organisations and not found.people:
            return (
                "Nobody else is recorded whose agreement is needed; that does not show that there is nobody."
            )
        names = [f"{cut(party_name(self.facts, id), 22)} ({count})" for id, count in found.organisations[:3]]
        rest = len(found.organisations) - len(names)
        if rest:
            names.append(f"{rest} more")
        if found.people:
            names.append("1 person" if found.people == 1 else f"{found.people} people")
        return f"Have to agree too: {', '.join(names)}."

    def _cases(self) -> Iterator[PaperLine]:
        """Cases are private: how many there are, and no more."""
        own = [case for case in cases.all(self.console.store) if case.artist == self.artist]
        at = [standing(case, self.console.today) for case in own]
        going = [each for each in at if each.state is not CaseState.CLOSED]
        if going:
            late = sum(each.overdue_days is not None for each in going)
            count = "1 case is open" if len(going) == 1 else f"{len(going)} cases are open"
            yield _point(f"{count}, {late} of them past an answer that was due." if late else f"{count}.")

    def _foot(self, day: str) -> Iterator[PaperLine]:
        account = self.console.account
        who = cut(account.name, _NAME) if account is not None else "this computer"
        yield _small(f"From the records of {who}, {day}. No legal advice, binds nobody. It is not signed:")
        yield _small(
            f"a signed report beside it carries the key {self.console.signing_key.public.fingerprint}"
        )


def _family_words(row: FamilyCount) -> str:
    name = words.FAMILY[row.family][0]
    what = "uses" if row.family is Family.VOICE_LIKENESS else "works"
    counts = ((row.refused, "refused"), (row.allowed, "allowed in part"), (row.undecided, "undecided"))
    parts = [f"{count:,} {state}" for count, state in counts if count]
    asked = "" if row.asked else "; no programme that is known asks for it"
    return f"{name}, {what}: {', '.join(parts) or 'nothing here'}{asked}"


def _refusal_words(facts: FactBook, decision: Decision) -> str:
    register = decision.register
    whole = register.subject.kind is SubjectKind.ALL
    subject = "all works" if whole else quoted_subject(facts, register.subject)
    where = cut(programme_name(facts, register.programme) or "every programme", _NAME)
    return f"{use_words(register.use)} for {cut(subject, _NAME)} in {where}"


def _allowed_words(facts: FactBook, row: AllowedIn) -> str:
    where = cut(programme_name(facts, row.programme) or "every programme", _NAME)
    about = [_works(row.works)] if row.works else []
    about += ["voice, name and image"] if row.person else []
    uses = "1 use" if len(row.uses) == 1 else f"{len(row.uses)} uses"
    until = f", the first until {day_in_words(row.until)}" if row.until is not None else ""
    return f"{where}, {' and '.join(about)}, {uses}{until}"


def _grouped(rows: Sequence[PlaceRow]) -> list[str]:
    """Places with how many works are there, by whose word and of which grade; the strongest state first."""
    found: dict[tuple[object, ...], set[WorkId]] = {}
    first: dict[tuple[object, ...], PlaceRow] = {}
    for row in rows:
        key = (row.model or row.dataset, row.state, row.stated_by, row.grade, row.of_a_title)
        found.setdefault(key, set()).add(row.work)
        first.setdefault(key, row)
    order = {state: number for number, state in enumerate(STRENGTH)}
    keys = sorted(found, key=lambda key: (order[first[key].state], -len(found[key]), str(key[0])))
    return [_place_words(first[key], str(key[0]), len(found[key])) for key in keys]


def _place_words(row: PlaceRow, name: str, works: int) -> str:
    said = work_words.stated_words(row.state, row.stated_by, row.of_a_title).text
    grade = words.grade_words(row.grade, row.stated_by).lower()
    return f"{cut(name or 'A programme', _NAME)}, {_works(works)}: {cut(said, 40)} ({grade})"


def _listed(before: str, found: Sequence[str], most: int, nothing: str = "") -> Iterator[PaperLine]:
    """The first of several, and how many more there are."""
    if not found and nothing:
        yield _point(nothing)
    for each in found[:most]:
        yield _point(before + each)
    if len(found) > most:
        yield _point(f"and {len(found) - most:,} more")


def _works(count: int) -> str:
    return "1 work" if count == 1 else f"{count:,} works"


def _heading(text: str) -> PaperLine:
    return PaperLine(PaperStyle.HEADING, text)


def _point(text: str) -> PaperLine:
    return PaperLine(PaperStyle.POINT, cut(text, _LINE))


def _text(text: str) -> PaperLine:
    return PaperLine(PaperStyle.TEXT, text)


def _small(text: str) -> PaperLine:
    return PaperLine(PaperStyle.SMALL, cut(text, _LINE * 1.2))
