"""A copy of a report without some of it: what to take out, what goes with it, and where to save it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from artist_console.commands import report_redacting
from artist_console.commands.report_redacting import (
    ChoosableWork,
    RedactedFile,
    RedactionChoices,
    RedactionPreview,
    RedactionWish,
)
from artist_console.commands.reports import OpenedReport
from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.problems import Problem
from artist_console.ui.background import Job
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.redact_preview import RedactPreviewPart
from artist_console.ui.dialogs.redact_works import RedactWorksDialog
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Disclosure, SectionHeading
from artist_console.ui.widgets.states import StateStack

FOLDER_KEPT_AS = "report.folder"
SUFFIX = ".acreport"
_REST_MS = 200  # ticks follow one another; the file is gone through once they rest
_COLUMNS = 2
_TITLES_SAID = 8


class RedactReportDialog(Sheet):
    """Nothing is chosen at first. The report that is open stays as it is."""

    written = Signal(object)  # RedactedFile

    def __init__(self, desk: Desk, opened: OpenedReport, parent: QWidget) -> None:
        title = say("redact", "A copy without some of it")
        super().__init__(desk.theme, "redact-report", title, 720, 640, parent)
        self.set_heading(title, opened.title)
        self._desk, self._opened = desk, opened
        self._works: tuple[ChoosableWork, ...] = ()
        self.chosen_works: tuple[WorkId, ...] = ()
        self._left: set[str] = set()
        self._job: Job | None = None
        self.boxes: list[tuple[tuple[str, ...], CheckBox]] = []
        self._artists: list[tuple[PartyId, CheckBox]] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._look)
        self._build()
        self.states.show_loading(say("redact", "Reading the report"))
        self._job = desk.long_work(
            lambda _console, progress: report_redacting.choices(opened),
            self._show_choices,
            self._not_read,
        )

    def _build(self) -> None:
        theme = self._desk.theme
        what = say(
            "redact",
            "The copy still verifies, under the signatures of the report. Whoever opens it sees how many rows"
            " are missing and where, not what they say.",
        )
        self.inside.addWidget(label(what, tone=Token.TEXT_2, wrap=True))
        held = QWidget()
        self._inside = QVBoxLayout(held)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(10)
        self.inside.addWidget(held)
        self.preview = RedactPreviewPart(theme)
        self.preview.leave_wished.connect(self._leave)
        self.states = StateStack(theme, self.preview)
        self.states.retry.connect(self._look)
        self.inside.addWidget(self.states, 1)
        self.sign = CheckBox(theme, say("redact", "Sign the copy with the key of this profile"))
        self.inside.addWidget(self.sign)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("redact", "Save the copy…"), ButtonKind.PRIMARY, Icon.SAVE)
        self.save.setEnabled(False)
        self.save.clicked.connect(self.choose_file)
        self.set_buttons(None, cancel, self.save, safe=cancel)

    # What can be taken out

    def _show_choices(self, found: RedactionChoices) -> None:
        self._job = None
        theme = self._desk.theme
        here = {each.kind: each for each in found.tables}
        named = {kind for _, kinds in _parts() for kind in kinds}
        self._heading(say("redact", "Parts to take out"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for count in range(_COLUMNS):
            grid.setColumnStretch(count, 1)
        for words, kinds in _parts():
            held = tuple(kind for kind in kinds if kind in here)
            if held:
                count = len(self.boxes)
                grid.addWidget(self._part(words, held), count // _COLUMNS, count % _COLUMNS)
        self._inside.addLayout(grid)
        others = [each for each in found.tables if each.kind not in named]
        if others:
            self._inside.addWidget(self._others([(each.kind, each.title) for each in others]))
        self._works = found.works
        self._heading(say("redact", "Recordings and songs to take out"))
        self.works_button = Button(theme, say("redact", "Choose…"), icon=Icon.WORKS)
        self.works_button.setAccessibleName(say("redact", "Choose recordings and songs to take out"))
        self.works_button.setEnabled(bool(found.works))
        self.works_button.clicked.connect(self._choose_works)
        self.works_words = label("", tone=Token.TEXT_2, wrap=True)
        line = row(self.works_button, gap=12)
        line.addWidget(self.works_words, 1)
        self._inside.addLayout(line)
        if len(found.artists) > 1:
            self._inside.addWidget(self._artists_part(found.artists))
        self.mentions = CheckBox(
            theme, say("redact", "Also rows in which a title or name stands only in words")
        )
        self.mentions.setChecked(True)
        self.mentions.toggled.connect(self._ask)
        self._inside.addWidget(self.mentions)
        self._show_works()
        self._look()

    def _heading(self, words: str) -> None:
        self._inside.addWidget(SectionHeading(self._desk.theme, words, small=True))

    def _part(self, words: str, kinds: tuple[str, ...]) -> CheckBox:
        box = CheckBox(self._desk.theme, words)
        box.toggled.connect(self._ask)
        self.boxes.append((kinds, box))
        return box

    def _others(self, tables: list[tuple[str, str]]) -> Disclosure:
        held, grid = _folded()
        for count, (kind, title) in enumerate(tables):
            grid.addWidget(self._part(domain_words(title), (kind,)), count // _COLUMNS, count % _COLUMNS)
        words = say_count("redact", "1 other table", "{n} other tables", len(tables))
        return Disclosure(self._desk.theme, words, held)

    def _artists_part(self, artists: Sequence[tuple[PartyId, str]]) -> Disclosure:
        held, grid = _folded()
        for count, (artist, name) in enumerate(artists):
            box = CheckBox(self._desk.theme, name)
            box.toggled.connect(self._ask)
            self._artists.append((artist, box))
            grid.addWidget(box, count // _COLUMNS, count % _COLUMNS)
        words = say("redact", "One of {n} artists to take out, with their works", n=len(artists))
        return Disclosure(self._desk.theme, words, held)

    def _choose_works(self) -> None:
        dialog = RedactWorksDialog(self._desk, self._works, self.chosen_works, self)
        dialog.chosen.connect(self.take_works)
        dialog.open()

    def take_works(self, works: tuple[WorkId, ...]) -> None:
        self.chosen_works = works
        self._show_works()
        self._ask()

    def _show_works(self) -> None:
        titles = [each.title for each in self._works if each.id in self.chosen_works]
        said = ", ".join(titles[:_TITLES_SAID])
        if len(titles) > _TITLES_SAID:
            more = len(titles) - _TITLES_SAID
            said = say_count("redact", "{titles} and 1 more", "{titles} and {n} more", more, titles=said)
        self.works_words.setText(said or say("redact", "None chosen"))
        self.mentions.setVisible(bool(titles) or bool(self._artists))

    @property
    def wish(self) -> RedactionWish:
        return RedactionWish(
            tables=frozenset(kind for kinds, box in self.boxes if box.isChecked() for kind in kinds),
            works=frozenset(self.chosen_works),
            artists=frozenset(artist for artist, box in self._artists if box.isChecked()),
            leave_mentions=not self.mentions.isChecked(),
            leave=frozenset(self._left),
        )

    def _leave(self, kind: str, stays: bool) -> None:
        (self._left.add if stays else self._left.discard)(kind)
        self._ask()

    # What goes

    def _ask(self) -> None:
        self.save.setEnabled(False)
        self._rest.start()

    def _look(self) -> None:
        self._rest.stop()
        self.show_problem("")
        self._stop()
        wish, opened = self.wish, self._opened
        if wish.is_empty:
            self.states.show_empty(
                say("redact", "Nothing is chosen yet"),
                say(
                    "redact", "What would go, and what goes with it, is shown here before anything is saved."
                ),
                icon=Icon.LAYERS,
            )
            return
        self._job = self._desk.long_work(
            lambda _console, progress: report_redacting.preview(opened, wish, progress.report),
            self._show_preview,
            self._not_read,
        )

    def _show_preview(self, found: RedactionPreview) -> None:
        self._job = None
        self.preview.show_preview(found, self._left)
        self.states.show_content()
        self.save.setEnabled(bool(found.tables) and not self._rest.isActive())

    def _not_read(self, problem: Problem) -> None:
        self._job = None
        self.states.show_error(problem)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    # Writing

    def proposed_name(self) -> str:
        return say("redact", "{name}, redacted", name=self._opened.path.stem) + SUFFIX

    def choose_file(self) -> None:
        dialog = QFileDialog(self, say("redact", "Save the copy"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.setNameFilters([say("redact", "Reports (*{suffix})", suffix=SUFFIX)])
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.selectFile(self.proposed_name())
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def write(self, name: str) -> None:
        """Write the copy beside the lanes; the dialog stays until it is there."""
        path, wish, opened, signed = Path(name), self.wish, self._opened, self.sign.isChecked()
        self._desk.keep(FOLDER_KEPT_AS, str(path.parent))
        self.show_problem("")
        self.save.setEnabled(False)
        self._job = self._desk.long_work(
            lambda console, progress: report_redacting.write_copy_in(
                console,
                opened,
                wish,
                path,
                signed=signed,
                progress=progress.report,
            ),
            self._done,
            self._not_written,
        )

    def _done(self, made: RedactedFile) -> None:
        self._job = None
        self.written.emit(made)
        self.accept()

    def _not_written(self, problem: Problem) -> None:
        self._job = None
        self.save.setEnabled(True)
        self.show_problem(problem_words(problem))

    def reject(self) -> None:
        self._rest.stop()
        self._stop()
        super().reject()


def _folded() -> tuple[QWidget, QGridLayout]:
    """What a line opens: boxes in columns of the same width."""
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(26, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    for count in range(_COLUMNS):
        grid.setColumnStretch(count, 1)
    return held, grid


def _parts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What people call the parts of a report, and the tables that each is."""
    return (
        (say("redact", "Decisions, with their receipts"), ("entries", "receipts")),
        (say("redact", "Permissions, with the reasons"), ("outcomes", "traces")),
        (say("redact", "Where recordings and songs are"), ("inclusions",)),
        (say("redact", "Findings"), ("findings",)),
        (say("redact", "Cases"), ("cases",)),
        (say("redact", "Contracts"), ("contracts",)),
        (say("redact", "Agreements of licensors"), ("agreements", "opt_ins")),
        (say("redact", "Statements, with their lines"), ("statements", "lines")),
    )
