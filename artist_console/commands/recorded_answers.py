"""Answers of people without an account: recorded with their evidence, changed, removed; and what follows.

They are private objects: kept in the profile, sent to no service, and a fact for the permission rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from artist_console.commands.asking import asked_cells
from artist_console.commands.consensus import RecordedRow, recorded_row
from artist_console.commands.console import Console, Result
from artist_console.commands.names import party_name, work_title
from artist_console.domain import work_words
from artist_console.domain.changes import Changes
from artist_console.domain.consensus import may_be_told
from artist_console.domain.facts import FactBook, RecordedAnswer
from artist_console.domain.ids import ArtistId, FactId, PartyId, ProgrammeId, WorkId
from artist_console.domain.kept_answers import KeptAnswer
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Party
from artist_console.domain.periods import Recorded
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.phrases import Sentence, day_in_words, say
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.registers import ANY_USE, PartyStance, UseScope, UseScopeKind
from artist_console.domain.uses import PERSONAL_RIGHTS, Use, is_sensitive
from artist_console.domain.works import Work
from artist_console.host.files import read_bounded, write_atomic
from artist_console.store import mirror, private, projection
from artist_console.store.private import Attachment, PrivateKind

MAX_EVIDENCE_BYTES = 20_000_000
MAX_WORDS = 4_000
TOUCHED = Changes.CONSENT | Changes.WORKS

Touched = tuple[WorkId, ProgrammeId, Use]
_Outcomes = dict[Touched, PermissionOutcome]


class AnswersByDecisions(InputProblem):
    """The party has a ledger: what somebody else writes down does not stand in for it."""

    title_template = "{party} has an own record of answers and answers there"
    advice_template = "Ask {party} to answer. It arrives here with the next sync"


class DayToCome(InputProblem):
    title_template = "{day} has not come yet"
    advice_template = "Give the day on which it was said or tried"


class NothingTried(InputProblem):
    title_template = "It does not say what was tried to reach {party}"
    advice_template = "Write what was tried, such as two letters and a call to the publisher"


class TooManyWords(InputProblem):
    title_template = "This is longer than the {most} characters that are kept"
    advice_template = "Write the essence, and attach the rest as a file"


class HoldsNothing(InputProblem):
    title_template = "{party} is not known to hold a right of “{work}”"
    advice_template = "Look at the splits of the work, or record the answer for everything"


class VoiceInBulk(InputProblem):
    """A yes to voice or likeness is never part of a wider one."""

    title_template = "A yes to voice, name and image is recorded one use at a time"
    advice_template = "Name one of those uses. A no may be wide"


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What somebody without an account said, or what was tried to reach them."""

    party: PartyId
    stance: PartyStance
    on: date
    work: WorkId | None = None  # None: everything
    programme: ProgrammeId | None = None  # None: any programme
    use: UseScope = ANY_USE
    words: str = ""
    source: str = ""  # where it can be found again: a letter, a mail, a call
    evidence: Path | None = None  # a file to attach; None keeps what is attached already
    drop_evidence: bool = False  # when changing: let go of the attached file


@dataclass(frozen=True, slots=True)
class AnswerKept:
    """What is recorded now (None: removed), and what follows from it."""

    row: RecordedRow | None
    follows: tuple[Sentence, ...]


def record_answer(console: Console, artist: ArtistId, given: GivenAnswer) -> Result[AnswerKept]:
    """Record an answer in this profile, with a file as evidence where one is given.

    Raises UnknownThing, InputProblem or FileProblem; nothing is recorded then.
    """
    facts = mirror.facts(console.store, console.clock())
    _check(facts, given, console.today)
    return _keep(console, artist, facts, FactId(console.new_id()), given, None)


def change_answer(console: Console, artist: ArtistId, id: FactId, given: GivenAnswer) -> Result[AnswerKept]:
    """Put another answer in the place of one that was recorded here."""
    former = _kept(console, id)
    facts = mirror.facts(console.store, console.clock())
    _check(facts, given, console.today)
    return _keep(console, artist, facts, id, given, former)


def remove_answer(console: Console, artist: ArtistId, id: FactId) -> Result[AnswerKept]:
    """Forget an answer that was recorded here, and its file where nothing else names it."""
    former = _kept(console, id)
    facts = mirror.facts(console.store, console.clock())
    follows = _following(
        console,
        artist,
        facts,
        [former],
        lambda: private.remove(console.store, PrivateKind.RECORDED_ANSWER, id),
    )
    _let_go(console, former, None)
    return Result(AnswerKept(None, follows), TOUCHED)


def evidence_bytes(console: Console, id: FactId) -> tuple[str, bytes]:
    """The attached file of a recorded answer: its name and its bytes."""
    kept = _kept(console, id)
    body = private.attached_bytes(console.store, kept.evidence_sha256) if kept.evidence_sha256 else None
    if body is None:
        raise UnknownThing("No file is attached to this answer", "Attach one by changing the answer")
    return kept.evidence_name, body


def save_evidence(console: Console, id: FactId, path: Path) -> Path:
    """Write a copy of the attached file, which is not encrypted there. Raises FileProblem."""
    _, body = evidence_bytes(console, id)
    write_atomic(path, body)
    return path


def _kept(console: Console, id: FactId) -> KeptAnswer:
    found = private.all(console.store, PrivateKind.RECORDED_ANSWER, KeptAnswer)
    kept = next((answer for answer in found if answer.id == id), None)
    if kept is None:
        raise UnknownThing(
            "This answer is not recorded in this profile", "What a service recorded is changed there"
        )
    return kept


def _keep(
    console: Console,
    artist: ArtistId,
    facts: FactBook,
    id: FactId,
    given: GivenAnswer,
    former: KeptAnswer | None,
) -> Result[AnswerKept]:
    now = console.clock()
    body = read_bounded(given.evidence, MAX_EVIDENCE_BYTES) if given.evidence is not None else None
    file: Attachment | None = None
    if given.evidence is not None and body is not None:
        file = private.attach(console.store, given.evidence.name, body, now)
    elif former is not None and former.evidence_sha256 and not given.drop_evidence:
        file = private.attachment(console.store, former.evidence_sha256)
    answer = KeptAnswer(
        id=id,
        party=given.party,
        subject=facts.works[given.work].id if given.work is not None else "",
        programme=given.programme,
        use=given.use,
        stance=given.stance,
        on=given.on,
        recorded=Recorded(now),
        words=given.words.strip(),
        source=given.source.strip(),
        evidence_sha256=file.sha256 if file is not None else "",
        evidence_name=given.evidence.name if given.evidence is not None else file.name if file else "",
    )
    about = [answer] if former is None else [former, answer]
    follows = _following(
        console,
        artist,
        facts,
        about,
        lambda: private.put(console.store, PrivateKind.RECORDED_ANSWER, artist, [answer], now),
    )
    if former is not None:
        _let_go(console, former, answer)
    row = recorded_row(mirror.facts(console.store, now), answer)
    return Result(AnswerKept(row, (*follows, *_still_standing(facts, answer))), TOUCHED)


def _let_go(console: Console, former: KeptAnswer, answer: KeptAnswer | None) -> None:
    """The file of a former answer goes, where nothing names it any more."""
    if former.evidence_sha256 and (answer is None or answer.evidence_sha256 != former.evidence_sha256):
        private.drop_unnamed(console.store, former.evidence_sha256)


# What makes sense


def _check(facts: FactBook, given: GivenAnswer, today: date) -> None:
    party = facts.parties.get(given.party)
    if party is None:
        raise UnknownThing(
            "{party} is not known here", "Choose somebody whom the splits of a work name", party=given.party
        )
    name = party.name if may_be_told(party) else "This artist"
    if party.is_artist:
        raise AnswersByDecisions(party=name)
    if given.programme is not None and given.programme not in facts.programmes:
        raise UnknownThing(
            "The programme {programme} is not known here",
            "Sync first, or look up the name of the programme",
            programme=given.programme,
        )
    if given.on > today:
        raise DayToCome(day=day_in_words(given.on))
    if given.stance is PartyStance.UNREACHABLE and not given.words.strip():
        raise NothingTried(party=name)
    if max(len(given.words), len(given.source)) > MAX_WORDS:
        raise TooManyWords(most=f"{MAX_WORDS:,}")
    _check_rights(facts, given, party)


def _check_rights(facts: FactBook, given: GivenAnswer, party: Party) -> None:
    if given.work is not None:
        work = facts.works.get(given.work)
        if work is None:
            raise UnknownThing("The work {work} is not known here", "Sync, then look again", work=given.work)
        carriers = (work.id, *work.compositions)
        if not any(row.party == party.id for c in carriers for row in facts.stakeholders.get(c, ())):
            raise HoldsNothing(party=party.name, work=work_title(facts, work.id))
    if given.stance is not PartyStance.ALLOWED or given.use.kind is UseScopeKind.KEY:
        return
    sensitive = [use for use in given.use.uses if is_sensitive(use)]
    personal = any(
        row.party == party.id and row.right in PERSONAL_RIGHTS
        for rows in facts.stakeholders.values()
        for row in rows
    )
    if sensitive and (personal or len(sensitive) == len(given.use.uses)):
        raise VoiceInBulk


def _still_standing(facts: FactBook, answer: RecordedAnswer) -> Iterable[Sentence]:
    """A yes does not end an earlier no by itself: the rule takes a no from whenever it was said."""
    if answer.stance is PartyStance.REFUSED:
        return
    for other in facts.recorded_answers.get(answer.party, ()):
        overlaps = (
            other.id != answer.id
            and other.stance is PartyStance.REFUSED
            and (not other.subject or not answer.subject or other.subject == answer.subject)
            and (other.programme is None or answer.programme is None or other.programme == answer.programme)
            and not other.use.uses.isdisjoint(answer.use.uses)
        )
        if overlaps:
            yield say(
                "The no of {party} of {date} still counts. If it was taken back, change or remove it.",
                party=party_name(facts, answer.party),
                date=day_in_words(other.on),
            )


# What follows


def _following(
    console: Console,
    artist: ArtistId,
    before: FactBook,
    about: Sequence[RecordedAnswer],
    act: Callable[[], object],
) -> tuple[Sentence, ...]:
    """Do it, bring the tables up to date, and say which outcomes of the artist are others now."""
    now, store = console.clock(), console.store
    works = frozenset(work.id for answer in about for work in _spoken_about(before, answer))
    asked = asked_cells(before, now)
    touched = tuple(
        dict.fromkeys(
            (work, programme, use)
            for answer in about
            for work in sorted(works)
            if artist in before.works[work].artists
            for programme, use in asked
            if answer.programme in (None, programme) and answer.use.covers(use)
        )
    )
    former = _outcomes(OutcomeTable(before, now), artist, touched)
    version = private.version(store)
    act()
    projection.refresh_rows_after(store, console.today, projection.PrivateChange(version, works))
    after = mirror.facts(store, now)
    return tuple(_changes_in_words(after, former, _outcomes(OutcomeTable(after, now), artist, touched)))


def _spoken_about(facts: FactBook, answer: RecordedAnswer) -> Iterable[Work]:
    """The works in which the party holds something that the answer is about."""
    held = {
        subject
        for subject, rows in facts.stakeholders.items()
        if any(row.party == answer.party for row in rows)
    }
    for id, work in facts.works.items():
        carriers = {work.id, *work.compositions}
        if id == work.id and not held.isdisjoint(carriers) and answer.subject in ("", *carriers):
            yield work


def _outcomes(table: OutcomeTable, artist: ArtistId, touched: Iterable[Touched]) -> _Outcomes:
    return {each: table.outcome(artist, *each)[1] for each in touched}


def _changes_in_words(facts: FactBook, former: _Outcomes, now: _Outcomes) -> Iterable[Sentence]:
    changed = Counter((was, now[cell]) for cell, was in former.items() if now[cell] is not was)
    if not changed:
        yield say("What is allowed stays as it was.")
    for (was, became), count in sorted(changed.items(), key=lambda each: (-each[1], each[0][1].value)):
        cells = [cell for cell, old in former.items() if (old, now[cell]) == (was, became)]
        works = {work for work, _, _ in cells}
        title = work_title(facts, next(iter(works))) if len(works) == 1 else ""
        yield say(
            _CHANGED[(len(works) == 1, count == 1)],
            work=title,
            works=str(len(works)),
            uses=str(count),
            was=work_words.OUTCOME[was],
            became=work_words.OUTCOME[became],
        )


# By whether it is one work, and one programme and use.
_CHANGED: dict[tuple[bool, bool], str] = {
    (True, True): "“{work}”, one use: “{was}” becomes “{became}”.",
    (True, False): "“{work}”, {uses} uses: “{was}” becomes “{became}”.",
    (False, False): "{works} works, {uses} uses in all: “{was}” becomes “{became}”.",
}
