"""Parquet copies in a report: compared with their tables, and a copy that lies is told."""

from __future__ import annotations

import io
from typing import BinaryIO

import pytest

from artist_console.commands.table_copies import parquet_says
from artist_console.domain.problems import InputProblem
from artist_console.formats.parquet_digest import TableDigest, digest_parquet
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.report_copies import Says, check_copies
from artist_console.formats.report_members import BesideFile
from artist_console.formats.report_out import write_report
from artist_console.formats.report_privacy import content_for
from artist_console.formats.table_copy import MEDIA_TYPE
from tests.formats.report_world import SIGNER, all_rows, answered_world, files_in, header, salts, verified

CONTENT = content_for(all_rows(answered_world()), header())


def report(many_rows: int, *files: BesideFile) -> bytes:
    out = io.BytesIO()
    write_report(out, CONTENT, SIGNER, "Fieldnote", salts=salts(), files=files, many_rows=many_rows)
    return out.getvalue()


TRUE_COPY = files_in(report(1))["lines.parquet"]


def said(data: bytes, says: Says = digest_parquet) -> list[tuple[CheckState, str]]:
    found = verified(data).report
    assert found is not None
    return [(check.state, check.text) for check in check_copies(found, says)]


def beside(body: bytes) -> BesideFile:
    return BesideFile("lines.parquet", body, MEDIA_TYPE)


def test_a_report_without_copies_has_no_check_of_them() -> None:
    assert said(report(50_000)) == []


def test_copies_that_a_report_was_written_with_say_the_same() -> None:
    ((state, words),) = said(report(1))
    assert state is CheckState.PASSED
    assert words.endswith("say the same as the tables.")


def test_a_copy_is_read_by_a_process_of_its_own() -> None:
    assert said(report(50_000, beside(TRUE_COPY)), parquet_says) == [
        (CheckState.PASSED, "The Parquet copy of a table says the same as the table.")
    ]


def test_a_signed_copy_with_other_amounts_is_told() -> None:
    other = files_in(report(1))["overview.parquet"]
    ((state, words),) = said(report(50_000, beside(other)))
    assert state is CheckState.FAILED
    assert words.endswith("does not say what the table says: its columns are others. Use the table.")


@pytest.mark.parametrize("body", [b"PAR1 and nothing more", TRUE_COPY[: len(TRUE_COPY) // 2]])
def test_a_copy_that_cannot_be_read_leaves_the_table_as_it_is(body: bytes) -> None:
    ((state, words),) = said(report(50_000, beside(body)), parquet_says)
    assert state is CheckState.CANNOT
    assert words.endswith("cannot be read: it is no Parquet file, or it is damaged. The table itself can.")


def test_a_reader_that_gives_up_says_why() -> None:
    def gives_up(_: BinaryIO) -> TableDigest:
        raise InputProblem("It could not be read: {reason}", reason="it takes more than 240 seconds")

    ((state, words),) = said(report(50_000, beside(TRUE_COPY)), gives_up)
    assert state is CheckState.CANNOT
    assert "cannot be read: it takes more than 240 seconds." in words
