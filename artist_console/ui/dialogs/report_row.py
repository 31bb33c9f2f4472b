"""One row of a report with everything that the report says in it: an answer with its receipt, a fact."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from artist_console.commands.history import HistoryRow
from artist_console.commands.report_inside import ReportInside
from artist_console.commands.report_sheets import ReportSheet, Value
from artist_console.domain import words
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.tables.report_models import use_words, value_words
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.sections import KeyValues, Note

_WIDTH, _HEIGHT = 640, 560


class ReportRowDialog(Sheet):
    """Names and values; nothing can be changed."""

    def __init__(
        self, desk: Desk, title: str, values: Sequence[tuple[str, str]], receipt: str, parent: QWidget
    ) -> None:
        super().__init__(desk.theme, "report-row", title, _WIDTH, _HEIGHT, parent)
        self.values = KeyValues(desk.theme)
        for name, value in values:
            if value:
                self.values.add(name, value)
        if receipt:
            self.values.add(say("report", "Receipt"), receipt, copy=True, one_line=True)
        self.inside.addWidget(self.values)
        if receipt:
            check = say(
                "report",
                "The receipt is the signed proof of this answer. Kept as a file it can be checked by itself,"
                " with “Check a receipt…” in the menu File.",
            )
            self.inside.addWidget(Note(desk.theme, check, Tint.NEUTRAL, Icon.SHIELD))
        self.inside.addStretch(1)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)

    @classmethod
    def of_answer(cls, desk: Desk, inside: ReportInside, row: HistoryRow, parent: QWidget) -> ReportRowDialog:
        content = inside.content
        held = content.receipts if content is not None else ()
        receipt = next((each.receipt for each in held if (each.artist, each.n) == (row.artist, row.n)), "")
        former = domain_words(words.STANCE[row.former]) if row.former is not None else ""
        values = (
            (say("report", "Recorded"), desk.figures.day_and_time(row.when)),
            (say("report", "Artist"), content.party_name(row.artist) if content is not None else ""),
            (say("report", "By a mandate for"), row.on_behalf_of),
            (say("report", "About"), row.subject),
            (say("report", "Programme"), row.programme or say("report", "Every programme")),
            (say("report", "Use"), use_words(row.use)),
            (say("report", "Former answer"), former),
            (say("report", "Answer"), domain_words(words.STANCE[row.stance])),
            (say("report", "Terms"), row.terms),
            (
                say("report", "Place in the ledger"),
                desk.figures.number(row.n) if row.n is not None else "",
            ),
            (say("report", "Decision"), row.decision),
        )
        return cls(desk, row.subject, values, receipt, parent)

    @classmethod
    def of_sheet(
        cls, desk: Desk, sheet: ReportSheet, row: Sequence[Value], parent: QWidget
    ) -> ReportRowDialog:
        values = [
            (domain_words(each.title), value_words(value, desk.figures))
            for each, value in zip(sheet.columns, row, strict=True)
        ]
        title = next((value for _, value in values if value), domain_words(sheet.title))
        return cls(desk, title, values, "", parent)
