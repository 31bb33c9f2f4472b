"""The words of the history: its columns, answers, uses, what answers are about, and where they stand."""

from __future__ import annotations

from enum import IntEnum, auto

from artist_console.domain import words
from artist_console.domain.history_states import HistoryState
from artist_console.domain.registers import Stance, SubjectKind, UseScope, UseScopeKind
from artist_console.domain.uses import Family, Use
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import say


class HistoryColumn(IntEnum):
    WHEN = 0
    ANSWER = auto()
    ABOUT = auto()
    WHO = auto()
    RECEIPT = auto()


def header_words(column: HistoryColumn) -> str:
    match column:
        case HistoryColumn.WHEN:
            return say("history", "Recorded")
        case HistoryColumn.ANSWER:
            return say("history", "Answer")
        case HistoryColumn.ABOUT:
            return say("history", "About")
        case HistoryColumn.WHO:
            return say("history", "Decided by")
        case HistoryColumn.RECEIPT:
            return say("history", "Receipt")


def stance_words(stance: Stance) -> str:
    match stance:
        case Stance.ALLOW:
            return say("history", "Allowed")
        case Stance.REFUSE:
            return say("history", "Refused")
        case Stance.CLEAR:
            return say("history", "Taken back")


def scope_words(use: UseScope) -> str:
    match use.kind:
        case UseScopeKind.ANY:
            return say("history", "every use")
        case UseScopeKind.FAMILY:
            return domain_words(words.FAMILY[Family(use.name)][0])
        case UseScopeKind.KEY:
            return domain_words(words.USE[Use(use.name)][0])


def kind_words(kind: SubjectKind) -> str:
    match kind:
        case SubjectKind.ALL:
            return say("history", "All my music")
        case SubjectKind.RELEASE:
            return say("history", "Releases")
        case SubjectKind.WORK:
            return say("history", "Recordings and songs")
        case SubjectKind.PERSON:
            return say("history", "Voice, name and image")


def state_words(state: HistoryState) -> str:
    match state:
        case HistoryState.RECORDED:
            return say("history", "Recorded")
        case HistoryState.WAITS:
            return say("history", "Not confirmed yet")
        case HistoryState.PROPOSED:
            return say("history", "Waits for the artist")
        case HistoryState.DECLINED:
            return say("history", "Declined by the artist")
        case HistoryState.CONFLICT:
            return say("history", "Met another answer")
        case HistoryState.SETTLED:
            return say("history", "Settled")
        case HistoryState.NOT_AUTHORISED:
            return say("history", "Beyond the mandate")
        case HistoryState.UNREADABLE:
            return say("history", "Could not be sent")
