"""Where a decision of the history stands. The command line asks before the history is loaded."""

from __future__ import annotations

from enum import Enum


class HistoryState(Enum):
    RECORDED = "recorded"
    WAITS = "waits"  # nobody has answered it yet
    PROPOSED = "proposed"  # waits for the artist
    DECLINED = "declined"  # the artist did not sign
    CONFLICT = "conflict"  # met another answer; a person has to choose
    SETTLED = "settled"  # met another answer, and a person has dealt with it
    NOT_AUTHORISED = "not_authorised"
    UNREADABLE = "unreadable"  # no service could read it
