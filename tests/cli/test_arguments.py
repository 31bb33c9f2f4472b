"""What can be typed: values that make no sense are wrong usage, before anything is opened."""

from __future__ import annotations

import pytest

from artist_console.cli.arguments import parse


@pytest.mark.parametrize(
    "typed",
    [
        ["import", "statement", "a.csv", "--currency", "EURO"],
        ["import", "statement", "a.csv", "--month", "2025-13"],
        ["import", "catalogue", "a.csv", "--artist", " "],
        ["works", "list", "--limit", "-1"],
        ["works", "list", "--filter", "everything"],
        ["permission", "w", "--programme", "p", "--use", "u", "--territory", "XX"],
        ["permission", "w", "--programme", "p", "--use", "u", "--at", "yesterday"],
        ["decide", "allow", "--all", "--minimum-rate", "1 GOLD"],
        ["decide", "refuse"],
        ["decide", "refuse", "--all", "--keep-allows", "--refuse-allows"],
        ["backend", "serve", "--port", "65536"],
        ["earnings", "totals", "--since", "2026-10-01", "--until", "2026-09-30"],
        ["decide", "allow", "--all", "--from", "2026-10-01", "--until", "2026-09-30"],
        ["report", "create", "--out", ""],
    ],
)
def test_values_that_make_no_sense_are_wrong_usage(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(typed)
    assert ended.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_a_statement_without_hints_is_asked_for_nothing() -> None:
    given = parse(["import", "statement", "a.csv"])
    assert (given.currency, given.month, given.issuer) == (None, None, "")


def test_currencies_and_months_are_read_in_any_case() -> None:
    given = parse(["import", "statement", "a.csv", "--currency", "eur", "--month", "2025-04"])
    assert (given.currency, given.month) == ("EUR", "2025-04")
