"""A report to be made: about whom, what it may hold, who will see what; then the file, with progress."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QFileDialog,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from artist_console.commands import report_making
from artist_console.commands.console import Console
from artist_console.commands.report_making import ReportChoices, ReportFile, ReportPart, ReportWish
from artist_console.domain.ids import ArtistId, PartyId, WorkId
from artist_console.domain.problems import Problem
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.places import REPORT_SUFFIX
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox, Select
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Disclosure, Note, Rule, SectionHeading

FOLDER_KEPT_AS = "reports.folder"


class CreateReportDialog(QDialog):
    """Everything that could be somebody else's business is left out until it is chosen."""

    written = Signal(object)  # ReportFile

    def __init__(self, desk: Desk, artist: ArtistId | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._named: list[tuple[WorkId, CheckBox]] = []
        self._money: list[tuple[PartyId, CheckBox]] = []
        self.setObjectName("create-report")
        self.setWindowTitle(say("create-report", "Create a report"))
        self.setModal(True)
        self.resize(600, 680)
        content = QWidget()
        self._inside = QVBoxLayout(content)
        self._inside.setContentsMargins(24, 20, 24, 20)
        self._inside.setSpacing(14)
        self._inside.addWidget(label(self.windowTitle(), TextRole.SECTION))
        self._build_choices(artist)
        self._build_extra()
        self._build_preview()
        self._inside.addStretch(1)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addWidget(scrolled(content), 1)
        outside.addWidget(Rule(desk.theme))
        outside.addWidget(self._build_foot())
        self._ask_choices()

    # Building

    def _build_choices(self, artist: ArtistId | None) -> None:
        theme = self._desk.theme
        self.artist = Select(theme, say("create-report", "About"))
        if len(self._desk.artists) > 1:
            self.artist.addItem(say("create-report", "All artists"), None)
        for each in self._desk.artists:
            self.artist.addItem(each.name, each.id)
        wanted = self.artist.findData(artist)
        self.artist.setCurrentIndex(max(wanted, 0))
        self.artist.activated.connect(self._ask_choices)
        self._inside.addWidget(Field(theme, say("create-report", "About"), self.artist))
        parts = column(gap=4)
        always = CheckBox(theme, say("create-report", "Works and permissions (always)"))
        always.setChecked(True)
        always.setEnabled(False)
        parts.addWidget(always)
        self.parts: dict[ReportPart, CheckBox] = {}
        for part, words in (
            (ReportPart.DECISIONS, say("create-report", "Answers, with their receipts")),
            (ReportPart.INCLUSIONS, say("create-report", "Where the works are, with evidence")),
            (ReportPart.STATEMENTS, say("create-report", "Statements and every line of them")),
        ):
            box = CheckBox(theme, words)
            box.setChecked(True)
            box.toggled.connect(self._ask_preview)
            self.parts[part] = box
            parts.addWidget(box)
        self._inside.addWidget(SectionHeading(theme, say("create-report", "What is in it"), small=True))
        self._inside.addLayout(parts)
        self.parts[ReportPart.STATEMENTS].toggled.connect(self._show_period)
        self.whole = CheckBox(theme, say("create-report", "Statements of all time"))
        self.whole.setChecked(True)
        self.whole.toggled.connect(self._show_period)
        self._inside.addWidget(self.whole)
        today = self._desk.clock().date()
        self.since = self._day(date(today.year, 1, 1))
        self.until = self._day(today)
        self._days = QWidget()
        self._days.setLayout(
            row(
                Field(theme, say("create-report", "From"), self.since),
                Field(theme, say("create-report", "Until"), self.until),
                None,
                gap=16,
            )
        )
        self._inside.addWidget(self._days)
        self._show_period()

    def _day(self, day: date) -> QDateEdit:
        edit = QDateEdit(QDate(day.year, day.month, day.day))
        edit.setCalendarPopup(False)
        edit.setDisplayFormat("d MMMM yyyy")
        edit.setMinimumWidth(170)
        edit.dateChanged.connect(self._ask_preview)
        return edit

    def _build_extra(self) -> None:
        theme = self._desk.theme
        self._unreleased = QWidget()
        self._unreleased_rows = QVBoxLayout(self._unreleased)
        self.unreleased = Disclosure(theme, "", self._unreleased)
        self._others = QWidget()
        self._others_rows = QVBoxLayout(self._others)
        self.others = Disclosure(theme, "", self._others)
        for rows in (self._unreleased_rows, self._others_rows):
            rows.setContentsMargins(26, 0, 0, 0)
            rows.setSpacing(4)
        self._inside.addWidget(
            SectionHeading(theme, say("create-report", "Left out unless chosen"), small=True)
        )
        self._inside.addWidget(self.unreleased)
        self._inside.addWidget(self.others)
        self.answer_words = CheckBox(theme, "")
        self.answer_words.hide()
        self._inside.addWidget(self.answer_words)
        never = say(
            "create-report",
            "Never in a report: contracts, cases, notes, drafts, files kept as evidence, and answers that"
            " others do not share.",
        )
        self._inside.addWidget(Note(theme, never, Tint.NEUTRAL, Icon.LOCK))

    def _build_preview(self) -> None:
        theme = self._desk.theme
        self._inside.addWidget(SectionHeading(theme, say("create-report", "Who will see what"), small=True))
        self.preview = label("", wrap=True)
        self.audience = label("", tone=Token.TEXT_2, wrap=True)
        self.signed = label("", TextRole.SMALL, Token.TEXT_3, wrap=True)
        for part in (self.preview, self.audience, self.signed):
            self._inside.addWidget(part)
        self.fault = Note(theme, "", Tint.DENY, Icon.TRIANGLE)
        self.fault.show_words("")
        self._inside.addWidget(self.fault)

    def _build_foot(self) -> QStackedWidget:
        theme = self._desk.theme
        self.save = Button(theme, say("create-report", "Save report…"), ButtonKind.PRIMARY, Icon.SAVE)
        self.save.clicked.connect(self.choose_file)
        close = Button(theme, say("dialog", "Cancel"))
        close.clicked.connect(self.reject)
        asks = QWidget()
        asks.setLayout(row(None, close, self.save, margins=(24, 12, 24, 12)))
        self.step = label("", TextRole.SMALL, Token.TEXT_2)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("create-report", "Progress"))
        self.stop = Button(theme, say("create-report", "Stop"))
        self.stop.clicked.connect(self._stop)
        runs = QWidget()
        line = row(gap=16, margins=(24, 12, 24, 12))
        line.addLayout(column(self.step, self.bar, gap=6), 1)
        line.addWidget(self.stop)
        runs.setLayout(line)
        self.foot = QStackedWidget()
        self.foot.addWidget(asks)
        self.foot.addWidget(runs)
        self.foot.setSizePolicy(self.sizePolicy().Policy.Preferred, self.sizePolicy().Policy.Maximum)
        return self.foot

    # What can be chosen

    @property
    def wish(self) -> ReportWish:
        """What is chosen now."""
        artist = self.artist.currentData()
        bounded = not self.whole.isChecked() and self.parts[ReportPart.STATEMENTS].isChecked()
        return ReportWish(
            artists=(ArtistId(artist),) if artist else (),
            parts=frozenset(ReportPart) - {part for part, box in self.parts.items() if not box.isChecked()},
            period=(_date(self.since), _date(self.until)) if bounded else (None, None),
            named_works=frozenset(work for work, box in self._named if box.isChecked()),
            money_of_others=frozenset(party for party, box in self._money if box.isChecked()),
            answer_words=self.answer_words.isChecked(),
        )

    def _ask_choices(self) -> None:
        artist = ArtistId(self.artist.currentData()) if self.artist.currentData() else None
        self._named, self._money = [], []
        self._desk.ask(
            self,
            "choices",
            lambda console: report_making.choices(console, (artist,) if artist else ()),
            self._show_choices,
            self._fail,
        )

    def _show_choices(self, found: ReportChoices) -> None:
        theme = self._desk.theme
        for rows in (self._unreleased_rows, self._others_rows):
            clear_layout(rows)
        for work, title in found.unreleased:
            box = CheckBox(theme, title)
            box.toggled.connect(self._ask_preview)
            self._named.append((work, box))
            self._unreleased_rows.addWidget(box)
        for party, name in found.others_money:
            box = CheckBox(theme, say("create-report", "Statements to {name}", name=name))
            box.toggled.connect(self._ask_preview)
            self._money.append((party, box))
            self._others_rows.addWidget(box)
        self.unreleased.setVisible(bool(found.unreleased))
        self.unreleased.set_words(
            say_count("create-report", "1 unreleased work", "{n} unreleased works", len(found.unreleased))
        )
        self.others.setVisible(bool(found.others_money))
        self.others.set_words(
            say_count(
                "create-report",
                "The money of 1 other person",
                "The money of {n} other people",
                len(found.others_money),
            )
        )
        said = say_count(
            "create-report",
            "What was said in 1 answer that was recorded by hand",
            "What was said in {n} answers that were recorded by hand",
            found.answers_with_words,
        )
        self.answer_words.setText(said)
        self.answer_words.setAccessibleName(said)
        self.answer_words.setVisible(found.answers_with_words > 0)
        self.signed.setText(
            say(
                "create-report",
                "Signed on this computer as {name}, with the key {key}.",
                name=found.signer,
                key=found.fingerprint,
            )
        )
        self._ask_preview()

    def _show_period(self) -> None:
        with_money = self.parts[ReportPart.STATEMENTS].isChecked()
        self.whole.setVisible(with_money)
        self._days.setVisible(with_money and not self.whole.isChecked())
        if hasattr(self, "preview"):
            self._ask_preview()

    # Preview

    def _ask_preview(self) -> None:
        wish = self.wish
        self._desk.ask(
            self,
            "preview",
            lambda console: report_making.preview(console, wish).counts,
            self._show_preview,
            self._fail,
        )

    def _show_preview(self, counts: tuple[tuple[str, int], ...]) -> None:
        self.fault.show_words("")
        held = [_count_words(what, count) for what, count in counts if count]
        self.preview.setText(
            say("create-report", "The file holds {what}.", what=", ".join(held))
            if held
            else say("create-report", "The file would be empty.")
        )
        wish = self.wish
        money = (
            say("create-report", "every line of these statements")
            if ReportPart.STATEMENTS in wish.parts
            else say("create-report", "no money")
        )
        others = len(wish.money_of_others)
        self.audience.setText(
            say(
                "create-report",
                "Whoever has the file can read all of it, without an account: titles, answers and {money}."
                " {others}",
                money=money,
                others=say_count(
                    "create-report",
                    "That includes the statements of 1 other person.",
                    "That includes the statements of {n} other people.",
                    others,
                )
                if others
                else say("create-report", "Nobody else's money is in it."),
            )
        )

    def _fail(self, problem: Problem) -> None:
        self.foot.setCurrentIndex(0)
        self.fault.show_words(problem_words(problem))

    # Writing

    def choose_file(self) -> None:
        """Ask where to, with a name that tells what it is."""
        dialog = QFileDialog(self, say("create-report", "Save the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(REPORT_SUFFIX.lstrip("."))
        dialog.setNameFilters([say("create-report", "Reports (*{suffix})", suffix=REPORT_SUFFIX)])
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.selectFile(self.proposed_name())
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def proposed_name(self) -> str:
        """Mara Lindqvist - AI programmes - 2025-11-18.acreport, without what a file name cannot hold."""
        day = self._desk.clock().date().isoformat()
        name = say(
            "create-report", "{artist} - AI programmes - {day}", artist=self.artist.currentText(), day=day
        )
        return (
            "".join(" " if sign in '<>:"/\\|?*' or ord(sign) < 32 else sign for sign in name) + REPORT_SUFFIX
        )

    def write(self, name: str) -> None:
        """Write the report beside the lanes; a whole roster takes some seconds."""
        wish, path = self.wish, Path(name)
        self._desk.keep(FOLDER_KEPT_AS, str(path.parent))
        self.bar.setRange(0, 0)
        self.step.setText(say("create-report", "Starting"))
        self.foot.setCurrentIndex(1)
        self.stop.setFocus()
        self._job = self._desk.long_work(
            lambda console, progress: _write(console, path, wish, progress),
            self._done,
            self._fail,
            self._show_step,
            self._stopped,
        )

    def _show_step(self, done: int, total: int, words: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.step.setText(domain_words(words))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.step.setText(say("create-report", "Stopping"))

    def _stopped(self) -> None:
        self.foot.setCurrentIndex(0)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, made: ReportFile) -> None:
        self._job = None
        self.written.emit(made)
        self.accept()

    def reject(self) -> None:
        self._stop()
        super().reject()


def _write(console: Console, path: Path, wish: ReportWish, progress: Progress) -> ReportFile:
    return report_making.create_wished(console, path, wish, progress.report)


def _date(edit: QDateEdit) -> date:
    day = edit.date()
    return date(day.year(), day.month(), day.day())


def _count_words(what: str, count: int) -> str:
    match what:
        case "works":
            return say_count("create-report", "1 work", "{n} works", count)
        case "inclusions":
            return say_count(
                "create-report", "1 report of where a work is", "{n} reports of where works are", count
            )
        case "decisions":
            return say_count("create-report", "1 answer", "{n} answers", count)
        case "receipts":
            return say_count("create-report", "1 receipt", "{n} receipts", count)
        case "statements":
            return say_count("create-report", "1 statement", "{n} statements", count)
        case _:
            return say_count("create-report", "1 line of money", "{n} lines of money", count)
