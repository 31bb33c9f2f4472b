"""What tables show, worked out from the rows and the journal: summaries of works, findings, what waits.

The functions of the domain say what is true; this module knows what has to be asked again after a change. It
keeps a mark of what it has seen, so that a change is never missed: not after a crash, not from another lane.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

import msgspec

from artist_console.domain.decisions import Decision, Register, SubjectKind
from artist_console.domain.earnings import twelve_months_to
from artist_console.domain.facts import FactBook
from artist_console.domain.finding_kinds import Finding, PaidUse
from artist_console.domain.findings import find
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.inclusion import STRENGTH, InclusionStatement
from artist_console.domain.permission import PermissionOutcome
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.statements import exact_sum
from artist_console.domain.summaries import WorkSummary, summarise
from artist_console.domain.waiting import WaitingItem, waiting
from artist_console.domain.works import Work
from artist_console.formats import wire
from artist_console.formats.wire import Kind

from . import inclusions, journal, mirror, search, statements
from .opening import Part, Store

_NO_DEADLINE = "9999-12-31"
_TRIES = 3
# Rows that only name one work or artist touch no other; all others may touch every row that is shown.
_ABOUT_WORKS = frozenset(
    kind.value for kind in (Kind.WORK, Kind.INCLUSION, Kind.CONTROL, Kind.STAKEHOLDER, Kind.RELEASE)
)
_ABOUT_NOTHING_SHOWN_BY_WORK = frozenset(kind.value for kind in (Kind.MANDATE, Kind.STATEMENT))
# Rows whose texts can be searched for.
_SEARCHED = frozenset(kind.value for kind in (Kind.WORK, Kind.RELEASE, Kind.PARTY))


class Mark(msgspec.Struct, frozen=True):
    """How far the projection has seen: places in the journal, the day, and the layout of what it wrote."""

    day: date
    decisions: int
    outcomes: int
    streams: int
    settled: int
    layout: int = 1


@dataclass
class _Affected:
    """What has to be worked out again."""

    everything: bool = False
    works: set[WorkId] = field(default_factory=set)
    artists: set[ArtistId] = field(default_factory=set)  # whose waiting list changes
    texts: bool = False
    findings: bool = False  # more than those of the works above

    def __bool__(self) -> bool:
        return self.everything or bool(self.works or self.artists) or self.findings


def refresh(store: Store, today: date) -> bool:
    """Bring the tables up to date with what has changed; gives whether anything was worked out.

    May be called at any time and by several lanes: the one that comes second starts again from what the first
    has written.
    """
    for _ in range(_TRIES):
        done = _refresh_once(store, today, locked=False)
        if done is not None:
            return done
    with store.transaction(Part.MIRROR):
        done = _refresh_once(store, today, locked=True)
    assert done is not None, "nobody else writes while the mirror is held"
    return done


def _refresh_once(store: Store, today: date, *, locked: bool) -> bool | None:
    """One attempt; None when another lane has written meanwhile."""
    with store.snapshot():
        before = _mark_text(store)
        seen = store.value("SELECT max(number) FROM mirror.changed") or 0
        now = Mark(today, *_journal_marks(store))
        affected = _affected(store, before, now)
        if not affected and seen == 0 and before is not None and _read_mark(before) == now:
            return False
        work = _Work(store, today)
        written = work.out(affected)
    if locked:
        _write(store, written, affected, now, seen)
        return True
    with store.transaction(Part.MIRROR):
        if _mark_text(store) != before:
            return None
        _write(store, written, affected, now, seen)
    return True


def _journal_marks(store: Store) -> tuple[int, int, int, int]:
    settled = store.value("SELECT count(*) FROM main.settled")
    return (*journal.marks(store), settled)


def _mark_text(store: Store) -> str | None:
    found: str | None = store.value("SELECT value FROM mirror.meta WHERE name = 'projected'")
    return found


def _read_mark(text: str) -> Mark | None:
    try:
        return msgspec.json.decode(text, type=Mark)
    except msgspec.MsgspecError:
        return None


def _affected(store: Store, before: str | None, now: Mark) -> _Affected:
    """Compare the marks, and read what sync rounds noted."""
    found = _Affected()
    former = _read_mark(before) if before is not None else None
    if (
        former is None
        or former.day != now.day
        or former.layout != now.layout
        or former.streams != now.streams
    ):
        found.everything = found.texts = found.findings = True
        return found
    for register in _registers_since(store, former, now):
        _add_register(store, found, register)
    if former.settled != now.settled:
        found.artists.update(
            ArtistId(artist)
            for (artist,) in store.rows(
                "SELECT DISTINCT artist FROM main.settled JOIN main.decision USING (place)"
            )
        )
    changed = store.rows("SELECT DISTINCT kind, id, subject FROM mirror.changed")
    for kind, id, subject in changed:
        _add_change(store, found, kind, id, subject)
    return found


def _is_sent_again(former: Mark, now: Mark) -> bool:
    """Whether decisions that had an outcome wait again. The first stream of all changes nothing."""
    return former.streams > 0 and former.streams != now.streams


def _registers_since(store: Store, former: Mark, now: Mark) -> tuple[Register, ...]:
    """The registers of decisions that were made, or answered, since the former mark."""
    if (former.decisions, former.outcomes) == (now.decisions, now.outcomes):
        return ()
    rows = store.rows(
        "SELECT body FROM main.decision WHERE place > :place OR place IN"
        " (SELECT place FROM main.outcome WHERE number > :outcome)",
        {"place": former.decisions, "outcome": former.outcomes},
    )
    return tuple(dict.fromkeys(journal.decision_of(body).register for (body,) in rows))


def _add_register(store: Store, found: _Affected, register: Register) -> None:
    found.artists.add(register.artist)
    match register.subject.kind:
        case SubjectKind.WORK:
            found.works.add(_home(store, register.subject.id))
        case SubjectKind.RELEASE:
            found.works.update(
                _home(store, work)
                for (work,) in store.rows(
                    "SELECT work FROM mirror.track WHERE release = :id", {"id": register.subject.id}
                )
            )
        case SubjectKind.ALL | SubjectKind.PERSON:
            _add_artist(store, found, register.artist)


def _home(store: Store, id: str) -> WorkId:
    """The id under which a work stands now: its own, or that of the work it was merged into."""
    mark = mirror.versions(store).get(Kind.WORK.value, 0)
    merged = store.cached("merged works", mark)
    if merged is None:
        found = {gone: work.id for work in mirror.all(store, Kind.WORK) for gone in work.merged_ids}
        merged = store.keep("merged works", mark, found)
    assert isinstance(merged, dict)
    home: WorkId = merged.get(id, WorkId(id))
    return home


def _add_artist(store: Store, found: _Affected, artist: str) -> None:
    """All works that an artist, or a group with the artist, has a say in."""
    groups = [
        party.id
        for party in mirror.all(store, Kind.PARTY)
        if any(membership.member == artist for membership in party.members)
    ]
    found.artists.update((ArtistId(artist), *groups))
    for id in (artist, *groups):
        found.works.update(
            WorkId(work)
            for (work,) in store.rows(
                "SELECT work FROM mirror.work_artist WHERE artist = :id"
                " UNION SELECT subject FROM mirror.holder WHERE party = :id",
                {"id": id},
            )
        )


def _add_change(store: Store, found: _Affected, kind: str, id: str, subject: str) -> None:
    found.texts |= kind in _SEARCHED
    if kind == Kind.ENTRY.value:
        found.artists.add(ArtistId(subject))
        entry = mirror.get(store, Kind.ENTRY, id)
        decision = entry.decision if entry else None
        if entry is not None and decision is None and entry.names is not None:
            proposal = mirror.entry_of(store, entry.names)
            decision = proposal.decision if proposal else None
        if decision is not None:
            _add_register(store, found, decision.register)
        elif entry is None or entry.names is not None:
            _add_artist(store, found, subject)
    elif kind in _ABOUT_WORKS:
        work = _home(store, subject)
        found.works.add(work)
        found.artists.update(
            ArtistId(artist)
            for (artist,) in store.rows(
                "SELECT artist FROM mirror.work_artist WHERE work = :id", {"id": work}
            )
        )
    elif kind == "line":
        found.findings = True
        if subject:
            found.works.add(_home(store, subject))
    elif kind in _ABOUT_NOTHING_SHOWN_BY_WORK:
        found.findings = True
    else:
        found.everything = found.findings = True


@dataclass(frozen=True)
class _Written:
    """What is to be put into the tables."""

    summaries: tuple[WorkSummary, ...]
    keys: dict[WorkId, int]
    works: frozenset[WorkId] | None  # whose rows are replaced; None: all
    findings: tuple[Finding, ...]
    finding_works: frozenset[WorkId] | None  # whose findings are replaced; None: all
    waiting: tuple[WaitingItem, ...]
    waiting_artists: frozenset[ArtistId] | None
    texts: tuple[tuple[int, str], ...]


class _Work:
    """The facts of one refresh, and what is asked of them."""

    def __init__(self, store: Store, today: date) -> None:
        self.store, self.today = store, today
        over = mirror.laid_over(store)
        day_ends = datetime.combine(today, time.max, tzinfo=UTC)
        made = max((decision.made_at for decision in over), default=day_ends)
        self.instant = max(day_ends, made)
        self.facts: FactBook = mirror.facts(store, made)
        self.outcomes = OutcomeTable(self.facts, self.instant)
        self.pending: tuple[Decision, ...] = journal.undelivered(store)
        self.requests = mirror.all(store, Kind.REQUEST)

    def out(self, affected: _Affected) -> _Written:
        pairs = self._pairs(affected)
        works: frozenset[WorkId] | None = (
            None if affected.everything else frozenset(work for _, work, _ in pairs) | affected.works
        )
        found, replaced = self._findings(affected, works)
        kept = () if replaced is None else findings(self.store)
        known = (*found, *(f for f in kept if replaced is not None and not _is_about(f, replaced)))
        summaries = self._summaries(pairs, known)
        return _Written(
            summaries=summaries,
            keys={work: key for _, work, key in pairs},
            works=works,
            findings=found,
            finding_works=replaced,
            waiting=self._waiting(affected, known),
            waiting_artists=None if self._all_wait(affected) else frozenset(affected.artists),
            texts=self._texts(pairs) if affected.texts else (),
        )

    def _pairs(self, affected: _Affected) -> list[tuple[ArtistId, WorkId, int]]:
        """Artist, work and key of the rows to work out: of works named, and of recordings of songs named."""
        if affected.everything:
            rows = self.store.rows("SELECT artist, work, key FROM mirror.work_artist ORDER BY artist, work")
        else:
            rows = self.store.rows(
                "WITH named (work) AS (SELECT value FROM json_each(:works)),"
                " touched (work) AS (SELECT work FROM named UNION SELECT e.recording FROM mirror.embodies e"
                " JOIN named n ON n.work = e.composition)"
                " SELECT a.artist, a.work, a.key FROM touched t JOIN mirror.work_artist a USING (work)"
                " ORDER BY a.artist, a.work",
                {"works": wire.encode(sorted(affected.works)).decode()},
            )
        return [(ArtistId(artist), WorkId(work), key) for artist, work, key in rows]

    def _findings(
        self, affected: _Affected, works: frozenset[WorkId] | None
    ) -> tuple[tuple[Finding, ...], frozenset[WorkId] | None]:
        """The findings worked out, and the works whose former findings they replace (None: all of them)."""
        store = self.store
        models, datasets = mirror.all(store, Kind.MODEL), mirror.all(store, Kind.DATASET)
        stated, mandates = statements.all(store), mirror.all(store, Kind.MANDATE)
        paid = self._paid()
        if works is None or affected.findings:
            said = mirror.all(store, Kind.INCLUSION)
            return find(self.facts, said, models, datasets, stated, paid, mandates, self.today), None
        said = tuple(s for found in inclusions.of_works(store, works).values() for s in found)
        about = tuple(use for use in paid if use.work in works)
        found = find(self.facts, said, models, datasets, stated, about, (), self.today)
        return tuple(f for f in found if _is_about(f, works)), works

    def _paid(self) -> tuple[PaidUse, ...]:
        mark = mirror.versions(self.store).get("line", 0)
        kept = self.store.cached("paid uses", mark)
        if isinstance(kept, tuple):
            return kept
        return self.store.keep("paid uses", mark, statements.paid_uses(self.store))

    def _summaries(
        self, pairs: Sequence[tuple[ArtistId, WorkId, int]], found: Iterable[Finding]
    ) -> tuple[WorkSummary, ...]:
        by_artist: defaultdict[ArtistId, list[Work]] = defaultdict(list)
        for artist, id, _ in pairs:
            work = self.facts.works.get(id)
            if work is not None:
                by_artist[artist].append(work)
        findings_of: defaultdict[ArtistId, list[Finding]] = defaultdict(list)
        for finding in found:
            findings_of[finding.artist].append(finding)
        said = self._statements_of({id for _, id, _ in pairs})
        since, until = twelve_months_to(self.today), self.today
        return tuple(
            summary
            for artist, works in by_artist.items()
            for summary in summarise(
                artist,
                works,
                self.facts,
                self.outcomes,
                said,
                statements.earned_by_work(self.store, artist, since, until, works=[w.id for w in works]),
                findings_of[artist],
                self.pending,
                self.today,
                self.requests,
            )
        )

    def _statements_of(self, works: set[WorkId]) -> dict[WorkId, tuple[InclusionStatement, ...]]:
        """Statements by work; those about an id that was merged stand under the id that stays."""
        ids = [id for work in works if (known := self.facts.works.get(work)) for id in known.merged_ids]
        said: defaultdict[WorkId, tuple[InclusionStatement, ...]] = defaultdict(tuple)
        for id, found in inclusions.of_works(self.store, (*works, *ids)).items():
            stays = self.facts.works[id].id if id in self.facts.works else id
            said[stays] += found
        return dict(said)

    def _all_wait(self, affected: _Affected) -> bool:
        return affected.everything or affected.findings

    def _waiting(self, affected: _Affected, found: Iterable[Finding]) -> tuple[WaitingItem, ...]:
        artists = (
            {ArtistId(id) for id in self.facts.said} if self._all_wait(affected) else set(affected.artists)
        )
        if not artists:
            return ()
        said = (
            mirror.all(self.store, Kind.INCLUSION)
            if self._all_wait(affected)
            else tuple(s for artist in sorted(artists) for s in inclusions.find(self.store, artist=artist))
        )
        conflicts = (
            entry.decision
            for entry in journal.needing_person(self.store)
            if entry.outcome is not None and entry.outcome.value == "conflict"
        )
        return waiting(
            sorted(artists),
            self.facts,
            self.outcomes,
            self.requests,
            tuple(conflicts),
            tuple(found),
            said,
            statements.checks(self.store),
            mirror.all(self.store, Kind.MANDATE),
            self.today,
        )

    def _texts(self, pairs: Sequence[tuple[ArtistId, WorkId, int]]) -> tuple[tuple[int, str], ...]:
        """What of each work can be found: titles, people, releases, identifiers."""
        keys = {work: key for _, work, key in pairs}
        texts = []
        for id, key in keys.items():
            work = self.facts.works.get(id)
            if work is None:
                continue
            releases = [
                self.facts.releases[m.release]
                for m in self.facts.memberships.get(id, ())
                if m.release in self.facts.releases
            ]
            artists = [self.facts.parties[a] for a in work.artists if a in self.facts.parties]
            titles = [
                f"{work.title} {work.version}",
                *work.aliases,
                *(name for artist in artists for name in (artist.name, *artist.aliases)),
                *(credit.name for credit in work.credits),
                *(release.title for release in releases),
            ]
            identifiers = [work.identifier, *(release.upc for release in releases)]
            texts.append((key, search.folded_text(titles, identifiers)))
        return tuple(texts)


def _is_about(finding: Finding, works: frozenset[WorkId]) -> bool:
    return finding.work in works or not works.isdisjoint(finding.works)


# From the most open to the most closed, as the column is sorted; no programme known comes last.
_PERMISSION_ORDER = {outcome: place for place, outcome in enumerate(reversed(PermissionOutcome))}


def _write(store: Store, written: _Written, affected: _Affected, now: Mark, seen: int) -> None:
    _write_summaries(store, written)
    _write_findings(store, written)
    _write_waiting(store, written)
    if written.texts:
        search.index(store, written.texts)
    store.run("DELETE FROM mirror.changed WHERE number <= :seen", {"seen": seen})
    store.run(
        "INSERT INTO mirror.meta (name, value) VALUES ('projected', :mark)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"mark": msgspec.json.encode(now).decode()},
    )


def _write_summaries(store: Store, written: _Written) -> None:
    if written.works is None:
        store.run("DELETE FROM mirror.work_summary")
    else:
        store.run(
            "DELETE FROM mirror.work_summary WHERE work IN (SELECT value FROM json_each(:works))",
            {"works": wire.encode(sorted(written.works)).decode()},
        )
    store.run_many(
        "INSERT INTO mirror.work_summary (artist, work, work_key, title, release, artist_name, year,"
        " where_rank, permission_rank, earned, changed_at, state, label, no_identifier, reported,"
        " needs_you, refused, finding, body) VALUES (:artist, :work, :work_key, :title, :release,"
        " :artist_name, :year, :where_rank, :permission_rank, :earned, :changed_at, :state, :label,"
        " :no_identifier, :reported, :needs_you, :refused, :finding, :body)",
        [_summary_row(summary, written.keys[summary.work]) for summary in written.summaries],
    )


def _summary_row(summary: WorkSummary, work_key: int) -> dict[str, object]:
    outcome = summary.outcome
    return {
        "artist": summary.artist,
        "work": summary.work,
        "work_key": work_key,
        "title": search.fold(f"{summary.title} {summary.version}".strip()),
        "release": search.fold(summary.release_title),
        "artist_name": search.fold(summary.artist_name),
        "year": summary.year or 0,
        # A finding stands before every state (DESIGN, "Where it is").
        "where_rank": -1 if summary.finding is not None else STRENGTH.index(summary.where),
        "permission_rank": len(_PERMISSION_ORDER) if outcome is None else _PERMISSION_ORDER[outcome],
        # For order only. Amounts of several currencies have no common order; the larger figure counts.
        "earned": float(max((amount for _, amount in summary.earned), default=exact_sum(()))),
        "changed_at": summary.changed_at.astimezone(UTC).isoformat() if summary.changed_at else "",
        "state": summary.where.value,
        "label": summary.label,
        "no_identifier": int(not summary.identifier),
        "reported": int(summary.reported),
        "needs_you": int(summary.needs_you),
        "refused": int(summary.refused),
        "finding": int(summary.finding is not None),
        "body": wire.encode(summary),
    }


def _write_findings(store: Store, written: _Written) -> None:
    if written.finding_works is None:
        store.run("DELETE FROM mirror.finding")
    else:
        gone = [f.id for f in findings(store) if _is_about(f, written.finding_works)]
        store.run(
            "DELETE FROM mirror.finding WHERE id IN (SELECT value FROM json_each(:ids))",
            {"ids": wire.encode(gone).decode()},
        )
    store.run_many(
        "INSERT INTO mirror.finding (id, artist, work, kind, body)"
        " VALUES (:id, :artist, :work, :kind, :body)",
        [
            {
                "id": f.id,
                "artist": f.artist,
                "work": f.work or "",
                "kind": f.kind.value,
                "body": wire.encode(f),
            }
            for f in written.findings
        ],
    )


def _write_waiting(store: Store, written: _Written) -> None:
    if written.waiting_artists is None:
        store.run("DELETE FROM mirror.waiting")
    else:
        store.run(
            "DELETE FROM mirror.waiting WHERE artist IN (SELECT value FROM json_each(:artists))",
            {"artists": wire.encode(sorted(written.waiting_artists)).decode()},
        )
    store.run_many(
        "INSERT INTO mirror.waiting (artist, deadline, since, body)"
        " VALUES (:artist, :deadline, :since, :body)",
        [
            {
                "artist": item.artist,
                "deadline": item.deadline.isoformat() if item.deadline else _NO_DEADLINE,
                "since": item.since.isoformat(),
                "body": wire.encode(item),
            }
            for item in written.waiting
        ],
    )


def findings(store: Store, artist: ArtistId | None = None, work: WorkId | None = None) -> tuple[Finding, ...]:
    """What the records show that a person may want to act on, in the order of the domain."""
    rows = store.rows(
        "SELECT body FROM mirror.finding WHERE (:artist IS NULL OR artist = :artist)", {"artist": artist}
    )
    found = [wire.decode(Finding, body) for (body,) in rows]
    if work is not None:
        found = [f for f in found if f.work == work or work in f.works]
    return tuple(sorted(found, key=lambda f: (f.deadline or date.max, f.since, f.kind.value, f.id)))


def waiting_items(store: Store, artist: ArtistId | None = None) -> tuple[WaitingItem, ...]:
    """What waits for the person, oldest deadline first."""
    rows = store.rows(
        "SELECT body FROM mirror.waiting WHERE (:artist IS NULL OR artist = :artist)"
        " ORDER BY deadline, since, key",
        {"artist": artist},
    )
    return tuple(wire.decode(WaitingItem, body) for (body,) in rows)


def count_waiting(store: Store) -> dict[ArtistId, int]:
    """How much waits, per artist."""
    return {
        ArtistId(artist): count
        for artist, count in store.rows("SELECT artist, count(*) FROM mirror.waiting GROUP BY artist")
    }


def is_current(store: Store, today: date) -> bool:
    """Whether the tables show all that is here, as of this day."""
    text = _mark_text(store)
    return (
        text is not None
        and _read_mark(text) == Mark(today, *_journal_marks(store))
        and store.row("SELECT 1 FROM mirror.changed LIMIT 1") is None
    )
