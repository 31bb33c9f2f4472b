"""The endpoint that answers what a programme may do: the permission rule over what the account may read."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, get
from litestar.params import QueryParameter

from artist_console.domain.facts import FactBook
from artist_console.domain.ids import AccountId, ArtistId, PartyId, ProgrammeId, WorkId
from artist_console.domain.permission import Question, permission
from artist_console.domain.registers import Subject, SubjectKind
from artist_console.domain.uses import Use
from artist_console.formats.permission_answer import PermissionAnswer, answer_of
from artist_console.formats.wire import ProblemType

from .refusals import Refused, not_found
from .service import TheService
from .storage import accounts

Asking = Request[AccountId, None, Any]
Id = Annotated[str, QueryParameter(max_length=200)]
OptionalId = Annotated[str | None, QueryParameter(max_length=200)]


@get("/permissions", sync_to_thread=True, tags=["permissions"], summary="May a programme use a work so?")
def permissions(
    request: Asking,
    service: TheService,
    programme: Id,
    use: Use,
    work: OptionalId = None,
    person: OptionalId = None,
    artist: OptionalId = None,
    territory: Annotated[
        str | None, QueryParameter(pattern="^[A-Z]{2}$", description="A country; without one, everywhere.")
    ] = None,
    at: Annotated[datetime | None, QueryParameter(description="With its offset; without one, now.")] = None,
) -> PermissionAnswer:
    """Of one `work`, or of one `person`'s voice, name and image; for one artist, or all in reach.

    404 alike for what does not exist and for what is out of reach.
    """
    if (work is None) == (person is None):
        raise _malformed("Name a work or a person, and not both.")
    if at is not None and at.utcoffset() is None:
        raise _malformed("The instant has no offset from UTC.")
    with service.database.reading() as connection:
        scope = accounts.scope_of(connection, request.user, service.clock())
        facts = service.books.book(connection, scope)
    subject = _subject(work, person, facts)
    if ProgrammeId(programme) not in facts.programmes:
        raise not_found()
    if artist is not None and not facts.is_in_reach(PartyId(artist)):
        raise not_found()
    asked_by = ArtistId(artist) if artist is not None else None
    asked = Question(asked_by, subject, ProgrammeId(programme), use, at or service.clock(), territory)
    return answer_of(permission(asked, facts))


def _subject(work: str | None, person: str | None, facts: FactBook) -> Subject:
    known = WorkId(work) in facts.works if work is not None else PartyId(person or "") in facts.parties
    if not known:
        raise not_found()
    if work is not None:
        return Subject(SubjectKind.WORK, work)
    return Subject(SubjectKind.PERSON, person or "")


def _malformed(why: str) -> Refused:
    return Refused(ProblemType.MALFORMED, 400, why)
