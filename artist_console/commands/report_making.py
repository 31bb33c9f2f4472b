"""Reports are made from the store: what goes in, what is left out, and who signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from tempfile import TemporaryFile

from artist_console.commands.console import Console
from artist_console.commands.names import party_name
from artist_console.commands.signers import read_signers
from artist_console.domain.decisions import EntryReceipt, LedgerEntry
from artist_console.domain.facts import FactBook, RecordedAnswer
from artist_console.domain.ids import ArtistId, PartyId, WorkId
from artist_console.domain.parties import Party, PartyKind
from artist_console.domain.problems import UnknownThing
from artist_console.domain.statements import Line, Statement
from artist_console.formats.kinds import Kind
from artist_console.formats.report_content import (
    MOST_STATEMENT_LINES,
    Part,
    ReceiptKey,
    ReportContent,
    ReportHeader,
)
from artist_console.formats.report_out import write_report
from artist_console.formats.report_privacy import Chosen, content_for, preview_of
from artist_console.formats.signatures import base64url
from artist_console.host.files import replacing
from artist_console.store import inclusions, journal, mirror, own_side, private
from artist_console.store import statements as stored
from artist_console.store.opening import Store
from artist_console.store.private import PrivateKind


class ReportPart(Enum):
    """What a report may hold. Works and permissions are always in it."""

    INCLUSIONS = "inclusions"
    DECISIONS = "decisions"  # the ledger with its receipts
    EARNINGS = "earnings"  # the artist's own statements and lines, nobody else's


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report that was written."""

    path: Path
    sha256: str
    size_bytes: int
    artist_names: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]  # what is in it, in words: ("works", 128)
    signer: str
    fingerprint: str


# Hears how far a long work is (done, of how many, what), and may end it by raising.
Told = Callable[[int, int, str], None]


def _silently(_done: int, _total: int, _words: str) -> None:
    """For callers that do not watch."""


_STEPS = ("Reading what is here", "Computing what follows for each work", "Signing", "Writing the file")


def _step(progress: Told, done: int) -> None:
    progress(done, len(_STEPS), _STEPS[done])


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What a report is to be about and what may leave in it."""

    artist: ArtistId | None = None  # None: all in reach
    parts: frozenset[ReportPart] = frozenset(ReportPart)
    period: tuple[date | None, date | None] = (None, None)  # of the earnings
    named_works: frozenset[WorkId] = frozenset()  # unreleased works that may be named
    money_of_others: frozenset[PartyId] = frozenset()  # whose statements go in beside the artist's own
    answer_words: bool = False  # the words and sources of answers recorded by hand


@dataclass(frozen=True, slots=True)
class ReportChoices:
    """What a person can choose from for a report of one artist, or of all."""

    unreleased: tuple[tuple[WorkId, str], ...]  # left out unless named; by title
    others_money: tuple[tuple[PartyId, str], ...]  # payees of statements that are here; by name
    answers_with_words: int  # answers recorded by hand of those who may be named, with words or a source
    signer: str
    fingerprint: str


def choices(console: Console, artist: ArtistId | None = None) -> ReportChoices:
    """What stays out of a report unless it is chosen, and who would sign."""
    facts = mirror.facts(console.store, console.clock(), overlay=False)
    artists = _artists_of(facts, artist)
    works = [work for work in facts.works.values() if set(work.artists) & set(artists) and work.unreleased]
    payees = {statement.payee for statement in stored.all(console.store)} - set(artists)
    named = (a for a in _recorded_answers(console) if _may_be_named(facts.parties.get(a.party)))
    return ReportChoices(
        unreleased=tuple(
            sorted(((work.id, work.title) for work in works), key=lambda pair: (pair[1].casefold(), pair[0]))
        ),
        others_money=tuple(
            sorted(
                ((payee, party_name(facts, payee)) for payee in payees),
                key=lambda pair: (pair[1].casefold(), pair[0]),
            )
        ),
        answers_with_words=sum(bool(answer.words or answer.source) for answer in named),
        signer=_signer_name(console),
        fingerprint=console.signing_key.public.fingerprint,
    )


def _may_be_named(party: Party | None) -> bool:
    return party is not None and (party.kind is PartyKind.ORGANISATION or party.shares_answers)


def create(
    console: Console,
    out: Path,
    artist: ArtistId | None = None,
    parts: frozenset[ReportPart] = frozenset(ReportPart),
    period: tuple[date | None, date | None] = (None, None),
) -> ReportFile:
    """Write a signed report of one artist, or of all in reach, from what is here; needs no backend.

    The content rules of `formats.report_privacy` decide what leaves. Raises ReportProblem, FileProblem.
    """
    return create_wished(console, out, ReportWish(artist, parts, period))


def create_wished(console: Console, out: Path, wish: ReportWish, progress: Told = _silently) -> ReportFile:
    """The same with everything that can be chosen; the file is whole or not there."""
    _step(progress, 0)
    header, names = _header_of(console, wish)
    everything = _everything(console, header, (*header.artists, *sorted(wish.money_of_others)))
    _step(progress, 1)
    money = frozenset({*header.artists, *wish.money_of_others}) if wish.money_of_others else None
    content = content_for(everything, header, Chosen(wish.named_works, money, wish.answer_words))
    _step(progress, 2)
    key = console.signing_key
    with replacing(out) as sink:
        written = write_report(sink, content, key, header.made_by, scratch=TemporaryFile)
        _step(progress, 3)
    return ReportFile(
        path=out,
        sha256=written.sha256,
        size_bytes=written.size,
        artist_names=names,
        counts=_counts(content),
        signer=header.made_by,
        fingerprint=key.public.fingerprint,
    )


def preview(console: Console, wish: ReportWish) -> tuple[tuple[str, int], ...]:
    """How many rows of each kind a report would hold, without computing what follows from them."""
    header, _ = _header_of(console, wish)
    everything = _everything(console, header, (*header.artists, *sorted(wish.money_of_others)))
    money = frozenset({*header.artists, *wish.money_of_others}) if wish.money_of_others else None
    return _counts(preview_of(everything, header, Chosen(wish.named_works, money, wish.answer_words)))


def _header_of(console: Console, wish: ReportWish) -> tuple[ReportHeader, tuple[str, ...]]:
    now = console.clock()
    facts = mirror.facts(console.store, now, overlay=False)
    artists = _artists_of(facts, wish.artist)
    if not artists or any(each not in facts.parties for each in artists):
        raise UnknownThing(
            "There is nothing here yet that a report could be about", "Import a catalogue first, or sync"
        )
    names = tuple(facts.parties[each].name for each in artists)
    chosen = {_PART[part] for part in wish.parts}
    header = ReportHeader(
        title="Works in AI programmes: " + (names[0] if len(names) == 1 else f"{len(names)} artists"),
        made_at=now,
        made_by=_signer_name(console),
        artists=artists,
        instant=now,
        period_from=wish.period[0],
        period_until=wish.period[1],
        parts=tuple(part for part in Part if part is Part.WORKS or part in chosen),
    )
    return header, names


def _artists_of(facts: FactBook, artist: ArtistId | None) -> tuple[ArtistId, ...]:
    return (artist,) if artist is not None else tuple(sorted(facts.said))


def _signer_name(console: Console) -> str:
    return console.account.name if console.account is not None else "this computer"


def _counts(content: ReportContent) -> tuple[tuple[str, int], ...]:
    return (
        ("works", len(content.works)),
        ("inclusions", len(content.inclusions)),
        ("decisions", sum(entry.decision is not None for entry in content.entries)),
        ("receipts", len(content.receipts)),
        ("statements", len(content.statements)),
        ("lines", len(content.lines)),
    )


_PART: Mapping[ReportPart, Part] = {
    ReportPart.INCLUSIONS: Part.INCLUSIONS,
    ReportPart.DECISIONS: Part.DECISIONS,
    ReportPart.EARNINGS: Part.STATEMENTS,
}


def _everything(console: Console, header: ReportHeader, artists: Sequence[ArtistId]) -> ReportContent:
    """All rows that are here; what leaves is chosen afterwards, in one place."""
    store = console.store
    entries = mirror.all(store, Kind.ENTRY)
    statements = tuple(s for each in artists for s in stored.all(store, each))
    return ReportContent(
        header,
        # With the other sides of contracts, and the rows that follow from these: never a contract itself.
        parties=(*mirror.all(store, Kind.PARTY), *own_side.parties(store)),
        works=mirror.all(store, Kind.WORK),
        releases=mirror.all(store, Kind.RELEASE),
        stakeholders=own_side.shared_rows(store, mirror.told(store), mirror.all(store, Kind.STAKEHOLDER)),
        controls=mirror.all(store, Kind.CONTROL),
        programmes=mirror.all(store, Kind.PROGRAMME),
        terms=mirror.all(store, Kind.TERMS),
        agreements=mirror.all(store, Kind.AGREEMENT),
        opt_ins=mirror.all(store, Kind.OPT_IN),
        attestations=mirror.all(store, Kind.ATTESTATION),
        recorded_answers=_recorded_answers(console),
        others_answers=mirror.all(store, Kind.OTHERS_ANSWER),
        datasets=mirror.all(store, Kind.DATASET),
        models=mirror.all(store, Kind.MODEL),
        # What counts, as it is shown here: a hit that was refused or that nobody has looked at is no listing,
        # and whoever reads the report folds these very rows. Notes and refusals stay in the profile.
        inclusions=inclusions.all(store),
        entries=entries,
        receipts=tuple(_receipts(console, entries)),
        receipt_keys=tuple(
            ReceiptKey(signer.name, base64url(signer.key.raw))
            for signer in read_signers(console.folder.signers)
        ),
        statements=statements,
        lines=tuple(_lines(store, header, statements)),
    )


def _lines(store: Store, header: ReportHeader, statements: Sequence[Statement]) -> Iterator[Line]:
    """The lines that travel: of each statement all or none, the latest first, until a report is full."""
    if Part.STATEMENTS not in header.parts:
        return
    room = MOST_STATEMENT_LINES
    for statement in sorted(statements, key=lambda each: (each.period_until, each.id), reverse=True):
        if statement.line_count <= room:
            yield from stored.lines(store, statement.id, limit=room)
            room -= statement.line_count


def _recorded_answers(console: Console) -> tuple[RecordedAnswer, ...]:
    """Those that came with a sync, and those kept here alone: read as facts, their evidence stays behind."""
    told = mirror.all(console.store, Kind.RECORDED_ANSWER)
    kept = private.all(console.store, PrivateKind.RECORDED_ANSWER, RecordedAnswer)
    return tuple({answer.id: answer for answer in (*kept, *told)}.values())


def _receipts(console: Console, entries: Iterable[LedgerEntry]) -> Iterable[EntryReceipt]:
    """Those that came with the ledger; where one is not here, the one that answered a push from here."""
    given = {(row.artist, row.n): row for row in mirror.all(console.store, Kind.RECEIPT)}
    for entry in entries:
        if (entry.artist, entry.n) in given:
            yield given[(entry.artist, entry.n)]
        elif entry.decision is not None:
            found = journal.receipts(console.store, entry.decision.id)
            if found:
                yield EntryReceipt(entry.artist, entry.n, found[-1].jws)
