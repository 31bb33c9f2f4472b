"""The answers to hits in public lists that are kept here, and what then counts of statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion import InclusionStatement
from artist_console.domain.match_answers import Answers, MatchAnswer, edition_of, what_counts
from artist_console.formats.kinds import Kind

from . import heard, mirror, private
from .opening import Store
from .private import PrivateKind


def kept(store: Store) -> tuple[MatchAnswer, ...]:
    """All answers, in the order of their ids."""
    return private.all(store, PrivateKind.MATCH_ANSWER, MatchAnswer)


def answers(store: Store) -> Answers:
    """The answers by what they are about; works that were merged follow the alias."""
    heard_of = heard.versions(store)
    kinds = (Kind.WORK, Kind.DATASET)
    mark = (private.version(store), *(heard_of.get(kind.value, 0) for kind in kinds))
    found = store.cached("answers to hits", mark)
    if found is not None:
        return cast(Answers, found)
    homes = {WorkId(gone): WorkId(work) for gone, work in store.rows("SELECT gone, work FROM mirror.merged")}
    editions = {each.id: edition_of(each) for each in mirror.all(store, Kind.DATASET) if each.public}
    return store.keep("answers to hits", mark, Answers.of(kept(store), homes, editions))


def laid_over(store: Store, said: Iterable[InclusionStatement]) -> tuple[InclusionStatement, ...]:
    """What counts of these statements."""
    return tuple(what_counts(said, answers(store)))
