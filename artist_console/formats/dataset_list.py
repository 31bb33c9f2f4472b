"""Public lists of what a dataset holds: CSV, TSV, XLSX, JSON, JSON Lines, packed or not -> a stream of rows.

Any list whose columns name titles and artists is read; columns are recognised by their names, or said by a
person. Rows are kept as delivered, as evidence. Whether a row speaks of a work is for `domain.matching`.
"""

from __future__ import annotations

import csv
import io
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any, BinaryIO, TypeVar

from artist_console.domain.problems import InputProblem

from .dataset_list_columns import (
    ALL_FIELDS,
    FIELDS,
    columns_unknown,
    first_row_of,
    is_list_header,
    list_columns,
    says_enough,
)
from .dataset_list_json import encodable, json_layout, json_objects, names_of, text_of
from .dataset_list_rows import LONGEST_WORDS, Entry, row_of, writes_underscores
from .incoming import DatasetRow, ReadDatasetList, RowNote, Severity
from .table_columns import Columns, check_said, find_header
from .table_first_row import FirstRow, taken_for_header
from .table_stream import Row, csv_rows, spreadsheet_rows_of, tab_rows
from .tables import MAX_BYTES, delimiter_of, not_a_table, of_another_kind, too_large
from .text_stream import TextStream
from .unpacking import OpenedFile

__all__ = ["FIELDS", "ListReader", "is_list_header", "open_dataset_list", "read_dataset_list"]

MOST_ROWS = 50_000_000
_HEADER_WITHIN = 15  # rows that may stand before the header
_LOOKED_AT = 500  # rows by which it is told how a list writes its spaces, and which names its objects have
_LOOKED_AT_CHARACTERS = 4_000_000
_SAMPLE = 20
_Each = TypeVar("_Each")
IsHeader = Callable[[Sequence[str]], bool]
_NOTHING_SAID: Mapping[str, str] = MappingProxyType({})


class ListReader:
    """A list being read, once, from its beginning. What is told of the file is complete at its end.

    Iterating gives rows, and notes on rows that are left out or deserve a look; it raises InputProblem where
    the file turns out to be damaged, and then nothing of it is to be used.
    """

    def __init__(
        self,
        file: BinaryIO,
        file_name: str,
        said: Mapping[str, str] = _NOTHING_SAID,
        is_header: IsHeader = is_list_header,
    ) -> None:
        """Raises InputProblem, ColumnsUnknown."""
        self._is_header = is_header
        self.file_name = file_name
        self.rows_read = 0  # of the list, with those that are left out
        self._opened = OpenedFile(file, file_name)
        self._text: TextStream | None = None
        self._told: tuple[str, ...] = ()
        self.columns: tuple[str, ...] = ()
        self.layout = "xlsx"
        if self._opened.workbook:
            if self._opened.size > MAX_BYTES:
                raise too_large(file_name)
            data = self._opened.stream.read()
            source = self._of_table(spreadsheet_rows_of(data, file_name), ",", said)
        else:
            self._text = TextStream(self._opened)
            self.layout = json_layout(self._text)
            if self.layout:
                source = self._of_json(self._text, said)
            else:
                kind = not_a_table(self._text.head)
                if kind:
                    raise of_another_kind(file_name, kind)
                delimiter = delimiter_of(self._text.head)
                self.layout = "tsv" if delimiter == "\t" else "csv"
                rows = (
                    tab_rows(self._text, file_name)
                    if delimiter == "\t"
                    else csv_rows(self._text, delimiter, file_name)
                )
                source = self._of_table(rows, delimiter, said)
        self._content_sha256 = ""
        first, self._source = _looked_at(source)
        if not first:
            raise InputProblem(
                "“{file}” has no rows, only the names of its columns",
                "Ask for the list again, or export it with its rows.",
                file=file_name,
            )
        entries = [each for each in first if isinstance(each, Entry)]
        self._underscores = writes_underscores(entries)
        read = (row_of(each, self._names, self._underscores)[0] for each in entries)
        self.sample: tuple[DatasetRow, ...] = tuple(islice((row for row in read if row is not None), _SAMPLE))

    @property
    def fields(self) -> frozenset[str]:
        """What the list has columns for."""
        return frozenset(self._names)

    @property
    def size(self) -> int:
        """Bytes of the file as it came."""
        return self._opened.size

    @property
    def bytes_read(self) -> int:
        """Of the file as it came."""
        return self._opened.bytes_read

    @property
    def warnings(self) -> tuple[str, ...]:
        """About the file as a whole."""
        return (*self._told, *(self._text.warnings if self._text is not None else ()))

    def sha256(self) -> str:
        """Of the file as it came, once all rows were read."""
        return self._opened.sha256()

    def content_sha256(self) -> str:
        """Of the list itself, the same whether it came packed or not; once all rows were read."""
        return self._content_sha256

    def __iter__(self) -> Iterator[DatasetRow | RowNote]:
        for each in self._source:
            self.rows_read += 1
            if self.rows_read > MOST_ROWS:
                raise InputProblem(
                    "“{file}” has more than {limit} rows",
                    "Split it into smaller files and import them one by one.",
                    file=self.file_name,
                    limit=f"{MOST_ROWS:,}",
                )
            if isinstance(each, RowNote):
                yield each
                continue
            row, notes = row_of(each, self._names, self._underscores)
            yield from notes
            if row is not None:
                yield row
        self._content_sha256 = self._opened.content_sha256()  # while the file is open
        self._opened.sha256()

    def _found(self, columns: Columns) -> None:
        self.columns = columns.names
        self._names = {field: columns.name(field) for field in columns.places}

    def _of_table(
        self, rows: Iterator[Row], delimiter: str, said: Mapping[str, str]
    ) -> Iterator[Entry | RowNote]:
        begun, rows = _looked_at(rows)
        first = [cells or () for _, cells in begun]
        place, columns = _header_of(first[:_HEADER_WITHIN], said, self.file_name, self._is_header)
        self._found(columns)
        if says_enough(said, first[place]):
            told = first_row_of(first[place:], columns, said)
            if told is FirstRow.TAKEN_FOR_HEADER:
                self._told = (taken_for_header(first[place], begun[place][0]),)
            place -= told is FirstRow.RECORDING
        return _entries(islice(rows, place + 1, None), columns, delimiter)

    def _of_json(self, text: TextStream, said: Mapping[str, str]) -> Iterator[Entry | RowNote]:
        first, found = _looked_at(json_objects(text, self.layout, self.file_name))
        objects = [each for _, each in first if not isinstance(each, RowNote)]
        names = names_of(objects)
        check_said(said, [names], ALL_FIELDS, self.file_name)
        columns = list_columns(names, said)
        if not (self._is_header(names) or says_enough(said, names)):
            below = [[text_of(each.get(name)) for name in names] for each in objects[:_SAMPLE]]
            raise columns_unknown(self.file_name, [names, *below])
        self._found(columns)
        keys = {field: columns.names[place] for field, place in columns.places.items()}
        return (
            each if isinstance(each, RowNote) else _of_object(number, each, keys) for number, each in found
        )


def _header_of(
    first: Sequence[Sequence[str]], said: Mapping[str, str], file_name: str, is_header: IsHeader
) -> tuple[int, Columns]:
    """The place of the header, or of what a person named the columns by, and where the fields are."""
    check_said(said, first, ALL_FIELDS, file_name)
    place = find_header(first, lambda names: says_enough(said, names)) if said else None
    if place is None:
        place = find_header(first, is_header)
    if place is None:
        raise columns_unknown(file_name, first)
    return place, list_columns(first[place], said)


def _entries(rows: Iterator[Row], columns: Columns, delimiter: str) -> Iterator[Entry | RowNote]:
    line = io.StringIO()
    writer = csv.writer(line, delimiter=delimiter, lineterminator="")
    for number, cells in rows:
        if cells is None:
            yield RowNote(number, "", "The row holds a text that is too long.", Severity.REJECTED)
        elif any(cells):
            line.seek(0)
            line.truncate()
            writer.writerow(cells)
            yield Entry(number, columns.cells(cells), line.getvalue()[:LONGEST_WORDS])


def _of_object(number: int, each: Mapping[str, Any], keys: Mapping[str, str]) -> Entry:
    fields = {field: text_of(each.get(key)) for field, key in keys.items()}
    return Entry(number, fields, encodable(json.dumps(each, ensure_ascii=False)[:LONGEST_WORDS]))


def _looked_at(source: Iterator[_Each]) -> tuple[list[_Each], Iterator[_Each]]:
    """The first of a source, a bounded number and amount, and the whole source again."""
    first: list[_Each] = []
    characters = 0
    for each in source:
        first.append(each)
        characters += len(repr(each))
        if len(first) >= _LOOKED_AT or characters > _LOOKED_AT_CHARACTERS:
            break
    waiting = deque(first)

    def again() -> Iterator[_Each]:
        while waiting:
            yield waiting.popleft()
        yield from source

    return first, again()


def open_dataset_list(
    file: BinaryIO,
    file_name: str,
    columns: Mapping[str, str] = _NOTHING_SAID,
    is_header: IsHeader = is_list_header,
) -> ListReader:
    """Read a list from a file that can be sought; `columns` are fields and their columns, where said.

    `is_header` says which columns are enough.

    Raises ColumnsUnknown where no column says what it is, InputProblem where it cannot be used as a list.
    """
    return ListReader(file, file_name, columns, is_header)


def read_dataset_list(
    data: bytes, file_name: str, columns: Mapping[str, str] = _NOTHING_SAID
) -> ReadDatasetList:
    """A list read whole; see `open_dataset_list`."""
    reader = open_dataset_list(io.BytesIO(data), file_name, columns)
    rows: list[DatasetRow] = []
    notes: list[RowNote] = []
    for each in reader:
        if isinstance(each, RowNote):
            notes.append(each)
        else:
            rows.append(each)
    sha256 = reader.sha256()
    return ReadDatasetList(
        reader.layout, tuple(rows), tuple(notes), sha256, reader.rows_read, reader.columns, reader.warnings
    )
