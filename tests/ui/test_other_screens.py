"""Overview, roster and settings, and the pictures of all screens."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from artist_console.commands.authority import RosterPower
from artist_console.commands.review import ReviewResult
from artist_console.domain.ids import PartyId, ProgrammeId
from artist_console.domain.phrases import say
from artist_console.domain.registers import Stance
from artist_console.domain.waiting import WaitingItem, WaitingKind
from artist_console.host.settings import Theme, load_settings
from artist_console.ui.delegates.cells import CELL_ROLE, MoneyCell
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.figures import Figures
from artist_console.ui.pages.overview import OverviewScreen
from artist_console.ui.pages.overview_words import greeting
from artist_console.ui.pages.roster import RosterScreen
from artist_console.ui.pages.settings import SettingsScreen
from artist_console.ui.places import Place, part_of, place_of, read_link
from artist_console.ui.screen_names import SCREENS
from artist_console.ui.screenshots import SIZES, THEMES, render
from artist_console.ui.tables.roster_model import RosterColumn, RosterFilter
from artist_console.ui.tables.works_model import WorksColumn
from artist_console.ui.text import PlainLabel
from artist_console.ui.waiting_rows import place_for, questions, worklist
from artist_console.ui.widgets.cards import ListRow
from tests.ui.sample_profile import OpenWindow, open_folder, opening_of

TODAY = date(2025, 11, 18)


def item(kind: WaitingKind, artist: str = "a", *, due: int | None = None, since: int = 30) -> WaitingItem:
    return WaitingItem(
        kind,
        PartyId(artist),
        None,
        ProgrammeId("p"),
        say("{programme} asks", programme="Northlight"),
        say("Covers"),
        TODAY - timedelta(days=since),
        TODAY + timedelta(days=due) if due is not None else None,
        None,
        "t",
    )


def test_a_question_to_several_artists_is_one_row() -> None:
    asked = questions([item(WaitingKind.REQUEST, "a", due=3), item(WaitingKind.REQUEST, "b", due=3)])
    assert [question.artists for question in asked] == [2]


def test_each_item_stands_in_one_group_of_the_worklist_and_what_is_due_comes_first() -> None:
    items = (
        item(WaitingKind.STATEMENT_CHECK),
        item(WaitingKind.PROPOSAL),
        item(WaitingKind.REQUEST, since=2),
        item(WaitingKind.FINDING),
        item(WaitingKind.STATEMENT_CHECK, due=5),
    )
    groups = worklist(items, TODAY)
    assert [group.title for group in groups] == [
        "Due this week",
        "New",
        "To answer",
        "Waiting for others",
        "Statements",
    ]
    assert sorted(map(id, items)) == sorted(id(found) for group in groups for found in group.items)


def test_what_is_past_its_day_is_not_due_this_week() -> None:
    past, today, week = (item(WaitingKind.FINDING, due=due) for due in (-1, 0, 7))
    titles = {
        id(found): group.title for group in worklist((past, today, week), TODAY) for found in group.items
    }
    assert titles[id(today)] == titles[id(week)] == "Due this week"
    assert titles[id(past)] == "To answer"


@pytest.mark.parametrize("locale", ["en_GB", "en_US", "en_IE"])
def test_english_has_one_spelling_of_every_short_month(locale: str) -> None:
    figures = Figures(locale)
    for month in range(1, 13):
        day = date(2024, month, 5)
        short = figures.short_month(day)
        assert len(short) == 3
        assert short in figures.short_day(day, TODAY)
        assert figures.month_name(day).startswith(short)


def test_another_region_reaches_every_screen_at_once(window: OpenWindow) -> None:
    for page in ("overview", "works", "roster", "earnings", "settings"):
        window.show(page)
    settings = window.main.screen_of("settings")
    roster = window.main.screen_of("roster")
    assert isinstance(settings, SettingsScreen)
    assert isinstance(roster, RosterScreen)

    def earned() -> set[str]:
        model = roster.model
        rows = range(model.rowCount())
        cells = [model.index(row, RosterColumn.EARNED).data(CELL_ROLE) for row in rows]
        cells += [
            window.works.model.index(row, WorksColumn.EARNED).data(CELL_ROLE)
            for row in range(min(40, window.works.model.total))
        ]
        return {cell.words for cell in cells if isinstance(cell, MoneyCell)}

    british = earned()
    assert any(words.startswith("€") for words in british)
    settings.region.setCurrentIndex(settings.region.findData("de_DE"))
    settings.region.activated.emit(settings.region.currentIndex())
    window.settle()
    assert any(words.endswith("\N{NO-BREAK SPACE}€") for words in earned())
    assert not any(words.startswith("€") for words in earned())
    window.show("overview")
    overview = window.main.screen_of("overview")
    assert isinstance(overview, OverviewScreen)
    assert "\N{NO-BREAK SPACE}€. " in overview.earned.accessibleName()
    window.desk.change_settings(language="")
    window.settle()
    assert earned() == british


@pytest.mark.parametrize("kind", list(WaitingKind))
def test_everything_that_waits_leads_to_a_screen(kind: WaitingKind) -> None:
    place = place_for(item(kind))
    assert place.page in {"works", "consent", "earnings", "roster", "letters"}
    assert place.item


@pytest.mark.parametrize("target", ["work/7", "statement/a b", "decision/é", "artist/1", "page/overview"])
def test_a_place_survives_its_link(target: str) -> None:
    place = place_of(target)
    assert place is not None
    assert read_link(place.link) == place


@pytest.mark.parametrize(
    "link", ["", "artist-console://", "artist-console://work/", "artist-console://run/x"]
)
def test_a_link_that_names_nothing_leads_nowhere(link: str) -> None:
    assert read_link(link) is None


def test_a_part_of_an_item_is_for_its_own_kind_only() -> None:
    assert part_of("work/7", "work") == "7"
    assert part_of("work/7", "release") == ""


def test_the_greeting_follows_the_hour() -> None:
    assert greeting("Mara Lindqvist", datetime(2025, 11, 18, 8)) == "Good morning, Mara"  # noqa: DTZ001
    assert greeting("", datetime(2025, 11, 18, 20)) == "Good evening"  # noqa: DTZ001


def test_overview_of_all_artists_is_a_worklist_and_of_one_a_page(window: OpenWindow) -> None:
    window.show("overview")
    screen = window.main.screen_of("overview")
    assert isinstance(screen, OverviewScreen)
    assert screen.groups.isVisible()
    assert not screen.waiting_card.isVisible()
    window.choose_artist("Mara")
    assert screen.waiting_card.isVisible()
    assert not screen.groups.isVisible()
    assert screen.chart.isVisible()


def test_a_row_of_waiting_leads_to_its_place_and_chooses_the_artist(window: OpenWindow) -> None:
    window.show("overview")
    screen = window.main.screen_of("overview")
    assert isinstance(screen, OverviewScreen)
    asked = next(
        row
        for row in screen.groups.findChildren(ListRow)
        if row.property("question").first.kind is WaitingKind.REQUEST
    )
    artist = asked.property("question").first.artist
    asked.click()
    window.settle()
    assert window.main.frame.current_page == "consent"
    assert window.desk.artist == artist


def test_roster_filters_count_what_they_show(window: OpenWindow) -> None:
    window.show("roster")
    screen = window.main.screen_of("roster")
    assert isinstance(screen, RosterScreen)
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert len(screen.model.rows) == 14
    screen.pills.pill(RosterFilter.VIEW_ONLY).click()
    assert [row.may for row in screen.model.rows] == [RosterPower.VIEW]
    screen.pills.pill(RosterFilter.ENDING).click()
    assert all(row.ends_soon for row in screen.model.rows)


def test_one_answer_for_several_artists_passes_the_review_and_leaves_out_who_may_only_be_seen(
    window: OpenWindow,
) -> None:
    window.show("roster")
    screen = window.main.screen_of("roster")
    assert isinstance(screen, RosterScreen)
    screen.model.choose_all(True)
    screen.bulk.control.chosen.emit(Stance.REFUSE)
    screen.bulk.review.click()
    review = window.panel(ReviewDialog)
    assert window.main.sync.waiting == 0
    review.reject()


def test_the_review_names_every_artist_chosen_and_what_one_may_do_for_each(window: OpenWindow) -> None:
    window.show("roster")
    screen = window.main.screen_of("roster")
    assert isinstance(screen, RosterScreen)
    of_power = {row.may: at for at, row in reversed(list(enumerate(screen.model.rows)))}
    chosen = [of_power[may] for may in (RosterPower.DECIDE, RosterPower.PROPOSE, RosterPower.VIEW)]
    names = [screen.model.rows[at].name for at in chosen]
    screen.model.choose(chosen, True)
    screen.bulk.control.chosen.emit(Stance.REFUSE)
    screen.bulk.review.click()
    dialog = window.panel(ReviewDialog)
    review = dialog.review
    assert review is not None
    listed = {item.artist_name: group for group in review.groups for item in group.items}
    assert sorted(listed) == sorted(names), "nobody is left out without a word"
    assert listed[names[2]].result is ReviewResult.CANNOT_BE_MADE
    assert "look at" in listed[names[2]].reason
    assert listed[names[1]].result is ReviewResult.WAITS_FOR_OTHERS
    assert f"You decide for {names[0]}" in review.on_behalf_of
    assert f"You propose for {names[1]}" in review.on_behalf_of
    assert names[2] not in review.on_behalf_of
    shown = [found.text() for found in dialog.findChildren(PlainLabel)]
    assert set(names) <= set(shown), "each group says whose answers it holds"
    if dialog.refuse_too is not None:
        dialog.refuse_too.setChecked(True)
    dialog.confirm.click()
    window.settle()
    assert screen.model.chosen == ()


def test_opening_an_artist_of_the_roster_chooses_it(window: OpenWindow) -> None:
    window.show("roster")
    screen = window.main.screen_of("roster")
    assert isinstance(screen, RosterScreen)
    screen.table.opened.emit(screen.model.index(3, RosterColumn.ARTIST))
    window.settle()
    assert window.desk.artist == screen.model.rows[3].artist
    assert window.main.frame.current_page == "overview"


def test_settings_apply_at_once_and_are_kept(window: OpenWindow) -> None:
    window.show("settings")
    screen = window.main.screen_of("settings")
    assert isinstance(screen, SettingsScreen)
    row = window.desk.theme.height("row")
    screen.text_size.setCurrentIndex(screen.text_size.findData(150))
    screen.text_size.activated.emit(screen.text_size.currentIndex())
    screen.theme_choice.setCurrentIndex(screen.theme_choice.findData(Theme.DARK))
    screen.theme_choice.activated.emit(screen.theme_choice.currentIndex())
    assert window.desk.theme.is_dark
    assert window.desk.theme.height("row") == round(row * 1.5)
    window.desk.save_settings_now()
    window.settle()
    kept = load_settings(window.profile.folder.settings).settings
    assert (kept.theme, kept.text_size_percent) == (Theme.DARK, 150)


def test_pictures_of_every_screen_are_made_and_the_settings_stay(
    qapp: object, sample_copy: Path, tmp_path: Path
) -> None:
    profile = open_folder(sample_copy)
    pictures = render(opening_of(profile, sample=True), tmp_path / "pictures")
    for screen in SCREENS:
        for theme in THEMES:
            for width, height in SIZES:
                assert tmp_path / "pictures" / f"{screen.key}-{theme.value}-{width}x{height}.png" in pictures
    assert all(picture.stat().st_size > 5_000 for picture in pictures)
    assert not profile.folder.settings.exists()


def test_the_rail_shows_the_roster_only_to_somebody_with_several_artists(window: OpenWindow) -> None:
    assert window.main.frame.rail.button("roster").isVisible()
    window.desk.set_artists(window.desk.artists[:1])
    window.main._show_rail()
    window.main.show_place(Place("roster"))
    assert window.main.frame.current_page != "roster"
