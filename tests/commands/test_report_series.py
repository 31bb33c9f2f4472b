"""Which reports were seen: what counts as a newer one, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from artist_console.commands.report_series import SeenReport, is_newer, read_seen, remember

OWN = SeenReport("5" * 32, datetime(2025, 7, 1, tzinfo=UTC), "aa", "/r/q2.acreport", frozenset({"k1"}), False)
LATER = replace(OWN, made_at=OWN.made_at + timedelta(days=91), sha256="bb", path="/r/q3.acreport")


def test_anybody_can_name_a_series_so_the_signer_counts() -> None:
    assert is_newer(LATER, OWN)
    assert not is_newer(OWN, LATER)
    assert not is_newer(OWN, OWN)
    assert not is_newer(replace(LATER, series="6" * 32), OWN)
    stranger = replace(LATER, kids=frozenset({"k2"}))
    assert not is_newer(stranger, OWN)
    assert is_newer(replace(stranger, trusted=True), OWN)


def test_what_was_seen_is_kept_once_with_its_last_place_and_the_oldest_go(tmp_path: Path) -> None:
    path = tmp_path / "reports-seen.json"
    assert read_seen(path) == ()
    remember(path, (OWN, LATER))
    moved = replace(OWN, path="/elsewhere/q2.acreport")
    assert remember(path, (moved,)) == (LATER, moved)
    assert read_seen(path) == (LATER, moved)
    many = [replace(OWN, sha256=str(number)) for number in range(600)]
    kept = remember(path, many)
    assert kept == tuple(many[-500:])
    assert read_seen(path) == kept


def test_a_file_that_cannot_be_written_keeps_nobody_from_reading(tmp_path: Path) -> None:
    path = tmp_path / "not-there" / "reports-seen.json"
    assert remember(path, (OWN,)) == (OWN,)
    assert read_seen(path) == ()
