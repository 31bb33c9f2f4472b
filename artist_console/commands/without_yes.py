"""Licensed by others, claimed under the law, no basis stated: what does not rest on the artist's yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from artist_console.commands.console import Console
from artist_console.commands.names import operator_name, party_name, programme_name, use_words, work_title
from artist_console.domain import words, work_words
from artist_console.domain.facts import FactBook
from artist_console.domain.finding_records import Records
from artist_console.domain.ids import AgreementId, ArtistId, FactId, ProgrammeId, WorkId
from artist_console.domain.inclusion import BasisGroup
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import UseScope
from artist_console.domain.uses import Right, Use
from artist_console.domain.without_yes import GROUPS, ArtistSaid, UseWithoutYes
from artist_console.domain.without_yes import uses_without_yes as find
from artist_console.domain.without_yes_words import basis_words, next_steps, said_words, silence_words
from artist_console.formats.kinds import Kind
from artist_console.store import inclusions, mirror

__all__ = ["GROUPS", "WithoutYesRow", "WithoutYesView", "uses_without_yes"]


@dataclass(frozen=True, slots=True)
class WithoutYesRow:
    """One use, or like uses, in the words that are shown. Everything is what somebody says."""

    key: str
    group: BasisGroup
    said_by: str
    programme: ProgrammeId | None
    programme_name: str  # empty: a public list that no programme is known for
    operator_name: str
    uses: tuple[Use, ...]  # empty: not stated
    use_words: tuple[str, ...]
    rights: tuple[Right, ...]
    works: tuple[WorkId, ...]  # by title
    titles: tuple[str, ...]  # of `works`
    basis: str  # the clause or the basis, in words
    state: InclusionState | None  # None: an agreement, by which nothing need have happened yet
    state_words: Sentence | None
    place: str  # dataset or model version
    since: date | None
    rests_on: Sentence  # the agreement, or the document behind the statement
    agreement: AgreementId | None
    statements: tuple[FactId, ...]
    grade: EvidenceGrade
    deadline: date | None  # to object; None where there is none, or it has passed
    silence: Sentence | None  # the day to object, and what silence means there
    said: ArtistSaid
    said_words: Sentence
    against_wish: bool
    next_steps: tuple[Sentence, ...]

    @property
    def is_listing(self) -> bool:
        """Whether a public list names the works, which is no use of them."""
        return self.state is not None and self.grade is EvidenceGrade.PUBLIC_DATASET


@dataclass(frozen=True, slots=True)
class WithoutYesView:
    """All of an artist: open deadlines first."""

    artist: ArtistId
    artist_name: str
    rows: tuple[WithoutYesRow, ...]

    def of(self, group: BasisGroup) -> tuple[WithoutYesRow, ...]:
        return tuple(row for row in self.rows if row.group is group)


def uses_without_yes(console: Console, artist: ArtistId) -> WithoutYesView:
    """Every use of the artist's works that does not rest on the artist's yes, as far as it is known here.

    Raises UnknownThing.
    """
    now = console.clock()
    store = console.store
    facts = mirror.facts(store, now)
    if artist not in facts.parties:
        raise UnknownThing("The artist {artist} is not known here", "Sync, then look again", artist=artist)
    records = Records(
        facts,
        inclusions.find(store, artist=artist),
        mirror.all(store, Kind.MODEL),
        mirror.all(store, Kind.DATASET),
        statements=(),
        paid=(),
        mandates=(),
        today=console.today,
        artists=[artist],
    )
    found = find(records, artist, now)
    return WithoutYesView(artist, party_name(facts, artist), tuple(_row(facts, each) for each in found))


def _row(facts: FactBook, each: UseWithoutYes) -> WithoutYesRow:
    licensor = party_name(facts, each.licensor) or each.said_by
    titled = sorted(
        ((work_title(facts, work), work) for work in each.works), key=lambda t: (t[0].casefold(), t[1])
    )
    state = (
        work_words.stated_words(each.state, each.said_by, each.of_a_title) if each.state is not None else None
    )
    return WithoutYesRow(
        key=each.key,
        group=each.group,
        said_by=each.said_by,
        programme=each.programme,
        programme_name=programme_name(facts, each.programme),
        operator_name=operator_name(facts, each.programme),
        uses=each.uses,
        use_words=tuple(use_words(UseScope.of(use)) for use in each.uses),
        rights=each.rights,
        works=tuple(work for _, work in titled),
        titles=tuple(title for title, _ in titled),
        basis=basis_words(each),
        state=each.state,
        state_words=state,
        place=each.place,
        since=each.since,
        rests_on=_rests_on(facts, each, licensor),
        agreement=each.agreement,
        statements=each.statements,
        grade=each.grade,
        deadline=each.object_until if each.is_open else None,
        silence=silence_words(each, licensor),
        said=each.said,
        said_words=said_words(each),
        against_wish=each.said.refused > 0,
        next_steps=next_steps(each, licensor),
    )


def _rests_on(facts: FactBook, each: UseWithoutYes, licensor: str) -> Sentence:
    if each.agreement is not None:
        template = "Agreement of {licensor} with {programme}. Source: {source}."
        programme = programme_name(facts, each.programme)
        return say(template, licensor=licensor, programme=programme, source=each.source or "not stated")
    return say(
        "{grade}. Source: {source}.",
        grade=words.grade_words(each.grade, each.said_by),
        source=each.source or "not stated",
    )
