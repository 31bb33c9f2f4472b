"""What a copy of a report would lack: by table with the reasons, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from artist_console.commands.redaction_words import table_title
from artist_console.commands.report_redacting import RedactionPreview, TableGoes
from artist_console.domain.phrases import Sentence
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import label, say, say_count
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import CheckBox
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import SectionHeading

_NAMED_AT_MOST = 8
_LEAST_WIDTH = 300  # narrower, a sentence would ask for more height than it ever takes


class RedactPreviewPart(QWidget):
    """Tables that only tell of what goes have a box: without the tick they stay."""

    leave_wished = Signal(str, bool)  # table, whether it stays

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)

    def show_preview(self, found: RedactionPreview, left: Iterable[str]) -> None:
        """`left`: the tables that the person wants to stay though they tell of what goes."""
        clear_layout(self._rows)
        self._heading(
            say_count("redact", "1 row goes", "{n} rows go", found.gone)
            if found.tables
            else say("redact", "Nothing goes")
        )
        for each in found.tables:
            self._rows.addWidget(self._table(each))
        going = {each.kind for each in found.tables if each.along}
        for kind in sorted(set(left) - going):
            self._rows.addWidget(self._left(kind))
        if found.files:
            files = ", ".join(found.files)
            self._rows.addWidget(_small(say("redact", "Files that go too: {files}", files=files)))
        if found.works_beside:
            self._beside(found)
        self._sentences(say("redact", "What cannot be worked out from the copy"), found.no_longer_checked)
        if found.tables:
            self._sentences(say("redact", "What the copy still tells"), found.still_told)
        self._rows.addStretch(1)

    def _heading(self, words: str) -> None:
        self._rows.addWidget(SectionHeading(self._theme, words, small=True))

    def _table(self, each: TableGoes) -> QWidget:
        title = domain_words(each.title)
        count = (
            say_count("redact", "its one row", "all {n} rows", each.of)
            if each.whole
            else say("redact", "{n} of {all} rows", n=f"{each.gone:,}", all=f"{each.of:,}")
        )
        why = ", ".join(_said(reason) for reason in each.why)
        beside = _small(say("redact", "{count}: {why}", count=count, why=why))
        held = QWidget()
        if each.along:
            box = self._box(each.kind, title, stays=False)
            held.setLayout(_line(box, beside))
        else:
            held.setLayout(_line(label(title), beside))
        return held

    def _left(self, kind: str) -> QWidget:
        held = QWidget()
        title = domain_words(table_title(kind))
        words = label(
            say("redact", "stays, though it may tell of it"), TextRole.SMALL, Token.TEXT_2, wrap=True
        )
        held.setLayout(_line(self._box(kind, title, stays=True), words))
        return held

    def _box(self, kind: str, title: str, *, stays: bool) -> CheckBox:
        box = CheckBox(self._theme, title)
        box.setAccessibleName(say("redact", "Take out {table} too", table=title))
        box.setChecked(not stays)
        box.setProperty("table", kind)
        box.toggled.connect(self._wish_sender)
        return box

    def _wish_sender(self, on: bool) -> None:
        sender = self.sender()
        if sender is not None:
            self.leave_wished.emit(str(sender.property("table")), not on)

    def _beside(self, found: RedactionPreview) -> None:
        titles = ", ".join(each.title for each in found.works_beside[:_NAMED_AT_MOST])
        more = len(found.works_beside) - _NAMED_AT_MOST
        if more > 0:
            titles = say_count("redact", "{titles} and 1 more", "{titles} and {n} more", more, titles=titles)
        words = say(
            "redact",
            "Other recordings and songs whose own row names what goes, or has its title, so that it goes too."
            " What else is said of them stays: {titles}",
            titles=titles,
        )
        self._rows.addWidget(_small(words))

    def _sentences(self, heading: str, sentences: Iterable[Sentence]) -> None:
        said = [_said(each) for each in sentences]
        if not said:
            return
        self._heading(heading)
        for words in said:
            self._rows.addWidget(_small(words))


def _line(first: QWidget, second: QWidget) -> QHBoxLayout:
    line = row(gap=12)
    line.addWidget(first)
    line.addWidget(second, 1)
    return line


def _small(words: str) -> QWidget:
    made = label(words, TextRole.SMALL, Token.TEXT_2, wrap=True)
    made.setMinimumWidth(_LEAST_WIDTH)
    return made


def _said(each: Sentence) -> str:
    return domain_words(each.template, **dict(each.fields))
