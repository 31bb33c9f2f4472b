"""What a letter is about, from the records: programme, finding, statement, removal or an earlier letter.

Only what is on record is put into a letter; sentences that speak to the artist stay out of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from artist_console.commands.console import Console
from artist_console.commands.findings import list_findings
from artist_console.commands.inclusions import PlaceRow
from artist_console.commands.letter_record import refused
from artist_console.commands.names import operator_name, party_name, programme_name
from artist_console.commands.objections import objection
from artist_console.commands.removals import list_removals
from artist_console.domain.case_standing import in_force
from artist_console.domain.cases import Case, EventKind, OutcomeKind
from artist_console.domain.contract_rows import own_works
from artist_console.domain.facts import FactBook
from artist_console.domain.finding_records import in_scope
from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.letter_templates import AboutWhat, Placeholder, Template
from artist_console.domain.letters import About
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.programmes import Agreement, ApprovalClause, Request
from artist_console.domain.registers import Stance, SubjectKind, UseScopeKind
from artist_console.domain.statements import Statement
from artist_console.domain.uses import Use
from artist_console.formats.kinds import Kind
from artist_console.store import mirror, private, statements
from artist_console.store.private import PrivateKind

NEEDS = {
    AboutWhat.STATEMENT: "Name the statement that it is about.",
    AboutWhat.FINDING: "Name the finding that it is about.",
    AboutWhat.REMOVAL: "Name the removal that it is about.",
    AboutWhat.PROGRAMME: "Name the programme that it is about.",
    AboutWhat.CASE: "Name the case that it adds to.",
}
NOT_THEIRS = "What it is about is not known here of {artist}."
UNKNOWN_PROGRAMME = "The programme that it is about is not known here."
OVER = "The day until which one could answer or object is over: {day}."
SETTLED = "An outcome is recorded for this case, {who}: “{words}”. Write only of what is still open."
# After these there is something left to ask.
_LEAVES_OPEN = frozenset({OutcomeKind.ASKS_BACK, OutcomeKind.OTHER, OutcomeKind.REFUSES})
_MOST_EVIDENCE = 12  # lines in a letter; all of it goes along as a file


@dataclass(frozen=True, slots=True)
class Evident:
    """One line of evidence: who says it, as of when, where it stands."""

    where: str
    stated_by: str
    as_of: date
    source: str


@dataclass(slots=True)
class AboutFacts:
    """Values that follow from what a letter is about."""

    texts: dict[Placeholder, str] = field(default_factory=dict)
    days: dict[Placeholder, date] = field(default_factory=dict)
    uses: tuple[Use, ...] = ()
    works: tuple[WorkId, ...] = ()
    statement: Statement | None = None
    evidence: tuple[Evident, ...] = ()
    programme: ProgrammeId | None = None
    answered: tuple[date, ...] = ()  # the days of the replies to a case
    notes: tuple[Sentence, ...] = ()  # for the writer


def about_facts(
    console: Console, facts: FactBook, artist: ArtistId, about: About, case: Case | None, template: Template
) -> AboutFacts | Sentence:
    """What is on record, or why the letter cannot be about that."""
    given = {
        AboutWhat.STATEMENT: about.statement is not None,
        AboutWhat.FINDING: bool(about.finding),
        AboutWhat.REMOVAL: bool(about.removal),
        AboutWhat.PROGRAMME: about.programme is not None,
        AboutWhat.CASE: case is not None,
        AboutWhat.PERSON: True,
    }
    for what in template.about:
        if not given[what]:
            return say(NEEDS[what])
    made = AboutFacts()
    for is_told in (
        _add_case(made, case, artist),
        _add_finding(made, console, artist, about.finding),
        _add_removal(made, console, facts, artist, about.removal),
        _add_statement(made, console, artist, about),
    ):
        if not is_told:
            return say(NOT_THEIRS, artist=party_name(facts, artist) or "this artist")
    programme = about.programme or made.programme
    if programme is not None:
        if programme not in facts.programmes:
            return say(UNKNOWN_PROGRAMME)
        _add_programme(made, console, facts, artist, programme)
    refused = _refused_on(facts, artist, programme)
    if refused is not None:
        made.days.setdefault(Placeholder.REFUSED_ON, refused)
    return made


def _add_case(made: AboutFacts, case: Case | None, artist: ArtistId) -> bool:
    """The first letter of a case, and when it was sent as far as that is noted."""
    if case is None:
        return True
    sent = [event for event in in_force(case) if event.kind is EventKind.SENT]
    if sent:
        of = next((each for each in case.letters if each.id == sent[0].letter), case.letters[0])
        made.days[Placeholder.FIRST_LETTER_DATE] = sent[0].on
        made.texts[Placeholder.FIRST_LETTER_SUBJECT] = of.subject
    made.works = case.works
    events = in_force(case)
    made.answered = tuple(sorted({event.on for event in events if event.kind is EventKind.REPLY}))
    settled = [e.outcome for e in events if e.outcome is not None and e.outcome.kind not in _LEAVES_OPEN]
    if settled:
        last = settled[-1]
        said = last.words or last.kind.value.replace("_", " ")
        made.notes += (say(SETTLED, who=last.said_by, words=said),)
    return case.artist == artist


def _add_finding(made: AboutFacts, console: Console, artist: ArtistId, id: str) -> bool:
    if not id:
        return True
    row = next((row for row in list_findings(console, artist) if row.finding.id == id), None)
    if row is None:
        return False
    finding = row.finding
    made.works = finding.works or ((finding.work,) if finding.work is not None else ())
    made.programme = finding.programme
    if finding.deadline is not None:
        made.days[Placeholder.DEADLINE] = finding.deadline
    _add_places(made, row.evidence)
    return True


def _add_places(made: AboutFacts, places: Iterable[PlaceRow]) -> None:
    found: list[Evident] = []
    for place in places:
        where = place.model or place.dataset
        made.texts.setdefault(Placeholder.PLACE, where)
        if place.model:
            made.texts.setdefault(Placeholder.MODEL, place.model)
        else:
            made.texts.setdefault(Placeholder.DATASET, place.dataset)
        made.days.setdefault(Placeholder.PLACE_SINCE, place.as_of)
        found.append(
            Evident(where, place.stated_by, place.as_of, "" if place.case else place.evidence.source)
        )
    made.evidence = tuple(dict.fromkeys(found))[:_MOST_EVIDENCE]


def _add_removal(made: AboutFacts, console: Console, facts: FactBook, artist: ArtistId, id: str) -> bool:
    if not id:
        return True
    case = next((case for case in list_removals(console, artist) if case.id == id), None)
    if case is None:
        return False
    made.works, made.programme = (case.work,), case.programme
    made.texts[Placeholder.PLACE] = case.place
    made.texts[Placeholder.MODEL if case.model is not None else Placeholder.DATASET] = case.place
    if case.operator:
        made.texts[Placeholder.OPERATOR] = case.operator
    if refused(facts, artist, case.programme).reaches(case.work, facts):
        of_record = next((c for c in list_removals(console, artist, overlay=False) if c.id == id), case)
        made.days[Placeholder.REFUSED_ON] = of_record.refused_on
    stated = [mark.on for mark in case.history if mark.said_by]
    if stated:
        made.days[Placeholder.PLACE_SINCE] = stated[0]
        made.evidence = (Evident(case.place, case.said_by, stated[0], ""),)
    return True


def _add_statement(made: AboutFacts, console: Console, artist: ArtistId, about: About) -> bool:
    if about.statement is None:
        return True
    found = next((s for s in statements.all(console.store, artist) if s.id == about.statement), None)
    if found is None:
        return False
    made.statement = found
    made.texts[Placeholder.ISSUER] = found.issuer
    until = objection(console, found.id).until
    if until is not None:
        made.days[Placeholder.DEADLINE] = until
    return True


def _add_programme(
    made: AboutFacts, console: Console, facts: FactBook, artist: ArtistId, programme: ProgrammeId
) -> None:
    made.programme = programme
    made.texts[Placeholder.PROGRAMME] = programme_name(facts, programme)
    operator = operator_name(facts, programme)
    if operator:
        made.texts.setdefault(Placeholder.OPERATOR, operator)
    made.uses = facts.programmes[programme].uses
    running: list[date] = []
    for agreement in facts.agreements.get(programme, ()):
        is_default = agreement.clause is ApprovalClause.DEFAULT_AFTER_NOTICE
        if is_default and agreement.object_until is not None and _reaches(agreement, artist, facts):
            running.append(agreement.object_until)
    asked: Iterable[Request] = mirror.all(console.store, Kind.REQUEST)
    for request in asked:
        if (request.artist, request.programme) == (artist, programme) and request.answer_by is not None:
            running.append(request.answer_by)
    still = [day for day in running if day >= console.today]
    if running:
        made.days.setdefault(Placeholder.DEADLINE, min(still, default=max(running)))


def _reaches(agreement: Agreement, artist: ArtistId, facts: FactBook) -> bool:
    """Whether an agreement is about any work of the artist: another label's day is none of theirs."""
    return any(
        control.licensor == agreement.licensor and in_scope(agreement, control)
        for work in own_works(artist, facts)
        for control in facts.controls.get(work.id, ())
    )


def _refused_on(facts: FactBook, artist: ArtistId, programme: ProgrammeId | None) -> date | None:
    """Since when a refusal of every use for all works stands: of the programme, or of any."""
    found: list[date] = []
    for register, said in facts.registers_of(artist).items():
        is_wide = register.subject.kind is SubjectKind.ALL and register.use.kind is UseScopeKind.ANY
        reaches = register.programme is None or register.programme == programme
        if is_wide and reaches and said and said[-1].decision.stance is Stance.REFUSE:
            found.append(said[-1].at.date())
    return min(found, default=None)


def case_of(console: Console, id: str) -> Case | None:
    """The case that a follow-up adds to; None where it is not here."""
    return private.get(console.store, PrivateKind.CASE, id, Case) if id else None
