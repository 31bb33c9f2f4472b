"""`decisions list`: what was decided, narrowed down, on the terminal or as a table in a file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from artist_console.cli import lookups, showing
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import plain
from artist_console.commands.console import Console
from artist_console.commands.history import HistoryRow, history
from artist_console.commands.history_table import NO_MANDATE, HistoryFilter, narrowed, save_table
from artist_console.domain.history_states import HistoryState
from artist_console.domain.ids import MandateId, TermsId
from artist_console.domain.problems import FileProblem
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Stance, Subject, SubjectKind

_SHOWN = 100
_NONE_NAMED = ("any", "all")
_TERMS_ADVICE = "Name them as the list does, such as “Harmonia, Version 1”, or by id"


class WouldBeReplaced(FileProblem):
    title_template = "{name} is there already, so nothing was written"
    advice_template = "Choose another name with --out, or say --replace"


def spare(path: Path, *, replace: bool) -> None:
    """A slip of the hand replaces no file. Raises WouldBeReplaced."""
    if os.path.lexists(path) and not replace:
        raise WouldBeReplaced(name=str(path))


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    rows = history(console, artist, limit=None)
    wanted = _filter(console, given, rows)
    found = narrowed(rows, wanted)
    if given.out is not None:
        return _written(given, found[: given.limit])
    shown = found[: _SHOWN if given.limit is None else given.limit]
    answer = showing.history(shown, narrowed=wanted != HistoryFilter() or artist is not None)
    text = answer.text
    if found and not shown:
        text = f"{_so_many(len(found))}; --limit shows them."
    elif len(shown) < len(found):
        text += f"\n… and {len(found) - len(shown)} more; --limit shows more of them."
    return Answer(text, _facts(shown, len(found), None))


def _written(given: argparse.Namespace, rows: tuple[HistoryRow, ...]) -> Answer:
    spare(given.out, replace=given.replace)
    path = save_table(given.out, rows)
    return Answer(plain(f"Wrote {_so_many(len(rows))} to {path}."), _facts(rows, len(rows), path))


def _so_many(count: int) -> str:
    return "1 decision" if count == 1 else f"{count} decisions"


def _facts(rows: tuple[HistoryRow, ...], total: int, path: Path | None) -> dict[str, Plain]:
    return {
        "total": total,
        "decisions": [showing.history_facts(row) for row in rows],
        "path": str(path) if path is not None else None,
    }


def _filter(console: Console, given: argparse.Namespace, rows: tuple[HistoryRow, ...]) -> HistoryFilter:
    former = given.former
    nameless = given.programme is not None and given.programme.casefold() in _NONE_NAMED
    named = given.programme is not None and not nameless
    any_use = given.use is not None and given.use.casefold() in _NONE_NAMED
    scope = ANY_USE if any_use else lookups.use_scope(given.use) if given.use is not None else None
    return HistoryFilter(
        text=given.text,
        person=_person(given.by, rows) if given.by else "",
        mandate=_mandate(given.mandate),
        about=_about(console, given),
        programme=lookups.programme(console, given.programme).programme.id if named else None,
        every_programme=nameless,
        use=scope,
        stance=Stance(given.to) if given.to else None,
        former=Stance(former) if former not in (None, "none") else None,
        first=former == "none",
        terms=_terms(given.terms, rows),
        since=given.since,
        until=given.until,
        receipt=None if given.receipt is None else given.receipt == "with",
        state=HistoryState(given.state.replace("-", "_")) if given.state else None,
    )


def _mandate(text: str | None) -> MandateId | None:
    if text is None:
        return None
    return NO_MANDATE if text.casefold() == "none" else MandateId(text)


def _about(console: Console, given: argparse.Namespace) -> Subject | None:
    artist = lookups.artist(console, given.artist)
    if given.work is not None:
        return Subject(SubjectKind.WORK, lookups.work(console, given.work, artist).work)
    if given.release is not None:
        return Subject(SubjectKind.RELEASE, lookups.release(console, given.release, artist).id)
    if given.voice:
        return Subject(SubjectKind.PERSON, lookups.the_artist(console, given.artist).id)
    return ALL_MY_WORKS if given.all else None


def _person(text: str, rows: tuple[HistoryRow, ...]) -> str:
    """The name of somebody who decided: as it stands, or the only one that holds the text."""
    names = tuple(dict.fromkeys(row.made_by for row in rows))
    return lookups.one_of(names, text, "person", "people", "See who decided with: decisions list --json")


def _terms(text: str | None, rows: tuple[HistoryRow, ...]) -> TermsId | None:
    """The terms version that decisions name, by its id or by the words that lists show."""
    if text is None:
        return None
    known = {row.terms_id: f"{row.programme}, {row.terms}" for row in rows if row.terms_id is not None}
    if text in known:
        return TermsId(text)
    words = lookups.one_of(tuple(dict.fromkeys(known.values())), text, "terms", "terms", _TERMS_ADVICE)
    return next(id for id, each in known.items() if each == words)
