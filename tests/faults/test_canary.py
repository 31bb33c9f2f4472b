"""Secrets and titles are found nowhere; and the search finds what it is given to find."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import canary
from tests.faults.canary import Canary, Search
from tests.faults.counts import Counts

SECRET = "Kanarienvögel 0123456789abcdef"
SPELLINGS: list[Callable[[str], bytes]] = [
    str.encode,
    lambda text: text.encode("utf-16-le"),
    lambda text: text.encode().hex().encode(),
    lambda text: base64.b64encode(b"x" + text.encode()),
    lambda text: base64.b64encode(b"xy" + text.encode() + b"zz"),
    lambda text: base64.urlsafe_b64encode(text.encode()),
    lambda text: text.encode("unicode_escape"),
]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the list of processes is read in /proc here")
def test_no_secret_and_no_title_is_found_anywhere(counted: Callable[[Counts], Counts]) -> None:
    counts = counted(canary.run(range(canary.SHORT), print))
    assert counts.holds, counts.wrong
    assert counts.met["files"] > 30


@pytest.mark.parametrize("spell", SPELLINGS)
def test_a_canary_is_found_in_every_spelling(tmp_path: Path, spell: Callable[[str], bytes]) -> None:
    (tmp_path / "a file").write_bytes(os.urandom(1_000) + spell(SECRET) + os.urandom(1_000))
    search = Search()
    search.files(tmp_path, [Canary.of("title", SECRET), Canary.of("another", "something else")])
    assert search.found == ["title in file a file"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the list of processes is read in /proc here")
@pytest.mark.parametrize("part", ["cmdline", "environ"])
def test_a_canary_that_a_process_shows_is_found(part: str) -> None:
    shown = {"cmdline": ([SECRET], {}), "environ": ([], {"SHOWN": SECRET})}[part]
    process = subprocess.Popen(
        [sys.executable, "-c", "input()", *shown[0]], stdin=subprocess.PIPE, env={**os.environ, **shown[1]}
    )
    try:
        search = Search()
        search.processes([Canary.of("title", SECRET)])
        assert search.found == [f"title in process {part}"]
    finally:
        process.communicate(b"\n")
