"""Hostile reports by the real command line and in the real window: a code, sentences, nothing that runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from artist_console.app import main
from artist_console.commands.reports import ReportVerdict
from artist_console.ui.pages.reports import ReportsScreen
from tests.hostile.reports import ALTERED, REPORTS, UNKNOWN_SIGNER
from tests.ui.sample_profile import OpenWindow

_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OVERRIDES = frozenset("\u202a\u202b\u202d\u202e")  # marks and isolates are the window's own means as well
# What each of these does in the window is its own way; all others meet the same lines as one of them.
IN_THE_WINDOW = [
    *("bomb", "thousands-of-files", "traversal", "cut", "deep-json", "newer", "rows-that-lie", "alg-none"),
    *("rich-text", "bidi", "formulas", "braces", "copy-that-wants-gigabytes", "endless-record"),
    *("a-million-columns", "table-in-utf-16"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every hostile report as a file."""
    made = tmp_path_factory.mktemp("reports")
    for name, (make, _) in REPORTS.items():
        (made / f"{name}.acreport").write_bytes(make())
    return made


@pytest.mark.parametrize("name", REPORTS)
def test_the_command_line_answers_with_a_code_and_sentences(
    folder: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / f"{name}.acreport"
    before = path.read_bytes()
    code = main(["report", "verify", "--data", str(tmp_path / "profile"), str(path)])
    said = "".join(capsys.readouterr())
    assert code == REPORTS[name][1]
    assert said.split("\n", 1)[0].rstrip().endswith(".")
    assert "Traceback" not in said
    assert "codec" not in said
    assert not set(said) & _TURNS
    assert path.read_bytes() == before
    assert not (tmp_path / "profile").exists() or not any((tmp_path / "profile").rglob("*.csv"))


@pytest.fixture(scope="module")
def shown(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenWindow]:
    """One window for all of them: what one report leaves behind meets the next."""
    window = OpenWindow(qapp, tmp_path_factory.mktemp("reviewer") / "profile")
    yield window
    window.close()


@pytest.mark.parametrize("name", IN_THE_WINDOW)
def test_the_window_shows_what_is_wrong_as_plain_text(folder: Path, shown: OpenWindow, name: str) -> None:
    shown.main.open_report(str(folder / f"{name}.acreport"))
    shown.settle()
    screen = shown.main.screen_of("reports")
    assert isinstance(screen, ReportsScreen)
    report = screen.view.report
    assert report is not None
    assert report.headline.endswith(".")
    match REPORTS[name][1]:
        case int(code) if code == UNKNOWN_SIGNER:
            assert report.verdict is ReportVerdict.SIGNER_UNKNOWN
        case int(code) if code == ALTERED:
            assert report.verdict in (ReportVerdict.CHANGED, ReportVerdict.CANNOT_BE_CHECKED)
        case _:
            assert report.verdict is ReportVerdict.CANNOT_BE_CHECKED
    for widget in shown.main.findChildren(QWidget):
        assert "<img" not in widget.toolTip()
        if isinstance(widget, QLabel) and "<" in widget.text():
            assert widget.textFormat() is Qt.TextFormat.PlainText, widget.text()
        if isinstance(widget, QLabel | QAbstractButton):
            assert not set(widget.text()) & _OVERRIDES, widget.text()


def test_there_are_enough_of_them() -> None:
    assert len(REPORTS) >= 40
    assert set(IN_THE_WINDOW) <= set(REPORTS)
