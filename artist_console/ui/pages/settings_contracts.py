"""Settings, Contracts: what is mine to decide, and the contracts that this rests on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import contracts as contract_commands
from artist_console.commands import interview as interview_commands
from artist_console.commands.console import Console
from artist_console.commands.contracts import ContractRow
from artist_console.domain.contract_names import AI_SHORT, CONTRACT_KIND
from artist_console.domain.ids import ArtistId, FactId
from artist_console.domain.own_standing import MineRow
from artist_console.ui import later
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.mine_lines import MineLines
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import Card, ListRow
from artist_console.ui.widgets.layout import FlowLayout, clear_layout


@dataclass(frozen=True, slots=True)
class _Shown:
    mine: tuple[MineRow, ...]
    contracts: tuple[ContractRow, ...]
    interviewed: bool


class ContractsCard(Card):
    """For one artist; where several are shown, each has to be chosen first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, say("contracts", "Contracts: what is mine to decide"))
        if parent is not None:
            self.setParent(parent)
        self._desk = desk
        self._artist: ArtistId | None = None
        lead = say(
            "contracts",
            "What your answers can do follows from what you own and what you signed. All of it stays on this "
            "computer and is never sent.",
        )
        self.add(label(lead, tone=Token.TEXT_2, wrap=True))
        self.lines = MineLines(desk.theme)
        self.add(self.lines)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.body.addLayout(self._rows)
        self.nothing = label("", tone=Token.TEXT_2, wrap=True)
        self.add(self.nothing)
        self.questions = Button(desk.theme, "", icon=Icon.HELP)
        self.questions.clicked.connect(self.open_interview)
        self.new = Button(desk.theme, say("contracts", "Add a contract…"), icon=Icon.PLUS)
        self.new.clicked.connect(self.open_new)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        flow.addWidget(self.questions)
        flow.addWidget(self.new)
        self.add(buttons)
        self._show(_Shown((), (), interviewed=False))

    def load(self, artist: ArtistId | None) -> None:
        """Show what is kept for an artist."""
        self._artist = artist
        if artist is None:
            self._show(_Shown((), (), interviewed=False))
            return
        self._desk.ask(self, "contracts", lambda console: _shown(console, artist), self._show)

    def _show(self, shown: _Shown) -> None:
        self.lines.show_rows(shown.mine)
        self.lines.setVisible(bool(shown.mine))
        clear_layout(self._rows)
        for each in shown.contracts:
            self._rows.addWidget(self._row(each))
        if self._artist is None:
            nothing = say("contracts", "Choose one artist at the top to see and add contracts.")
        elif not shown.contracts:
            nothing = say("contracts", "No contract is noted yet. A few questions tell where you stand.")
        else:
            nothing = ""
        self.nothing.show_words(nothing)
        for button in (self.questions, self.new):
            button.setEnabled(self._artist is not None)
        self.questions.set_words(
            say("contracts", "Go through the questions again…")
            if shown.interviewed
            else say("contracts", "What is mine to decide?…")
        )

    def _row(self, each: ContractRow) -> ListRow:
        contract = each.contract
        title = say(
            "contracts",
            "{name} · {kind}",
            name=each.other_side,
            kind=domain_words(CONTRACT_KIND[contract.kind]),
        )
        clause = domain_words(AI_SHORT[contract.ai_clause])
        if contract.clause_number:
            clause = say("contracts", "clause {n}: {words}", n=contract.clause_number, words=clause)
        reach = say_count("contracts", "1 recording", "{n} recordings", each.recordings)
        signed = self._desk.figures.day(contract.signed_on) if contract.signed_on else ""
        detail = " · ".join(part for part in (signed, clause, reach if each.recordings else "") if part)
        shown = ListRow(self._desk.theme, Icon.DOCUMENT, Tint.NEUTRAL, title, detail)
        shown.setProperty("contract", contract.id)
        shown.opened.connect(self._open_sender)
        return shown

    def _open_sender(self) -> None:
        self.open_contract(FactId(self.sender().property("contract")))

    def open_contract(self, id: FactId) -> None:
        """Open a contract, whoever of the artists it belongs to."""
        self._desk.ask(
            self, "open", lambda console: contract_commands.show_contract(console, id), self._open_row
        )

    def _open_row(self, row: ContractRow) -> None:
        dialog = later.contract_dialog()(self._desk, row.contract.artist, row.contract.id, self.window())
        dialog.open()

    def open_new(self) -> None:
        if self._artist is not None:
            later.contract_dialog()(self._desk, self._artist, None, self.window()).open()

    def open_interview(self) -> None:
        if self._artist is not None:
            later.interview_dialog()(self._desk, self._artist, self.window()).open()


def _shown(console: Console, artist: ArtistId) -> _Shown:
    return _Shown(
        contract_commands.what_is_mine(console, artist),
        contract_commands.list_contracts(console, artist),
        interview_commands.is_finished(console, artist),
    )
