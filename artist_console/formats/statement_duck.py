"""DuckDB for one statement file as it came: shut in, it reaches that file and nothing else.

A file at a path it reads by itself, on all processors; a file object is handed to it. Loaded late by all who
use it: the library takes a quarter of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import duckdb

from .lines_duck import OneFile, room

_AT_ONCE = 5_000
_PATTERN_SIGNS = frozenset("*?[]{}\\")  # a path with one of them would be taken for a pattern
_SHUT_IN = (
    "SET temp_directory = ''",
    "SET memory_limit = '{memory_mb}MB'",
    "SET autoload_known_extensions = false",
    "SET autoinstall_known_extensions = false",
    "SET allowed_paths = [{path}]",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
Rows = Callable[[str], Iterator[tuple[Any, ...]]]


@contextmanager
def asked(file: BinaryIO, path: str, memory_mb: int) -> Iterator[tuple[str, Rows]]:
    """The address of the file in a query, and what answers queries. `path` is empty for a file object.

    Raises duckdb.Error, LinesFileProblem.
    """
    if not path or _PATTERN_SIGNS & set(path) or "://" in path:
        handed = room(memory_mb)
        try:
            yield handed.hand(OneFile(file)), handed.each_row
        except BaseException:
            handed.leave(sound=False)
            raise
        handed.leave()
        return
    address = "'" + path.replace("'", "''") + "'"
    connection = duckdb.connect()

    def rows_of(query: str) -> Iterator[tuple[Any, ...]]:
        cursor = connection.execute(query)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows

    try:
        for each in _SHUT_IN:
            connection.execute(each.format(memory_mb=memory_mb, path=address))
        yield address, rows_of
    finally:
        connection.close()
