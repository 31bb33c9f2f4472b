"""The list of uses that do not rest on the artist's yes, in the real window and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from artist_console.commands.console import Console
from artist_console.commands.without_yes import GROUPS, WithoutYesView, uses_without_yes
from artist_console.domain.ids import ArtistId
from artist_console.domain.words import BASIS_GROUP
from artist_console.store import mirror
from artist_console.ui.dialogs.which_works import WhichWorksDialog
from artist_console.ui.dialogs.why import WhyDialog
from artist_console.ui.pages.without_yes import WithoutYesPage
from artist_console.ui.places import Place
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.sections import SectionHeading
from tests.ui.sample_profile import OpenWindow


def views(console: Console) -> list[WithoutYesView]:
    facts = mirror.facts(console.store, console.clock())
    found = [uses_without_yes(console, artist) for artist in sorted(facts.said)]
    return sorted(found, key=lambda view: len(view.rows))


@pytest.fixture
def all_views(window: OpenWindow) -> list[WithoutYesView]:
    got: list[list[WithoutYesView]] = []
    window.desk.ask(window.main, "test", views, got.append)
    window.settle()
    return got[0]


@pytest.fixture
def show(window: OpenWindow, qtbot: QtBot) -> Iterator[Callable[[ArtistId | None], WithoutYesPage]]:
    held: list[QWidget] = []

    def shown(artist: ArtistId | None) -> WithoutYesPage:
        holder = QWidget()
        held.append(holder)
        qtbot.addWidget(holder)
        layout = QVBoxLayout(holder)
        page = WithoutYesPage(window.desk, artist)
        layout.addWidget(page)
        holder.resize(900, 600)
        holder.show()
        page.reload()
        window.settle()
        return page

    yield shown
    held.clear()


def test_the_list_has_the_three_groups_in_order_and_a_card_for_each(
    all_views: list[WithoutYesView], show: Callable[[ArtistId | None], WithoutYesPage]
) -> None:
    view = all_views[-1]
    page = show(view.artist)
    headings = [each.words.text().split(" · ")[0] for each in page.findChildren(SectionHeading)]
    assert headings == [BASIS_GROUP[group] for group in GROUPS]
    assert [card.row.key for card in page.cards] == [row.key for group in GROUPS for row in view.of(group)]
    for card in page.cards:
        assert card.row.said_by in card.accessibleName()


def test_arrows_move_and_enter_leads_to_the_works(
    window: OpenWindow, all_views: list[WithoutYesView], show: Callable[[ArtistId | None], WithoutYesPage]
) -> None:
    page = show(all_views[-1].artist)
    places: list[Place] = []
    window.desk.place_wished.connect(places.append)
    first, second = page.cards[:2]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()
    many = next(card for card in page.cards if len(card.row.works) > 1)
    QTest.keyClick(many, Qt.Key.Key_Return)
    window.settle()
    dialog = window.panel(WhichWorksDialog)
    assert len(dialog.choices.model.choices) == len(many.row.works)
    QTest.keyClicks(dialog.choices.field, many.row.titles[-1])
    QTest.keyClick(dialog.choices.field, Qt.Key.Key_Return)
    window.settle()
    assert places[-1].page == "works"
    assert places[-1].item.removeprefix("work/") in many.row.works


def test_a_single_work_is_opened_at_once(
    window: OpenWindow, all_views: list[WithoutYesView], show: Callable[[ArtistId | None], WithoutYesPage]
) -> None:
    artist = next(v.artist for v in all_views if any(len(row.works) == 1 for row in v.rows))
    page = show(artist)
    places: list[Place] = []
    window.desk.place_wished.connect(places.append)
    only = next(card for card in page.cards if len(card.row.works) == 1)
    next(b for b in only.findChildren(LinkButton) if b.accessibleName().startswith("Open:")).click()
    assert places == [Place("works", f"work/{only.row.works[0]}")]


def test_why_tells_the_trace(
    window: OpenWindow, all_views: list[WithoutYesView], show: Callable[[ArtistId | None], WithoutYesPage]
) -> None:
    page = show(all_views[-1].artist)
    page.cards[0].explain()
    window.settle()
    dialog = window.panel(WhyDialog)
    assert dialog.explained
    dialog.accept()


def test_nothing_known_is_said_without_a_promise(
    all_views: list[WithoutYesView], show: Callable[[ArtistId | None], WithoutYesPage]
) -> None:
    assert all_views[0].rows == ()
    page = show(all_views[0].artist)
    assert page.cards == ()
    assert "does not show that there is none" in page.states.empty.accessibleName()
    assert "Choose an artist" in show(None).states.empty.accessibleName()
