"""What a public list does not say of itself: its name, version and publisher, and where it was obtained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.commands.imports import Hints, ListLook
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.text import isolate, say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note


class ListCardDialog(Sheet):
    """Everything may stay empty but the name, which is that of the file at first."""

    told = Signal(object)  # Hints

    def __init__(self, desk: Desk, path: Path, look: ListLook, hints: Hints, parent: QWidget) -> None:
        title = say("import", "About the list {name}", name=isolate(path.name))
        super().__init__(desk.theme, "import-list-card", title, 540, 480, parent)
        self.set_heading(
            title, say("import", "It is kept on the card of the list, so that it can be found again.")
        )
        self._hints = hints
        known = look.known
        if known is not None:
            looks = say(
                "import",
                "It looks like {list}. What is publicly documented of models trained on it is shown with it.",
                list=isolate(known.name),
            )
            self.inside.addWidget(Note(desk.theme, looks, Tint.INFO, Icon.GLOBE))
        stem = path.name.partition(".")[0]
        self.name = QLineEdit(hints.name or (known.name if known is not None else stem))
        self.version = QLineEdit(hints.version)
        self.publisher = QLineEdit(hints.publisher or (known.publisher if known is not None else ""))
        self.obtained = QLineEdit(hints.obtained_from)
        self.name_field = Field(desk.theme, say("import", "Name of the list"), self.name)
        version = Field(desk.theme, say("import", "Version"), self.version)
        first = row(self.name_field, version, gap=16)
        first.setStretch(0, 2)
        first.setStretch(1, 1)
        self.inside.addLayout(first)
        who = Field(desk.theme, say("import", "Published by"), self.publisher)
        self.inside.addWidget(who)
        where = say("import", "Such as its address. Empty: not known.")
        self.inside.addWidget(Field(desk.theme, say("import", "Where you got it"), self.obtained, where))
        self.inside.addStretch(1)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.bring_in = Button(desk.theme, say("import", "Compare it with my works"), ButtonKind.PRIMARY)
        self.bring_in.clicked.connect(self._tell)
        for edit in (self.name, self.version, self.publisher, self.obtained):
            edit.returnPressed.connect(self._tell)
        self.set_buttons(None, cancel, self.bring_in, safe=cancel)
        self.name.setFocus()

    def _tell(self) -> None:
        name = self.name.text().strip()
        self.name_field.show_fault("" if name else say("import", "The name is missing."))
        if not name:
            return
        self.told.emit(
            replace(
                self._hints,
                name=name,
                version=self.version.text().strip(),
                publisher=self.publisher.text().strip(),
                obtained_from=self.obtained.text().strip(),
            )
        )
        self.accept()
