"""What one's own site would say and why, before anything is written: use by use, and what is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from artist_console.commands.reservations import SitePlan
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.places import Place
from artist_console.ui.reservation_looks import UseLine, left_out_words, never_said, use_lines, use_words
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Disclosure, Note, Rule


class SitePlanView(QWidget):
    """Filled anew for each plan; `notice_wished` is for whoever does not control the works."""

    notice_wished = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(10)

    def clear(self) -> None:
        clear_layout(self._inside)

    def show_plan(self, plan: SitePlan) -> None:
        self.clear()
        theme = self._desk.theme
        if plan.why_not:
            self._show_why_not(plan)
        else:
            self._show_said(plan)
        for note in plan.notes:
            self._inside.addWidget(Note(theme, sentence(note), Tint.ASK, Icon.INFO))
        here = say("reservation", "This speaks for files on this site, not for copies on streaming services.")
        self._inside.addWidget(Note(theme, here, Tint.NEUTRAL, Icon.GLOBE))

    def _show_why_not(self, plan: SitePlan) -> None:
        theme = self._desk.theme
        heading = say("reservation", "Nothing can be stated for {name} on this site.", name=plan.artist_name)
        self._inside.addWidget(label(heading, weight="strong", wrap=True))
        for each in plan.why_not:
            self._inside.addWidget(Note(theme, sentence(each), Tint.ASK, Icon.LOCK))
        if plan.ground.works and not plan.ground.controlled:
            self.notice = LinkButton(theme, say("reservation", "Write a performer's notice…"))
            self.notice.clicked.connect(self.notice_wished)
            self._inside.addLayout(row(self.notice, None, margins=(21, 0, 0, 0)))
        elif plan.ground.controlled:
            consent = LinkButton(theme, say("reservation", "Open Consent to refuse it"))
            consent.clicked.connect(self._go_to_consent)
            self._inside.addLayout(row(consent, None, margins=(21, 0, 0, 0)))

    def _go_to_consent(self) -> None:
        self._desk.go(Place("consent"))

    def _show_said(self, plan: SitePlan) -> None:
        said = plan.facts.statement
        works = say_count("reservation", "1 released work", "{n} released works", len(plan.ground.works))
        lead = say(
            "reservation",
            "{name} controls what is on the site ({works}) and refuses these uses. On {site} the files would "
            "say:",
            name=isolate(plan.artist_name),
            works=works,
            site=isolate(plan.address.at(plan.address.path)),
        )
        self._inside.addWidget(label(lead, wrap=True))
        self._inside.addLayout(self._table(use_lines(said.uses, plan.categories)))
        never = ", ".join(use_words(use) for use in never_said(said.uses))
        if never:
            words = say(
                "reservation",
                "No signal for machines has words for these, whatever you answered: {uses}. What you "
                "refuse of them is told in programmes and letters.",
                uses=never,
            )
            self._inside.addWidget(label(words, TextRole.SMALL, Token.TEXT_2, wrap=True))
        left_out = [left_out_words(each) for each in plan.categories if each.term.meant and not each.reserved]
        if left_out:
            inside = QWidget()
            inside.setLayout(
                column(*(label(words, tone=Token.TEXT_2, wrap=True) for words in left_out), gap=4)
            )
            title = say_count(
                "reservation",
                "1 thing is left out, and why",
                "{n} things are left out, and why",
                len(left_out),
            )
            self._inside.addWidget(Disclosure(self._desk.theme, title, inside))
        no_yes = say(
            "reservation", "What is not reserved is left out; that is no permission. It is not a licence."
        )
        self._inside.addWidget(label(no_yes, TextRole.SMALL, Token.TEXT_2, wrap=True))

    def _table(self, lines: tuple[UseLine, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for place, stretch in enumerate((3, 3, 4)):
            grid.setColumnStretch(place, stretch)
        heads = (
            say("reservation", "What you refuse"),
            say("reservation", "What the files say"),
            say("reservation", "What they cannot express"),
        )
        for place, head in enumerate(heads):
            grid.addWidget(label(head, TextRole.SMALL, Token.TEXT_3), 0, place)
        for number, line in enumerate(lines):
            grid.addWidget(Rule(self._desk.theme), 2 * number + 1, 0, 1, 3)
            self._add_line(grid, 2 * number + 2, line)
        return grid

    def _add_line(self, grid: QGridLayout, at: int, line: UseLine) -> None:
        uses = ", ".join(use_words(use) for use in line.uses)
        nothing = say("reservation", "Nothing; the page for people says it")
        says = "\n".join(line.says) or nothing
        cannot = domain_words(line.cannot) if line.cannot else say("reservation", "Nothing is lost")
        cells = (
            label(uses, weight="medium", wrap=True),
            label(says, tone=Token.TEXT_2, wrap=True, selectable=True),
            label(cannot, TextRole.SMALL, Token.TEXT_2, wrap=True),
        )
        cells[1].setAccessibleName(
            say("reservation", "Of {uses} the files say: {what}", uses=uses, what=says.replace("\n", ", "))
        )
        for place, cell in enumerate(cells):
            grid.addWidget(cell, at, place, Qt.AlignmentFlag.AlignTop)
