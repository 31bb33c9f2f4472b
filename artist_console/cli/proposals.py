"""`proposal list`, `proposal sign` and `proposal decline`: what waits for the artist's signature."""

from __future__ import annotations

import argparse

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain, note
from artist_console.cli.tables import bullets, plain
from artist_console.commands import proposals
from artist_console.commands.console import Console
from artist_console.commands.proposals import ProposalView
from artist_console.domain.ids import DecisionId
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.registers import Stance

_VERB = {Stance.ALLOW: "Allow", Stance.REFUSE: "Refuse", Stance.CLEAR: "Take back the answer"}


class NotConfirmed(InputProblem):
    title_template = "Nothing was signed: a proposed yes waits for your confirmation"
    advice_template = "Read the proposal above, then give the same command with --yes"


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    found = proposals.proposals(console, artist)
    text = "\n\n".join(_text(view) for view in found) if found else "Nothing waits for a signature."
    return Answer(text, {"proposals": [_facts(view) for view in found]})


def run_sign(console: Console, given: argparse.Namespace) -> Answer:
    """Sign all of a proposal. A yes shows first what it is about."""
    view, id = _named(console, given.proposal)
    if view.allows and view.is_mine and not given.yes:
        note(_text(view))
        raise NotConfirmed
    count = proposals.sign(console, id, view.seen).value
    counts = "1 answer counts" if count == 1 else f"{count} answers count"
    return Answer(f"Signed. {counts} now.", {"signed": count})


def run_decline(console: Console, given: argparse.Namespace) -> Answer:
    view, id = _named(console, given.proposal)
    count = proposals.decline(console, id, view.seen).value
    return Answer("Declined. The proposal counts for nothing.", {"declined": count})


def _named(console: Console, name: str) -> tuple[ProposalView, DecisionId]:
    """The proposal of a decision by its id or the last signs of it."""
    found = [
        (view, each.decision.id)
        for view in proposals.proposals(console)
        for each in view.answers
        if each.decision.id.endswith(name)
    ]
    acts = {view.act for view, _ in found}
    if not found or not name:
        raise UnknownThing("No open proposal ends in {name}", "See: proposal list", name=name)
    if len(acts) > 1:
        raise InputProblem("{name} fits {count} proposals", "Give more of the id", name=name, count=len(acts))
    return found[0]


def _text(view: ProposalView) -> str:
    head = f"For {view.artist_name}, by {view.proposed_by} on {day_in_words(view.proposed_at)}"
    lines = []
    for each in view.answers:
        parts = [f"{_VERB[each.decision.stance]}: {each.words}", each.programme or "every programme"]
        parts += [f"Terms: {each.terms}"] if each.terms else []
        parts += each.conditions
        parts += ["other terms are in effect by now"] if each.terms_are_old else []
        lines.append(" · ".join(parts) + f" ({each.decision.id})")
    return "\n".join([plain(head), bullets(lines)])


def _facts(view: ProposalView) -> Plain:
    return {
        "artist": view.artist,
        "artist_name": view.artist_name,
        "proposed_by": view.proposed_by,
        "proposed_at": view.proposed_at,
        "you_can_sign": view.is_mine,
        "answers": [
            {
                "decision": each.decision.id,
                "stance": each.decision.stance,
                "about": each.words,
                "programme": each.programme,
                "terms": each.terms,
                "terms_are_old": each.terms_are_old,
                "conditions": list(each.conditions),
            }
            for each in view.answers
        ],
    }
