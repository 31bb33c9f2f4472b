"""What a letter that says no may say where a yes stands, or once stood, in the ledger.

It is not drafted for a work of which every use that it speaks of is allowed; where only some are, it lists
the others; and it never says that there was no consent where there was one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from artist_console.commands.letter_about import AboutFacts
from artist_console.commands.letter_values import Given
from artist_console.domain.addressees import Addressee
from artist_console.domain.facts import FactBook
from artist_console.domain.former_yeses import Yes, yeses_of
from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letter_templates import AboutWhat, Placeholder, Template
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.uses import Family, Use, in_family

# Letters that say no: what is allowed now is not named in them.
SAYS_NO = frozenset({LetterKind.POSITION, LetterKind.OBJECTION_TO_DEFAULT, LetterKind.DATA_OBJECTION})

_TAKE_BACK = "To say no to it, take the yes back first, then draft the letter again."
_OTHER = " If it is about one programme, name that programme."
ALL_ALLOWED = f"Every use that this letter would speak of is allowed for it. {_TAKE_BACK}"
ALL_ALLOWED_ANYWHERE = f"{ALL_ALLOWED}{_OTHER}"
BETWEEN_THEM = (
    "Each use that this letter would speak of is allowed for one of these works. Write one letter for each"
    " work, or take the yes back first."
)
OWN_WORDS = (
    "A yes to some uses of it is recorded, and which uses your own words mean is not known. Name the uses by"
    " their keys, such as train.generative, or take the yes back first."
)
KEPT_OUT = "A yes to this is recorded, so the letter does not speak of it: {uses}. It lists the other uses."
PERSON_ALLOWED = (
    "Every use of voice, name and image that this letter would speak of is allowed by {artist}. Take the yes"
    " back first, then draft the letter again."
)


@dataclass(frozen=True, slots=True)
class Yeses:
    """An artist's yeses, as far as a letter about `programme`, or about any, is concerned."""

    all: tuple[Yes, ...]
    programme: ProgrammeId | None

    def allowed(self, subjects: Iterable[str]) -> frozenset[Use]:
        """The uses that are allowed now for any of these, where the letter speaks."""
        named = frozenset(subjects)
        return frozenset(y.use for y in self.all if y.subject in named and self._stands(y) and self._here(y))

    def _stands(self, yes: Yes) -> bool:
        return yes.ended_on is None

    def _here(self, yes: Yes) -> bool:
        return self.programme is None or yes.programme in (None, self.programme)

    def is_of_works(self, uses: frozenset[Use]) -> frozenset[WorkId]:
        """Works of which any of these uses is allowed now; of all uses where none is named."""
        return frozenset(
            WorkId(y.subject)
            for y in self.all
            if self._stands(y) and self._here(y) and (not uses or y.use in uses)
        )

    def marks(
        self, subjects: Iterable[str], uses: Sequence[Use]
    ) -> tuple[dict[Placeholder, str], date | None]:
        """What the texts of a letter have to know, and since when former yeses of these are taken back.

        `uses` empty: the letter speaks of all of them. No day where it is not known of each when it ended.
        """
        named, spoken = frozenset(subjects), frozenset(uses or Use)
        met = [y for y in self.all if y.subject in named and y.use in spoken]
        if not met:
            return {}, None
        flags = {Placeholder.YES_ONCE: "yes"}
        if any(self._stands(y) for y in met):
            # Of another programme: whoever reads this is not told that every yes is taken back.
            return {**flags, Placeholder.YES_ELSEWHERE: "yes"}, None
        ended = [y.ended_on for y in met if y.ended_on is not None]
        return flags, max(ended, default=None)


def read_yeses(artist: ArtistId, facts: FactBook, programme: ProgrammeId | None, now: datetime) -> Yeses:
    return Yeses(yeses_of(artist, facts, now.date()), programme)


def spoken_of(
    template: Template, given: Given, about: AboutFacts, addressee: Addressee, facts: FactBook
) -> tuple[Use, ...]:
    """The uses that a letter speaks of, where some of them are allowed and it has to name the others.

    Those that are named, else the programme's, else those that programmes of the addressee ask for, else
    those of all programmes that are known.
    """
    if AboutWhat.PERSON in template.about:
        own = tuple(use for use in Use if in_family(use, Family.VOICE_LIKENESS))
        named = tuple(use for use in given.uses or about.uses if use in own)
        return named or own
    if given.uses or about.uses:
        return given.uses or about.uses
    programmes = facts.programmes.values()
    theirs = [p for p in programmes if addressee.party is not None and p.operator == addressee.party]
    asked = {use for programme in theirs or programmes for use in programme.uses}
    return tuple(use for use in Use if use in asked) or tuple(Use)


def forbidden(
    works: Iterable[WorkId], yeses: Yeses, uses: Sequence[Use], in_own_words: bool
) -> Mapping[WorkId, Sentence]:
    """Works that a letter which says no may not name, and why: whoever names them is told what to do."""
    found: dict[WorkId, Sentence] = {}
    for work in works:
        allowed = yeses.allowed((work,))
        if not allowed & set(uses):
            continue
        if in_own_words:
            found[work] = say(OWN_WORDS)
        elif allowed >= set(uses):
            found[work] = say(ALL_ALLOWED if yeses.programme is not None else ALL_ALLOWED_ANYWHERE)
    return found


@dataclass(frozen=True, slots=True)
class NoSaid:
    """What one letter says no to, and what it has to know of yeses."""

    uses: tuple[Use, ...] = ()  # that it lists; empty: it speaks of all
    kept_out: tuple[Use, ...] = ()  # allowed, so that it does not speak of them
    flags: Mapping[Placeholder, str] = field(default_factory=dict)
    withdrawn_on: date | None = None

    def note(self, names: Mapping[Use, str]) -> Sentence | None:
        """What the writer is told of what is kept out. `names`: of the uses, in the writer's language."""
        if not self.kept_out:
            return None
        return say(KEPT_OUT, uses=", ".join(names[use] for use in self.kept_out))


def no_said(
    yeses: Yeses, subjects: Iterable[str], spoken: Sequence[Use], listed: Sequence[Use]
) -> NoSaid | Sentence:
    """What a letter about these works, or about a person, can say no to; why to nothing.

    `spoken`: see `spoken_of`; `listed`: the uses that it would list if nothing were allowed.
    """
    named = tuple(subjects)
    allowed = yeses.allowed(named)
    kept_out = tuple(use for use in spoken if use in allowed)
    left = tuple(use for use in spoken if use not in allowed)
    if kept_out and not left:
        return say(BETWEEN_THEM)
    uses = left if kept_out else tuple(listed)
    flags, withdrawn_on = yeses.marks(named, uses)
    return NoSaid(uses, kept_out, flags, withdrawn_on)


def refused_since(yeses: Yeses, works: Iterable[WorkId], on: date) -> date | None:
    """Since when a refusal of these works stands that was recorded on a day; None where a yes stands."""
    flags, withdrawn_on = yeses.marks(works, ())
    if Placeholder.YES_ELSEWHERE in flags:
        return None
    return max(on, withdrawn_on) if withdrawn_on is not None else on
