"""Can I prove it: a manager hands out a report; a reviewer with no account and no network opens, believes and
uses it. A different computer, so a profile of its own; whatever would reach for a network ends the test.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from artist_console.commands import report_making
from artist_console.commands.report_export import ExportFormat
from artist_console.commands.reports import ReportVerdict
from artist_console.ui.dialogs.create_report import CreateReportDialog
from artist_console.ui.dialogs.export_report import ExportReportDialog
from artist_console.ui.dialogs.trust_signer import TrustSignerDialog
from artist_console.ui.pages.reports import ReportsScreen
from tests.journeys.hands import Keyboard, Mouse
from tests.journeys.hosts import picture, until
from tests.ui.sample_profile import OpenWindow


def screen_of(window: OpenWindow) -> ReportsScreen:
    screen = window.main.screen_of("reports")
    assert isinstance(screen, ReportsScreen)
    return screen


@pytest.fixture
def handed_over(window: OpenWindow, tmp_path: Path) -> tuple[Path, Path, str]:
    """This quarter's report, made in the manager's window; last quarter's; and the key, as read out."""
    folder = tmp_path / "post"
    folder.mkdir()
    now, before = folder / "now.acreport", folder / "before.acreport"
    window.choose_artist("Mara Lindqvist")
    window.show("reports")
    Mouse(window).press("Create report…")
    dialog = window.panel(CreateReportDialog)
    picture(window, dialog, "journey-create")
    last = replace(dialog.wish, as_of=datetime(2026, 8, 1, tzinfo=UTC), as_known_then=True)
    window.desk.ask(
        window.main,
        "last quarter's",
        lambda console: report_making.create_wished(console, before, last),
        lambda _: None,
    )
    window.settle()
    assert before.exists()
    dialog.write(str(now))  # what the file dialog of the computer gives
    window.settle()
    view = screen_of(window).view
    assert view.report is not None
    assert view.report.verdict is ReportVerdict.GENUINE
    window.close()
    return now, before, view.report.fingerprint


@pytest.fixture
def nothing_goes_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every way of Python to a network is shut; what tried is told, and the test fails at the end."""
    tried: list[str] = []

    def refuse(name: str) -> Callable[..., Any]:
        def refused(*given: Any, **named: Any) -> Any:
            tried.append(f"{name} {given} {named}")
            raise OSError("there is no network here")

        return refused

    for name in ("connect", "connect_ex", "bind", "listen", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse(name), raising=False)
    for name in ("create_connection", "getaddrinfo", "gethostbyname", "create_server"):
        monkeypatch.setattr(socket, name, refuse(name))
    yield tried
    assert tried == []


def dropped(window: OpenWindow, path: Path) -> None:
    """The file is let go over the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    middle = QPointF(window.main.rect().center())
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(middle, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    window.main.dropEvent(drop)
    window.settle()


def test_a_reviewer_opens_believes_filters_compares_and_exports_with_nothing_contacted(
    handed_over: tuple[Path, Path, str],
    nothing_goes_out: list[str],
    open_window: Callable[[Path], OpenWindow],
    tmp_path: Path,
) -> None:
    now, before, fingerprint = handed_over
    renamed = now.with_name("what came by mail.bin")
    now.rename(renamed)  # recognised by what it holds
    window = open_window(tmp_path / "reviewer")
    mouse, keys = Mouse(window), Keyboard(window)
    mouse.click(window.main.first_steps.start.report_choice)
    window.settle()
    assert isinstance(QApplication.activeModalWidget(), QFileDialog), "asked for the file at once"
    keys.press(Qt.Key.Key_Escape)
    assert not (tmp_path / "reviewer" / "backend.db").exists(), "no service is started for a reviewer"

    dropped(window, renamed)
    view = screen_of(window).view
    assert view.report is not None
    assert view.report.verdict is ReportVerdict.SIGNER_UNKNOWN
    picture(window, window.main, "journey-unknown")
    mouse.press("Trust this signer…")
    asked = window.panel(TrustSignerDialog)
    assert not asked.trust_button.isEnabled(), "nothing is trusted by a press alone"
    asked.comparing.typed.setFocus()
    keys.type(fingerprint)
    mouse.press("Trust this signer")
    assert view.report.verdict is ReportVerdict.GENUINE
    assert "you" in view.report.introduced_by
    picture(window, window.main, "journey-trusted")

    mouse.press("Read it")
    reading = view.reading
    assert reading.shown is not None
    every = len(reading.shown.works)
    assert every > 100
    title = reading.shown.works[3].work.title
    reading.filter.edit.setFocus()
    keys.type(title)
    until(window, lambda: reading.shown is not None and len(reading.shown.works) < every)
    assert reading.shown.works
    assert all(title in row.work.title for row in reading.shown.works)
    picture(window, window.main, "journey-filtered")

    screen_of(window).compare_with(str(before))
    window.settle()
    picture(window, window.main, "journey-compared")
    found = view.comparison.found
    assert found is not None
    assert any(topic.added or topic.changed or topic.gone for topic in found.topics)
    mouse.press("Leave the comparison")

    mouse.press("Export")
    dialog = window.panel(ExportReportDialog)
    picture(window, dialog, "journey-export")
    assert dialog.format is ExportFormat.PDF
    target = tmp_path / "report.pdf"
    dialog.save_to(str(target))
    window.settle()
    assert target.read_bytes().startswith(b"%PDF-")
    if shutil.which("pdftotext"):
        text = subprocess.run(
            ["pdftotext", "-layout", str(target), "-"], capture_output=True, text=True, check=True
        ).stdout
        assert title in text
        assert view.report.sha256[:16] in text.replace("\n", "")
