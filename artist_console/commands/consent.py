"""Deciding: refuse, allow, clear. One durable local transaction; refusals and allows are separate acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum

from artist_console.commands.asking import asked_cells, works_under
from artist_console.commands.authority import Acting, RosterPower, acting_for, outside
from artist_console.commands.console import Console, Result
from artist_console.commands.names import party_name, programme_name, subject_words
from artist_console.commands.soundness import agreed_terms, fault_of
from artist_console.commands.wishes import Wish
from artist_console.domain.answers import Asked, artist_answer
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import (
    AnswerKind,
    Cell,
    Context,
    Decision,
    Pin,
    Recording,
    effective,
    fold_cell,
)
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import (
    AccountId,
    ActId,
    ArtistId,
    DecisionId,
    ProgrammeId,
    ReleaseId,
    WorkId,
)
from artist_console.domain.problems import AuthorityProblem, InputProblem, UnknownThing
from artist_console.domain.registers import (
    UNCONDITIONAL,
    Conditions,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
    UseScopeKind,
)
from artist_console.domain.uses import Family, Use, is_sensitive
from artist_console.formats.wire import MAX_ACT_ITEMS
from artist_console.store import drafts as kept_drafts
from artist_console.store import journal, mirror

TOUCHED = Changes.CONSENT | Changes.JOURNAL | Changes.WORKS


class KeepChoice(Enum):
    """What a wider refusal does to the narrower allows it meets. There is no default."""

    KEEP_THEM = "keep"
    REFUSE_THEM = "refuse"


class KeepsNotChosen(InputProblem):
    """A wider refusal meets narrower allows, and nobody has said what becomes of them."""

    title_template = "{count} works or uses inside this refusal have their own Allow"
    advice_template = "Say whether to refuse those too or to keep them"

    def __init__(self, allows: tuple[Decision, ...]) -> None:
        super().__init__(count=len(allows))
        self.allows = allows


class AllowTooWide(InputProblem):
    """A yes is narrow: one work or person, one programme, one use."""

    title_template = "A yes is given for one work, one programme and one use at a time"
    advice_template = "Name all three, or let the programmes that ask today be listed first"


class SensitiveInBulk(InputProblem):
    """Voice, name and image are allowed one by one only."""

    title_template = "Voice, name and image are allowed one at a time"
    advice_template = "Answer each of them by itself"


class NothingToTakeBack(InputProblem):
    """A clear of registers that hold no answer."""

    title_template = "There is no answer of your own to take back here"
    advice_template = "What you see follows a wider answer; change that one, or give an answer here"


def decide(
    console: Console,
    wishes: Sequence[Wish],
    keeps: KeepChoice | None = None,
    *,
    name_act: Callable[[str], ActId] = ActId,
) -> Result[tuple[Decision, ...]]:
    """Record what a person wants, durably, and send it with the next sync.

    Refusals come first; refusals and allows are separate acts, one of each per artist. Wishes to clear a
    register that holds nothing are dropped. Raises KeepsNotChosen where a wider refusal meets allows and
    `keeps` is None; AllowTooWide, SensitiveInBulk and what `soundness` finds for an answer that cannot be
    given; AuthorityProblem where the mandate does not reach. Nothing is recorded then. `name_act` makes the
    id of an act out of a new one.
    """
    facts = mirror.facts(console.store, console.clock())
    account = _account_of(console)
    wanted = _that_do_something(wishes, facts)
    acting = {artist: acting_for(console, artist) for artist in {wish.artist for wish in wanted}}
    for wish in wanted:
        _check_authority(wish, acting[wish.artist], facts)
    _check_scopes(wanted, facts, console.clock())
    met = _met(wanted, facts)
    if keeps is None and met:
        raise KeepsNotChosen(tuple({d.id: d for found in met.values() for d in found}.values()))
    kept = met if keeps is KeepChoice.KEEP_THEM else {}
    # What is shown here, not what a reply told of: a no beyond it has not been seen.
    shown = {artist: mirror.tip(console.store, artist) for artist in acting}
    decisions = tuple(
        _decision(
            console, wish, act, facts, acting[wish.artist], account, shown, kept.get(wish, ()) if kept else ()
        )
        for act, wish in _in_acts(console, wanted, name_act)
    )
    journal.append(console.store, decisions, instead_of=_allows_to_review(console, wanted, facts))
    # Rows of works are worked out by who next reads one (`store.shown`). What is recorded is told at once,
    # and nothing that befalls the tables can have it told as not recorded.
    return Result(decisions, TOUCHED)


def _allows_to_review(console: Console, wishes: Iterable[Wish], facts: FactBook) -> frozenset[Register]:
    """Allows that wait for a review inside what is refused now: the later no takes their place."""
    stances = {register_of(wish): wish.stance for wish in wishes}
    refused = [register for register, stance in stances.items() if stance is Stance.REFUSE]
    waiting = kept_drafts.drafts(console.store) if refused else ()
    now = console.clock()
    return frozenset(
        draft.register
        for draft in waiting
        if draft.stance is Stance.ALLOW
        and draft.register not in stances  # reviewed together with the no
        and any(_lies_in(draft.register, refusal, facts, now) for refusal in refused)
    )


def _lies_in(allow: Register, refusal: Register, facts: FactBook, now: datetime) -> bool:
    return allow.artist == refusal.artist and cell_of(facts, allow).lies_in(refusal, now)


def register_of(wish: Wish) -> Register:
    return Register(wish.artist, wish.subject, wish.programme, wish.use)


def _met(wishes: Iterable[Wish], facts: FactBook) -> dict[Wish, tuple[Decision, ...]]:
    """The refusals among the wishes that meet narrower allows, with those."""
    refusals = (wish for wish in wishes if wish.stance is Stance.REFUSE)
    found = ((wish, met_allows(facts, register_of(wish))) for wish in refusals)
    return {wish: allows for wish, allows in found if allows}


def met_allows(facts: FactBook, refusal: Register) -> tuple[Decision, ...]:
    """The artist's standing allows on narrower registers that a refusal on this register would fell."""
    found: dict[DecisionId, Decision] = {}
    subject = refusal.subject
    single = subject.kind in (SubjectKind.WORK, SubjectKind.PERSON)
    # A work or person holds nothing narrower than itself: only what was said on it is looked through.
    said = (
        facts.said_on(refusal.artist, subject.kind, subject.id)
        if single
        else facts.said.get(refusal.artist, ())
    )
    allowed = dict.fromkeys(r.decision.register for r in said if r.decision.stance is Stance.ALLOW)
    for register in allowed:
        if register == refusal or not _is_within_columns(register, refusal):
            continue
        for allow in standing_allows(facts, register):
            if cell_of(facts, register).lies_in(refusal, allow.at):
                found[allow.decision.id] = allow.decision
    return tuple(found.values())


def _is_within_columns(narrow: Register, wide: Register) -> bool:
    """Whether programme and uses of a register lie in those of another: asked first, because it is quick."""
    return wide.programme in (None, narrow.programme) and narrow.use.uses <= wide.use.uses


def standing_on(facts: FactBook, register: Register) -> Decision | None:
    """The decision that a register shows now."""
    return effective(register, facts.registers_of(register.artist).get(register, ()))


def standing_allows(facts: FactBook, register: Register) -> tuple[Recording, ...]:
    """The allows that stand on the cell of a narrow register, in ledger order."""
    said = facts.said.get(register.artist, ())
    if not said:
        return ()
    cell = cell_of(facts, register)
    use = Use(register.use.name)
    subjects = [(SubjectKind.ALL, "")] if register.subject.kind is SubjectKind.WORK else []
    subjects += [(SubjectKind.RELEASE, str(held.release)) for held in cell.releases]
    about = facts.said_about(
        register.artist, [*subjects, (register.subject.kind, register.subject.id)], register.programme, use
    )
    return tuple(r for r in fold_cell(cell, about, said[-1].at).allows if r.decision.register == register)


def cell_of(facts: FactBook, register: Register) -> Cell:
    """The cell that a narrow register sets."""
    held = facts.memberships.get(WorkId(register.subject.id), ())
    return Cell(register.subject, register.programme, Use(register.use.name), held)


def allow_everything_asked(
    console: Console,
    artist: ArtistId,
    subject: Subject,
    family: Family | None = None,
    programme: ProgrammeId | None = None,
    use: Use | None = None,
    conditions: Conditions = UNCONDITIONAL,
) -> tuple[Wish, ...]:
    """The single allows that "Allow" on something wide stands for, to be reviewed; see `everything_asked`."""
    now = console.clock()
    scope = UseScope.of(use if use is not None else family)
    register = Register(artist, subject, programme, scope)
    return everything_asked(mirror.facts(console.store, now), now, register, conditions)


def everything_asked(
    facts: FactBook, now: datetime, place: Register, conditions: Conditions
) -> tuple[Wish, ...]:
    """One allow per work under a place, programme that asks today and use it asks for.

    Voice and likeness are left out, and so are cells with a yes of their own, unless it has run out or is
    about earlier terms, or is to be given again on other conditions.
    """
    pairs = [
        pair for pair in asked_cells(facts, now, place.programme, place.use) if not is_sensitive(pair[1])
    ]
    wishes = (
        Wish(
            place.artist,
            Subject(SubjectKind.WORK, work.id),
            asking,
            UseScope.of(asked_use),
            Stance.ALLOW,
            conditions,
        )
        for work in works_under(facts, place.artist, place.subject, now)
        for asking, asked_use in pairs
    )
    # An Allow of an album does not take the conditions from a yes that one of its works has.
    one_cell = place.subject.kind is SubjectKind.WORK and place.use.kind is UseScopeKind.KEY
    return tuple(
        wish
        for wish in wishes
        if _says_something_new(wish, facts, now, anew=one_cell or conditions != UNCONDITIONAL)
    )


def _says_something_new(wish: Wish, facts: FactBook, now: datetime, *, anew: bool) -> bool:
    """Whether a yes is missing, has lapsed, or (`anew`) stands on other conditions."""
    standing = standing_allows(facts, register_of(wish))
    if not standing or (anew and standing[-1].decision.conditions != wish.conditions):
        return True
    return _has_lapsed(wish, facts, now)


def _has_lapsed(wish: Wish, facts: FactBook, now: datetime) -> bool:
    """Whether the yes on a cell has to be given again to hold; unmet conditions are no reason."""
    context = Context(now, facts.terms_at(wish.programme, now), facts.terms)
    asked = Asked(wish.subject, wish.programme, Use(wish.use.name), context)
    answer, _ = artist_answer(wish.artist, wish.subject, asked, facts)
    return answer.kind in (AnswerKind.EXPIRED, AnswerKind.TERMS_CHANGED)


def _account_of(console: Console) -> AccountId:
    if console.account is None:
        raise AuthorityProblem(
            "There is nobody here yet in whose name an answer could be recorded",
            "Import a catalogue, or connect to a service",
        )
    return AccountId(console.account.id)


def _that_do_something(wishes: Sequence[Wish], facts: FactBook) -> tuple[Wish, ...]:
    """Without repetitions, and without clears of what holds nothing."""
    kept = tuple(
        wish
        for wish in dict.fromkeys(wishes)
        if wish.stance is not Stance.CLEAR or standing_on(facts, register_of(wish)) is not None
    )
    if wishes and not kept:
        raise NothingToTakeBack
    return kept


def _check_scopes(wishes: Sequence[Wish], facts: FactBook, now: datetime) -> None:
    for wish in wishes:
        _check_known(wish, facts)
    allows = [wish for wish in wishes if wish.stance is Stance.ALLOW]
    for wish in allows:
        if not is_one_cell(wish):
            raise AllowTooWide
    sensitive = [wish for wish in allows if is_sensitive(Use(wish.use.name))]
    if sensitive and len(allows) > 1:
        raise SensitiveInBulk
    for wish in wishes:
        fault = fault_of(wish, facts, now)
        if fault is not None:
            raise fault


def is_one_cell(wish: Wish) -> bool:
    """Whether a wish names one work or person, one programme and one use."""
    return (
        wish.subject.kind in (SubjectKind.WORK, SubjectKind.PERSON)
        and wish.programme is not None
        and wish.use.kind is UseScopeKind.KEY
    )


def _check_known(wish: Wish, facts: FactBook) -> None:
    subject = wish.subject
    match subject.kind:
        case SubjectKind.ALL:
            known = wish.artist in facts.parties
        case SubjectKind.RELEASE:
            known = ReleaseId(subject.id) in facts.releases
        case SubjectKind.WORK:
            known = WorkId(subject.id) in facts.works
        case SubjectKind.PERSON:
            known = subject.id in facts.parties
    if not known or (wish.programme is not None and wish.programme not in facts.programmes):
        raise UnknownThing(
            "{what} cannot be answered: it is not known here",
            "Sync first, then choose it again",
            what=subject_words(facts, subject) if not known else programme_name(facts, wish.programme),
        )


def _check_authority(wish: Wish, acting: Acting, facts: FactBook) -> None:
    artist = party_name(facts, wish.artist) or "this artist"
    if acting.power is RosterPower.VIEW:
        raise AuthorityProblem(
            "You may look at what concerns {artist}, not answer for them",
            "Ask the artist for a mandate to decide or to propose",
            artist=artist,
        )
    if outside(acting.mandate, register_of(wish)):
        raise AuthorityProblem(
            "Your mandate for {artist} does not reach that far",
            "Answer only for the programmes and uses it names, or ask the artist to widen it",
            artist=artist,
        )


def _in_acts(
    console: Console, wishes: Sequence[Wish], name_act: Callable[[str], ActId]
) -> Iterable[tuple[ActId, Wish]]:
    """Wishes with the act they belong to: per artist, refusals first, then allows and clears."""
    for refusing in (True, False):
        side = [wish for wish in wishes if (wish.stance is Stance.REFUSE) is refusing]
        for artist in dict.fromkeys(wish.artist for wish in side):
            own = [wish for wish in side if wish.artist == artist]
            for start in range(0, len(own), MAX_ACT_ITEMS):
                act = name_act(console.new_id())
                yield from ((act, wish) for wish in own[start : start + MAX_ACT_ITEMS])


def _decision(
    console: Console,
    wish: Wish,
    act: ActId,
    facts: FactBook,
    acting: Acting,
    account: AccountId,
    seen: Mapping[ArtistId, Pin],
    kept: Sequence[Decision],
) -> Decision:
    register = register_of(wish)
    standing = standing_on(facts, register)
    agreed = agreed_terms(wish, facts, console.clock())
    return Decision(
        id=DecisionId(console.new_id()),
        register=register,
        stance=wish.stance,
        made_by=account,
        made_at=console.clock(),
        act=act,
        terms=agreed.id if agreed is not None else None,
        terms_sha256=agreed.text_sha256 if agreed is not None else "",
        conditions=wish.conditions,
        base=standing.id if standing is not None else None,
        seen=seen[wish.artist],
        keeps=tuple(allow.id for allow in kept),
        mandate=acting.mandate.id if acting.mandate is not None else None,
    )
