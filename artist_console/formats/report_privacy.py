"""What leaves in a report and what stays: the rows of a profile become those that a reader may see.

Left out unless chosen: others' money, unreleased works, private contact data, rates, contracts, and the words
of answers. Always left out: other artists' ledgers, answers that others do not share (told only as "everyone
agreed" or "not everyone has agreed"), letters, notes, drafts, findings that were put aside, and files kept as
evidence. Whatever a report states is worked out from what leaves in it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace

from artist_console.domain.cases import Case
from artist_console.domain.contracts import Contract
from artist_console.domain.decisions import EntryReceipt
from artist_console.domain.facts import FactBook, RecordedAnswer
from artist_console.domain.ids import ArtistId, FactId, PartyId, WorkId
from artist_console.domain.parties import Party, PartyKind
from artist_console.domain.programmes import Agreement, ScopeKind
from artist_console.domain.registers import PartyStance
from artist_console.domain.statements import Line
from artist_console.domain.works import Work

from .report_cases import NOT_SHARED_NAME, CaseWish, case_rows, contract_rows
from .report_choosing import only_parts, without_contracts, without_rates
from .report_content import Part, ReceiptKey, ReportContent, ReportHeader
from .report_findings import FindingSources, state_findings
from .report_others import told_of_others
from .report_outcomes import state_outcomes
from .report_traces import state_traces
from .signatures import MalformedSignature, read_jws


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the person chose beyond the header. Nothing of this is in a report by itself."""

    named_works: frozenset[WorkId] = frozenset()  # unreleased works that may be named
    money_of: frozenset[PartyId] | None = None  # None: of the artists of the report
    answer_words: bool = False  # what was said or tried, of answers recorded by hand and of replies in cases
    contact_data: bool = False  # names and addresses of private persons, and where letters went
    rates: bool = False  # what programmes and agreements pay
    contracts: frozenset[FactId] = frozenset()
    contract_words: bool = False  # the words of these contracts


@dataclass(frozen=True, slots=True)
class Beside:
    """What the maker holds that is no row of a report; some of it becomes one."""

    cases: tuple[Case, ...] = ()
    contracts: tuple[Contract, ...] = ()
    organisations: frozenset[str] = frozenset()  # ids of addressees that are no private persons
    findings: FindingSources | None = None  # None: none are sought


NOTHING_MORE = Chosen()
NOTHING_BESIDE = Beside()
NOT_TOLD = "what was tried is not told in this report"

# Hears how many outcomes were explained, of how many; may end the work by raising.
Told = Callable[[int, int], None]


def content_for(
    everything: ReportContent,
    header: ReportHeader,
    chosen: Chosen = NOTHING_MORE,
    beside: Beside = NOTHING_BESIDE,
    told: Told = lambda _done, _total: None,
) -> ReportContent:
    """The content of a report with this header, out of all rows that the maker holds, outcomes included."""
    everything = replace(everything, header=header)
    shared = _without_others(everything, chosen)
    named = without_contracts(shared.stakeholders, beside.contracts, chosen.contracts)
    shared = replace(shared, stakeholders=named)
    if header.holds(Part.PERMISSIONS):
        # Stated before unreleased works go, so that a released recording of such a song keeps its outcome,
        # and with the members of a group at hand, whose answers make its own.
        shared = replace(shared, outcomes=state_outcomes(shared, _facts_of_makers(everything, shared)))
    shared = _without_hidden(shared, hidden_works(everything, chosen))
    facts = shared.facts(also=header.artists)
    if header.holds(Part.PERMISSIONS):
        total = len(shared.outcomes)
        traces = state_traces(header, shared.outcomes, facts, lambda done: told(done, total))
        shared = replace(shared, traces=tuple(traces))
    if header.holds(Part.FINDINGS) and beside.findings is not None:
        shared = replace(shared, findings=state_findings(shared, facts, beside.findings))
    return _finished(_with_private(shared, chosen, beside), chosen)


def preview_of(
    everything: ReportContent,
    header: ReportHeader,
    chosen: Chosen = NOTHING_MORE,
    beside: Beside = NOTHING_BESIDE,
) -> ReportContent:
    """The same rows without what is worked out, which takes most of the time.

    Outcomes, traces, findings, and whether everyone agreed.
    """
    shared = _without_others(replace(everything, header=header), chosen, tells=False)
    shared = _without_hidden(shared, hidden_works(everything, chosen))
    return _finished(_with_private(shared, chosen, beside), chosen)


def _with_private(content: ReportContent, chosen: Chosen, beside: Beside) -> ReportContent:
    """With the facts of cases and of chosen contracts."""
    header = content.header
    works = {work.id for work in content.works}
    cases = case_rows(
        beside.cases if header.holds(Part.CASES) else (),
        header,
        header.made_at.date(),
        works,
        beside.organisations,
        CaseWish(chosen.contact_data, chosen.answer_words),
    )
    contracts = contract_rows(
        beside.contracts,
        header,
        content.parties,
        works,
        {release.id for release in content.releases},
        chosen.contracts,
        words=chosen.contract_words,
        contact_data=chosen.contact_data,
    )
    return replace(content, cases=tuple(cases), contracts=tuple(contracts))


def _finished(content: ReportContent, chosen: Chosen) -> ReportContent:
    """Only the parts that were chosen, rates only where they were, and of the parties only who is named."""
    content = without_rates(only_parts(content)) if not chosen.rates else only_parts(content)
    named = _parties_in(content)
    return replace(content, parties=tuple(party for party in content.parties if party.id in named))


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
    return replace(shared, entries=entries).facts(also=(*shared.header.artists, *sorted(members & known)))


def _without_others(content: ReportContent, chosen: Chosen, *, tells: bool = True) -> ReportContent:
    """The view of the report's artists: others' ledgers, unshared answers and money are gone.

    `tells`: whether everyone agreed stands in place of answers that are not shared.
    """
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
    agreements = _agreements_about(content.agreements, works)
    shared = replace(
        content,
        works=tuple(_credited(work, open_answers) for work in content.works if work.id in works),
        releases=tuple(
            release for release in content.releases if any(track.work in works for track in release.tracks)
        ),
        stakeholders=tuple(s for s in content.stakeholders if s.subject in works or s.subject in artists),
        controls=tuple(control for control in content.controls if control.work in works),
        inclusions=tuple(i for i in content.inclusions if i.work in works),
        agreements=agreements,
        opt_ins=tuple(o for o in content.opt_ins if o.agreement in {each.id for each in agreements}),
        recorded_answers=tuple(
            answer if chosen.answer_words else _wordless(answer)
            for answer in content.recorded_answers
            if answer.party in open_answers and answer.subject in {"", *works, *artists}
        ),
        others_answers=(
            *(o for o in content.others_answers if o.work in works),
            *(told_of_others(content, works, open_answers) if tells else ()),
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
    named.update(contract.other_side for contract in content.contracts)
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


def without_private(content: ReportContent, named_works: frozenset[WorkId] = frozenset()) -> ReportContent:
    """The content without unreleased works, unless named: their titles, parties' holds on them, inclusions.

    What cannot be taken out without breaking a proof stays in a form that names no title: the id in a
    ledger entry, the amount of a statement's line.
    """
    return _without_hidden(content, hidden_works(content, Chosen(named_works)))


def hidden_works(everything: ReportContent, chosen: Chosen) -> frozenset[WorkId]:
    """Unreleased works of anybody that may not be named, under every id they had."""
    hidden = (w for w in everything.works if w.unreleased and w.id not in chosen.named_works)
    return frozenset(id for work in hidden for id in (work.id, *work.merged_ids))


def leaving_lines(lines: Iterable[Line], hidden: frozenset[WorkId]) -> Iterator[Line]:
    """Lines of statements that leave, one by one: what may not be named loses its name, not its amount."""
    return (_unnamed(line) if line.work in hidden else line for line in lines)


def _without_hidden(content: ReportContent, hidden: frozenset[WorkId]) -> ReportContent:
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
        lines=tuple(leaving_lines(content.lines, hidden)),
        outcomes=tuple(o for o in content.outcomes if o.subject not in hidden),
    )


def _unnamed(line: Line) -> Line:
    """The amount stays, so that the statement adds up; what was delivered beside it may tell the title."""
    return replace(line, work=None, words="", title="", identifier="", upc="", release="")
