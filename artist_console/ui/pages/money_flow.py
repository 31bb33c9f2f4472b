"""From earned to paid, one currency a line: figures with the sign that leads from each to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from artist_console.domain.earnings import Flow
from artist_console.ui.icons import Icon
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.layout import FlowLayout, clear_layout, column, row
from artist_console.ui.widgets.painting import painter_for

_SIGN = 16


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One figure. `sign` stands before it; None for the first."""

    name: str
    figure: str
    sign: Icon | None = None
    detail: str = ""
    strong: bool = True


class _Sign(QWidget):
    """Plus, minus or an arrow between two figures."""

    def __init__(self, theme: Theme, icon: Icon) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self.setFixedSize(QSize(theme.px(_SIGN), theme.px(_SIGN)))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        colour = self._theme.colour(Token.TEXT_3)
        self._theme.icons.paint(
            painter_for(self), QRectF(self.rect()), self._icon, colour, right_to_left=mirrors
        )


class FlowLine(QWidget):
    """Figures beside each other that go on in the next line where the width ends."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(self, gap=14)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.steps: tuple[FlowStep, ...] = ()

    def show_steps(self, steps: Sequence[FlowStep]) -> None:
        clear_layout(self._flow)
        self.steps = tuple(steps)
        for step in self.steps:
            self._flow.addWidget(self._part(step))
        self.setAccessibleName(
            ". ".join(
                say("flow", "{name}: {figure}", name=step.name, figure=step.figure) for step in self.steps
            )
        )
        self.updateGeometry()

    def _part(self, step: FlowStep) -> QWidget:
        part = QWidget()
        # Figures of all steps have one size: none of them is the prize.
        figure = label(step.figure, TextRole.TITLE if step.strong else TextRole.SECTION, selectable=True)
        figure.setAccessibleName(say("flow", "{name}: {figure}", name=step.name, figure=step.figure))
        words = column(label(step.name, TextRole.BODY, Token.TEXT_2), figure, gap=1)
        if step.detail:
            words.addWidget(label(step.detail, TextRole.SMALL, Token.TEXT_3))
        words.addStretch(1)
        inside = row(gap=12)
        if step.sign is not None:
            inside.addLayout(
                column(_Sign(self._theme, step.sign), None, margins=(0, 22 if step.strong else 18, 0, 0))
            )
        inside.addLayout(words)
        part.setLayout(inside)
        return part


def flow_steps(
    flow: Flow,
    words: MoneyWords,
    *,
    recognised: bool,
    whole: bool,
    reaches_beyond: bool = False,
    small: bool = False,
) -> tuple[FlowStep, ...]:
    """The steps of one currency.

    `recognised`: some line is AI income; without one that is said, and no zero is shown. `whole`: the
    figures are of whole statements, so that what was paid can be told. `reaches_beyond`: some of these
    statements also cover days outside the period, so that the payment may be larger than what is payable.
    `small`: one of several currencies; steps that take nothing away are left out then.
    """

    def step(name: str, amount_of: str, sign: Icon | None) -> FlowStep:
        return FlowStep(name, words.money(flow.currency, getattr(flow, amount_of)), sign)

    first = (
        step(say("flow", "Earned from AI"), "earned", None)
        if recognised
        else FlowStep(
            say("flow", "Earned from AI"), "–", None, say("flow", "No line recognised as AI income")
        )
    )
    steps = [first]
    for amount, name in (
        ("other", say("flow", "Other income")),
        ("advanced", say("flow", "Advance")),
        ("unattributed", say("flow", "Not attributed")),
    ):
        if getattr(flow, amount):
            steps.append(step(name, amount, Icon.PLUS))
    for amount, name, always in (
        ("set_against", say("flow", "Set against your advance"), not small),
        ("held", say("flow", "Held"), not small),
        ("deducted", say("flow", "Costs, tax, commission"), False),
    ):
        if always or getattr(flow, amount):
            steps.append(step(name, amount, Icon.MINUS))
    steps.append(step(say("flow", "Payable"), "payable", Icon.ARROW_RIGHT))
    if whole:
        paid = step(say("flow", "Paid"), "paid", Icon.ARROW_RIGHT)
        beyond = say("flow", "Reaches beyond this period") if reaches_beyond else ""
        steps.append(replace(paid, detail=beyond))
    else:
        told = say("flow", "Told for whole statements only")
        steps.append(FlowStep(say("flow", "Paid"), "–", Icon.ARROW_RIGHT, told))
    return tuple(replace(each, strong=not small) for each in steps)
