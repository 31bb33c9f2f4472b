"""Everything that a report could be made of, as it is here; what leaves is chosen afterwards, in one place.

Lines of statements are not among it: there may be millions, and they go by one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from artist_console.commands.addressees import list_addressees
from artist_console.commands.attention import bring_up_to_date
from artist_console.commands.console import Console
from artist_console.commands.signers import read_signers
from artist_console.domain.addressee_directory import KNOWN, OF_PARTY
from artist_console.domain.addressees import AddresseeKind
from artist_console.domain.cases import Case
from artist_console.domain.decisions import EntryReceipt, LedgerEntry
from artist_console.domain.facts import RecordedAnswer
from artist_console.domain.finding import Finding
from artist_console.domain.finding_dismissed import holds
from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.statements import Line, Statement
from artist_console.formats.kinds import Kind
from artist_console.formats.report_content import Part, ReceiptKey, ReportContent, ReportHeader
from artist_console.formats.report_findings import FindingSources
from artist_console.formats.report_privacy import Beside, leaving_lines
from artist_console.formats.signatures import base64url
from artist_console.store import cases as kept_cases
from artist_console.store import (
    dismissed,
    inclusions,
    journal,
    mirror,
    own_side,
    private,
    projection,
    removals,
)
from artist_console.store import statements as stored
from artist_console.store.opening import Store
from artist_console.store.private import PrivateKind

_MAY_BE_A_PERSON = frozenset({AddresseeKind.PERSON, AddresseeKind.OTHER})


def everything(console: Console, header: ReportHeader, payees: Iterable[PartyId]) -> ReportContent:
    """All rows that are here, and the statements to the report's artists and to `payees`, without lines."""
    store = console.store
    entries = mirror.all(store, Kind.ENTRY)
    paid = dict.fromkeys((*header.artists, *sorted(payees)))
    # With the other sides of contracts, and the rows that follow from these: never a contract itself.
    parties = {party.id: party for party in (*own_side.parties(store), *mirror.all(store, Kind.PARTY))}
    return ReportContent(
        header,
        parties=tuple(parties.values()),
        works=mirror.all(store, Kind.WORK),
        releases=mirror.all(store, Kind.RELEASE),
        stakeholders=own_side.shared_rows(store, mirror.told(store), mirror.all(store, Kind.STAKEHOLDER)),
        controls=mirror.all(store, Kind.CONTROL),
        programmes=mirror.all(store, Kind.PROGRAMME),
        terms=mirror.all(store, Kind.TERMS),
        agreements=mirror.all(store, Kind.AGREEMENT),
        opt_ins=mirror.all(store, Kind.OPT_IN),
        attestations=mirror.all(store, Kind.ATTESTATION),
        recorded_answers=recorded_answers(store),
        others_answers=mirror.all(store, Kind.OTHERS_ANSWER),
        datasets=mirror.all(store, Kind.DATASET),
        models=mirror.all(store, Kind.MODEL),
        # What counts, as it is shown here: a hit that was refused or that nobody has looked at is no listing,
        # and whoever reads the report folds these very rows. Notes and refusals stay in the profile.
        inclusions=inclusions.all(store),
        entries=entries,
        receipts=tuple(_receipts(store, entries)),
        receipt_keys=tuple(
            ReceiptKey(signer.name, base64url(signer.key.raw))
            for signer in read_signers(console.folder.signers)
        ),
        statements=tuple(statement for each in paid for statement in stored.all(store, each)),
    )


def beside(console: Console, *, findings: bool = True) -> Beside:
    """What is here that is no row of a report: cases, contracts, and what `findings` rest on."""
    store = console.store
    bring_up_to_date(console)
    cases = kept_cases.all(store)
    return Beside(
        cases=cases,
        contracts=own_side.contracts(store),
        organisations=_organisations(console, cases),
        findings=_finding_sources(console) if findings else None,
    )


def _finding_sources(console: Console) -> FindingSources:
    store = console.store
    return FindingSources(
        today=console.today,
        paid=stored.paid_uses(store),
        marks=removals.marks(store),
        put_aside=frozenset(each.id for each in findings_put_aside(store)),
    )


def _organisations(console: Console, cases: Iterable[Case]) -> frozenset[str]:
    """Addressees that are no private persons. Of one that is no longer listed, only where it was public."""
    kinds = {each.id: each.kind for each in list_addressees(console)}
    public = {case.addressee for case in cases if case.addressee.startswith((KNOWN, OF_PARTY))}
    found = {id for id, kind in kinds.items() if kind not in _MAY_BE_A_PERSON}
    return frozenset(found | (public - kinds.keys()))


def findings_put_aside(store: Store) -> tuple[Finding, ...]:
    """Findings that somebody put aside, as far as they stand as they did then."""
    aside = dismissed.dismissals(store)
    found = projection.findings(store, dismissed=True) if aside else ()
    return tuple(each for each in found if holds(aside.get(each.id), each))


def recorded_answers(store: Store) -> tuple[RecordedAnswer, ...]:
    """Those that came with a sync, and those kept here alone: read as facts, their evidence stays behind."""
    told = mirror.all(store, Kind.RECORDED_ANSWER)
    kept = private.all(store, PrivateKind.RECORDED_ANSWER, RecordedAnswer)
    return tuple({answer.id: answer for answer in (*kept, *told)}.values())


def _receipts(store: Store, entries: Iterable[LedgerEntry]) -> Iterator[EntryReceipt]:
    """Those that came with the ledger; where one is not here, the one that answered a push from here."""
    given = {(row.artist, row.n): row for row in mirror.all(store, Kind.RECEIPT)}
    for entry in entries:
        if (entry.artist, entry.n) in given:
            yield given[(entry.artist, entry.n)]
        elif entry.decision is not None:
            found = journal.receipts(store, entry.decision.id)
            if found:
                yield EntryReceipt(entry.artist, entry.n, found[-1].jws)


def travelling(store: Store, content: ReportContent, room: int) -> tuple[Statement, ...]:
    """Statements of a report whose lines go with it, by id: of each all or none, the latest first."""
    if not content.header.holds(Part.STATEMENTS):
        return ()
    fits: list[Statement] = []
    for statement in sorted(content.statements, key=lambda each: (each.period_until, each.id), reverse=True):
        if 0 < statement.line_count <= room and stored.has_lines(store, statement.id):
            fits.append(statement)
            room -= statement.line_count
    return tuple(sorted(fits, key=lambda each: each.id))


def lines_of(store: Store, statements: Sequence[Statement], hidden: frozenset[WorkId]) -> Iterator[Line]:
    """The lines of these statements, one after the other, as they leave."""
    for statement in statements:
        yield from leaving_lines(stored.each_line(store, statement.id), hidden)
