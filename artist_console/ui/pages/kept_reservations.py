"""Earlier checks of one's own site with what changed, and the reservations that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from artist_console.commands.kept_copies import save_copies
from artist_console.commands.reservations import CheckRow, Reservation
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.domain.site_checks import whole_verdict
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.note_reservation import NoteReservationDialog
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.reservation_looks import changed_words, manner_words, use_words, verdict_chip
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Note, Rule

_AT_FIRST = 4
_USES = 3


class _KeptCard(Card):
    """Rows of what is kept; each can be written out into a folder."""

    def __init__(self, desk: Desk, title: str, nothing: str, action: QWidget | None = None) -> None:
        super().__init__(desk.theme, title, action)
        self._desk, self._nothing = desk, nothing
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.problem = Note(desk.theme, "", Tint.DENY, Icon.TRIANGLE)
        self.add(self.problem)
        self.problem.show_words("")

    def fill(self, lines: Sequence[QVBoxLayout], most: int) -> None:
        clear_layout(self._rows)
        for number, line in enumerate(lines[:most]):
            if number:
                self._rows.addWidget(Rule(self._desk.theme))
            self._rows.addLayout(line)
        if not lines:
            self._rows.addWidget(label(self._nothing, tone=Token.TEXT_2, wrap=True))

    def see_all(self, count: int) -> LinkButton:
        return LinkButton(self._desk.theme, say("reservation", "See all {n}", n=count))

    def copies_link(self, id: str, about: str) -> LinkButton:
        link = LinkButton(self._desk.theme, say("reservation", "Save the copies…"))
        link.setAccessibleName(say("reservation", "Save the copies: {what}", what=about))
        link.clicked.connect(partial(self._choose_folder, id))
        return link

    def _choose_folder(self, id: str) -> None:
        dialog = QFileDialog(self, say("reservation", "An empty folder for the copies"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(partial(self.save_copies, id))
        dialog.open()

    def save_copies(self, id: str, folder: str) -> None:
        self.problem.show_words("")
        self._desk.ask(
            self,
            "copies",
            lambda console: save_copies(console, id, Path(folder)),
            self._saved,
            self._not_saved,
        )

    def _saved(self, written: tuple[Path, ...]) -> None:
        self._desk.say(
            say_count(
                "reservation", "1 copy was saved. It is not encrypted.",
                "{n} copies were saved. They are not encrypted.", len(written),
            )
        )  # fmt: skip

    def _not_saved(self, problem: Problem) -> None:
        self.problem.show_words(problem_words(problem))


class EarlierChecks(_KeptCard):
    """Checks that were kept as proof, the latest first."""

    def __init__(self, desk: Desk) -> None:
        nothing = say(
            "reservation", "No check is kept yet. A kept one shows later what your site said on a day."
        )
        super().__init__(desk, say("reservation", "Earlier checks"), nothing)
        self._found: tuple[CheckRow, ...] = ()

    def show_checks(self, found: tuple[CheckRow, ...]) -> None:
        self._found = found
        self._show(_AT_FIRST)

    def _show(self, most: int) -> None:
        self.fill([self._line(each) for each in self._found], most)
        if len(self._found) > most:
            more = self.see_all(len(self._found))
            more.clicked.connect(partial(self._show, len(self._found)))
            self._rows.addLayout(row(more, None))

    def _line(self, found: CheckRow) -> QVBoxLayout:
        check = found.check
        site, when = isolate(check.origin + check.path), self._desk.figures.day_and_time(check.at)
        title = say("reservation", "{site}, {when}", site=site, when=when)
        head = row(
            label(title, weight="medium", wrap=True),
            Chip(self._desk.theme, verdict_chip(whole_verdict(check.places))),
            gap=12,
        )
        head.setStretch(0, 1)
        return column(
            head,
            label(changed_words(found), tone=Token.TEXT_2, wrap=True),
            row(self.copies_link(check.id, title), None),
            gap=2,
        )


class KeptReservations(_KeptCard):
    """What was put on a site, sent or registered, with its copy. Not the same as a refusal."""

    def __init__(self, desk: Desk) -> None:
        self.note = Button(desk.theme, say("reservation", "Note one made elsewhere…"), icon=Icon.PLUS)
        nothing = say(
            "reservation",
            "Nothing is reserved yet. A reservation is a notice to whoever mines data; it is not the same as "
            "your refusal to a programme.",
        )
        super().__init__(desk, say("reservation", "Reservations kept"), nothing, self.note)
        self.note.clicked.connect(self.open_note)
        self._artist: ArtistId | None = None
        self._found: tuple[Reservation, ...] = ()

    def show_reservations(self, artist: ArtistId | None, found: tuple[Reservation, ...]) -> None:
        self._artist, self._found = artist, found
        self.note.setEnabled(artist is not None)
        self._show(_AT_FIRST)

    def open_note(self) -> None:
        if self._artist is not None:
            NoteReservationDialog(self._desk, self._artist, self.window()).open()

    def _show(self, most: int) -> None:
        self.fill([self._line(each) for each in self._found], most)
        if len(self._found) > most:
            more = self.see_all(len(self._found))
            more.clicked.connect(partial(self._show, len(self._found)))
            self._rows.addLayout(row(more, None))

    def _line(self, kept: Reservation) -> QVBoxLayout:
        figures = self._desk.figures
        title = say(
            "reservation",
            "{manner}, {day}: {place}",
            manner=manner_words(kept.manner),
            day=figures.day(kept.on),
            place=isolate(kept.place),
        )
        told = column(label(title, weight="medium", wrap=True, selectable=True), gap=2)
        told.addWidget(label(self._what(kept), tone=Token.TEXT_2, wrap=True))
        if kept.note:
            told.addWidget(label(kept.note, tone=Token.TEXT_2, wrap=True, selectable=True))
        if kept.copies:
            proof = say("reservation", "SHA-256 of the copies: {hash}", hash=isolate(kept.sha256))
            told.addWidget(label(proof, TextRole.SMALL, Token.TEXT_3, wrap=True, selectable=True))
            told.addLayout(row(self.copies_link(kept.id, title), None))
        told.setAlignment(Qt.AlignmentFlag.AlignTop)
        return told

    def _what(self, kept: Reservation) -> str:
        named = [use_words(use) for use in kept.uses[:_USES]]
        if len(kept.uses) > _USES:
            named.append(say("reservation", "{n} more", n=len(kept.uses) - _USES))
        by = say("reservation", "By {name}", name=isolate(kept.by))
        return " · ".join(part for part in (by, domain_words(", ".join(named)) if named else "") if part)
