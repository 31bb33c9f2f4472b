"""`import statement`: bring one in, or only look at it; what the file leaves open is told with its option."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from artist_console.cli import imported, lookups
from artist_console.cli.output import Answer, Plain, note
from artist_console.cli.tables import bullets, plain
from artist_console.commands import (
    former_statements,
    imports,
    rejected_rows,
    statement_looks,
    statement_sets,
    statement_whole,
)
from artist_console.commands.console import Console
from artist_console.commands.file_kinds import FileKind
from artist_console.commands.import_hints import Hints
from artist_console.commands.imports import ImportProgress
from artist_console.commands.statement_preview import (
    FormerStatement,
    OpenQuestion,
    PreviewRow,
    StatementPreview,
)
from artist_console.commands.statement_whole import WholeFile
from artist_console.domain.money import money_in_words
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.statements import StatementLevel

_ROWS_SHOWN = 12
_SAYS = {
    StatementLevel.PAYEE_NET: "what you are paid",
    StatementLevel.LICENSOR_GROSS: "what your label received",
    StatementLevel.POOL: "the operator's pool",
}
_ANSWER = {
    OpenQuestion.COLUMNS: "which column holds what: --column amount=NAME --column title=NAME",
    OpenQuestion.NUMBERS: "what marks the decimals: --decimal point or --decimal comma",
    OpenQuestion.DAYS: "how days are written: --days day-first or --days month-first",
    OpenQuestion.CURRENCY: "the currency: --currency EUR",
    OpenQuestion.MONTH: "the month: --month 2025-04",
    OpenQuestion.LEVEL: "whose money it is: --level payee-net, licensor-gross or pool",
}


class LooksCorrected(InputProblem):
    title_template = "“{file}” looks like a corrected version of {statement}, which is here"
    advice_template = "Say --replaces {id} to count it in place of that one, or --keep-both to count both"


def run_import(console: Console, given: argparse.Namespace) -> Answer:
    """Bring a statement in. Raises LooksCorrected where it has to be said what becomes of a former one."""
    with _one_file(given) as path:
        return _bring_in(console, given, path)


def run_look(console: Console | None, given: argparse.Namespace) -> Answer:
    """Only show what it is; without a profile, too."""
    with _one_file(given) as path:
        return _look(console, given, path)


@contextmanager
def _one_file(given: argparse.Namespace) -> Iterator[Path]:
    """The file, or the parts of one report as one. Raises InputProblem for files that are no set."""
    if not given.more:
        yield given.file
        return
    files = statement_sets.the_one_set([given.file, *given.more])
    with TemporaryDirectory(prefix="artist-console-") as folder:
        yield statement_sets.packed(files, Path(folder))


def _bring_in(console: Console, given: argparse.Namespace, path: Path) -> Answer:
    artist = lookups.known_artist(console, given.artist)
    hints = _hints(given, "" if artist is not None else given.artist or "")
    preview = statement_looks.look_into_statement(console, path, hints, artist)
    former = former_statements.find_former(console, path, preview, artist)
    if given.replaces:
        hints = _replacing(console, hints, given.replaces)
    elif former.alike and not given.keep_both:
        first = former.alike[0]
        raise LooksCorrected(file=preview.file_name, statement=_former_words(first), id=first.id)
    if OpenQuestion.LEVEL in preview.questions:
        note("Taken as what you are paid. Where it is somebody else's money, say --level.")
    progress = show_progress if sys.stderr.isatty() else None
    found = imports.import_file(console, FileKind.STATEMENT, path, artist, progress, hints).value
    if given.rejected is not None:
        saved = rejected_rows.save_rejected(path, preview.hints, given.rejected)
        note(f"{saved.written} of {saved.of} rows that were left out were saved.")
    return imported.answer(found)


def _look(console: Console | None, given: argparse.Namespace, path: Path) -> Answer:
    artist = lookups.known_artist(console, given.artist) if console is not None else None
    preview = statement_looks.look_into_statement(console, path, _hints(given, ""), artist)
    former = former_statements.find_former(console, path, preview, artist) if console else None
    whole = statement_whole.whole_totals(path, preview) if statement_whole.can_be_added_up(preview) else None
    lines = [plain(each) for each in _told(preview)]
    if whole is not None:
        lines.append(plain(_whole_words(whole)))
    if preview.rows:
        lines += ["", "The first rows:" if not preview.is_whole else "Its rows:"]
        lines.append(bullets(_row_words(row) for row in preview.rows[:_ROWS_SHOWN]))
        if len(preview.rows) > _ROWS_SHOWN:
            lines.append(f"… and {len(preview.rows) - _ROWS_SHOWN} more of its first rows; --json has them.")
    if preview.questions:
        lines += ["", "It does not say:", bullets(_ANSWER[each] for each in preview.questions)]
    same = former.same if former is not None else ()
    alike = former.alike if former is not None else ()
    lines += [plain(f"The very same file is here already: {_former_words(each)}.") for each in same]
    lines += [plain(f"It looks like a corrected version of {_former_words(each)}.") for each in alike]
    return Answer("\n".join(lines), _facts(preview, whole, same, alike))


def _hints(given: argparse.Namespace, artist_name: str) -> Hints:
    return Hints(
        artist_name=artist_name,
        currency=given.currency or "",
        month=given.month or "",
        issuer=given.issuer,
        columns=tuple(given.column),
        level=StatementLevel(given.level.replace("-", "_")) if given.level else None,
        numbers=given.decimal,
        days=given.days.replace("-", "_"),
        delimiter=given.delimiter or "",
        encoding=given.encoding,
        header_row=given.header_row,
    )


def _replacing(console: Console, hints: Hints, text: str) -> Hints:
    """The hints with the statement that was named."""
    found = former_statements.find_statement(console, text)
    if found is None:
        raise UnknownThing(
            "There is no one statement “{text}” here",
            "See their ids with: artist-console statement list",
            text=text,
        )
    return replace(hints, replaces=found)


def show_progress(now: ImportProgress) -> None:
    """Say how far an import is."""
    if now.bytes_total is not None:
        note(f"{now.words} {now.bytes_sent / 1e6:.0f} of {now.bytes_total / 1e6:.0f} MB")
        return
    of = f" of {now.rows_total}" if now.rows_total is not None else ""
    note(f"{now.words} {now.rows_read}{of}")


def _told(preview: StatementPreview) -> list[str]:
    """What was recognised, a line each."""
    delimiter = {"\t": "tab"}.get(preview.delimiter, preview.delimiter)
    currencies = ", ".join(preview.currencies) or preview.currency
    months = " to ".join(f"{month:%Y-%m}" for month in preview.months) if preview.months else ""
    named = (
        ("File", preview.file_name),
        ("From", preview.issuer or "not said"),
        ("It says", _SAYS[preview.level] if preview.level is not None else "not said"),
        ("Currency", currencies or "not said"),
        ("Months", months or "not said"),
        ("Decimals after", preview.numbers.removeprefix("seen_") or "not said"),
        ("Days", preview.days.replace("_", " ")),
        ("Characters", preview.encoding),
        ("Between the cells", delimiter),
        ("Names of columns", f"row {preview.header_row}" if preview.header_row else ""),
        ("Before them", " / ".join(preview.preamble)),
        ("Columns", ", ".join(f"{field}: {column}" for field, column in preview.columns)),
    )
    width = max(len(name) for name, _ in named)
    lines = [f"{name.ljust(width)}  {value}" for name, value in named if value]
    if preview.as_before:
        lines.append("Its columns are read as you named them for an earlier file.")
    if preview.rows and not preview.questions:
        count = preview.recognised
        lines.append(
            f"{count} of the first {len(preview.rows)} rows are recognised as income from AI."
            if count
            else "No row shown is recognised as income from AI; that does not say that there is none."
        )
    return [*lines, *preview.warnings]


def _row_words(row: PreviewRow) -> str:
    what = " · ".join(part for part in (row.title, row.artist, row.source) if part)
    if row.reason:
        return f"row {row.row}, left out: {row.reason} ({what})"
    money = f"{row.amount} {row.currency}".strip() if row.amount is not None else row.delivered
    kind = f" [{row.kind.value}]" if row.kind is not None else ""
    return f"row {row.row}: {what}: {money}{kind}"


def _former_words(former: FormerStatement) -> str:
    since, until = former.period_from, former.period_until
    return f"{former.issuer}, {since} to {until}, {former.currency} ({former.id})"


def _whole_words(whole: WholeFile) -> str:
    money = ", ".join(money_in_words(amount, currency) for currency, amount in whole.totals) or "no money"
    lines = "1 line" if whole.lines == 1 else f"{whole.lines} lines"
    if not whole.left_out:
        return f"The whole file: {lines}, {money}."
    rows = "1 row is" if whole.left_out == 1 else f"{whole.left_out} rows are"
    return f"The whole file: {lines}, {money}; {rows} left out and not in it."


def _facts(
    preview: StatementPreview,
    whole: WholeFile | None,
    same: tuple[FormerStatement, ...],
    alike: tuple[FormerStatement, ...],
) -> Plain:
    months = preview.months
    return {
        "file": preview.file_name,
        "layout": preview.layout,
        "issuer": preview.issuer,
        "level": preview.level,
        "currency": preview.currency,
        "currencies": list(preview.currencies),
        "months": [f"{month:%Y-%m}" for month in months] if months else None,
        "decimal": preview.numbers,
        "days": preview.days,
        "encoding": preview.encoding,
        "delimiter": preview.delimiter,
        "header_row": preview.header_row,
        "preamble": list(preview.preamble),
        "header": list(preview.header),
        "columns": dict(preview.columns),
        "columns_as_before": preview.as_before,
        "rows": [_row_facts(row) for row in preview.rows],
        "rows_are_all": preview.is_whole,
        "rows_left_out": preview.left_out,
        "rows_from_ai": preview.recognised,
        "whole": {
            "lines": whole.lines,
            "totals": {currency: str(amount) for currency, amount in whole.totals},
            "left_out": whole.left_out,
        }
        if whole is not None
        else None,
        "asks": [question.value for question in preview.questions],
        "readings": dict(preview.readings),
        "warnings": list(preview.warnings),
        "same_as": [each.id for each in same],
        "looks_like": [each.id for each in alike],
    }


def _row_facts(row: PreviewRow) -> Plain:
    return {
        "row": row.row,
        "title": row.title,
        "artist": row.artist,
        "source": row.source,
        "month": f"{row.month:%Y-%m}" if row.month is not None else None,
        "territory": row.territory,
        "quantity": row.quantity,
        "amount": str(row.amount) if row.amount is not None else None,
        "delivered": row.delivered,
        "currency": row.currency,
        "kind": row.kind,
        "left_out": row.reason,
    }
