"""Signers in words: how each was introduced, and what became of a key."""

from __future__ import annotations

from artist_console.commands.signer_list import ListedSigner
from artist_console.commands.signers import How, Signs
from artist_console.ui.figures import Figures
from artist_console.ui.text import say


def introduced_words(signer: ListedSigner, figures: Figures) -> str:
    """How a signer was introduced, without a full stop."""
    day = figures.day(signer.since)
    match signer.how:
        case How.OWN:
            return say("signer", "This profile")
        case How.COMPARED:
            return say("signer", "You, on {day}: you compared the words or digits", day=day)
        case How.NOT_COMPARED:
            return say("signer", "You, on {day}, from a file. Nobody compared the words", day=day)
        case How.CARD:
            return say("signer", "You, on {day}, from a card whose words you compared", day=day)
        case How.CARD_NOT_COMPARED:
            return say("signer", "You, on {day}, from a card. Nobody compared the words", day=day)
        case How.HANDOVER:
            return say(
                "signer",
                "A handover from the key that you knew as {name}, taken in on {day}",
                name=signer.from_name,
                day=day,
            )
        case How.SERVICE:
            return say(
                "signer",
                "The service you are connected to, on {day}. Nobody compared the words",
                day=day,
            )


def past_words(signer: ListedSigner, figures: Figures) -> str:
    """That a key was replaced, or is no longer good, and why; empty for one that is as it was."""
    if signer.revoked is not None:
        day, reason = signer.revoked
        fields = {"day": figures.day(day)}
        if signer.own:
            said = say("signer", "You took this key back on {day}.", **fields)
        elif signer.revoked_by_itself:
            said = say(
                "signer", "Its holder took this key back on {day}. Trust nothing because of it.", **fields
            )
        else:
            said = say("signer", "You marked this key as no longer good on {day}.", **fields)
        return say("signer", "{said} Reason: {reason}", said=said, reason=reason) if reason else said
    if signer.replaced is not None:
        day_then = figures.day(signer.replaced)
        return say(
            "signer", "Replaced by another key on {day}. What it signed before stays good.", day=day_then
        )
    return ""


def short_words(signer: ListedSigner, figures: Figures) -> str:
    """The second line of a row: what became of the key, else how it was introduced."""
    if signer.own and signer.signs is Signs.RECEIPTS and signer.is_good:
        return say("signer", "Whoever checks a receipt of yours compares its words")
    return past_words(signer, figures) or introduced_words(signer, figures)


def own_name(signer: ListedSigner) -> str:
    """What a key of this profile is for."""
    if signer.signs is Signs.RECEIPTS:
        return say("signer", "Signs receipts of the service on this computer")
    if signer.replaced is not None or not signer.is_good:
        return say("signer", "Signed your reports before")
    return say("signer", "Signs your reports")
