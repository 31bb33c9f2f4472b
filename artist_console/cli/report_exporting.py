"""`report export`: tables of reports as files for others."""

from __future__ import annotations

import argparse
from pathlib import Path

from artist_console.cli.output import Answer, Plain
from artist_console.cli.report_files import Told, files_of, of_each, spare_all, targets_of
from artist_console.cli.reporting import code_of
from artist_console.cli.tables import pairs, plain
from artist_console.commands.report_export import (
    Draw,
    ExportFormat,
    NoSuchFormat,
    export_report,
    format_of,
    table_named,
)
from artist_console.commands.report_inside import look_into
from artist_console.commands.reports import open_report


def run_export(given: argparse.Namespace, signers: Path | None, draw: Draw) -> Answer:
    files = files_of(given.files)
    chosen = _format(given)
    targets = targets_of(files, given.out, lambda path: f"{path.stem}.{chosen.value}")
    spare_all(targets.values(), replace=given.replace)
    tables = tuple(filter(None, map(table_named, given.table)))

    def export(path: Path, told: Told) -> Answer:
        opened = open_report(path, signers, told)
        inside = look_into(opened, lambda done, total, _: told(done, total))
        made = export_report(inside, targets[path], draw, tables=tables, format=chosen, told=told)
        shown = [
            ("File", str(made.path)),
            ("Holds", ", ".join(f"{table.value} {count:,}" for table, count in made.rows)),
            ("Checked", opened.headline),
        ]
        facts: Plain = {
            "file": str(path),
            "path": str(made.path),
            "format": made.format,
            "tables": {table.value: count for table, count in made.rows},
            "verdict": opened.verdict,
            "headline": opened.headline,
            "sha256": opened.sha256,
        }
        lines = [pairs(shown)]
        if not opened.verified:
            lines.append(plain("NOT VERIFIED: every page and row of the file says so."))
        return Answer("\n".join(lines), facts, code_of(opened))

    return of_each(files, export, json=given.json)


def _format(given: argparse.Namespace) -> ExportFormat:
    """What was named, else what the ending says. Raises NoSuchFormat."""
    if given.format is not None:
        return ExportFormat(given.format)
    found = None if given.out.is_dir() else format_of(given.out.name)
    if found is None:
        raise NoSuchFormat(name=given.out.name)
    return found
