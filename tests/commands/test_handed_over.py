"""Files are taken for what they hold, whatever they are called."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from artist_console.cli.arguments import parse
from artist_console.commands.handed_over import PackageKind, what_it_is


def package(first: str) -> bytes:
    """A package of stored files that begins with this one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(first, b"{}")
        archive.writestr("works.csv", b"id\r\n")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (package("datapackage.json"), "consent.zip", PackageKind.REPORT),
        (package("datapackage.json"), "no ending at all", PackageKind.REPORT),
        (package("datapackage.json"), "x.acevidence", PackageKind.REPORT),
        (package("bundle.json"), "for counsel.bin", PackageKind.EVIDENCE),
        (b'{"payload":"e30","signatures":[]}', "mara.txt", PackageKind.CARD),
        (b"", "mara.acsigner", PackageKind.CARD),
        (package("catalogue.csv"), "catalogue.zip", None),
        (b"\0" + package("datapackage.json")[1:], "damaged.acreport", PackageKind.REPORT),
        (b"", "EMPTY.ACREPORT", PackageKind.REPORT),
        (b"id,title\r\n", "catalogue.csv", None),
    ],
)
def test_content_goes_before_the_name(
    tmp_path: Path, content: bytes, name: str, kind: PackageKind | None
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert what_it_is(path) is kind


def test_what_cannot_be_read_goes_by_its_name(tmp_path: Path) -> None:
    assert what_it_is(tmp_path / "gone.acreport") is PackageKind.REPORT
    assert what_it_is(tmp_path) is None


def test_a_lone_path_opens_the_window_with_the_report(tmp_path: Path) -> None:
    path = tmp_path / "renamed by mail.zip"
    path.write_bytes(package("datapackage.json"))
    given = parse([str(path)])
    assert (given.command, given.report) == ("window", path)


def test_a_file_named_as_a_command_takes_no_command_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sync").write_bytes(package("datapackage.json"))
    monkeypatch.chdir(tmp_path)
    assert parse(["sync"]).command == "sync"
