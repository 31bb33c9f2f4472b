"""Endpoints for whoever owns a service: how money is paid on, by terms, letters of direction and splits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from litestar import Router, delete, post
from litestar.params import JSONBody
from sqlalchemy.engine import Connection

from artist_console.domain.directions import Direction, is_share, overlap
from artist_console.domain.ids import AccountId, FactId, PartyId, WorkId
from artist_console.domain.paid_splits import PaidShare, PaidSplit, make_room, paid_split_fault
from artist_console.domain.parties import WHOLE_BP, Party, PartyKind
from artist_console.domain.pay_terms import PayTerms, pay_terms_fault
from artist_console.domain.periods import Period, Recorded
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.formats.pay_setup import (
    DirectionKept,
    PayRowRemoved,
    PayTermsKept,
    SetDirection,
    SetPayTerms,
    SetSplit,
    SplitKept,
)
from artist_console.formats.wire import PAGE_ROWS, ProblemType, Row, decode_row

from .imports.holdings import name_key
from .reach import Target, account_key
from .reading import Asking, Id
from .refusals import Refused, not_found
from .service import Service, TheService
from .storage import accounts, rows, settings

_LONGEST_NAME = 200
_LONGEST_WORDS = 4_000
_MOST_RATES = 200


@post("/pay-terms", sync_to_thread=True, status_code=200, tags=["money"], summary="Keep the terms of a payee")
def set_pay_terms(request: Asking, service: TheService, data: JSONBody[SetPayTerms]) -> PayTermsKept:
    """For whoever owns the service. With an `id`, they take the place of those that bear it."""
    _check_words(data.issuer, data.payee_name, data.commission_to_name, data.source)
    if len(data.rates) > _MOST_RATES or len(data.right_parts) > _MOST_RATES:
        raise _malformed(f"There is room for {_MOST_RATES} rates.")
    with service.changing() as connection:
        _check_owner(connection, request.user)
        every = rows.all_of(connection, Kind.PAY_TERMS)
        former = _former(every, data.id)
        new: list[tuple[Kind, Row]] = []
        payee = _party(connection, service, request.user, data.payee, data.payee_name, new)
        given = (data.commission_to, data.commission_to_name)
        commission_to = _party(connection, service, request.user, *given, new)
        terms = PayTerms(
            FactId(former.id if former is not None else service.new_id()),
            data.issuer.strip(),
            payee,
            Recorded(service.clock()),
            data.rates,
            data.right_parts,
            data.recoupable,
            data.currency.strip().upper(),
            data.recouped_share,
            data.reserve_rate,
            data.reserve_periods,
            data.commission_rate,
            data.commission_mandate or None,
            commission_to,
            data.tax_rate,
            Period(data.since, data.until),
            data.source.strip(),
        )
        fault = pay_terms_fault(terms, every)
        if fault is not None:
            raise _malformed(fault.text)
        if terms.commission_mandate is not None and not _mandate_of(connection, terms):
            raise _malformed("The mandate that the commission is for is not one that the payee gave.")
        _put(connection, request.user, [*new, (Kind.PAY_TERMS, terms)])
    return PayTermsKept(terms)


@delete(
    "/pay-terms/{id:str}",
    sync_to_thread=True,
    status_code=200,
    tags=["money"],
    summary="Remove terms of a payee",
)
def remove_pay_terms(request: Asking, service: TheService, id: Id) -> PayRowRemoved:
    """What was allocated by them stays as it is; allocating again corrects it."""
    return _remove(request, service, Kind.PAY_TERMS, id)


@post(
    "/directions", sync_to_thread=True, status_code=200, tags=["money"], summary="Keep a letter of direction"
)
def set_direction(request: Asking, service: TheService, data: JSONBody[SetDirection]) -> DirectionKept:
    """For whoever owns the service. With an `id`, it takes the place of the one that bears it."""
    _check_words(data.payer, data.payee_name, data.source)
    if not is_share(data.share_bp):
        raise _malformed("The share has to be above 0 and at most 10,000 basis points.")
    if data.since is not None and data.until is not None and data.until < data.since:
        raise _malformed("The last day is before the first. Correct one of them.")
    with service.changing() as connection:
        _check_owner(connection, request.user)
        every = rows.all_of(connection, Kind.DIRECTION)
        former = _former(every, data.id)
        new: list[tuple[Kind, Row]] = []
        directed_by = _party(connection, service, request.user, data.directed_by, "", new)
        payee = _party(connection, service, request.user, data.payee, data.payee_name, new)
        if directed_by is None or payee is None:
            raise _malformed("Say who directs, and who is to be paid.")
        if directed_by == payee:
            raise _malformed("Name whoever is to be paid in place of the one who directs.")
        if data.work is not None and not rows.ids_there(connection, Kind.WORK, [data.work]):
            raise _malformed("The work that the letter names is not known here.")
        direction = Direction(
            FactId(former.id if former is not None else service.new_id()),
            directed_by,
            payee,
            data.share_bp,
            Recorded(service.clock()),
            data.payer.strip(),
            data.work,
            data.right,
            Period(data.since, data.until),
            data.source.strip(),
        )
        passed = overlap(direction, every)
        if passed > WHOLE_BP:
            words = f"Letters that may hold at once would pass on {passed:,} of 10,000 basis points: end one."
            raise Refused(ProblemType.CONFLICT, 409, words)
        _put(connection, request.user, [*new, (Kind.DIRECTION, direction)])
    return DirectionKept(direction)


@delete(
    "/directions/{id:str}",
    sync_to_thread=True,
    status_code=200,
    tags=["money"],
    summary="Remove a letter of direction",
)
def remove_direction(request: Asking, service: TheService, id: Id) -> PayRowRemoved:
    """What was allocated by it stays as it is; allocating again corrects it."""
    return _remove(request, service, Kind.DIRECTION, id)


@post("/splits", sync_to_thread=True, status_code=200, tags=["money"], summary="Keep who is paid what")
def set_split(request: Asking, service: TheService, data: JSONBody[SetSplit]) -> SplitKept:
    """For whoever owns the service. It is paid by where no stakeholder's share is known; it permits nothing.

    With an `id`, it takes the place of the one that bears it. Shares that miss the whole are kept: what they
    are about is held until they are corrected.
    """
    _check_words(*(share.name for share in data.shares), data.source)
    with service.changing() as connection:
        _check_owner(connection, request.user)
        every: list[PaidSplit] = rows.all_of(connection, Kind.PAID_SPLIT)
        former = _former(every, data.id)
        work = _work(connection, data.work)
        new: list[tuple[Kind, Row]] = []
        shares: list[PaidShare] = []
        for share in data.shares:
            party = _party(connection, service, request.user, share.party, share.name, new)
            if party is None:
                raise _malformed("Say who has each share.")
            shares.append(PaidShare(party, share.share_bp))
        split = PaidSplit(
            FactId(former.id if former is not None else service.new_id()),
            work.id,
            data.right,
            tuple(shares),
            Recorded(service.clock()),
            Period(data.since, data.until),
            data.source.strip(),
        )
        fault = paid_split_fault(split, work.kind)
        if fault is not None:
            raise _malformed(fault.text)
        after = make_room(split, every)
        if after.fault is not None:
            raise Refused(ProblemType.CONFLICT, 409, after.fault.text)
        if after.replaced is not None and former is None:
            split = replace(split, id=after.replaced.id)
        elif after.replaced is not None:
            rows.remove(connection, Kind.PAID_SPLIT, after.replaced.id)
        ended: list[tuple[Kind, Row]] = [(Kind.PAID_SPLIT, each) for each in after.ended]
        _put(connection, request.user, [*new, *ended, (Kind.PAID_SPLIT, split)])
    return SplitKept(split, after.ended)


@delete(
    "/splits/{id:str}",
    sync_to_thread=True,
    status_code=200,
    tags=["money"],
    summary="Remove who is paid what",
)
def remove_split(request: Asking, service: TheService, id: Id) -> PayRowRemoved:
    """What was allocated by it stays as it is; allocating again corrects it."""
    return _remove(request, service, Kind.PAID_SPLIT, id)


def _work(connection: Connection, id: WorkId) -> Work:
    """A work that is known here, under an id that it has or had."""
    present = rows.present_id(connection, id)
    found: dict[str, Work] = rows.some_of(connection, Kind.WORK, [id, *([present] if present else [])])
    if not found:
        raise _malformed("The work that the split names is not known here.")
    return next(iter(found.values()))


def _remove(request: Asking, service: Service, kind: Kind, id: str) -> PayRowRemoved:
    with service.changing() as connection:
        _check_owner(connection, request.user)
        if not rows.ids_there(connection, kind, [id]):
            raise not_found()
        rows.remove(connection, kind, id)
    return PayRowRemoved(id)


def _put(connection: Connection, account: str, new: list[tuple[Kind, Row]]) -> None:
    """What somebody set up they see, whoever it is about."""
    keys: dict[Target, frozenset[str]] = {
        (kind, row.id): frozenset({account_key(account)}) for kind, row in new
    }
    rows.put(connection, new, keys)


def _former(every: Sequence[Row], id: str) -> Row | None:
    if not id:
        return None
    found = next((row for row in every if row.id == id), None)
    if found is None:
        raise not_found()
    return found


def _party(
    connection: Connection,
    service: Service,
    account: str,
    id: PartyId | None,
    name: str,
    new: list[tuple[Kind, Row]],
) -> PartyId | None:
    """A party by id, or in the account's reach by name; one that is not known is made."""
    if id:
        if not rows.ids_there(connection, Kind.PARTY, [id]):
            raise _malformed("Somebody who is named is not known here.")
        return id
    if not name.strip():
        return None
    key = name_key(name)
    # A name says too little to pay somebody who has nothing to do with the account.
    keys = accounts.scope_of(connection, AccountId(account), service.clock()).keys
    after = 0
    while page := rows.listed(connection, Kind.PARTY, keys, after, PAGE_ROWS):
        for row in page:
            party: Party = decode_row(Kind.PARTY, row.body or b"")
            if key in {name_key(each) for each in (party.name, *party.aliases)}:
                return party.id
        after = page[-1].number
    made = next((row for _, row in new if name_key(row.name) == key), None)
    if made is None:
        made = Party(PartyId(service.new_id()), name.strip(), PartyKind.PERSON, self_declared=True)
        new.append((Kind.PARTY, made))
    return PartyId(made.id)


def _mandate_of(connection: Connection, terms: PayTerms) -> bool:
    mandate = rows.some_of(connection, Kind.MANDATE, [str(terms.commission_mandate)])
    return any(row.artist == terms.payee for row in mandate.values())


def _check_owner(connection: Connection, account: str) -> None:
    if settings.value(connection, "owner") != account:
        words = "How money is paid on is said by whoever runs this service."
        raise Refused(ProblemType.NOT_ALLOWED, 403, words)


def _check_words(*given: str) -> None:
    *names, source = given
    if max(map(len, names), default=0) > _LONGEST_NAME or len(source) > _LONGEST_WORDS:
        words = f"Names have room for {_LONGEST_NAME} characters, the source for {_LONGEST_WORDS:,}."
        raise _malformed(words)


def _malformed(words: str) -> Refused:
    return Refused(ProblemType.MALFORMED, 400, words)


def pay_setup_router() -> Router:
    handlers = [set_pay_terms, remove_pay_terms, set_direction, remove_direction, set_split, remove_split]
    return Router("/", route_handlers=handlers)
