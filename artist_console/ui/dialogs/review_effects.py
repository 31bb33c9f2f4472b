"""What a review says of the effect before anything happens; the same for a yes and a no."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.effects import EffectPreview, PartyTouched, PlaceTouched
from artist_console.commands.review import Review, ReviewResult
from artist_console.domain import words, work_words
from artist_console.domain.registers import Stance
from artist_console.domain.uses import Right, Use
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.review_words import lines
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.sections import Disclosure, Note

_NAMED = 6


class MeaningsCard(Card):
    """What each use that would be allowed means, in plain words."""

    def __init__(self, desk: Desk, uses: Sequence[Use]) -> None:
        super().__init__(desk.theme, say("review", "What each allow means"))
        for use in uses:
            name, meaning = words.USE[use]
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(label(domain_words(name), weight="medium", wrap=True))
            pair.addWidget(label(domain_words(meaning), tone=Token.TEXT_2, wrap=True))
            self.body.addLayout(pair)


def allowed_uses(review: Review) -> tuple[Use, ...]:
    """The uses of the allows that can be made, in the order of the vocabulary."""
    wanted = {
        item.wish.use.name
        for group in review.groups
        if group.result is not ReviewResult.CANNOT_BE_MADE
        for item in group.items
        if item.wish.stance is Stance.ALLOW
    }
    return tuple(use for use in Use if use.value in wanted)


class EffectsCard(Card):
    """Works, uses, people with a say, and where the works are reported today."""

    def __init__(self, desk: Desk, found: EffectPreview) -> None:
        super().__init__(desk.theme, say("review", "What this is about"))
        self._desk = desk
        self.add(label(_about(found), wrap=True))
        if found.covers_later:
            self.add(label(say("review", "What comes later is covered, too."), tone=Token.TEXT_2, wrap=True))
        if len(found.uses) > 1:
            self.add(self._folded(say("review", "Which uses"), [domain_words(use) for use in found.uses]))
        self._add_others(found)
        if found.to_be_removed:
            said = say("review", "Your no asks for these to be taken out:")
            self._add_places(said, found.to_be_removed)
        if found.stays:
            said = say("review", "Trained already. No answer un-trains a model:")
            self._add_places(said, found.stays)

    def _add_others(self, found: EffectPreview) -> None:
        theme = self._desk.theme
        if found.others:
            named = [_party(each) for each in found.others]
            note = Note(theme, _others_words(found.others), Tint.NEUTRAL, Icon.PEOPLE)
            self.add(note)
            self.add(self._folded(say("review", "Who has a say"), named))
        if found.unclear_splits:
            said = say_count(
                "review",
                "The shares of 1 work are disputed or do not add up: that counts as not agreed.",
                "The shares of {n} works are disputed or do not add up: that counts as not agreed.",
                found.unclear_splits,
            )
            self.add(Note(theme, said, Tint.ASK, Icon.QUESTION))

    def _add_places(self, said: str, places: Sequence[PlaceTouched]) -> None:
        self.add(label(said, weight="medium", wrap=True))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for place in places[:_NAMED]:
            column.addWidget(label(_place(place), TextRole.SMALL, Token.TEXT_2, wrap=True))
        self.add(inside)
        if len(places) > _NAMED:
            more = [_place(place) for place in places[_NAMED:]]
            title = say_count("review", "1 more", "{n} more", len(more))
            self.add(self._folded(title, more))

    def _folded(self, title: str, said: Sequence[str]) -> Disclosure:
        text = label(lines(said, self._desk), TextRole.SMALL, Token.TEXT_2, wrap=True)
        return Disclosure(self._desk.theme, title, text)


def _about(found: EffectPreview) -> str:
    """ "12 recordings and 3 songs · 4 uses · 2 programmes"."""
    music = []
    if found.recordings:
        music.append(say_count("review", "1 recording", "{n} recordings", found.recordings))
    if found.songs:
        music.append(say_count("review", "1 song", "{n} songs", found.songs))
    if found.persons:
        music.append(say_count("review", "voice, name and image", "{n} persons", found.persons))
    parts = [", ".join(music)] if music else []
    if len(found.uses) == 1:
        parts.append(domain_words(found.uses[0]))
    elif found.uses:
        parts.append(say_count("review", "1 use", "{n} uses", len(found.uses)))
    if not found.programmes:
        parts.append(say("review", "every programme"))
    elif len(found.programmes) <= 2:
        parts.append(", ".join(found.programmes))
    else:
        parts.append(say_count("review", "1 programme", "{n} programmes", len(found.programmes)))
    return " · ".join(parts)


def _others_words(others: Sequence[PartyTouched]) -> str:
    named = [each.name for each in others if each.name]
    if len(named) == len(others) == 1:
        return say("review", "{name} has a say, too.", name=named[0])
    if len(named) == len(others) == 2:
        return say("review", "{one} and {other} have a say, too.", one=named[0], other=named[1])
    if not named:
        return say("review", "Others have a say, too. Who, they do not share.")
    return say_count("review", "Somebody else has a say, too.", "{n} others have a say, too.", len(others))


def _party(each: PartyTouched) -> str:
    rights = ", ".join(domain_words(words.RIGHT[Right(right)]).lower() for right in each.rights)
    name = each.name or say("review", "People who do not share their names")
    return say_count(
        "review",
        "{who}: {rights}, 1 work",
        "{who}: {rights}, {n} works",
        each.works,
        who=name,
        rights=rights,
    )


def _place(place: PlaceTouched) -> str:
    state = sentence(work_words.state_words(place.state, place.stated_by, 1))
    where = ", ".join(part for part in (place.programme, place.where) if part)
    return say_count(
        "review",
        "{where}: 1 work. {state}",
        "{where}: {n} works. {state}",
        place.works,
        where=where,
        state=state,
    )
