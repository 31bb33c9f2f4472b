"""The dozen lines of docs/formats/report.md check a report without any code of ours."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from artist_console.formats.report import write_report
from artist_console.formats.report_privacy import content_for
from tests.formats.report_world import SIGNER, all_rows, answered_world, header

PROJECT = Path(__file__).resolve().parents[2]
DATA = write_report(content_for(all_rows(answered_world()), header()), SIGNER, "Fieldnote")


def _snippet() -> str:
    text = (PROJECT / "docs/formats/report.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found.group(1)


def _run(folder: Path, data: bytes) -> subprocess.CompletedProcess[str]:
    (folder / "one.acreport").write_bytes(data)
    (folder / "check.py").write_text(_snippet(), encoding="utf-8")
    # -I: neither this folder nor the environment lends it anything of ours.
    return subprocess.run(
        [sys.executable, "-I", "check.py", "one.acreport"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_lines_of_the_document_accept_a_report_and_show_its_fingerprint(tmp_path: Path) -> None:
    assert len(_snippet().strip().splitlines()) <= 16
    assert "artist_console" not in _snippet()
    done = _run(tmp_path, DATA)
    assert done.returncode == 0, done.stderr
    assert SIGNER.public.fingerprint.replace(" ", "") in done.stdout


def _changed(name: str, old: bytes, new: bytes) -> bytes:
    """The report with one file changed and zipped anew by another program."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DATA)) as report, zipfile.ZipFile(out, "w") as anew:
        for info in report.infolist():
            content = report.read(info)
            if info.filename == name:
                assert old in content
                content = content.replace(old, new)
            anew.writestr(info.filename, content)
    return out.getvalue()


def test_the_lines_of_the_document_refuse_a_changed_row_and_a_changed_manifest(tmp_path: Path) -> None:
    for name, old, new in (("works.jsonl", b"Harbour", b"Harbor "), ("manifest.json", b"Mara", b"Sara")):
        assert _run(tmp_path, _changed(name, old, new)).returncode != 0


def test_a_spreadsheet_reads_the_works() -> None:
    with zipfile.ZipFile(io.BytesIO(DATA)) as report:
        text = report.read("works.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["Title"] for row in rows} == {"Salt Lines", "Harbour Lights"}
    salt = next(r for r in rows if r["Title"] == "Salt Lines" and r["Programme"] == "Harmonia 2")
    assert (salt["Where it is"], salt["Kind"], salt["Artists"]) == ("Listed publicly", "recording", "Mara")
    assert "train.generative: Allowed" in salt["Permission by use"]
    assert "gen.cover: Refused" in salt["Permission by use"]
