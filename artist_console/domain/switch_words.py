"""The words for switches elsewhere: one table for window, command line and findings."""

from __future__ import annotations

from .switches import EVERYBODY, NOBODY, SwitchNote, SwitchOwner, SwitchState

SETS_NOTHING = "A switch that permits something does not show that anybody used a work."
_MOST_NAMED = 4

STATE: dict[SwitchState, str] = {
    SwitchState.ON: "On",
    SwitchState.OFF: "Off",
    SwitchState.NOT_THERE: "Not there",
    SwitchState.NOT_LOOKED: "Not looked at",
}
OWNER: dict[SwitchOwner, str] = {
    SwitchOwner.PLATFORM: "Platform",
    SwitchOwner.DISTRIBUTOR: "Distributor",
    SwitchOwner.SOCIETY: "Society",
    SwitchOwner.SOCIAL: "Social network",
    SwitchOwner.AI_SERVICE: "AI service",
}


def permitted_words(note: SwitchNote) -> str:
    """Whom a read-out permits, in words."""
    named = [name for name in note.permitted if name.casefold() != NOBODY]
    if any(name.casefold() == EVERYBODY for name in named):
        return "anybody"
    more = len(named) - _MOST_NAMED
    listed = ", ".join(named[:_MOST_NAMED])
    return (f"{listed} and {more} more" if more > 0 else listed) or "nobody"
