"""What is said of files that may be brought in: while they are held over the window, and in its dialog."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands.file_kinds import FileKind
from artist_console.ui.places import EVIDENCE_SUFFIX, REPORT_SUFFIX
from artist_console.ui.text import say


def drop_words(paths: list[Path]) -> str:
    """What will happen with files that are held over the window."""
    if len(paths) > 1:
        return say("import", "Let go to bring in {n} files; each is asked about", n=len(paths))
    name = paths[0].name
    if paths[0].suffix == REPORT_SUFFIX:
        return say("import", "Let go to check the report {name}", name=name)
    if paths[0].suffix == EVIDENCE_SUFFIX:
        return say("import", "Let go to check the evidence file {name}", name=name)
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
            return [say("import", "Statements (*.csv *.tsv *.xlsx)"), everything]
        case None:
            return [everything]
