"""`report create`: a report of what is here is written and signed, or looked at before it is."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from artist_console.cli import lookups
from artist_console.cli.decided import spare
from artist_console.cli.output import Answer, Plain
from artist_console.cli.report_arguments import PARTS
from artist_console.cli.tables import bullets, pairs, plain
from artist_console.commands import report_making
from artist_console.commands.console import Console
from artist_console.commands.report_making import ReportFile, ReportPart, ReportWish
from artist_console.commands.report_preview import PreviewLine
from artist_console.commands.syncing import status
from artist_console.domain.problems import InputProblem

Id = TypeVar("Id", bound=str)
_LINE_WIDTH = 72


class NoInstant(InputProblem):
    title_template = "--as-known-then says nothing without a day"
    advice_template = "Give --as-of as well"


class NoContract(InputProblem):
    title_template = "--contract-words says nothing without a contract"
    advice_template = "Give --contract as well"


def run_create(console: Console, given: argparse.Namespace) -> Answer:
    wish = _wish(console, given)
    if given.preview:
        return _preview(console, wish)
    spare(given.out, replace=given.replace)
    made = _written(console, given.out, wish)
    shown = [
        ("Report", str(made.path)),
        ("About", ", ".join(made.artist_names)),
        ("Holds", ", ".join(_counted(what, count) for what, count in made.counts if count)),
        ("Signed by", made.signer),
        ("Key", made.fingerprint),
        ("Hash", made.sha256),
    ]
    lines = [pairs(shown)]
    waiting = status(console).waiting if ReportPart.DECISIONS in wish.parts else 0
    if waiting:
        answers = "1 answer waits and is" if waiting == 1 else f"{waiting} answers wait and are"
        lines += ["", f"{answers} not in it: a report holds what is recorded. First: artist-console sync"]
    facts: Plain = {
        "path": str(made.path),
        "sha256": made.sha256,
        "size_bytes": made.size_bytes,
        "artists": list(made.artist_names),
        "counts": dict(made.counts),
        "waiting": waiting,
        "signer": made.signer,
        "fingerprint": made.fingerprint,
    }
    return Answer("\n".join(lines), facts)


def _wish(console: Console, given: argparse.Namespace) -> ReportWish:
    """What was typed, with the names looked up. Raises UnknownThing, SeveralFit, NoInstant, NoContract."""
    if given.as_known_then and given.as_of is None:
        raise NoInstant()
    if given.contract_words and not given.contracts:
        raise NoContract()
    artists = tuple(dict.fromkeys(lookups.the_artist(console, text).id for text in given.artists))
    offered = report_making.choices(console, artists)
    parts = {ReportPart(name) for name in (given.parts or PARTS)} - {ReportPart(n) for n in given.without}
    return ReportWish(
        artists=artists,
        parts=frozenset({ReportPart.WORKS, *parts}),
        period=(given.since, given.until),
        as_of=given.as_of,
        as_known_then=given.as_known_then,
        title=given.title or "",
        named_works=_named(
            given.named_works,
            offered.unreleased,
            "unreleased work",
            "unreleased works",
            "Only unreleased works have to be named; others are in the report anyway",
        ),
        money_of_others=_named(
            given.money_of,
            offered.others_money,
            "other payee",
            "other payees",
            "Only who is paid by a statement that is here can be named",
        ),
        answer_words=given.answer_words,
        contact_data=given.contact_data,
        rates=given.rates,
        contracts=_named(
            given.contracts,
            offered.contracts,
            "contract",
            "contracts",
            "See them with: artist-console contract list",
        ),
        contract_words=given.contract_words,
    )


def _named(
    typed: Iterable[str], offered: Sequence[tuple[Id, str]], thing: str, things: str, advice: str
) -> frozenset[Id]:
    """The ids of what was typed, by id or name. Raises UnknownThing, SeveralFit."""
    ids = {id for id, _ in offered}
    return frozenset(
        next((id for id in ids if id == text), None) or _by_name(text, offered, thing, things, advice)
        for text in typed
    )


def _by_name(text: str, offered: Sequence[tuple[Id, str]], thing: str, things: str, advice: str) -> Id:
    name = lookups.one_of([name for _, name in offered], text, thing, things, advice)
    return next(id for id, known in offered if known == name)


def _preview(console: Console, wish: ReportWish) -> Answer:
    found = report_making.preview(console, wish)
    lines = [
        "Whoever opens the file will see",
        bullets(plain(line.words.text) for line in found.seen),
        "",
        "Stays with you",
        bullets(plain(line.words.text) for line in found.stays),
        "",
        pairs([("Signed by", found.signer), ("Key", found.fingerprint)]),
        "",
        "Nothing was written.",
    ]
    facts: Plain = {
        "seen": [_line(line) for line in found.seen],
        "stays": [_line(line) for line in found.stays],
        "counts": dict(found.counts),
        "signer": found.signer,
        "fingerprint": found.fingerprint,
    }
    return Answer("\n".join(lines), facts)


def _line(line: PreviewLine) -> dict[str, Plain]:
    return {"what": line.what, "count": line.count, "words": line.words.text}


def _written(console: Console, out: Path, wish: ReportWish) -> ReportFile:
    """Write it; on a terminal one line says how far it is, and is gone at the end."""
    if not sys.stderr or not sys.stderr.isatty():
        return report_making.create_wished(console, out, wish)
    try:
        return report_making.create_wished(console, out, wish, _show_progress)
    finally:
        _show_line("")


def _show_progress(done: int, total: int, words: str) -> None:
    _show_line(f"{words}: {100 * done // total} %")


def _show_line(words: str) -> None:
    sys.stderr.write(f"\r{words:<{_LINE_WIDTH}}\r")
    sys.stderr.flush()


def _counted(many: str, count: int) -> str:
    return f"1 {many.removesuffix('s')}" if count == 1 else f"{count} {many}"
