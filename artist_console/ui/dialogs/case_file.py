"""A file that was dropped in: what was read of it, to which case it belongs, and as what it is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from artist_console.commands import cases as case_commands
from artist_console.commands.case_files import FileRole, NotACaseFile
from artist_console.commands.cases import CaseRow
from artist_console.domain.cases import Case, DkimResult, SentBy
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.case_file_read import Looked, case_words, look_at, show_read, why_words
from artist_console.ui.dialogs.case_several import SeveralCases
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton, Select, one_of
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.inset import below_fold
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Disclosure, Note
from artist_console.ui.widgets.states import StateStack


class CaseFileDialog(Sheet):
    """Nothing is kept before the last button. Where no case fits, none is preselected."""

    kept = Signal(str)  # id of the case

    def __init__(self, desk: Desk, path: Path, parent: QWidget, case: str = "") -> None:
        title = say("case-file", "A file for a case")
        super().__init__(desk.theme, "case-file", title, 680, 740, parent)
        self._desk, self._path, self._case = desk, path, case
        self._as_other = False
        self._looked: Looked | None = None
        theme = desk.theme
        self._read = QVBoxLayout()
        self._read.setSpacing(10)
        self.which = Select(theme, say("case-file", "Which case"))
        self.which.currentIndexChanged.connect(self._follow)
        self.which_field = Field(theme, say("case-file", "Which case"), self.which)
        self.several = SeveralCases(theme)
        self.several.changed.connect(self._follow)
        self.why = Note(theme, "", Tint.INFO, Icon.CHECK)
        self.why_not = Note(theme, "", Tint.ASK, Icon.QUESTION)
        self.reply = RadioButton(theme, say("case-file", "A reply"))
        self.sent = RadioButton(theme, say("case-file", "It shows that the letter was sent"))
        one_of(self.reply, self.sent)
        for choice in (self.reply, self.sent):
            choice.toggled.connect(self._follow)
        self.key = QPlainTextEdit()
        self.key.setTabChangesFocus(True)
        self.key.setFixedHeight(theme.px(64))
        self._build_key()
        content = QWidget()
        inside = column(gap=12)
        inside.addLayout(self._read)
        inside.addWidget(self.key_fold)
        inside.addWidget(label(say("case-file", "What it is"), weight="medium"))
        inside.addLayout(row(self.reply, self.sent, None, gap=20))
        inside.addWidget(self.which_field)
        inside.addWidget(self.several)
        inside.addWidget(self.why)
        inside.addWidget(self.why_not)
        inside.addStretch(1)
        content.setLayout(inside)
        self.states = StateStack(theme, content)
        self.states.retry.connect(self._look)
        self.inside.addWidget(self.states, 1)
        self.cancel = Button(theme, say("dialog", "Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.keep = Button(theme, say("case-file", "Keep it"), ButtonKind.PRIMARY)
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._keep)
        self.set_buttons(None, self.cancel, self.keep, safe=self.cancel)
        self.set_heading(title, isolate(path.name))
        self.states.show_loading(say("case-file", "Reading the file"))
        self._look()

    def _build_key(self) -> None:
        hint = say(
            "case-file",
            "The text of the record as the name server has it: v=DKIM1; k=rsa; p=… Nobody is asked for it "
            "from here.",
        )
        box = QWidget()
        check = Button(self._desk.theme, say("case-file", "Check with this key"), icon=Icon.SHIELD)
        check.clicked.connect(self._look)
        inside = column(
            Field(self._desk.theme, say("case-file", "Key of the domain"), self.key, hint),
            row(check, None),
            gap=8,
        )
        box.setLayout(below_fold(self._desk.theme, inside))
        self.key_fold = Disclosure(
            self._desk.theme, say("case-file", "Check the signature with a key that you have"), box
        )
        self.key_fold.hide()

    # Reading

    def _look(self) -> None:
        path, key, other = self._path, self._dkim_key, self._as_other
        self.show_problem("")
        self._desk.ask(
            self, "look", lambda console: look_at(console, path, key, other), self._show, self._not_read
        )

    @property
    def _dkim_key(self) -> str | None:
        return self.key.toPlainText().strip() or None

    def _not_read(self, problem: Problem) -> None:
        self.keep.setEnabled(False)
        if self._looked is not None:
            self.show_problem(problem_words(problem))
            return
        if isinstance(problem, NotACaseFile):
            anyway = Button(self._desk.theme, say("case-file", "Keep it as it is"))
            anyway.clicked.connect(self._take_as_other)
            words = say(
                "case-file",
                "It is never opened here, whatever it holds. A mail can be saved as .eml, and is read then.",
            )
            self.states.show_empty(problem_words(problem), words, anyway, Icon.DOCUMENT)
            return
        self.states.show_error(problem)

    def _take_as_other(self) -> None:
        self._as_other = True
        self._look()

    def _show(self, looked: Looked) -> None:
        first = self._looked is None
        self._looked = looked
        show_read(self._read, looked.seen, self._desk)
        self.key_fold.setVisible(
            looked.seen.dkim is not None and looked.seen.dkim.result is not DkimResult.NONE
        )
        if first:
            self._offer_cases(looked)
            self.several.offer(looked.found, looked.rows, self._case)
            role = looked.found.role
            self.reply.setChecked(role is FileRole.REPLY)
            self.sent.setChecked(role is FileRole.PROOF_OF_SENDING)
        self.states.show_content()
        self._follow()
        if first:
            (self.which if self.which.currentData() is None else self.reply).setFocus()

    # Which case

    def _offer_cases(self, looked: Looked) -> None:
        by_id = {each.case.id: each for each in looked.rows}
        fitting = [each.case for each in (*looked.found.matches, *looked.found.candidates)]
        likely = [by_id[id] for id in dict.fromkeys((self._case, *fitting)) if id in by_id]
        others = [each for each in looked.rows if each not in likely]
        blocked = self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem(say("case-file", "Choose a case"), None)
        for each in (*likely, *others):
            self.which.addItem(case_words(each), each.case.id)
        sure = self._case or (looked.found.matches[0].case if looked.found.matches else "")
        self.which.setCurrentIndex(max(0, self.which.findData(sure)) if sure else 0)
        self.which.blockSignals(blocked)

    @property
    def chosen(self) -> CaseRow | None:
        id = self.which.currentData()
        rows = self._looked.rows if self._looked is not None else ()
        return next((each for each in rows if each.case.id == id), None)

    @property
    def _is_of_several(self) -> bool:
        """Whether it is asked in which of several cases a reply is kept, rather than in which one."""
        return self.several.is_offered and self.reply.isChecked()

    def _follow(self) -> None:
        looked, chosen = self._looked, self.chosen
        if looked is None:
            return
        self.which_field.setVisible(not self._is_of_several)
        self.several.setVisible(self._is_of_several)
        if self._is_of_several:
            self._follow_several()
            return
        match = next(
            (m for m in looked.found.matches if chosen is not None and m.case == chosen.case.id), None
        )
        self.why.show_words(why_words(match.by) if match is not None else "")
        if match is None and looked.found.matches and chosen is not None:
            told = say("case-file", "By what is in it, it belongs to another case.")
        elif chosen is not None and self._likely_letter(chosen):
            told = say(
                "case-file",
                "The words of your letter are in it, but nothing shows that it went to {name}. That it is "
                "the mail of this letter is what you say, and it is kept as that.",
                name=isolate(chosen.case.addressee_name),
            )
        elif chosen is None:
            told = say(
                "case-file", "Nothing in it names a letter of yours for certain: choose where it belongs."
            )
        else:
            told = ""
        self.why_not.show_words(told)
        self.keep.set_words(
            say("case-file", "Record sending")
            if self.sent.isChecked()
            else say("case-file", "Keep the reply")
        )
        is_told = self.reply.isChecked() or self.sent.isChecked()
        self.keep.setEnabled(chosen is not None and is_told)

    def _likely_letter(self, chosen: CaseRow) -> str:
        """The letter of the case whose words are in the file; empty where none is or it is certain."""
        likely = self._looked.found.candidates if self._looked is not None else ()
        return next((m.letter for m in likely if m.case == chosen.case.id and m.letter), "")

    def _follow_several(self) -> None:
        count = len(self.several.chosen)
        self.why.show_words("")  # the list says it
        self.why_not.show_words("" if count else say("case-file", "Choose at least one case."))
        self.keep.set_words(
            say_count("case-file", "Keep the reply", "Keep the reply in {n} cases", max(count, 1))
        )
        self.keep.setEnabled(count > 0)

    # Keeping

    def _keep(self) -> None:
        looked, chosen = self._looked, self.chosen
        if self._is_of_several:
            self._keep_in_several()
            return
        if looked is None or chosen is None:
            return
        case, path, key, other = chosen.case.id, self._path, self._dkim_key, self._as_other
        self.keep.setEnabled(False)
        self.show_problem("")
        if self.reply.isChecked():
            self._desk.act(
                self,
                lambda console: case_commands.add_reply(console, case, path, dkim_key=key, as_other=other),
                self._done,
                self._failed,
            )
            return
        if any(match.case == case and match.letter for match in looked.found.matches):
            # All letters that are in it: one mail can hold those of twelve artists.
            self._desk.act(
                self, lambda console: case_commands.add_sent_mail(console, path), self._all_done, self._failed
            )
            return
        letter = self._likely_letter(chosen) or chosen.case.letters[-1].id
        today = self._desk.clock().astimezone().date()
        day = looked.seen.sent_on if looked.seen.sent_on is not None else today
        is_mail = looked.seen.dkim is not None
        how = SentBy.MAIL if is_mail else SentBy.OTHER
        self._desk.act(
            self,
            lambda console: case_commands.mark_sent(
                console, case, letter, min(day, today), how, "", path, as_other=other
            ),
            self._done,
            self._failed,
        )

    def _keep_in_several(self) -> None:
        cases, path, key = self.several.chosen, self._path, self._dkim_key
        self.keep.setEnabled(False)
        self.show_problem("")
        self._desk.act(
            self,
            lambda console: case_commands.add_reply_to_all(console, cases, path, dkim_key=key),
            self._kept_in_several,
            self._failed,
        )

    def _kept_in_several(self, cases: tuple[Case, ...]) -> None:
        n = len(cases)
        self._desk.say(
            say_count("case-file", "The reply is kept in 1 case.", "The reply is kept in {n} cases.", n)
        )
        self.kept.emit(cases[0].id)
        self.accept()

    def _done(self, case: Case) -> None:
        self._desk.say(say("case-file", "Kept in the case “{case}”.", case=isolate(case.title)))
        self.kept.emit(case.id)
        self.accept()

    def _all_done(self, cases: tuple[Case, ...]) -> None:
        n = len(cases)
        self._desk.say(
            say_count("case-file", "1 letter is noted as sent.", "Letters of {n} cases are noted as sent.", n)
        )
        self.kept.emit(self.chosen.case.id if self.chosen is not None else cases[0].id)
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.keep.setEnabled(True)
        self.show_problem(problem_words(problem))
