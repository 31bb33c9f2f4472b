"""Why a place is as it is: the trace as short sentences, cell by cell, each with what is behind it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLayout, QWidget

from artist_console.commands import cells as cells_commands
from artist_console.commands import receipt_files
from artist_console.commands.cells import Explained
from artist_console.commands.fact_links import Link, LinkKind
from artist_console.domain.ids import ArtistId, DecisionId, FactId, TermsId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import Register
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.contract import ContractDialog
from artist_console.ui.dialogs.fact import FactDialog
from artist_console.ui.dialogs.new_terms import NewTermsDialog
from artist_console.ui.dialogs.proposal import ProposalDialog
from artist_console.ui.dialogs.receipt import ReceiptDialog
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.dialogs.terms import TermsDialog
from artist_console.ui.icons import Icon
from artist_console.ui.looks import outcome_chip
from artist_console.ui.meanings import problem_words, sentence
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.trace_words import CellWords, as_text, cell_words, pdf
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.layout import FlowLayout, clear_layout, column, row
from artist_console.ui.widgets.sections import Disclosure

_OPEN_AT_FIRST = 1


class WhyDialog(Sheet):
    """One card per programme and use: the outcome, what it means, and the sentences that led there.

    What a link opens stands on top; closing it comes back here, to the link.
    """

    def __init__(self, desk: Desk, place: Register, title: str, parent: QWidget) -> None:
        super().__init__(desk.theme, "why", say("why", "Why: {place}", place=title), 640, 660, parent)
        self._desk = desk
        self._place = place
        self.explained: tuple[Explained, ...] = ()
        self.copy_button = Button(desk.theme, say("why", "Copy as text"), icon=Icon.COPY)
        self.copy_button.clicked.connect(self._copy)
        self.save_button = Button(desk.theme, say("why", "Save as PDF…"), icon=Icon.SAVE)
        self.save_button.clicked.connect(self._choose_file)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(self.copy_button, self.save_button, None, close, safe=close)
        self._enable()
        self._ask()

    def _ask(self) -> None:
        place = self._place
        self._desk.ask(
            self,
            "why",
            lambda console: cells_commands.explain_place(console, place),
            self._show,
            self._failed,
        )

    def _show(self, explained: tuple[Explained, ...]) -> None:
        self.explained = explained
        clear_layout(self.inside)
        if not explained:
            nobody = say(
                "why", "No programme asks for this today. An answer given now counts for later ones."
            )
            self.inside.addWidget(label(nobody, tone=Token.TEXT_2, wrap=True))
        for number, each in enumerate(explained):
            self.inside.addWidget(self._card(each, is_open=number < _OPEN_AT_FIRST))
        self.inside.addStretch(1)
        self._enable()

    def _enable(self) -> None:
        for button in (self.copy_button, self.save_button):
            button.setEnabled(bool(self.explained))

    # Cards

    def _card(self, each: Explained, *, is_open: bool) -> Card:
        theme, said = self._desk.theme, cell_words(each)
        card = Card(theme)
        names = column(
            label(said.title, weight="strong", wrap=True),
            label(said.subject, TextRole.SMALL, Token.TEXT_2, wrap=True),
            gap=0,
        )
        head = row(gap=12)
        head.addLayout(names, 1)
        chip = Chip(theme, outcome_chip(each.permission.outcome))
        head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        card.add(label(said.reason, wrap=True))
        if said.meaning:
            card.add(label(said.meaning, tone=Token.TEXT_2, wrap=True))
        for link in self._new_terms(each):
            button = Button(theme, say("why", "Read the new terms and answer…"), icon=Icon.CLOCK)
            button.clicked.connect(partial(self.follow, link, each))
            card.body.addLayout(row(button, None))
        folded = Disclosure(theme, say("why", "Step by step"), self._steps(each, said))
        folded.set_open(is_open)
        card.add(folded)
        return card

    def _steps(self, each: Explained, said: CellWords) -> QWidget:
        steps = QWidget()
        lines = column(gap=8)
        for number, (words, _) in enumerate(said.steps, 1):
            links = each.links.steps[number - 1] if each.links.steps else ()
            lines.addLayout(self._step(number, words, links, each))
        if each.links.whole:
            lines.addWidget(self._link_line(each.links.whole, each, say("why", "this answer")))
        steps.setLayout(lines)
        return steps

    def _step(self, number: int, words: str, links: tuple[Link, ...], each: Explained) -> QLayout:
        place = label(self._desk.figures.number(number), TextRole.BODY, Token.TEXT_3)
        place.setFixedWidth(self._desk.theme.px(18))
        beside = column(label(words, wrap=True, selectable=True), gap=2)
        shown = tuple(link for link in links if link.kind is not LinkKind.NEW_TERMS)
        if shown:
            beside.addWidget(self._link_line(shown, each, say("why", "step {n}", n=number)))
        line = row(gap=6)
        line.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(beside, 1)
        return line

    def _link_line(self, links: tuple[Link, ...], each: Explained, about: str) -> QWidget:
        """What stands behind a sentence: each leads to its page."""
        held = QWidget()
        flow = FlowLayout(held, gap=10)
        for link in links:
            words = sentence(link.words)
            button = LinkButton(self._desk.theme, words)
            button.setAccessibleName(say("why", "{what}, behind {step}", what=words, step=about))
            button.clicked.connect(partial(self.follow, link, each))
            flow.addWidget(button)
        return held

    def _new_terms(self, each: Explained) -> tuple[Link, ...]:
        found = {link for step in each.links.steps for link in step if link.kind is LinkKind.NEW_TERMS}
        return tuple(found)

    # Links

    def follow(self, link: Link, each: Explained) -> None:
        """Open what a link leads to, on top of this."""
        artist = each.permission.question.artist
        opened = self._page_of(link, artist)
        if opened is not None:
            opened.open()

    def _page_of(self, link: Link, artist: ArtistId | None) -> QDialog | None:
        desk = self._desk
        match link.kind:
            case LinkKind.DECISION:
                return ReceiptDialog(desk, DecisionId(link.id), self)
            case LinkKind.TERMS:
                return TermsDialog(desk, TermsId(link.id), self)
            case LinkKind.PROPOSAL:
                return self._asking_again(ProposalDialog(desk, DecisionId(link.id), self))
            case LinkKind.NEW_TERMS if artist is not None:
                return self._asking_again(NewTermsDialog(desk, artist, TermsId(link.id), self))
            case LinkKind.CONTRACT if artist is not None:
                return self._asking_again(ContractDialog(desk, artist, FactId(link.id), self))
            case LinkKind.NEW_TERMS | LinkKind.CONTRACT:
                return None
            case _:
                return FactDialog(desk, link, self)

    def _asking_again(self, dialog: QDialog) -> QDialog:
        """What was answered or changed there changes what is said here."""
        dialog.accepted.connect(self._ask)
        return dialog

    # Copy and save

    def as_text(self) -> str:
        return as_text(self.windowTitle(), [cell_words(each) for each in self.explained])

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.as_text())
        self._desk.say(say("why", "The sentences were copied."))

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, say("why", "Save why"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        day = self._desk.clock().astimezone().date().isoformat()
        name = say("why", "{title} - {day}.pdf", title=self.windowTitle(), day=day)
        dialog.selectFile(name.replace("/", "-").replace(":", ""))
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write the sentences as a PDF."""
        target = Path(path)
        cells = [cell_words(each) for each in self.explained]
        known = self._desk.figures.day_and_time(self._desk.clock())
        foot = say("why", "As known on {when}", when=known)
        page = pdf(self.windowTitle(), foot, cells, self._desk.theme.font().family())
        self._desk.ask(
            self, "save", lambda _: receipt_files.save_page(target, page), self._saved, self._failed
        )

    def _saved(self, path: Path) -> None:
        self._desk.say(say("why", "Saved as {file}.", file=path.name))

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))
