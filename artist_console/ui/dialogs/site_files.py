"""The files for a site that were written: each by name, and where it goes on the site."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.reservations import SitePlan
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.layout import column
from artist_console.ui.widgets.sections import Disclosure, Note, Rule


class SiteFilesDialog(Sheet):
    """What was written is on this computer; it speaks only once it is on the site."""

    def __init__(self, desk: Desk, plan: SitePlan, folder: Path, parent: QWidget) -> None:
        count = say_count("reservation", "1 file was written", "{n} files were written", len(plan.files))
        super().__init__(desk.theme, "site-files", count, 720, 720, parent)
        self._folder = folder
        self.set_heading(count, say("reservation", "Into {folder}", folder=isolate(str(folder))))
        theme = desk.theme
        todo = say(
            "reservation",
            "Put everything under “site” on the site, under the same names. The folder .well-known begins "
            "with a dot, so some computers hide it. Then check the site from here.",
        )
        self.inside.addWidget(Note(theme, todo, Tint.ASK, Icon.INFO))
        for file in plan.files:
            self.inside.addWidget(Rule(theme))
            told: QVBoxLayout = column(
                label(isolate(file.name), weight="medium", wrap=True, selectable=True),
                label(domain_words(file.what), tone=Token.TEXT_2, wrap=True, selectable=True),
                gap=2,
            )
            if file.cannot:
                inside = QWidget()
                inside.setLayout(
                    column(
                        *(
                            label(domain_words(each), TextRole.SMALL, Token.TEXT_2, wrap=True)
                            for each in file.cannot
                        ),
                        gap=4,
                        margins=(26, 0, 0, 0),
                    )
                )
                lost = Disclosure(theme, say("reservation", "What it cannot express"), inside)
                lost.line.setAccessibleName(say("reservation", "What {file} cannot express", file=file.name))
                told.addWidget(lost)
            self.inside.addLayout(told)
        kept = say(
            "reservation",
            "A copy of every file is kept in this profile as your reservation of {day}.",
            day=desk.figures.day(plan.on),
        )
        self.inside.addWidget(Note(theme, kept, Tint.NEUTRAL, Icon.SAVE))
        self.inside.addStretch(1)
        show = Button(theme, say("reservation", "Show the folder"), icon=Icon.FOLDER)
        show.clicked.connect(self._show_folder)
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(show, None, close, safe=close)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
