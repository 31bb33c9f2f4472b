"""Who is paid what of a work, as the service keeps it: said by hand, for paying alone.

On the network lane; the list reads the mirror alone. A stakeholder's share, where one is known, is paid by in
place of it. A change counts for what is allocated from then on; `pay_terms.allocate_statement` corrects what
was allocated before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from artist_console.commands.console import Console, Result
from artist_console.commands.names import party_name, work_title
from artist_console.commands.syncing import api_of, sync
from artist_console.domain.allocation_splits import LeftReason, shares_of
from artist_console.domain.changes import Changes
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, PartyId, WorkId
from artist_console.domain.paid_splits import PaidSplit, is_whole, total_bp
from artist_console.domain.parties import WHOLE_BP
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.problems import UnknownThing
from artist_console.domain.uses import PERSONAL_RIGHTS, Right
from artist_console.formats.kinds import Kind
from artist_console.formats.pay_setup import SetShare, SetSplit
from artist_console.store import mirror


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A split with the names that a person reads, and what is off about it."""

    split: PaidSplit
    work_title: str
    party_names: tuple[str, ...]  # as the shares stand
    total_bp: int
    notes: tuple[Sentence, ...]  # that it is not whole, that stakeholders' shares count in place of it

    @property
    def shares(self) -> tuple[tuple[str, int], ...]:
        """Names with basis points."""
        return tuple(
            (name, share.share_bp) for name, share in zip(self.party_names, self.split.shares, strict=True)
        )


@dataclass(frozen=True, slots=True)
class ShareWish:
    """A share in basis points, of a party or of a name, which is looked up and added where not known."""

    share_bp: int
    party: PartyId | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class SplitWish:
    """Who is paid what, to keep or to put in the place of what `id` names.

    Without an `id`, one that began on the same day is replaced, and one that it follows ends the day before.
    """

    work: WorkId
    right: Right
    shares: tuple[ShareWish, ...]
    id: str = ""
    since: date | None = None
    until: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class SplitDone:
    row: SplitRow
    ended: tuple[SplitRow, ...]  # those that it follows, as they stand now


def list_splits(
    console: Console, work: WorkId | None = None, artist: ArtistId | None = None
) -> tuple[SplitRow, ...]:
    """All that are known here, by title, right and first day; of one work, or by which an artist is paid."""
    facts = mirror.facts(console.store, console.clock(), overlay=False)
    found = [
        _row(console, facts, split)
        for split in mirror.all(console.store, Kind.PAID_SPLIT)
        if work in (None, split.work) and (artist is None or any(s.party == artist for s in split.shares))
    ]
    return tuple(sorted(found, key=_order))


def show_split(console: Console, id: str) -> SplitRow:
    """Raises UnknownThing."""
    for row in list_splits(console):
        if row.split.id == id:
            return row
    raise UnknownThing("There is no split {id} here", "See those that are kept", id=id)


def set_split(console: Console, wished: SplitWish) -> Result[SplitDone]:
    """Have the service keep who is paid what.

    Shares that miss the whole are kept, and the row says so. Raises RequestRefused for what cannot be paid
    by, as where another split begins later; NotAllowed, NotFound.
    """
    shares = tuple(SetShare(share.share_bp, share.party, share.name) for share in wished.shares)
    new = SetSplit(wished.work, wished.right, shares, wished.id, wished.since, wished.until, wished.source)
    kept = api_of(console).set_split(new)
    done = sync(console)
    row = show_split(console, kept.split.id)
    ended = tuple(show_split(console, each.id) for each in kept.ended)
    return Result(SplitDone(row, ended), done.changes | Changes.STATEMENTS)


def remove_split(console: Console, id: str) -> Result[None]:
    """Raises NotFound, NotAllowed."""
    api_of(console).remove_split(id)
    return Result(None, sync(console).changes | Changes.STATEMENTS)


def as_wish(row: SplitRow) -> SplitWish:
    """What is kept, to be changed in parts."""
    split = row.split
    shares = tuple(ShareWish(share.share_bp, share.party) for share in split.shares)
    since, until = split.period.since, split.period.until
    return SplitWish(split.work, split.right, shares, split.id, since, until, split.source)


def percent(share_bp: int) -> str:
    """Basis points as a person reads them: 33.33, without a sign."""
    return f"{(Decimal(share_bp) / 100).normalize():f}"


def _row(console: Console, facts: FactBook, split: PaidSplit) -> SplitRow:
    names = tuple(party_name(facts, share.party) for share in split.shares)
    notes: list[Sentence] = []
    total = total_bp(split.shares)
    if not is_whole(split.shares):
        notes.append(
            say(
                "The shares come to {total} %, not to 100 %: what they are about is held until they do.",
                total=percent(total),
            )
        )
    instead = _instead(console, facts, split)
    if instead is not None:
        notes.append(instead)
    return SplitRow(split, work_title(facts, split.work), names, total, tuple(notes))


def _instead(console: Console, facts: FactBook, split: PaidSplit) -> Sentence | None:
    """What stakeholders' shares say, where some are known and they are not these."""
    work = facts.works.get(split.work)
    alone = work is not None and len(work.artists) == 1
    personal = split.right in PERSONAL_RIGHTS and work is not None and alone
    subject = work.artists[0] if work is not None and personal else split.work
    day = split.period.since or split.period.until or console.today
    found = shares_of(facts.stakeholders.get(subject, ()), split.right, day.replace(day=1), None)
    if found is LeftReason.NO_SPLIT:
        return None
    if found is LeftReason.DISPUTED_SPLIT:
        return say(
            "The shares on record are disputed: what they are about is held, whatever this split says."
        )
    if isinstance(found, LeftReason):
        return say(
            "The shares on record do not come to 100 %: what they are about is held, whatever this says."
        )
    # Of shares within the tolerance, each has its part of the sum.
    known = {share.party: Decimal(share.share_bp * WHOLE_BP) / share.total_bp for share in found}
    total = total_bp(split.shares)
    if known == {each.party: Decimal(each.share_bp * WHOLE_BP) / total for each in split.shares}:
        return None
    which = ", ".join(f"{party_name(facts, each.party)} {percent(each.share_bp)} %" for each in found)
    return say("Paid by the shares on record in place of these: {shares}.", shares=which)


def _order(row: SplitRow) -> tuple[str, str, date, str]:
    split = row.split
    return (row.work_title.casefold(), split.right.value, split.period.since or date.min, split.id)
