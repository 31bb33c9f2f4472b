"""The rows of the works table and what can be searched: worked out for some works or for all, and written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC

from artist_console.domain.earnings import twelve_months_to
from artist_console.domain.finding import Finding
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.inclusion import InclusionStatement
from artist_console.domain.inclusion_states import STRENGTH
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.statements import exact_sum
from artist_console.domain.summaries import summarise
from artist_console.domain.work_rows import WorkSummary
from artist_console.domain.works import Work
from artist_console.formats import encoding

from . import attention, inclusions, search, statements
from .opening import Store
from .sight import Sight

_Pair = tuple[ArtistId, WorkId, int]  # artist, work, key of the work's row


@dataclass(frozen=True, slots=True)
class Made:
    """Rows to be put into the table. `works` None: in the place of all that are there."""

    summaries: tuple[WorkSummary, ...]
    keys: dict[WorkId, int]
    works: frozenset[WorkId] | None
    texts: tuple[tuple[int, str], ...]
    with_findings: frozenset[tuple[ArtistId, WorkId]]  # a listing is one, too, though it names no row


def work_out(
    sight: Sight,
    works: Collection[WorkId] | None,
    *,
    with_texts: bool = False,
    findings: Iterable[Finding] | None = None,
) -> Made:
    """The rows of these works (all when None), and of recordings of the songs among them.

    `findings` are those to be named; as they are kept, when None.
    """
    pairs = _pairs(sight.store, works)
    known = tuple(findings) if findings is not None else attention.findings(sight.store)
    return Made(
        summaries=_summaries(sight, pairs, known),
        keys={work: key for _, work, key in pairs},
        works=None if works is None else frozenset(work for _, work, _ in pairs) | frozenset(works),
        texts=_texts(sight, pairs) if with_texts else (),
        with_findings=frozenset((each.artist, each.work) for each in known if each.work is not None),
    )


def _pairs(store: Store, works: Collection[WorkId] | None) -> list[_Pair]:
    if works is None:
        rows = store.rows("SELECT artist, work, key FROM mirror.work_artist ORDER BY artist, work")
    else:
        rows = store.rows(
            "WITH named (work) AS (SELECT value FROM json_each(:works)),"
            " touched (work) AS (SELECT work FROM named UNION SELECT e.recording FROM mirror.embodies e"
            " JOIN named n ON n.work = e.composition)"
            " SELECT a.artist, a.work, a.key FROM touched t JOIN mirror.work_artist a USING (work)"
            " ORDER BY a.artist, a.work",
            {"works": encoding.encode(sorted(works)).decode()},
        )
    return [(ArtistId(artist), WorkId(work), key) for artist, work, key in rows]


def _summaries(sight: Sight, pairs: Sequence[_Pair], found: Iterable[Finding]) -> tuple[WorkSummary, ...]:
    by_artist: defaultdict[ArtistId, list[Work]] = defaultdict(list)
    for artist, id, _ in pairs:
        work = sight.facts.works.get(id)
        if work is not None:
            by_artist[artist].append(work)
    findings_of: defaultdict[ArtistId, list[Finding]] = defaultdict(list)
    for finding in found:
        findings_of[finding.artist].append(finding)
    said = _statements_of(sight, {id for _, id, _ in pairs})
    since = twelve_months_to(sight.today)
    return tuple(
        summary
        for artist, works in by_artist.items()
        for summary in summarise(
            artist,
            works,
            sight.facts,
            sight.outcomes,
            said,
            statements.earned_by_work(
                sight.store, artist, since, sight.today, works=[work.id for work in works]
            ),
            findings_of[artist],
            sight.pending,
            sight.today,
            sight.requests,
        )
    )


def _statements_of(sight: Sight, works: set[WorkId]) -> dict[WorkId, tuple[InclusionStatement, ...]]:
    """Statements by work; those about an id that was merged stand under the id that stays."""
    ids = [id for work in works if (known := sight.facts.works.get(work)) for id in known.merged_ids]
    said: defaultdict[WorkId, tuple[InclusionStatement, ...]] = defaultdict(tuple)
    for id, found in inclusions.of_works(sight.store, (*works, *ids)).items():
        stays = sight.facts.works[id].id if id in sight.facts.works else id
        said[stays] += found
    return dict(said)


def _texts(sight: Sight, pairs: Sequence[_Pair]) -> tuple[tuple[int, str], ...]:
    """What of each work can be found: titles, people, releases, identifiers."""
    keys = {work: key for _, work, key in pairs}
    texts = []
    for id, key in keys.items():
        work = sight.facts.works.get(id)
        if work is None:
            continue
        releases = [
            sight.facts.releases[m.release]
            for m in sight.facts.memberships.get(id, ())
            if m.release in sight.facts.releases
        ]
        artists = [sight.facts.parties[a] for a in work.artists if a in sight.facts.parties]
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


# From the most open to the most closed, as the column is sorted; no programme known comes last.
_PERMISSION_ORDER = {outcome: place for place, outcome in enumerate(reversed(PermissionOutcome))}


def write(store: Store, made: Made) -> None:
    """Put rows in the place of the former ones, inside a transaction.

    A row keeps its key: works of one title stand in the order of their keys, and no answer moves them.
    """
    which, bound = "", {}
    if made.works is not None:
        which = " WHERE work IN (SELECT value FROM json_each(:works))"
        bound = {"works": encoding.encode(sorted(made.works)).decode()}
    former = {
        (artist, work): key
        for key, artist, work in store.rows(
            f"SELECT key, artist, work FROM mirror.work_summary{which}", bound
        )
    }
    placed = [(summary, former.get((summary.artist, summary.work))) for summary in made.summaries]
    store.run(f"DELETE FROM mirror.work_summary{which}", bound)
    store.run_many(
        "INSERT INTO mirror.work_summary (key, artist, work, work_key, title, release, artist_name, year,"
        " where_rank, permission_rank, earned, changed_at, state, label, no_identifier, reported,"
        " needs_you, refused, finding, body) VALUES (:key, :artist, :work, :work_key, :title, :release,"
        " :artist_name, :year, :where_rank, :permission_rank, :earned, :changed_at, :state, :label,"
        " :no_identifier, :reported, :needs_you, :refused, :finding, :body)",
        # Those that have a key first: a row without one takes the next after the highest that is there.
        [
            _summary_row(summary, made.keys[summary.work])
            | {"key": key, "finding": int((summary.artist, summary.work) in made.with_findings)}
            for summary, key in sorted(placed, key=lambda pair: pair[1] is None)
        ],
    )
    if made.texts:
        search.index(store, made.texts)


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
        "body": encoding.encode(summary),
    }
