"""What is said of files that may be brought in: held over the window, in its dialog, and on their way."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands.file_kinds import FileKind
from artist_console.commands.handed_over import PackageKind, what_it_is
from artist_console.commands.statement_sets import sets_of
from artist_console.ui.figures import Figures
from artist_console.ui.text import say


def drop_words(paths: list[Path]) -> str:
    """What will happen with files that are held over the window."""
    sets = sets_of(paths)
    if len(sets) == 1 and len(paths) > 1:
        return say("import", "Let go to bring in the {n} parts of one sales report", n=len(paths))
    if len(paths) > 1:
        return say("import", "Let go to bring in {n} files; each is asked about", n=len(paths))
    name = paths[0].name
    what = what_it_is(paths[0])
    if what is PackageKind.REPORT:
        return say("import", "Let go to check the report {name}", name=name)
    if what is PackageKind.EVIDENCE:
        return say("import", "Let go to check the evidence file {name}", name=name)
    if what is PackageKind.CARD:
        return say("import", "Let go to look at the card of a signer {name}", name=name)
    return say("import", "Let go to bring in {name}; you are asked what it is", name=name)


def name_filters(kind: FileKind | None) -> list[str]:
    """Which files the dialog shows for a kind, then all."""
    everything = say("import", "All files (*)")
    match kind:
        case FileKind.CATALOGUE:
            return [say("import", "Catalogues (*.csv *.tsv *.xlsx *.xml)"), everything]
        case FileKind.DATASET_LIST:
            return [say("import", "Dataset lists (*.csv *.csv.gz *.tsv *.tsv.gz)"), everything]
        case FileKind.MANIFEST:
            return [say("import", "Manifests of operators (*.json *.jsonl *.ndjson *.gz)"), everything]
        case FileKind.STATEMENT:
            return [say("import", "Statements (*.csv *.tsv *.txt *.xlsx *.gz *.zip)"), everything]
        case None:
            return [everything]


def progress_words(figures: Figures, name: str, done: int, total: int, *, sends: bool) -> str:
    """How far an import is: first the file is handed over, then its rows are read."""
    if sends:
        part = figures.number(100 * done // total)
        return say("import", "Importing {name}: {n} % of the file is handed over…", name=name, n=part)
    if total and done >= total:
        return say("import", "Importing {name}: all rows are read, now they are brought in…", name=name)
    if total:
        return say(
            "import",
            "Importing {name}: {done} of {total} rows…",
            name=name,
            done=figures.number(done),
            total=figures.number(total),
        )
    return say("import", "Importing {name}…", name=name)
