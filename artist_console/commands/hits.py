"""Hits in public lists: what a row is like, what a person says of it, and what follows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from artist_console.commands.comparing import the_match_words
from artist_console.commands.console import Console, Result
from artist_console.commands.names import party_name, work_title
from artist_console.domain.changes import Changes
from artist_console.domain.facts import FactBook
from artist_console.domain.finding_lists import LISTED_IS_NOT_USED
from artist_console.domain.ids import ArtistId, DatasetVersionId, FactId, WorkId
from artist_console.domain.inclusion import DatasetVersion, InclusionStatement, ListedRow, MatchBand
from artist_console.domain.match_answers import (
    Answers,
    MatchAnswer,
    Verdict,
    answer_id,
    is_hit,
    row_of,
)
from artist_console.domain.matching import is_another_title
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import UnknownThing
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.store import inclusions, match_answers, mirror, private, projection
from artist_console.store.private import Change, PrivateKind

__all__ = [
    "BAND",
    "HitGroup",
    "HitRow",
    "HitsAnswered",
    "HitsOfList",
    "Verdict",
    "answer_hits",
    "hit_words",
    "list_hits",
]

BAND: dict[MatchBand, str] = {
    MatchBand.IDENTIFIER: "Names the recording by its identifier",
    MatchBand.KEY: "Same title and artist: listed, which recording is not known",
    MatchBand.LIKELY: "Likely: title and artist are nearly the same",
    MatchBand.CHECK: "Check this: title and artist are alike; it counts for nothing until you confirm it",
}
_BANDS = tuple(MatchBand)


@dataclass(frozen=True, slots=True)
class HitRow:
    """One row of a list, and what was said of it."""

    statement: FactId
    row: ListedRow
    row_number: int | None
    words: str
    verdict: Verdict | None
    everywhere: bool  # the answer is about every list
    other_title: bool = False  # it bears the identifier of the work, and quite another title


@dataclass(frozen=True, slots=True)
class HitsOfList:
    dataset: DatasetVersionId
    name: str
    rows: tuple[HitRow, ...]  # surest first


@dataclass(frozen=True, slots=True)
class HitGroup:
    """All rows that are like one work of one artist."""

    artist: ArtistId
    work: WorkId
    work_title: str
    work_artist: str
    work_identifier: str
    best: MatchBand  # of the rows not answered; of all where every row is answered
    open: int  # rows not answered
    lists: tuple[HitsOfList, ...]


@dataclass(frozen=True, slots=True)
class HitsAnswered:
    count: int  # rows that the answers are about
    words: str


def list_hits(
    console: Console,
    artist: ArtistId | None = None,
    work: WorkId | None = None,
    dataset: DatasetVersionId | None = None,
    open_only: bool = False,
) -> tuple[HitGroup, ...]:
    """The works that public lists name, those with open rows first, then by the surest row, then by title."""
    store = console.store
    facts = mirror.facts(store, console.clock())
    answers, names = match_answers.answers(store), _list_names(inclusions.datasets(store).values())
    home = facts.works[work].id if work is not None and work in facts.works else work
    said = inclusions.as_passed_on(store, artist=artist, work=home)
    held: defaultdict[tuple[ArtistId, WorkId], list[InclusionStatement]] = defaultdict(list)
    for each in said:
        known = facts.works.get(each.work)
        if known is None or not is_hit(each) or dataset not in (None, each.dataset):
            continue
        for owner in known.artists:
            if artist in (None, owner) and facts.is_in_reach(owner):
                held[owner, known.id].append(each)
    groups = [_group(owner, id, rows, facts, answers, names) for (owner, id), rows in held.items()]
    groups.sort(key=lambda g: (g.open == 0, _BANDS.index(g.best), g.work_title.casefold(), g.work, g.artist))
    return tuple(group for group in groups if group.open or not open_only)


def _list_names(datasets: Iterable[DatasetVersion]) -> dict[str, str]:
    return {each.id: f"{each.name} {each.version}".strip() for each in datasets}


def _group(
    artist: ArtistId,
    work: WorkId,
    said: Sequence[InclusionStatement],
    facts: FactBook,
    answers: Answers,
    names: dict[str, str],
) -> HitGroup:
    known = facts.works[work]
    lists: defaultdict[DatasetVersionId, list[HitRow]] = defaultdict(list)
    for each in said:
        lists[each.dataset or DatasetVersionId("")].append(_row(each, answers, known))
    rows = [row for held in lists.values() for row in held]
    open_rows = [row for row in rows if row.verdict is None]
    return HitGroup(
        artist=artist,
        work=work,
        work_title=work_title(facts, work),
        work_artist=party_name(facts, artist),
        work_identifier=known.identifier,
        best=min((row.row.band for row in open_rows or rows), key=_BANDS.index),
        open=len(open_rows),
        lists=tuple(
            HitsOfList(id, names.get(id, "A list that is not known here"), tuple(sorted(held, key=_surest)))
            for id, held in sorted(lists.items(), key=lambda pair: (names.get(pair[0], ""), pair[0]))
        ),
    )


def _surest(row: HitRow) -> tuple[object, ...]:
    return (_BANDS.index(row.row.band), -(row.row.score or 0), row.row_number or 0, row.statement)


def _row(said: InclusionStatement, answers: Answers, work: Work) -> HitRow:
    answer, row = answers.to(said), row_of(said)
    titles = (work.title, *work.aliases)
    by_identifier = row.band is MatchBand.IDENTIFIER
    other_title = by_identifier and is_another_title(row.title, titles, the_match_words())
    return HitRow(
        statement=said.id,
        row=row,
        row_number=said.evidence.row,
        words=hit_words(row, answer, other_title),
        verdict=answer.verdict if answer is not None else None,
        everywhere=answer is not None and answer.dataset is None,
        other_title=other_title,
    )


def hit_words(row: ListedRow, answer: MatchAnswer | None, other_title: bool = False) -> str:
    """How surely the row speaks of the work, and what was said of it."""
    words = BAND[row.band] + (f" ({row.score} of 100)" if row.score is not None else "") + "."
    if other_title:
        words += f" The titles differ: the row says “{row.title}”."
    if row.other_version:
        words += " The row names another version."
    if answer is not None:
        words += " " + _ANSWERED[answer.verdict, answer.dataset is None]
        words += f" ({day_in_words(answer.answered_at)})"
        if answer.note:
            words += f". Note: {answer.note}"
    return words


_ANSWERED: dict[tuple[Verdict, bool], str] = {
    (Verdict.CONFIRMED, False): "You said: this is the work",
    (Verdict.CONFIRMED, True): "You said: this is the work, in every list",
    (Verdict.REFUSED, False): "You said: not this one",
    (Verdict.REFUSED, True): "You said: not this one, in any list",
}


def answer_hits(
    console: Console,
    statements: Sequence[FactId],
    verdict: Verdict | None,
    alike: bool = False,
    note: str = "",
) -> Result[HitsAnswered]:
    """Keep what the person says of these rows; what counts follows at once. Idempotent.

    An answer is about all rows of the list that say the same of the work. `alike`: about those of every list,
    those that come later too. `verdict` None takes the answer back, also one about every list. Nothing of it
    is sent anywhere. Raises UnknownThing.
    """
    store, now = console.store, console.clock()
    facts = mirror.facts(store, now)
    asked = tuple(dict.fromkeys(_asked(console, facts, id) for id in statements))
    kept, known = match_answers.kept(store), match_answers.answers(store)
    changes: defaultdict[ArtistId, tuple[dict[str, MatchAnswer], set[str]]] = defaultdict(lambda: ({}, set()))
    for about in asked:
        artist = next(iter(facts.works[about.work].artists), ArtistId(""))
        keep, forget = changes[artist]
        same = [each for each in kept if each.key == about.key and known.home(each.work) == about.work]
        here = known.list_of(about.dataset)
        if verdict is None:
            gone = [each for each in same if each.dataset is None or known.list_of(each.dataset) == here]
        else:
            dataset = None if alike else about.dataset
            id = answer_id(about.work, about.key, dataset)
            keep[id] = MatchAnswer(id, artist, about.work, about.key, verdict, now, dataset, note.strip())
            # What was said before of the same rows, also of another edition or a work since merged.
            gone = [each for each in same if alike or known.list_of(each.dataset) == here]
        forget.update(each.id for each in gone)
    version = private.version(store)
    for artist, (keep, forget) in changes.items():
        change = Change(PrivateKind.MATCH_ANSWER, tuple(keep.values()), tuple(forget - keep.keys()))
        private.exchange(store, artist, [change], now)
    works = frozenset(about.work for about in asked)
    changed = projection.PrivateChange(version, works, times=len(changes))
    projection.refresh_rows_after(store, console.today, changed)
    rows = _rows_of(console, works)
    if verdict is None:
        now_said = match_answers.answers(store)
        count = sum(known.to(said) is not None and now_said.to(said) is None for said in rows)
    else:
        count = _count(rows, known, asked, alike)
    return Result(HitsAnswered(count, _done(verdict, count, alike)), Changes.INCLUSIONS | Changes.WORKS)


@dataclass(frozen=True, slots=True)
class _About:
    work: WorkId  # the id that stays
    key: str
    dataset: DatasetVersionId | None


def _asked(console: Console, facts: FactBook, id: FactId) -> _About:
    said = mirror.get(console.store, Kind.INCLUSION, id)
    if said is None or not is_hit(said) or said.work not in facts.works:
        raise UnknownThing(
            "There is no row {id} of a public list here", "See: artist-console hits list", id=id
        )
    return _About(facts.works[said.work].id, row_of(said).key, said.dataset)


def _rows_of(console: Console, works: Iterable[WorkId]) -> tuple[InclusionStatement, ...]:
    """All rows of lists about these works, each once."""
    said = (each for work in works for each in inclusions.as_passed_on(console.store, work=work))
    return tuple({each.id: each for each in said if is_hit(each)}.values())


def _count(rows: Iterable[InclusionStatement], known: Answers, asked: Iterable[_About], alike: bool) -> int:
    """How many rows that are here the answers are about."""

    def about(work: WorkId, key: str, dataset: DatasetVersionId | None) -> tuple[WorkId, str, str]:
        return (work, key, "" if alike else known.list_of(dataset))

    wanted = {about(each.work, each.key, each.dataset) for each in asked}
    return sum(about(known.home(said.work), row_of(said).key, said.dataset) in wanted for said in rows)


def _done(verdict: Verdict | None, count: int, alike: bool) -> str:
    rows = "1 row" if count == 1 else f"{count:,} rows"
    if verdict is None and not count:
        return "None of these rows had an answer."
    if verdict is None:
        return f"The answer about {rows} is taken back."
    where = " Rows alike in any list, later ones too, are answered with it." if alike else ""
    if verdict is Verdict.REFUSED:
        counts = "counts for nothing" if count == 1 else "count for nothing"
        return f"{rows} {'is' if count == 1 else 'are'} refused and {counts} any more.{where}"
    means = "means your work" if count == 1 else "mean your work"
    return f"{rows} {means}, you say: it is in the list.{where} {LISTED_IS_NOT_USED}"
