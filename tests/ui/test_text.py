"""Every string is shown as it stands, in labels, tooltips, boxes, chips and cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from artist_console.ui.frame.notice_line import NoticeLine
from artist_console.ui.frame.top_bar import TopBar
from artist_console.ui.icons import Icon
from artist_console.ui.text import (
    count_in,
    elided,
    fill_words,
    isolate,
    label,
    message_box,
    plain_tooltip,
    say,
    say_count,
    set_tooltip,
)
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, CheckBox, LinkButton, RadioButton
from artist_console.ui.widgets.cards import Banner, Card, ListRow, MetricCard
from artist_console.ui.widgets.chips import Chip, ChipMeaning, ChipValue
from artist_console.ui.widgets.details import DetailsPanel
from artist_console.ui.widgets.page import Page
from artist_console.ui.widgets.pills import FilterPill, RemovablePill
from artist_console.ui.widgets.sections import Disclosure, KeyValues, Note, SectionHeading
from artist_console.ui.widgets.states import EmptyState, ErrorState


@pytest.fixture
def canary(tmp_path: Path, qapp: QApplication) -> str:
    """Markup that would paint a strongly coloured file if anything took it for markup."""
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor(255, 0, 255))
    path = tmp_path / "canary.png"
    assert picture.save(str(path))
    return f'<img src="file:{path}">'


def shows_canary(widget: QWidget) -> bool:
    image = widget.grab().toImage()
    return any(
        image.pixelColor(x, y) == QColor(255, 0, 255)
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )


def test_the_canary_is_seen_in_a_label_of_qt_itself(canary: str, qtbot: QtBot) -> None:
    careless = QLabel(canary)
    qtbot.addWidget(careless)
    careless.show()
    assert shows_canary(careless)


def test_no_widget_of_the_kit_takes_words_for_markup(theme: Theme, canary: str, qtbot: QtBot) -> None:
    panel = DetailsPanel(theme)
    panel.set_head("key", canary, canary, canary)
    bar = TopBar(theme)
    bar.set_artist("key", canary, canary)
    bar.set_sync(canary)
    line = NoticeLine(theme)
    line.show_line(canary, canary)
    values = KeyValues(theme)
    values.add(canary, canary, copy=True)
    metric = MetricCard(theme, canary)
    metric.show_figure(canary, canary)
    page = Page(theme, canary, canary)
    page.set_count(canary)
    page.message(canary, canary)
    chip = ChipValue(ChipMeaning.TRAINED, canary)
    widgets: list[QWidget] = [
        label(canary),
        elided(canary),
        Button(theme, canary),
        LinkButton(theme, canary),
        CheckBox(theme, canary),
        RadioButton(theme, canary),
        Card(theme, canary),
        panel,
        bar,
        line,
        values,
        metric,
        page,
        Banner(theme, Tint.INFO, Icon.SHIELD, canary, canary),
        ListRow(theme, Icon.CLOCK, Tint.ASK, canary, canary),
        Chip(theme, chip),
        FilterPill(theme, canary),
        RemovablePill(theme, canary),
        Note(theme, canary),
        SectionHeading(theme, canary),
        Disclosure(theme, canary, label(canary)),
        EmptyState(theme, canary, canary),
        ErrorState(theme, canary, canary, canary),
    ]
    for widget in widgets:
        qtbot.addWidget(widget)
        widget.resize(900, 300)
        widget.show()
        assert not shows_canary(widget), type(widget).__name__


def test_a_box_shows_plain_words(theme: Theme, canary: str, qtbot: QtBot) -> None:
    box = message_box(None, canary, canary, canary)
    qtbot.addWidget(box)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    box.addButton("Close", QMessageBox.ButtonRole.RejectRole)
    box.show()
    assert not shows_canary(box)
    labels = [found for found in box.findChildren(QLabel) if found.text()]
    assert len(labels) >= 2
    assert {found.textFormat() for found in labels} == {Qt.TextFormat.PlainText}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_a_tooltip_shows_exactly_its_words(words: str) -> None:
    document = QTextDocument()
    document.setHtml(plain_tooltip(words))
    shown = document.toPlainText()
    assert shown.replace("\xa0", " ").strip() == words.replace("\xa0", " ").strip()


def test_a_tooltip_without_words_is_none(theme: Theme, qtbot: QtBot) -> None:
    shown = label("x")
    qtbot.addWidget(shown)
    set_tooltip(shown, "")
    assert shown.toolTip() == ""


def test_a_label_that_is_cut_has_its_words_as_a_tooltip(theme: Theme, qtbot: QtBot) -> None:
    shown = elided("Two Candles (with Ola Bergh)")
    qtbot.addWidget(shown)
    shown.resize(80, 20)
    shown.show()
    assert shown.shown_text().endswith("…")
    assert "Two Candles (with Ola Bergh)" in shown.toolTip()
    shown.resize(400, 20)
    assert shown.toolTip() == ""


def test_named_places_are_filled_and_values_may_hold_braces() -> None:
    assert say("test", "“{title}” by {name}", title="{name} 100%", name="Ola") == "“{name} 100%” by Ola"
    assert fill_words("{a}", {"a": "{b}"}) == "{b}"


@pytest.mark.parametrize(("n", "words"), [(0, "0 works"), (1, "1 work"), (2, "2 works")])
def test_plurals_by_rule(n: int, words: str) -> None:
    assert say_count("test", "{n} work", "{n} works", n) == words


class Swedish(QTranslator):
    """A translation made in the test: two forms of one sentence."""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        if (context, sourceText) == ("test", "{n} works in {release}"):
            return "{n} verk i {release}" if n != 1 else "ett verk i {release}"
        return None

    def isEmpty(self) -> bool:
        return False


def test_a_translation_has_its_own_forms_and_order(qapp: QApplication) -> None:
    translator = Swedish()
    assert QCoreApplication.installTranslator(translator)
    try:
        one = say_count("test", "{n} work in {release}", "{n} works in {release}", 1, release="Nattfärja")
        many = say_count("test", "{n} work in {release}", "{n} works in {release}", 3, release="Nattfärja")
    finally:
        QCoreApplication.removeTranslator(translator)
    assert (one, many) == ("ett verk i Nattfärja", "3 verk i Nattfärja")


def test_isolated_words_keep_their_order() -> None:
    assert isolate("SE-FNR-24-00417") == "\u2068SE-FNR-24-00417\u2069"
    assert isolate("") == ""


def test_a_counted_sentence_writes_its_number_as_the_region_does() -> None:
    before = QLocale()
    try:
        count_in("en_GB")
        assert say_count("test", "1 work", "{n} works", 1613) == "1,613 works"
        count_in("de_DE")
        assert say_count("test", "1 work", "{n} works", 1613) == "1.613 works"
    finally:
        QLocale.setDefault(before)


def test_signs_that_turn_what_follows_are_not_shown() -> None:
    words = say("x", "The report “{title}” was opened.", title="\u202egpj.exe")
    assert words == "The report “gpj.exe” was opened."
