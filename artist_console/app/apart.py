"""What the program does as a child with limits: one job, one file, one answer (`host.limited_child`)."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import BinaryIO

import msgspec

from artist_console.commands.table_copies import PARQUET_JOB
from artist_console.formats.parquet_digest import NotParquet, digest_parquet
from artist_console.formats.row_cells import SALT
from artist_console.formats.table_copy import write_copy
from artist_console.host.limited_child import Refused, answer

_TABLE = b"\xef\xbb\xbfa,b,salt\r\nx,1.50,0\r\n"


def main(given: list[str]) -> int:
    """`given`: the job, megabytes of memory, seconds of processor time. Gives the exit code."""
    job, memory_mb, processor_s = given
    _load()
    return answer(_JOBS[job], int(memory_mb), int(processor_s))


def _load() -> None:
    """Do the job once with a file of our own: afterwards nothing can be opened, by the library neither."""
    own = io.BytesIO()
    write_copy(io.BytesIO(_TABLE), [("a", "string"), ("b", "number"), (SALT, "string")], own)
    digest_parquet(own)


def _parquet(source: BinaryIO) -> bytes:
    try:
        return msgspec.json.encode(digest_parquet(source))
    except NotParquet as error:
        raise Refused(str(error)) from error


_JOBS: Mapping[str, Callable[[BinaryIO], bytes]] = {PARQUET_JOB: _parquet}
