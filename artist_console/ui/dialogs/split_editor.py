"""Who is paid what of a recording or song, said by hand: for paying alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands import splits as commands
from artist_console.commands.console import Console, Result
from artist_console.commands.pay_terms_form import FormFaults
from artist_console.commands.splits import SplitDone, SplitRow
from artist_console.commands.splits_form import SplitText, split_text, split_wish
from artist_console.commands.works import WorksPage, find_works
from artist_console.domain import words
from artist_console.domain.ids import WorkId
from artist_console.domain.problems import Problem
from artist_console.domain.uses import Right
from artist_console.domain.work_rows import WorksQuery, WorkSummary
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words, sentence
from artist_console.ui.text import isolate, say
from artist_console.ui.widgets.buttons import Button, ButtonKind, Select
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import beside

_WORKS_OFFERED = 20
_SHARES_HEIGHT = 110


class SplitEditor(Sheet):
    """A new split, or one that is kept; the service keeps it when the button is pressed."""

    saved = Signal(object)  # SplitRow
    removed = Signal()

    def __init__(self, desk: Desk, former: SplitRow | None, parent: QWidget) -> None:
        title = say("pay-terms", "Who is paid what")
        super().__init__(desk.theme, "split-editor", title, 620, 640, parent)
        self.set_heading(
            title,
            say(
                "pay-terms",
                "For dividing money alone: it changes nobody's say in what may be done. Where the shares of "
                "a contract are on record, those count.",
            ),
        )
        self._desk, self._former = desk, former
        self._work: WorkId | None = None
        self._found: dict[str, WorkId] = {}
        self._fields: dict[str, Field] = {}
        self._build()
        self.inside.addStretch(1)
        theme = desk.theme
        self.remove = Button(theme, say("pay-terms", "Remove it"), ButtonKind.QUIET, Icon.TRASH)
        self.remove.setVisible(former is not None)
        self.remove.clicked.connect(self._remove)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("pay-terms", "Keep it"), ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        self.set_buttons(self.remove, None, cancel, self.save, safe=cancel)
        self.show_text(split_text(former) if former is not None else SplitText(right=Right.MASTER))
        self.work.setFocus()

    # The form

    def _build(self) -> None:
        desk, field = self._desk, self._field
        self.work, self.source, self.shares = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.work.textEdited.connect(self._seek_work)
        self.shares.setTabChangesFocus(True)
        self.shares.setFixedHeight(_SHARES_HEIGHT)
        self.right = Select(desk.theme, say("pay-terms", "Of which right"))
        for each in Right:
            self.right.addItem(domain_words(words.RIGHT[each]), each)
        self.since = DayEdit(desk.theme, desk.figures, desk.settings.language)
        self.until = DayEdit(desk.theme, desk.figures, desk.settings.language)
        self.inside.addLayout(
            beside(
                field(
                    "work",
                    say("pay-terms", "Of which recording or song"),
                    self.work,
                    say("pay-terms", "A title, ISRC or ISWC."),
                ),
                field("right", say("pay-terms", "Of which right"), self.right),
            )
        )
        how = say(
            "pay-terms",
            "A line for each: a name, a colon and per cent, such as Mara Quist: 50. Whoever is not known yet "
            "is added. What does not come to 100 is kept, and the money waits.",
        )
        self.inside.addWidget(field("shares", say("pay-terms", "Who is paid what"), self.shares, how))
        since = say("pay-terms", "Empty: always.")
        until = say("pay-terms", "Empty: no end is named.")
        self.inside.addLayout(
            beside(
                field("since", say("pay-terms", "From"), self.since, since),
                field("until", say("pay-terms", "Until"), self.until, until),
            )
        )
        where = say("pay-terms", "Such as: Email of 2 May 2024 from all three.")
        self.inside.addWidget(field("source", say("pay-terms", "Where it stands"), self.source, where))

    def _field(self, name: str, words_of: str, editor: QWidget, hint: str = "") -> Field:
        made = Field(self._desk.theme, words_of, editor, hint)
        self._fields[name] = made
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.textChanged.connect(lambda *_: made.show_fault(""))
        return made

    def _seek_work(self, text: str) -> None:
        """Offer the works that the words fit."""
        self._work = None
        if not text.strip():
            return
        query = WorksQuery(text=text, limit=_WORKS_OFFERED)
        self._desk.ask(self, "works", lambda console: find_works(console, query), self._offer_works)

    def _offer_works(self, page: WorksPage) -> None:
        self._found = {_work_words(row): row.work for row in page.rows}
        completer = QCompleter(list(self._found), self.work)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._take_work)
        self.work.setCompleter(completer)
        if self.work.hasFocus() and self._found:
            completer.complete()

    def _take_work(self, words_of: str) -> None:
        self._work = self._found.get(words_of)

    # What is in it

    def show_text(self, text: SplitText) -> None:
        """Write a split into the fields."""
        self.work.setText(self._former.work_title if self._former is not None else "")
        self._work = text.work
        values = [self.right.itemData(place) for place in range(self.right.count())]
        self.right.setCurrentIndex(values.index(text.right) if text.right in values else 0)
        self.shares.setPlainText(text.shares)
        self.since.show_day(text.since)
        self.until.show_day(text.until)
        self.source.setText(text.source)

    @property
    def text(self) -> SplitText:
        """What stands in the fields."""
        return SplitText(
            work=self._work if self.work.text().strip() else None,
            right=self.right.currentData(),
            shares=self.shares.toPlainText(),
            since=self.since.day,
            until=self.until.day,
            source=self.source.text(),
        )

    # Keeping

    def _save(self) -> None:
        for field in self._fields.values():
            field.show_fault("")
        self.show_problem("")
        if not self._can_be_read():
            return
        try:
            wish = split_wish(self.text, self._former)
        except FormFaults as faults:
            for fault in faults.faults:
                self._fields[fault.field].show_fault(sentence(fault.words))
            self._fields[faults.faults[0].field].editor.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._busy(True)

        def keep(console: Console) -> Result[SplitDone]:
            return commands.set_split(console, wish)

        self._desk.act(self, keep, self._kept, self._fail, network=True)

    def _can_be_read(self) -> bool:
        """The days, and the one work that is meant."""
        good = True
        for name, edit in (("since", self.since), ("until", self.until)):
            if edit.day is None and not edit.is_empty:
                self._fields[name].show_fault(say("pay-terms", "Write a day, such as 1 March 2025."))
                good = False
        typed = self.work.text().strip()
        if typed and self._work is None:
            fitting = [id for words_of, id in self._found.items() if typed.casefold() in words_of.casefold()]
            if len(fitting) == 1:
                self._work = fitting[0]
            else:
                self._fields["work"].show_fault(say("pay-terms", "Choose one of the list."))
                good = False
        return good

    def _kept(self, kept: SplitDone) -> None:
        title = isolate(kept.row.work_title)
        if kept.row.notes:
            told = sentence(kept.row.notes[0])
            self._desk.say(say("pay-terms", "Kept for {title}. {note}", title=title, note=told))
        else:
            self._desk.say(say("pay-terms", "Who is paid what of {title} is kept.", title=title))
        self.saved.emit(kept.row)
        self.accept()

    def _remove(self) -> None:
        if self._former is None:
            return
        id = self._former.split.id
        self._busy(True)
        self._desk.act(
            self, lambda console: commands.remove_split(console, id), self._gone, self._fail, network=True
        )

    def _gone(self, _nothing: None) -> None:
        self._desk.say(say("pay-terms", "The split is removed. What was paid by it stays."))
        self.removed.emit()
        self.accept()

    def _fail(self, problem: Problem) -> None:
        self._busy(False)
        self.show_problem(problem_words(problem))

    def _busy(self, busy: bool) -> None:
        for button in (self.save, self.remove):
            button.setEnabled(not busy)


def _work_words(row: WorkSummary) -> str:
    return " · ".join(part for part in (row.title, row.identifier, row.release_title) if part)
