"""Everything of a case as one signed file: what is in it, what is left out, who can read it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from artist_console.commands import evidence
from artist_console.commands.evidence import FILE_ENDING, BundleFile, BundlePreview, BundleWish
from artist_console.commands.evidence_rows import NamesUnreleased
from artist_console.domain.cases import Case
from artist_console.domain.ids import WorkId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.drawing import PaperDrawer
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox
from artist_console.ui.widgets.layout import clear_layout, column
from artist_console.ui.widgets.sections import KeyValues, Note
from artist_console.ui.widgets.states import StateStack

FOLDER_KEPT_AS = "evidence.folder"


class ExportEvidenceDialog(Sheet):
    """Looked at before it is written; nobody is sent it."""

    def __init__(self, desk: Desk, cases: tuple[Case, ...], name: str, parent: QWidget) -> None:
        title = say("evidence-file", "Export an evidence file")
        super().__init__(desk.theme, "export-evidence", title, 620, 540, parent)
        self._desk, self._name = desk, name
        self._cases = tuple(case.id for case in cases)
        self._in_letters = frozenset(
            work for case in cases for letter in case.letters for work in letter.works
        )
        self._named: frozenset[WorkId] = frozenset()
        self.set_heading(title, name)
        theme = desk.theme
        what = say(
            "evidence-file",
            "One signed file with the letters, proofs, replies and what the records say of it. A lawyer can "
            "open and check it with no account and no network.",
        )
        self.inside.addWidget(label(what, tone=Token.TEXT_2, wrap=True))
        self.notes = CheckBox(theme, say("evidence-file", "With your notes"))
        self.notes.toggled.connect(self._look)
        self.inside.addWidget(self.notes)
        content = QWidget()
        self._shown = QVBoxLayout(content)
        self._shown.setContentsMargins(0, 0, 0, 0)
        self._shown.setSpacing(10)
        self.states = StateStack(theme, content)
        self.states.retry.connect(self._look)
        self.inside.addWidget(self.states, 1)
        who = say(
            "evidence-file",
            "Whoever has the file can read it: it is not encrypted. It shows what was written and what came "
            "back, not that anybody did anything.",
        )
        self.inside.addWidget(Note(theme, who, Tint.NEUTRAL, Icon.INFO))
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("evidence-file", "Save the file…"), ButtonKind.PRIMARY, Icon.SAVE)
        self.save.setEnabled(False)
        self.save.clicked.connect(self._choose)
        self.set_buttons(None, cancel, self.save, safe=cancel)
        self.states.show_loading(say("evidence-file", "Gathering what there is"))
        self._look()

    @property
    def wish(self) -> BundleWish:
        return BundleWish(self._cases, None, self._named, self.notes.isChecked())

    def _look(self) -> None:
        wish = self.wish
        self.show_problem("")
        self._desk.ask(
            self,
            "preview",
            lambda console: evidence.preview_bundle(console, wish),
            self._show,
            self._not_looked,
        )

    def _not_looked(self, problem: Problem) -> None:
        self.save.setEnabled(False)
        if isinstance(problem, NamesUnreleased):
            name_them = Button(self._desk.theme, say("evidence-file", "Name them in the file"))
            name_them.clicked.connect(self._name_unreleased)
            self.states.show_empty(problem_words(problem), "", name_them, Icon.LOCK)
            return
        self.states.show_error(problem)

    def _name_unreleased(self) -> None:
        self._named = self._in_letters
        self._look()

    def _show(self, preview: BundlePreview) -> None:
        clear_layout(self._shown)
        theme, figures = self._desk.theme, self._desk.figures
        facts = KeyValues(theme)
        held = ", ".join(_counted(what, n) for what, n in preview.counts if n)
        facts.add(say("evidence-file", "In it"), held)
        since, until = preview.period
        period = say(
            "evidence-file", "{since} to {until}", since=figures.day(since), until=figures.day(until)
        )
        facts.add(say("evidence-file", "Period"), period)
        facts.add(say("evidence-file", "Signed by"), preview.signer)
        facts.add(say("evidence-file", "Key"), preview.fingerprint)
        self._shown.addWidget(facts)
        if preview.left_out:
            lines = column(gap=2)
            lines.addWidget(label(say("evidence-file", "Left out"), weight="medium"))
            for words in preview.left_out:
                lines.addWidget(label(words, TextRole.SMALL, Token.TEXT_2, wrap=True))
            self._shown.addLayout(lines)
        if not preview.fits:
            words = say(
                "evidence-file",
                "These are {n} files; one evidence file holds {most}. Export the cases one by one.",
                n=preview.files,
                most=preview.most_files,
            )
            self._shown.addWidget(Note(theme, words, Tint.ASK, Icon.INFO))
        self._shown.addStretch(1)
        self.save.setEnabled(preview.fits)
        self.states.show_content()

    # Writing

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.windowTitle())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(FILE_ENDING.lstrip("."))
        day = self._desk.clock().astimezone().date().isoformat()
        name = say("evidence-file", "{case} - evidence - {day}", case=self._name, day=day)
        dialog.selectFile(name.replace("/", "-").replace(":", " -") + FILE_ENDING)
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        wish, drawer = self.wish, PaperDrawer(self._desk.theme.font().family(), self._desk)
        self._desk.keep(FOLDER_KEPT_AS, str(Path(path).parent))
        self.save.setEnabled(False)
        self._desk.long_work(
            lambda console, progress: evidence.export_bundle(
                console, wish, Path(path), drawer.for_work(progress)
            ),
            self._written,
            self._not_written,
        )

    def _written(self, made: BundleFile) -> None:
        self._desk.say(
            say(
                "evidence-file",
                "Saved as {file}. Its SHA-256 begins with {hash}.",
                file=isolate(made.path.name),
                hash=isolate(made.sha256[:12]),
            )
        )
        self.accept()

    def _not_written(self, problem: Problem) -> None:
        self.save.setEnabled(True)
        self.show_problem(problem_words(problem))


def _counted(what: str, n: int) -> str:
    """How many of what, in the reader's language; the command names it in English."""
    return {
        "cases": say_count("evidence-file", "1 case", "{n} cases", n),
        "letters": say_count("evidence-file", "1 letter", "{n} letters", n),
        "proofs and replies": say_count("evidence-file", "1 proof or reply", "{n} proofs and replies", n),
        "works": say_count("evidence-file", "1 work", "{n} works", n),
        "findings": say_count("evidence-file", "1 finding", "{n} findings", n),
        "removals": say_count("evidence-file", "1 removal", "{n} removals", n),
        "receipts": say_count("evidence-file", "1 receipt", "{n} receipts", n),
    }.get(what, f"{n} {what}")
