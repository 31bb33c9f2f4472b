"""Reading a stranger's Parquet: in a child with limits, which tells what the file says in a short value."""

from __future__ import annotations

from typing import BinaryIO

from artist_console.domain.problems import InputProblem
from artist_console.formats.encoding import MalformedMessage, decode
from artist_console.formats.parquet_digest import TableDigest
from artist_console.host.limited_child import Limits, ReadingApartFailed, Refused, ask

PARQUET_JOB = "parquet"
_USUAL = Limits()


class ParquetUnreadable(InputProblem):
    """A Parquet file that cannot be used; `reason` is a part of a sentence."""

    title_template = "The Parquet file cannot be read: {reason}"
    advice_template = "The same table stands beside it as CSV; ask whoever made it for a new copy"


def parquet_says(source: BinaryIO, limits: Limits = _USUAL) -> TableDigest:
    """Columns, number of rows and a digest of each column.

    Raises ParquetUnreadable, and what reading the source raises.
    """
    try:
        return decode(TableDigest, ask(PARQUET_JOB, source, limits))
    except Refused as error:
        raise ParquetUnreadable(reason=str(error)) from error
    except ReadingApartFailed as error:
        raise ParquetUnreadable(reason=error.fields["reason"]) from error
    except MalformedMessage as error:
        raise ParquetUnreadable(reason="what came back makes no sense") from error
