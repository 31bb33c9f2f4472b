"""`report redact`: what copies would lack, and copies that lack it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from artist_console.cli.lookups import SeveralFit
from artist_console.cli.output import Answer, Plain
from artist_console.cli.report_files import Told, files_of, of_each, spare_all, targets_of
from artist_console.cli.reporting import refused
from artist_console.cli.tables import Column, bullets, pairs, plain, table
from artist_console.commands.console import Console
from artist_console.commands.report_redacting import (
    ChoosableWork,
    RedactedFile,
    RedactionChoices,
    RedactionPreview,
    RedactionWish,
    choices,
    preview,
    write_copy,
)
from artist_console.commands.report_wish import signer_name
from artist_console.commands.reports import OpenedReport, open_report
from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.phrases import Sentence
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.formats.row_cells import MalformedRow, cells_of
from artist_console.formats.signatures import SigningKey

T = TypeVar("T")
_NAMED_AT_MOST = 5


class NothingChosen(InputProblem):
    title_template = "It is not said what is to be taken out"
    advice_template = "Name it with --table, --work, --artist or --row"


class NoSuchRow(InputProblem):
    title_template = "“{text}” does not name a row"
    advice_template = "Write the table, a colon, and the cells that tell the row apart, with commas between"


def run_redact(given: argparse.Namespace, signers: Path | None, console: Console | None) -> Answer:
    """`console`: of the profile whose key signs the copies; None: nobody signs them."""
    if not (given.table or given.work or given.artist or given.row):
        raise NothingChosen()
    files = files_of(given.files)
    targets = targets_of(files, given.out, lambda path: path.name) if given.out is not None else {}
    spare_all(targets.values(), replace=given.replace)
    key, name = (console.signing_key, signer_name(console)) if console is not None else (None, "")

    def redact(path: Path, told: Told) -> Answer:
        opened = open_report(path, signers, told)
        if not opened.verified:
            return refused(opened)
        wish = _wish(given, choices(opened))
        seen = preview(opened, wish, told)
        if given.out is None:
            return _previewed(opened, seen, None)
        now = console.clock() if console is not None else datetime.now(UTC)
        return _previewed(opened, seen, _written(opened, wish, targets[path], now, key, name))

    return of_each(files, redact, json=given.json)


def _written(
    opened: OpenedReport, wish: RedactionWish, path: Path, now: datetime, key: SigningKey | None, name: str
) -> RedactedFile:
    return write_copy(opened, wish, path, now, key=key, signer_name=name)


def _previewed(opened: OpenedReport, seen: RedactionPreview, made: RedactedFile | None) -> Answer:
    columns = [
        Column("Table", shrinks=True, least=14),
        Column("Goes", right=True),
        Column("Of", right=True),
        Column("Why", shrinks=True),
    ]
    rows = [
        (each.title, f"{each.gone:,}", f"{each.of:,}", ", ".join(why.text for why in each.why))
        for each in seen.tables
    ]
    lines: list[str] = []
    if made is not None:
        shown = [
            ("Copy", str(made.path)),
            ("Hash", made.sha256),
            ("Of the report", made.original_sha256),
            ("Copy signed by", made.signer or "nobody; the report's own signatures are in it"),
        ]
        lines += [pairs(shown), ""]
    if seen.tables:
        lines.append(table(columns, rows))
    else:
        lines.append("Nothing of the report would be taken out.")
    if seen.files:
        lines += ["", "Files that go too", bullets(map(plain, seen.files))]
    if seen.works_beside:
        lines += [
            "",
            "Recordings and songs whose own row goes, because it names what is taken out",
            bullets(_work_name(each) for each in seen.works_beside),
        ]
    if seen.no_longer_checked:
        lines += ["", "What cannot be worked out from the copy", _said(seen.no_longer_checked)]
    if seen.tables:
        lines += ["", "What the copy still tells of it", _said(seen.still_told)]
    if made is None:
        lines += ["", "Nothing was written; --out says where a copy goes."]
    return Answer("\n".join(lines), _facts(opened, seen, made))


def _said(sentences: Iterable[Sentence]) -> str:
    return bullets(plain(each.text) for each in sentences)


def _work_name(work: ChoosableWork) -> str:
    return plain(f"{work.title} ({work.identifier or work.id})")


def _facts(opened: OpenedReport, seen: RedactionPreview, made: RedactedFile | None) -> Plain:
    return {
        "file": str(opened.path),
        "path": str(made.path) if made is not None else None,
        "sha256": made.sha256 if made is not None else "",
        "original_sha256": made.original_sha256 if made is not None else "",
        "size_bytes": made.size_bytes if made is not None else None,
        "signer": made.signer if made is not None else "",
        "fingerprint": made.fingerprint if made is not None else "",
        "goes": [
            {"table": each.kind, "rows": each.gone, "of": each.of, "mentions": each.mentions}
            for each in seen.tables
        ],
        "files": list(seen.files),
        "works_beside": [each.id for each in seen.works_beside],
        "no_longer_checked": [each.text for each in seen.no_longer_checked],
        "still_told": [each.text for each in seen.still_told],
    }


# From what is typed to what it names in this report


def _wish(given: argparse.Namespace, found: RedactionChoices) -> RedactionWish:
    rows: dict[str, set[tuple[str, ...]]] = {}
    for text in given.row:
        kind, key = _row(text)
        rows.setdefault(kind, set()).add(key)
    return RedactionWish(
        tables=frozenset(given.table),
        works=frozenset(_work(text, found.works) for text in given.work),
        artists=frozenset(_artist(text, found.artists) for text in given.artist),
        rows={kind: frozenset(keys) for kind, keys in rows.items()},
        leave_mentions=given.leave_mentions,
        leave=frozenset(given.leave),
    )


def _row(text: str) -> tuple[str, tuple[str, ...]]:
    """The table and the cells of a key, spelled as in the table. Raises NoSuchRow."""
    kind, colon, key = text.partition(":")
    try:
        cells = tuple(cells_of(key))
    except MalformedRow as error:
        raise NoSuchRow(text=text) from error
    if not colon or not kind or not any(cells):
        raise NoSuchRow(text=text)
    return kind, cells


def _work(text: str, works: Sequence[ChoosableWork]) -> WorkId:
    wanted, bare = text.casefold(), _bare(text)
    fits: tuple[Callable[[ChoosableWork], bool], ...] = (
        lambda work: work.id == text,
        lambda work: bool(bare) and _bare(work.identifier) == bare,
        lambda work: work.title.casefold() == wanted,
        lambda work: wanted in work.title.casefold(),
    )
    return _one(works, fits, text, "recordings or songs", _work_name).id


def _artist(text: str, artists: Sequence[tuple[PartyId, str]]) -> PartyId:
    wanted = text.casefold()
    fits: tuple[Callable[[tuple[PartyId, str]], bool], ...] = (
        lambda each: each[0] == text,
        lambda each: each[1].casefold() == wanted,
        lambda each: wanted in each[1].casefold(),
    )
    return _one(artists, fits, text, "artists", lambda each: f"{each[1]} ({each[0]})")[0]


def _one(
    among: Sequence[T],
    fits: Iterable[Callable[[T], bool]],
    text: str,
    things: str,
    name: Callable[[T], str],
) -> T:
    """The one thing that fits, by the first way in which any does. Raises UnknownThing, SeveralFit."""
    found = next((some for fit in fits if (some := [each for each in among if fit(each)])), [])
    if not found:
        raise UnknownThing(
            "“{text}” is none of the {things} of this report",
            "report show lists what it holds",
            text=text,
            things=things,
        )
    if len(found) > 1:
        which = "; ".join(name(each) for each in found[:_NAMED_AT_MOST])
        raise SeveralFit(text=text, things=things, which=which)
    return found[0]


def _bare(text: str) -> str:
    """Without the dashes, dots and spaces that identifiers are printed with."""
    return "".join(character for character in text if character.isalnum()).upper()
