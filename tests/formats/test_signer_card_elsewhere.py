"""Cards and handovers, read as docs/formats/signer-card.md says it, by another library than ours."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from artist_console.formats.handovers import hand_over
from artist_console.formats.revocations import revoke
from artist_console.formats.signatures import SigningKey
from artist_console.formats.signer_card import write_card

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "signer-card.md"
FIRST, SECOND = SigningKey(b"1" * 32), SigningKey(b"2" * 32)
DAY = date(2026, 3, 3)


def read_elsewhere(card: Path) -> subprocess.CompletedProcess[str]:
    """Run the script of the page."""
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    command = [sys.executable, "-c", found[1], str(card)]
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=60)


def test_the_script_of_the_page_reads_a_card_and_refuses_a_changed_one(tmp_path: Path) -> None:
    card = tmp_path / "some.acsigner"
    lines = [hand_over(FIRST, SECOND, DAY)], [revoke(FIRST, DAY, "lost")]
    content = write_card(SECOND, "Fieldnote", DAY, *lines)
    card.write_bytes(content)
    read = read_elsewhere(card)
    assert read.returncode == 0, read.stderr
    assert [line.split()[0] for line in read.stdout.splitlines()] == [
        "artist-console-signer-card",
        "artist-console-key-handover",
        "artist-console-key-revocation",
    ]
    at = content.index(b'"signature":"') + 20
    card.write_bytes(content[:at] + (b"A" if content[at : at + 1] != b"A" else b"B") + content[at + 1 :])
    changed = read_elsewhere(card)
    assert changed.returncode != 0
    assert "BadSignature" in changed.stderr
