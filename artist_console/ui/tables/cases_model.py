"""Cases as a table: what and to whom, for whom, where it stands, what comes next, what happened last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import Enum, IntEnum

from PySide6.QtCore import QObject

from artist_console.commands.cases import CaseRow
from artist_console.domain.cases import REPLY_PATIENCE_DAYS, CaseState
from artist_console.ui.delegates.cells import Cell, ChipCell, TextCell
from artist_console.ui.figures import Figures
from artist_console.ui.letter_words import case_chip, event_words, next_words
from artist_console.ui.tables.fixed_rows import FixedRows
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint, Token


class CaseColumn(IntEnum):
    TITLE = 0
    ARTIST = 1
    STATE = 2
    NEXT = 3
    LAST = 4


class CaseFilter(Enum):
    ALL = "all"
    NEEDS = "needs"  # the person has to do something
    SENT = "sent"
    NO_REPLY = "no_reply"
    CLOSED = "closed"


def passes(row: CaseRow, wanted: CaseFilter) -> bool:
    standing = row.standing
    match wanted:
        case CaseFilter.ALL:
            return True
        case CaseFilter.NEEDS:
            return _needs_the_person(row)
        case CaseFilter.SENT:
            return standing.state is CaseState.SENT
        case CaseFilter.NO_REPLY:
            return _unanswered(row)
        case CaseFilter.CLOSED:
            return standing.state is CaseState.CLOSED


def _needs_the_person(row: CaseRow) -> bool:
    """To be sent, to be read, or past its date: with nobody else to wait for."""
    standing = row.standing
    if standing.state is CaseState.CLOSED:
        return False
    return (
        standing.state in (CaseState.DRAFTED, CaseState.ANSWERED)
        or standing.overdue_days is not None
        or _unanswered(row)
    )


def _unanswered(row: CaseRow) -> bool:
    standing = row.standing
    if standing.state is not CaseState.SENT:
        return False
    return standing.overdue_days is not None or (standing.unanswered_days or 0) >= REPLY_PATIENCE_DAYS


def filter_words(wanted: CaseFilter) -> str:
    return {
        CaseFilter.ALL: say("letters", "All"),
        CaseFilter.NEEDS: say("letters", "Waits for you"),
        CaseFilter.SENT: say("letters", "Sent"),
        CaseFilter.NO_REPLY: say("letters", "No reply"),
        CaseFilter.CLOSED: say("letters", "Closed"),
    }[wanted]


def short_title(row: CaseRow) -> str:
    """The title without the addressee, who stands in the line below."""
    return row.case.title.removesuffix(f": {row.case.addressee_name}")


def in_order(rows: Iterable[CaseRow], column: CaseColumn, *, down: bool) -> list[CaseRow]:
    """By what stands in a column; rows that are equal in it stay in the order in which they were given."""

    match column:
        case CaseColumn.TITLE:
            return sorted(rows, key=lambda row: row.case.title.casefold(), reverse=down)
        case CaseColumn.ARTIST:
            return sorted(rows, key=lambda row: row.artist_name.casefold(), reverse=down)
        case CaseColumn.STATE:
            return sorted(rows, key=lambda row: _STATES.index(row.standing.state), reverse=down)
        case CaseColumn.NEXT:
            return sorted(rows, key=lambda row: row.standing.next_on or date.max, reverse=down)
        case CaseColumn.LAST:
            return sorted(rows, key=_last_day, reverse=down)


def _last_day(row: CaseRow) -> date:
    return row.case.events[-1].on if row.case.events else date.min


_STATES = tuple(CaseState)


class CasesModel(FixedRows[CaseRow]):
    """In the order in which the command gives them: overdue first."""

    def __init__(
        self, figures: Figures, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(figures, parent)
        self._clock = clock

    def headers(self) -> tuple[str, ...]:
        return (
            say("letters", "Case"),
            say("letters", "Artist"),
            say("letters", "Where it stands"),
            say("letters", "Next"),
            say("letters", "Last happened"),
        )

    def show_rows(self, rows: Sequence[CaseRow]) -> None:
        """Rows that are the same cases in the same order keep the current one."""
        if [row.case.id for row in rows] == [row.case.id for row in self.rows]:
            self.rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(CaseColumn) - 1))
            return
        super().show_rows(rows)

    def place_of(self, id: str) -> int | None:
        return next((place for place, row in enumerate(self.rows) if row.case.id == id), None)

    def cell(self, row: CaseRow, column: int) -> Cell:
        case, standing = row.case, row.standing
        match CaseColumn(column):
            case CaseColumn.TITLE:
                return TextCell(short_title(row), case.addressee_name, weight="medium")
            case CaseColumn.ARTIST:
                return TextCell(row.artist_name, tone=Token.TEXT_2)
            case CaseColumn.STATE:
                return ChipCell(case_chip(standing))
            case CaseColumn.NEXT:
                if standing.next_on is None:
                    return TextCell("–", tone=Token.TEXT_3)
                late = standing.overdue_days is not None
                tone: Token | Tint = Tint.ASK if late else Token.TEXT
                return TextCell(self._day(standing.next_on), self._next(row), tone)
            case CaseColumn.LAST:
                if not case.events:
                    return TextCell("–", tone=Token.TEXT_3)
                last = case.events[-1]
                return TextCell(event_words(last, self._figures), self._day(last.on), tone=Token.TEXT_2)

    def _next(self, row: CaseRow) -> str:
        late = row.standing.overdue_days
        if late is not None:
            return say("letters", "{n} days late", n=late) if late != 1 else say("letters", "1 day late")
        return next_words(row.standing)

    def _day(self, day: date) -> str:
        return self._figures.short_day(day, self._clock().astimezone().date())
