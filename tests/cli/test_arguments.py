"""What can be typed: values that make no sense are wrong usage, before anything is opened."""

from __future__ import annotations

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.earnings_arguments import LINE_KINDS, RECONCILE_KINDS
from artist_console.cli.import_statement_arguments import LEVELS
from artist_console.domain.statements import LineKind, StatementLevel
from artist_console.domain.unmet import ReconcileKind


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
        ["decide", "allow", "--all", "--minimum-rate", "0 EUR"],
        ["decide", "allow", "--all", "--minimum-rate", "-1 EUR"],
        ["decide", "allow", "--all", "--minimum-rate", "1e999999999 EUR"],
        ["decide", "allow", "--all", "--minimum-rate", "1e-999999999 EUR"],
        ["decide", "allow", "--all", "--territory", ""],
        ["decide", "allow", "--all", "--territory", " , "],
        ["decide", "allow", "--all", "--territory", "SE,WW"],
        ["decide", "refuse", "--work", ""],
        ["decide", "refuse", "--release", " "],
        ["decide", "allow", "--all", "--programme", ""],
        ["decide", "allow", "--all", "--use", ""],
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


@pytest.mark.parametrize(
    "typed",
    [
        ["decide", "allow", "--all", "--territory", "\x1b[31mSE"],
        ["decide", "allow", "--all", "--\x1b]0;mine\x07"],
        ["receipt", "show", "latest", "\x9b31m\u202e"],
        ["report", "\x1b[2J"],
    ],
)
def test_what_is_typed_does_not_command_the_terminal_that_tells_what_is_wrong(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse(typed)
    told = capsys.readouterr().err
    assert "error: " in told
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(told)


def test_everywhere_beside_a_country_is_told_as_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["decide", "allow", "--all", "--territory", "SE,WW"])
    told = capsys.readouterr().err
    assert "WW is everywhere: name it alone, or only the countries" in told
    assert "not a country code" not in told


def test_a_last_day_before_the_first_names_both_options(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["decide", "allow", "--all", "--from", "2026-10-01", "--until", "2026-09-30"])
    assert "--until 2026-09-30, is before the first, --from 2026-10-01" in capsys.readouterr().err


def test_kinds_that_can_be_typed_are_those_that_there_are() -> None:
    assert list(LINE_KINDS) == [kind.value for kind in LineKind]
    assert list(RECONCILE_KINDS) == [kind.value.replace("_", "-") for kind in ReconcileKind]
    assert set(LEVELS) == {level.value.replace("_", "-") for level in StatementLevel}
