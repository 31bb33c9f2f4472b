"""`unauthorised list`, `adopt` and `leave`: answers that came without a mandate."""

from __future__ import annotations

import argparse

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain, note
from artist_console.cli.tables import bullets, plain
from artist_console.commands import unauthorised
from artist_console.commands.consent import decide
from artist_console.commands.console import Console
from artist_console.commands.unauthorised import UnauthorisedView
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.registers import Stance


class NotConfirmed(InputProblem):
    title_template = "Nothing was recorded: a yes waits for your confirmation"
    advice_template = "Read the answers above, then give the same command with --yes"


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    found = unauthorised.unauthorised(console, artist)
    text = "\n\n".join(_text(view) for view in found) if found else "Nobody answered without a mandate."
    return Answer(text, {"unauthorised": [_facts(view) for view in found]})


def run_adopt(console: Console, given: argparse.Namespace) -> Answer:
    """Record the same answers as the artist's own. A yes shows first what it is about."""
    view = _named(console, given.answer)
    if any(each.decision.stance is Stance.ALLOW for each in view.answers) and not given.yes:
        note(_text(view))
        raise NotConfirmed
    made = decide(console, view.wishes).value
    count = "1 answer is yours now." if len(made) == 1 else f"{len(made)} answers are yours now."
    return Answer(count, {"decisions": [decision.id for decision in made]})


def run_leave(console: Console, given: argparse.Namespace) -> Answer:
    view = _named(console, given.answer)
    unauthorised.leave(console, view)
    return Answer("Left as it is. You are not asked again.", {"left": list(view.ids)})


def _named(console: Console, name: str) -> UnauthorisedView:
    """The act of an answer by its id or the last signs of it."""
    found = [view for view in unauthorised.unauthorised(console) if any(id.endswith(name) for id in view.ids)]
    if not found or not name:
        raise UnknownThing("No answer without a mandate ends in {name}", "See: unauthorised list", name=name)
    if len(found) > 1:
        raise InputProblem("{name} fits {count} of them", "Give more of the id", name=name, count=len(found))
    return found[0]


def _text(view: UnauthorisedView) -> str:
    head = (
        f"For {view.artist_name}, by {view.sent_by or 'somebody'}, received on"
        f" {day_in_words(view.received_at)}. {view.why}"
    )
    lines = [" · ".join([each.words, *each.conditions]) + f" ({each.decision.id})" for each in view.answers]
    return "\n".join([plain(head), bullets(lines)])


def _facts(view: UnauthorisedView) -> Plain:
    return {
        "artist": view.artist,
        "artist_name": view.artist_name,
        "sent_by": view.sent_by,
        "received_at": view.received_at,
        "why": view.why,
        "answers": [
            {
                "decision": each.decision.id,
                "stance": each.decision.stance,
                "about": each.words,
                "conditions": list(each.conditions),
            }
            for each in view.answers
        ],
    }
