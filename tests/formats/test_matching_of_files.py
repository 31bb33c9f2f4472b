"""From files to findings: a catalogue compared with a published list and with a statement."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion import MatchBand
from artist_console.domain.matching import Matchable, MatchIndex, match_words
from artist_console.formats.dataset_list import read_dataset_list
from artist_console.formats.incoming import ReadCatalogue
from artist_console.formats.recognise import read_catalogue
from artist_console.formats.statement_table import AiIncomeWords, read_statement

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
WORDS = match_words(json.loads((ROOT / "resources/data/match_words.json").read_text(encoding="utf-8")))


def index_of(catalogue: ReadCatalogue) -> MatchIndex:
    return MatchIndex(
        (
            Matchable(
                WorkId(str(row.row)),
                row.title,
                (*row.artists, *(alias for _, alias in row.artist_aliases)),
                row.version,
                row.aliases,
                row.identifier,
            )
            for row in catalogue.rows
        ),
        WORDS,
    )


def test_works_of_a_catalogue_are_found_in_the_list_of_a_published_model(shared_data: Path) -> None:
    path = shared_data / "datasets" / "stable-audio-open-fma" / "fma_dataset_attribution2.csv.gz"
    listed = read_dataset_list(path.read_bytes(), path.name)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["title", "artist"])
    for row in listed.rows[1000:1400:10]:
        writer.writerow([row.title.upper(), f"The {row.artist}"])
    writer.writerow(["No Such Tide", "Mira Sand"])
    catalogue = read_catalogue(table.getvalue().encode(), "mine.csv")
    index = index_of(catalogue)
    hits = {match.work for row in listed.rows for match in index.match(row)}
    assert hits == {str(row.row) for row in catalogue.rows} - {str(catalogue.rows[-1].row)}


def test_a_release_message_and_a_statement_meet_by_isrc() -> None:
    index = index_of(read_catalogue((DATA / "ern-432.xml").read_bytes(), "ern-432.xml"))
    statement = read_statement(
        (DATA / "statements" / "believe.csv").read_bytes(), "believe.csv", AiIncomeWords(())
    )
    kinds = [[match.band for match in index.match(row)] for row in statement.rows]
    assert kinds[0][0] is MatchBand.IDENTIFIER
    assert kinds[1] == [MatchBand.KEY]
