"""Before a statement is brought in: what it was recognised as, how it will be read, its first rows.

What the file leaves open is asked one by one; everything else can be said otherwise. Nothing is taken over
before the person presses the button.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import statement_looks, statement_whole
from artist_console.commands.file_kinds import FileKind
from artist_console.commands.statement_preview import StatementPreview
from artist_console.commands.statement_whole import WholeFile
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.ui.background import Job
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.import_columns import ColumnsDialog
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.dialogs.statement_question import QuestionCard
from artist_console.ui.dialogs.statement_reading import ReadingFields
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.statement_file_words import found_words, recognised_words, rows_words, whole_words
from artist_console.ui.tables.statement_rows_model import StatementRowsModel
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import clear_layout
from artist_console.ui.widgets.sections import Note

_ROWS_SEEN = 6  # at once; the table scrolls
_WARNINGS_SHOWN = 6


class StatementLookDialog(Sheet):
    """Gives `told` the preview with whose hints the file is to be brought in."""

    told = Signal(object)  # StatementPreview

    def __init__(
        self,
        desk: Desk,
        path: Path,
        preview: StatementPreview,
        artist: ArtistId | None,
        parent: QWidget,
    ) -> None:
        self._title = say("statement-file", "Bring in {name}", name=isolate(path.name))
        super().__init__(desk.theme, "statement-look", self._title, 880, 800, parent)
        self._desk, self._path, self._artist = desk, path, artist
        self.preview = preview
        self._answered = 0
        theme = desk.theme
        self.question = QuestionCard(desk)
        self.question.answered.connect(self._take_answer)
        self.question.columns_wished.connect(self.name_columns)
        self.fields = ReadingFields(desk)
        self.fields.changed.connect(self._take_change)
        self.fields.columns_wished.connect(self.name_columns)
        self._above = label("", weight="strong")
        self.rows = StatementRowsModel(desk.figures, self)
        self.table = DataTable(theme, say("statement-file", "The first rows, as they will be read"))
        self.table.setModel(self.rows)
        self.table.set_columns(
            [
                Column("row", 52, 44, end=True, sortable=False),
                Column("what", 190, 150, stretch=True, sortable=False),
                Column("from", 170, 110, gives_way=1, sortable=False),
                Column("kind", 190, 140, sortable=False),
                Column("amount", 190, 120, end=True, sortable=False),
            ]
        )
        self._left_out = Note(theme, "", Tint.ASK, Icon.QUESTION)
        self._recognised = Note(theme, "", Tint.INFO, Icon.INFO)
        self.whole = label("", tone=Token.TEXT_2, wrap=True)
        self._adding: Job | None = None
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(6)
        for part in (self.question, self.fields, self._above, self.table, self.whole):
            self.inside.addWidget(part)
        for note in (self._left_out, self._recognised):
            self.inside.addWidget(note)
        self.inside.addLayout(self._warnings)
        self.inside.setSpacing(12)
        self.inside.addStretch(1)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.bring_in = Button(theme, say("statement-file", "Bring it in"), ButtonKind.PRIMARY)
        self.bring_in.clicked.connect(self._tell)
        self.set_buttons(None, cancel, self.bring_in, safe=cancel)
        self._show(preview)
        if preview.questions:
            self.question.focus_first()

    # What is known

    def _show(self, preview: StatementPreview) -> None:
        self.preview = preview
        theme = self._desk.theme
        self.set_heading(self._title, self._lead(preview))
        self.show_problem("")
        self.question.show_question(preview, self._answered)
        self.fields.show_preview(preview)
        self._above.setText(rows_words(preview))
        self.rows.show_rows(preview.rows)
        has_rows = bool(preview.rows)
        self._above.setVisible(has_rows)
        self.table.setVisible(has_rows)
        seen = min(_ROWS_SEEN, len(preview.rows))
        height = theme.height("header") + seen * theme.height("row") + 2
        self.table.setFixedHeight(height)
        left_out = preview.left_out
        self._left_out.show_words(
            say_count(
                "statement-file",
                "1 of these rows will be left out. After the import it can be saved with the reason.",
                "{n} of these rows will be left out. After the import they can be saved with their reasons.",
                left_out,
            )
            if left_out
            else ""
        )
        self._recognised.show_words(recognised_words(preview))
        clear_layout(self._warnings)
        as_before = say("statement-file", "Its columns are read as you named them for an earlier file.")
        for words in ((as_before,) if preview.as_before else ()) + preview.warnings[:_WARNINGS_SHOWN]:
            self._warnings.addWidget(Note(theme, words, Tint.NEUTRAL, Icon.INFO))
        self._add_up(preview)
        is_open = bool(preview.questions)
        self.bring_in.setEnabled(not is_open)
        self.bring_in.setAccessibleDescription(
            say("statement-file", "Something is still open, see the question above.") if is_open else ""
        )

    def _add_up(self, preview: StatementPreview) -> None:
        """Add up the whole file beside the lanes; what was being added up for an earlier look ends."""
        if self._adding is not None:
            self._adding.cancel()
            self._adding = None
        self.whole.setVisible(statement_whole.can_be_added_up(preview))
        if self.whole.isHidden():
            return
        self.whole.setText(say("statement-file", "Adding up the whole file…"))
        path = self._path
        self._adding = self._desk.long_work(
            lambda _console, _progress: statement_whole.whole_totals(path, preview),
            self._show_whole,
            self._tell_of_whole,
        )

    def _show_whole(self, whole: WholeFile) -> None:
        if whole.preview is self.preview:  # else something was said meanwhile
            self.whole.setText(whole_words(whole, self._desk.figures))

    def _tell_of_whole(self, problem: Problem) -> None:
        self.whole.setText(problem_words(problem))

    def _lead(self, preview: StatementPreview) -> str:
        found = found_words(preview, self._desk.figures)
        name = (
            self._desk.name_of(self._artist) if self._artist is not None else self.preview.hints.artist_name
        )
        if not name:
            return found
        paid = say("statement-file", "For {artist}", artist=isolate(name))
        return " · ".join(part for part in (found, paid) if part)

    # Answers and changes

    def _take_answer(self, changes: dict[str, object]) -> None:
        self._answered += 1
        self._look(changes)

    def _take_change(self, changes: dict[str, object]) -> None:
        self._look(changes)

    def _look(self, changes: dict[str, object]) -> None:
        """Read the beginning again with what is said now; the answer to an earlier look is dropped."""
        hints = replace(self.preview.hints, **changes)  # type: ignore[arg-type]
        path, artist = self._path, self._artist
        self._desk.ask(
            self,
            "look",
            lambda console: statement_looks.look_into_statement(console, path, hints, artist),
            self._show,
            self._fail,
        )

    def _fail(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))
        self.bring_in.setEnabled(False)

    def name_columns(self) -> None:
        """Say which column is which; what is known is chosen already."""
        preview = self.preview
        dialog = ColumnsDialog(
            self._desk,
            self._path,
            FileKind.STATEMENT,
            preview.header,
            self,
            rows=preview.cells,
            chosen=dict(preview.columns),
        )
        dialog.told.connect(self._take_columns)
        dialog.open()

    def _take_columns(self, columns: tuple[tuple[str, str], ...]) -> None:
        self._take_answer({"columns": columns})

    def done(self, result: int) -> None:
        if self._adding is not None:
            self._adding.cancel()
        super().done(result)

    def _tell(self) -> None:
        self.told.emit(self.preview)
        self.accept()
