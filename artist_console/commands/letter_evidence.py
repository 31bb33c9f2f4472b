"""The document about where works are reported that goes along with a letter: for its addressee alone.

It tells in the letter's language, and of nobody in the first person, what is reported of these works in the
addressee's own programmes, datasets and models, or under its licences: by whom, on what grade, of which day,
from which source. What others do, and what the artist may do about it, stays in the application.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from artist_console.commands.console import Console
from artist_console.commands.inclusions import PlaceRow, list_inclusions
from artist_console.commands.paper import Paper, PaperLine, PaperStyle
from artist_console.domain.addressee_directory import bears_name, is_party
from artist_console.domain.addressees import Addressee, AddresseeKind
from artist_console.domain.facts import FactBook
from artist_console.domain.finding_records import in_scope
from artist_console.domain.ids import ArtistId, PartyId, ProgrammeId, WorkId
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.letter_needs import one_line
from artist_console.domain.letter_text import shown_identifier
from artist_console.domain.letter_words import LetterWords
from artist_console.domain.letter_works import ListedWork
from artist_console.store import inclusions as statements_of


def evidence_paper(
    console: Console,
    facts: FactBook,
    artist: ArtistId,
    artist_name: str,
    works: Collection[WorkId],
    addressee: Addressee,
    words: LetterWords,
) -> Paper | None:
    """The document, None where nothing that is reported concerns the addressee. `works` empty: all."""
    rows = concerning(console, facts, artist, works, addressee)
    if not rows:
        return None
    title = words.evidence_title.format(artist=artist_name)
    is_operator = addressee.kind is AddresseeKind.OPERATOR
    intro = words.evidence_of_operator if is_operator else words.evidence_of_licensor
    lines = [
        PaperLine(PaperStyle.TITLE, title),
        PaperLine(PaperStyle.TEXT, intro.format(addressee=addressee.name, artist=artist_name)),
        *_lines(rows, facts, words),
    ]
    return Paper(title, f"{title} · {words.on(console.today)}", tuple(lines), words.page)


def concerning(
    console: Console, facts: FactBook, artist: ArtistId, works: Collection[WorkId], addressee: Addressee
) -> tuple[PlaceRow, ...]:
    """What is reported of these works in something of the addressee's, by title, or as licensed by it."""
    parties = {party.id for party in facts.parties.values() if is_party(addressee, party)}
    parties |= {addressee.party} if addressee.party is not None else set()
    found = [
        row
        for row in list_inclusions(console, artist)
        if (not works or row.work in works)
        and row.state is not InclusionState.NOTHING_REPORTED
        and (
            _runs(console, row, parties, addressee, facts)
            or _licenses(row, parties, facts)
            or bears_name(addressee, row.stated_by)
        )
    ]
    return tuple(sorted(found, key=lambda row: (row.work_title.casefold(), row.work, row.model, row.dataset)))


def _runs(
    console: Console, row: PlaceRow, parties: Collection[PartyId], addressee: Addressee, facts: FactBook
) -> bool:
    """Whether programme, model or dataset are the addressee's."""
    model = statements_of.models(console.store).get(row.model_id) if row.model_id else None
    dataset = statements_of.datasets(console.store).get(row.dataset_id) if row.dataset_id else None
    programme = facts.programmes.get(row.programme) if row.programme else None
    owners = {each.operator for each in (model, dataset, programme) if each is not None and each.operator}
    if owners:
        return bool(owners & set(parties))
    publisher = dataset.publisher if dataset is not None else ""
    return any(bears_name(addressee, name) for name in (row.operator_name, publisher) if name)


def _licenses(row: PlaceRow, parties: Collection[PartyId], facts: FactBook) -> bool:
    """Whether an agreement of the addressee's with the programme reaches the work."""
    programme = ProgrammeId(row.programme) if row.programme else None
    if programme is None:
        return False
    return any(
        agreement.licensor in parties
        and (row.use is None or row.use in agreement.uses)
        and (
            row.work in agreement.works
            or any(in_scope(agreement, control) for control in facts.controls.get(row.work, ()))
        )
        for agreement in facts.agreements.get(programme, ())
    )


def _lines(rows: Sequence[PlaceRow], facts: FactBook, words: LetterWords) -> Iterator[PaperLine]:
    above = None
    for row in rows:
        if row.work != above:
            above = row.work
            yield PaperLine(PaperStyle.HEADING, _work(row, facts, words))
        place = row.model or row.dataset
        yield PaperLine(PaperStyle.STRONG, " · ".join(filter(None, (place, row.programme_name))))
        said = words.evidence_said.format(by=one_line(row.stated_by), state=words.states[row.state])
        yield PaperLine(PaperStyle.TEXT, said)
        if row.of_a_title is not None:
            yield PaperLine(PaperStyle.TEXT, words.evidence_of_title)
        yield PaperLine(
            PaperStyle.TEXT,
            words.evidence_grade.format(grade=words.grades[row.grade], day=words.on(row.as_of)),
        )
        # Of a reply the source names the case: that is the artist's own.
        if row.evidence.source and not row.case:
            yield PaperLine(
                PaperStyle.TEXT, words.evidence_source.format(source=one_line(row.evidence.source))
            )


def _work(row: PlaceRow, facts: FactBook, words: LetterWords) -> str:
    work = facts.works.get(row.work)
    if work is None:
        return one_line(row.work_title)
    title = words.version.format(title=work.title, version=work.version) if work.version else work.title
    if not work.identifier:
        return one_line(title)
    return f"{one_line(title)} · {shown_identifier(ListedWork(title, work.kind, '', work.identifier))}"
