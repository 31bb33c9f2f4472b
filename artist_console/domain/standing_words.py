"""What the artist's answer can do on one work, and from which clause, in sentences a musician understands.

A wish is never drawn as a power: each sentence about a right that others hold says that a no does not by
itself stop a licence. Templates stand here as literals, so that the interface can translate them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from . import sentences
from .contract_rows import Doubt, Origin, OriginKind, origin_of
from .contracts import AiClause, Contract, Hold, Ownership, clause_in_words
from .facts import FactBook
from .ids import ArtistId, FactId, WorkId
from .parties import RightStanding, Stakeholder, Standing
from .phrases import day_in_words
from .trace import FactKind, TraceStep, ref, step
from .uses import SONG_RIGHTS, Right
from .work_kinds import WorkKind
from .works import Work

_NO_POWER = " Your no is recorded and can be sent; as far as we know it does not stop the licence."

BLANKET: dict[Hold, str] = {
    Hold.OWNS: "{other} owns {this} and {contract} lets it license AI uses without asking you." + _NO_POWER,
    Hold.SHARES: (
        "{other} owns a part of {this} and {contract} lets it license AI uses without asking you." + _NO_POWER
    ),
    Hold.EXCLUSIVE: (
        "Only {other} may license {this}, and {contract} lets it do so for AI uses without asking you."
        + _NO_POWER
    ),
    Hold.NON_EXCLUSIVE: (
        "{other} may license {this} beside you, and {contract} lets it do so for AI uses without asking you."
        + _NO_POWER
    ),
}
CONSULT: dict[Hold, str] = {
    Hold.OWNS: (
        "{other} owns {this} and {contract} says that you are consulted about AI uses. Being consulted is not"
        " a veto." + _NO_POWER
    ),
    Hold.SHARES: (
        "{other} owns a part of {this} and {contract} says that you are consulted about AI uses. Being"
        " consulted is not a veto." + _NO_POWER
    ),
    Hold.EXCLUSIVE: (
        "Only {other} may license {this}, and {contract} says that you are consulted about AI uses. Being"
        " consulted is not a veto." + _NO_POWER
    ),
    Hold.NON_EXCLUSIVE: (
        "{other} may license {this} beside you, and {contract} says that you are consulted about AI uses."
        " Being consulted is not a veto." + _NO_POWER
    ),
}
SILENT: dict[Hold, str] = {
    Hold.OWNS: "{other} owns {this} and {contract} says nothing about AI." + _NO_POWER,
    Hold.EXCLUSIVE: "Only {other} may license {this}, and {contract} says nothing about AI." + _NO_POWER,
}
APPROVAL = "{other} has to ask you before it licenses {this}: {contract} says so. Your answer is needed."
TOGETHER = "You own {this} together with {other}: your answer is needed, and so is the other side's."
EXERCISES = (
    "{other} exercises {this} for you, by {contract}. Your answer is recorded and can be sent; by itself it"
    " does not stop a licence."
)
CAME_BACK = (
    "The rights in {this} came back from {other} on {date}. A no that you gave before carries over; a yes is"
    " asked again."
)
COMES_BACK = "On {date} the rights in {this} come back to you. A no carries over; a yes is asked again."
NAMES_NO_RETURN = (
    "The term of {contract} ended on {date}, but no day is noted on which {this} comes back. Look in the"
    " contract."
)

SAID: dict[Standing, str] = {
    Standing.CONTROLS: "You said that {this} is yours alone: your answer decides.",
    Standing.SHARES: (
        "You said that you own {this} together with others: your answer is needed, and so are theirs."
    ),
    Standing.PERSONAL: "You said that {this} is your own: your answer is needed, whoever owns the recording.",
    Standing.WISH: "You said that {this} belongs to somebody else." + _NO_POWER,
}
UNKNOWN = "What your answer can do about {this} is not known. A contract or the interview can tell."

CONTRACTS_DISAGREE = (
    "Two of your contracts do not agree about {this}: {one}; {other}. Until that is settled, the one that"
    " leaves you less counts."
)
CONTRACT_OUTWEIGHS = (
    "You said that {this} is yours alone, but {one} gives it to somebody else. The contract counts."
)
SAID_TWICE = "You said two different things about {this}. The one that claims less counts."
ONLY_IN = "In {places}: {words}"
EVERYWHERE_BUT = "Everywhere but in {places}: {words}"

_THIS: dict[Right, str] = {
    Right.MASTER: "this recording",
    Right.COMPOSITION: "this song",
    Right.LYRICS: "these lyrics",
    Right.PERFORMANCE: "your performance",
    Right.VOICE: "the voice on it",
    Right.LIKENESS: "your name and image",
    Right.MORAL: "the moral right in it",
}


@dataclass(frozen=True, slots=True)
class StandingLine:
    """What the answer can do on some rights of a work, with what else has to be said about it."""

    rights: tuple[Right, ...]
    standing: Standing
    words: TraceStep
    also: tuple[TraceStep, ...]  # when rights come back; what does not fit together
    origin: Origin | None  # the contract or statement; None where a service told, or nobody


@dataclass(frozen=True, slots=True)
class OwnSide:
    """What the sentences are made from."""

    contracts: Mapping[str, Contract]
    ownerships: Mapping[str, Ownership]
    doubts: tuple[Doubt, ...]
    name_of: Callable[[Contract], str]


def standing_lines(
    artist: ArtistId, work: Work, facts: FactBook, own: OwnSide, now: datetime
) -> tuple[StandingLine, ...]:
    """Right by right, and for each song in a recording; rights of which the same is true are told once."""
    writer = _Writer(artist, work, facts, own, now)
    return tuple(line for carrier in (work.id, *work.compositions) for line in writer.lines(carrier))


class _Writer:
    def __init__(self, artist: ArtistId, work: Work, facts: FactBook, own: OwnSide, now: datetime) -> None:
        self._artist, self._work, self._facts, self._own, self._now = artist, work, facts, own, now

    def lines(self, carrier: str) -> list[StandingLine]:
        found: list[StandingLine] = []
        told: set[Right] = set()
        for right in self._rights(carrier):
            if right in told:
                continue
            rows = self._rows(carrier, right)
            rights: tuple[Right, ...] = (right,)
            if right is Right.COMPOSITION and _alike(rows, self._rows(carrier, Right.LYRICS)):
                rights = (right, Right.LYRICS)
            told.update(rights)
            this = self._this(carrier, rights)
            found += [self._line(row, carrier, rights, this) for row in rows] or [
                StandingLine(rights, Standing.UNKNOWN, step("6", UNKNOWN, this=this), (), None)
            ]
        return found

    def _rights(self, carrier: str) -> tuple[Right, ...]:
        """What the carrier always has, and whatever else the artist holds in it."""
        known = self._facts.works.get(WorkId(carrier))
        if known is None or known.kind is WorkKind.COMPOSITION:
            always = {Right.COMPOSITION, Right.LYRICS}
        else:
            always = {Right.MASTER} if known.compositions else {Right.MASTER, Right.COMPOSITION, Right.LYRICS}
        held = {row.right for row in self._facts.stakeholders.get(carrier, ()) if row.party == self._artist}
        return tuple(right for right in Right if right in always | held)

    def _rows(self, carrier: str, right: Right) -> list[Stakeholder]:
        """The artist's own rows that hold now, in any place."""
        rows = self._facts.stakeholders.get(carrier, ())
        return [
            r for r in rows if r.party == self._artist and r.right is right and r.period.contains(self._now)
        ]

    def _this(self, carrier: str, rights: tuple[Right, ...]) -> str:
        known = self._facts.works.get(WorkId(carrier))
        song = rights[0] in SONG_RIGHTS
        if known is None or carrier == self._work.id:
            on_recording = known is not None and known.kind is WorkKind.RECORDING
            if song and on_recording:
                return "the song in this recording"
            return "this song and its lyrics" if len(rights) > 1 else _THIS[rights[0]]
        named = f"the song “{known.title}”"
        if rights == (Right.LYRICS,):
            return f"the lyrics of “{known.title}”"
        return f"{named} and its lyrics" if len(rights) > 1 else named

    def _line(self, row: Stakeholder, carrier: str, rights: tuple[Right, ...], this: str) -> StandingLine:
        origin = origin_of(row.id)
        words, also = self._words(row, origin, this)
        also = (*also, *self._doubts(carrier, rights, this))
        return StandingLine(rights, row.standing, _in_places(words, row), also, origin)

    def _words(
        self, row: Stakeholder, origin: Origin | None, this: str
    ) -> tuple[TraceStep, tuple[TraceStep, ...]]:
        fact = ref(FactKind.STAKEHOLDER, row.id)
        if origin is not None and origin.kind is OriginKind.OWNERSHIP and row.standing in SAID:
            return step("6", SAID[row.standing], fact, this=this), self._returned(row, this)
        contract = self._own.contracts.get(origin.id) if origin is not None else None
        if contract is None:
            told = RightStanding(row.right, row.standing, row)
            return sentences.standing_steps((told,), (self._artist,), self._facts)[0], ()
        if contract.reversion_on is not None and contract.reversion_on <= self._now.date():
            own = step("6", _returned_words(row.standing), fact, this=this)
            return own, self._returned(row, this)
        rule = "7" if row.standing in (Standing.WISH, Standing.THROUGH_BODY) else "6"
        words = step(
            rule,
            _template(contract, row.standing),
            fact,
            other=self._own.name_of(contract) or "The other side",
            this=this,
            contract=_your_contract(contract),
        )
        return words, tuple(_later(contract, this, self._now.date()))

    def _returned(self, row: Stakeholder, this: str) -> tuple[TraceStep, ...]:
        """From which contract the right came back, on the day on which the row begins."""
        for contract in self._own.contracts.values():
            day = contract.reversion_on
            if day is not None and day == row.period.since and row.right in contract.granted:
                fields = {"this": this, "other": self._own.name_of(contract), "date": day_in_words(day)}
                return (step("7", CAME_BACK, **fields),)
        return ()

    def _doubts(self, carrier: str, rights: tuple[Right, ...], this: str) -> Iterable[TraceStep]:
        found: dict[TraceStep, None] = {}
        for doubt in self._own.doubts:
            if doubt.subject == carrier and doubt.right in rights:
                found[self._doubt(doubt, this)] = None
        return found

    def _doubt(self, doubt: Doubt, this: str) -> TraceStep:
        if doubt.counted.kind is OriginKind.OWNERSHIP:
            return step("7", SAID_TWICE, this=this)
        one = self._clause(doubt.counted.id)
        if doubt.other.kind is OriginKind.OWNERSHIP:
            return step("7", CONTRACT_OUTWEIGHS, this=this, one=one)
        return step("7", CONTRACTS_DISAGREE, this=this, one=one, other=self._clause(doubt.other.id))

    def _clause(self, id: FactId) -> str:
        contract = self._own.contracts[id]
        return clause_in_words(contract, self._own.name_of(contract))


def _returned_words(standing: Standing) -> str:
    """What the answer can do on a right that came back, of which nothing else was said."""
    if standing is Standing.SHARES:
        return "You own {this} together with others: your answer is needed, and so are theirs."
    return "{this} is yours again: your answer decides."


def _template(contract: Contract, standing: Standing) -> str:
    if standing is Standing.SHARES:
        return TOGETHER
    if standing is Standing.APPROVES:
        return APPROVAL
    if standing is Standing.THROUGH_BODY:
        return EXERCISES
    match contract.ai_clause:
        case AiClause.BLANKET:
            return BLANKET[contract.hold]
        case AiClause.CONSULT:
            return CONSULT[contract.hold]
    return SILENT[contract.hold]


def _your_contract(contract: Contract) -> str:
    number = contract.clause_number
    return f"your contract (clause {number})" if number else "your contract"


def _later(contract: Contract, this: str, today: date) -> Iterable[TraceStep]:
    day, ended = contract.reversion_on, contract.period.until
    if day is not None:
        yield step("7", COMES_BACK, this=this, date=day_in_words(day))
    elif ended is not None and ended < today:
        yield step(
            "7", NAMES_NO_RETURN, this=this, date=day_in_words(ended), contract=_your_contract(contract)
        )


def _in_places(words: TraceStep, row: Stakeholder) -> TraceStep:
    named = ", ".join(sorted(row.territories.named))
    if not named:
        return words
    template = EVERYWHERE_BUT if row.territories.covers(None) else ONLY_IN
    return step(words.rule, template, *words.facts, places=named, words=words.text)


def _alike(rows: list[Stakeholder], others: list[Stakeholder]) -> bool:
    """Whether the same is said of two rights."""

    def said(row: Stakeholder) -> tuple[object, ...]:
        return (row.standing, row.share_bp, row.territories, row.period, row.source, origin_of(row.id))

    return [said(row) for row in rows] == [said(row) for row in others]
