"""May this programme use this work in this way? The permission rule over what is known here."""

from __future__ import annotations

from datetime import datetime

from artist_console.commands.console import Console
from artist_console.commands.fact_links import Links, links_of
from artist_console.domain.ids import ArtistId, PartyId, ProgrammeId, WorkId
from artist_console.domain.permission import Permission, Question, permission
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import Subject, SubjectKind
from artist_console.domain.uses import Use
from artist_console.store import mirror


def explain(
    console: Console,
    work: WorkId,
    programme: ProgrammeId,
    use: Use,
    artist: ArtistId | None = None,
    territory: str | None = None,
    instant: datetime | None = None,
) -> Permission:
    """The four answers and their trace, with undelivered decisions counted as if they had arrived."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    if work not in facts.works:
        raise UnknownThing("The work {work} is not known here", "Look it up with: works list", work=work)
    if programme not in facts.programmes:
        raise UnknownThing(
            "The programme {programme} is not known here",
            "Sync first, or look up the name of the programme",
            programme=programme,
        )
    subject = Subject(SubjectKind.WORK, work)
    return permission(Question(artist, subject, programme, use, instant or now, territory), facts)


def links(console: Console, found: Permission) -> Links:
    """What is behind each sentence of a permission that was asked for here."""
    return links_of(found, mirror.facts(console.store, console.clock()))


def explain_person(
    console: Console, person: PartyId, programme: ProgrammeId, use: Use, territory: str | None = None
) -> Permission:
    """The same for a person's voice, name and image."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    subject = Subject(SubjectKind.PERSON, person)
    return permission(Question(person, subject, programme, use, now, territory), facts)
