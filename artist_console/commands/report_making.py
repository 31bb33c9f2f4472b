"""Reports are made from the store: what goes in, what is left out, and who signs."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from artist_console.commands.console import Console
from artist_console.commands.names import party_name
from artist_console.commands.report_gathering import (
    beside,
    everything,
    lines_of,
    recorded_answers,
    travelling,
)
from artist_console.commands.report_preview import Preview, preview
from artist_console.commands.report_series import SeenReport, remember
from artist_console.commands.report_wish import (
    CHOSEN_FREELY,
    ReportPart,
    ReportWish,
    artists_of,
    header_of,
    signer_name,
)
from artist_console.commands.signers import own_handovers
from artist_console.domain.contracts import contract_in_words
from artist_console.domain.ids import ArtistId, FactId, PartyId, WorkId
from artist_console.domain.parties import Party, PartyKind
from artist_console.formats.report_content import MOST_STATEMENT_LINES, ReportContent
from artist_console.formats.report_out import write_report
from artist_console.formats.report_privacy import content_for, hidden_works
from artist_console.host.files import replacing
from artist_console.store import mirror, own_side
from artist_console.store import statements as stored

__all__ = [
    "CHOSEN_FREELY",
    "Preview",
    "ReportChoices",
    "ReportFile",
    "ReportPart",
    "ReportWish",
    "choices",
    "create",
    "create_wished",
    "preview",
]


Id = TypeVar("Id", bound=str)


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report that was written."""

    path: Path
    sha256: str  # of what is signed: the hash of the report
    size_bytes: int
    artist_names: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]  # what is in it, in words: ("works", 128)
    signer: str
    fingerprint: str


# Hears how far a long work is (done, of how many, what), and may end it by raising.
Told = Callable[[int, int, str], None]


def _silently(_done: int, _total: int, _words: str) -> None:
    """For callers that do not watch."""


@dataclass(frozen=True, slots=True)
class ReportChoices:
    """What a person can choose from for a report of some artists, or of all. Sorted by words."""

    unreleased: tuple[tuple[WorkId, str], ...]  # left out unless named; by title
    others_money: tuple[tuple[PartyId, str], ...]  # payees of statements that are here; by name
    contracts: tuple[tuple[FactId, str], ...]  # "Contract with Fieldnote of 3 March 2019"
    answers_with_words: int  # answers recorded by hand of those who may be named, with words or a source
    signer: str
    fingerprint: str


def choices(console: Console, artists: Iterable[ArtistId] = ()) -> ReportChoices:
    """What stays out of a report unless it is chosen, and who would sign."""
    store = console.store
    facts = mirror.facts(store, console.clock(), overlay=False)
    about = set(artists_of(facts, ReportWish(tuple(artists))))
    works = {w.id: w for w in facts.works.values() if about & set(w.artists) and w.unreleased}
    payees = {statement.payee for statement in stored.all(store)} - about
    named = (a for a in recorded_answers(store) if _may_be_named(facts.parties.get(a.party)))
    name_of = own_side.namer(facts)
    return ReportChoices(
        unreleased=_by_words((id, work.title) for id, work in works.items()),
        others_money=_by_words((payee, party_name(facts, payee)) for payee in payees),
        contracts=_by_words(
            (contract.id, contract_in_words(contract, name_of(contract)))
            for contract in own_side.contracts(store)
            if contract.artist in about
        ),
        answers_with_words=sum(bool(answer.words or answer.source) for answer in named),
        signer=signer_name(console),
        fingerprint=console.signing_key.public.fingerprint,
    )


def _by_words(pairs: Iterable[tuple[Id, str]]) -> tuple[tuple[Id, str], ...]:
    return tuple(sorted(pairs, key=lambda pair: (pair[1].casefold(), pair[0])))


def _may_be_named(party: Party | None) -> bool:
    return party is not None and (party.kind is PartyKind.ORGANISATION or party.shares_answers)


def create(
    console: Console,
    out: Path,
    artist: ArtistId | None = None,
    parts: frozenset[ReportPart] = frozenset(ReportPart),
    period: tuple[date | None, date | None] = (None, None),
) -> ReportFile:
    """Write a signed report of one artist, or of all in reach, from what is here; needs no backend."""
    artists = (artist,) if artist is not None else ()
    return create_wished(console, out, ReportWish(artists, parts, period))


def create_wished(console: Console, out: Path, wish: ReportWish, progress: Told = _silently) -> ReportFile:
    """The same with everything that can be chosen; the file is whole or not there.

    The content rules of `formats.report_privacy` decide what leaves. Raises ReportProblem, FileProblem,
    LinesProblem, and as `report_wish.header_of`.
    """
    course = _Course(progress)
    course.at(0, _READING)
    store = console.store
    facts = mirror.facts(store, console.clock(), overlay=False)
    header, names = header_of(console, wish, facts)
    rows = everything(console, header, wish.money_of_others)
    chosen = wish.chosen(header.artists)
    course.at(_READ, _WORKING_OUT)
    content = content_for(rows, header, chosen, beside(console), course.explained)
    travel = travelling(store, content, MOST_STATEMENT_LINES)
    course.at(_EXPLAINED, _WRITING)
    course.rows = _held(content) + sum(statement.line_count for statement in travel)
    key = console.signing_key
    with replacing(out) as file:
        written = write_report(
            file,
            content,
            key,
            header.made_by,
            lines=partial(lines_of, store, travel, hidden_works(rows, chosen)),
            handovers=own_handovers(console.folder.signers, key.public),
            scratch=partial(_scratch, out),
            progress=course.written,
        )
        course.at(_WHOLE, _MOVING)
    made = SeenReport(
        header.series, header.made_at, written.sha256, str(out.absolute()), frozenset({key.public.kid}), True
    )
    remember(console.folder.reports_seen, (made,))
    return ReportFile(
        path=out,
        sha256=written.sha256,
        size_bytes=written.size,
        artist_names=names,
        counts=_counts(content, written.counts.get("lines", 0)),
        signer=header.made_by,
        fingerprint=key.public.fingerprint,
    )


def _scratch(out: Path) -> BinaryIO:
    """A file without a name beside the target: there is the room that the report needs anyway."""
    made = tempfile.TemporaryFile(dir=out.parent, prefix=f".{out.name}.")  # noqa: SIM115 - the writer does
    return cast(BinaryIO, made)


_READING = "Reading what is here"
_WORKING_OUT = "Working out what follows for each work, and why"
_WRITING = "Writing the rows"
_MOVING = "Putting the file in its place"
# Of a thousand steps: what each stretch of the way takes, as measured on a profile of a thousand works.
_READ, _EXPLAINED, _WRITTEN, _WHOLE, _ALL = 50, 550, 990, 995, 1_000


class _Course:
    """How far a report has come, told in steps of a thousand and not more often than it changes."""

    def __init__(self, progress: Told) -> None:
        self._progress = progress
        self._last = (-1, "")
        self.rows = 0  # that will be written

    def at(self, step: int, words: str) -> None:
        if (step, words) != self._last:
            self._last = (step, words)
            self._progress(step, _ALL, words)

    def explained(self, done: int, total: int) -> None:
        self.at(_READ + (_EXPLAINED - _READ) * done // max(total, 1), _WORKING_OUT)

    def written(self, done: int, _total: int) -> None:
        share = min(done, self.rows)
        self.at(_EXPLAINED + (_WRITTEN - _EXPLAINED) * share // max(self.rows, 1), _WRITING)


def _held(content: ReportContent) -> int:
    return sum(count for _, count in _counts(content, 0)) + len(content.outcomes) + len(content.traces)


def _counts(content: ReportContent, lines: int) -> tuple[tuple[str, int], ...]:
    return (
        ("works", len(content.works)),
        ("inclusions", len(content.inclusions)),
        ("decisions", sum(entry.decision is not None for entry in content.entries)),
        ("receipts", len(content.receipts)),
        ("findings", len(content.findings)),
        ("cases", len(content.cases)),
        ("contracts", len(content.contracts)),
        ("statements", len(content.statements)),
        ("lines", lines),
    )
