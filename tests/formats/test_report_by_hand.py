"""Programs that are not ours check a report: the lines of docs/report-format.md, and `frictionless`."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.formats.data_package import DESCRIPTOR
from artist_console.formats.report_out import sign_again
from artist_console.formats.report_privacy import content_for
from artist_console.formats.report_tables import TABLES
from artist_console.formats.signatures import sha256_hex
from tests.formats.report_world import (
    SIGNER,
    STRANGER,
    all_rows,
    answered_world,
    files_in,
    header,
    package_of,
    report_of,
)

PAGE = (Path(__file__).resolve().parents[2] / "docs/report-format.md").read_text(encoding="utf-8")
CONTENT = content_for(all_rows(answered_world()), header())
DATA = report_of(CONTENT, name="Fieldnote")
FILES = files_in(DATA)
# What tables are asked to carry: formulas, quotes, lines, other scripts, many digits, and nothing at all.
_ODD = ("=1+1", "'tis", 'a "b", c', "one\r\ntwo\nthree", "مرحبا", "夜の渡し船", " -1", "", "-", "＝1")
ODD = report_of(
    replace(
        CONTENT,
        works=tuple(
            replace(work, title=_ODD[n % len(_ODD)], version=_ODD[(n * 3) % len(_ODD)])
            for n, work in enumerate(
                replace(CONTENT.works[0], id=f"work-{number}")  # type: ignore[arg-type]
                for number in range(40)
            )
        ),
        lines=tuple(
            replace(line, amount=Decimal("-0.000000000000000001"), words=_ODD[n])
            for n, line in enumerate(CONTENT.lines)
        ),
    )
)


def _snippet() -> str:
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found.group(1)


def _run(folder: Path, data: bytes) -> subprocess.CompletedProcess[str]:
    (folder / "one.acreport").write_bytes(data)
    (folder / "check.py").write_text(_snippet(), encoding="utf-8")
    # -I: neither this folder nor the environment lends it anything of ours.
    return subprocess.run(
        [sys.executable, "-I", "check.py", "one.acreport"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_the_lines_of_the_document_accept_a_report_and_name_its_signers_and_hash(tmp_path: Path) -> None:
    assert len(_snippet().strip().splitlines()) <= 20
    assert "artist_console." not in _snippet()
    both = io.BytesIO()
    sign_again(io.BytesIO(DATA), both, STRANGER, "Somebody")
    done = _run(tmp_path, both.getvalue())
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"Signed with the key {SIGNER.public.kid} of 'Fieldnote'",
        f"Signed with the key {STRANGER.public.kid} of 'Somebody'",
        f"Unchanged: {sha256_hex(FILES[DESCRIPTOR])}",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("works.csv", b"Harbour", b"Harbor "),
        (DESCRIPTOR, b"Mara", b"Sara"),
        ("README.txt", b"report", b"repair"),
    ],
)
def test_the_lines_of_the_document_refuse_what_was_changed(
    tmp_path: Path, name: str, old: bytes, new: bytes
) -> None:
    """Also where another program has written the zip anew."""
    assert old in FILES[name]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as anew:
        for each, body in FILES.items():
            anew.writestr(each, body.replace(old, new) if each == name else body)
    assert _run(tmp_path, out.getvalue()).returncode != 0


def test_the_lines_of_the_document_refuse_what_was_added_or_is_not_signed(tmp_path: Path) -> None:
    added = package_of([*FILES.items(), ("more.txt", b"more")])
    assert _run(tmp_path, added).returncode != 0
    bare = package_of(item for item in FILES.items() if item[0] != "signature-1.jws")
    assert _run(tmp_path, bare).returncode != 0


def _validated(folder: Path, data: bytes) -> subprocess.CompletedProcess[str]:
    (folder / "copy.zip").write_bytes(data)
    return subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "copy.zip"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("data", [DATA, ODD], ids=["a report", "one of odd texts"])
def test_frictionless_accepts_a_copy_named_zip(tmp_path: Path, data: bytes) -> None:
    done = _validated(tmp_path, data)
    assert done.returncode == 0, done.stdout
    tables = [name for name in files_in(data) if name.endswith(".csv")]
    assert done.stdout.count("VALID") == len(tables) > 10
    assert "INVALID" not in done.stdout


def test_frictionless_refuses_a_table_whose_hash_is_wrong(tmp_path: Path) -> None:
    works = FILES["works.csv"].replace(b"Harbour", b"Harbor ")
    done = _validated(tmp_path, package_of((FILES | {"works.csv": works}).items()))
    assert done.returncode != 0
    assert done.stdout.count("INVALID") == 1
    assert re.search(r"works\.csv.*INVALID", done.stdout)
    assert "hash" in done.stdout


def test_a_spreadsheet_reads_the_works() -> None:
    rows = list(csv.DictReader(io.StringIO(FILES["overview.csv"].decode("utf-8-sig"), newline="")))
    assert {row["title"] for row in rows} == {"Salt Lines", "Harbour Lights"}
    salt = next(r for r in rows if r["title"] == "Salt Lines" and r["programme"] == "Harmonia 2")
    assert (salt["where_it_is"], salt["kind"], salt["artists"]) == ("Listed publicly", "recording", "Mara")
    assert "train.generative: Allowed" in salt["permission_by_use"]
    assert "gen.cover: Refused" in salt["permission_by_use"]


def test_every_table_that_a_report_can_hold_is_in_the_document() -> None:
    for name in TABLES:
        assert f"`{name}`" in PAGE
