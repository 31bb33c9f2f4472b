"""One right on the consensus board: its holders, how each stands, and what can be done about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.consensus import BoardView, RecordedRow
from artist_console.domain import words
from artist_console.domain.consensus import Agreed, AgreeState, BoardGroup, BoardRow
from artist_console.ui.agreeing import (
    STANCE_WORDS,
    agreed_chip,
    group_words,
    holder_words,
    share_words,
    state_chip,
)
from artist_console.ui.desk import Desk
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.layout import FlowLayout, column, row
from artist_console.ui.widgets.sections import Disclosure, Rule

_ANSWERED = frozenset({AgreeState.AGREED, AgreeState.REFUSED})


class GroupCard(Card):
    """Says what is wished; the board does it."""

    record_wished = Signal(str, str)  # PartyId, name
    change_wished = Signal(str)  # FactId of a recorded answer
    remove_wished = Signal(str)
    save_wished = Signal(str)  # its attached file
    copy_wished = Signal(str)  # PartyId
    mail_wished = Signal(str)

    def __init__(self, desk: Desk, view: BoardView, group: BoardGroup) -> None:
        super().__init__(desk.theme)
        self._desk, self._view = desk, view
        self.group = group
        title = group_words(group, None)
        self.setAccessibleName(title)
        head = row(gap=12)
        head.addWidget(label(title, TextRole.SECTION, wrap=True), 1)
        head.addWidget(Chip(desk.theme, agreed_chip(group.agreed)), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        for each in group.rows:
            self.add(Rule(desk.theme))
            self.body.addLayout(self._row(each))
        if group.others is not None:
            self.add(label(self._others(group), tone=Token.TEXT_2, wrap=True))

    def _others(self, group: BoardGroup) -> str:
        hidden = sum(each.state is AgreeState.NOT_SHARED and each.party is None for each in group.rows)
        if group.others is Agreed.EVERYONE:
            return say_count(
                "consensus",
                "Of 1 who does not share: agreed.",
                "Of {n} who do not share: everyone agreed.",
                hidden,
            )
        return say_count(
            "consensus",
            "Of 1 who does not share: not agreed, or not answered.",
            "Of {n} who do not share: not everyone has agreed.",
            hidden,
        )

    def _row(self, each: BoardRow) -> QVBoxLayout:
        theme = self._desk.theme
        names = column(gap=1)
        name = holder_words(each, self._view.artist_name)
        if each.is_own:
            name = say("consensus", "{name} (you)", name=name)
        names.addWidget(label(name, weight="strong", wrap=True))
        names.addWidget(label(share_words(each), TextRole.SMALL, Token.TEXT_2, wrap=True))
        top = row(gap=12)
        top.addLayout(names, 1)
        chip = Chip(theme, state_chip(each.state))
        top.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        parts = column(top, gap=6)
        if each.reason is not None:
            parts.addWidget(label(sentence(each.reason), tone=Token.TEXT_2, wrap=True))
        for id in each.records:
            if id in self._view.records:
                parts.addWidget(self._record(self._view.records[id]))
        if each.state is AgreeState.DIFFERS:
            parts.addWidget(self._cells(each))
        actions = self._actions(each, name)
        if actions is not None:
            parts.addWidget(actions)
        return parts

    def _record(self, said: RecordedRow) -> QWidget:
        """A recorded answer with its words and evidence."""
        day = self._desk.figures.day(said.on)
        stance = domain_words(STANCE_WORDS[said.stance])
        lines = [say("consensus", "Recorded: {stance}, {day}.", stance=stance, day=day)]
        if said.words:
            lines.append(say("consensus", "“{words}”.", words=said.words.rstrip(".")))
        if said.source:
            lines.append(say("consensus", "Source: {source}.", source=said.source))
        if said.evidence_name:
            lines.append(say("consensus", "File: {name}.", name=said.evidence_name))
        holder = QWidget()
        flow = column(label(" ".join(lines), tone=Token.TEXT_2, wrap=True, selectable=True), gap=2)
        if said.kept_here:
            name = said.party_name
            change = LinkButton(self._desk.theme, say("consensus", "Change…"))
            change.setAccessibleName(say("consensus", "Change the recorded answer of {name}", name=name))
            change.clicked.connect(partial(self.change_wished.emit, said.id))
            remove = LinkButton(self._desk.theme, say("consensus", "Remove"))
            remove.setAccessibleName(say("consensus", "Remove the recorded answer of {name}", name=name))
            remove.clicked.connect(partial(self.remove_wished.emit, said.id))
            links = row(change, remove, gap=10)
            if said.evidence_name:
                save = LinkButton(self._desk.theme, say("consensus", "Save the file…"))
                save.setAccessibleName(say("consensus", "Save the file {file}", file=said.evidence_name))
                save.clicked.connect(partial(self.save_wished.emit, said.id))
                links.addWidget(save)
            links.addStretch(1)
            flow.addLayout(links)
        holder.setLayout(flow)
        return holder

    def _cells(self, each: BoardRow) -> Disclosure:
        """Answers that differ, one line for each programme, use and place."""
        inside = QWidget()
        lines = column(gap=4)
        for cell in each.cells:
            programme = self._view.names.get(cell.programme, "") if cell.programme else ""
            use = domain_words(words.USE[cell.use][0])
            about = (
                say("consensus", "{programme} · {use}", programme=programme, use=use) if programme else use
            )
            if cell.place is not None:
                about = say("consensus", "{about}, in {place}", about=about, place=cell.place)
            line = row(gap=10)
            line.addWidget(label(about, wrap=True), 1)
            line.addWidget(Chip(self._desk.theme, state_chip(cell.state)), 0, Qt.AlignmentFlag.AlignTop)
            lines.addLayout(line)
        inside.setLayout(lines)
        return Disclosure(self._desk.theme, say("consensus", "By programme, use and place"), inside)

    def _actions(self, each: BoardRow, name: str) -> QWidget | None:
        """What can be done about one who is named and is not the artist."""
        if each.party is None or each.is_own:
            return None
        theme = self._desk.theme
        holder = QWidget()
        flow = FlowLayout(holder, gap=10)
        if not each.answers_here:
            record = LinkButton(theme, say("consensus", "Record an answer…"))
            record.setAccessibleName(say("consensus", "Record an answer of {name}", name=name))
            record.clicked.connect(partial(self.record_wished.emit, each.party, name))
            flow.addWidget(record)
        if any(cell.state not in _ANSWERED for cell in each.cells):
            copy = LinkButton(theme, say("consensus", "Copy a reminder"))
            copy.setAccessibleName(say("consensus", "Copy a reminder to {name}", name=name))
            copy.clicked.connect(partial(self.copy_wished.emit, each.party))
            mail = LinkButton(theme, say("consensus", "Write by mail…"))
            mail.setAccessibleName(say("consensus", "Write to {name} by mail", name=name))
            mail.clicked.connect(partial(self.mail_wished.emit, each.party))
            flow.addWidget(copy)
            flow.addWidget(mail)
        return holder if flow.count() else None
