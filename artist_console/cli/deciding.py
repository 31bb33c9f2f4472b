"""`decide`, `undo` and `redo`: from what was typed to reviewed wishes, and what came of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from artist_console.cli import lookups, reviewed
from artist_console.cli.output import Answer, Plain, note
from artist_console.commands.artists import ArtistRow
from artist_console.commands.consent import (
    KeepChoice,
    KeepsNotChosen,
    allow_everything_asked,
    decide,
    is_one_cell,
)
from artist_console.commands.console import Console
from artist_console.commands.history import describe
from artist_console.commands.redo import redo
from artist_console.commands.review import Review, ReviewResult, review
from artist_console.commands.songs import songs_beside
from artist_console.commands.syncing import status
from artist_console.commands.undo import undo
from artist_console.commands.wishes import Wish
from artist_console.domain.problems import InputProblem
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    UNCONDITIONAL,
    Conditions,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
    UseScopeKind,
)
from artist_console.domain.uses import Family, Use, is_sensitive


class NotConfirmed(InputProblem):
    title_template = "Nothing was recorded: an answer of yes waits for your confirmation"
    advice_template = "Read the review above, then give the same command with --yes"


class NothingAsked(InputProblem):
    title_template = "No programme asks for this today, or all of it is allowed already"
    advice_template = "Name a programme and a use to allow one of them all the same, or refuse"


class OneAtATime(InputProblem):
    title_template = "Voice, name and image are allowed one use at a time, by the person whose they are"
    advice_template = "Give --voice with one --programme and one --use of voice_likeness, or refuse"


class CannotBeMade(InputProblem):
    title_template = "Nothing was recorded: {reason}"


def run_decide(console: Console, given: argparse.Namespace) -> Answer:
    """Record the answer, after a review where it is a yes or meets narrower ones."""
    artist = lookups.the_artist(console, given.artist)
    wishes = _wishes(console, given, artist)
    songs = songs_beside(console, wishes)
    if given.with_songs:
        wishes = (*wishes, *songs)
    found = review(console, wishes)
    if given.review:
        shown = "\n".join(part for part in (reviewed.text(found), _songs_apart(songs, given)) if part)
        return Answer(shown, {**reviewed.facts(found), "recorded": []})
    keeps = _keep_choice(given)
    _stop_at_what_waits(found, wishes, keeps, given)
    made = decide(console, wishes, keeps).value
    lines = [found.on_behalf_of] if found.on_behalf_of else []
    lines += [f"{words}." for words in describe(console, made)]
    lines += [_songs_apart(songs, given)] if songs and not given.with_songs else []
    lines.append(_to_be_sent(console))
    recorded: list[Plain] = [
        {
            "id": decision.id,
            "act": decision.act,
            "artist": decision.register.artist,
            "subject": {"kind": decision.register.subject.kind, "id": decision.register.subject.id},
            "programme": decision.register.programme,
            "use": {"kind": decision.register.use.kind, "name": decision.register.use.name},
            "stance": decision.stance,
            "terms": decision.terms,
            "conditions": reviewed.condition_facts(decision.conditions),
        }
        for decision in made
    ]
    return Answer("\n".join(lines), {**reviewed.facts(found), "recorded": recorded})


def _songs_apart(songs: Sequence[Wish], given: argparse.Namespace) -> str:
    """That the songs in these recordings have no such answer; empty where they have, or get it."""
    count = len({wish.subject for wish in songs})
    if given.with_songs or not count:
        return ""
    which = "The song in it is" if count == 1 else f"The {count} songs in them are"
    return f"{which} answered apart; --with-songs answers the same for songs, too."


def run_undo(console: Console) -> Answer:
    words = undo(console).value.words
    return Answer(f"Taken back: {words}.\n{_to_be_sent(console)}", {"taken_back": words})


def run_redo(console: Console) -> Answer:
    words = redo(console).value.words
    return Answer(f"Done again: {words}.\n{_to_be_sent(console)}", {"done_again": words})


def _to_be_sent(console: Console) -> str:
    return f"Recorded on this computer; {status(console).waiting} to be sent: artist-console sync"


def _stop_at_what_waits(
    found: Review, wishes: Sequence[Wish], keeps: KeepChoice | None, given: argparse.Namespace
) -> None:
    """Raise for what cannot be made, for narrower allows that nobody spoke of, and for an unconfirmed yes."""
    for group in found.groups:
        if group.result is ReviewResult.CANNOT_BE_MADE:
            raise CannotBeMade(reason=group.reason)
    if found.narrower_allows and keeps is None:
        note(reviewed.text(found))
        raise KeepsNotChosen(found.narrower_allows)
    if not given.yes and any(wish.stance is Stance.ALLOW for wish in wishes):
        note(reviewed.text(found))
        if not _confirmed(found.count):
            raise NotConfirmed


def _confirmed(count: int) -> bool:
    """Ask on a terminal; without one the answer is no."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write(f"Record {count} answers? Type yes: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() == "yes"


def _keep_choice(given: argparse.Namespace) -> KeepChoice | None:
    if given.keep_allows:
        return KeepChoice.KEEP_THEM
    return KeepChoice.REFUSE_THEM if given.refuse_allows else None


def _wishes(console: Console, given: argparse.Namespace, artist: ArtistRow) -> tuple[Wish, ...]:
    programme = lookups.programme(console, given.programme).programme.id if given.programme else None
    scope = lookups.use_scope(given.use)
    stance = Stance(given.stance)
    conditions = _conditions(given)
    if stance is not Stance.ALLOW and conditions != UNCONDITIONAL:
        raise InputProblem("Only a yes has conditions", "A refusal holds without any, and has no end")
    wishes: list[Wish] = []
    for subject in _subjects(console, given, artist):
        wish = Wish(artist.id, subject, programme, scope, stance, conditions)
        if stance is Stance.ALLOW and not is_one_cell(wish):
            wishes += _single_allows(console, wish)
        else:
            wishes.append(wish)
    if not wishes:
        personal = given.voice or (scope.name and _is_personal(scope))
        raise OneAtATime if personal else NothingAsked
    return tuple(wishes)


def _is_personal(scope: UseScope) -> bool:
    """Whether every use of the scope is about voice, name and image."""
    return all(is_sensitive(use) for use in Use if scope.covers(use))


def _single_allows(console: Console, wide: Wish) -> tuple[Wish, ...]:
    """A wide yes as the single ones that it stands for today."""
    family = Family(wide.use.name) if wide.use.kind is UseScopeKind.FAMILY else None
    use = Use(wide.use.name) if wide.use.kind is UseScopeKind.KEY else None
    return allow_everything_asked(
        console, wide.artist, wide.subject, family, wide.programme, use, wide.conditions
    )


def _subjects(console: Console, given: argparse.Namespace, artist: ArtistRow) -> tuple[Subject, ...]:
    if given.work:
        found = [lookups.work(console, text, artist.id).work for text in given.work]
        return tuple(Subject(SubjectKind.WORK, work) for work in dict.fromkeys(found))
    if given.release:
        releases = [lookups.release(console, text, artist.id).id for text in given.release]
        return tuple(Subject(SubjectKind.RELEASE, release) for release in dict.fromkeys(releases))
    if given.voice:
        return (Subject(SubjectKind.PERSON, artist.id),)
    return (ALL_MY_WORKS,)


def _conditions(given: argparse.Namespace) -> Conditions:
    amount, currency = given.minimum_rate or (None, "")
    return Conditions(
        since=given.since,
        until=given.until,
        territories=given.territory,
        walled_garden_only=given.walled_garden,
        no_style_prompts=given.no_style_prompts,
        minimum_rate=amount,
        rate_currency=currency,
    )
