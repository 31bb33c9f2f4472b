"""What a set of wishes would do, before anything is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum

from artist_console.commands.asking import asked_cells, outcomes_over, works_under
from artist_console.commands.authority import Acting, RosterPower, acting_for, outside
from artist_console.commands.consent import (
    cell_of,
    is_one_cell,
    met_allows,
    register_of,
    standing_on,
)
from artist_console.commands.console import Console, Totals
from artist_console.commands.names import (
    decision_words,
    is_song,
    on_behalf_words,
    party_name,
    programme_name,
    subject_words,
    use_words,
)
from artist_console.commands.soundness import agreed_terms, fault_of
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import AnswerKind, Decision, fold_cell
from artist_console.domain.earnings import twelve_months_to
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import AccountId, ActId, ArtistId, DecisionId, ProgrammeId, WorkId
from artist_console.domain.mandates import Mandate
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.permission import Question, permission
from artist_console.domain.permission_classes import Found, OutcomeTable
from artist_console.domain.phrases import day_in_words
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import Stance, SubjectKind, UseScope
from artist_console.domain.uses import Family, Use, in_family, is_sensitive
from artist_console.store import mirror, statements


class ReviewResult(Enum):
    """What will come of a wish, in the order in which the review shows the groups."""

    TAKES_EFFECT = "takes_effect"
    NOT_CHECKED = "not_checked"  # recorded; what it can do is not known
    WAITS_FOR_OTHERS = "waits_for_others"
    NO_EFFECT = "no_effect"
    CANNOT_BE_MADE = "cannot_be_made"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One decision that would be made, in words."""

    wish: Wish
    artist_name: str
    subject: str  # title, "All my music", a person
    programme: str  # name; empty: every programme
    use: str  # in words
    former: Stance | None  # what stands on the register now
    before: PermissionOutcome | None  # of the cell; None for a wide register
    after: PermissionOutcome | None  # on its first day, where that is to come
    is_song: bool = False  # its recording often has the same title


@dataclass(frozen=True, slots=True)
class ReviewGroup:
    """Wishes that come to the same, for the same reason."""

    result: ReviewResult
    reason: str  # one sentence
    items: tuple[ReviewItem, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A use that was asked for together with others and has to be answered by itself."""

    subject: str
    programme: str
    use: str
    reason: str


@dataclass(frozen=True, slots=True)
class Review:
    """Everything the review shows. Nothing is recorded yet."""

    groups: tuple[ReviewGroup, ...]  # in the order of ReviewResult
    count: int  # decisions that "Confirm" would record
    narrower_allows: tuple[Decision, ...]  # own allows that a wider refusal meets; ask KeepChoice when any
    narrower_words: tuple[str, ...]  # the same, one line per work, programme and use
    terms: tuple[TermsVersion, ...]  # that the allows agree to
    cannot_be_taken_back: tuple[str, ...]  # sentences
    left_out: tuple[LeftOut, ...]
    on_behalf_of: str  # "You decide for Mara Lindqvist, by the mandate of 3 March 2025."; empty: for oneself
    mandate: Mandate | None


def review(console: Console, wishes: Sequence[Wish]) -> Review:
    """What these wishes would do, grouped by result. Every wish is in exactly one group or left out."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    wishes = tuple(dict.fromkeys(wishes))
    left_out = _answered_alone(wishes)
    kept = [wish for wish in wishes if wish not in left_out]
    acting = {artist: acting_for(console, artist) for artist in {wish.artist for wish in wishes}}
    as_if_made = _as_if_made(console, facts, kept, now)
    before = _Seen(facts, outcomes_over(console, facts, now), kept, now)
    after = _Seen(as_if_made, outcomes_over(console, as_if_made, now), kept, now)
    judged = [_judged(wish, before, after, acting[wish.artist], now) for wish in kept]
    met = {d.id: d for w in kept if w.stance is Stance.REFUSE for d in met_allows(facts, register_of(w))}
    made = [wish for wish, (result, _, _) in zip(kept, judged, strict=True) if result is not CANNOT]
    mandates = [acting[wish.artist].mandate for wish in kept]
    mandate = next((m for m in mandates if m is not None), None)
    return Review(
        groups=_grouped(judged),
        count=len(made),
        narrower_allows=tuple(met.values()),
        narrower_words=_one_line_each(met.values(), facts),
        terms=_terms_agreed(made, facts, now),
        cannot_be_taken_back=_not_taken_back(made, facts, now),
        left_out=tuple(_left_out(wish, facts) for wish in left_out),
        on_behalf_of=_on_behalf(kept, acting, facts),
        mandate=mandate,
    )


def _one_line_each(allows: Iterable[Decision], facts: FactBook) -> tuple[str, ...]:
    """Several allows of one register, renewed or given again, are one line: it is one answer to a person."""
    last = {allow.register: allow for allow in allows}
    return tuple(decision_words(facts, allow) for allow in last.values())


def earned_by(console: Console, wishes: Iterable[Wish]) -> Totals:
    """AI income of the last twelve months from the works that the wishes are about, per currency."""
    now, today = console.clock(), console.today
    facts = mirror.facts(console.store, now)
    works: dict[ArtistId, set[WorkId]] = {}
    for wish in wishes:
        concerned = works_under(facts, wish.artist, wish.subject, now)
        works.setdefault(wish.artist, set()).update(work.id for work in concerned)
    found = [
        money
        for artist, own in works.items()
        for work, earned in statements.earned_by_work(
            console.store, artist, twelve_months_to(today), today, tuple(own)
        ).items()
        if work in own
        for money in earned
    ]
    return statements.sum_by_currency(found)


CANNOT = ReviewResult.CANNOT_BE_MADE
Judged = tuple[ReviewResult, str, ReviewItem]


def _answered_alone(wishes: Sequence[Wish]) -> tuple[Wish, ...]:
    """Allows of voice, name and image that came together with other allows."""
    allows = [wish for wish in wishes if wish.stance is Stance.ALLOW]
    if len(allows) < 2:
        return ()
    return tuple(w for w in allows if is_one_cell(w) and is_sensitive(Use(w.use.name)))


def _left_out(wish: Wish, facts: FactBook) -> LeftOut:
    return LeftOut(
        subject_words(facts, wish.subject),
        programme_name(facts, wish.programme),
        use_words(wish.use),
        "Voice, name and image are allowed one at a time.",
    )


def _as_if_made(console: Console, facts: FactBook, wishes: Iterable[Wish], now: datetime) -> FactBook:
    """The same facts with the wishes laid over the ledgers, refusals first, as `decide` would."""
    account = AccountId(console.account.id if console.account else "")
    ordered = sorted(wishes, key=lambda wish: wish.stance is not Stance.REFUSE)
    return facts.with_decisions(
        (_draft(number, wish, facts, account, now) for number, wish in enumerate(ordered)), now
    )


def _draft(number: int, wish: Wish, facts: FactBook, account: AccountId, now: datetime) -> Decision:
    agreed = agreed_terms(wish, facts, now)
    return Decision(
        DecisionId(f"review-{number}"),
        register_of(wish),
        wish.stance,
        account,
        now,
        ActId("review"),
        terms=agreed.id if agreed else None,
        conditions=wish.conditions,
    )


def _judged(wish: Wish, before: _Seen, after: _Seen, acting: Acting, now: datetime) -> Judged:
    """What will come of one wish, why, and the item that shows it."""
    facts = before.facts
    before_cell, after_cell = before.cell(wish), after.cell(wish)
    standing = standing_on(facts, register_of(wish))
    item = ReviewItem(
        wish,
        party_name(facts, wish.artist),
        subject_words(facts, wish.subject),
        programme_name(facts, wish.programme),
        use_words(wish.use),
        standing.stance if standing is not None else None,
        before_cell[1] if before_cell else None,
        after_cell[1] if after_cell else None,
        is_song(facts, wish.subject),
    )
    reason = _why_not(wish, standing, facts, acting, now)
    if reason:
        return CANNOT, reason, item
    if acting.power is RosterPower.PROPOSE:
        return ReviewResult.WAITS_FOR_OTHERS, "Your mandate lets you propose: the artist signs first.", item
    result, reason = _comes_to(wish, standing, after_cell, facts, acting)
    if result is ReviewResult.TAKES_EFFECT and after_cell is None and wish.stance is Stance.REFUSE:
        result, reason = _wide_no(wish, after)
    first = _first_day_to_come(wish, now)
    if first is not None and after_cell is not None:
        result, reason = _from_then_on(result, reason, after_cell, first, agreed_terms(wish, facts, now))
    return result, reason, item


def _first_day_to_come(wish: Wish, now: datetime) -> date | None:
    first = wish.conditions.since
    return first if first is not None and first > now.date() else None


def _from_then_on(
    result: ReviewResult, reason: str, cell: Found, first: date, agreed: TermsVersion | None
) -> tuple[ReviewResult, str]:
    """What a yes comes to that starts on a day to come."""
    if cell[1] is PermissionOutcome.TERMS_CHANGED and agreed is not None and agreed.effective_from <= first:
        words = "Other terms are in effect by its first day, and a yes to these does not count under those."
        return ReviewResult.NO_EFFECT, words
    if result is ReviewResult.TAKES_EFFECT:
        return result, f"It counts from {day_in_words(first)}."
    return result, reason


def _why_not(wish: Wish, standing: Decision | None, facts: FactBook, acting: Acting, now: datetime) -> str:
    """Why a wish cannot be recorded at all; empty when it can."""
    if acting.power is RosterPower.VIEW:
        return "Your mandate lets you look at what concerns this artist, not answer."
    if outside(acting.mandate, register_of(wish)):
        return "Your mandate does not reach these programmes or uses."
    if wish.stance is Stance.ALLOW and not is_one_cell(wish):
        return "A yes is given for one work, one programme and one use at a time."
    fault = fault_of(wish, facts, now)
    if fault is not None:
        return fault.sentence
    if wish.stance is Stance.CLEAR and standing is None:
        return "There is no answer of your own to take back here."
    return ""


def _comes_to(
    wish: Wish, standing: Decision | None, cell: Found | None, facts: FactBook, acting: Acting
) -> tuple[ReviewResult, str]:
    if standing is not None and standing.stance is wish.stance is Stance.REFUSE:
        return ReviewResult.NO_EFFECT, "This is refused here already."
    personal = is_one_cell(wish) and is_sensitive(Use(wish.use.name))
    if acting.mandate is not None and personal and not acting.mandate.voice_waived:
        return ReviewResult.WAITS_FOR_OTHERS, "Voice, name and image need the artist's own signature."
    if acting.mandate is not None and wish.stance is not Stance.REFUSE and _own_no(wish, facts):
        return ReviewResult.WAITS_FOR_OTHERS, "The artist said no here: a yes is proposed to them."
    lapsed = (PermissionOutcome.EXPIRED, PermissionOutcome.TERMS_CHANGED, PermissionOutcome.CONDITIONS_UNMET)
    if cell is not None and cell[1] in lapsed and cell[0] is AnswerKind.ALLOWED:
        words = "Another yes that is needed, such as that for the song in a recording, no longer holds."
        return ReviewResult.WAITS_FOR_OTHERS, words
    if cell is None:
        words = "It counts from the moment it arrives, also for what comes later."
        return (
            ReviewResult.TAKES_EFFECT,
            words if wish.stance is Stance.REFUSE else "What is wider counts again.",
        )
    return _BY_OUTCOME.get(cell[1], (ReviewResult.TAKES_EFFECT, "It counts from the moment it arrives."))


def _wide_no(wish: Wish, after: _Seen) -> tuple[ReviewResult, str]:
    """What a no that covers more than one cell can do, by the cells it covers today."""
    found = after.outcomes_of_the_no(wish)
    if not found or found == {PermissionOutcome.REFUSED}:
        return ReviewResult.TAKES_EFFECT, "It counts from the moment it arrives, also for what comes later."
    if found == {PermissionOutcome.REFUSED_UNCHECKED}:
        return (
            ReviewResult.NOT_CHECKED,
            "It is recorded, also for what comes later; what your no can do here has not been looked up.",
        )
    if found <= _WITHOUT_POWER:
        return (
            ReviewResult.NO_EFFECT,
            "It is recorded and can be sent; as far as we know it does not by itself stop a licence.",
        )
    if PermissionOutcome.REFUSED in found:
        return (
            ReviewResult.TAKES_EFFECT,
            "It counts from the moment it arrives, also for what comes later. For a part of it, what your no"
            " can do is not known, or somebody else decides.",
        )
    return (
        ReviewResult.NOT_CHECKED,
        "It is recorded, also for what comes later; what your no can do is not known everywhere.",
    )


_WITHOUT_POWER = frozenset({PermissionOutcome.OBJECTED, PermissionOutcome.LICENSED_AGAINST_WISH})


class _Seen:
    """The facts as they are, or as they would be, asked about the cells under thousands of wishes."""

    def __init__(self, facts: FactBook, table: OutcomeTable, wishes: Iterable[Wish], now: datetime) -> None:
        self.facts = facts
        self._table = table
        self._now = now
        self._pairs: dict[tuple[ProgrammeId | None, UseScope], tuple[_Pair, ...]] = {}
        self._ask_by_work(wishes)

    def _ask_by_work(self, wishes: Iterable[Wish]) -> None:
        """Ask about all cells of a work together: what they have in common is looked up once."""
        cells: dict[tuple[ArtistId, WorkId], list[_Pair]] = {}
        for wish in wishes:
            if wish.subject.kind is SubjectKind.WORK and is_one_cell(wish):
                asked = cells.setdefault((wish.artist, WorkId(wish.subject.id)), [])
                asked.append((wish.programme, Use(wish.use.name)))
        for (artist, work), asked in cells.items():
            self._table.outcomes(artist, work, asked)

    def cell(self, wish: Wish) -> Found | None:
        """Answer and outcome of the one cell that a narrow wish is about; None for a wide one.

        A yes from a day to come is asked about on that day: before, it says nothing.
        """
        if not is_one_cell(wish):
            return None
        use = Use(wish.use.name)
        first = _first_day_to_come(wish, self._now)
        if first is not None:
            then = datetime.combine(first, time(), UTC)
            found = permission(Question(wish.artist, wish.subject, wish.programme, use, then), self.facts)
            return found.answer.kind, found.outcome
        if wish.subject.kind is SubjectKind.WORK:
            return self._table.outcome(wish.artist, WorkId(wish.subject.id), wish.programme, use)
        found = permission(Question(wish.artist, wish.subject, wish.programme, use, self._now), self.facts)
        return found.answer.kind, found.outcome

    def outcomes_of_the_no(self, wish: Wish) -> frozenset[PermissionOutcome]:
        """Of every cell that a wide no covers today; where nobody asks, of the uses it is about."""
        pairs = self._pairs_of(wish)
        if wish.subject.kind is SubjectKind.PERSON:
            return frozenset(
                permission(Question(wish.artist, wish.subject, programme, use, self._now), self.facts).outcome
                for programme, use in pairs
                if is_sensitive(use)
            )
        # Voice and likeness are a person's: of a work they say nothing about its own power.
        pairs = tuple(pair for pair in pairs if not is_sensitive(pair[1])) or pairs
        under = works_under(self.facts, wish.artist, wish.subject, self._now)
        found = {
            self._table.outcome(wish.artist, work, programme, use)
            for work in self._table.one_of_each(each.id for each in under)
            for programme, use in pairs
        }
        # A yes that is given beside it, or kept, is not about what the no can do; where every cell has one,
        # nothing tells what the no could do.
        refused = frozenset(outcome for answer, outcome in found if answer is AnswerKind.REFUSED)
        return refused or frozenset({PermissionOutcome.REFUSED_UNCHECKED} if found else ())

    def _pairs_of(self, wish: Wish) -> tuple[_Pair, ...]:
        about = (wish.programme, wish.use)
        if about not in self._pairs:
            asked: tuple[_Pair, ...] = asked_cells(self.facts, self._now, *about)
            every = tuple((wish.programme, use) for use in Use if wish.use.covers(use))
            self._pairs[about] = asked or every
        return self._pairs[about]


_Pair = tuple[ProgrammeId | None, Use]


def _own_no(wish: Wish, facts: FactBook) -> bool:
    """Whether the register, or the cell of a narrow wish, now rests on a refusal by the artist in person."""
    refusals = [
        r.decision
        for r in facts.said.get(wish.artist, ())
        if r.decision.stance is Stance.REFUSE and r.decision.mandate is None
    ]
    if not is_one_cell(wish):
        return any(refusal.register == register_of(wish) for refusal in refusals)
    cell = cell_of(facts, register_of(wish))
    covering = (
        fold_cell(cell, facts.said.get(wish.artist, ()), facts.said[wish.artist][-1].at).refusals
        if refusals
        else ()
    )
    return any(r.decision in refusals for r in covering)


_BY_OUTCOME: Mapping[PermissionOutcome, tuple[ReviewResult, str]] = {
    PermissionOutcome.OBJECTED: (
        ReviewResult.NO_EFFECT,
        "It is recorded and can be sent; as far as we know it does not by itself stop a licence.",
    ),
    PermissionOutcome.LICENSED_AGAINST_WISH: (
        ReviewResult.NO_EFFECT,
        "Others say they licensed it. Your no is recorded and can be sent.",
    ),
    PermissionOutcome.REFUSED_UNCHECKED: (
        ReviewResult.NOT_CHECKED,
        "It is recorded; what your no can do here has not been looked up.",
    ),
    PermissionOutcome.NOT_LICENSED: (
        ReviewResult.NO_EFFECT,
        "It is recorded; the list of agreements is stated to be complete, and none covers this.",
    ),
    PermissionOutcome.NO_AGREEMENT_KNOWN: (
        ReviewResult.NO_EFFECT,
        "It is recorded; no agreement is known that covers every share, so nothing is allowed by it.",
    ),
    PermissionOutcome.LICENSED_BY_OTHERS: (
        ReviewResult.NO_EFFECT,
        "It is recorded; others say they licensed it without asking.",
    ),
    PermissionOutcome.EXPIRED: (ReviewResult.NO_EFFECT, "Its last day has passed."),
    PermissionOutcome.TERMS_CHANGED: (ReviewResult.WAITS_FOR_OTHERS, "It waits for the terms it agrees to."),
    PermissionOutcome.CONDITIONS_UNMET: (
        ReviewResult.NO_EFFECT,
        "It is recorded; the conditions you set are not met by the programme's terms.",
    ),
    PermissionOutcome.UNDECIDED: (
        ReviewResult.WAITS_FOR_OTHERS,
        "Somebody else whose agreement is needed has not answered.",
    ),
    PermissionOutcome.PROPOSED: (ReviewResult.WAITS_FOR_OTHERS, "It waits for a signature."),
}


def _grouped(judged: Sequence[Judged]) -> tuple[ReviewGroup, ...]:
    groups: dict[tuple[ReviewResult, str], list[ReviewItem]] = {}
    for result, reason, item in judged:
        groups.setdefault((result, reason), []).append(item)
    order = list(ReviewResult)
    return tuple(
        ReviewGroup(result, reason, tuple(items))
        for (result, reason), items in sorted(groups.items(), key=lambda group: order.index(group[0][0]))
    )


def _terms_agreed(wishes: Iterable[Wish], facts: FactBook, now: datetime) -> tuple[TermsVersion, ...]:
    agreed = [agreed_terms(wish, facts, now) for wish in wishes]
    return tuple({terms.id: terms for terms in agreed if terms is not None}.values())


def _not_taken_back(wishes: Iterable[Wish], facts: FactBook, now: datetime) -> tuple[str, ...]:
    """What an allow gives away for good, and how the terms let it be withdrawn."""
    allows = [wish for wish in wishes if wish.stance is Stance.ALLOW]
    found: list[str] = []
    if any(in_family(Use(wish.use.name), Family.TRAINING) for wish in allows if is_one_cell(wish)):
        found.append("A model that was trained on a work is not un-trained when you withdraw your yes.")
    if any(in_family(Use(w.use.name), Family.GENERATION) for w in allows if is_one_cell(w)):
        found.append("What was made and given out stays with those who have it.")
    for terms in _terms_agreed(allows, facts, now):
        if terms.how_a_yes_is_withdrawn:
            name = programme_name(facts, terms.programme)
            found.append(f"{name}, by its terms: {terms.how_a_yes_is_withdrawn}")
    return tuple(dict.fromkeys(found))


def _on_behalf(wishes: Iterable[Wish], acting: Mapping[ArtistId, Acting], facts: FactBook) -> str:
    """For whom one decides or proposes, and by which mandate; several one after the other."""
    said: dict[ArtistId, str] = {}
    for wish in wishes:
        power, mandate = acting[wish.artist].power, acting[wish.artist].mandate
        if mandate is not None and power is not RosterPower.VIEW:
            proposes = power is RosterPower.PROPOSE
            said[wish.artist] = on_behalf_words(party_name(facts, wish.artist), mandate, proposes=proposes)
    return " ".join(said.values())
