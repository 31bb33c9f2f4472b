"""The details of one work: answer first, then why, money, places with evidence, standing, history."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import work_details as details_commands
from artist_console.commands.console import Console
from artist_console.commands.history import HistoryRow
from artist_console.commands.work_details import CellRow, SplitRow, WorkDetails
from artist_console.domain import words, work_words
from artist_console.domain.contract_rows import OriginKind
from artist_console.domain.ids import ArtistId, DecisionId, WorkId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Standing
from artist_console.domain.provenance import origins
from artist_console.domain.registers import Register, Subject, SubjectKind, UseScope
from artist_console.domain.standing_words import StandingLine
from artist_console.domain.work_kinds import WorkKind
from artist_console.ui.charts.bars import SmallBars
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.consensus import ConsensusDialog
from artist_console.ui.dialogs.evidence import EvidenceDialog
from artist_console.ui.dialogs.why import WhyDialog
from artist_console.ui.icons import Icon
from artist_console.ui.looks import check_chip, outcome_chip
from artist_console.ui.meanings import domain_words, follow_words, sentence, shown_stance
from artist_console.ui.month_chart import currencies_of, month_chart
from artist_console.ui.pages.work_where import NOTHING_BESIDE, BesideWork, WhereSections, beside_work
from artist_console.ui.places import Place
from artist_console.ui.tables.works_cells import shown_code, work_title
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.details import DetailsPanel
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Disclosure, KeyValues, Note
from artist_console.ui.widgets.three_state import ThreeStateControl

_HISTORY_SHOWN = 6

# Outcomes in which somebody else's licence, not the artist's answer, is what matters.
_NO_POWER = frozenset(
    {
        PermissionOutcome.OBJECTED,
        PermissionOutcome.LICENSED_AGAINST_WISH,
        PermissionOutcome.LICENSED_BY_OTHERS,
    }
)


class WorkDetailsPanel(DetailsPanel):
    """Shows a `WorkDetails`; answers leave it as wishes."""

    stance_wished = Signal(object, object)  # WorkSummary, Stance
    shown = Signal(object)  # WorkId, once its details are there

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme)
        if parent is not None:
            self.setParent(parent)
        self._desk = desk
        self._details: WorkDetails | None = None
        self.setAccessibleName(say("details", "Details of the chosen work"))

    @property
    def details(self) -> WorkDetails | None:
        return self._details

    def show_work(self, work: WorkId, artist: ArtistId | None) -> None:
        """Ask for a work and show it when it is there."""

        def find(console: Console) -> tuple[WorkDetails, BesideWork]:
            return details_commands.show_work(console, work, artist), beside_work(console, work, artist)

        self._desk.ask(self, "work", find, self._show_both)

    def _show_both(self, found: tuple[WorkDetails, BesideWork]) -> None:
        self.show_details(*found)

    def show_details(self, details: WorkDetails, beside: BesideWork = NOTHING_BESIDE) -> None:
        """Show a work that is here."""
        self._details = details
        summary = details.summary
        self.open_kind("work", details.summary.work)
        lines = [summary.release_title or domain_words(work_words.WORK_KIND[summary.kind])]
        if summary.year:
            lines.append(str(summary.year))
        self.set_head(
            str(summary.release or summary.work),
            work_title(summary),
            " · ".join(lines),
            shown_code(summary),
        )
        self._add_decision(details)
        where = WhereSections(self._desk, self, details, beside)
        where.add_findings()
        self._add_why(details)
        self._add_earned(details)
        where.add_places(self.show_evidence)
        where.add_removals()
        self._add_standing(details)
        self._add_splits(details)
        self._add_history(details)
        self._add_identity(details)
        self.shown.emit(summary.work)

    # Your decision

    def _add_decision(self, details: WorkDetails) -> None:
        theme, summary = self._desk.theme, details.summary
        section = self.add_section(say("details", "Your decision for this work, all uses"))
        control = ThreeStateControl(theme, follow_words(summary))
        control.setAccessibleName(say("details", "Your decision for {title}", title=summary.title))
        control.set_value(shown_stance(summary.own))
        control.chosen.connect(self._wish)
        self.control = control
        section.addWidget(control)
        section.addWidget(label(self._decision_words(details), tone=Token.TEXT_2, wrap=True))
        if summary.waiting:
            recorded = say("details", "Recorded on this computer. Its receipt has not arrived yet.")
            section.addWidget(Note(theme, recorded, Tint.ASK, Icon.CLOCK))
        by_use = LinkButton(theme, say("details", "Decide by use…"))
        by_use.clicked.connect(self._decide_by_use)
        section.addLayout(row(by_use, None))

    def _decision_words(self, details: WorkDetails) -> str:
        summary = details.summary
        if summary.outcome is None:
            return say("details", "No programme is known that could ask for this work.")
        meaning = domain_words(words.OUTCOME_MEANS[summary.outcome])
        if summary.outcome is PermissionOutcome.REFUSED and details.reason is not None:
            meaning = sentence(details.reason)
        if not details.cells:
            return say(
                "details", "{meaning} No programme is known that could ask for this work.", meaning=meaning
            )
        if summary.models and summary.own is not None:
            return say(
                "details",
                "{meaning} You can change this at any time; a model that has learned from it keeps "
                "what it learned.",
                meaning=meaning,
            )
        return meaning

    def _wish(self, stance: object) -> None:
        if self._details is not None:
            self.stance_wished.emit(self._details.summary, stance)

    def _decide_by_use(self) -> None:
        if self._details is not None:
            self._desk.go(Place("consent", f"work/{self._details.summary.work}"))

    # Why

    def _add_why(self, details: WorkDetails) -> None:
        if not details.why:
            return
        about = next(
            (
                cell
                for cell in details.cells
                if cell.programme == details.why_programme and cell.use is details.why_use
            ),
            None,
        )
        section = self.add_section(say("details", "Why"))
        if about is not None:
            title = say(
                "details",
                "{programme} · {use}",
                programme=about.programme_name,
                use=domain_words(words.USE[about.use][0]),
            )
            chip = Chip(self._desk.theme, outcome_chip(about.outcome))
            section.addWidget(label(title, weight="medium", wrap=True))
            section.addLayout(row(chip, None))
        # Who said what, and what follows; the steps between are one press away.
        reason = details.reason or details.why[0]
        said = " ".join(sentence(step) for step in dict.fromkeys((reason, details.why[-1])))
        section.addWidget(label(said, tone=Token.TEXT_2, wrap=True))
        if len(details.why) > 2:
            steps = QWidget()
            steps.setLayout(
                column(*(label(sentence(s), tone=Token.TEXT_2, wrap=True) for s in details.why), gap=8)
            )
            section.addWidget(Disclosure(self._desk.theme, say("details", "Step by step"), steps))
        if about is not None:
            behind = LinkButton(self._desk.theme, say("details", "Why, and what is behind it…"))
            behind.clicked.connect(partial(self._show_why, about, title))
            section.addLayout(row(behind, None))

    def _show_why(self, about: CellRow, title: str) -> None:
        """The same sentences, each with the decision, agreement, contract or terms behind it."""
        if self._details is None:
            return
        summary = self._details.summary
        subject = Subject(SubjectKind.WORK, self._details.work.id)
        place = Register(summary.artist, subject, about.programme, UseScope.of(about.use))
        WhyDialog(self._desk, place, title, self.window()).open()

    # Money

    def _add_earned(self, details: WorkDetails) -> None:
        theme, figures = self._desk.theme, self._desk.figures
        months = label(say("details", "12 months"), TextRole.SMALL, Token.TEXT_2)
        section = self.add_section(say("details", "Earned from AI programmes"), months)
        if not details.earned:
            section.addWidget(
                label(
                    say(
                        "details",
                        "No line of a statement names this work. Most programmes report once a quarter.",
                    ),
                    tone=Token.TEXT_2,
                    wrap=True,
                )
            )
            return
        amounts = [label(figures.money(*money), TextRole.TITLE) for money in details.earned]
        chip = Chip(theme, check_chip(details.check))
        section.addLayout(row(amounts[0], chip, None, gap=10))
        for amount in amounts[1:]:
            section.addWidget(amount)
        currencies = currencies_of(details.earned_months)
        if currencies:
            chart = SmallBars(theme)
            today = self._desk.clock().astimezone().date()
            chart.show_data(
                month_chart(details.earned_months, currencies[0], today, figures, one_series=True)
            )
            chart.setAccessibleName(say("details", "Earned by month"))
            section.addWidget(chart)

    # Where it is

    def show_evidence(self) -> None:
        """Open the panel with the evidence for every place."""
        if self._details is None:
            return
        summary = self._details.summary
        EvidenceDialog(self._desk, work_title(summary), self._details.places, self.window()).open()

    # Standing, splits, history, identity

    def _add_standing(self, details: WorkDetails) -> None:
        if not details.can_do:
            return
        section = self.add_section(say("details", "What your answer can do"))
        section.setSpacing(10)
        for line in details.can_do:
            section.addLayout(self._standing_line(line))
        if details.summary.outcome in _NO_POWER and details.summary.decider:
            decides = say("details", "{who} decides here.", who=details.summary.decider)
            section.addWidget(label(decides, tone=Token.TEXT_2, wrap=True))

    def _standing_line(self, line: StandingLine) -> QVBoxLayout:
        theme = self._desk.theme
        rights = " · ".join(domain_words(words.RIGHT[right]) for right in line.rights)
        name = label(rights, weight="medium")
        told = column(name, label(sentence(line.words), tone=Token.TEXT_2, wrap=True), gap=3)
        for also in line.also:
            told.addWidget(label(sentence(also), TextRole.SMALL, Token.TEXT_2, wrap=True))
        origin = line.origin
        if origin is not None and origin.kind is OriginKind.CONTRACT:
            link = LinkButton(theme, say("details", "Show the contract"))
            link.setAccessibleName(say("details", "Show the contract about: {rights}", rights=rights))
            link.clicked.connect(lambda: self._desk.go(Place("settings", f"contract/{origin.id}")))
            told.addLayout(row(link, None))
        elif line.standing is Standing.UNKNOWN:
            ask = LinkButton(theme, say("details", "Find out in Settings"))
            ask.setAccessibleName(say("details", "Find out in Settings about: {rights}", rights=rights))
            ask.clicked.connect(lambda: self._desk.go(Place("settings")))
            told.addLayout(row(ask, None))
        return told

    def _show_board(self, details: WorkDetails) -> None:
        summary = details.summary
        ConsensusDialog(self._desk, summary.artist, summary.work, self.window()).open()

    def _add_splits(self, details: WorkDetails) -> None:
        if not details.splits:
            return
        board = LinkButton(self._desk.theme, say("details", "Open the board…"))
        board.clicked.connect(partial(self._show_board, details))
        section = self.add_section(say("details", "Who has to agree"), board)
        faults: list[str] = []
        shown = KeyValues(self._desk.theme)
        for split in details.splits:
            shown.add(domain_words(words.RIGHT[split.right]), self._split_words(split))
            if split.fault and split.fault not in faults:
                faults.append(split.fault)
        section.addWidget(shown)
        for fault in faults:
            section.addWidget(Note(self._desk.theme, fault, Tint.ASK, Icon.TRIANGLE))

    def _split_words(self, split: SplitRow) -> str:
        parts = [split.holder]
        if split.share_bp is not None:
            parts.append(say("details", "{share} %", share=_percent(split.share_bp)))
        if split.answer is not None:
            parts.append(domain_words(words.ANSWER[split.answer]))
        elif split.differs:
            parts.append(domain_words(work_words.OUTCOME[PermissionOutcome.DIFFERS]))
        return " · ".join(parts)

    def _add_history(self, details: WorkDetails) -> None:
        section = self.add_section(say("details", "History"))
        if not details.history:
            section.addWidget(label(say("details", "No decision has been recorded."), tone=Token.TEXT_2))
        for entry in details.history[:_HISTORY_SHOWN]:
            section.addWidget(self._history_row(entry))
        if len(details.history) > _HISTORY_SHOWN:
            more = LinkButton(self._desk.theme, say("details", "See all {n}", n=len(details.history)))
            more.clicked.connect(self._show_all_history)
            section.addLayout(row(more, None))

    def _history_row(self, entry: HistoryRow) -> ListRow:
        figures = self._desk.figures
        title = say(
            "details",
            "{stance}: {subject}",
            stance=domain_words(words.STANCE[entry.stance]),
            subject=" · ".join(part for part in (entry.subject, entry.programme) if part),
        )
        proof = (
            say("details", "receipt {n}", n=entry.n)
            if entry.receipt and entry.n is not None
            else say("details", "no receipt yet")
        )
        detail = say(
            "details",
            "{who} · {when} · {proof}",
            who=entry.made_by,
            when=figures.day_and_time(entry.when),
            proof=proof,
        )
        icon = Icon.SHIELD if entry.receipt else Icon.CLOCK
        shown = ListRow(self._desk.theme, icon, Tint.NEUTRAL if entry.receipt else Tint.ASK, title, detail)
        shown.setProperty("decision", entry.decision)
        shown.opened.connect(self._open_receipt)
        return shown

    def _open_receipt(self) -> None:
        decision = self.sender().property("decision")
        self._desk.receipt_wished.emit(DecisionId(decision))

    def _show_all_history(self) -> None:
        if self._details is not None:
            self._desk.go(Place("consent", f"history/{self._details.summary.work}"))

    def _add_identity(self, details: WorkDetails) -> None:
        section = self.add_section(say("details", "Identifiers"))
        summary = details.summary
        if not summary.identifier:
            code = "ISRC" if summary.kind is WorkKind.RECORDING else "ISWC"
            missing = say(
                "details",
                "No {code} is known here, so reports that name it by title only cannot be matched for sure. "
                "Whoever delivered it can tell you the code.",
                code=code,
            )
            section.addWidget(Note(self._desk.theme, missing, Tint.NEUTRAL, Icon.INFO))
        shown = KeyValues(self._desk.theme)
        if summary.identifier:
            kind = "ISRC" if summary.kind is WorkKind.RECORDING else "ISWC"
            shown.add(kind, shown_code(summary), copy=True)
        for release in details.releases:
            if release.upc:
                shown.add(say("details", "UPC/EAN"), release.upc, copy=True)
        for song in details.songs:
            shown.add(say("details", "Song"), " · ".join(p for p in (song.title, song.identifier) if p))
        section.addWidget(shown)
        self._add_origins(section, details)

    def _add_origins(self, section: QVBoxLayout, details: WorkDetails) -> None:
        """Which file and row say what is shown; one press away, since few ask for it."""
        known = origins(details.work)
        if not known:
            return
        told = KeyValues(self._desk.theme)
        for origin in known:
            told.add(domain_words(origin.name), f"{origin.value} · {origin.place}")
        section.addWidget(Disclosure(self._desk.theme, say("details", "From which files"), told))


def _percent(share_bp: int) -> str:
    whole, part = divmod(share_bp, 100)
    return str(whole) if part == 0 else f"{whole}.{part:02d}".rstrip("0")
