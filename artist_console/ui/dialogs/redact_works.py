"""Which recordings and songs are taken out of a copy of a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands.report_redacting import ChoosableWork
from artist_console.domain.ids import WorkId
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.tables.pick_model import PickRow
from artist_console.ui.text import say
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.picker import Picker


class RedactWorksDialog(Sheet):
    """Gives `chosen` the works that were taken."""

    chosen = Signal(object)  # tuple[WorkId, ...]

    def __init__(
        self, desk: Desk, works: Sequence[ChoosableWork], chosen: Iterable[WorkId], parent: QWidget
    ) -> None:
        title = say("redact", "Recordings and songs to take out")
        super().__init__(desk.theme, "redact-works", title, 720, 600, parent, scrolls=False)
        self.set_heading(title, say("redact", "With every row that names them, in any table of the report."))
        self.picker = Picker(
            desk.theme,
            say("redact", "Recordings and songs"),
            say("redact", "Title or code"),
            say("redact", "Title"),
            say("redact", "Artist"),
        )
        self.inside.addWidget(self.picker, 1)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.take = Button(desk.theme, say("redact", "Take these out"), ButtonKind.PRIMARY)
        self.take.clicked.connect(self._take)
        self.set_buttons(None, cancel, self.take, safe=cancel)
        rows = [PickRow(each.id, each.title, each.identifier, ", ".join(each.artist_names)) for each in works]
        self.picker.show_rows(rows, say("redact", "This report holds no recordings or songs."))
        self.picker.choose(chosen)
        self.picker.setFocus()

    def _take(self) -> None:
        chosen = tuple(WorkId(str(each)) for each in self.picker.chosen)
        self.accept()
        self.chosen.emit(chosen)
