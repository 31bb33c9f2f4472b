"""Removing the sample: its own files go, others stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from artist_console.app.sample import is_sample, remove_sample
from artist_console.host.paths import ProfileFolder

OWN = (
    "journal.db",
    "journal.db-wal",
    "mirror.db",
    "mirror.db.damaged",
    "journal.version-1.db",
    "backend.before-0001.db",
    "journal.set-aside-1.db",
    "settings.json",
    "signers.json",
    ".keys.json.a1b2c3",
)


@pytest.mark.parametrize(
    "mark", [b"being made\n", b"Invented artists. Removed by: artist-console demo --remove\n"]
)
def test_only_what_a_profile_holds_is_removed(tmp_path: Path, mark: bytes) -> None:
    folder = ProfileFolder(tmp_path / "sample")
    folder.create()
    (folder.root / "sample.txt").write_bytes(mark)
    for name in OWN:
        (folder.root / name).write_bytes(b"x")
    (folder.log / "log.txt").write_bytes(b"x")
    (folder.root / "my report.acreport").write_bytes(b"mine")
    assert is_sample(folder)
    assert remove_sample(folder)
    assert [path.name for path in folder.root.iterdir()] == ["my report.acreport"]


def test_an_empty_folder_of_the_sample_goes_with_it(tmp_path: Path) -> None:
    folder = ProfileFolder(tmp_path / "sample")
    folder.create()
    (folder.root / "sample.txt").write_bytes(b"being made\n")
    assert remove_sample(folder)
    assert not folder.root.exists()
    assert not remove_sample(folder)
