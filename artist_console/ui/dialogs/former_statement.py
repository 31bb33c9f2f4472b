"""A statement file that is here already, or looks like a corrected version of one that is.

In its place, or beside it: neither is chosen before the person chooses.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands.statement_preview import FormerStatement, FormerStatements
from artist_console.domain.ids import StatementId
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.money_words import period_words
from artist_console.ui.places import Place
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton, one_of
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note

_INDENT = 27  # below the words of a choice


class CorrectedDialog(Sheet):
    """Gives `told` the statement in whose place the file comes, or None where both are kept."""

    told = Signal(object)  # StatementId or None

    def __init__(self, desk: Desk, path: Path, former: FormerStatements, parent: QWidget) -> None:
        title = say("statement-file", "{name} looks like a corrected version", name=isolate(path.name))
        super().__init__(desk.theme, "statement-corrected", title, 620, 460, parent)
        self.set_heading(
            title,
            say(
                "statement-file",
                "It is about the same recordings, months and stores as a statement that is here.",
            ),
        )
        self._desk = desk
        self.choices: list[RadioButton] = []
        for each in former.alike:
            self._offer_replacing(each)
        both = RadioButton(desk.theme, say("statement-file", "Keep both: it is a statement of its own"))
        self._add(both, say("statement-file", "Both are counted. What stands in both is counted twice."), "")
        one_of(*self.choices)
        stays = say(
            "statement-file",
            "Whatever you choose, both files stay here as they came, and the change can be seen.",
        )
        self.inside.addSpacing(4)
        self.inside.addWidget(Note(desk.theme, stays, Tint.NEUTRAL, Icon.INFO))
        self.inside.addStretch(1)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.bring_in = Button(desk.theme, say("statement-file", "Bring it in"), ButtonKind.PRIMARY)
        self.bring_in.clicked.connect(self._tell)
        self.bring_in.setEnabled(False)
        self.set_buttons(None, cancel, self.bring_in, safe=cancel)

    def _offer_replacing(self, former: FormerStatement) -> None:
        figures = self._desk.figures
        name = say(
            "statement-file",
            "In place of {issuer}, {period}, {currency}",
            issuer=isolate(former.issuer),
            period=period_words(figures, former.period_from, former.period_until),
            currency=former.currency,
        )
        lines = say_count("statement-file", "1 line", "{n} lines", former.lines)
        day, file = figures.day(former.received_on), isolate(former.file_name)
        came = (
            say("statement-file", "{file}, received {day}, {lines}.", file=file, day=day, lines=lines)
            if file
            else say("statement-file", "Received {day}, {lines}.", day=day, lines=lines)
        )
        alike = say(
            "statement-file",
            "Of the first {n} rows {alike} are about the same. It stays to be read, and counts no more.",
            n=figures.number(former.compared),
            alike=figures.number(former.alike),
        )
        self._add(RadioButton(self._desk.theme, name), f"{came} {alike}", former.id)

    def _add(self, choice: RadioButton, detail: str, statement: str) -> None:
        choice.setProperty("statement", statement)
        choice.setAccessibleDescription(detail)
        choice.toggled.connect(self._look)
        self.choices.append(choice)
        below = label(detail, TextRole.SMALL, Token.TEXT_2, wrap=True)
        line = row(below, margins=(_INDENT, 0, 0, 6))
        line.setStretch(0, 1)
        self.inside.addWidget(choice)
        self.inside.addLayout(line)

    def _look(self) -> None:
        self.bring_in.setEnabled(any(choice.isChecked() for choice in self.choices))

    def _tell(self) -> None:
        chosen = next((choice for choice in self.choices if choice.isChecked()), None)
        if chosen is not None:
            statement = str(chosen.property("statement"))
            self.told.emit(StatementId(statement) if statement else None)
            self.accept()


class SameFileDialog(Sheet):
    """The very same file was brought in before: nothing would change, so nothing is done."""

    def __init__(self, desk: Desk, path: Path, former: FormerStatements, parent: QWidget) -> None:
        title = say("statement-file", "{name} is here already", name=isolate(path.name))
        super().__init__(desk.theme, "statement-same", title, 520, 360, parent)
        self.set_heading(
            title, say("statement-file", "The very same file was brought in before. Nothing has changed.")
        )
        self._desk = desk
        self._statement = former.same[0].id
        for each in former.same:
            words = say(
                "statement-file",
                "{issuer}, {period}, {currency}: received {day}",
                issuer=isolate(each.issuer),
                period=period_words(desk.figures, each.period_from, each.period_until),
                currency=each.currency,
                day=desk.figures.day(each.received_on),
            )
            self.inside.addWidget(Note(desk.theme, words, Tint.INFO, Icon.DOCUMENT))
        self.inside.addStretch(1)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.reject)
        self.show_it = Button(desk.theme, say("statement-file", "Show the statement"), ButtonKind.PRIMARY)
        self.show_it.clicked.connect(self._show)
        self.set_buttons(None, close, self.show_it, safe=close)

    def _show(self) -> None:
        self.accept()
        self._desk.go(Place("earnings", f"statement/{self._statement}"))
