"""What is said of columns is said of columns that are there."""

from __future__ import annotations

import pytest

from artist_console.formats import column_words
from artist_console.formats.column_words import words_of
from artist_console.formats.report_tables import TABLES, codec_of


@pytest.mark.parametrize("table", TABLES)
def test_every_column_that_has_words_is_there_and_they_reach_the_schema(table: str) -> None:
    columns = {column.name: column.description for column in codec_of(table).columns}
    own = column_words._BY_TABLE.get(table, {})
    assert own.keys() <= columns.keys()
    assert {name: words for name, words in columns.items() if words} == {
        name: words for name, words in words_of(table).items() if name in columns
    }
    described = {field["name"]: field.get("description", "") for field in codec_of(table).schema()["fields"]}
    assert described.items() >= columns.items()


def test_words_stand_for_columns_of_some_table() -> None:
    columns = {column.name for table in TABLES for column in codec_of(table).columns}
    assert column_words._EVERYWHERE.keys() <= columns
    assert column_words._BY_TABLE.keys() <= set(TABLES)
