"""Who is paid what of a work as a person writes it: a line for each, "name: per cent"; and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from artist_console.commands.pay_terms_form import FormFault, FormFaults
from artist_console.commands.splits import ShareWish, SplitRow, SplitWish, percent
from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.money import PLAIN, read_amount
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.uses import Right

_MARKS = (":", "=", "\t")  # between a name and its share


@dataclass(frozen=True, slots=True)
class SplitText:
    """What stands in the fields. Empty: not said."""

    work: WorkId | None = None
    right: Right | None = None
    shares: str = ""
    since: date | None = None
    until: date | None = None
    source: str = ""


def split_wish(text: SplitText, former: SplitRow | None = None) -> SplitWish:
    """What is to be kept, in place of `former` where there is one. Raises FormFaults."""
    faults: list[FormFault] = []
    if text.work is None:
        faults.append(FormFault("work", say("Say which recording or song it is.")))
    if text.right is None:
        faults.append(FormFault("right", say("Say of which right.")))
    known: dict[str, PartyId] = {}
    if former is not None:
        known = {
            name: share.party for name, share in zip(former.party_names, former.split.shares, strict=True)
        }
    shares: list[ShareWish] = []
    for line in filter(None, (each.strip() for each in text.shares.splitlines())):
        found = _share(line, known)
        if isinstance(found, Sentence):
            faults.append(FormFault("shares", found))
            break
        shares.append(found)
    if not shares and not any(fault.field == "shares" for fault in faults):
        faults.append(FormFault("shares", say("Say who is paid, and which share.")))
    if text.since is not None and text.until is not None and text.until < text.since:
        faults.append(FormFault("until", say("The last day is before the first. Correct one of them.")))
    if faults or text.work is None or text.right is None:
        raise FormFaults(faults)
    id = former.split.id if former is not None else ""
    return SplitWish(text.work, text.right, tuple(shares), id, text.since, text.until, text.source.strip())


def split_text(row: SplitRow) -> SplitText:
    """The fields of a split that is kept."""
    split = row.split
    shares = "\n".join(f"{name}: {percent(share)}" for name, share in row.shares)
    return SplitText(split.work, split.right, shares, split.period.since, split.period.until, split.source)


def _share(line: str, known: Mapping[str, PartyId]) -> ShareWish | Sentence:
    name, value = _parts(line)
    bare = value.replace("%", "").strip().replace(",", ".")
    amount = read_amount(bare, PLAIN).value if bare else None
    wrong = say("Write “{line}” as a name, a colon and per cent, such as Mara Quist: 50.", line=line)
    if not name or amount is None or not 0 < amount <= 100:
        return wrong
    share = amount.scaleb(2)
    if share != int(share):
        return say("“{line}” is finer than two decimals of a per cent.", line=line)
    party = known.get(name)
    return ShareWish(int(share), party, "" if party is not None else name)


def _parts(line: str) -> tuple[str, str]:
    """Before and behind the last mark; a name may have one in it."""
    places = [line.rfind(mark) for mark in _MARKS]
    place = max(places)
    return (line[:place].strip(), line[place + 1 :]) if place > 0 else ("", "")
