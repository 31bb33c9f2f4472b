"""Noting a reservation that was made otherwise than by files on a site: a letter, a registry, a society."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands import reservations as commands
from artist_console.commands.reservations import NotedReservation
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.domain.reservations import Manner
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.case_sent import ProofFile
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.reservation_looks import manner_words
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, ButtonKind, Select
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import beside
from artist_console.ui.widgets.sections import Note


class NoteReservationDialog(Sheet):
    """It stays in this profile; its standing is what is recorded here today."""

    def __init__(self, desk: Desk, artist: ArtistId, parent: QWidget) -> None:
        title = say("reservation", "Note a reservation")
        super().__init__(desk.theme, "note-reservation", title, 580, 680, parent)
        self._desk, self._artist = desk, artist
        self.set_heading(title, say("reservation", "For {name}.", name=desk.name_of(artist)))
        theme = desk.theme
        self.manner = Select(theme, say("reservation", "How it was made"))
        for manner in Manner:
            if manner is not Manner.SITE_FILE:
                self.manner.addItem(manner_words(manner), manner)
        self.day = DayEdit(theme, desk.figures, desk.settings.language)
        self.day.show_day(desk.clock().astimezone().date())
        self.day_field = Field(theme, say("reservation", "On"), self.day)
        self.inside.addLayout(
            beside(Field(theme, say("reservation", "How it was made"), self.manner), self.day_field)
        )
        self.place = QLineEdit()
        self.place_field = Field(theme, say("reservation", "To whom, or where"), self.place)
        self.inside.addWidget(self.place_field)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.px(72))
        self.inside.addWidget(Field(theme, say("reservation", "Note"), self.words))
        self.copy = ProofFile(
            theme,
            say("reservation", "Drop a copy of it here"),
            say("reservation", "It shows what was said on that day"),
            say("reservation", "Let go to keep this copy"),
        )
        self.inside.addWidget(self.copy)
        stays = say("reservation", "It stays in this profile. Nobody is told, and nothing is sent.")
        self.inside.addWidget(Note(theme, stays, Tint.NEUTRAL, Icon.LOCK))
        self.inside.addStretch(1)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("reservation", "Note the reservation"), ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        self.set_buttons(None, cancel, self.save, safe=cancel)
        self.manner.setFocus()

    def _save(self) -> None:
        self.show_problem("")
        for field in (self.day_field, self.place_field):
            field.show_fault("")
        day, manner = self.day.day, self.manner.currentData()
        if day is None:
            self.day_field.show_fault(say("reservation", "Write the day on which it was made."))
            self.day.setFocus()
            return
        if not self.place.text().strip():
            self.place_field.show_fault(say("reservation", "Say to whom it was sent, or which registry."))
            self.place.setFocus()
            return
        artist = self._artist
        noted = NotedReservation(
            manner, day, self.place.text(), note=self.words.toPlainText(), copy=self.copy.path
        )
        self.save.setEnabled(False)
        self._desk.act(
            self,
            lambda console: commands.note_reservation(console, artist, noted),
            self._done,
            self._failed,
        )

    def _done(self, _kept: object) -> None:
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.save.setEnabled(True)
        self.show_problem(problem_words(problem))
