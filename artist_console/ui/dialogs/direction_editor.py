"""A letter of direction: somebody has a part of what is theirs paid to somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from artist_console.commands import directions as commands
from artist_console.commands.console import Console, Result
from artist_console.commands.directions import DirectionRow
from artist_console.commands.pay_terms_form import DirectionText, FormFaults, direction_text, direction_wish
from artist_console.commands.works import WorksPage, find_works
from artist_console.domain import words
from artist_console.domain.ids import PartyId, WorkId
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


class DirectionEditor(Sheet):
    """A new letter, or one that is kept; the service keeps it when the button is pressed."""

    saved = Signal(object)  # DirectionRow
    removed = Signal()

    def __init__(
        self, desk: Desk, former: DirectionRow | None, issuers: Sequence[str], parent: QWidget
    ) -> None:
        title = (
            say("pay-terms", "Add a letter of direction")
            if former is None
            else say("pay-terms", "A letter of direction")
        )
        super().__init__(desk.theme, "direction-editor", title, 620, 640, parent)
        self.set_heading(
            title,
            say(
                "pay-terms",
                "It says that a part of somebody's money goes to another, who need not hold any right.",
            ),
        )
        self._desk, self._former = desk, former
        self._work: WorkId | None = former.direction.work if former is not None else None
        self._found: dict[str, WorkId] = {}
        self._fields: dict[str, Field] = {}
        self._build(issuers)
        self.inside.addStretch(1)
        theme = desk.theme
        self.remove = Button(theme, say("pay-terms", "Remove the letter"), ButtonKind.QUIET, Icon.TRASH)
        self.remove.setVisible(former is not None)
        self.remove.clicked.connect(self._remove)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("pay-terms", "Keep the letter"), ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        self.set_buttons(self.remove, None, cancel, self.save, safe=cancel)
        chosen = desk.artist or (desk.artists[0].id if len(desk.artists) == 1 else None)
        empty = DirectionText(directed_by=PartyId(chosen) if chosen else None)
        self.show_text(direction_text(former) if former is not None else empty)
        self.payee.setFocus()

    # The form

    def _build(self, issuers: Sequence[str]) -> None:
        desk = self._desk
        self.directed_by = Select(desk.theme, say("pay-terms", "Whose money"))
        for artist in desk.artists:
            self.directed_by.addItem(artist.name, artist.id)
        self.payee, self.share, self.payer, self.work = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.source = QLineEdit()
        completer = QCompleter(list(issuers), self.payer)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.payer.setCompleter(completer)
        self.work.textEdited.connect(self._seek_work)
        self.right = Select(desk.theme, say("pay-terms", "Of which right"))
        self.right.addItem(say("pay-terms", "Every right"), None)
        for each in Right:
            self.right.addItem(domain_words(words.RIGHT[each]), each)
        self.since = DayEdit(desk.theme, desk.figures, desk.settings.language)
        self.until = DayEdit(desk.theme, desk.figures, desk.settings.language)
        field = self._field
        self.inside.addLayout(
            beside(
                field("directed_by", say("pay-terms", "Whose money"), self.directed_by),
                field("payee", say("pay-terms", "Paid to"), self.payee, say("pay-terms", "A name.")),
            )
        )
        part = say("pay-terms", "Per cent of their own share, such as 12.5.")
        who = say("pay-terms", "Who sends the statements. Empty: all of them.")
        self.inside.addLayout(
            beside(
                field("share", say("pay-terms", "Which part of it"), self.share, part),
                field("payer", say("pay-terms", "Of whose statements"), self.payer, who),
            )
        )
        one = say("pay-terms", "A title, ISRC or ISWC. Empty: all of them.")
        self.inside.addLayout(
            beside(
                field("work", say("pay-terms", "Of which recording or song"), self.work, one),
                field("right", say("pay-terms", "Of which right"), self.right),
            )
        )
        self.inside.addLayout(
            beside(
                field("since", say("pay-terms", "From"), self.since, say("pay-terms", "Empty: always.")),
                field(
                    "until",
                    say("pay-terms", "Until"),
                    self.until,
                    say("pay-terms", "Empty: no end is named."),
                ),
            )
        )
        where = say("pay-terms", "Such as: Letter of 2 May 2024 to the label.")
        self.inside.addWidget(field("source", say("pay-terms", "Where it stands"), self.source, where))

    def _field(self, name: str, words_of: str, editor: QWidget, hint: str = "") -> Field:
        made = Field(self._desk.theme, words_of, editor, hint)
        self._fields[name] = made
        if isinstance(editor, QLineEdit):
            editor.textChanged.connect(lambda: made.show_fault(""))
        return made

    def _seek_work(self, text: str) -> None:
        """Offer the works that the words fit."""
        self._work = None
        if not text.strip():
            return
        query = WorksQuery(artist=self.directed_by.currentData(), text=text, limit=_WORKS_OFFERED)
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

    def show_text(self, text: DirectionText) -> None:
        """Write a letter into the fields."""
        former = self._former
        if text.directed_by is not None and self.directed_by.findData(text.directed_by) < 0:
            name = former.directed_by_name if former is not None else str(text.directed_by)
            self.directed_by.insertItem(0, name, text.directed_by)
        self.directed_by.setCurrentIndex(max(0, self.directed_by.findData(text.directed_by)))
        self.payee.setText(text.payee)
        self.share.setText(text.share)
        self.payer.setText(text.payer)
        self.work.setText(former.work_title if former is not None else "")
        self._work = text.work
        values = [self.right.itemData(place) for place in range(self.right.count())]
        self.right.setCurrentIndex(values.index(text.right) if text.right in values else 0)
        self.since.show_day(text.since)
        self.until.show_day(text.until)
        self.source.setText(text.source)

    @property
    def text(self) -> DirectionText:
        """What stands in the fields."""
        return DirectionText(
            directed_by=self.directed_by.currentData(),
            payee=self.payee.text(),
            share=self.share.text(),
            payer=self.payer.text(),
            work=self._work if self.work.text().strip() else None,
            right=self.right.currentData(),
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
            wish = direction_wish(self.text, self._former)
        except FormFaults as faults:
            for fault in faults.faults:
                self._fields[fault.field].show_fault(sentence(fault.words))
            self._fields[faults.faults[0].field].editor.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._busy(True)

        def keep(console: Console) -> Result[DirectionRow]:
            return commands.set_direction(console, wish)

        self._desk.act(self, keep, self._kept, self._fail, network=True)

    def _can_be_read(self) -> bool:
        """The days, and the one work that is meant where one is named."""
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
                told = say("pay-terms", "Choose one of the list, or leave it empty for all of them.")
                self._fields["work"].show_fault(told)
                good = False
        return good

    def _kept(self, kept: DirectionRow) -> None:
        self._desk.say(say("pay-terms", "The letter for {name} is kept.", name=isolate(kept.payee_name)))
        self.saved.emit(kept)
        self.accept()

    def _remove(self) -> None:
        if self._former is None:
            return
        id = self._former.direction.id
        self._busy(True)
        self._desk.act(
            self,
            lambda console: commands.remove_direction(console, id),
            self._gone,
            self._fail,
            network=True,
        )

    def _gone(self, _nothing: None) -> None:
        self._desk.say(say("pay-terms", "The letter is removed. What was paid by it stays."))
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
