"""Who will see what: before a report is written, what is in it and what stays here, part by part, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from artist_console.commands.console import Console
from artist_console.commands.report_gathering import beside, everything, findings_put_aside, travelling
from artist_console.commands.report_wish import ReportWish, header_of
from artist_console.commands.syncing import status
from artist_console.domain.case_standing import standing
from artist_console.domain.cases import CaseState
from artist_console.domain.finding_dismissed import open_ones
from artist_console.domain.parties import PartyKind
from artist_console.domain.phrases import Sentence, day_in_words, say
from artist_console.formats.proof_checks import counted
from artist_console.formats.report_content import MOST_STATEMENT_LINES, Part, ReportContent
from artist_console.formats.report_findings import tells_kind
from artist_console.formats.report_privacy import Beside, preview_of
from artist_console.store import dismissed, mirror, projection
from artist_console.store import statements as stored


class Kept(Enum):
    """What stays here beside whole parts: first what can be chosen, then what never leaves."""

    OTHERS_MONEY = "others_money"
    UNRELEASED = "unreleased"
    CONTRACTS = "contracts"
    RATES = "rates"
    CONTACT_DATA = "contact_data"
    ANSWER_WORDS = "answer_words"
    OUTSIDE_PERIOD = "outside_period"
    LINES = "lines"
    WAITING = "waiting"
    PUT_ASIDE = "put_aside"
    OTHERS_ANSWERS = "others_answers"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One thing that is in the report, or that stays here, in a sentence. `count`: how many of it."""

    what: Part | Kept
    count: int
    words: Sentence


@dataclass(frozen=True, slots=True)
class Preview:
    """What whoever opens the file will see, and what stays here. `counts`: rows, as ReportFile has them."""

    seen: tuple[PreviewLine, ...]
    stays: tuple[PreviewLine, ...]
    counts: tuple[tuple[str, int], ...]
    signer: str
    fingerprint: str


def preview(console: Console, wish: ReportWish) -> Preview:
    """What a report by this wish would hold, without working out what follows from its rows.

    Raises as `create_wished`, beside trouble with writing.
    """
    facts = mirror.facts(console.store, console.clock(), overlay=False)
    header, _ = header_of(console, wish, facts)
    rows = everything(console, header, (statement.payee for statement in stored.all(console.store)))
    private = beside(console, findings=False)
    content = preview_of(rows, header, wish.chosen(header.artists), private)
    lines = sum(each.line_count for each in travelling(console.store, content, MOST_STATEMENT_LINES))
    look = _Look(console, wish, rows, private, content, lines)
    return Preview(
        seen=tuple(line for line in look.seen() if line.count),
        stays=tuple(line for line in look.stays() if line.count),
        counts=look.counts(),
        signer=header.made_by,
        fingerprint=console.signing_key.public.fingerprint,
    )


def _line(what: Part | Kept, count: int, one: str, many: str, **fields: object) -> PreviewLine:
    texts = {name: f"{value:,}" if isinstance(value, int) else str(value) for name, value in fields.items()}
    return PreviewLine(what, count, say(counted(one, many, count), n=f"{count:,}", **texts))


class _Look:
    """Everything that is here beside what would leave of it."""

    def __init__(
        self,
        console: Console,
        wish: ReportWish,
        rows: ReportContent,
        private: Beside,
        content: ReportContent,
        lines: int,
    ) -> None:
        self._console, self._wish = console, wish
        self._rows, self._private, self._content, self._lines = rows, private, content, lines
        self._header = content.header
        self._artists = frozenset(self._header.artists)
        answers = [entry for entry in rows.entries if entry.artist in self._artists and entry.decision]
        self._answers = len(answers)
        self._receipts = len([each for each in rows.receipts if each.artist in self._artists])
        works = {w.id for w in rows.works if self._artists & set(w.artists)}
        self._places = len([i for i in rows.inclusions if i.work in works])
        self._findings = self._open_findings()
        self._cases = sum(
            case.artist in self._artists and standing(case, console.today).state is not CaseState.DRAFTED
            for case in private.cases
        )
        self._own = [s for s in rows.statements if s.payee in self._artists]

    def counts(self) -> tuple[tuple[str, int], ...]:
        content = self._content
        return (
            ("works", len(content.works)),
            ("inclusions", len(content.inclusions)),
            ("decisions", self._answers if self._header.holds(Part.DECISIONS) else 0),
            ("receipts", len(content.receipts)),
            ("findings", self._findings if self._header.holds(Part.FINDINGS) else 0),
            ("cases", len(content.cases)),
            ("contracts", len(content.contracts)),
            ("statements", len(content.statements)),
            ("lines", self._lines),
        )

    # What whoever opens the file sees

    def seen(self) -> Iterator[PreviewLine]:
        content, header = self._content, self._header
        yield _line(
            Part.WORKS,
            len(content.works),
            "1 work: title, identifiers, who is credited",
            "{n} works: titles, identifiers, who is credited",
        )
        if header.holds(Part.INCLUSIONS):
            yield _line(
                Part.INCLUSIONS,
                len(content.inclusions),
                "1 report of where a work is, with its evidence",
                "{n} reports of where works are, with their evidence",
            )
        if header.holds(Part.DECISIONS):
            receipts = counted("1 receipt", "{n} receipts", self._receipts).format(n=f"{self._receipts:,}")
            yield _line(
                Part.DECISIONS,
                self._answers,
                "1 answer that was ever given, with {receipts}",
                "All {n} answers that were ever given, also those taken back, with {receipts}",
                receipts=receipts,
            )
        if header.holds(Part.PERMISSIONS):
            day = day_in_words(header.instant)
            yield _line(
                Part.PERMISSIONS,
                len(content.programmes),
                "What 1 programme may do as of {day}, and why",
                "What {n} programmes may do as of {day}, and why",
                day=day,
            )
        if header.holds(Part.FINDINGS):
            yield _line(Part.FINDINGS, self._findings, "1 finding", "{n} findings")
        if header.holds(Part.CASES):
            yield _line(
                Part.CASES,
                len(content.cases),
                "1 case: to whom, when, how it stands",
                "{n} cases: to whom, when, how they stand",
            )
        if header.holds(Part.STATEMENTS):
            yield _line(
                Part.STATEMENTS,
                len(content.statements),
                "1 statement, with {lines} lines of money",
                "{n} statements, with {lines} lines of money",
                lines=self._lines,
            )
        yield from self._seen_by_choice()

    def _seen_by_choice(self) -> Iterator[PreviewLine]:
        content, wish = self._content, self._wish
        others = {statement.payee for statement in content.statements} - self._artists
        yield _line(
            Kept.OTHERS_MONEY,
            len(others),
            "Among them the money of 1 other person",
            "Among them the money of {n} other people",
        )
        named = [work for work in content.works if work.unreleased]
        yield _line(
            Kept.UNRELEASED,
            len(named),
            "1 unreleased work by its title",
            "{n} unreleased works by their titles",
        )
        words = wish.contract_words
        yield _line(
            Kept.CONTRACTS,
            len(content.contracts),
            "1 contract in its own words" if words else "1 contract: parties, dates, what kind of clause",
            "{n} contracts in their own words"
            if words
            else "{n} contracts: parties, dates, kinds of clauses",
        )
        if wish.rates:
            yield _line(
                Kept.RATES,
                self._with_rates(),
                "What 1 programme or agreement pays",
                "What {n} programmes and agreements pay",
            )
        if wish.contact_data:
            yield _line(
                Kept.CONTACT_DATA,
                len(content.cases),
                "Names and addresses of private persons in 1 case",
                "Names and addresses of private persons in {n} cases",
            )
        if wish.answer_words:
            yield _line(
                Kept.ANSWER_WORDS,
                self._with_words(),
                "What was said in 1 answer or reply",
                "What was said in {n} answers and replies",
            )

    # What stays here

    def stays(self) -> Iterator[PreviewLine]:
        yield from self._parts_left_out()
        yield from self._left_out_unless_chosen()
        yield from self._no_room()
        yield from self._never()

    def _parts_left_out(self) -> Iterator[PreviewLine]:
        header = self._header
        left = {
            Part.INCLUSIONS: (
                self._places,
                "1 report of where a work is: you left it out",
                "{n} reports of where works are: you left them out",
            ),
            Part.DECISIONS: (
                self._answers,
                "1 answer with its receipt: you left it out",
                "{n} answers with their receipts: you left them out",
            ),
            Part.PERMISSIONS: (
                len(self._content.programmes),
                "What follows for each work, and why: you left it out",
                "What follows for each work, and why: you left it out",
            ),
            Part.FINDINGS: (
                self._findings,
                "1 finding: you left it out",
                "{n} findings: you left them out",
            ),
            Part.CASES: (self._cases, "1 case: you left it out", "{n} cases: you left them out"),
            Part.STATEMENTS: (
                len(self._own),
                "1 statement of money: you left it out",
                "{n} statements of money: you left them out",
            ),
        }
        for part, (count, one, many) in left.items():
            if not header.holds(part):
                yield _line(part, count, one, many)

    def _left_out_unless_chosen(self) -> Iterator[PreviewLine]:
        wish, content = self._wish, self._content
        if self._header.holds(Part.STATEMENTS):
            payees = {s.payee for s in self._rows.statements} - self._artists - wish.money_of_others
            yield _line(
                Kept.OTHERS_MONEY,
                len(payees),
                "The money of 1 other person, unless you choose it",
                "The money of {n} other people, unless you choose it",
            )
        unreleased = [
            work
            for work in self._rows.works
            if work.unreleased and self._artists & set(work.artists) and work.id not in wish.named_works
        ]
        yield _line(
            Kept.UNRELEASED,
            len(unreleased),
            "1 unreleased work, unless you name it",
            "{n} unreleased works, unless you name them",
        )
        own = [c for c in self._private.contracts if c.artist in self._artists]
        yield _line(
            Kept.CONTRACTS,
            len(own) - len(content.contracts),
            "1 contract, unless you choose it",
            "{n} contracts, unless you choose them",
        )
        if not wish.rates and (self._header.holds(Part.PERMISSIONS) or self._header.holds(Part.DECISIONS)):
            yield _line(
                Kept.RATES,
                self._with_rates(),
                "What 1 programme or agreement pays, unless you choose it",
                "What {n} programmes and agreements pay, unless you choose it",
            )
        if not wish.contact_data:
            yield _line(
                Kept.CONTACT_DATA,
                len(content.cases),
                "Private names, and the addresses of letters, in 1 case",
                "Private names, and the addresses of letters, in {n} cases",
            )
        if not wish.answer_words:
            yield _line(
                Kept.ANSWER_WORDS,
                self._with_words(),
                "What was said in 1 answer or reply, unless you choose it",
                "What was said in {n} answers and replies, unless you choose it",
            )

    def _no_room(self) -> Iterator[PreviewLine]:
        header, content = self._header, self._content
        if header.holds(Part.STATEMENTS):
            here = {each.id for each in content.statements}
            outside = [s for s in self._own if s.id not in here]
            yield _line(
                Kept.OUTSIDE_PERIOD,
                len(outside),
                "1 statement of another time",
                "{n} statements of other times",
            )
            missing = sum(s.line_count for s in content.statements) - self._lines
            yield _line(
                Kept.LINES,
                missing,
                "1 line of money: there is no room for it, or it is not on this computer",
                "{n} lines of money: there is no room for them, or they are not on this computer",
            )
        waiting = status(self._console).waiting if header.holds(Part.DECISIONS) else 0
        yield _line(
            Kept.WAITING,
            waiting,
            "1 answer that waits and is not recorded yet. Sync first",
            "{n} answers that wait and are not recorded yet. Sync first",
        )
        put_aside = [f for f in findings_put_aside(self._console.store) if f.artist in self._artists]
        yield _line(
            Kept.PUT_ASIDE,
            len(put_aside),
            "1 finding that you put aside",
            "{n} findings that you put aside",
        )

    def _never(self) -> Iterator[PreviewLine]:
        hidden = [
            party
            for party in self._content.parties
            if party.id not in self._artists
            and party.kind is not PartyKind.ORGANISATION
            and not party.shares_answers
        ]
        yield _line(
            Kept.OTHERS_ANSWERS,
            len(hidden),
            "Name and answers of 1 other person, who does not share them: the report says only whether"
            " everyone agreed",
            "Names and answers of {n} other people, who do not share them: the report says only whether"
            " everyone agreed",
        )
        words = "Letters, notes, drafts and files kept as evidence: never in a report"
        yield PreviewLine(Kept.LETTERS, 1, say(words))

    def _open_findings(self) -> int:
        store = self._console.store
        released = {work.id for work in self._content.works}
        found = open_ones(projection.findings(store, dismissed=True), dismissed.dismissals(store))
        return sum(
            each.artist in self._artists
            and tells_kind(self._header, each.kind)
            and (not each.works or bool(released.intersection(each.works)))
            for each in found
        )

    def _with_rates(self) -> int:
        terms, agreements = self._rows.terms, self._rows.agreements
        return sum(bool(each.rates) for each in terms) + sum(bool(each.allocation) for each in agreements)

    def _with_words(self) -> int:
        open_parties = {
            party.id
            for party in self._rows.parties
            if party.kind is PartyKind.ORGANISATION or party.shares_answers
        }
        answers = (a for a in self._rows.recorded_answers if a.party in open_parties | self._artists)
        outcomes = (fact.outcome is not None for case in self._content.cases for fact in case.happened)
        return sum(bool(each.words or each.source) for each in answers) + sum(outcomes)
