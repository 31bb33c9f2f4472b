"""Findings with their evidence; putting one aside with a note, taking it up again; a bundle on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from artist_console.commands import attention
from artist_console.commands.console import Console, Result
from artist_console.commands.fact_links import Link, LinkKind
from artist_console.commands.fact_pages import fact_page
from artist_console.commands.inclusions import PlaceRow, place_rows
from artist_console.commands.names import party_name, work_title
from artist_console.commands.paper import Paper, PaperLine, PaperStyle
from artist_console.domain import words, work_words
from artist_console.domain.changes import Changes
from artist_console.domain.facts import FactBook
from artist_console.domain.finding import Finding
from artist_console.domain.finding_dismissed import Dismissal, facts_mark, holds
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.inclusion import Evidence
from artist_console.domain.phrases import day_in_words, period_in_words, say
from artist_console.domain.problems import UnknownThing
from artist_console.domain.statements import Statement
from artist_console.domain.switch_words import permitted_words
from artist_console.domain.trace import FactKind, FactRef
from artist_console.store import dismissed as put_aside
from artist_console.store import inclusions, mirror, private, projection, statements, switches
from artist_console.store.private import Change, PrivateKind

_MOST_ROWS = 12  # of one list, on paper


@dataclass(frozen=True, slots=True)
class FindingRow:
    finding: Finding
    artist_name: str
    work_title: str  # empty where it is about several works or none
    dismissed: Dismissal | None
    evidence: tuple[PlaceRow, ...]  # the places that the finding names


class UnknownFinding(UnknownThing):
    title_template = "There is no finding {finding} here"
    advice_template = "It may rest on facts that are others now. See: artist-console findings list"


def list_findings(
    console: Console,
    artist: ArtistId | None = None,
    work: WorkId | None = None,
    kind: FindingKind | None = None,
    dismissed: bool = False,
) -> tuple[FindingRow, ...]:
    """Findings, those with a deadline first. `dismissed`: those that were put aside, and no others."""
    attention.bring_up_to_date(console)
    store = console.store
    aside = put_aside.dismissals(store)
    facts = mirror.facts(store, console.clock())
    home = facts.works[work].id if work is not None and work in facts.works else work
    found = [
        each
        for each in projection.findings(store, artist, home, dismissed=True)
        if kind in (None, each.kind) and holds(aside.get(each.id), each) is dismissed
    ]
    evidence = _evidence(console, facts, found)
    return tuple(
        FindingRow(
            finding=each,
            artist_name=party_name(facts, each.artist),
            work_title=work_title(facts, each.work) if each.work is not None else "",
            dismissed=aside[each.id] if dismissed else None,
            evidence=evidence[each.id],
        )
        for each in found
    )


def _evidence(console: Console, facts: FactBook, found: Iterable[Finding]) -> dict[str, tuple[PlaceRow, ...]]:
    """Per finding the places of which it names a statement."""
    named = {
        each.id: {fact.id for fact in each.facts if fact.kind == FactKind.INCLUSION.value} for each in found
    }
    works = {work for each in found if named[each.id] for work in each.works}
    store = console.store
    merged = [id for work in works if work in facts.works for id in facts.works[work].merged_ids]
    said = inclusions.of_works(store, (*sorted(works), *merged))
    rows = place_rows(
        (each for held in said.values() for each in held),
        facts,
        inclusions.datasets(store),
        inclusions.models(store),
    )
    by_statement: dict[str, PlaceRow] = {id: row for row in rows for id in row.statements}
    return {
        finding: tuple(dict.fromkeys(by_statement[id] for id in sorted(ids) if id in by_statement))
        for finding, ids in named.items()
    }


def dismiss_finding(console: Console, id: str, note: str | None = None) -> Result[Dismissal]:
    """Put a finding aside: it leaves Overview, rows and counts until the facts behind it are others.

    The note stays in the profile; without one, one that was put aside already stays as it is.
    Raises UnknownFinding.
    """
    finding = _finding(console, id)
    there = put_aside.dismissals(console.store).get(finding.id)
    if note is None and there is not None and holds(there, finding):
        return Result(there, Changes.NONE)
    made = Dismissal(finding.id, finding.artist, facts_mark(finding), console.clock(), (note or "").strip())
    _exchange(console, finding, Change(PrivateKind.DISMISSED, [made]))
    return Result(made, Changes.WORKS | Changes.INCLUSIONS)


def restore_finding(console: Console, id: str) -> Result[Finding]:
    """Take a finding up again. Raises UnknownFinding."""
    finding = _finding(console, id)
    _exchange(console, finding, Change(PrivateKind.DISMISSED, forget=[finding.id]))
    return Result(finding, Changes.WORKS | Changes.INCLUSIONS)


def _finding(console: Console, id: str) -> Finding:
    attention.bring_up_to_date(console)
    for each in projection.findings(console.store, dismissed=True):
        if each.id == id:
            return each
    raise UnknownFinding(finding=id)


def _exchange(console: Console, finding: Finding, change: Change) -> None:
    store = console.store
    version = private.version(store)
    private.exchange(store, finding.artist, [change], console.clock())
    works = frozenset(() if finding.work is None else (finding.work,))
    changed = projection.PrivateChange(version, works, frozenset([finding.artist]))
    projection.refresh_rows_after(store, console.today, changed)


def findings_bundle(console: Console, ids: Sequence[str] | None = None) -> Paper:
    """The chosen findings, or all that nobody has put aside, with their evidence. Raises UnknownFinding."""
    rows = list_findings(console)
    if ids is not None:
        known = {row.finding.id: row for row in (*rows, *list_findings(console, dismissed=True))}
        missing = next((id for id in ids if id not in known), None)
        if missing is not None:
            raise UnknownFinding(finding=missing)
        rows = tuple(known[id] for id in dict.fromkeys(ids))
    day = day_in_words(console.today)
    title = f"Findings of {day}"
    count = "1 finding" if len(rows) == 1 else f"{len(rows)} findings"
    lines = [
        PaperLine(PaperStyle.TITLE, title),
        PaperLine(
            PaperStyle.TEXT,
            f"{count}. This is what the records in this profile show, by whose word and with what evidence."
            " It is no legal advice, and it is not signed.",
        ),
    ]
    papers: dict[str, Statement] = {each.id: each for each in statements.all(console.store)}
    for row in rows:
        lines += _lines(row)
        for fact in row.finding.facts:
            lines += _fact_lines(console, fact, papers)
    return Paper(title, f"Artist Console · findings · {day}", tuple(lines))


def _lines(row: FindingRow) -> Iterator[PaperLine]:
    finding = row.finding
    yield PaperLine(PaperStyle.HEADING, finding.title.text)
    kind = work_words.FINDING[finding.kind]
    about = [kind, row.artist_name, f"since {day_in_words(finding.since)}"]
    if finding.deadline is not None:
        about.append(f"until {day_in_words(finding.deadline)}")
    yield PaperLine(PaperStyle.SMALL, " · ".join(part for part in about if part))
    for sentence in finding.words:
        yield PaperLine(PaperStyle.TEXT, sentence.text)
    if row.dismissed is not None:
        note = f": {row.dismissed.note}" if row.dismissed.note else ""
        yield PaperLine(PaperStyle.TEXT, f"Put aside on {day_in_words(row.dismissed.at)}{note}")
    for place in row.evidence:
        yield from _evidence_lines(place)


def _fact_lines(console: Console, fact: FactRef, papers: Mapping[str, Statement]) -> Iterator[PaperLine]:
    """The agreements and statements that a finding rests on; places are told with their evidence."""
    if fact.kind == FactKind.AGREEMENT.value:
        try:
            page = fact_page(console, Link(LinkKind.AGREEMENT, fact.id, say("Agreement")))
        except UnknownThing:
            return  # it went with the last sync; the finding goes when it is worked out anew
        yield PaperLine(PaperStyle.STRONG, f"Evidence: {page.title.text}")
        for name, value in page.lines:
            yield PaperLine(PaperStyle.POINT, f"{name}: {value}")
        for note in page.notes:
            yield PaperLine(PaperStyle.POINT, note.text)
    elif fact.kind == FactKind.STATEMENT.value and fact.id in papers:
        paper = papers[fact.id]
        period = period_in_words(paper.period_from, paper.period_until)
        yield PaperLine(PaperStyle.STRONG, f"Evidence: statement of {paper.issuer}, {period}")
        yield PaperLine(PaperStyle.POINT, f"Received on {day_in_words(paper.received_on)}")
        yield PaperLine(PaperStyle.POINT, f"SHA-256: {paper.sha256}")
    elif fact.kind == FactKind.SWITCH.value:
        yield from _switch_lines(console, fact.id)


def _switch_lines(console: Console, id: str) -> Iterator[PaperLine]:
    """How a switch elsewhere was noted to stand, or what was read out."""
    for note in (each for each in switches.notes(console.store) if each.id == id):
        yield PaperLine(PaperStyle.STRONG, f"Evidence: {note.name}, {day_in_words(note.on)}")
        if note.video:
            yield PaperLine(PaperStyle.POINT, f"Video {note.video}: training by {permitted_words(note)}")
        for name, said in (("Note", note.note), ("SHA-256 of the picture", note.picture)):
            if said:
                yield PaperLine(PaperStyle.POINT, f"{name}: {said}")


def _evidence_lines(place: PlaceRow) -> Iterator[PaperLine]:
    head = f"Evidence: {place.model or place.dataset}, {place.said.text}"
    yield PaperLine(PaperStyle.STRONG, head)
    yield PaperLine(
        PaperStyle.POINT,
        f"{words.grade_words(place.grade, place.stated_by)}: {place.stated_by},"
        f" as of {day_in_words(place.as_of)}. Work: {place.work_title}.",
    )
    for against in place.against:
        yield PaperLine(PaperStyle.POINT, f"Contradicted on the same day: {against}.")
    shown = place.listed[:_MOST_ROWS] if place.listed else (place.evidence,)
    for evidence in shown:
        yield from _source_lines(evidence)
    if len(place.listed) > len(shown):
        yield PaperLine(PaperStyle.POINT, f"and {len(place.listed) - len(shown)} more rows of this list.")
    if place.evidence.does_not_prove:
        yield PaperLine(PaperStyle.POINT, f"What it does not prove: {place.evidence.does_not_prove}")


def _source_lines(evidence: Evidence) -> Iterator[PaperLine]:
    row = f", row {evidence.row}" if evidence.row is not None else ""
    yield PaperLine(PaperStyle.POINT, f"Source: {evidence.source}{row}")
    for name, said in (
        ("As it stands there", evidence.words),
        ("SHA-256 of the file", evidence.sha256),
        ("Signed with the key", evidence.signed_by),
        ("How it was checked", evidence.checked_how),
    ):
        if said:
            yield PaperLine(PaperStyle.POINT, f"{name}: {said}")
