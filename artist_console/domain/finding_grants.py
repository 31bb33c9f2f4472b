"""Findings about AI uses that a release message grants on a recording, where its sender is not the artist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from .finding import Finding
from .finding_kinds import FindingKind
from .finding_records import Records
from .ids import ArtistId
from .phrases import Sentence, day_in_words, say
from .trace import FactKind, ref
from .words import USE
from .works import LicensorGrant, Work

_Granted = tuple[Work, LicensorGrant]


def findings_of_grants(records: Records) -> Iterator[Finding]:
    """One finding per artist, sender and recipient: "Licensed by others", in words of its own."""
    for artist in records.artists:
        own = _names(artist, records)
        held: defaultdict[tuple[str, str], list[_Granted]] = defaultdict(list)
        for work in records.works[artist]:
            for grant in work.grants:
                is_over = grant.ends_on is not None and grant.ends_on < records.today
                if grant.uses and not is_over and grant.licensor.casefold() not in own:
                    held[grant.licensor, grant.recipient].append((work, grant))
        for (licensor, recipient), granted in sorted(held.items(), key=lambda pair: pair[0]):
            yield _finding(artist, licensor, recipient, granted, records)


def _names(artist: ArtistId, records: Records) -> set[str]:
    known = records.facts.parties[artist]
    return {name.casefold() for name in (known.name, *known.aliases)}


def _finding(
    artist: ArtistId, licensor: str, recipient: str, granted: list[_Granted], records: Records
) -> Finding:
    works = list({work.id: work for work, _ in granted}.values())
    only = works[0] if len(works) == 1 else None
    to = recipient or "whoever receives the message"
    title = (
        say("Licensed by others: {work}, by {licensor}", work=only.title, licensor=licensor)
        if only
        else say("Licensed by others: {n} works, by {licensor}", n=str(len(works)), licensor=licensor)
    )
    days = [
        day for work, grant in granted if (day := grant.starts_on or _came_out(work, records)) is not None
    ]
    uses = sorted({use.value for _, grant in granted for use in grant.uses})
    kind = FindingKind.LICENSED_BY_OTHERS
    return Finding(
        id=f"{kind.value}/{artist}/grant/{licensor}/{recipient}/{'+'.join(uses)}",
        kind=kind,
        artist=artist,
        work=only.id if only else None,
        programme=None,
        since=min(days, default=records.today),
        deadline=None,
        silence=None,
        title=title,
        words=tuple(_words(licensor, to, granted)),
        facts=tuple(ref(FactKind.WORK, work.id) for work in sorted(works, key=lambda w: w.id)),
        works=tuple(work.id for work in works),
    )


def _words(licensor: str, to: str, granted: list[_Granted]) -> Iterator[Sentence]:
    first = granted[0][1]
    uses = {use: None for _, grant in granted for use in grant.uses}
    names = ", ".join(USE[use][0] for use in uses)
    yield say(
        "A release message of {licensor} grants {to} on the recording: {uses}.",
        licensor=licensor,
        to=to,
        uses=names,
    )
    yield say("It is in the file “{file}”.", file=first.source or "that was brought in")
    if first.starts_on is not None:
        if first.ends_on is None:
            yield say("From {date}; no last day is named.", date=day_in_words(first.starts_on))
        else:
            since, until = day_in_words(first.starts_on), day_in_words(first.ends_on)
            yield say("From {since} to {until}.", since=since, until=until)
    yield say("It is about the recording alone, not the song, and it does not show that anybody used it.")
    yield say("This is what the sender says. It is not your yes.")


def _came_out(work: Work, records: Records) -> date | None:
    """When the recording was first released, where a grant does not say from when it holds."""
    held = [records.facts.releases.get(m.release) for m in records.facts.memberships.get(work.id, ())]
    return min(
        (each.released_on for each in held if each is not None and each.released_on is not None), default=None
    )
