"""The frame at work: places, back and forward, the switcher, the palette, the corner, first start, sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from artist_console.commands.imports import FileKind
from artist_console.domain.registers import Stance
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.work_rows import WorkFilter
from artist_console.host.settings import Theme, load_settings
from artist_console.ui.delegates.table import DataTable
from artist_console.ui.dialogs.artist_switcher import ArtistSwitcher
from artist_console.ui.dialogs.first_answers import FirstAnswersDialog
from artist_console.ui.dialogs.import_dialogs import ImportProblemDialog, ImportResultDialog
from artist_console.ui.dialogs.import_questions import ArtistsDialog
from artist_console.ui.dialogs.interview import InterviewDialog
from artist_console.ui.dialogs.notifications import NotificationsPanel
from artist_console.ui.dialogs.palette import Palette
from artist_console.ui.dialogs.sync_panel import SyncPanel
from artist_console.ui.pages.first_start import FirstImport, FirstStart
from artist_console.ui.places import Place
from artist_console.ui.screen_names import SCREENS
from artist_console.ui.tables.works_cells import work_title
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.painting import shows_focus
from tests.ui.sample_profile import OpenWindow

_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


class StrayWindows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.fixture
def stray_windows(qapp: QApplication) -> Iterator[StrayWindows]:
    noted = StrayWindows()
    qapp.installEventFilter(noted)
    yield noted
    qapp.removeEventFilter(noted)


def test_no_screen_shows_a_window_of_its_own_while_it_is_made(
    window: OpenWindow, stray_windows: StrayWindows
) -> None:
    stray_windows.seen.clear()
    for screen in SCREENS:
        window.show(screen.key)
    assert stray_windows.seen == []


def test_every_screen_opens_by_its_key_and_marks_its_place_in_the_rail(window: OpenWindow) -> None:
    keys = {
        "overview": Qt.Key.Key_1,
        "works": Qt.Key.Key_2,
        "roster": Qt.Key.Key_5,
        "settings": Qt.Key.Key_Comma,
    }
    for page, key in keys.items():
        QTest.keyClick(window.main, key, _CTRL)
        window.settle()
        assert window.main.frame.current_page == page
        assert window.main.frame.rail.button(page).isChecked()


def test_back_and_forward_walk_through_pages_and_selections(window: OpenWindow) -> None:
    window.show("works")
    first = window.works.model.row_at(0)
    assert first is not None
    window.main.show_place(Place("works", f"work/{first.work}"))
    window.settle()
    window.show("roster")

    QTest.keyClick(window.main, Qt.Key.Key_Left, _ALT)
    window.settle()
    assert window.main.frame.current_page == "works"
    assert window.works.details.details is not None
    assert window.works.details.details.summary.work == first.work

    QTest.keyClick(window.main, Qt.Key.Key_Right, _ALT)
    window.settle()
    assert window.main.frame.current_page == "roster"


def test_a_link_leads_to_its_work_and_to_nothing_else(window: OpenWindow) -> None:
    window.show("works")
    third = window.works.model.row_at(2)
    assert third is not None
    window.show("overview")
    assert window.main.open_link(Place("works", f"work/{third.work}").link)
    window.settle()
    assert window.main.frame.current_page == "works"
    assert not window.main.open_link("artist-console://decide/everything")
    assert not window.main.open_link("https://example.org/work/1")


def test_the_switcher_finds_an_artist_without_accents_and_every_screen_follows(window: OpenWindow) -> None:
    window.show("works")
    everyone = window.works.model.total
    window.choose_artist("zoe van")
    assert window.desk.artist is not None
    assert window.desk.name_of(window.desk.artist) == "Zoë van Aerden"
    assert 0 < window.works.model.total < everyone
    row = window.works.model.row_at(0)
    assert row is not None
    assert row.artist == window.desk.artist


def test_the_palette_finds_a_work_and_enter_opens_it(window: OpenWindow) -> None:
    window.show("works")
    wanted = window.works.model.row_at(5)
    assert wanted is not None
    window.show("overview")
    QTest.keyClick(window.main, Qt.Key.Key_K, _CTRL)
    palette = window.panel(Palette)
    QTest.keyClicks(palette.choices.field, wanted.title)
    window.settle()
    kind = "Song" if wanted.kind is WorkKind.COMPOSITION else "Recording"
    found = [c for c in palette.choices.model.choices if c.title == work_title(wanted)]
    assert any(choice.detail.startswith(kind) for choice in found), "a recording and a song are told apart"
    QTest.keyClick(palette.choices.field, Qt.Key.Key_Return)
    window.settle()
    assert window.main.frame.current_page == "works"
    details = window.works.details.details
    assert details is not None
    assert details.summary.title == wanted.title


def test_the_palette_runs_a_command_of_the_menus(window: OpenWindow) -> None:
    QTest.keyClick(window.main, Qt.Key.Key_K, _CTRL)
    palette = window.panel(Palette)
    QTest.keyClicks(palette.choices.field, "dark")
    window.settle()
    QTest.keyClick(palette.choices.field, Qt.Key.Key_Return)
    window.settle()
    assert window.desk.settings.theme is Theme.DARK
    assert window.desk.theme.is_dark


def test_esc_closes_a_panel_and_gives_the_focus_back(window: OpenWindow) -> None:
    window.show("works")
    window.works.table.setFocus()
    before = QApplication.focusWidget()
    QTest.keyClick(window.main, Qt.Key.Key_A, _CTRL | Qt.KeyboardModifier.ShiftModifier)
    switcher = window.panel(ArtistSwitcher)
    QTest.keyClick(switcher, Qt.Key.Key_Escape)
    window.settle()
    assert QApplication.focusWidget() is before


def test_the_corner_says_what_waits_and_the_panel_lists_it(window: OpenWindow) -> None:
    window.choose_artist("Mara")
    window.show("works")
    assert window.works.model.total
    summary = window.undecided()
    window.works.wish(summary, Stance.REFUSE)
    window.settle()
    words, _, _ = window.main.sync.corner()
    assert "1 waiting" in words
    window.main.show_sync()
    panel = window.panel(SyncPanel)
    assert any(summary.title in found.text() for found in panel.findChildren(type(panel.state)))
    panel.send.click()
    window.settle()
    assert window.main.sync.waiting == 0
    panel.reject()


def test_the_bell_lists_what_changed_and_is_quiet_once_it_was_seen(window: OpenWindow) -> None:
    window.main.show_notifications()
    panel = window.panel(NotificationsPanel)
    before = panel.unseen
    assert before > 0
    panel.seen.click()
    window.settle()
    window.main.show_notifications()
    again = window.panel(NotificationsPanel)
    # What the sample dates later today than it is now stays new.
    assert again.unseen < before
    again.reject()


def test_size_page_and_artist_are_there_again_after_a_restart(
    open_window: Callable[[Path], OpenWindow], sample_copy: Path
) -> None:
    window = open_window(sample_copy)
    window.main.resize(1210, 777)
    window.choose_artist("Ola")
    window.show("works")
    artist = window.desk.artist
    window.close()

    kept = load_settings(window.profile.folder.settings).settings
    assert (kept.page, kept.artist) == ("works", artist)
    again = OpenWindow(QApplication.instance(), sample_copy, size=None)  # type: ignore[arg-type]
    try:
        plain = QMainWindow()
        plain.setMinimumSize(960, 600)
        assert plain.restoreGeometry(QByteArray.fromBase64(kept.window.encode()))
        assert again.main.size() == plain.size(), "as far as the screen has room"
        assert again.main.size().toTuple() != (1440, 900)
        plain.deleteLater()
        assert again.desk.artist == artist
        assert again.main.frame.current_page == "works"
    finally:
        again.close()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.key)
def test_nothing_forces_the_window_wider_than_960_by_600(window: OpenWindow, screen: type) -> None:
    window.main.resize(960, 600)
    window.show(screen.key)  # type: ignore[attr-defined]
    assert (window.main.width(), window.main.height()) == (960, 600)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.key)
def test_every_control_has_an_accessible_name(window: OpenWindow, screen: type) -> None:
    window.show(screen.key)  # type: ignore[attr-defined]
    shown = window.main.frame.page(screen.key)  # type: ignore[attr-defined]
    nameless = [
        type(control).__name__
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for control in shown.findChildren(kind)
        if control.isVisible()
        and not (control.accessibleName() or (isinstance(control, QAbstractButton) and control.text()))
        and not isinstance(control.parent(), QComboBox)
    ]
    assert nameless == []


def test_the_first_window_fits_on_its_screen(qapp: QApplication, sample_copy: Path) -> None:
    window = OpenWindow(qapp, sample_copy, size=None)
    try:
        room = window.main.screen().availableSize()
        assert window.main.height() <= room.height()
        assert window.main.width() <= max(room.width(), window.main.minimumWidth())
    finally:
        window.close()


def test_a_new_profile_offers_four_choices_and_keeping_it_here_leads_to_the_first_import(
    open_window: Callable[[Path], OpenWindow], tmp_path: Path
) -> None:
    window = open_window(tmp_path / "new")
    first = window.main.findChild(FirstStart)
    assert first is not None
    assert first.isVisible()
    choices = (first.connect_choice, first.keep_choice, first.report_choice, first.sample_choice)
    cards = {choice.parentWidget().size().toTuple() for choice in choices}
    assert len(cards) == 1, "all four of equal standing"
    assert not any(choice.isDefault() for choice in choices)

    first.keep_choice.setFocus()
    QTest.keyClick(first.keep_choice, Qt.Key.Key_Space)
    window.settle()
    assert window.profile.folder.backend.exists()
    bring = window.main.findChild(FirstImport)
    assert bring is not None
    assert bring.isVisible()


def test_a_catalogue_brought_in_at_the_first_start_fills_the_works(
    open_window: Callable[[Path], OpenWindow], tmp_path: Path
) -> None:
    window = open_window(tmp_path / "new")
    window.keep_here()
    catalogue = Path(__file__).resolve().parents[1] / "data" / "catalogue.csv"
    window.main.importer.start(FileKind.CATALOGUE, catalogue)
    asked = window.panel(ArtistsDialog)
    assert all(box.isChecked() for box in asked.boxes)
    QTest.keyClick(asked.bring_in, Qt.Key.Key_Return)
    window.panel(ImportResultDialog).accept()
    window.panel(InterviewDialog).reject()
    window.panel(FirstAnswersDialog).reject()
    window.settle()
    window.show("works")
    assert window.main.frame.current_page == "works"
    assert window.works.model.total > 0


def test_a_file_that_cannot_be_read_is_told_in_one_place_and_changes_nothing(
    window: OpenWindow, tmp_path: Path
) -> None:
    window.show("works")
    before = window.works.model.total
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"\x00\x01\x02 not a table" * 40)
    window.main.importer.start(FileKind.CATALOGUE, broken)
    problem = window.panel(ImportProblemDialog)
    problem.accept()
    window.settle()
    assert window.works.model.total == before


@pytest.mark.parametrize(
    "page", ["overview", "works", "consent", "earnings", "roster", "reports", "settings"]
)
def test_arriving_gives_the_keyboard_to_the_page_and_not_to_the_frame(
    window: OpenWindow, page: str, qtbot: QtBot
) -> None:
    window.desk.choose_artist(window.desk.artists[0].id)
    window.show("overview" if page != "overview" else "works")
    window.show(page)
    screen = window.main.screen_of(page)
    assert screen is not None
    wanted = {"overview": ListRow, "works": DataTable, "consent": DataTable, "roster": DataTable}
    # Rows take the keyboard once they are painted.
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), wanted.get(page, QWidget)))
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is screen or screen.isAncestorOf(focus)


def test_the_window_begins_in_its_page_and_tab_goes_on_from_there(window: OpenWindow) -> None:
    first = QApplication.focusWidget()
    overview = window.main.screen_of("overview")
    assert isinstance(first, ListRow)
    assert overview is not None
    assert not shows_focus(first)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    second = QApplication.focusWidget()
    assert second is not None
    assert second is not first
    assert overview.isAncestorOf(second)
    assert second.mapTo(overview, QPoint()).y() >= first.mapTo(overview, QPoint()).y()
    assert shows_focus(second)


def test_a_ring_is_there_for_keys_and_not_for_the_pointer(window: OpenWindow) -> None:
    window.show("works")
    table = window.works.table
    assert QApplication.focusWidget() is table
    assert not shows_focus(table)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().isValid()
    assert shows_focus(table)
    button = window.works.report_button
    QTest.keyClick(table, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert shows_focus(focus)
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.mouseClick(window.works.pills.pill(WorkFilter.ALL), Qt.MouseButton.LeftButton)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert not shows_focus(focus)


def test_news_leaves_the_keyboard_on_the_row_where_it_was(window: OpenWindow) -> None:
    window.show("works")
    window.show("overview")
    first = QApplication.focusWidget()
    assert isinstance(first, ListRow)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    second = QApplication.focusWidget()
    assert isinstance(second, ListRow)
    name = second.accessibleName()
    screen = window.main.screen_of("overview")
    assert screen is not None
    screen.reload()
    window.settle()
    again = QApplication.focusWidget()
    assert isinstance(again, ListRow)
    assert again is not second
    assert again.accessibleName() == name
