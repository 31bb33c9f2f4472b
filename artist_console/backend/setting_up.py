"""Endpoints by which whoever owns a service sets up a programme that nobody reports here yet.

No operator offers an interface today; a person still wants to say no to what was announced. Such a programme
is marked as set up here, and says nothing of agreements.
"""

from __future__ import annotations

import hashlib
from datetime import date

from litestar import Router, delete, post
from litestar.params import JSONBody
from sqlalchemy.engine import Connection

from artist_console.domain.ids import PartyId, ProgrammeId, TermsId
from artist_console.domain.parties import OrganisationRole, Party, PartyKind
from artist_console.domain.programmes import Programme, TermsVersion
from artist_console.domain.uses import Use
from artist_console.formats.kinds import Kind
from artist_console.formats.programme_setup import (
    MOST_TERMS_CHARACTERS,
    ProgrammeRemoved,
    ProgrammeSetUp,
    SetUpProgramme,
)
from artist_console.formats.wire import ProblemType, Row

from .imports.holdings import name_key
from .reading import Asking, Id
from .refusals import Refused, not_found
from .service import Service, TheService
from .storage import ledgers, rows, settings

MAX_BODY_BYTES = 4 * 1024 * 1024
_LONGEST_NAME = 200
_LONGEST_WORDS = 4_000
# Rows that may name a programme: with one of these it is more than somebody's note.
_NAMING = (
    Kind.AGREEMENT,
    Kind.ATTESTATION,
    Kind.REQUEST,
    Kind.DATASET,
    Kind.MODEL,
    Kind.INCLUSION,
    Kind.STATEMENT,
)


@post(
    "/programmes",
    sync_to_thread=True,
    status_code=200,
    request_max_body_size=MAX_BODY_BYTES,
    tags=["rows"],
    summary="Set a programme up by hand",
)
def set_up_programme(request: Asking, service: TheService, data: JSONBody[SetUpProgramme]) -> ProgrammeSetUp:
    """For whoever owns the service. With the `id` of one that was set up before, it takes its place."""
    _check(data)
    with service.changing() as connection:
        _check_owner(connection, request.user)
        _check_day(data, service.clock().date())
        former = _set_up_before(connection, data.id) if data.id else None
        operator = _operator(connection, service, data.operator.strip())
        _check_new(connection, operator, data)
        programme = Programme(
            former.id if former is not None else ProgrammeId(service.new_id()),
            operator.id,
            data.name.strip(),
            data.summary.strip(),
            tuple(use for use in Use if use in data.uses),
            asks_artists=False,
            set_up_here=True,
            source=data.source.strip(),
            announced_on=data.announced_on,
        )
        new: list[tuple[Kind, Row]] = [(Kind.PARTY, operator), (Kind.PROGRAMME, programme)]
        terms = _newest_terms(connection, programme.id)
        if data.terms.strip() and (terms is None or terms.text != data.terms.strip()):
            terms = _next_terms(service, data, programme, terms)
            new.append((Kind.TERMS, terms))
        rows.put(connection, new)
    return ProgrammeSetUp(programme, terms)


@delete(
    "/programmes/{id:str}",
    sync_to_thread=True,
    status_code=200,
    tags=["rows"],
    summary="Remove a programme that was set up by hand",
)
def remove_programme(request: Asking, service: TheService, id: Id) -> ProgrammeRemoved:
    """Only while no decision, report or agreement names it."""
    with service.changing() as connection:
        _check_owner(connection, request.user)
        programme = _set_up_before(connection, id)
        if _is_named(connection, programme.id):
            words = f"Decisions or reports name {programme.name}; it stays, so that they can be read."
            raise Refused(ProblemType.CONFLICT, 409, words)
        for terms in rows.all_of(connection, Kind.TERMS):
            if terms.programme == programme.id:
                rows.remove(connection, Kind.TERMS, terms.id)
        rows.remove(connection, Kind.PROGRAMME, programme.id)
    return ProgrammeRemoved(programme.id)


def _check(data: SetUpProgramme) -> None:
    for what, text, most in (
        ("the operator", data.operator, _LONGEST_NAME),
        ("the programme", data.name, _LONGEST_NAME),
    ):
        if not text.strip() or len(text) > most:
            raise Refused(ProblemType.MALFORMED, 400, f"Say the name of {what} in up to {most} characters.")
    if not data.uses:
        raise Refused(ProblemType.MALFORMED, 400, "Say at least one use that the programme is about.")
    if max(map(len, (data.summary, data.source, data.how_a_yes_is_withdrawn))) > _LONGEST_WORDS:
        words = f"Summary, source and withdrawal have room for {_LONGEST_WORDS:,} characters each."
        raise Refused(ProblemType.MALFORMED, 400, words)
    if len(data.terms) > MOST_TERMS_CHARACTERS:
        words = f"The text of the terms has room for {MOST_TERMS_CHARACTERS:,} characters."
        raise Refused(ProblemType.MALFORMED, 400, words)


def _check_day(data: SetUpProgramme, today: date) -> None:
    if data.announced_on is not None and data.announced_on > today:
        words = f"What was announced was not announced after today: {data.announced_on.isoformat()}."
        raise Refused(ProblemType.MALFORMED, 400, words)
    if data.effective_from is not None and not data.terms.strip():
        words = "A day from which terms are in effect needs the text of the terms."
        raise Refused(ProblemType.MALFORMED, 400, words)


def _check_owner(connection: Connection, account: str) -> None:
    if settings.value(connection, "owner") != account:
        words = "Programmes of this service are set up by whoever runs it."
        raise Refused(ProblemType.NOT_ALLOWED, 403, words)


def _set_up_before(connection: Connection, id: str) -> Programme:
    programme: Programme
    for programme in rows.all_of(connection, Kind.PROGRAMME):
        if programme.id == id:
            if not programme.set_up_here:
                words = f"{programme.name} is its operator's; what they report is not changed here."
                raise Refused(ProblemType.NOT_ALLOWED, 403, words)
            return programme
    raise not_found()


def _operator(connection: Connection, service: Service, name: str) -> Party:
    """The organisation of that name, as an operator; made where none is known.

    One that stands in a file alone is not seen by everybody, and nothing shows that it is the same.
    """
    key = name_key(name)
    party: Party
    for party in rows.all_of(connection, Kind.PARTY):
        known = party.kind is PartyKind.ORGANISATION and not party.self_declared
        if known and key in {name_key(n) for n in (party.name, *party.aliases)}:
            return party
    return Party(PartyId(service.new_id()), name, PartyKind.ORGANISATION, roles=(OrganisationRole.OPERATOR,))


def _check_new(connection: Connection, operator: Party, data: SetUpProgramme) -> None:
    """Two of one name could not be told apart by whoever answers them."""
    for programme in rows.all_of(connection, Kind.PROGRAMME):
        same = programme.operator == operator.id and name_key(programme.name) == name_key(data.name)
        if same and programme.id != data.id:
            words = f"{programme.name} of {operator.name} is here already; change that one."
            raise Refused(ProblemType.CONFLICT, 409, words)


def _newest_terms(connection: Connection, programme: ProgrammeId) -> TermsVersion | None:
    own = [terms for terms in rows.all_of(connection, Kind.TERMS) if terms.programme == programme]
    return max(own, key=lambda terms: terms.number, default=None)


def _next_terms(
    service: Service, data: SetUpProgramme, programme: Programme, former: TermsVersion | None
) -> TermsVersion:
    text, today = data.terms.strip(), service.clock().date()
    return TermsVersion(
        TermsId(service.new_id()),
        programme.id,
        former.number + 1 if former is not None else 1,
        text,
        hashlib.sha256(text.encode()).hexdigest(),
        data.effective_from or today,
        data.announced_on or today,
        how_a_yes_is_withdrawn=data.how_a_yes_is_withdrawn.strip(),
    )


def _is_named(connection: Connection, programme: ProgrammeId) -> bool:
    for artist in ledgers.artists(connection, ""):
        for entry in ledgers.all_entries(connection, artist):
            if entry.decision is not None and entry.decision.register.programme == programme:
                return True
    return any(
        getattr(row, "programme", None) == programme
        for kind in _NAMING
        for row in rows.each_of(connection, kind)
    )


def setting_up_router() -> Router:
    return Router("/", route_handlers=[set_up_programme, remove_programme])
