"""The sentence of the bar below the matrix: who asks, and what the levels above say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from artist_console.commands.authority import RosterPower
from artist_console.commands.cells import Ask, Level, PlaceView
from artist_console.domain import words
from artist_console.domain.registers import Stance, SubjectKind
from artist_console.ui.figures import Figures
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import say, say_count


def place_words(view: PlaceView, figures: Figures, today: date) -> str:
    """Everything that the bar says about one place."""
    parts = [_asked(view, figures, today), _levels(view.levels), _inside(view), _power(view)]
    return " ".join(part for part in parts if part)


def _inside(view: PlaceView) -> str:
    """A wide place says how many single answers stand inside it."""
    if view.register.subject.kind not in (SubjectKind.ALL, SubjectKind.RELEASE) or not view.allows:
        return ""
    return say_count(
        "consent", "1 single Allow stands inside.", "{n} single Allows stand inside.", len(view.allows)
    )


def _asked(view: PlaceView, figures: Figures, today: date) -> str:
    if view.asks:
        return " ".join(_ask(ask, figures, today) for ask in view.asks[:2])
    count = len(view.asking)
    if count == 0:
        return say("consent", "No programme asks for this today.")
    if count == 1:
        return say("consent", "{programme} asks for this.", programme=view.asking[0])
    if count == 2:
        return say("consent", "{one} and {other} ask for this.", one=view.asking[0], other=view.asking[1])
    return say_count("consent", "1 programme asks for this.", "{n} programmes ask for this.", count)


def _ask(ask: Ask, figures: Figures, today: date) -> str:
    said = [
        say("consent", "{who} asked on {day}.", who=ask.asked_by, day=figures.short_day(ask.asked_at, today))
    ]
    silence = domain_words(words.SILENCE_MEANS[ask.silence], who=ask.asked_by)
    if ask.answer_by is not None:
        said.append(
            say(
                "consent",
                "Answer by {day}. {silence}.",
                day=figures.short_day(ask.answer_by, today),
                silence=silence,
            )
        )
    else:
        said.append(say("consent", "{silence}.", silence=silence))
    return " ".join(said)


def _levels(levels: Sequence[Level]) -> str:
    """ "Night Ferry says nothing, your default refuses."; one sentence where nobody says anything."""
    if not levels:
        return ""
    releases = [level for level in levels if level.subject.kind is SubjectKind.RELEASE]
    if all(level.stance is None for level in levels):
        if releases:
            return say("consent", "Neither the album nor your default says anything.")
        return say("consent", "Your default says nothing.")
    return " ".join(_level(level) for level in levels)


def _level(level: Level) -> str:
    default = level.subject.kind is SubjectKind.ALL
    match level.stance:
        case Stance.REFUSE if default:
            return say("consent", "Your default refuses.")
        case Stance.REFUSE:
            return say("consent", "{level} refuses.", level=level.words)
        case _ if default:
            return say("consent", "Your default says nothing.")
        case _:
            return say("consent", "{level} says nothing.", level=level.words)


def _power(view: PlaceView) -> str:
    match view.power:
        case RosterPower.VIEW:
            return say("consent", "You may look at this, not answer.")
        case _ if not view.reaches:
            return say("consent", "Your mandate does not reach this.")
        case RosterPower.PROPOSE:
            return say("consent", "Your answer is proposed to {artist}.", artist=view.artist_name)
        case _:
            return ""


def follow_words(view: PlaceView | None) -> str:
    """What the middle of the control says; empty at the top level, where it is "Undecided"."""
    if view is None or not view.levels:
        return ""
    if view.levels[0].subject.kind is SubjectKind.RELEASE:
        return say("consent", "Follow album")
    return say("consent", "Follow my default")
