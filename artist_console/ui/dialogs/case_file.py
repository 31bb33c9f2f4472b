"""A file that was dropped in: what was read of it, to which case it belongs, and as what it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from artist_console.commands import case_files
from artist_console.commands import cases as case_commands
from artist_console.commands.case_files import FileRole, MatchedBy, NotACaseFile, Recognised
from artist_console.commands.cases import CaseRow
from artist_console.commands.console import Console
from artist_console.domain.cases import Case, DkimResult, SeenFile, SentBy
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.case_several import SeveralCases
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import dkim_words
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import elided, isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton, Select, one_of
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.inset import below_fold
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Disclosure, KeyValues, Note
from artist_console.ui.widgets.states import StateStack

_TEXT_SHOWN = 6_000  # signs: more than a letter; the file holds all of them


@dataclass(frozen=True, slots=True)
class Looked:
    """What was read of a file, before anything is kept."""

    seen: SeenFile
    found: Recognised
    rows: tuple[CaseRow, ...]


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
        self._show_read(looked.seen)
        self.key_fold.setVisible(
            looked.seen.dkim is not None and looked.seen.dkim.result is not DkimResult.NONE
        )
        if first:
            self._offer_cases(looked)
            self.several.offer(looked.found, looked.rows)
            role = looked.found.role
            self.reply.setChecked(role is FileRole.REPLY)
            self.sent.setChecked(role is FileRole.PROOF_OF_SENDING)
        self.states.show_content()
        self._follow()
        if first:
            (self.which if self.which.currentData() is None else self.reply).setFocus()

    def _show_read(self, seen: SeenFile) -> None:
        clear_layout(self._read)
        theme, figures = self._desk.theme, self._desk.figures
        facts = KeyValues(theme)
        for name, value in (
            (say("case-file", "From"), seen.sender),
            (say("case-file", "Subject"), seen.subject),
            (say("case-file", "Day"), figures.day(seen.sent_on) if seen.sent_on is not None else ""),
        ):
            if value:
                facts.add(name, value)
        self._read.addWidget(facts)
        if seen.sender:
            as_said = say("case-file", "Sender and day are what the mail says of itself.")
            self._read.addWidget(label(as_said, TextRole.SMALL, Token.TEXT_3, wrap=True))
        if seen.dkim is not None:
            tint = Tint.DENY if seen.dkim.result is DkimResult.DOES_NOT_FIT else Tint.NEUTRAL
            self._read.addWidget(Note(theme, dkim_words(seen.dkim), tint, Icon.SHIELD))
        for words in seen.left_out:
            self._read.addWidget(Note(theme, words, Tint.ASK, Icon.INFO))
        if seen.text:
            paper = Card(theme, padding=14)
            paper.add(label(seen.text[:_TEXT_SHOWN].strip(), wrap=True, selectable=True))
            fold = Disclosure(theme, say("case-file", "What was read of it"), paper)
            fold.set_open(True)
            self._read.addWidget(fold)
        digest = elided(seen.file.sha256, TextRole.SMALL, Token.TEXT_3, middle=True)
        line = row(label("SHA-256", TextRole.SMALL, Token.TEXT_3), digest, gap=8)
        line.setStretch(1, 1)
        self._read.addLayout(line)

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
            self.which.addItem(_case_words(each), each.case.id)
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
        self.why.show_words(_why_words(match.by) if match is not None else "")
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
        self.why.show_words(_why_words(MatchedBy.ANSWERS))
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


def look_at(console: Console, path: Path, key: str | None, as_other: bool) -> Looked:
    """Read a file and find where it belongs; keep nothing. Raises FileProblem, NotACaseFile, NoKeyRead."""
    read = case_files.read_case_file(path, key, as_other=as_other)
    found = Recognised(FileRole.NOT_KNOWN) if as_other else case_files.recognise_file(console, path)
    return Looked(read.seen, found, _open_first(case_commands.list_cases(console)))


def _open_first(rows: Sequence[CaseRow]) -> tuple[CaseRow, ...]:
    return tuple(sorted(rows, key=lambda each: each.case.title.casefold()))


def _case_words(each: CaseRow) -> str:
    return say(
        "case-file",
        "{title}, to {name}",
        title=isolate(each.case.title),
        name=isolate(each.case.addressee_name),
    )


def _why_words(by: MatchedBy) -> str:
    return {
        MatchedBy.MESSAGE_ID: say("case-file", "It names your letter."),
        MatchedBy.ANSWERS: say("case-file", "It names the mail that it answers: one of this case."),
        MatchedBy.TEXT: say("case-file", "Your letter stands in it, word for word, with its address."),
        MatchedBy.ATTACHED: say("case-file", "A file that went along with your letter is in it."),
        MatchedBy.WORDS_ALONE: say("case-file", "The words of your letter are in it. That is a guess."),
        MatchedBy.SAME_FILE: say("case-file", "The same file is in this case already."),
        MatchedBy.PEOPLE: say("case-file", "Sender or subject fit. That is a guess."),
    }[by]
