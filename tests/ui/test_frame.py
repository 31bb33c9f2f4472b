"""Rail, top bar, drawer and shell: widths, focus, and that they only ask."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from artist_console.host.settings import Theme as ThemeChoice
from artist_console.ui.frame.messages import Message, MessageBar
from artist_console.ui.frame.rail import RailItem
from artist_console.ui.frame.shell import Shell
from artist_console.ui.icons import Icon
from artist_console.ui.text import label
from artist_console.ui.theme import Appearance, Theme
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.details import DetailsPanel
from artist_console.ui.widgets.painting import text_width
from tests.ui.gallery import details_panel, overview_page, shell, works_page


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> Shell:
    made = shell(theme)
    made.add_page("works", works_page(theme))
    made.add_page("overview", overview_page(theme))
    made.show_page("works")
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def panel(theme: Theme, qtbot: QtBot) -> DetailsPanel:
    made = details_panel(theme)
    qtbot.addWidget(made)
    return made


def test_the_rail_asks_and_the_page_decides(window: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.page_requested) as asked:
        qtbot.mouseClick(window.rail.button("overview"), Qt.MouseButton.LeftButton)
    assert asked.args == ["overview"]
    assert window.current_page == "works"
    assert window.rail.button("works").isChecked()
    window.show_page("overview")
    assert window.rail.button("overview").isChecked()
    assert not window.rail.button("works").isChecked()


def test_the_rail_is_one_tab_stop_and_arrows_move(window: Shell, qtbot: QtBot) -> None:
    works = window.rail.button("works")
    works.setFocus()
    qtbot.keyClick(works, Qt.Key.Key_Up)
    assert window.rail.button("overview").hasFocus()
    with qtbot.waitSignal(window.page_requested) as asked:
        qtbot.keyClick(window.rail.button("overview"), Qt.Key.Key_Return)
    assert asked.args == ["overview"]
    qtbot.keyClick(window.rail.button("overview"), Qt.Key.Key_Tab)
    assert not window.rail.isAncestorOf(QApplication.focusWidget() or window)


def test_the_ring_goes_with_the_page_that_a_shortcut_shows(window: Shell, qtbot: QtBot) -> None:
    rail = window.rail
    first, second = list(rail._buttons)[:2]
    rail.set_current(first)
    rail.button(first).setFocus()
    rail.set_current(second)
    assert rail.button(second).hasFocus()
    assert not rail.button(first).hasFocus()


def test_a_badge_is_spoken_and_can_be_cleared(window: Shell) -> None:
    assert window.rail.button("consent").accessibleName() == "Consent, 6 questions wait"
    window.rail.set_badge("consent", 0)
    assert window.rail.button("consent").accessibleName() == "Consent"


def test_below_1180_the_rail_shows_icons_alone_with_names_as_tooltips(window: Shell) -> None:
    assert window.rail.width() == 212
    assert window.rail.button("works").toolTip() == ""
    window.resize(1179, 700)
    assert window.rail.width() == 64
    assert "Works" in window.rail.button("works").toolTip()
    window.resize(1180, 700)
    assert window.rail.width() == 212


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_nothing_forces_the_window_wider_than_960_by_600(
    window: Shell, theme: Theme, panel: DetailsPanel, percent: int
) -> None:
    window.resize(960, 600)
    window.top_bar.set_sync("Cannot reach Fieldnote Records, next try 14:20", Icon.CLOUD_PROBLEM, Tint.ASK)
    window.top_bar.set_sample("Sample")
    window.notice.show_line(
        "You are offline. You can keep working; 3 changes will be sent.", "See what is waiting"
    )
    window.show_details(panel)
    theme.choose(Appearance(ThemeChoice.LIGHT, text_size_percent=percent, reduced_motion=True))
    for page in ("overview", "works"):
        window.show_page(page)
        QApplication.processEvents()
        assert window.minimumSizeHint().width() <= 960, page
        assert window.minimumSizeHint().height() <= 600, page
        assert (window.width(), window.height()) == (960, 600)


def test_details_stand_beside_the_page_or_slide_over_it(window: Shell, panel: DetailsPanel) -> None:
    wide = window.pages.width()
    window.show_details(panel)
    QApplication.processEvents()
    assert not window.drawer.lies_over
    assert window.drawer.width() == 380
    assert window.pages.width() == wide - 380
    window.resize(1100, 700)
    QApplication.processEvents()
    assert window.drawer.lies_over
    assert window.pages.width() == 1100 - 64
    assert window.drawer.geometry().right() == window.pages.geometry().right()
    window.resize(1440, 900)
    QApplication.processEvents()
    assert not window.drawer.lies_over


def test_escape_closes_details_that_lie_over_and_gives_the_keyboard_back(
    window: Shell, panel: DetailsPanel, qtbot: QtBot
) -> None:
    window.resize(1000, 640)
    before = window.rail.button("works")
    before.setFocus()
    window.show_details(panel)
    panel.close_button.setFocus()
    with qtbot.waitSignal(window.details_closed):
        qtbot.keyClick(panel.close_button, Qt.Key.Key_Escape)
    assert window.drawer.isHidden()
    assert before.hasFocus()


def test_taking_details_away_tells_nobody_and_keeps_the_panel(
    window: Shell, panel: DetailsPanel, qtbot: QtBot
) -> None:
    window.show_details(panel)
    with qtbot.assertNotEmitted(window.details_closed):
        window.hide_details()
    window.show_details(panel)
    assert panel.isVisible()


def test_f6_goes_through_the_parts_in_order(window: Shell, panel: DetailsPanel) -> None:
    window.show_details(panel)
    window.rail.button("works").setFocus()
    held: list[str] = []
    names = {id(window.rail): "rail", id(window.top_bar): "bar", id(window.drawer): "details"}

    def note() -> None:
        focus = QApplication.focusWidget()
        part = next(p for p in window.parts() if focus is not None and (p is focus or p.isAncestorOf(focus)))
        held.append(names.get(id(part), "page"))

    for _ in range(4):
        window.focus_next_part()
        note()
    assert held == ["bar", "page", "details", "rail"]
    window.focus_next_part(forward=False)
    note()
    assert held[-1] == "details"


def test_the_bar_asks(window: Shell, qtbot: QtBot) -> None:
    for button, signal in (
        (window.top_bar.artist, window.artist_requested),
        (window.top_bar.search, window.search_requested),
        (window.top_bar.sync, window.sync_requested),
        (window.top_bar.bell, window.notifications_requested),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_everything_in_the_bar_has_a_name(window: Shell) -> None:
    window.top_bar.set_sync("Offline, 3 waiting", Icon.CLOUD_OFF, Tint.ASK)
    bar = window.top_bar
    names = [part.accessibleName() for part in (bar.artist, bar.search, bar.sync, bar.bell)]
    assert names == [
        "Artist: \u2068Mara Lindqvist\u2069",
        "Search and commands",
        "Sync: Offline, 3 waiting",
        "Notifications",
    ]


def test_the_line_of_notices_takes_no_room_while_there_is_nothing_to_say(window: Shell) -> None:
    assert window.notice.isHidden()
    window.notice.show_line("You are offline.", "See what is waiting")
    assert window.notice.isVisible()
    window.notice.show_line("")
    assert window.notice.isHidden()


def test_everything_mirrors(window: Shell, panel: DetailsPanel, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window.show_details(panel)
    QApplication.processEvents()
    assert window.rail.geometry().right() == window.width() - 1
    assert window.drawer.mapTo(window, window.drawer.rect().topLeft()).x() == 0


def test_a_later_message_takes_the_place_of_an_earlier_one(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    bar = MessageBar(theme, holder)
    qtbot.addWidget(holder)
    holder.show()
    kept: list[Message] = []
    bar.shown.connect(kept.append)
    bar.show_message(Message("One"))
    bar.show_message(Message("Two", "Undo"), holder.update)
    assert [message.words for message in kept] == ["One", "Two"]
    assert bar.message is not None
    assert bar.message.words == "Two"


def test_the_search_field_says_whole_words_however_narrow_it_is(window: Shell, theme: Theme) -> None:
    search = window.top_bar.search
    assert search.words_in(400) == "Search works, programmes, statements…"
    assert search.words_in(140) == "Search…"
    assert text_width(theme.font(), search.words_in(140)) <= 140


def _tab_round(window: Shell) -> list[QWidget]:
    """Every stop of Tab in the window, from the rail until it is there again."""
    start = window.rail.main_stop()
    assert start is not None
    start.setFocus()
    stops: list[QWidget] = [start]
    while True:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        if here is start:
            return stops
        assert here not in stops
        stops.append(here)


def test_tab_goes_from_the_rail_over_the_top_bar_to_the_page(window: Shell, qtbot: QtBot) -> None:
    shown = {stop for stop in window.top_bar.stops if stop.isVisible()}
    for _ in range(2):
        stops = _tab_round(window)
        assert set(stops[1 : 1 + len(shown)]) == shown, "nothing is leapt over"
        assert all(window.pages.isAncestorOf(stop) for stop in stops[1 + len(shown) :])
        # Artists came or went: the rail is made anew, later than the pages.
        window.rail.set_items([RailItem("works", "Works", Icon.WORKS)])
        qtbot.waitUntil(window.rail.button("works").isVisible)


def test_a_part_that_goes_takes_no_other_with_it(window: Shell, qtbot: QtBot) -> None:
    page = QWidget()
    lines = QVBoxLayout(page)
    passed, stop = label("words"), QPushButton("stop")
    lines.addWidget(passed)
    lines.addWidget(stop)
    window.add_page("plain", page)
    window.show_page("plain")
    window.top_bar.artist.setFocus()
    window.focus_next_part()
    assert stop.hasFocus()
    passed.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert isValid(stop)
