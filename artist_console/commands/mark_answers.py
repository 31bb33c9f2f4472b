"""What an artist's answers let a mark in a file state: what is refused to everybody, and in what standing."""

from __future__ import annotations

from datetime import datetime

from artist_console.domain.answers import Asked, ledger_answer
from artist_console.domain.contract_rows import least_power
from artist_console.domain.decisions import AnswerKind, Context, most_cautious
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.marks import Stating, stating
from artist_console.domain.parties import Standing
from artist_console.domain.registers import Subject, SubjectKind
from artist_console.domain.uses import Right, Use

_A_COMING_WORK = WorkId("")  # one that nobody has named: what was said of all works holds for it


def answers_to_everybody(
    artist: ArtistId, work: WorkId | None, facts: FactBook, now: datetime
) -> dict[Use, AnswerKind]:
    """The artist's answer for each use, where no programme is named: a yes to one programme is none of these.

    Of a recording, a no to a song in it counts as well: the song is in the file.
    """
    party = facts.parties[artist]
    known = facts.works.get(work) if work is not None else None
    songs = (
        song for song in (known.compositions if known else ()) if song in facts.works
    )  # of songs that are not here nobody has said anything
    carriers = [known.id if known is not None else _A_COMING_WORK, *songs]
    told: dict[Use, AnswerKind] = {}
    for use in Use:
        asked = [Asked(Subject(SubjectKind.WORK, id), None, use, Context(now, None, {})) for id in carriers]
        told[use] = most_cautious([ledger_answer(party, each.subject, each, facts)[0] for each in asked]).kind
    return told


def stating_of(
    artist: ArtistId, work: WorkId | None, facts: FactBook, now: datetime, more: str = ""
) -> Stating:
    """What a mark states of one work of the artist; `work` None: of one that is not known here."""
    return stating(answers_to_everybody(artist, work, facts, now), _standing(artist, work, facts, now), more)


def _standing(artist: ArtistId, work: WorkId | None, facts: FactBook, now: datetime) -> Standing:
    """What the artist's answer can do about the recording; where it differs by place, the least."""
    rows = [
        row
        for row in (facts.stakeholders.get(work, ()) if work is not None else ())
        if row.party == artist and row.right is Right.MASTER and row.period.contains(now)
    ]
    least = least_power(rows)
    return least.standing if least is not None else Standing.UNKNOWN
