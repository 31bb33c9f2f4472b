"""The words of a review: counts, results, what an answer is about, conditions."""

from __future__ import annotations

from collections.abc import Sequence

from artist_console.commands.review import Review, ReviewItem, ReviewResult
from artist_console.domain import words
from artist_console.domain.registers import Conditions, Stance, SubjectKind
from artist_console.ui.desk import Desk
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import say, say_count

LISTED = 200


def counts_words(review: Review) -> str:
    """ "12 take effect · 2 have no effect by themselves": the counts at the top."""
    counts: dict[ReviewResult, int] = {}
    for group in review.groups:
        counts[group.result] = counts.get(group.result, 0) + len(group.items)
    parts = [_count_words(result, n) for result, n in counts.items()]
    if review.left_out:
        parts.append(say_count("review", "1 left out", "{n} left out", len(review.left_out)))
    return " · ".join(parts)


def _count_words(result: ReviewResult, n: int) -> str:
    match result:
        case ReviewResult.TAKES_EFFECT:
            return say_count("review", "1 takes effect", "{n} take effect", n)
        case ReviewResult.NOT_CHECKED:
            return say_count(
                "review", "1 is recorded, power not checked", "{n} are recorded, power not checked", n
            )
        case ReviewResult.WAITS_FOR_OTHERS:
            return say_count("review", "1 waits for others", "{n} wait for others", n)
        case ReviewResult.NO_EFFECT:
            return say_count("review", "1 has no effect by itself", "{n} have no effect by themselves", n)
        case ReviewResult.CANNOT_BE_MADE:
            return say_count("review", "1 cannot be made", "{n} cannot be made", n)


def result_words(result: ReviewResult) -> str:
    match result:
        case ReviewResult.TAKES_EFFECT:
            return say("review", "Takes effect")
        case ReviewResult.NOT_CHECKED:
            return say("review", "Recorded, power not checked")
        case ReviewResult.WAITS_FOR_OTHERS:
            return say("review", "Waits for others")
        case ReviewResult.NO_EFFECT:
            return say("review", "Has no effect by itself")
        case ReviewResult.CANNOT_BE_MADE:
            return say("review", "Cannot be made")


def stance_words(stance: Stance) -> str:
    match stance:
        case Stance.ALLOW:
            return say("review", "Allow")
        case Stance.REFUSE:
            return say("review", "Refuse")
        case Stance.CLEAR:
            return say("review", "Take back")


def which_words(items: Sequence[ReviewItem]) -> str:
    """What a group is about, counted: "2 artists, 12 works and 1 release, 4 programmes"."""
    artists = {item.wish.artist for item in items}
    subjects = {(item.wish.artist, item.wish.subject) for item in items}
    parts = []
    if len(artists) > 1:
        parts.append(say_count("review", "1 artist", "{n} artists", len(artists)))
    for kind in SubjectKind:
        count = sum(1 for _, subject in subjects if subject.kind is kind)
        if count:
            parts.append(_subject_count(kind, count))
    programmes = {item.wish.programme for item in items}
    named = len(programmes - {None})
    if None in programmes:
        parts.append(say("review", "every programme"))
    if named:
        parts.append(say_count("review", "1 programme", "{n} programmes", named))
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def _subject_count(kind: SubjectKind, count: int) -> str:
    match kind:
        case SubjectKind.ALL:
            return say_count("review", "all music", "all music of each", count)
        case SubjectKind.RELEASE:
            return say_count("review", "1 release", "{n} releases", count)
        case SubjectKind.WORK:
            return say_count("review", "1 work", "{n} works", count)
        case SubjectKind.PERSON:
            return say_count("review", "1 person", "{n} persons", count)


def item_words(item: ReviewItem) -> str:
    parts = (
        item.subject,
        domain_words(item.use),
        item.programme or say("review", "every programme, also later ones"),
    )
    return " · ".join(part for part in parts if part)


def detail_words(desk: Desk, item: ReviewItem) -> str:
    parts = list(condition_words(desk, item.wish.conditions))
    if item.wish.stance is Stance.ALLOW and item.wish.conditions.until is None:
        parts.append(say("review", "no last day"))
    if item.former is not None and item.former is not item.wish.stance:
        parts.append(say("review", "now: {answer}", answer=domain_words(words.STANCE[item.former])))
    return " · ".join(parts)


def condition_words(desk: Desk, conditions: Conditions) -> tuple[str, ...]:
    """The conditions of a yes, one phrase each."""
    figures = desk.figures
    found = []
    if conditions.since is not None:
        found.append(say("conditions", "from {day}", day=figures.day(conditions.since)))
    if conditions.until is not None:
        found.append(say("conditions", "until {day}", day=figures.day(conditions.until)))
    if conditions.territories is not None:
        found.append(say("conditions", "only in {places}", places=", ".join(conditions.territories.codes)))
    if conditions.walled_garden_only:
        found.append(say("conditions", "only inside the operator's own service"))
    if conditions.no_style_prompts:
        found.append(say("conditions", "no prompts that name an artist"))
    if conditions.minimum_rate is not None:
        least = figures.money(conditions.rate_currency, conditions.minimum_rate)
        found.append(say("conditions", "at least {money}", money=least))
    return tuple(found)


def lines(said: Sequence[str], desk: Desk) -> str:
    listed = list(said[:LISTED])
    if len(said) > LISTED:
        listed.append(say("review", "and {n} more", n=desk.figures.number(len(said) - LISTED)))
    return "\n".join(listed)
