"""Chips: one meaning each, told by its own icon and words; colour only repeats it.

A chip is no button. Filled: it is so. Outlined: weak, absent or not the artist's own. Dashed: chosen, and
not recorded. The table below is DESIGN 5; words that name somebody are filled by `chip_words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import isolate, say, set_tooltip
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint
from artist_console.ui.widgets.painting import draw_words, fill_round, mirrored, painter_for, text_width

_ICON = 14
_BEFORE_ICON = 8
_AFTER_ICON = 5
_END = 11
_WEIGHT = 500


class ChipMeaning(Enum):
    """Everything a chip can say."""

    ALLOWED = auto()
    REFUSED = auto()
    UNDECIDED = auto()
    ASKED = auto()
    WAITS_FOR_OTHERS = auto()
    CO_SIGNATURE = auto()
    NEW_TERMS = auto()
    EXPIRED = auto()
    CONDITIONS_UNMET = auto()
    LICENSED_BY_OTHERS = auto()
    LICENSED_AGAINST_WISH = auto()
    OBJECTED = auto()
    REFUSED_UNCHECKED = auto()
    NO_AGREEMENT = auto()
    NOT_LICENSED = auto()
    DIFFERS = auto()
    FINDING = auto()
    IN_DATASET = auto()
    DELIVERED = auto()
    SCHEDULED = auto()
    CLEARED = auto()
    TRAINED = auto()
    REMOVAL_ASKED = auto()
    TRAINED_BEFORE_REFUSAL = auto()
    REMOVAL_REFUSED = auto()
    REMOVED = auto()
    RETRAINED_WITHOUT = auto()
    NOT_IN_NEXT = auto()
    NOTHING_REPORTED = auto()
    NOT_INCLUDED = auto()
    SUSPECTED = auto()
    PUBLIC_LIST = auto()
    INFERRED = auto()
    YOU_REPORTED = auto()
    BY_IDENTIFIER = auto()
    SAME_TITLE = auto()
    LIKELY = auto()
    CHECK_THIS = auto()
    SAID_MINE = auto()
    SAID_NOT_MINE = auto()
    NOTHING_ASKED = auto()
    ACKNOWLEDGED = auto()
    DOCUMENTED = auto()
    FOLLOWS_ONLY = auto()
    QUARANTINED = auto()
    CONFLICT = auto()
    SIGNED_BY_OPERATOR = auto()
    AUDITED = auto()
    OPERATOR_SAYS = auto()
    LICENSOR_SAYS = auto()
    ADDS_UP = auto()
    UNCHANGED = auto()
    DOES_NOT_ADD_UP = auto()
    CHANGED_AFTER_SIGNING = auto()
    NOT_CHECKED = auto()
    SIGNER_NOT_KNOWN = auto()
    MAY_DECIDE = auto()
    MAY_PROPOSE = auto()
    MAY_VIEW = auto()
    ENDS_SOON = auto()
    WAITING = auto()
    ALLOW_TO_REVIEW = auto()
    REFUSE_TO_REVIEW = auto()
    CLEAR_TO_REVIEW = auto()
    SEVERAL_TO_REVIEW = auto()
    CASE_DRAFTED = auto()
    CASE_SENT = auto()
    CASE_ANSWERED = auto()
    CASE_OVERDUE = auto()
    CASE_OPEN = auto()
    CASE_CLOSED = auto()
    NEUTRAL = auto()


@dataclass(frozen=True, slots=True)
class ChipLook:
    """How a meaning is drawn, and its words where nobody is named."""

    tint: Tint
    icon: Icon
    filled: bool
    words: str
    dashed: bool = False  # chosen, and nothing has come of it yet


_F, _O = True, False
LOOKS: dict[ChipMeaning, ChipLook] = {
    ChipMeaning.ALLOWED: ChipLook(Tint.ALLOW, Icon.CHECK, _F, "Allowed"),
    ChipMeaning.REFUSED: ChipLook(Tint.REFUSE, Icon.CROSS, _F, "Refused"),
    ChipMeaning.UNDECIDED: ChipLook(Tint.ASK, Icon.QUESTION, _F, "Undecided"),
    ChipMeaning.ASKED: ChipLook(Tint.ASK, Icon.QUESTION, _F, "Asked, undecided"),
    ChipMeaning.WAITS_FOR_OTHERS: ChipLook(Tint.ASK, Icon.PEOPLE, _F, "Not everyone has agreed"),
    ChipMeaning.CO_SIGNATURE: ChipLook(Tint.ASK, Icon.PEOPLE, _F, "Waits for co-signature"),
    ChipMeaning.NEW_TERMS: ChipLook(Tint.ASK, Icon.CLOCK, _F, "New terms"),
    ChipMeaning.EXPIRED: ChipLook(Tint.ASK, Icon.CLOCK, _F, "Expired"),
    ChipMeaning.CONDITIONS_UNMET: ChipLook(Tint.ASK, Icon.FORK, _F, "Your conditions are not met"),
    ChipMeaning.LICENSED_BY_OTHERS: ChipLook(Tint.NEUTRAL, Icon.DOCUMENT, _O, "Licensed by others"),
    ChipMeaning.LICENSED_AGAINST_WISH: ChipLook(Tint.REFUSE, Icon.DOCUMENT, _O, "Licensed against your wish"),
    ChipMeaning.OBJECTED: ChipLook(Tint.REFUSE, Icon.CROSS, _O, "Objected"),
    ChipMeaning.REFUSED_UNCHECKED: ChipLook(Tint.REFUSE, Icon.CROSS, _O, "Refused, power not checked"),
    ChipMeaning.NO_AGREEMENT: ChipLook(Tint.NEUTRAL, Icon.RING, _O, "No agreement known"),
    ChipMeaning.NOT_LICENSED: ChipLook(Tint.NEUTRAL, Icon.RING, _O, "Not licensed"),
    ChipMeaning.DIFFERS: ChipLook(Tint.NEUTRAL, Icon.FORK, _O, "Differs by use"),
    ChipMeaning.FINDING: ChipLook(Tint.DENY, Icon.TRIANGLE, _F, "Finding"),
    ChipMeaning.IN_DATASET: ChipLook(Tint.INFO, Icon.LAYERS, _F, "In a dataset"),
    ChipMeaning.DELIVERED: ChipLook(Tint.INFO, Icon.LAYERS, _F, "Delivered"),
    ChipMeaning.SCHEDULED: ChipLook(Tint.INFO, Icon.LAYERS, _F, "Scheduled"),
    ChipMeaning.CLEARED: ChipLook(Tint.INFO, Icon.LAYERS, _F, "Cleared"),
    ChipMeaning.TRAINED: ChipLook(Tint.INFO, Icon.DOT, _F, "Trained"),
    ChipMeaning.REMOVAL_ASKED: ChipLook(Tint.ASK, Icon.CLOCK, _F, "Removal asked"),
    ChipMeaning.TRAINED_BEFORE_REFUSAL: ChipLook(Tint.ASK, Icon.LOCK, _F, "Trained before your refusal"),
    ChipMeaning.REMOVAL_REFUSED: ChipLook(Tint.ASK, Icon.LOCK, _F, "Removal refused"),
    ChipMeaning.REMOVED: ChipLook(Tint.NEUTRAL, Icon.CHECK, _O, "Removed"),
    ChipMeaning.RETRAINED_WITHOUT: ChipLook(Tint.NEUTRAL, Icon.CHECK, _O, "Retrained without"),
    ChipMeaning.NOT_IN_NEXT: ChipLook(Tint.NEUTRAL, Icon.CHECK, _O, "Not in the next one"),
    ChipMeaning.NOTHING_REPORTED: ChipLook(Tint.NEUTRAL, Icon.RING, _O, "Nothing reported"),
    ChipMeaning.NOT_INCLUDED: ChipLook(Tint.NEUTRAL, Icon.CHECK, _O, "Not included"),
    ChipMeaning.SUSPECTED: ChipLook(Tint.NEUTRAL, Icon.QUESTION, _O, "Suspected"),
    ChipMeaning.PUBLIC_LIST: ChipLook(Tint.NEUTRAL, Icon.QUESTION, _O, "Public list"),
    ChipMeaning.INFERRED: ChipLook(Tint.NEUTRAL, Icon.QUESTION, _O, "Inferred"),
    ChipMeaning.YOU_REPORTED: ChipLook(Tint.NEUTRAL, Icon.QUESTION, _O, "You reported"),
    ChipMeaning.BY_IDENTIFIER: ChipLook(Tint.NEUTRAL, Icon.TAG, _O, "Listed by its identifier"),
    ChipMeaning.SAME_TITLE: ChipLook(Tint.NEUTRAL, Icon.ROWS, _O, "Same title and artist"),
    ChipMeaning.LIKELY: ChipLook(Tint.NEUTRAL, Icon.SEARCH, _O, "Likely"),
    ChipMeaning.CHECK_THIS: ChipLook(Tint.ASK, Icon.EYE, _F, "Check this"),
    ChipMeaning.SAID_MINE: ChipLook(Tint.INFO, Icon.PERSON, _F, "You said: mine"),
    ChipMeaning.SAID_NOT_MINE: ChipLook(Tint.NEUTRAL, Icon.CROSS, _O, "You said: not mine"),
    ChipMeaning.NOTHING_ASKED: ChipLook(Tint.NEUTRAL, Icon.RING, _O, "Nothing asked yet"),
    ChipMeaning.ACKNOWLEDGED: ChipLook(Tint.ASK, Icon.LETTER, _F, "Request received"),
    ChipMeaning.DOCUMENTED: ChipLook(Tint.NEUTRAL, Icon.GLOBE, _O, "Documented, not reported"),
    ChipMeaning.FOLLOWS_ONLY: ChipLook(Tint.NEUTRAL, Icon.FOLLOW, _O, "Follows, not stated"),
    ChipMeaning.QUARANTINED: ChipLook(Tint.CONFLICT, Icon.PAUSE, _F, "Quarantined"),
    ChipMeaning.CONFLICT: ChipLook(Tint.CONFLICT, Icon.TWO_ARROWS, _F, "Conflict"),
    ChipMeaning.SIGNED_BY_OPERATOR: ChipLook(Tint.INFO, Icon.SHIELD, _F, "Signed by operator"),
    ChipMeaning.AUDITED: ChipLook(Tint.INFO, Icon.SHIELD, _F, "Audited"),
    ChipMeaning.OPERATOR_SAYS: ChipLook(Tint.INFO, Icon.DOCUMENT, _F, "Operator says"),
    ChipMeaning.LICENSOR_SAYS: ChipLook(Tint.INFO, Icon.DOCUMENT, _F, "Licensor says"),
    ChipMeaning.ADDS_UP: ChipLook(Tint.INFO, Icon.CHECK, _F, "Adds up"),
    ChipMeaning.UNCHANGED: ChipLook(Tint.INFO, Icon.SHIELD, _F, "Unchanged since signed"),
    ChipMeaning.DOES_NOT_ADD_UP: ChipLook(Tint.DENY, Icon.TRIANGLE, _F, "Does not add up"),
    ChipMeaning.CHANGED_AFTER_SIGNING: ChipLook(Tint.DENY, Icon.TRIANGLE, _F, "Changed after signing"),
    ChipMeaning.NOT_CHECKED: ChipLook(Tint.NEUTRAL, Icon.QUESTION, _F, "Not checked"),
    ChipMeaning.SIGNER_NOT_KNOWN: ChipLook(Tint.NEUTRAL, Icon.QUESTION, _F, "Signer not known"),
    ChipMeaning.MAY_DECIDE: ChipLook(Tint.INFO, Icon.CHECK, _F, "Decide"),
    ChipMeaning.MAY_PROPOSE: ChipLook(Tint.INFO, Icon.PEOPLE, _F, "Propose"),
    ChipMeaning.MAY_VIEW: ChipLook(Tint.NEUTRAL, Icon.EYE, _O, "View"),
    ChipMeaning.ENDS_SOON: ChipLook(Tint.ASK, Icon.CLOCK, _F, "Ends soon"),
    ChipMeaning.WAITING: ChipLook(Tint.ASK, Icon.QUESTION, _F, "Waiting"),
    ChipMeaning.ALLOW_TO_REVIEW: ChipLook(Tint.ALLOW, Icon.CHECK, _O, "Allow, to review", dashed=True),
    ChipMeaning.REFUSE_TO_REVIEW: ChipLook(Tint.REFUSE, Icon.CROSS, _O, "Refuse, to review", dashed=True),
    ChipMeaning.CLEAR_TO_REVIEW: ChipLook(Tint.ASK, Icon.QUESTION, _O, "Take back, to review", dashed=True),
    ChipMeaning.SEVERAL_TO_REVIEW: ChipLook(Tint.NEUTRAL, Icon.FORK, _O, "Several, to review", dashed=True),
    ChipMeaning.CASE_DRAFTED: ChipLook(Tint.NEUTRAL, Icon.PEN, _O, "Written, not sent"),
    ChipMeaning.CASE_SENT: ChipLook(Tint.INFO, Icon.SEND, _F, "Sent"),
    ChipMeaning.CASE_ANSWERED: ChipLook(Tint.ASK, Icon.LETTER, _F, "A reply to read"),
    ChipMeaning.CASE_OVERDUE: ChipLook(Tint.ASK, Icon.CLOCK, _F, "No reply"),
    ChipMeaning.CASE_OPEN: ChipLook(Tint.INFO, Icon.ARROW_RIGHT, _F, "Goes on"),
    ChipMeaning.CASE_CLOSED: ChipLook(Tint.NEUTRAL, Icon.CHECK, _O, "Closed"),
    ChipMeaning.NEUTRAL: ChipLook(Tint.NEUTRAL, Icon.INFO, _F, ""),
}

# Words where somebody is named or counted. Below an audit a statement is said by somebody.
_NAMED: dict[ChipMeaning, str] = {
    ChipMeaning.OBJECTED: "Objected, {name} decides",
    ChipMeaning.TRAINED: "{name} says: trained",
    ChipMeaning.REMOVED: "{name} says: removed",
    ChipMeaning.NOT_INCLUDED: "{name} says: not included",
    ChipMeaning.WAITS_FOR_OTHERS: "Waits for {name}",
    ChipMeaning.CO_SIGNATURE: "Waits for {name}",
}


@dataclass(frozen=True, slots=True)
class ChipValue:
    """A meaning and the words for it; without words the meaning's own are taken."""

    meaning: ChipMeaning
    words: str = ""

    @property
    def look(self) -> ChipLook:
        return LOOKS[self.meaning]

    @property
    def shown(self) -> str:
        return self.words or chip_words(self.meaning)


def chip_words(meaning: ChipMeaning, name: str = "") -> str:
    """The words of a meaning, translated; with the one who says or decides it where one is named."""
    template = _NAMED.get(meaning) if name else None
    if template is None:
        return say("chip", LOOKS[meaning].words)
    return say("chip", template, name=isolate(name))


def chip_width(theme: Theme, value: ChipValue) -> int:
    """How wide the chip is when nothing of it is cut."""
    words = text_width(theme.font(TextRole.SMALL, _WEIGHT), value.shown)
    return round(_BEFORE_ICON + theme.px(_ICON) + _AFTER_ICON + words + _END + 1)


def paint_chip(
    painter: QPainter, theme: Theme, rect: QRectF, value: ChipValue, *, right_to_left: bool = False
) -> QRectF:
    """Paint a chip at the leading end of `rect`, centred in its height; gives where it lies."""
    look = value.look
    colours = theme.tint(look.tint)
    height = theme.height("chip")
    width = min(chip_width(theme, value), int(rect.width()))
    box = QRectF(rect.x(), rect.y() + (rect.height() - height) / 2, width, height)
    box = mirrored(box, rect, right_to_left)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if look.filled:
        fill_round(painter, box, height / 2, colours.back)
    else:
        line = 1.0 if theme.border() == 1 else 2.0
        style = Qt.PenStyle.DashLine if look.dashed else Qt.PenStyle.SolidLine
        fill_round(painter, box, height / 2, None, colours.solid, line, style)
    ink = colours.on_back if look.filled else colours.text
    size = theme.px(_ICON)
    icon = QRectF(box.x() + _BEFORE_ICON, box.y() + (height - size) / 2, size, size)
    theme.icons.paint(
        painter, mirrored(icon, box, right_to_left), look.icon, ink, right_to_left=right_to_left, heavy=True
    )
    left = icon.right() + _AFTER_ICON
    words = QRectF(left, box.y(), box.right() - _END + 1 - left, height)
    draw_words(
        painter,
        mirrored(words, box, right_to_left),
        value.shown,
        theme.font(TextRole.SMALL, _WEIGHT),
        ink,
        Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft,
    )
    return box


class Chip(QWidget):
    """A chip as a widget; it says its words to assistive technology."""

    def __init__(self, theme: Theme, value: ChipValue | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._value = value or ChipValue(ChipMeaning.NEUTRAL)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def value(self) -> ChipValue:
        return self._value

    def show_value(self, value: ChipValue) -> None:
        self._value = value
        self._measure()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._theme, self._value), self._theme.height("chip"))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(48, self.sizeHint().width()), self._theme.height("chip"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        paint_chip(painter, self._theme, QRectF(self.rect()), self._value, right_to_left=mirrors)

    def _measure(self) -> None:
        self.setAccessibleName(self._value.shown)
        self.setMaximumWidth(self.sizeHint().width())
        set_tooltip(self, "")
        self.updateGeometry()
        self.update()
