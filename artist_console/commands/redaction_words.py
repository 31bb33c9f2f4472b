"""What is said before rows are taken out of a report: what cannot be worked out later, what stays told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from artist_console.domain.phrases import Sentence, say
from artist_console.formats.data_package import OVERVIEW, Descriptor
from artist_console.formats.redaction_reach import TELLS_OF, Cause, Mentions, Reach, TableReach
from artist_console.formats.report_tables import title_of

# Whose rows the permission rule reads.
_FACTS = (
    *("entries", "stakeholders", "controls", "programmes", "terms", "agreements", "opt_ins"),
    *("attestations", "recorded_answers", "others_answers", "parties", "works", "releases"),
)
_NAMED_AT_MOST = 3  # files


@dataclass(frozen=True, slots=True)
class LedgerGap:
    """An artist's ledger of which entries go."""

    artist: str  # the name
    gone: int
    of: int


def no_longer_checked(
    reach: Reach, here: Collection[str], ledgers: Iterable[LedgerGap]
) -> Iterator[Sentence]:
    """What a reader of the copy can no longer work out. `here`: the tables of which something stays."""
    gone = reach.tables
    for ledger in ledgers:
        if ledger.gone < ledger.of:
            yield say(
                "The ledger of {artist}: {gone} of {of} entries are missing, so it cannot be followed from"
                " the first to the last.",
                artist=ledger.artist,
                gone=f"{ledger.gone:,}",
                of=f"{ledger.of:,}",
            )
    if _is_whole(gone, "entries") and "receipts" in here:
        yield say("Receipts cannot be held against their entries: the ledger is not in the copy.")
    if "outcomes" in here and any(kind in gone for kind in _FACTS):
        yield say(
            "Permissions that rest on what was taken out cannot be worked out again. The copy shows them as"
            " the signer stated them."
        )
    if "traces" in here and any(kind in gone for kind in _FACTS):
        yield say("The reasons for these permissions cannot be followed either.")
    if "statements" in here and "lines" in gone:
        yield say("Statements that lose lines cannot be added up.")
    if OVERVIEW in here and not TELLS_OF[OVERVIEW].isdisjoint(gone):
        yield say("The overview cannot be held against all of the rows that it was made of.")
    if "inclusions" in here and ("datasets" in gone or "models" in gone):
        yield say("Of some inclusions it cannot be seen which dataset or model is meant.")


def still_told(
    reach: Reach,
    descriptor: Descriptor,
    words: Collection[str],
    artists: Collection[str],
    left: Collection[str],
) -> Iterator[Sentence]:
    """What whoever has the copy still sees of what was taken out.

    `words`: of works and artists that are taken out; `artists`: the ids among the latter; `left`: tables that
    the person wants to leave though they tell of what goes.
    """
    yield say("How many rows are missing, of which tables, and at which places.")
    titles = Mentions(words)
    if titles.stand_in([descriptor.title]):
        yield say(
            "The title of the report, “{title}”: it was signed with everything else.", title=descriptor.title
        )
    if titles.stand_in([descriptor.header.made_by]):
        yield say("Who made the report: {name}.", name=descriptor.header.made_by)
    for artist in descriptor.artist_console.artists:
        if artist.id in artists:
            yield say(
                "That the report was about {name}: it was signed with everything else.", name=artist.name
            )
    if "statements" in _staying(reach, descriptor) and _partly(reach.tables, "lines"):
        yield say(
            "What the missing lines of a statement come to: its total stays, and the other lines are taken"
            " from it. Take the statement out as well where that must not be seen."
        )
    if _partly(reach.tables, "entries"):
        yield say("That answers were given at these places of the ledger, between the ones before and after.")
    for kind in sorted(left, key=title_of):
        tells = sorted(title_of(each) for each in TELLS_OF.get(kind, ()) if each in reach.tables)
        if kind in _staying(reach, descriptor) and tells:
            yield say("“{table}” stays and tells of {what}.", table=title_of(kind), what=", ".join(tells))
    if reach.not_searched:
        names = ", ".join(reach.not_searched[:_NAMED_AT_MOST])
        yield say(
            "Files that came with the report and stay: {names}. Nobody looked for words in them.", names=names
        )


def _staying(reach: Reach, descriptor: Descriptor) -> set[str]:
    return {each.name for each in descriptor.resources if not _is_whole(reach.tables, each.name)}


def _is_whole(gone: Mapping[str, TableReach], kind: str) -> bool:
    return kind in gone and gone[kind].is_whole


def _partly(gone: Mapping[str, TableReach], kind: str) -> bool:
    return kind in gone and not gone[kind].is_whole


def table_title(kind: str) -> str:
    """What a table of a report is called."""
    return title_of(kind)


def why_in_words(table: TableReach) -> tuple[Sentence, ...]:
    """Why rows of a table go, each reason with its number."""
    if table.as_one is Cause.CHOSEN:
        return (say("chosen"),)
    if table.as_one is Cause.ALONG:
        return (say("tells of what goes"),)
    reasons = {
        Cause.CHOSEN: "{n} chosen",
        Cause.NAMED: "{n} about what was chosen",
        Cause.MENTIONED: "{n} with the words in them",
        Cause.ALONG: "{n} that tell of what goes or hang on it",
    }
    counts = {cause: table.count(cause) for cause in reasons}
    return tuple(say(words, n=f"{counts[cause]:,}") for cause, words in reasons.items() if counts[cause])
