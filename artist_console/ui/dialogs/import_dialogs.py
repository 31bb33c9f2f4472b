"""Around an import: what kind of file it is, what came of it, and the rows that were left out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSaveFile, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from artist_console.commands import rejected_rows
from artist_console.commands.earnings import NOTHING_RECOGNISED
from artist_console.commands.imports import FileKind, Hints, ImportResult, RowNote, result_words
from artist_console.commands.rejected_rows import RejectedSaved
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.statement_result import StatementCards
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_advice, problem_title, problem_words
from artist_console.ui.places import Place
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note, Rule

_NOTES_SHOWN = 200
Brought = tuple[Path, Hints]
_LEFT_OUT = "rows_left_out"
_PARTIAL = "so totals are partial."  # as readers say it of a whole file
_TOLD_BELOW = frozenset({_LEFT_OUT})  # a heading of their own, with the rows


class KindDialog(QDialog):
    """A dropped file does not say what it is: choices of equal standing."""

    chosen = Signal(object, object)  # FileKind, Path

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = path
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("import", "What is {name}?", name=path.name))
        self.setModal(True)
        self.resize(560, 340)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.addWidget(label(self.windowTitle(), TextRole.SECTION, wrap=True))
        for kind, icon, title, detail in kinds():
            choice = ListRow(desk.theme, icon, Tint.NEUTRAL, title, detail)
            choice.setProperty("kind", kind)
            choice.opened.connect(self._choose)
            inside.addWidget(choice)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        inside.addLayout(row(None, cancel))

    def _choose(self) -> None:
        self.chosen.emit(self.sender().property("kind"), self._path)
        self.accept()


def kinds() -> tuple[tuple[FileKind, Icon, str, str], ...]:
    """The kinds of files that can be brought in, with a word about each."""
    return (
        (
            FileKind.CATALOGUE,
            Icon.WORKS,
            say("import", "A catalogue"),
            say("import", "Your recordings and songs: CSV, XLSX, DDEX ERN, CWR or MusicBrainz"),
        ),
        (
            FileKind.DATASET_LIST,
            Icon.LAYERS,
            say("import", "A public dataset list"),
            say("import", "To see which of your works are listed: CSV, TSV, JSON or XLSX"),
        ),
        (
            FileKind.STATEMENT,
            Icon.EARNINGS,
            say("import", "A statement"),
            say("import", "To check what you were paid: CSV or XLSX"),
        ),
        (
            FileKind.MANIFEST,
            Icon.PROGRAMME,
            say("import", "A manifest of an operator"),
            say("import", "What an operator states of its datasets and models: JSON"),
        ),
    )


class ImportResultDialog(QDialog):
    """Rows used, rows left out and why, and a way to save the rejected ones."""

    def __init__(
        self, desk: Desk, result: ImportResult, parent: QWidget, brought: Brought | None = None
    ) -> None:
        """`brought`: the file of a statement and how it was read: its rows can be saved as they came."""
        super().__init__(parent)
        self._desk = desk
        self._result = result
        self._brought = brought
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("import-result")
        self.setWindowTitle(say("import", "Imported {name}", name=result.file_name))
        self.setModal(True)
        self.resize(620, min(640, max(520, parent.window().height() - 40)))  # of a small window, too
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(10)
        rejected = result.rejected
        warnings = tuple(note for note in result.warnings if not _is_told(note, result))
        inside.addWidget(label(self.windowTitle(), TextRole.SECTION, wrap=True))
        read, *came_of_it = result_words(result, desk.figures.number, besides=_TOLD_BELOW)
        inside.addWidget(label(read, tone=Token.TEXT_2))
        if result.statements:
            self.statements = StatementCards(desk, result.statements)
            self.statements.opened.connect(self._open_statement)
            inside.addWidget(self.statements)
        # Of a statement it may be that nothing was recognised, or that something is held: no tick for that.
        mark = Icon.INFO if result.kind is FileKind.STATEMENT else Icon.CHECK
        for said in came_of_it:
            inside.addWidget(Note(desk.theme, said, Tint.INFO, mark))
        if rejected:
            rows = dict(result.counts).get(_LEFT_OUT, len({note.row for note in rejected}))
            left_out = say_count("import", "1 row was left out", "{n} rows were left out", rows)
            inside.addWidget(label(left_out, weight="strong"))
            for note in rejected[:_NOTES_SHOWN]:
                inside.addWidget(Note(desk.theme, note_words(note), Tint.DENY, Icon.CROSS))
        if warnings:
            look = say("import", "Taken over, but worth a look")
            inside.addWidget(label(look, weight="strong"))
            for note in warnings[:_NOTES_SHOWN]:
                inside.addWidget(Note(desk.theme, note_words(note), Tint.ASK, Icon.QUESTION))
        inside.addStretch(1)
        self.save = Button(desk.theme, say("import", "Save the rejected rows…"), icon=Icon.SAVE)
        if not rejected:
            self.save.hide()
        self.save.clicked.connect(self._choose_where)
        self.look_at_rows = Button(desk.theme, say("hits", "Are these yours?…"), icon=Icon.ROWS)
        self.look_at_rows.setVisible(_has_hits(result))
        self.look_at_rows.clicked.connect(self._open_hits)
        self.name_stores = Button(desk.theme, say("import", "What stores stand for…"), icon=Icon.TAG)
        self.name_stores.setVisible(result.kind is FileKind.STATEMENT and not _counted(result, "ai_lines"))
        self.name_stores.clicked.connect(self._open_sources)
        close = Button(desk.theme, say("dialog", "Close"), ButtonKind.PRIMARY)
        close.clicked.connect(self.accept)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addWidget(scrolled(content), 1)
        outside.addWidget(Rule(desk.theme))
        outside.addLayout(
            row(self.save, None, self.name_stores, self.look_at_rows, close, margins=(24, 12, 24, 12))
        )
        close.setFocus()

    def _open_hits(self) -> None:
        self.accept()
        self._desk.sheet_wished.emit("hits/")

    def _open_sources(self) -> None:
        self.accept()
        self._desk.sheet_wished.emit("sources/")

    def _open_statement(self, statement: str) -> None:
        self.accept()
        self._desk.go(Place("earnings", f"statement/{statement}"))

    def _choose_where(self) -> None:
        dialog = QFileDialog(self, say("import", "Save the rejected rows"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        stem = Path(self._result.file_name).stem
        dialog.selectFile(say("import", "{name} - rejected rows.csv", name=stem))
        dialog.fileSelected.connect(self.save_rejected)
        dialog.open()

    def save_rejected(self, name: str) -> None:
        """Write what was left out and why; whole or not at all. Of a statement the rows as they came."""
        if self._brought is not None:
            path, hints = self._brought
            self._desk.long_work(
                lambda console, _progress: rejected_rows.save_rejected(path, hints, Path(name)),
                self._tell_saved,
                self._tell_not_saved,
            )
            return
        target = QSaveFile(name)
        lines = ["row,field,reason"]
        lines += [
            ",".join(_cell(part) for part in (str(note.row), note.field, note.words))
            for note in self._result.notes
            if note.rejected
        ]
        written = (
            target.open(QSaveFile.OpenModeFlag.WriteOnly)
            and target.write(("\r\n".join(lines) + "\r\n").encode("utf-8")) > 0
        )
        if written and target.commit():
            self._desk.say(say("import", "The rejected rows were saved."))
        else:
            self._desk.say(say("import", "The rejected rows could not be saved. Choose another folder."))

    def _tell_saved(self, saved: RejectedSaved) -> None:
        if saved.written == saved.of:
            self._desk.say(say("import", "The rejected rows were saved."))
            return
        figures = self._desk.figures
        words = say("import", "The first {n} of {all} rejected rows were saved.",
                    n=figures.number(saved.written), all=figures.number(saved.of))  # fmt: skip
        self._desk.say(words)

    def _tell_not_saved(self, problem: Problem) -> None:
        self._desk.say(problem_words(problem))


def _counted(result: ImportResult, key: str) -> int:
    return dict(result.counts).get(key, 0)


def _is_told(note: RowNote, result: ImportResult) -> bool:
    """Whether a note about the whole file says once more what stands above it."""
    if note.row or result.kind is not FileKind.STATEMENT:
        return False
    nothing_recognised = note.words == NOTHING_RECOGNISED and not _counted(result, "ai_lines")
    partial = note.words.endswith(_PARTIAL) and any(each.rows_left_out for each in result.statements)
    return nothing_recognised or partial


def _has_hits(result: ImportResult) -> bool:
    """Whether rows of a list look like works that are here."""
    counts = dict(result.counts)
    hits = counts.get("statements_added", 0) + counts.get("statements_known", 0)
    return result.kind is FileKind.DATASET_LIST and hits > 0


def note_words(note: RowNote) -> str:
    if not note.row:
        return note.words  # about the file as a whole
    if note.field:
        return say("import", "Row {row}, {field}: {words}", row=note.row, field=note.field, words=note.words)
    return say("import", "Row {row}: {words}", row=note.row, words=note.words)


class ImportProblemDialog(QDialog):
    """A file that could not be used: what, where, what to do. Nothing of it was taken over."""

    def __init__(self, desk: Desk, problem: Problem, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("import-problem")
        self.setWindowTitle(say("import", "Not imported"))
        self.setModal(True)
        self.resize(480, 220)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(10)
        inside.addWidget(label(problem_title(problem), TextRole.SECTION, wrap=True))
        inside.addWidget(label(problem_advice(problem), tone=Token.TEXT_2, wrap=True))
        nothing = say("import", "Nothing of the file was taken over, and nothing that was here has changed.")
        inside.addWidget(label(nothing, tone=Token.TEXT_2, wrap=True))
        inside.addStretch(1)
        close = Button(desk.theme, say("dialog", "Close"), ButtonKind.PRIMARY)
        close.clicked.connect(self.accept)
        inside.addLayout(row(None, close))


# What a spreadsheet would take for a formula is written as text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(text: str) -> str:
    if text.startswith(_FORMULA):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"'
