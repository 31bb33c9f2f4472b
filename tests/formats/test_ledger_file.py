"""An exported ledger: whoever has the key checks all of it, with our reader or the script of the page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.decisions import LedgerEntry
from artist_console.formats.ledger_checks import GivenConflict, GivenKey
from artist_console.formats.ledger_file import (
    MAX_LINE_BYTES,
    LedgerInFile,
    LedgerPart,
    MalformedLedgerFile,
    check_ledger_lines,
)
from artist_console.formats.proof_checks import CheckState
from tests.formats.ledger_world import KNOWN, a_head, a_ledger, a_part, lines_of
from tests.formats.report_world import STRANGER, chained

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "ledger.md"
LEDGER = a_ledger(11)
WHOLE = lines_of(a_part(LEDGER, (3, 8, 11)))
FIRST_ENTRY = 5  # after the first line, the ledger's and three heads
OTHER = "ab" * 32


def check(lines: Sequence[bytes], keys: Mapping[str, GivenKey] = KNOWN) -> LedgerInFile:
    (found,) = check_ledger_lines(lines, keys)
    return found


def states(lines: Sequence[bytes], keys: Mapping[str, GivenKey] = KNOWN) -> dict[str, CheckState]:
    """The worst state of each check by its name."""
    told: dict[str, CheckState] = {}
    for each in check(lines, keys).found.checks:
        if told.get(each.name) is not CheckState.FAILED:
            told[each.name] = each.state
    return told


def changed(line: bytes, **members: object) -> bytes:
    return json.dumps({**json.loads(line), **members}, ensure_ascii=False).encode()


def counted(lines: Sequence[bytes], **counts: int) -> list[bytes]:
    told = json.loads(lines[1])["ledger"]
    return [lines[0], changed(lines[1], ledger={**told, **counts}), *lines[2:]]


def test_a_ledger_as_it_was_exported_holds_for_who_knows_the_key() -> None:
    found = check(WHOLE)
    assert found.name == "Mara"
    assert found.found.all_passed, [each.text for each in found.found.checks]
    assert found.found.is_signed
    assert found.found.end.n == 11
    assert found.found.signed is not None
    assert found.found.signed.size == 11
    assert {each.name for each in found.found.checks} == {
        "chain",
        "receipts",
        "signed_head",
        "earlier_heads",
        "inclusion",
        "signer",
    }


def test_a_stranger_is_told_that_nobody_vouches_for_the_key() -> None:
    assert states(WHOLE, {}) == {
        "chain": CheckState.PASSED,
        "receipts": CheckState.PASSED,
        "signed_head": CheckState.PASSED,
        "earlier_heads": CheckState.PASSED,
        "inclusion": CheckState.PASSED,
        "signer": CheckState.CANNOT,
    }


def test_a_ledger_that_somebody_else_made_up_has_no_known_signer() -> None:
    forged = lines_of(a_part(LEDGER, (11,), STRANGER), STRANGER.public)
    assert states(forged)["signer"] is CheckState.CANNOT
    without_key = [changed(forged[0], keys=[]), *forged[1:]]
    assert not check(without_key).found.is_signed
    assert states(without_key)["receipts"] is CheckState.CANNOT


@given(st.integers(2, len(WHOLE) - 1), st.data())
@settings(deadline=None, max_examples=300)
def test_no_byte_of_what_is_signed_can_be_another(at: int, data: st.DataObject) -> None:
    line = WHOLE[at].rstrip(b"\n")
    place = data.draw(st.integers(0, len(line) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda each: each != line[place]))
    lines = [*WHOLE[:at], line[:place] + bytes([byte]) + line[place + 1 :], *WHOLE[at + 1 :]]
    try:
        assert not check(lines).found.all_passed
    except MalformedLedgerFile as error:
        if not str(error).startswith(f"line {at + 1}:"):
            raise


@given(st.lists(st.integers(0, 10), min_size=1, max_size=11, unique=True))
@settings(deadline=None)
def test_entries_left_out_or_moved_are_missed(kept: list[int]) -> None:
    if kept == list(range(11)):
        return
    entries = [WHOLE[FIRST_ENTRY + each] for each in kept]
    found = check(counted([*WHOLE[:FIRST_ENTRY], *entries], entries=len(entries))).found
    assert found.has_failed


def test_the_last_entries_cannot_be_left_out_with_their_head() -> None:
    """Without any head nothing fails, but it is said that nobody vouches for the whole."""
    shorter = counted([*WHOLE[:2], *WHOLE[FIRST_ENTRY : FIRST_ENTRY + 4]], heads=0, entries=4)
    plain = [*shorter[:2], *(changed(line, path=None) for line in shorter[2:])]
    assert states(plain)["signed_head"] is CheckState.CANNOT
    assert not check(plain).found.has_failed


def test_entries_after_the_newest_head_are_told() -> None:
    lines = lines_of(a_part(LEDGER, (3, 8)))
    assert states(lines)["signed_head"] is CheckState.CANNOT
    assert [json.loads(line)["path"] is None for line in lines[-4:]] == [False, True, True, True]
    assert check(lines).found.signed is not None


def test_another_history_under_the_same_heads_does_not_hold() -> None:
    other: tuple[LedgerEntry, ...] = chained([*LEDGER[:5], replace(LEDGER[5], words="Else"), *LEDGER[6:]])
    part = a_part(other, (), heads=[a_head(LEDGER, 3), a_head(LEDGER, 11)])
    found = check(lines_of(part)).found
    assert [each.name for each in found.checks if each.state is CheckState.FAILED] == ["signed_head"]
    assert found.signed is not None
    assert found.signed.size == 3


def test_a_head_from_before_a_restore_is_no_accusation() -> None:
    heads = [a_head(LEDGER, 11, epoch="epoch-0"), a_head(LEDGER, 8)]
    found = states(lines_of(a_part(LEDGER[:8], (), heads=heads)))
    assert CheckState.FAILED not in found.values()
    assert found["restored"] is CheckState.CANNOT
    same = states(lines_of(a_part(LEDGER[:8], (), heads=[a_head(LEDGER, 11), a_head(LEDGER, 8)])))
    assert same["signed_head"] is CheckState.FAILED


def _conflicts(*given: GivenConflict) -> LedgerPart:
    return a_part(LEDGER, (3, 11), conflicts=given)


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (GivenConflict("forked", a_head(LEDGER, 8), a_head(LEDGER, 8, root=OTHER), 8), CheckState.FAILED),
        (GivenConflict("not_its_entries", None, a_head(LEDGER, 8, root=OTHER), 8), CheckState.FAILED),
        (GivenConflict("forked", a_head(LEDGER, 8), a_head(LEDGER, 8), 8), CheckState.CANNOT),
        (GivenConflict("forked", None, a_head(LEDGER, 8, STRANGER, root=OTHER), 8), CheckState.CANNOT),
        (GivenConflict("forked", None, "nonsense", 8), CheckState.CANNOT),
        (GivenConflict("x", None, a_head(LEDGER, 8, epoch="epoch-0", root=OTHER), 8), CheckState.CANNOT),
    ],
)
def test_evidence_counts_as_far_as_it_shows_something(given: GivenConflict, state: CheckState) -> None:
    assert states(lines_of(_conflicts(given)))["conflict"] is state


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "the file is empty"),
        ([b""], "line 1: column 1 is not JSON"),
        ([b"[]"], "line 1: expected `object`"),
        ([changed(WHOLE[0], type="artist-console-receipt")], "not that of a ledger"),
        ([changed(WHOLE[0], version=2)], "newer version"),
        ([changed(WHOLE[0], keys=[{"kty": "OKP"}])], "at “keys”"),
        (WHOLE[:-1], "line 15: lines are missing after it"),
        ([*WHOLE, b"{}"], "line 17: object missing"),
        (counted(WHOLE, heads=2), "line 5: object "),
        (counted(WHOLE, entries=-1), "below zero"),
        (counted(WHOLE, entries=10**9), "counts more lines"),
        ([WHOLE[0], b'{"ledger": 1.5}'], "no whole number"),
        ([WHOLE[0], b'{"ledger": 1, "ledger": 2}'], "stands twice"),
        ([WHOLE[0], b"[" * 100_000], "nested too deeply"),
        ([WHOLE[0], b" " * (MAX_LINE_BYTES + 1)], "longer than a line can be"),
        ([WHOLE[0], b"\xff"], "byte 1 is not text in UTF-8"),
        ([*WHOLE[:5], changed(WHOLE[5], path=[OTHER] * 65), *WHOLE[6:]], "not that long"),
        (
            [*WHOLE[:5], changed(WHOLE[5], entry={**json.loads(WHOLE[5])["entry"], "more": 1}), *WHOLE[6:]],
            "no entry of a ledger holds",
        ),
        (
            [*WHOLE[:5], changed(WHOLE[5], entry={**json.loads(WHOLE[5])["entry"], "head": ""}), *WHOLE[6:]],
            "without its head",
        ),
    ],
)
def test_what_is_no_such_file_is_told_with_its_line(lines: list[bytes], why: str) -> None:
    with pytest.raises(MalformedLedgerFile) as told:
        list(check_ledger_lines(lines, KNOWN))
    assert why in str(told.value)


# The script of the page, as somebody runs it who has nothing of ours


def run_script(folder: Path, lines: Sequence[bytes]) -> subprocess.CompletedProcess[str]:
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert "artist_console" not in found[1]
    (folder / "check.py").write_text(found[1], encoding="utf-8")
    (folder / "ledger.jsonl").write_bytes(b"".join(line.rstrip(b"\n") + b"\n" for line in lines))
    return subprocess.run(
        [sys.executable, "-I", "check.py", "ledger.jsonl"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_script_of_the_page_checks_what_we_write(tmp_path: Path) -> None:
    done = run_script(tmp_path, WHOLE)
    assert (done.returncode, done.stdout) == (0, "mara 11 entries, 11 of them under the signed root\n"), (
        done.stderr
    )
    assert run_script(tmp_path, lines_of(a_part(LEDGER, (3, 8)))).returncode == 0


def test_the_script_of_the_page_refuses_what_was_changed(tmp_path: Path) -> None:
    entry = json.loads(WHOLE[7])
    broken = [
        [*WHOLE[:7], changed(WHOLE[7], entry={**entry["entry"], "words": "Else"}), *WHOLE[8:]],
        [*WHOLE[:7], changed(WHOLE[7], path=[OTHER, *entry["path"][1:]]), *WHOLE[8:]],
        [*WHOLE[:7], changed(WHOLE[7], receipt=json.loads(WHOLE[8])["receipt"]), *WHOLE[8:]],
        counted(WHOLE[:-1], entries=10),
        counted([*WHOLE[:7], *WHOLE[8:]], entries=10),
    ]
    for lines in broken:
        assert run_script(tmp_path, lines).returncode == 1
