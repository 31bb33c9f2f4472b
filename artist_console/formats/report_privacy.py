"""What leaves in a report and what stays: the rows of a profile become those that a reader may see.

Left out: other artists' ledgers, answers that others do not share (told only as "everyone agreed" or "not
everyone has agreed"), others' money, unreleased works that nobody named, and the words of answers that were
recorded by hand. Private objects (contracts, cases, drafts, notes, dismissed findings, evidence of recorded
answers) are no kind of row of a report and cannot get in.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from artist_console.domain.decisions import AnswerKind, EntryReceipt
from artist_console.domain.facts import FactBook, OthersAnswer, RecordedAnswer
from artist_console.domain.ids import ArtistId, FactId, PartyId, ProgrammeId, WorkId
from artist_console.domain.parties import NEEDED, Party, PartyKind, Stakeholder
from artist_console.domain.periods import Recorded
from artist_console.domain.permission import Question, permission
from artist_console.domain.programmes import Agreement, ScopeKind
from artist_console.domain.registers import PartyStance, Stance, Subject, SubjectKind
from artist_console.domain.statements import Line
from artist_console.domain.uses import Right, Use, rights_touched
from artist_console.domain.works import Work

from .report_content import Part, ReceiptKey, ReportContent, ReportHeader
from .report_outcomes import state_outcomes
from .signatures import MalformedSignature, read_jws


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the person chose beyond the header: works that may be named though unreleased, whose money."""

    named_works: frozenset[WorkId] = frozenset()
    money_of: frozenset[PartyId] | None = None  # None: of the artists of the report
    answer_words: bool = False  # what was said or tried, and where from, of answers recorded by hand


NOTHING_MORE = Chosen()
NOT_SHARED_NAME = "Name not shared"
NOT_TOLD = "what was tried is not told in this report"


def content_for(
    everything: ReportContent, header: ReportHeader, chosen: Chosen = NOTHING_MORE
) -> ReportContent:
    """The content of a report with this header, out of all rows that the maker holds, outcomes included."""
    everything = replace(everything, header=header)
    shared = _without_others(everything, chosen)
    if Part.PERMISSIONS in header.parts:
        # Stated before unreleased works go, so that a released recording of such a song keeps its outcome,
        # and with the members of a group at hand, whose answers make its own.
        shared = replace(shared, outcomes=state_outcomes(shared, _facts_of_makers(everything, shared)))
    return without_private(_only_parts(shared), chosen.named_works)


def preview_of(
    everything: ReportContent, header: ReportHeader, chosen: Chosen = NOTHING_MORE
) -> ReportContent:
    """The same rows without the outcomes, whose computing takes most of the time: to be counted, not sent."""
    shared = _without_others(replace(everything, header=header), chosen)
    return without_private(_only_parts(shared), chosen.named_works)


def _facts_of_makers(everything: ReportContent, shared: ReportContent) -> FactBook:
    members = {
        membership.member
        for party in everything.parties
        if party.id in everything.header.artists
        for membership in party.members
    }
    known = {entry.artist for entry in everything.entries}
    entries = tuple(
        entry for entry in everything.entries if entry.artist in {*members, *everything.header.artists}
    )
    return replace(shared, entries=entries).facts(also=sorted(members & known))


def _only_parts(content: ReportContent) -> ReportContent:
    """Works, parties and what the rule reads stay: a report is always about works and explains itself."""
    parts = content.header.parts
    if Part.DECISIONS not in parts:
        content = replace(content, receipts=(), receipt_keys=(), outcomes=())
    if Part.INCLUSIONS not in parts:
        content = replace(content, inclusions=(), datasets=(), models=())
    if Part.STATEMENTS not in parts:
        content = replace(content, statements=(), lines=())
    return content


def _without_others(content: ReportContent, chosen: Chosen) -> ReportContent:
    """The view of the report's artists: others' ledgers, unshared answers and money are gone."""
    header = content.header
    artists = frozenset(header.artists)
    works = _works_of(content, artists)
    sharing = {party.id for party in content.parties if party.shares_answers}
    organisations = {party.id for party in content.parties if party.kind is PartyKind.ORGANISATION}
    open_answers = artists | frozenset(sharing) | frozenset(organisations)
    payees = chosen.money_of if chosen.money_of is not None else artists
    statements = tuple(
        s
        for s in content.statements
        if s.payee in payees and _in_period(s.period_from, s.period_until, header)
    )
    kept = {statement.id for statement in statements}
    receipts = tuple(receipt for receipt in content.receipts if receipt.artist in artists)
    shared = replace(
        content,
        works=tuple(_credited(work, open_answers) for work in content.works if work.id in works),
        releases=tuple(
            release for release in content.releases if any(track.work in works for track in release.tracks)
        ),
        stakeholders=tuple(s for s in content.stakeholders if s.subject in works or s.subject in artists),
        controls=tuple(control for control in content.controls if control.work in works),
        inclusions=tuple(i for i in content.inclusions if i.work in works),
        agreements=_agreements_about(content.agreements, works),
        recorded_answers=tuple(
            answer if chosen.answer_words else _wordless(answer)
            for answer in content.recorded_answers
            if answer.party in open_answers
        ),
        others_answers=(
            *(o for o in content.others_answers if o.work in works),
            *_told_of_others(content, works, open_answers),
        ),
        entries=tuple(entry for entry in content.entries if entry.artist in artists),
        receipts=receipts,
        receipt_keys=_keys_of(receipts, content.receipt_keys),
        statements=statements,
        lines=tuple(line for line in content.lines if line.statement in kept),
    )
    named = _parties_in(shared)
    parties = (party for party in content.parties if party.id in named)
    return replace(
        shared, parties=tuple(p if p.id in open_answers else _nameless(p, artists) for p in parties)
    )


def _keys_of(receipts: Iterable[EntryReceipt], keys: Iterable[ReceiptKey]) -> tuple[ReceiptKey, ...]:
    """The keys that these receipts name: whom else the maker trusts is nobody's business."""
    named = set()
    for row in receipts:
        try:
            named.add(read_jws(row.receipt).kid)
        except MalformedSignature:
            continue  # told by whoever checks the report
    return tuple(key for key in keys if key.public is not None and key.public.kid in named)


def _wordless(answer: RecordedAnswer) -> RecordedAnswer:
    """The answer as a fact: what was said in words, and in which letter, is between two people."""
    words = NOT_TOLD if answer.stance is PartyStance.UNREACHABLE else ""
    return replace(answer, words=words, source="")


def _credited(work: Work, open_answers: frozenset[PartyId]) -> Work:
    """Credits stay as printed; which of the parties a credited person is, only where that is shared.

    What co-writers and publishers hold and registered, and what each file said, stay with the artist's side.
    """
    credits = tuple(
        credit if credit.party is None or credit.party in open_answers else replace(credit, party=None)
        for credit in work.credits
    )
    sources = tuple(replace(source, said=()) for source in work.sources)
    return replace(work, credits=credits, sources=sources, shares=(), registrations=())


def _nameless(party: Party, artists: frozenset[ArtistId]) -> Party:
    """Somebody who does not share: that there is such a party stays, so that the rule can be followed.

    A group of an artist of the report keeps its name and that membership, which are theirs to tell: what
    their answer can do rests on it.
    """
    own = tuple(membership for membership in party.members if membership.member in artists)
    name = party.name if own else NOT_SHARED_NAME
    return Party(party.id, name, party.kind, party.is_artist, members=own)


def _parties_in(content: ReportContent) -> frozenset[PartyId]:
    """Everybody whom a row of the content names, and the members of groups among its artists."""
    named: set[PartyId | None] = set(content.header.artists)
    named.update(artist for work in content.works for artist in work.artists)
    named.update(credit.party for work in content.works for credit in work.credits)
    named.update(artist for release in content.releases for artist in release.artists)
    named.update(stake.party for stake in content.stakeholders)
    named.update(answer.party for answer in content.recorded_answers)
    named.update(who for row in content.controls for who in (row.licensor, row.through_member))
    named.update(programme.operator for programme in content.programmes)
    named.update(dataset.operator for dataset in content.datasets)
    named.update(model.operator for model in content.models)
    named.update(agreement.licensor for agreement in content.agreements)
    named.update(opt_in.member for opt_in in content.opt_ins)
    named.update(attestation.stated_by for attestation in content.attestations)
    named.update(statement.payee for statement in content.statements)
    named.update(
        membership.member
        for party in content.parties
        if party.id in content.header.artists
        for membership in party.members
    )
    return frozenset(id for id in named if id is not None)


def _agreements_about(agreements: Iterable[Agreement], works: Container[str]) -> tuple[Agreement, ...]:
    """Agreements that name works name only these; one that names none of them goes."""
    kept = []
    for agreement in agreements:
        if agreement.scope is ScopeKind.NAMED_WORKS:
            agreement = replace(agreement, works=tuple(work for work in agreement.works if work in works))
            if not agreement.works:
                continue
        kept.append(agreement)
    return tuple(kept)


def _in_period(since: object, until: object, header: ReportHeader) -> bool:
    begins, ends = header.period_from, header.period_until
    return (begins is None or until >= begins) and (ends is None or since <= ends)  # type: ignore[operator]


def _works_of(content: ReportContent, artists: frozenset[ArtistId]) -> frozenset[str]:
    """The artists' works, and the songs that their recordings embody."""
    own = [work for work in content.works if not artists.isdisjoint(work.artists)]
    songs = {song for work in own for song in work.compositions}
    merged = {old for work in own for old in work.merged_ids}
    return frozenset({work.id for work in own} | songs | merged)


def _told_of_others(
    content: ReportContent, works: frozenset[str], open_answers: frozenset[PartyId]
) -> tuple[OthersAnswer, ...]:
    """For the cells in which somebody has a say whose answer is not shared: whether they all agreed.

    That an artist has not agreed needs no row: the rule takes an artist whose ledger is not here for one
    who may not be asked about. Nobody agrees without a yes, so the rule is asked only where there is one.
    """
    facts = content.facts(also=dict.fromkeys(entry.artist for entry in content.entries))
    known = {(o.work, o.right, o.programme, o.use) for o in content.others_answers}
    hidden_artists = {party.id for party in content.parties if party.is_artist} - open_answers
    spoken = _cells_with_a_yes(content, facts, open_answers)
    instant = content.header.instant
    told: dict[tuple[WorkId, Right, ProgrammeId, Use], bool] = {}
    for work in content.works:
        holders = _hidden_holders(work, facts, open_answers, instant) if work.id in works else ()
        for programme in content.programmes if holders else ():
            for use in programme.uses:
                if (programme.id, use) not in spoken:
                    unsaid = (
                        h for h in holders if h.party not in hidden_artists and h.right in rights_touched(use)
                    )
                    told.update(((WorkId(h.subject), h.right, programme.id, use), False) for h in unsaid)
                    continue
                question = Question(None, Subject(SubjectKind.WORK, work.id), programme.id, use, instant)
                for each in permission(question, facts).needed:
                    if each.party is not None and each.party not in open_answers:
                        cell = (WorkId(each.carrier), each.right, programme.id, use)
                        told[cell] = told.get(cell, True) and each.answer.kind is AnswerKind.ALLOWED
    recorded = Recorded(content.header.known_on or content.header.made_at)
    return tuple(
        OthersAnswer(FactId(f"others:{work}:{right.value}:{programme}:{use.value}"), *cell, agreed, recorded)
        for cell, agreed in told.items()
        if cell not in known
        for work, right, programme, use in (cell,)
    )


def _cells_with_a_yes(
    content: ReportContent, facts: FactBook, open_answers: frozenset[PartyId]
) -> frozenset[tuple[ProgrammeId, Use]]:
    """Programmes and uses about which somebody whose answer is not shared has said yes somewhere."""
    said = {
        (recording.decision.register.programme, recording.decision.register.use.name)
        for artist, recordings in facts.said.items()
        if artist not in open_answers
        for recording in recordings
        if recording.decision.stance is Stance.ALLOW
    }
    allowed = [
        answer
        for answer in content.recorded_answers
        if answer.party not in open_answers and answer.stance is PartyStance.ALLOWED
    ]
    licensed = [a for a in content.agreements if a.licensor not in open_answers]
    opted = [o for o in content.opt_ins if o.member not in open_answers]
    return frozenset(
        (programme.id, use)
        for programme in content.programmes
        for use in programme.uses
        if (programme.id, use.value) in said
        or any(a.programme in (None, programme.id) and a.use.covers(use) for a in allowed)
        or any(a.programme == programme.id and use in a.uses for a in licensed)
        or opted
    )


def _hidden_holders(
    work: Work, facts: FactBook, open_answers: frozenset[PartyId], instant: datetime
) -> tuple[Stakeholder, ...]:
    return tuple(
        holder
        for carrier in (work.id, *work.compositions)
        for holder in facts.stakeholders.get(carrier, ())
        if holder.party not in open_answers and holder.standing in NEEDED and holder.period.contains(instant)
    )


def without_private(content: ReportContent, named_works: frozenset[WorkId] = frozenset()) -> ReportContent:
    """The content without unreleased works, unless named: their titles, parties' holds on them, inclusions.

    What cannot be taken out without breaking a proof stays in a form that names no title: the id in a
    ledger entry, the amount of a statement's line.
    """
    hidden = frozenset(work.id for work in content.works if work.unreleased and work.id not in named_works)
    if not hidden:
        return content
    return replace(
        content,
        works=tuple(work for work in content.works if work.id not in hidden),
        releases=tuple(
            replace(release, tracks=tuple(track for track in release.tracks if track.work not in hidden))
            for release in content.releases
            if not release.tracks or any(track.work not in hidden for track in release.tracks)
        ),
        stakeholders=tuple(s for s in content.stakeholders if s.subject not in hidden),
        controls=tuple(control for control in content.controls if control.work not in hidden),
        agreements=_agreements_about(
            content.agreements, {work for a in content.agreements for work in a.works} - hidden
        ),
        recorded_answers=tuple(a for a in content.recorded_answers if a.subject not in hidden),
        others_answers=tuple(o for o in content.others_answers if o.work not in hidden),
        inclusions=tuple(i for i in content.inclusions if i.work not in hidden),
        lines=tuple(_unnamed(line) if line.work in hidden else line for line in content.lines),
        outcomes=tuple(o for o in content.outcomes if o.subject not in hidden),
    )


def _unnamed(line: Line) -> Line:
    """The amount stays, so that the statement adds up; what was delivered beside it may tell the title."""
    return replace(line, work=None, words="", title="", identifier="", upc="", release="")
