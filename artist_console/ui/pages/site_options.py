"""What can be said of a site beside its address: its works, a mail address, its robots.txt as it is now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from artist_console.commands.site_robots import read_robots_file
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.site_works import SiteWorksDialog
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import elided, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Note


class SiteOptions(QWidget):
    """`works` empty: all released ones; `robots` empty: the site has none."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._artist: ArtistId | None = None
        self.works: tuple[WorkId, ...] = ()
        self.robots = b""
        theme = desk.theme
        self.which = Button(theme, "", icon=Icon.WORKS)
        self.which.clicked.connect(self._choose_works)
        which = say("reservation", "Named works stand on the site by their titles.")
        self.mail = QLineEdit()
        self.mail.setPlaceholderText("rights@music.example")
        self.mail.textEdited.connect(self.changed)
        mail = say("reservation", "Where to ask. It will stand on the site, for everybody to read.")
        self.choose_robots = Button(theme, say("reservation", "Choose the file…"), icon=Icon.FOLDER)
        self.choose_robots.clicked.connect(self._choose_robots)
        self.robots_name = elided("", middle=True)
        self.no_robots = Button(theme, say("reservation", "Take out"), ButtonKind.QUIET, Icon.CLOSE)
        self.no_robots.clicked.connect(self._forget_robots)
        self.problem = Note(theme, "", Tint.DENY, Icon.TRIANGLE)
        robots = say(
            "reservation",
            "With it, the file that is made holds your rules, too, and says where one of them counts before.",
        )
        line = row(self.choose_robots, self.robots_name, self.no_robots, None)
        self.setLayout(
            column(
                label(say("reservation", "Which works are on it"), weight="medium"),
                row(self.which, None),
                label(which, TextRole.SMALL, Token.TEXT_3, wrap=True),
                Field(theme, say("reservation", "Mail address for questions"), self.mail, mail),
                label(say("reservation", "The robots.txt that the site has now"), weight="medium"),
                line,
                label(robots, TextRole.SMALL, Token.TEXT_3, wrap=True),
                self.problem,
                gap=6,
                margins=(26, 0, 0, 6),
            )
        )
        self.problem.show_words("")
        self._show_robots("")
        self._show_works()

    def show_artist(self, artist: ArtistId | None) -> None:
        self._artist = artist
        self.works = ()
        self._show_works()

    # Works

    def _choose_works(self) -> None:
        if self._artist is None:
            return
        dialog = SiteWorksDialog(self._desk, self._artist, self.works, self.window())
        dialog.chosen.connect(self.take_works)
        dialog.open()

    def take_works(self, works: tuple[WorkId, ...]) -> None:
        self.works = works
        self._show_works()
        self.changed.emit()

    def _show_works(self) -> None:
        self.which.set_words(
            say_count("reservation", "1 named work…", "{n} named works…", len(self.works))
            if self.works
            else say("reservation", "All released works…")
        )

    # robots.txt

    def _choose_robots(self) -> None:
        dialog = QFileDialog(self, say("reservation", "The robots.txt of the site"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_robots)
        dialog.open()

    def take_robots(self, name: str) -> None:
        path = Path(name)
        self.problem.show_words("")
        self._desk.ask(
            self, "robots", lambda _console: (path.name, read_robots_file(path)), self._take, self._failed
        )

    def _take(self, read: tuple[str, bytes]) -> None:
        self.robots = read[1]
        self._show_robots(read[0])
        self.changed.emit()

    def _failed(self, problem: Problem) -> None:
        self.problem.show_words(problem_words(problem))

    def _forget_robots(self) -> None:
        self.robots = b""
        self._show_robots("")
        self.choose_robots.setFocus()
        self.changed.emit()

    def _show_robots(self, name: str) -> None:
        self.robots_name.setText(name)
        self.robots_name.setVisible(bool(name))
        self.no_robots.setVisible(bool(name))
