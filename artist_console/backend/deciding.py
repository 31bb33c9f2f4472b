"""Endpoints that write decisions, signatures under proposals, and mandates."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from litestar import Router, post
from litestar.params import JSONBody, RawBody
from sqlalchemy.engine import Connection

from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry
from artist_console.domain.ids import AccountId, ArtistId, DecisionId, MandateId
from artist_console.domain.mandates import Mandate, MandateEvidence
from artist_console.domain.registers import Stance
from artist_console.formats.accounts import is_older
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import (
    CLIENT_HEADER,
    CLOCK_HEADER,
    CoSign,
    GiveMandate,
    ProblemType,
    PushBatch,
    PushReply,
    Recorded,
)

from .pushing import Reception, receive
from .reading import Asking, Id
from .refusals import Refused, not_found
from .service import Service, TheService
from .storage import accounts, ledgers, rows, settings, streams
from .storage.ledgers import an_entry

MAX_PUSH_BYTES = 8 * 1024 * 1024 + 64 * 1024  # an act, and what stands around it


@post(
    "/push",
    sync_to_thread=True,
    status_code=200,
    request_max_body_size=MAX_PUSH_BYTES,
    tags=["decisions"],
    summary="Deliver decisions of one stream",
)
def push(request: Asking, service: TheService, data: JSONBody[PushBatch], body: RawBody) -> PushReply:
    """Each decision gets an outcome that stays. 409 names the number at which the stream goes on."""
    now = service.clock()
    with service.changing() as connection:
        _check_client(request, connection)
        reply = receive(connection, service.desk, request.user, data, len(body), now)
        offset = _clock_offset_s(request, now)
        if offset is not None and data.items:
            streams.note_clock(connection, request.user, data.stream_id, offset)
    return reply


def _clock_offset_s(request: Asking, now: datetime) -> int | None:
    """How far the client's clock is ahead, in seconds; None where it does not say, or makes no sense."""
    try:
        return round((datetime.fromisoformat(request.headers.get(CLOCK_HEADER, "")) - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _check_client(request: Asking, connection: Connection) -> None:
    """What does not say its version is not judged by it: other programs may speak the same contract."""
    needed, found = settings.minimum_client(connection), request.headers.get(CLIENT_HEADER, "")
    if needed and found and is_older(found, needed):
        words = f"This service takes decisions from Artist Console {needed} or newer."
        raise Refused(ProblemType.CLIENT_TOO_OLD, 426, words)


@post(
    "/proposals/{decision_id:str}/co-sign",
    sync_to_thread=True,
    status_code=200,
    tags=["decisions"],
    summary="Sign a proposal, as the artist",
)
def co_sign(request: Asking, service: TheService, decision_id: Id, data: JSONBody[CoSign]) -> Recorded:
    """The artist makes a proposal their own; from now on it counts."""
    return _answer_proposal(service, request.user, decision_id, data, EntryKind.CO_SIGNATURE)


@post(
    "/proposals/{decision_id:str}/decline",
    sync_to_thread=True,
    status_code=200,
    tags=["decisions"],
    summary="Decline a proposal, as the artist",
)
def decline(request: Asking, service: TheService, decision_id: Id, data: JSONBody[CoSign]) -> Recorded:
    return _answer_proposal(service, request.user, decision_id, data, EntryKind.PROPOSAL_DECLINED)


def _answer_proposal(
    service: Service, account: AccountId, decision_id: str, said: CoSign, kind: EntryKind
) -> Recorded:
    with service.changing() as connection:
        artist, proposal = _proposal(connection, service, account, decision_id)
        if said.seen is not None and kind is EntryKind.CO_SIGNATURE:
            _check_nothing_came_between(connection, service, account, artist, proposal, said)
        entry = an_entry(
            kind, artist, service.clock(), account, names=DecisionId(decision_id), words=said.words
        )
        return _write(connection, service, entry, None)


def _proposal(
    connection: Connection, service: Service, account: AccountId, decision_id: str
) -> tuple[ArtistId, Decision]:
    for artist in sorted(accounts.owned(connection, account)):
        if not ledgers.holds_decision(connection, artist, decision_id):
            continue
        found = service.ledgers.state(connection, artist).proposals.get(DecisionId(decision_id))
        if found is not None:
            return artist, found
    raise not_found()


def _check_nothing_came_between(
    connection: Connection,
    service: Service,
    account: AccountId,
    artist: ArtistId,
    proposal: Decision,
    said: CoSign,
) -> None:
    """No wins races: a refusal that the artist had not seen when signing stands against a proposed yes."""
    if proposal.stance is Stance.REFUSE:
        return
    assert said.seen is not None
    desk, now = service.desk, service.clock()
    sight = Reception(connection, desk, account, "", now).sight(artist)
    seen = said.seen.n if sight.holds_pin(said.seen) else 0
    if any(r.n > seen and sight.meet(proposal.register, r.decision.register) for r in sight.said.refusals):
        words = "A refusal was recorded since the proposal was shown; look again before signing."
        raise Refused(ProblemType.CONFLICT, 409, words)


@post("/mandates", sync_to_thread=True, tags=["mandates"], summary="Let an account act for an artist")
def give_mandate(request: Asking, service: TheService, data: JSONBody[GiveMandate]) -> Recorded:
    """Only the artist gives a mandate; it is written to the artist's ledger."""
    with service.changing() as connection:
        asked = data.mandate
        own = accounts.owned(connection, request.user)
        if asked.artist not in own or accounts.account_name(connection, asked.holder) is None:
            raise not_found()
        if asked.id and accounts.mandate(connection, asked.id) is not None:
            raise Refused(ProblemType.CONFLICT, 409, "There is a mandate with this id already.")
        mandate = replace(
            asked,
            id=MandateId(asked.id or service.new_id()),
            evidence=MandateEvidence.CONFIRMED_BY_ARTIST,
            holder_name=accounts.account_name(connection, asked.holder) or "",
            revoked_at=None,
        )
        return record_mandate(
            connection, service, mandate, request.user, EntryKind.MANDATE_GIVEN, service.clock()
        )


@post(
    "/mandates/{id:str}/revoke",
    sync_to_thread=True,
    status_code=200,
    tags=["mandates"],
    summary="Take a mandate back",
)
def revoke_mandate(request: Asking, service: TheService, id: Id) -> Recorded:
    """Takes effect at once, whatever is under way. What was decided under it stays."""
    with service.changing() as connection:
        known = accounts.mandate(connection, id)
        if known is None or known.artist not in accounts.owned(connection, request.user):
            raise not_found()
        if known.revoked_at is not None:
            raise Refused(ProblemType.CONFLICT, 409, "It was taken back before.")
        now = service.clock()
        taken = replace(known, revoked_at=now)
        return record_mandate(connection, service, taken, request.user, EntryKind.MANDATE_TAKEN_BACK, now)


def record_mandate(
    connection: Connection,
    service: Service,
    mandate: Mandate,
    by: AccountId,
    kind: EntryKind,
    at: datetime,
) -> Recorded:
    """Write a mandate, or what has become of it, with its entry in the artist's ledger."""
    accounts.keep_mandate(connection, mandate)
    rows.put(connection, [(Kind.MANDATE, mandate)])
    return _write(connection, service, an_entry(kind, mandate.artist, at, by, mandate=mandate), mandate)


def _write(connection: Connection, service: Service, entry: LedgerEntry, mandate: Mandate | None) -> Recorded:
    written = service.ledgers.append(connection, entry, mandate)
    return Recorded(written.entry, written.receipt)


def deciding_router() -> Router:
    return Router("/", route_handlers=[push, co_sign, decline, give_mandate, revoke_mandate])
