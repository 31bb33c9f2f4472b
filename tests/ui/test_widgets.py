"""Chips, buttons, filters, fields, cards and the states of a page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from artist_console.domain.problems import InputProblem
from artist_console.host.settings import Theme as ThemeChoice
from artist_console.ui.icons import Icon
from artist_console.ui.text import label
from artist_console.ui.theme import Appearance, Theme
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import (
    Button,
    ButtonKind,
    CheckBox,
    IconButton,
    LinkButton,
    RadioButton,
    Select,
)
from artist_console.ui.widgets.cards import Card, ListRow, MetricCard
from artist_console.ui.widgets.chips import (
    LOOKS,
    Chip,
    ChipMeaning,
    ChipValue,
    chip_width,
    chip_words,
    paint_chip,
)
from artist_console.ui.widgets.details import DetailsPanel
from artist_console.ui.widgets.fields import Field, SearchField
from artist_console.ui.widgets.layout import FlowLayout
from artist_console.ui.widgets.page import Page
from artist_console.ui.widgets.pictures import Badge, Cover
from artist_console.ui.widgets.pills import PillGroup, RemovablePill
from artist_console.ui.widgets.sections import Disclosure, KeyValues
from artist_console.ui.widgets.states import EmptyState, LoadingRows, StateStack


def show(qtbot: QtBot, widget: QWidget, width: int = 600, height: int = 400) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def greyscale(theme: Theme, value: ChipValue) -> QImage:
    image = QImage(260, 26, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint_chip(painter, theme, QRectF(0, 2, 260, 22), value)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


# Chips


def test_every_chip_is_told_apart_without_colour(theme: Theme) -> None:
    shown = {meaning: greyscale(theme, ChipValue(meaning)) for meaning in ChipMeaning}
    meanings = list(shown)
    same = [
        (first.name, second.name)
        for place, first in enumerate(meanings)
        for second in meanings[place + 1 :]
        if shown[first] == shown[second]
    ]
    assert same == []


def test_allowed_and_refused_differ_by_icon_even_with_the_same_words(theme: Theme) -> None:
    allowed = greyscale(theme, ChipValue(ChipMeaning.ALLOWED, "Answer"))
    refused = greyscale(theme, ChipValue(ChipMeaning.REFUSED, "Answer"))
    assert allowed != refused


def test_a_refusal_is_never_drawn_as_a_fault() -> None:
    answers = {ChipMeaning.REFUSED, ChipMeaning.REFUSED_UNCHECKED, ChipMeaning.OBJECTED}
    assert {LOOKS[meaning].tint for meaning in answers} == {Tint.REFUSE}
    assert not LOOKS[ChipMeaning.OBJECTED].filled


def test_what_is_not_the_artists_own_yes_is_outlined() -> None:
    weak = {
        ChipMeaning.LICENSED_BY_OTHERS,
        ChipMeaning.NO_AGREEMENT,
        ChipMeaning.NOTHING_REPORTED,
        ChipMeaning.SUSPECTED,
    }
    assert not any(LOOKS[meaning].filled for meaning in weak)


def test_a_chip_names_who_says_it() -> None:
    assert chip_words(ChipMeaning.REMOVED, "OpenStem") == "\u2068OpenStem\u2069 says: removed"
    assert chip_words(ChipMeaning.OBJECTED, "Fieldnote") == "Objected, \u2068Fieldnote\u2069 decides"
    assert chip_words(ChipMeaning.REMOVED) == "Removed"


def test_a_chip_says_its_words_and_is_no_button(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip(theme, ChipValue(ChipMeaning.REFUSED))
    show(qtbot, chip)
    assert chip.accessibleName() == "Refused"
    assert chip.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert chip.sizeHint() == QSize(chip_width(theme, chip.value), 22)


def test_a_chip_is_mirrored_from_right_to_left(theme: Theme) -> None:
    image = QImage(200, 22, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    left = paint_chip(painter, theme, QRectF(0, 0, 200, 22), ChipValue(ChipMeaning.ALLOWED))
    right = paint_chip(
        painter, theme, QRectF(0, 0, 200, 22), ChipValue(ChipMeaning.ALLOWED), right_to_left=True
    )
    painter.end()
    assert left.left() == 0
    assert right.right() == pytest.approx(200)


# Buttons


@pytest.mark.parametrize("kind", ButtonKind)
def test_a_button_is_pressed_by_key_and_shows_where_the_keyboard_is(
    kind: ButtonKind, theme: Theme, qtbot: QtBot
) -> None:
    holder = QWidget()
    button = Button(theme, "Refuse for 14 works", kind, Icon.CROSS, holder)
    other = Button(theme, "Other", parent=holder)
    other.move(0, 60)
    show(qtbot, holder)
    other.setFocus()
    without = button.grab().toImage()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert button.grab().toImage() == without, "a press is seen without a ring"
    qtbot.keyClick(button, Qt.Key.Key_Tab)
    qtbot.keyClick(other, Qt.Key.Key_Backtab)
    assert button.hasFocus()
    assert button.grab().toImage() != without
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_an_ampersand_is_no_shortcut_mark(theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "Rune & the Tide")
    show(qtbot, button)
    assert button.words == button.accessibleName() == "Rune & the Tide"
    assert button.shortcut().isEmpty()


def test_what_can_be_pressed_is_at_least_24_wide_and_high(theme: Theme, qtbot: QtBot) -> None:
    parts: list[QWidget] = [
        Button(theme, "A"),
        IconButton(theme, Icon.CLOSE, "Close"),
        LinkButton(theme, "All statements"),
        CheckBox(theme, ""),
        RadioButton(theme, ""),
        Select(theme, "Language"),
        RemovablePill(theme, "x"),
        ListRow(theme, Icon.CLOCK, Tint.ASK, "Title"),
    ]
    for part in parts:
        qtbot.addWidget(part)
        assert part.sizeHint().height() >= 24, type(part).__name__
        assert part.sizeHint().width() >= 22, type(part).__name__


def test_an_icon_alone_has_a_name(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, Icon.CLOSE, "Close details")
    qtbot.addWidget(button)
    found = QAccessible.queryAccessibleInterface(button)
    assert found is not None
    assert found.text(QAccessible.Text.Name) == "Close details"
    assert "Close details" in button.toolTip()


def test_boxes_and_choices_are_known_as_such(theme: Theme, qtbot: QtBot) -> None:
    box, choice = CheckBox(theme, "No style prompts"), RadioButton(theme, "Your answer")
    show(qtbot, box)
    show(qtbot, choice)
    for part, role in ((box, QAccessible.Role.CheckBox), (choice, QAccessible.Role.RadioButton)):
        found = QAccessible.queryAccessibleInterface(part)
        assert found is not None
        assert found.role() is role
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert box.isChecked()


# Filters


def group(theme: Theme) -> PillGroup:
    made = PillGroup(theme, "Works shown")
    made.set_pills([("all", "All", None), ("reported", "Reported", 41), ("refused", "Refused", 1230)])
    return made


def test_one_filter_is_chosen_by_pointer_or_keys(theme: Theme, qtbot: QtBot) -> None:
    pills = group(theme)
    show(qtbot, pills)
    assert pills.current == "all"
    with qtbot.waitSignal(pills.chosen) as chosen:
        qtbot.mouseClick(pills.pill("reported"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["reported"]
    pills.pill("reported").setFocus()
    qtbot.keyClick(pills.pill("reported"), Qt.Key.Key_Right)
    assert pills.pill("refused").hasFocus()
    qtbot.keyClick(pills.pill("refused"), Qt.Key.Key_Space)
    assert pills.current == "refused"
    assert [pills.pill(k).isChecked() for k in ("all", "reported", "refused")] == [False, False, True]


def test_filters_are_one_tab_stop_and_say_their_counts(theme: Theme, qtbot: QtBot) -> None:
    pills = group(theme)
    show(qtbot, pills)
    stops = [
        k for k in ("all", "reported", "refused") if pills.pill(k).focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == ["all"]
    assert pills.pill("reported").accessibleName() == "Reported, 41"
    pills.set_counts({"reported": 42})
    assert pills.pill("reported").accessibleName() == "Reported, 42"


def test_filters_wrap_where_the_width_ends(theme: Theme, qtbot: QtBot) -> None:
    pills = group(theme)
    show(qtbot, pills, 180, 100)
    tops = {pills.pill(k).y() for k in ("all", "reported", "refused")}
    assert len(tops) > 1
    assert pills.heightForWidth(180) > pills.heightForWidth(600)


def test_a_further_filter_is_removed_by_delete(theme: Theme, qtbot: QtBot) -> None:
    pill = RemovablePill(theme, "Label: Fieldnote")
    show(qtbot, pill)
    with qtbot.waitSignal(pill.removed):
        qtbot.keyClick(pill, Qt.Key.Key_Delete)
    assert "Label: Fieldnote" in pill.accessibleName()


def test_a_flow_mirrors(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow = FlowLayout(holder)
    first, second = Button(theme, "First"), Button(theme, "Second")
    flow.addWidget(first)
    flow.addWidget(second)
    show(qtbot, holder, 400, 60)
    assert first.x() > second.x()


# Fields


def test_search_tells_once_when_the_typing_pauses(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Filter this page")
    show(qtbot, field)
    heard: list[str] = []
    field.searched.connect(heard.append)
    qtbot.keyClicks(field.edit, "norr")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["norr"])
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert heard[-1] == ""
    assert field.words == ""


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down]
)
def test_search_tells_at_once_where_the_keyboard_goes_on(theme: Theme, qtbot: QtBot, key: Qt.Key) -> None:
    field = SearchField(theme, "Find a name")
    show(qtbot, field)
    heard: list[str] = []
    field.searched.connect(heard.append)
    qtbot.keyClicks(field.edit, "amazon")
    qtbot.keyClick(field.edit, key)
    assert heard == ["amazon"], "before anything else is chosen"


def test_search_tells_at_once_where_it_is_left(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Find a name")
    show(qtbot, field)
    heard: list[str] = []
    field.searched.connect(heard.append)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, "amazon")
    field.edit.clearFocus()
    assert heard == ["amazon"]


def test_words_that_were_set_are_not_told_as_typed(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Search")
    show(qtbot, field)
    with qtbot.assertNotEmitted(field.searched, wait=200):
        field.set_words("Norrsken")


def test_a_fault_is_said_beside_its_field(theme: Theme, qtbot: QtBot) -> None:
    search = SearchField(theme, "https://…")
    field = Field(theme, "Address of the service", search, "As the label gave it to you")
    show(qtbot, field)
    assert search.accessibleName() == "Address of the service"
    field.show_fault("An address begins with https://")
    assert search.accessibleDescription() == "An address begins with https://"
    field.show_fault("")
    assert search.accessibleDescription() == "As the label gave it to you"


# Cards, pictures, sections


def test_a_row_leads_somewhere_and_marks_what_is_new(theme: Theme, qtbot: QtBot) -> None:
    line = ListRow(theme, Icon.CLOCK, Tint.ASK, "Glasshouse: removal not confirmed", "Asked 12 days ago")
    show(qtbot, line)
    assert line.accessibleName() == "Glasshouse: removal not confirmed. Asked 12 days ago"
    before = line.grab().toImage()
    line.set_new(True)
    assert line.grab().toImage() != before
    with qtbot.waitSignal(line.opened):
        qtbot.keyClick(line, Qt.Key.Key_Space)


def test_a_figure_is_spoken_with_its_title(theme: Theme, qtbot: QtBot) -> None:
    card = MetricCard(theme, "Earned this year")
    show(qtbot, card)
    card.show_figure("€9,840.17", "€1,204.60 in November")
    assert card.accessibleName() == "Earned this year. €9,840.17. €1,204.60 in November"


def test_a_figure_is_written_smaller_before_it_is_cut(theme: Theme, qtbot: QtBot) -> None:
    card = MetricCard(theme, "Waiting for you")
    card.show_figure("1,207 questions", "oldest: 160 days, which is a line that has to wrap")
    card.resize(400, 120)
    show(qtbot, card)
    large = card._figure.property("role")
    card.resize(150, 160)
    assert card._figure.property("role") != large
    assert card._figure.shown_text() == "1,207 questions"


def test_the_same_key_has_the_same_picture_everywhere(theme: Theme, qtbot: QtBot) -> None:
    def painted(key: str) -> QImage:
        cover = Cover(theme, key, 32)
        qtbot.addWidget(cover)
        return cover.grab().toImage()

    assert painted("release-1") == painted("release-1")
    assert len({painted(f"release-{n}").pixelColor(4, 16).name() for n in range(40)}) >= 6


def test_a_badge_shows_nothing_for_none(theme: Theme, qtbot: QtBot) -> None:
    badge = Badge(theme)
    qtbot.addWidget(badge)
    assert badge.isHidden()
    badge.show_number(6, "6 questions wait")
    assert not badge.isHidden()
    assert badge.accessibleName() == "6 questions wait"


def test_what_folds_is_closed_at_first_and_opens_by_key(theme: Theme, qtbot: QtBot) -> None:
    content = label("Your default refuses training.")
    fold = Disclosure(theme, "Why?", content)
    show(qtbot, fold)
    assert not content.isVisible()
    with qtbot.waitSignal(fold.toggled) as toggled:
        qtbot.keyClick(fold.line, Qt.Key.Key_Space)
    assert toggled.args == [True]
    assert content.isVisible()


def test_a_value_is_copied_with_one_press(theme: Theme, qtbot: QtBot) -> None:
    values = KeyValues(theme)
    values.add("ISRC", "SE-FNR-24-00417", copy=True)
    show(qtbot, values)
    button = values.findChild(IconButton)
    assert button is not None
    assert button.accessibleName() == "Copy ISRC"
    with qtbot.waitSignal(values.copied) as copied:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert copied.args == ["SE-FNR-24-00417"]
    assert QGuiApplication.clipboard().text() == "SE-FNR-24-00417"


# States


def test_loading_shows_nothing_for_the_first_300_ms(theme: Theme, qtbot: QtBot) -> None:
    loading = LoadingRows(theme)
    show(qtbot, loading)
    loading.start("Works")
    assert not loading.shows_shapes
    qtbot.waitUntil(lambda: loading.shows_shapes, timeout=2000)
    loading.finish()
    assert not loading.shows_shapes


def test_a_problem_is_shown_in_its_own_words_with_details_folded(theme: Theme, qtbot: QtBot) -> None:
    stack = StateStack(theme, label("content"))
    show(qtbot, stack)
    problem = InputProblem(
        "The {month} statement could not be read", "Ask the sender for it", month="October"
    )
    stack.show_error(problem, detail="row 212, field currency")
    assert stack.shown is stack.error
    assert stack.error.accessibleName() == "The October statement could not be read. Ask the sender for it"
    assert not stack.error.details.is_open
    with qtbot.waitSignal(stack.retry):
        qtbot.mouseClick(stack.error.again, Qt.MouseButton.LeftButton)
    stack.error.copy.click()
    assert "row 212" in QGuiApplication.clipboard().text()
    stack.show_content()
    assert stack.shown is stack.content


def test_an_empty_page_offers_one_thing_to_do(theme: Theme, qtbot: QtBot) -> None:
    action = Button(theme, "Import a statement…")
    empty = EmptyState(
        theme, "No statement has arrived yet.", "Most programmes report once a quarter.", action
    )
    show(qtbot, empty)
    assert action.isVisible()
    empty.show_state("No statement has arrived yet.", "Still none.", action)
    assert action.isVisible()


# Page and details


def make_page(theme: Theme) -> Page:
    page = Page(
        theme, "Consent with a title that is long enough to be cut in a narrow window", "One sentence."
    )
    page.add_action(Button(theme, "History", icon=Icon.HISTORY))
    page.add_action(Button(theme, "Review 3 changes…", ButtonKind.PRIMARY))
    page.add_filter(group(theme))
    page.set_count("128")
    page.set_content(Card(theme, "Content"))
    return page


@pytest.mark.parametrize("percent", [100, 150])
def test_a_page_fits_into_the_smallest_window(theme: Theme, qtbot: QtBot, percent: int) -> None:
    theme.choose(Appearance(ThemeChoice.LIGHT, text_size_percent=percent))
    page = make_page(theme)
    show(qtbot, page, 896, 540)
    assert page.minimumSizeHint().width() <= 896
    assert page.width() == 896


def test_a_message_has_one_action_and_goes_when_it_is_done(theme: Theme, qtbot: QtBot) -> None:
    page = make_page(theme)
    show(qtbot, page, 900, 600)
    done: list[str] = []
    page.message("Refused for Lantern Year.", "Undo", lambda: done.append("undo"))
    assert page.messages.isVisible()
    qtbot.mouseClick(page.messages.action, Qt.MouseButton.LeftButton)
    assert done == ["undo"]
    assert not page.messages.isVisible()


def test_a_message_stays_while_it_has_the_keyboard(theme: Theme, qtbot: QtBot) -> None:
    page = make_page(theme)
    show(qtbot, page, 900, 600)
    page.message("Refused for Lantern Year.", "Undo", page.update)
    page.messages.action.setFocus()
    assert page.messages.stays
    page.messages.close_button.setFocus()
    assert page.messages.stays
    qtbot.keyClick(page.messages.close_button, Qt.Key.Key_Escape)
    assert not page.messages.isVisible()


def test_a_bar_comes_and_goes_without_being_lost(theme: Theme, qtbot: QtBot) -> None:
    page = make_page(theme)
    show(qtbot, page, 900, 600)
    bar = Card(theme, strong=True)
    qtbot.addWidget(bar)
    page.bar(bar)
    assert bar.isVisible()
    page.bar(None)
    assert not bar.isVisible()
    page.bar(bar)
    assert bar.isVisible()


def test_details_begin_at_the_title_and_keep_the_place_of_the_same_item(theme: Theme, qtbot: QtBot) -> None:
    panel = DetailsPanel(theme)
    show(qtbot, panel, 380, 300)

    def fill(kind: str, item: str = "first") -> None:
        panel.open_kind(kind, item)
        panel.set_head("key", kind)
        for n in range(40):
            panel.add_section(f"Section {n}")

    bar = panel.scroller.verticalScrollBar()
    fill("work")
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(150)
    fill("artist")
    qtbot.waitUntil(lambda: bar.value() == 0)
    fill("work")
    qtbot.waitUntil(lambda: bar.value() == 150)
    fill("work")
    qtbot.waitUntil(lambda: bar.value() == 150)
    fill("work", "second")
    qtbot.waitUntil(lambda: bar.value() == 0)
