"""A form for something that the service keeps: what is wrong beside each field, keep it, remove it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands.console import Console, Result
from artist_console.commands.pay_terms_form import FormFaults
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.pay_parts import PartRows
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.dialogs.work_edit import WorkEdit
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words, sentence
from artist_console.ui.text import say
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import beside

Deed = Callable[[Console], Result[Any]]


class KeptForm(Sheet):
    """What a kind of form says is in the methods below the last heading."""

    saved = Signal(object)  # the row that is kept now
    removed = Signal()

    def __init__(self, desk: Desk, name: str, title: str, lead: str, size: tuple[int, int], parent: QWidget):
        super().__init__(desk.theme, name, title, *size, parent)
        self.set_heading(title, lead)
        self._desk = desk
        self._fields: dict[str, Field] = {}
        self.since = DayEdit(desk.theme, desk.figures, desk.settings.language)
        self.until = DayEdit(desk.theme, desk.figures, desk.settings.language)

    # Building

    def field(self, name: str, words: str, editor: QWidget, hint: str = "") -> Field:
        """A field of the form, found by `name` where something is wrong with it."""
        made = Field(self._desk.theme, words, editor, hint)
        self._fields[name] = made
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.textChanged.connect(lambda *_: made.show_fault(""))
        elif isinstance(editor, PartRows):
            editor.changed.connect(lambda: made.show_fault(""))
        return made

    def days(self) -> QHBoxLayout:
        """From when until when it holds."""
        since = say("pay-terms", "Empty: always.")
        until = say("pay-terms", "Empty: no end is named.")
        return beside(
            self.field("since", say("pay-terms", "From"), self.since, since),
            self.field("until", say("pay-terms", "Until"), self.until, until),
        )

    def put_buttons(self, remove: str, keep: str, *, is_kept: bool) -> None:
        theme = self._desk.theme
        self.remove = Button(theme, remove, ButtonKind.QUIET, Icon.TRASH)
        self.remove.setVisible(is_kept)
        self.remove.clicked.connect(self._remove)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, keep, ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        self.set_buttons(self.remove, None, cancel, self.save, safe=cancel)

    # Keeping

    def _save(self) -> None:
        for field in self._fields.values():
            field.show_fault("")
        self.show_problem("")
        if not self._can_be_read():
            return
        try:
            deed = self.keeping()
        except FormFaults as faults:
            for fault in faults.faults:
                self._fields[fault.field].show_fault(sentence(fault.words))
            self._fields[faults.faults[0].field].editor.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._busy(True)
        self._desk.act(self, deed, self._kept, self._fail, network=True)

    def _can_be_read(self) -> bool:
        """Days are days, and of the works that are typed one is meant."""
        faults: dict[str, str] = {}
        for name, field in self._fields.items():
            editor = field.editor
            if isinstance(editor, DayEdit) and editor.day is None and not editor.is_empty:
                faults[name] = say("pay-terms", "Write a day, such as 1 March 2025.")
            elif isinstance(editor, WorkEdit) and not editor.is_certain:
                faults[name] = self.which_work()
        for name, words in faults.items():
            self._fields[name].show_fault(words)
        return not faults

    def _kept(self, kept: Any) -> None:
        self._desk.say(self.kept_words(kept))
        self.saved.emit(self.row_of(kept))
        self.accept()

    def _remove(self) -> None:
        self._busy(True)
        self._desk.act(self, self.removing(), self._gone, self._fail, network=True)

    def _gone(self, _nothing: None) -> None:
        self._desk.say(self.gone_words())
        self.removed.emit()
        self.accept()

    def _fail(self, problem: Problem) -> None:
        self._busy(False)
        self.show_problem(problem_words(problem))

    def _busy(self, busy: bool) -> None:
        for button in (self.save, self.remove):
            button.setEnabled(not busy)

    # What a kind of form says

    def keeping(self) -> Deed:
        """What keeps what stands in the fields. Raises FormFaults."""
        raise NotImplementedError

    def removing(self) -> Deed:
        """What removes that which the form was opened for."""
        raise NotImplementedError

    def kept_words(self, kept: Any) -> str:
        raise NotImplementedError

    def gone_words(self) -> str:
        raise NotImplementedError

    def which_work(self) -> str:
        return say("pay-terms", "Choose one of the list.")

    def row_of(self, kept: Any) -> object:
        """The row in what keeping it gave."""
        return kept
