"""Before there is a window: what keeps this profile from opening, and the ways out of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.commands.cannot_open import CannotOpen, NewKeys, Opener, Way
from artist_console.commands.profiles import Profile
from artist_console.domain.problems import Problem
from artist_console.ui.background import Background
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_advice, problem_title, problem_words
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import clear_layout, column
from artist_console.ui.widgets.sections import Note

_WIDTH, _HEIGHT = 640, 520
_INDENT = 26  # words below a choice stand under its words


class CannotOpenDialog(Sheet):
    """One page at a time. What it does runs beside the interface; `profile` is there once it has opened."""

    def __init__(self, theme: Theme, background: Background, opener: Opener, wrong: CannotOpen) -> None:
        super().__init__(theme, "cannot-open", "", _WIDTH, _HEIGHT, None)
        self._opener = opener
        self._background = background
        self._wrong = wrong
        self._code = ""
        self._choosing = False  # the page of the places is shown
        # Called in the interface thread, where the fields are read; what it gives runs beside it.
        self._submit: Callable[[], Callable[[], Profile]] | None = None
        self._field: Field | None = None  # beside which a fault is said
        self.profile: Profile | None = None
        self.quit = Button(theme, say("cannot open", "Quit"))
        self.quit.clicked.connect(self.reject)
        self.back = Button(theme, say("cannot open", "Back"))
        self.back.clicked.connect(lambda: self.show_trouble(self._wrong))
        self.anew = Button(theme, say("cannot open", "Set aside and start anew…"), ButtonKind.QUIET)
        self.anew.clicked.connect(self.show_anew)
        self.code = Button(theme, say("cannot open", "Enter recovery code…"))
        self.code.clicked.connect(self.show_code)
        self.go = Button(theme, say("cannot open", "Try again"), ButtonKind.PRIMARY)
        self.go.clicked.connect(self._begin)
        self.set_buttons(self.anew, None, self.quit, self.back, self.code, self.go, safe=self.quit)
        self.show_trouble(wrong)
        if wrong.may_be_waited_for:
            self._begin()
            said = say("cannot open", "It is asked again. Type its password where your computer asks for it.")
            self.inside.insertWidget(0, Note(theme, said, Tint.INFO, Icon.INFO))

    # Pages

    def show_trouble(self, wrong: CannotOpen) -> None:
        """What is wrong, and the nearest way out of it."""
        self._wrong, self._code = wrong, ""
        heading, lead = problem_title(wrong.problem), problem_advice(wrong.problem)
        if Way.PLACE in wrong.ways:
            self.show_place()
            return
        self._turn_to(heading, lead)
        self.anew.setVisible(Way.ANEW in wrong.ways)
        self.code.setVisible(Way.CODE in wrong.ways)
        if Way.PASSPHRASE in wrong.ways:
            words = self._secret(say("cannot open", "Passphrase"))
            self._ready(say("cannot open", "Open"), lambda: self._with_passphrase(words.text()))
        else:
            self._ready(say("cannot open", "Try again"), lambda: self._opener.open)
        self.inside.addWidget(self._kept_note())
        self.inside.addStretch(1)

    def show_code(self) -> None:
        self._turn_to(
            say("cannot open", "Enter your recovery code"),
            say("cannot open", "Eight groups of five signs, as they were printed. Small letters will do."),
        )
        self.back.show()
        edit = QLineEdit()
        self._add_field(Field(self._theme, say("cannot open", "Recovery code"), edit))
        said = say("cannot open", "Your decisions open with it as before. The former keys are set aside.")
        self.inside.addWidget(Note(self._theme, said, Tint.NEUTRAL, Icon.INFO))
        self.inside.addStretch(1)

        def recover() -> Callable[[], Profile]:
            code = self._code = edit.text()
            return lambda: self._opener.with_code(code)

        self._ready(say("cannot open", "Recover"), recover)

    def show_place(self) -> None:
        """Where keys go on a computer without a keyring that works: of a new profile, or recovered ones."""
        heading = say("cannot open", "Where are your keys to be kept?")
        problem = problem_title(self._wrong.problem) if not self._code else ""
        lead = (
            say("cannot open", "{problem}.", problem=problem)
            if problem
            else say("cannot open", "No keyring works on this computer now.")
        )
        self._turn_to(heading, lead)
        self.back.setVisible(bool(self._code))
        theme = self._theme
        behind = RadioButton(theme, say("cannot open", "Behind a passphrase"))
        plain = RadioButton(theme, say("cannot open", "In a file of the profile"))
        ring = RadioButton(theme, say("cannot open", "In the keyring of this computer"))
        for choice in (behind, plain, ring):
            choice.belongs_to((behind, plain, ring))
        words, again = QLineEdit(), QLineEdit()
        for edit in (words, again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        first = Field(
            theme,
            say("cannot open", "Passphrase"),
            words,
            say("cannot open", "At least 10 characters. Four or more words are good. Nobody can reset it."),
        )
        second = Field(theme, say("cannot open", "The same once more"), again)
        typed = QWidget()
        typed.setLayout(column(first, second, gap=8, margins=(_INDENT, 0, 0, 0)))
        every = self._under(say("cannot open", "You type it at every start."))
        warning = say("cannot open", "You type nothing. Whoever can read your files can read your decisions.")
        self.inside.addLayout(column(behind, every, gap=2))
        self.inside.addWidget(typed)
        self.inside.addLayout(column(plain, self._under(warning), gap=2))
        first_unlock = say("cannot open", "Unlock it or start it first. You are asked again if it fails.")
        self.inside.addLayout(column(ring, self._under(first_unlock), gap=2))
        self.inside.addStretch(1)
        behind.toggled.connect(typed.setVisible)
        behind.setChecked(True)
        self._field = first
        self._choosing = True
        code = self._code

        def choose() -> Callable[[], Profile]:
            places = {behind: NewKeys.PASSPHRASE, plain: NewKeys.FILE, ring: NewKeys.KEYRING}
            (place,) = (place for choice, place in places.items() if choice.isChecked())
            typed = (words.text(), again.text())
            if code:
                return lambda: self._opener.with_code(code, place, *typed)
            return lambda: self._opener.with_place(place, *typed)

        self._ready(say("cannot open", "Continue"), choose)
        words.setFocus()

    def show_anew(self) -> None:
        self._turn_to(
            say("cannot open", "Set these files aside and start anew?"),
            say(
                "cannot open", "They get another name and stay in {folder}.", folder=self._opener.folder.root
            ),
        )
        self.back.show()
        for path in self._wrong.aside:
            self.inside.addWidget(label(path.name, TextRole.BODY, weight="medium", wrap=True))
        said = say(
            "cannot open",
            "What a service recorded comes back with the next sync. What was never sent is in these files.",
        )
        self.inside.addWidget(Note(self._theme, said, Tint.DENY, Icon.TRIANGLE))
        self.inside.addStretch(1)
        wrong = self._wrong
        words = say("cannot open", "Set aside and start anew")
        self._ready(words, lambda: lambda: self._opener.anew(wrong), ButtonKind.DANGER)
        self.back.setFocus()

    # Parts

    def _turn_to(self, heading: str, lead: str) -> None:
        clear_layout(self.inside)
        self._field = None
        self._choosing = False
        self.show_problem("")
        self.set_heading(heading, lead)
        for button in (self.back, self.anew, self.code):
            button.hide()
        self.quit.setFocus()

    def _ready(
        self,
        words: str,
        submit: Callable[[], Callable[[], Profile]],
        kind: ButtonKind = ButtonKind.PRIMARY,
    ) -> None:
        self.go.set_words(words)
        self.go.set_kind(kind)
        self._submit = submit

    def _with_passphrase(self, words: str) -> Callable[[], Profile]:
        return lambda: self._opener.with_passphrase(words)

    def _secret(self, words: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._add_field(Field(self._theme, words, edit))
        return edit

    def _add_field(self, field: Field) -> None:
        self._field = field
        self.inside.addWidget(field)
        if isinstance(field.editor, QLineEdit):
            field.editor.returnPressed.connect(self._begin)
        field.editor.setFocus()
        # Once more when the page is on the screen: a window that comes up gives the keyboard to a button.
        QTimer.singleShot(0, field.editor, field.editor.setFocus)

    def _under(self, words: str) -> QWidget:
        under = QWidget()
        said = label(words, TextRole.SMALL, Token.TEXT_2, wrap=True)
        under.setLayout(column(said, margins=(_INDENT, 0, 0, 8)))
        return under

    def _kept_note(self) -> Note:
        said = say(
            "cannot open", "Nothing was changed. Your files are in {folder}.", folder=self._opener.folder.root
        )
        return Note(self._theme, said, Tint.NEUTRAL, Icon.INFO)

    # Doing

    def _begin(self) -> None:
        if self._submit is None or not self.go.isEnabled():
            return
        self._wait(True)
        self.show_problem("")
        if self._field is not None:
            self._field.show_fault("")
        self._background.store.run(self._submit(), self._opened, self._failed)

    def _wait(self, waits: bool) -> None:
        """While a keyring is asked or a passphrase is worked on: nothing twice. Leaving stays possible."""
        for widget in (self.go, self.back, self.anew, self.code):
            widget.setEnabled(not waits)

    def _opened(self, profile: Profile) -> None:
        self._wait(False)
        self.profile = profile
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self._wait(False)
        wrong = self._opener.what_is_wrong(problem)
        if wrong is not None and Way.PLACE in wrong.ways:
            again = self._choosing
            self._wrong = wrong if not self._code else self._wrong
            self.show_place()
            if again:
                self.show_problem(problem_title(problem))
        elif wrong is not None and Way.PASSPHRASE not in wrong.ways and not self._code:
            self.show_trouble(wrong)
            self.show_problem(say("cannot open", "It is still so."))
        elif self._field is not None:
            self._field.show_fault(problem_words(problem))
            self._field.editor.setFocus()
        else:
            self.show_problem(problem_words(problem))
