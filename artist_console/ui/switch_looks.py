"""What switches elsewhere are called in the window, and where their description was read."""

from __future__ import annotations

from artist_console.domain.switch_words import permitted_words
from artist_console.domain.switches import (
    KnownSwitch,
    SwitchNote,
    SwitchOwner,
    SwitchState,
    Turns,
    permits_somebody,
)
from artist_console.ui.figures import Figures
from artist_console.ui.text import isolate, say
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue


def state_words(state: SwitchState) -> str:
    return {
        SwitchState.ON: say("switch", "On"),
        SwitchState.OFF: say("switch", "Off"),
        SwitchState.NOT_THERE: say("switch", "Not there"),
        SwitchState.NOT_LOOKED: say("switch", "Not looked at"),
    }[state]


def owners_words(kind: SwitchOwner) -> str:
    """A heading over the switches of one kind of owner."""
    return {
        SwitchOwner.PLATFORM: say("switch", "Platforms"),
        SwitchOwner.DISTRIBUTOR: say("switch", "Distributors"),
        SwitchOwner.SOCIETY: say("switch", "Societies"),
        SwitchOwner.SOCIAL: say("switch", "Social networks"),
        SwitchOwner.AI_SERVICE: say("switch", "AI services"),
    }[kind]


def meaning_words(known: KnownSwitch) -> str:
    """What On means, and how it stands before anybody sets it."""
    means = {
        Turns.PERMITS: say("switch", "On permits it."),
        Turns.RESERVES: say("switch", "On reserves it: others may not."),
        Turns.NOTHING: say("switch", "There is nothing to set."),
    }[known.turns]
    if known.default is None or known.turns is Turns.NOTHING:
        return means
    return say(
        "switch", "{means} Before anybody sets it: {state}.", means=means, state=state_words(known.default)
    )


def source_words(known: KnownSwitch, figures: Figures) -> str:
    source = isolate(known.source)
    if known.checked_on is None:
        return say("switch", "Not looked up. Where to begin: {source}", source=source)
    return say("switch", "Read on {day}: {source}", day=figures.day(known.checked_on), source=source)


def noted_words(note: SwitchNote, earlier: int, figures: Figures) -> str:
    """How it stood, and when somebody looked. It is the person's own note."""
    state, day = state_words(note.state), figures.day(note.on)
    if earlier:
        return say(
            "switch",
            "Noted: {state}, as of {day}. Earlier notes that are kept: {n}.",
            state=state,
            day=day,
            n=earlier,
        )
    return say("switch", "Noted: {state}, as of {day}.", state=state, day=day)


def readout_chip(note: SwitchNote) -> ChipValue:
    """Who may train with a video, by the read-out."""
    if not permits_somebody(note.permitted):
        return ChipValue(ChipMeaning.NOT_LICENSED, say("switch", "Training by nobody"))
    who = permitted_words(note)
    if who == "anybody":
        return ChipValue(ChipMeaning.NEUTRAL, say("switch", "Training by anybody"))
    return ChipValue(ChipMeaning.NEUTRAL, say("switch", "Training by {who}", who=isolate(who)))
