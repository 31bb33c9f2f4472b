"""How each kind of cell is painted, and how much room it wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from artist_console.domain.registers import Stance
from artist_console.ui.delegates.cells import (
    Cell,
    ChipCell,
    MatrixCell,
    MoneyCell,
    PermissionCell,
    TextCell,
    TreeCell,
    WorkCell,
)
from artist_console.ui.icons import Icon
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.chips import ChipValue, chip_width, paint_chip
from artist_console.ui.widgets.painting import draw_words, mirrored, text_width
from artist_console.ui.widgets.pictures import paint_cover
from artist_console.ui.widgets.three_state import paint_small, small_size

PADDING = 10
COVER = 32
INDENT = 21
_CLOCK = 14
_MEDIUM = 500
_STRONG = 600


@dataclass(frozen=True, slots=True)
class Ground:
    """Where and in what state a cell is painted."""

    painter: QPainter
    theme: Theme
    rect: QRectF  # the whole cell
    right_to_left: bool
    hover: Stance | None = None  # the part of the control under the pointer
    second_lines: bool = True  # whether there is room for them

    @property
    def inner(self) -> QRectF:
        return self.rect.adjusted(PADDING, 0, -PADDING, 0)

    def place(self, rect: QRectF) -> QRectF:
        return mirrored(rect, self.rect, self.right_to_left)

    @property
    def start(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight if self.right_to_left else Qt.AlignmentFlag.AlignLeft

    @property
    def end(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignLeft if self.right_to_left else Qt.AlignmentFlag.AlignRight

    def ink(self, tone: Token | Tint) -> QColor:
        return self.theme.tint(tone).text if isinstance(tone, Tint) else self.theme.colour(tone)


def paint_cell(ground: Ground, cell: Cell) -> None:
    """Paint one cell; background and focus are the table's."""
    match cell:
        case TextCell():
            _paint_text(ground, cell)
        case WorkCell():
            _paint_work(ground, cell)
        case ChipCell():
            _paint_chip_cell(ground, cell)
        case PermissionCell():
            _paint_permission(ground, cell)
        case MoneyCell():
            _paint_money(ground, cell)
        case MatrixCell():
            _paint_matrix(ground, cell)
        case TreeCell():
            _paint_tree(ground, cell)
        case _:
            assert_never(cell)


def control_rect(theme: Theme, cell_rect: QRectF, *, right_to_left: bool) -> QRectF:
    """Where the small control of a permission cell lies."""
    size = small_size(theme)
    top = cell_rect.center().y() - size.height() / 2
    return mirrored(QRectF(cell_rect.x() + 6, top, size.width(), size.height()), cell_rect, right_to_left)


def expander_rect(cell_rect: QRectF, cell: TreeCell, *, right_to_left: bool) -> QRectF:
    """Where the arrow that opens a row of a tree can be pressed: 24 wide and the row high."""
    left = cell_rect.x() + PADDING + max(0, cell.depth - 1) * INDENT
    return mirrored(QRectF(left, cell_rect.y(), 24, cell_rect.height()), cell_rect, right_to_left)


def shows_whole(theme: Theme, cell: Cell, width: float) -> bool:
    """Whether all words fit into a cell of this width; where not, a tooltip has them."""
    return wanted_width(theme, cell) <= width


def wanted_width(theme: Theme, cell: Cell) -> float:
    """How wide the cell is when nothing is cut."""
    body, medium = theme.font(), theme.font(TextRole.BODY, _MEDIUM)
    small = theme.font(TextRole.SMALL)
    match cell:
        case TextCell():
            words = max(text_width(_weighted(theme, cell.weight), cell.words), text_width(small, cell.second))
        case WorkCell():
            words = COVER + 12 + max(text_width(medium, cell.title), text_width(small, cell.second))
        case ChipCell():
            words = chip_width(theme, cell.chip) if cell.chip else 0
            words += (_CLOCK + 6 if cell.waiting else 0) + (
                text_width(small, cell.beside) + 10 if cell.beside else 0
            )
        case PermissionCell():
            beside = max(
                text_width(theme.font(TextRole.SMALL, _MEDIUM), cell.words), text_width(small, cell.second)
            )
            words = small_size(theme).width() + 12 + beside + (_CLOCK + 6 if cell.waiting else 0)
        case MoneyCell():
            figures = theme.font(TextRole.BODY, tabular=True)
            words = max(text_width(figures, cell.words), text_width(small, cell.second))
        case MatrixCell():
            words = (
                chip_width(theme, cell.chip)
                + (0 if cell.own else 18)
                + (_CLOCK + 6) * (cell.waiting + cell.draft)
            )
        case TreeCell():
            words = (
                cell.depth * INDENT + 24 + max(text_width(medium, cell.title), text_width(body, cell.second))
            )
        case _:
            assert_never(cell)
    return words + 2 * PADDING


def _weighted(theme: Theme, weight: str) -> QFont:
    return theme.font(TextRole.BODY, {"medium": _MEDIUM, "strong": _STRONG}.get(weight, 0))


def _two_lines(
    ground: Ground,
    rect: QRectF,
    first: str,
    second: str,
    font: QFont,
    ink: QColor,
    *,
    end: bool = False,
    second_font: QFont | None = None,
    second_ink: QColor | None = None,
) -> None:
    """One line in the middle, or two around it."""
    theme = ground.theme
    alignment = ground.end if end else ground.start
    if not second or not ground.second_lines:
        draw_words(ground.painter, rect, first, font, ink, alignment)
        return
    half = theme.px(17)
    middle = rect.center().y()
    above = QRectF(rect.x(), middle - half, rect.width(), half)
    below = QRectF(rect.x(), middle, rect.width(), half)
    draw_words(ground.painter, above, first, font, ink, alignment)
    draw_words(
        ground.painter,
        below,
        second,
        second_font or theme.font(TextRole.SMALL),
        second_ink or theme.colour(Token.TEXT_3),
        alignment,
    )


def _paint_text(ground: Ground, cell: TextCell) -> None:
    font = _weighted(ground.theme, cell.weight)
    if cell.figures:
        font = ground.theme.font(TextRole.BODY, int(font.weight()), tabular=True)
    _two_lines(ground, ground.inner, cell.words, cell.second, font, ground.ink(cell.tone), end=cell.end)


def _paint_work(ground: Ground, cell: WorkCell) -> None:
    theme, inner = ground.theme, ground.inner
    size = theme.px(36 if cell.round else COVER)
    box = QRectF(inner.x(), inner.center().y() - size / 2, size, size)
    paint_cover(ground.painter, theme, ground.place(box), cell.key, round=cell.round)
    left = box.right() + 12
    words = QRectF(left, inner.y(), inner.right() - left, inner.height())
    font = theme.font(TextRole.BODY, _STRONG if cell.round else _MEDIUM)
    _two_lines(ground, ground.place(words), cell.title, cell.second, font, theme.colour(Token.TEXT))


def _paint_clock(ground: Ground, left: float) -> float:
    size = ground.theme.px(_CLOCK)
    box = QRectF(left, ground.rect.center().y() - size / 2, size, size)
    ground.theme.icons.paint(
        ground.painter, ground.place(box), Icon.CLOCK, ground.theme.tint(Tint.ASK).text, heavy=True
    )
    return box.right() + 6


def _paint_chip_cell(ground: Ground, cell: ChipCell) -> None:
    theme, inner = ground.theme, ground.inner
    left = inner.x()
    if cell.chip is not None:
        clock = theme.px(_CLOCK) + 6 if cell.waiting else 0
        room = QRectF(left - 3, inner.y(), inner.width() + 3 - clock, inner.height())
        paint_chip(ground.painter, theme, ground.place(room), cell.chip, right_to_left=ground.right_to_left)
        left = room.x() + min(float(chip_width(theme, cell.chip)), room.width()) + 6
    if cell.waiting:
        left = _paint_clock(ground, left)
    if cell.beside:
        left += 4 if cell.chip is not None else 0
        words = QRectF(left, inner.y(), max(0.0, inner.right() - left), inner.height())
        tone = Token.TEXT_2 if cell.chip is not None else Token.TEXT_3
        draw_words(
            ground.painter,
            ground.place(words),
            cell.beside,
            theme.font(TextRole.SMALL),
            theme.colour(tone),
            ground.start,
        )


def _paint_permission(ground: Ground, cell: PermissionCell) -> None:
    theme, rect = ground.theme, ground.rect
    control = control_rect(theme, rect, right_to_left=ground.right_to_left)
    paint_small(
        ground.painter,
        theme,
        control,
        cell.value,
        follow_words=cell.follow_words or " ",
        hover=ground.hover,
        enabled=cell.enabled,
        right_to_left=ground.right_to_left,
    )
    left = rect.x() + 6 + control.width() + 12
    if cell.waiting:
        left = _paint_clock(ground, left)
    words = QRectF(left, rect.y(), max(0.0, rect.right() - PADDING / 2 - left), rect.height())
    ink = theme.tint(cell.tint).text if cell.tint else theme.colour(Token.TEXT_2)
    _two_lines(
        ground,
        ground.place(words),
        cell.words,
        cell.second,
        theme.font(TextRole.SMALL, _MEDIUM),
        ink,
        second_font=theme.font(TextRole.CAPTION),
        second_ink=theme.colour(Token.TEXT_2),
    )


def _paint_money(ground: Ground, cell: MoneyCell) -> None:
    theme = ground.theme
    font = theme.font(TextRole.BODY, 400 if cell.quiet else _MEDIUM, tabular=True)
    ink = theme.colour(Token.TEXT_3 if cell.quiet else Token.TEXT)
    small = theme.font(TextRole.SMALL, tabular=True)
    # A sum keeps its order where words run from right to left; only its place mirrors.
    _two_lines(ground, ground.inner, cell.words, cell.second, font, ink, end=True, second_font=small)


def fitting_chip(theme: Theme, cell: MatrixCell, width: float) -> ChipValue:
    """The chip in words that fit: "Refuse" with its pen says more than "Refuse, to …"."""
    if cell.short and chip_width(theme, cell.chip) > width:
        return ChipValue(cell.chip.meaning, cell.short)
    return cell.chip


def _paint_matrix(ground: Ground, cell: MatrixCell) -> None:
    theme, inner = ground.theme, ground.inner
    clock = (theme.px(_CLOCK) + 6) * (cell.waiting + cell.draft)
    if cell.own:
        room = QRectF(inner.x() - 2, inner.y(), inner.width() + 2 - clock, inner.height())
        chip = fitting_chip(theme, cell, room.width())
        box = paint_chip(ground.painter, theme, ground.place(room), chip, right_to_left=ground.right_to_left)
        left = room.x() + box.width() + 6
    else:
        left = _paint_followed(ground, cell, clock)
    if cell.waiting:
        left = _paint_clock(ground, left)
    if cell.draft:
        size = theme.px(_CLOCK)
        pen = ground.place(QRectF(left, inner.center().y() - size / 2, size, size))
        theme.icons.paint(ground.painter, pen, Icon.PEN, theme.colour(Token.ACCENT_TEXT), heavy=True)


def _paint_followed(ground: Ground, cell: MatrixCell, clock: float) -> float:
    theme, inner = ground.theme, ground.inner
    size = theme.px(14)
    top = inner.center().y() - size / 2
    arrow = ground.place(QRectF(inner.x() + 2, top, size, size))
    theme.icons.paint(
        ground.painter, arrow, Icon.FOLLOW, theme.colour(Token.TEXT_3), right_to_left=ground.right_to_left
    )
    look = cell.chip.look
    sign = ground.place(QRectF(inner.x() + 2 + size + 6, top, size, size))
    theme.icons.paint(
        ground.painter,
        sign,
        look.icon,
        theme.tint(look.tint).text,
        right_to_left=ground.right_to_left,
        heavy=True,
    )
    left = inner.x() + 2 + 2 * size + 13
    font = theme.font(TextRole.SMALL)
    width = min(text_width(font, cell.chip.shown) + 1, max(0.0, inner.right() - left - clock))
    words = QRectF(left, inner.y(), width, inner.height())
    draw_words(
        ground.painter, ground.place(words), cell.chip.shown, font, theme.colour(Token.TEXT_2), ground.start
    )
    return left + width + 6


def _paint_tree(ground: Ground, cell: TreeCell) -> None:
    theme, inner = ground.theme, ground.inner
    left = inner.x() + max(0, cell.depth - 1) * INDENT
    size = theme.px(16)
    middle = inner.center().y()
    icon = cell.icon
    if cell.expandable and cell.depth > 0:
        icon = Icon.CHEVRON_DOWN if cell.expanded else Icon.CHEVRON_RIGHT
    if icon is not None:
        box = ground.place(QRectF(left + 4, middle - size / 2, size, size))
        theme.icons.paint(
            ground.painter, box, icon, theme.colour(Token.TEXT_2), right_to_left=ground.right_to_left
        )
    left += INDENT + 6
    words = QRectF(left, inner.y(), max(0.0, inner.right() - left), inner.height())
    strong = cell.expandable or cell.depth == 0
    font = theme.font(TextRole.BODY, _STRONG if strong else 400)
    _two_lines(ground, ground.place(words), cell.title, cell.second, font, theme.colour(Token.TEXT))


def paint_focus_dot(painter: QPainter, theme: Theme, centre: QPointF) -> None:
    """A mark for a row that is new until it was seen."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(Token.ACCENT))
    painter.drawEllipse(centre, 3, 3)
