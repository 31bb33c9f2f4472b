"""A programme that was announced and that nobody reports here: set up, changed or taken back by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands import programme_setup as commands
from artist_console.commands.console import Console, Result
from artist_console.commands.directory import Announcement, organisations
from artist_console.commands.programme_setup import ProgrammeWish
from artist_console.commands.programmes import ProgrammeRow, list_programmes
from artist_console.domain import words
from artist_console.domain.problems import Problem
from artist_console.domain.uses import Family, Use, uses_of
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox, Select
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Note

_TERMS_LINES = 5


class ProgrammeSetupDialog(Sheet):
    """Gives `set_up` what is kept now; it stays open while something makes no sense."""

    set_up = Signal(object)  # ProgrammeRow
    removed = Signal()

    def __init__(self, desk: Desk, parent: QWidget, id: str = "") -> None:
        """`id` names one that was set up before; without it a new one is begun."""
        title = say("programme", "Set up a programme")
        super().__init__(desk.theme, "programme-setup", title, 620, 720, parent)
        self.set_heading(
            title,
            say(
                "programme",
                "For a programme that was announced while nobody reports it here. You can answer it by name;"
                " nothing is known of agreements with it, nor of what it uses.",
            ),
        )
        self._desk = desk
        self._wanted = id
        self._former: ProgrammeRow | None = None
        self._known: dict[str, ProgrammeRow] = {}  # those that were set up here
        self._build_names()
        self._build_uses()
        self._build_source()
        self._build_terms()
        self.inside.addStretch(1)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.keep = Button(desk.theme, "", ButtonKind.PRIMARY)
        self.keep.clicked.connect(self._keep)
        self.remove = Button(desk.theme, say("programme", "Remove programme"))
        self.remove.clicked.connect(self._remove)
        self.set_buttons(self.remove, None, cancel, self.keep, safe=cancel)
        self._begin(None)
        desk.ask(self, "programmes", list_programmes, self._offer)

    # Building

    def _build_names(self) -> None:
        theme = self._desk.theme
        self.which = Select(theme, say("programme", "Which"))
        self.which.activated.connect(self._choose)
        self.which_field = Field(theme, say("programme", "Which"), self.which)
        self.which_field.hide()
        self.inside.addWidget(self.which_field)
        self.operator = QLineEdit()
        known = QCompleter(_names(), self.operator)
        known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        known.setFilterMode(Qt.MatchFlag.MatchContains)
        self.operator.setCompleter(known)
        self.operator.textChanged.connect(self._follow_operator)
        self.operator_field = Field(theme, say("programme", "Operator"), self.operator)
        self.announcement = Select(theme, say("programme", "Public announcement"))
        self.announcement.activated.connect(self._take_announcement)
        self.announced = Field(
            theme,
            say("programme", "Public announcement"),
            self.announcement,
            say("programme", "Fills in where and when it was announced. Announced is not agreed."),
        )
        self.name = QLineEdit()
        self.name_field = Field(theme, say("programme", "Programme"), self.name)
        self.inside.addWidget(self.operator_field)
        self.inside.addWidget(self.announced)
        self.inside.addWidget(self.name_field)

    def _build_uses(self) -> None:
        self.inside.addWidget(label(say("programme", "What it is about"), weight="medium"))
        self.uses_fault = Note(self._desk.theme, "", Tint.DENY, Icon.TRIANGLE)
        self.uses_fault.hide()
        self.inside.addWidget(self.uses_fault)
        self.uses: dict[Use, CheckBox] = {}
        for family in Family:
            boxes = [CheckBox(self._desk.theme, domain_words(words.USE[use][0])) for use in uses_of(family)]
            self.uses |= dict(zip(uses_of(family), boxes, strict=True))
            heading = label(domain_words(words.FAMILY[family][0]), tone=Token.TEXT_2)
            self.inside.addLayout(column(heading, *boxes, gap=4))

    def _build_source(self) -> None:
        desk = self._desk
        self.source = QLineEdit()
        self.source.setPlaceholderText("https://")
        self.day = DayEdit(desk.theme, desk.figures, desk.settings.language)
        self.day_field = Field(desk.theme, say("programme", "Announced on"), self.day)
        self.summary = QLineEdit()
        self.inside.addWidget(Field(desk.theme, say("programme", "Where it was announced"), self.source))
        self.inside.addLayout(row(self.day_field, None))
        self.inside.addWidget(Field(desk.theme, say("programme", "In plain words"), self.summary))

    def _build_terms(self) -> None:
        self.terms = QPlainTextEdit()
        self.terms.setTabChangesFocus(True)
        self.terms.setFixedHeight(self.terms.fontMetrics().lineSpacing() * _TERMS_LINES + 16)
        hint = say(
            "programme",
            "The whole text, if you have it. A yes binds to exactly these words; without terms a yes cannot"
            " be given.",
        )
        self.inside.addWidget(Field(self._desk.theme, say("programme", "Terms"), self.terms, hint))

    # New, or one that was set up before

    def _offer(self, rows: tuple[ProgrammeRow, ...]) -> None:
        self._known = {row.programme.id: row for row in rows if row.programme.set_up_here}
        if not self._known:
            return
        self.which.addItem(say("programme", "A new one"), "")
        for id, known in self._known.items():
            name, operator = known.programme.name, known.operator_name
            self.which.addItem(say("programme", "{name} of {operator}", name=name, operator=operator), id)
        self.which_field.show()
        if self._wanted in self._known:
            self.which.setCurrentIndex(self.which.findData(self._wanted))
            self._begin(self._known[self._wanted])

    def _choose(self, _place: int) -> None:
        self._begin(self._known.get(self.which.currentData()))

    def _begin(self, former: ProgrammeRow | None) -> None:
        """Fill the fields with what is kept of one, or empty them for a new one."""
        self._former = former
        programme = former.programme if former is not None else None
        self.operator.setText(former.operator_name if former is not None else "")
        self.name.setText(programme.name if programme is not None else "")
        for use, box in self.uses.items():
            box.setChecked(programme is not None and use in programme.uses)
        self.source.setText(programme.source if programme is not None else "")
        self.day.show_day(programme.announced_on if programme is not None else None)
        self.summary.setText(programme.summary if programme is not None else "")
        self.terms.setPlainText(former.terms.text if former is not None and former.terms is not None else "")
        self.keep.set_words(say("programme", "Set up") if former is None else say("programme", "Keep change"))
        self.remove.setVisible(former is not None)
        self._follow_operator()

    # Following what is typed

    def _follow_operator(self) -> None:
        """Offer what the organisation of that name announced."""
        self.announcement.clear()
        self.announcement.addItem(say("programme", "None of these"), None)
        for each in _announced_with(self.operator.text()):
            self.announcement.addItem(
                say("programme", "{date}: {title}", date=self._desk.figures.day(each.on), title=each.title),
                each,
            )
        self.announced.setVisible(self.announcement.count() > 1)

    def _take_announcement(self, _place: int) -> None:
        found = self.announcement.currentData()
        if isinstance(found, Announcement):
            self.source.setText(found.source)
            self.day.show_day(found.on)
            self.summary.setText(found.says)

    # Keeping

    def _wished(self) -> ProgrammeWish | None:
        """What is typed; None where something is missing, which is said beside it."""
        operator, name = self.operator.text().strip(), self.name.text().strip()
        uses = tuple(use for use, box in self.uses.items() if box.isChecked())
        self.operator_field.show_fault("" if operator else say("programme", "Say who runs it."))
        self.name_field.show_fault("" if name else say("programme", "Say what it is called."))
        self.uses_fault.show_words("" if uses else say("programme", "Tick at least one use."))
        day = self.day.day
        wrong_day = day is None and not self.day.is_empty
        self.day_field.show_fault(
            say("programme", "Write a day, such as 16 October 2025, or leave it empty.") if wrong_day else ""
        )
        if not (operator and name and uses) or wrong_day:
            return None
        return ProgrammeWish(
            operator,
            name,
            uses,
            self._former.programme.id if self._former is not None else "",
            self.summary.text().strip(),
            self.source.text().strip(),
            day,
            self.terms.toPlainText().strip(),
        )

    def _keep(self) -> None:
        wished = self._wished()
        if wished is None:
            return

        def do(console: Console) -> Result[ProgrammeRow]:
            return commands.set_up_programme(console, wished)

        self._busy(True)
        self._desk.act(self, do, self._kept, self._failed, network=True)

    def _kept(self, made: ProgrammeRow) -> None:
        self._desk.say(say("programme", "{name} is set up.", name=made.programme.name))
        self.set_up.emit(made)
        self.accept()

    def _remove(self) -> None:
        former = self._former
        if former is None:
            return
        id = former.programme.id

        def do(console: Console) -> Result[None]:
            return commands.remove_programme(console, id)

        self._busy(True)
        self._desk.act(self, do, self._gone, self._failed, network=True)

    def _gone(self, _nothing: None) -> None:
        self._desk.say(say("programme", "The programme is removed."))
        self.removed.emit()
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self._busy(False)
        self.show_problem(problem_words(problem))

    def _busy(self, busy: bool) -> None:
        for button in (self.keep, self.remove):
            button.setEnabled(not busy)


def _names() -> list[str]:
    """Everybody whom the directory names."""
    named = {each.name for each in organisations()}
    named |= {other for each in organisations() for made in each.announcements for other in made.with_}
    return sorted(named, key=str.casefold)


def _announced_with(name: str) -> list[Announcement]:
    """What was announced by or with an organisation, newest first."""
    typed = name.strip().casefold()
    found = {
        made: None
        for each in organisations()
        for made in each.announcements
        if typed in {other.casefold() for other in (each.name, *each.also_called, *made.with_)}
    }
    return sorted(found, key=lambda made: made.on, reverse=True)
