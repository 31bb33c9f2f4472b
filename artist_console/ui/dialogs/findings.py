"""Findings with their evidence: put aside with a note, restored, and saved as one PDF."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from artist_console.commands import findings as finding_commands
from artist_console.commands import receipt_files
from artist_console.commands.console import Console
from artist_console.commands.findings import FindingRow
from artist_console.commands.paper import Paper
from artist_console.domain import work_words
from artist_console.domain.changes import Changes
from artist_console.domain.ids import WorkId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.dismiss import DismissDialog
from artist_console.ui.dialogs.evidence import EvidenceDialog
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.removal import focus_first_link
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import about_finding, can_be_written_about
from artist_console.ui.meanings import domain_words, problem_words, sentence
from artist_console.ui.paper_lines import pdf
from artist_console.ui.places import Place
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip, ChipMeaning, ChipValue
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.states import StateStack

_SHOWN_AT_FIRST = 40


class FindingsDialog(Sheet):
    """What the records show, newest deadline first; those that were put aside stand apart."""

    def __init__(
        self, desk: Desk, parent: QWidget, *, work: WorkId | None = None, dismissed: bool = False
    ) -> None:
        super().__init__(desk.theme, "findings", say("findings", "Findings"), 820, 740, parent)
        self._desk, self._work = desk, work
        self._open: tuple[FindingRow, ...] = ()
        self._aside: tuple[FindingRow, ...] = ()
        self.set_heading(
            say("findings", "Findings"),
            say(
                "findings",
                "What the records in this profile show, by whose word and with what evidence. Whether that "
                "breaks an agreement or the law is for a lawyer.",
            ),
        )
        self.pills = PillGroup(desk.theme, say("findings", "Which findings"))
        self.pills.set_pills(
            [(False, say("findings", "Open"), None), (True, say("findings", "Dismissed"), None)]
        )
        self.pills.set_current(dismissed)
        self.pills.chosen.connect(self._show_chosen)
        self.inside.addWidget(self.pills)
        self._content = content = QWidget()
        self._cards = QVBoxLayout(content)
        self._cards.setContentsMargins(0, 4, 0, 0)
        self._cards.setSpacing(12)
        self.states = StateStack(desk.theme, content)
        self.states.retry.connect(self.reload)
        self.inside.addWidget(self.states, 1)
        self.save = Button(desk.theme, say("findings", "Save as PDF…"), icon=Icon.SAVE)
        self.save.clicked.connect(self._choose_file)
        self.save.setEnabled(False)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(self.save, None, close, safe=close)
        self.states.show_loading(say("findings", "Reading the findings"))
        desk.changed.connect(self._follow)
        self.reload()

    def _follow(self, changes: Changes) -> None:
        if changes & (Changes.WORKS | Changes.INCLUSIONS | Changes.CONSENT):
            self.reload()

    def reload(self) -> None:
        artist, work = self._desk.artist, self._work

        def find(console: Console) -> tuple[tuple[FindingRow, ...], tuple[FindingRow, ...]]:
            return (
                finding_commands.list_findings(console, artist, work),
                finding_commands.list_findings(console, artist, work, dismissed=True),
            )

        self._desk.ask(self, "findings", find, self._take, self._failed)

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _take(self, found: tuple[tuple[FindingRow, ...], tuple[FindingRow, ...]]) -> None:
        self._open, self._aside = found
        self.pills.set_counts({False: len(self._open), True: len(self._aside)})
        self._show_chosen(self.pills.current)

    @property
    def shown(self) -> tuple[FindingRow, ...]:
        """The findings of the chosen filter."""
        return self._aside if self._shows_dismissed else self._open

    @property
    def _shows_dismissed(self) -> bool:
        return self.pills.current is True

    def _show_chosen(self, _which: object) -> None:
        self.save.setEnabled(bool(self.shown))
        if self.shown:
            self._fill(_SHOWN_AT_FIRST)
            self.states.show_content()
        elif self._shows_dismissed:
            self.states.show_empty(say("findings", "No finding is dismissed."))
        else:
            self.states.show_empty(
                say("findings", "Nothing stands out in the records."),
                say(
                    "findings",
                    "Findings rest on what operators, licensors and statements say. Uses that nobody "
                    "reported cannot be found here.",
                ),
            )

    def _fill(self, most: int) -> None:
        held = any(part.hasFocus() for part in self._content.findChildren(QWidget))
        clear_layout(self._cards)
        for found in self.shown[:most]:
            self._cards.addWidget(self._card(found))
        if len(self.shown) > most:
            more = LinkButton(self._desk.theme, say("findings", "See all {n}", n=len(self.shown)))
            more.clicked.connect(partial(self._fill, len(self.shown)))
            self._cards.addLayout(row(more, None))
        self._cards.addStretch(1)
        if held:
            focus_first_link(self._cards)

    def _card(self, found: FindingRow) -> Card:
        theme, finding = self._desk.theme, found.finding
        title = sentence(finding.title)
        card = Card(theme, padding=16)
        card.setAccessibleName(title)
        card.body.setSpacing(8)
        meaning = ChipMeaning.NEUTRAL if found.dismissed is not None else ChipMeaning.FINDING
        chip = Chip(theme, ChipValue(meaning, domain_words(work_words.FINDING[finding.kind])))
        card.body.addLayout(row(chip, None, label(self._days(found), TextRole.SMALL, Token.TEXT_3)))
        card.add(label(title, weight="strong", wrap=True))
        said = " ".join(sentence(part) for part in finding.words)
        card.add(label(said, tone=Token.TEXT_2, wrap=True, selectable=True))
        if found.dismissed is not None:
            card.add(label(self._dismissed_words(found), TextRole.SMALL, Token.TEXT_2, wrap=True))
        card.body.addLayout(self._links(found, title))
        return card

    def _days(self, found: FindingRow) -> str:
        figures, finding = self._desk.figures, found.finding
        since = say("findings", "since {day}", day=figures.day(finding.since))
        parts = [found.artist_name if self._desk.artist is None else "", since]
        if finding.deadline is not None:
            parts.append(say("findings", "until {day}", day=figures.day(finding.deadline)))
        return " · ".join(part for part in parts if part)

    def _dismissed_words(self, found: FindingRow) -> str:
        assert found.dismissed is not None
        when = self._desk.figures.day(found.dismissed.at)
        if not found.dismissed.note:
            return say("findings", "Dismissed on {day}.", day=when)
        return say("findings", "Dismissed on {day}: {note}", day=when, note=isolate(found.dismissed.note))

    def _links(self, found: FindingRow, title: str) -> QVBoxLayout:
        theme = self._desk.theme
        links: list[LinkButton] = []
        if found.evidence:
            evidence = LinkButton(theme, say("findings", "Show evidence"))
            evidence.clicked.connect(partial(self._show_evidence, found))
            links.append(evidence)
        if found.finding.work is not None:
            work = LinkButton(theme, say("findings", "Open the work"))
            work.clicked.connect(partial(self._go_to, found.finding.work))
            links.append(work)
        if can_be_written_about(found.finding):
            write = LinkButton(theme, say("findings", "Write about this…"))
            write.clicked.connect(partial(self._write_letter, found))
            links.append(write)
        if found.dismissed is None:
            last = LinkButton(theme, say("findings", "Dismiss…"))
            last.clicked.connect(partial(self._dismiss, found))
        else:
            last = LinkButton(theme, say("findings", "Restore"))
            last.clicked.connect(partial(self._restore, found.finding.id))
        links.append(last)
        for link in links:
            link.setAccessibleName(say("findings", "{action}: {finding}", action=link.words, finding=title))
        return column(row(*links, None, gap=14))

    # Doing

    def _show_evidence(self, found: FindingRow) -> None:
        title = found.work_title or sentence(found.finding.title)
        EvidenceDialog(self._desk, title, found.evidence, self).open()

    def _go_to(self, work: WorkId) -> None:
        self.accept()
        self._desk.go(Place("works", f"work/{work}"))

    def _write_letter(self, found: FindingRow) -> None:
        NewLetterDialog(self._desk, self, about_finding(found.finding)).open()

    def _dismiss(self, found: FindingRow) -> None:
        DismissDialog(self._desk, found.finding, self).open()

    def _restore(self, id: str) -> None:
        self._desk.act(
            self,
            lambda console: finding_commands.restore_finding(console, id),
            None,
            self._not_done,
        )

    def _not_done(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))

    # Paper

    def name_for(self, day: date) -> str:
        """A telling name: whose findings, of which day."""
        artist = self._desk.artist
        whose = self._desk.name_of(artist) if artist is not None else say("findings", "All artists")
        name = say("findings", "{whose} - findings - {day}.pdf", whose=whose, day=day.isoformat())
        return name.replace("/", "-")

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, say("findings", "Save the findings that are shown"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self.name_for(self._desk.clock().astimezone().date()))
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write what is shown as one PDF, whole or not at all."""
        ids = tuple(found.finding.id for found in self.shown)
        self._desk.ask(
            self,
            "paper",
            lambda console: finding_commands.findings_bundle(console, ids),
            partial(self._write, Path(path)),
            self._not_done,
        )

    def _write(self, target: Path, content: Paper) -> None:
        page = pdf(content, self._desk.theme.font().family())
        self._desk.ask(
            self, "save", lambda _: receipt_files.save_page(target, page), self._saved, self._not_done
        )

    def _saved(self, path: Path) -> None:
        self.show_problem("")
        self._desk.say(say("findings", "Saved as {file}.", file=path.name))
