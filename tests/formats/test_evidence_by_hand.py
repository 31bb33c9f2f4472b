"""The lines of docs/formats/evidence-bundle.md check a bundle without any code of ours."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from artist_console.formats.evidence_content import EvidenceContent
from artist_console.formats.evidence_manifest import Bundle
from tests.formats.evidence_world import a_receipt, bundle, content, files
from tests.formats.report_world import SIGNER, STRANGER

PAGE = (Path(__file__).resolve().parents[2] / "docs/formats/evidence-bundle.md").read_text(encoding="utf-8")
RECEIPT = a_receipt()
DATA = bundle(content(RECEIPT), files(RECEIPT))


def _snippet() -> str:
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found.group(1)


def _run(folder: Path, data: bytes) -> subprocess.CompletedProcess[str]:
    (folder / "one.acevidence").write_bytes(data)
    (folder / "check.py").write_text(_snippet(), encoding="utf-8")
    # -I: neither this folder nor the environment lends it anything of ours.
    return subprocess.run(
        [sys.executable, "-I", "check.py", "one.acevidence"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_the_lines_of_the_document_accept_a_bundle_and_name_its_key(tmp_path: Path) -> None:
    assert len(_snippet().strip().splitlines()) <= 20
    assert "artist_console" not in _snippet()
    done = _run(tmp_path, DATA)
    assert done.returncode == 0, done.stderr
    assert SIGNER.public.kid in done.stdout


def _changed(name: str, old: bytes, new: bytes, added: str = "") -> bytes:
    """The bundle with one file changed, or one added, and zipped anew by another program."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DATA)) as bundle, zipfile.ZipFile(out, "w") as anew:
        for info in bundle.infolist():
            body = bundle.read(info)
            if info.filename == name:
                assert old in body
                body = body.replace(old, new)
            anew.writestr(info.filename, body)
        if added:
            anew.writestr(added, b"more")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("reply-01.eml", b"it is out", b"it is not"),
        ("letter-01.txt", b"Dear", b"Dead"),
        ("bundle.json", b"Salt Lines", b"Salt Lives"),
        ("signature.jws", b".", b".."),
        ("receipts.jsonl", b"Refused", b"Allowed"),
    ],
)
def test_the_lines_of_the_document_refuse_what_was_changed(
    tmp_path: Path, name: str, old: bytes, new: bytes
) -> None:
    assert _run(tmp_path, _changed(name, old, new)).returncode != 0


def test_the_lines_of_the_document_refuse_what_was_added_or_signed_by_another_key(tmp_path: Path) -> None:
    assert _run(tmp_path, _changed("", b"", b"", added="letter-02.txt")).returncode != 0
    stranger = bundle(content(), files(), key=STRANGER)
    with zipfile.ZipFile(io.BytesIO(stranger)) as archive:
        seal = archive.read("signature.jws")
    with zipfile.ZipFile(io.BytesIO(DATA)) as archive:
        own = archive.read("signature.jws")
    assert _run(tmp_path, _changed("signature.jws", own, seal)).returncode != 0
    mixed = seal.split(b"..")[0] + b".." + own.split(b"..")[1]
    assert _run(tmp_path, _changed("signature.jws", own, mixed)).returncode != 0


def test_the_page_names_every_member() -> None:
    for name in (*Bundle.__struct_fields__, *EvidenceContent.__dataclass_fields__):
        assert f"`{name}`" in PAGE, name
