""" "Sample music" in the top bar leads out of the sample: to one's own music, or to none of it here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from artist_console.app.sample import SampleEnd, is_sample, open_sample
from artist_console.backend.embedded import start_embedded
from artist_console.commands.profiles import Outside
from artist_console.host.paths import ProfileFolder
from artist_console.sync.api import Api
from artist_console.ui.dialogs.sample import SampleDialog
from artist_console.ui.screenshots import settle
from artist_console.ui.start import Session
from tests.ui.sample_profile import opening_of


class Visit:
    """The window on the sample as the program composes it; what would start a process is noted instead."""

    def __init__(self, app: QApplication, root: Path) -> None:
        self.folder = ProfileFolder(root)
        self.started: list[str] = []
        said: list[str] = []
        profile = open_sample(self.folder, Outside(start_embedded, Api), said.append)
        ends = SampleEnd(profile)
        self.session = Session(
            app,
            replace(
                opening_of(profile, sample=True),
                close=ends.close,
                start_own=lambda: self.started.append("own"),
                remove_sample=ends.remove_afterwards,
            ),
        )
        self.main = self.session.window
        self.main.show()
        self.main.start()
        settle(self.session)
        self._open = True

    def open_dialog(self) -> SampleDialog:
        self.main.frame.top_bar.sample.click()
        QApplication.processEvents()
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, SampleDialog) and w.isVisible()]
        assert len(shown) == 1
        return shown[0]

    def end(self) -> None:
        if self._open:
            self._open = False
            self.session.end()


@pytest.fixture
def visit(qapp: QApplication, tmp_path: Path) -> Iterator[Visit]:
    made = Visit(qapp, tmp_path / "sample")
    yield made
    made.end()


def test_sample_music_in_the_bar_leads_to_ones_own_and_can_be_removed(visit: Visit) -> None:
    dialog = visit.open_dialog()
    assert dialog.focusWidget() is dialog.stay, "looking on is what the first Enter does"
    QTest.keyClick(dialog.stay, Qt.Key.Key_Return)
    assert visit.started == []

    dialog = visit.open_dialog()
    dialog.remove.click()
    assert dialog.really.isVisible()
    assert dialog.focusWidget() is dialog.stay
    dialog.stay.click()
    assert visit.main.isVisible()
    assert is_sample(visit.folder), "asking is not removing"

    visit.open_dialog().own.click()
    QApplication.processEvents()
    assert visit.started == ["own"]
    assert not visit.main.isVisible()
    visit.end()
    assert is_sample(visit.folder), "only the window has ended"


def test_the_sample_is_gone_after_its_window_when_that_was_asked_for(visit: Visit) -> None:
    dialog = visit.open_dialog()
    dialog.remove.click()
    dialog.really.click()
    QApplication.processEvents()
    assert not visit.main.isVisible()
    assert is_sample(visit.folder), "nothing is taken away under a window"
    visit.end()
    assert not visit.folder.root.exists()
