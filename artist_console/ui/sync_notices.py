"""What the line under the top bar says of the exchange: at most one thing, the most pressing first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from artist_console.commands.syncing import CLOCK_TOLERANCE_S, Restored, SyncState, SyncStatus
from artist_console.ui.icons import Icon
from artist_console.ui.text import say, say_count


class NoticeKind(Enum):
    RESTORED = "restored"
    SIGN_IN = "sign_in"
    TROUBLE = "trouble"
    OFFLINE = "offline"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Notice:
    """`kind` None and empty words: nothing to tell."""

    kind: NoticeKind | None = None
    words: str = ""
    action: str = ""
    icon: Icon = Icon.CLOUD_OFF
    can_be_put_away: bool = False


_NOTHING = Notice()


def notice_of(status: SyncStatus | None, put_away: Collection[NoticeKind] = ()) -> Notice:
    """The line for a status; `put_away`: what the person has closed since the window was opened."""
    if status is None:
        return _NOTHING
    if status.restored is not None:
        return _restored(status.restored)
    if status.waiting and status.state is SyncState.SIGN_IN_AGAIN:
        words = say_count(
            "sync",
            "The service asks you to sign in again. You can keep working; 1 change is sent after that.",
            "The service asks you to sign in again. You can keep working; {n} changes are sent after that.",
            status.waiting,
        )
        return Notice(NoticeKind.SIGN_IN, words, say("sync", "Sign in…"), Icon.KEY)
    if status.state is SyncState.TROUBLE:
        # The sentence is one of ours, made when the round ended.
        return Notice(NoticeKind.TROUBLE, status.last_problem, say("sync", "Show sync"), Icon.TRIANGLE)
    if status.waiting and status.state is SyncState.CANNOT_REACH:
        words = say_count(
            "sync",
            "You are offline. You can keep working; 1 change will be sent when you are back.",
            "You are offline. You can keep working; {n} changes will be sent when you are back.",
            status.waiting,
        )
        return Notice(NoticeKind.OFFLINE, words, say("sync", "See what is waiting"))
    ahead = status.clock_ahead_s
    if abs(ahead) >= CLOCK_TOLERANCE_S and NoticeKind.CLOCK not in put_away:
        return Notice(NoticeKind.CLOCK, _clock_words(ahead), "", Icon.CLOCK, can_be_put_away=True)
    return _NOTHING


def _restored(told: Restored) -> Notice:
    parts = [say("sync", "The service was restored.")]
    if told.confirmed:
        parts.append(
            say_count("sync", "1 decision confirmed again.", "{n} decisions confirmed again.", told.confirmed)
        )
    if told.waiting:
        parts.append(say_count("sync", "1 is sent again.", "{n} are sent again.", told.waiting))
    if told.attention:
        parts.append(say_count("sync", "1 needs attention.", "{n} need attention.", told.attention))
    action = say("sync", "Look at it") if told.attention else ""
    return Notice(NoticeKind.RESTORED, " ".join(parts), action, Icon.SYNC, can_be_put_away=True)


def _clock_words(ahead_s: int) -> str:
    """How far the clock is off, in the largest unit that says it."""
    minutes = abs(ahead_s) // 60
    if minutes < 120:
        far = say_count("sync", "1 minute", "{n} minutes", minutes)
    elif minutes < 48 * 60:
        far = say_count("sync", "1 hour", "{n} hours", minutes // 60)
    else:
        far = say_count("sync", "1 day", "{n} days", minutes // (24 * 60))
    if ahead_s > 0:
        return say(
            "sync",
            "The clock of this computer is {far} ahead of the service. Set it: decisions carry its time.",
            far=far,
        )
    return say(
        "sync",
        "The clock of this computer is {far} behind the service. Set it: decisions carry its time.",
        far=far,
    )
