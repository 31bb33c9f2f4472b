"""How agreement looks: chips of the consensus board, and holders, shares and places in words."""

from __future__ import annotations

from artist_console.domain import words
from artist_console.domain.consensus import (
    AGREED_WORDS,
    STANDING_WORDS,
    STATE_WORDS,
    Agreed,
    AgreeState,
    BoardGroup,
    BoardRow,
    percent,
)
from artist_console.domain.registers import PartyStance
from artist_console.domain.work_kinds import WorkKind
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import isolate, say
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue

_STATE = {
    AgreeState.AGREED: ChipMeaning.ALLOWED,
    AgreeState.REFUSED: ChipMeaning.REFUSED,
    AgreeState.LAPSED: ChipMeaning.EXPIRED,
    AgreeState.PROPOSED: ChipMeaning.CO_SIGNATURE,
    AgreeState.NO_ANSWER_YET: ChipMeaning.UNDECIDED,
    AgreeState.ASKED_AGAIN: ChipMeaning.NEW_TERMS,
    AgreeState.UNREACHABLE: ChipMeaning.INFERRED,
    AgreeState.UNKNOWN_PARTY: ChipMeaning.NO_AGREEMENT,
    AgreeState.NOT_SHARED: ChipMeaning.NEUTRAL,
    AgreeState.SPLIT_FAULT: ChipMeaning.DOES_NOT_ADD_UP,
    AgreeState.DISPUTED: ChipMeaning.CONFLICT,
    AgreeState.DIFFERS: ChipMeaning.DIFFERS,
}
_AGREED = {
    Agreed.EVERYONE: ChipMeaning.ALLOWED,
    Agreed.NOT_EVERYONE: ChipMeaning.WAITS_FOR_OTHERS,
    Agreed.NOBODY_NEEDED: ChipMeaning.NO_AGREEMENT,
}
STANCE_WORDS: dict[PartyStance, str] = {
    PartyStance.ALLOWED: "Agreed",
    PartyStance.REFUSED: "Refused",
    PartyStance.UNREACHABLE: "Could not be reached",
}


def state_chip(state: AgreeState) -> ChipValue:
    return ChipValue(_STATE[state], domain_words(STATE_WORDS[state]))


def agreed_chip(agreed: Agreed) -> ChipValue:
    return ChipValue(_AGREED[agreed], domain_words(AGREED_WORDS[agreed]))


def group_words(group: BoardGroup, kind: WorkKind | None) -> str:
    """ "Recording: “Low Tide”"; of a song its right and that it is one."""
    right = domain_words(words.RIGHT[group.right])
    title = isolate(group.title)
    if kind is WorkKind.COMPOSITION and right != domain_words(words.RIGHT[next(iter(words.RIGHT))]):
        return say("consensus", "{right} of the song “{title}”", right=right, title=title)
    return say("consensus", "{right} of “{title}”", right=right, title=title)


def holder_words(row: BoardRow, artist_name: str) -> str:
    """Who it is, as far as that may be told."""
    if row.holder:
        return row.holder
    if row.state is AgreeState.NOT_SHARED:
        return say("consensus", "Somebody who does not share their answer")
    return domain_words(STATE_WORDS[row.state]) if not row.is_own else artist_name


def share_words(row: BoardRow) -> str:
    """Standing, share and places: "Co-owner · 50 % · everywhere"."""
    parts = []
    if row.standing is not None:
        parts.append(domain_words(STANDING_WORDS[row.standing]))
    if row.share_bp is not None:
        parts.append(say("consensus", "{n} %", n=percent(row.share_bp)))
    parts.append(places_words(row.territories))
    return " · ".join(parts)


def places_words(codes: tuple[str, ...]) -> str:
    """ "everywhere", "SE, NO", "everywhere but DE"."""
    named = [code.removeprefix("-") for code in codes if code != "WW"]
    if not named:
        return say("consensus", "everywhere")
    places = ", ".join(named)
    if "WW" in codes:
        return say("consensus", "everywhere but {places}", places=places)
    return places
