"""A check has three results all the way to the screen and the terminal."""

from __future__ import annotations

import pytest

from artist_console.cli.reporting import _check
from artist_console.commands.history import CheckState, check_line
from artist_console.formats.proof_checks import ProofCheck, cannot, failed, passed


@pytest.mark.parametrize(
    ("check", "state", "printed"),
    [
        (passed("rows", "All {n} rows can be read.", n=3), CheckState.PASSED, "ok"),
        (failed("rows", "All {n} rows can be read.", n=3), CheckState.FAILED, "NOT OK"),
        (cannot("rows", "All {n} rows can be read.", n=3), CheckState.CANNOT, "cannot be checked"),
    ],
)
def test_a_check_keeps_its_result_and_its_sentence(
    check: ProofCheck, state: CheckState, printed: str
) -> None:
    line = check_line(check)
    assert line.state is state
    assert line.words == "All 3 rows can be read."
    assert (line.passed, line.lacking) == (state is CheckState.PASSED, state is CheckState.CANNOT)
    assert _check(line) == f"{printed}: All 3 rows can be read."
