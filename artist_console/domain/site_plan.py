"""What an artist's own site may say to machines: only what was refused, only where the artist controls it.

A term is reserved where every use that it means is refused, in any programme, for all works on the site. What
is not refused is left out; nothing here is ever a yes. Unreleased works are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .answers import Asked, ledger_answer
from .contract_rows import carriers, least_power, own_works
from .decisions import AnswerKind, Context, effective
from .facts import FactBook
from .ids import ArtistId, WorkId
from .parties import Standing, split_fault
from .phrases import Sentence, say
from .registers import Stance, Subject, SubjectKind
from .signal_terms import Signal, Term, terms_of
from .territories import WORLDWIDE, Territories
from .uses import SONG_RIGHTS, Right, Use, is_sensitive, rights_touched
from .works import Work

SITE_SIGNALS = (Signal.TDMREP, Signal.AIPREF, Signal.ROBOTS)
SITE_RIGHTS = (Right.MASTER, Right.COMPOSITION)


@dataclass(frozen=True, slots=True)
class Category:
    """One term, whether it is reserved, and why not; `reached` are uses that it takes along."""

    term: Term
    rights: tuple[Right, ...]  # in which it is reserved; empty: it is not
    missing: tuple[Use, ...] = ()  # uses that it means and that are not refused for all works

    @property
    def reserved(self) -> bool:
        return bool(self.rights)


@dataclass(frozen=True, slots=True)
class HeldRight:
    """A right of the works on the site, and what the artist's answer can do with it."""

    right: Right
    works: tuple[WorkId, ...]  # those that carry it
    not_controlled: tuple[WorkId, ...]
    standing: Standing  # the least of all works
    territory: Territories = WORLDWIDE

    @property
    def controlled(self) -> bool:
        return bool(self.works) and not self.not_controlled


@dataclass(frozen=True, slots=True)
class SiteGround:
    """The works on a site, who controls them, what is refused for all of them, and what follows."""

    works: tuple[Work, ...]
    unreleased: tuple[WorkId, ...]  # named or owned, and left out
    held: tuple[HeldRight, ...]
    refused: Mapping[Right, frozenset[Use]] = field(default_factory=dict)  # of controlled rights
    categories: tuple[Category, ...] = ()

    @property
    def controlled(self) -> tuple[HeldRight, ...]:
        return tuple(each for each in self.held if each.controlled)

    @property
    def rights(self) -> tuple[Right, ...]:
        """The rights in which anything is reserved."""
        return tuple(right for right in SITE_RIGHTS if any(right in c.rights for c in self.categories))

    @property
    def uses(self) -> tuple[Use, ...]:
        """What is refused for all works, as far as it touches a right that is controlled.

        A person's voice, name and image are no rights in works, so their uses are not among them.
        """
        return tuple(
            use
            for use in Use
            if not is_sensitive(use)
            and any(use in uses and _touches(use, right) for right, uses in self.refused.items())
        )


def _touches(use: Use, right: Right) -> bool:
    """The words of a song are taken with the song."""
    rights = SONG_RIGHTS if right is Right.COMPOSITION else {right}
    return not rights.isdisjoint(rights_touched(use))


def site_ground(artist: ArtistId, named: Iterable[WorkId], facts: FactBook, now: datetime) -> SiteGround:
    """Look at the works of a site: those named, or all of the artist."""
    own = own_works(artist, facts)
    wanted = {facts.works[id].id for id in named if id in facts.works}
    chosen = tuple(work for work in own if not wanted or work.id in wanted)
    released = tuple(work for work in chosen if not work.unreleased)
    held = tuple(each for right in SITE_RIGHTS if (each := _held(right, released, artist, facts, now)).works)
    controlled = [each for each in held if each.controlled]
    refused = {each.right: _refused(artist, each.works, facts, now) for each in controlled}
    return SiteGround(
        released,
        tuple(work.id for work in chosen if work.unreleased),
        held,
        refused,
        tuple(_category(term, refused) for signal in SITE_SIGNALS for term in terms_of(signal)),
    )


def _held(right: Right, works: Iterable[Work], artist: ArtistId, facts: FactBook, now: datetime) -> HeldRight:
    found = sorted(carriers(right, works, artist, facts) - {artist})
    standings: dict[str, Standing] = {}
    territory: Territories | None = WORLDWIDE
    for subject in found:
        rows = [
            row
            for row in facts.stakeholders.get(subject, ())
            if row.party == artist and row.right is right and row.period.contains(now)
        ]
        least = least_power(rows)
        everybody = tuple(
            row
            for row in facts.stakeholders.get(subject, ())
            if row.right is right and row.period.contains(now)
        )
        if split_fault(right, everybody) is not None:
            least = None  # disputed, or shares that do not add up: nobody is known to control it
        standings[subject] = least.standing if least is not None else Standing.UNKNOWN
        if least is not None and territory is not None:
            territory = territory.within(least.territories)
    others = tuple(WorkId(id) for id, standing in standings.items() if standing is not Standing.CONTROLS)
    least_standing = standings[others[0]] if others else Standing.CONTROLS
    return HeldRight(
        right,
        tuple(WorkId(id) for id in found),
        # Controlled in different places only: nowhere all of them.
        others if territory is not None else tuple(WorkId(id) for id in found),
        least_standing,
        territory or WORLDWIDE,
    )


def _refused(artist: ArtistId, works: Iterable[WorkId], facts: FactBook, now: datetime) -> frozenset[Use]:
    """The uses that are refused for every one of the works, in a programme that nobody has named yet."""
    party = facts.parties.get(artist)
    if party is None:
        return frozenset()
    everywhere = _refused_for_all(artist, facts)
    left = set(Use) - everywhere
    context = Context(now, None, facts.terms)
    for work in works:
        subject = Subject(SubjectKind.WORK, work)
        for use in tuple(left):
            answer, _ = ledger_answer(party, subject, Asked(subject, None, use, context), facts)
            if answer.kind is not AnswerKind.REFUSED:
                left.discard(use)
        if not left:
            break
    return everywhere | left


def _refused_for_all(artist: ArtistId, facts: FactBook) -> frozenset[Use]:
    """Uses that one refusal covers for all works in any programme, so that no work has to be looked at.

    Only an allow for any programme could stand against it, and there is none: an allow names its programme.
    """
    found: set[Use] = set()
    for register, said in facts.registers_of(artist).items():
        if register.programme is not None:
            continue
        last = effective(register, said)
        if last is not None and last.stance is Stance.ALLOW:
            return frozenset()
        if last is not None and register.subject.kind is SubjectKind.ALL:
            found |= register.use.uses
    return frozenset(found)


def _category(term: Term, refused: Mapping[Right, frozenset[Use]]) -> Category:
    meant = set(term.meant)
    rights = tuple(right for right, uses in refused.items() if meant and meant <= uses)
    said = frozenset().union(*refused.values()) if refused else frozenset()
    return Category(term, rights, () if rights else tuple(use for use in term.meant if use not in said))


def why_not(ground: SiteGround) -> tuple[Sentence, ...]:
    """Why a site can say nothing in the artist's name, and what to do instead; empty where it can."""
    if not ground.works:
        return (say("No released work is known here that could be on the site. Import a catalogue first."),)
    if not ground.controlled:
        return (*_not_controlled(ground), say(_PERFORMERS_NOTICE))
    if not ground.rights:
        return (
            say(
                "Nothing is reserved: for the works on the site you have not refused what any of the signals"
                " means. Refuse it first, for all your music or for these works, in any programme."
            ),
        )
    return ()


_PERFORMERS_NOTICE = (
    "Only whoever controls a right can reserve it. Ask the owner to do so: write a performer’s notice."
)
_KIND_WORDS = {Right.MASTER: ("recording", "recordings"), Right.COMPOSITION: ("song", "songs")}


def _not_controlled(ground: SiteGround) -> Iterable[Sentence]:
    for held in ground.held:
        one, many = _KIND_WORDS[held.right]
        count, total = len(held.not_controlled), len(held.works)
        if count < total:
            yield say(
                "{count} of {total} {many} on the site are not recorded as yours to control. Name the works"
                " that you control, or note the contract that says so.",
                count=str(count),
                total=str(total),
                many=many,
            )
        else:
            yield say(
                "It is not recorded that you control the {what} on the site.",
                what=one if total == 1 else many,
            )
