"""What needs a look before files go to a site: works left out, and rules that the site has already."""

from __future__ import annotations

from collections.abc import Sequence

from artist_console.domain.phrases import Sentence, say
from artist_console.domain.signal_terms import Signal
from artist_console.domain.site_plan import SiteGround
from artist_console.domain.uses import Right
from artist_console.formats.aipref import Preference
from artist_console.formats.robots_lines import read_robots
from artist_console.formats.site_pack import ROBOTS_PATH, PackFacts, SiteFile, reserved_keys


def left_out(ground: SiteGround) -> Sequence[Sentence]:
    if not ground.unreleased:
        return ()
    count = len(ground.unreleased)
    return (
        say("1 unreleased work is left out and is not named anywhere.")
        if count == 1
        else say("{count} unreleased works are left out and are not named anywhere.", count=str(count)),
    )


def partly(ground: SiteGround) -> Sequence[Sentence]:
    """Rights in which nothing is said though the works are there."""
    if not ground.rights:
        return ()
    told = []
    for held in ground.held:
        if not held.controlled:
            told.append(
                say(
                    "The files do not speak for the {what}: for {count} of {total} works it is not recorded"
                    " that you control it.",
                    what=_RIGHT_WORDS[held.right],
                    count=str(len(held.not_controlled)),
                    total=str(len(held.works)),
                )
            )
    return told


_RIGHT_WORDS = {Right.MASTER: "right in the recording", Right.COMPOSITION: "right in the song"}


def robots_notes(pack: PackFacts) -> Sequence[Sentence]:
    """Crawlers with rules of their own in the site's file never read the line for everybody."""
    if not pack.robots or not reserved_keys(pack.categories, Signal.AIPREF):
        return ()
    own = [a for a in read_robots(pack.robots).agents if a != "*" and a not in pack.agents]
    if not own:
        return ()
    return (
        say(
            "These crawlers have rules of their own in the robots.txt of the site and read no other:"
            " {agents}. Add the Content-Usage line to their rules, too.",
            agents=", ".join(own[:20]),
        ),
    )


def rules_before(pack: PackFacts, files: Sequence[SiteFile]) -> Sequence[Sentence]:
    """Rules that the site's own file holds and that count before those of the block."""
    body = next((file.body for file in files if file.name == f"site{ROBOTS_PATH}"), b"")
    robots, path = read_robots(body), pack.address.path
    told = [
        say(
            "The robots.txt of the site lets {agent} in by a rule of its own, and that rule counts. Take it"
            " out if {agent} is to stay away.",
            agent=agent,
        )
        for agent in pack.agents
        if robots.may_fetch(agent, path)
    ]
    for key in reserved_keys(pack.categories, Signal.AIPREF):
        if robots.may_fetch("*", path) and robots.usage("*", path)[key] is not Preference.DISALLOWED:
            told.append(
                say(
                    "The robots.txt of the site has a longer rule about {key} for this path, and that rule"
                    " counts. Take it out, or write the same there.",
                    key=key,
                )
            )
    return told
