"""Included but not paid, paid but not included, and uses that no statement is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from .finding_money import PAYMENT_PATIENCE_DAYS, money_of
from .finding_records import Records
from .finding_uses import USED
from .ids import ArtistId, ProgrammeId, StatementId, WorkId
from .inclusion_states import EvidenceGrade, at_least
from .phrases import day_in_words, period_in_words, say
from .statements import Statement, exact_sum
from .unmet import PaidPart, ReconcileKind, Unmet, months_in_words

LATER = "A payment may come later, or in a sum that names no work."


def included_not_paid(records: Records) -> Iterator[Unmet]:
    for row in money_of(records)[0]:
        name = records.programme_name(row.programme)
        yield Unmet(
            key=f"{ReconcileKind.INCLUDED_NOT_PAID.value}/{row.artist}/{row.work.id}/{row.programme}",
            kind=ReconcileKind.INCLUDED_NOT_PAID,
            artist=row.artist,
            work=row.work.id,
            programme=row.programme,
            since=row.as_of,
            until=records.today,
            words=(
                say(
                    "Reported as trained in {programme}, as of {date}. No statement here names income for"
                    " it.",
                    programme=name,
                    date=day_in_words(row.as_of),
                ),
                say(LATER),
            ),
            asked=say(
                "“{work}” is reported as trained in {programme}, as of {date}. No statement that the artist"
                " has received names income for it. Is it paid for, by whom, and in which statement?",
                work=row.work.title,
                programme=name,
                date=day_in_words(row.as_of),
            ),
        )


def paid_not_included(
    records: Records, parts: Sequence[PaidPart], issuers: Mapping[StatementId, str]
) -> Iterator[Unmet]:
    amounts: defaultdict[tuple[ArtistId, WorkId | None, ProgrammeId | None, str], list[PaidPart]] = (
        defaultdict(list)
    )
    for part in parts:
        amounts[part.artist, part.work, part.programme, part.currency].append(part)
    for row in money_of(records)[1]:
        name = records.programme_name(row.programme)
        for (artist, work, programme, currency), held in sorted(
            amounts.items(), key=lambda item: tuple(part or "" for part in item[0])
        ):
            if (artist, work, programme) != (row.artist, row.paid.work, row.programme):
                continue
            first, last = min(part.month for part in held), max(part.month for part in held)
            latest = max(held, key=lambda part: (part.month, part.statement)).statement
            yield Unmet(
                key=f"{ReconcileKind.PAID_NOT_INCLUDED.value}/{row.artist}/{row.work.id}/{row.programme}/{currency}",
                kind=ReconcileKind.PAID_NOT_INCLUDED,
                artist=row.artist,
                work=row.work.id,
                programme=row.programme,
                since=first,
                until=last,
                words=(
                    say(
                        "Statements name income for it from {programme}, which has reported nothing of it"
                        " here.",
                        programme=name,
                    ),
                    say("Ask where it is used."),
                ),
                asked=say(
                    "The statement names income for “{work}” from {programme}, for {period}. No report of its"
                    " use there has been received. In which dataset or model version is it, since when, and"
                    " on what basis?",
                    work=row.work.title,
                    programme=name,
                    period=months_in_words(first, last),
                ),
                statement=latest,
                issuer=issuers.get(latest, ""),
                currency=currency,
                amount=exact_sum(part.amount for part in held),
            )


# Used, and no statement


def used_without_statement(
    records: Records, parts: Iterable[PaidPart], statements: Sequence[Statement]
) -> Iterator[Unmet]:
    """Programmes that report uses and no statement names; times that an issuer's statements leave out."""
    paying = {(part.artist, part.programme) for part in parts}
    first_use: dict[ArtistId, date] = {}
    reported: defaultdict[tuple[ArtistId, ProgrammeId], dict[WorkId, date]] = defaultdict(dict)
    for seen in records.seen():
        for said in seen.place.history:
            programme = records.programme_of(said)
            if said.state not in USED or not at_least(said.grade, EvidenceGrade.LICENSOR_STATED):
                continue
            first_use[seen.artist] = min(said.as_of, first_use.get(seen.artist, said.as_of))
            if programme is not None:
                works = reported[seen.artist, programme]
                works[seen.work.id] = min(said.as_of, works.get(seen.work.id, said.as_of))
    for (artist, programme), works in sorted(reported.items()):
        since = min(works.values())
        if (artist, programme) not in paying and (records.today - since).days >= PAYMENT_PATIENCE_DAYS:
            yield _never_paid(records, artist, programme, works, since)
    for artist in records.artists:
        if artist in first_use:
            yield from _left_out(records, artist, first_use[artist], statements)


def _never_paid(
    records: Records, artist: ArtistId, programme: ProgrammeId, works: dict[WorkId, date], since: date
) -> Unmet:
    name = records.programme_name(programme)
    only = next(iter(works)) if len(works) == 1 else None
    return Unmet(
        key=f"{ReconcileKind.USE_WITHOUT_STATEMENT.value}/{artist}/{programme}",
        kind=ReconcileKind.USE_WITHOUT_STATEMENT,
        artist=artist,
        work=only,
        programme=programme,
        since=since,
        until=records.today,
        words=(
            say(
                "{programme} has reported use of 1 work since {date}. No statement here names it at all."
                if only
                else "{programme} has reported use of {n} works since {date}. No statement here names it at"
                " all.",
                programme=name,
                n=str(len(works)),
                date=day_in_words(since),
            ),
            say(LATER),
        ),
        asked=say(
            "{programme} has reported use of the artist's works since {date}, and the artist has received no"
            " statement about it. Who accounts for it, to whom, and from when?",
            programme=name,
            date=day_in_words(since),
        ),
    )


def _left_out(
    records: Records, artist: ArtistId, used_since: date, statements: Sequence[Statement]
) -> Iterator[Unmet]:
    """Times that the statements of one account leave out, and accounts that ended without a word."""
    accounts: defaultdict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for each in statements:
        if each.payee == artist:
            accounts[each.issuer, each.currency, each.level.value].append(each)
    for _, own in sorted(accounts.items()):
        own.sort(key=lambda each: (each.period_from, each.period_until, each.id))
        reached = own[0].period_until  # until when they cover the time
        for each in own[1:]:
            begins, ends = reached + timedelta(days=1), each.period_from - timedelta(days=1)
            if begins <= ends and ends >= used_since:
                yield _gap(artist, each, begins, ends)
            reached = max(reached, each.period_until)
        latest = max(own, key=lambda each: (each.period_until, each.id))
        length = latest.period_until - latest.period_from + timedelta(days=1)
        patience = length + timedelta(days=PAYMENT_PATIENCE_DAYS)
        if len(own) > 1 and records.today - reached > patience and used_since <= records.today:
            yield _ended(records, artist, latest)


def _ended(records: Records, artist: ArtistId, latest: Statement) -> Unmet:
    until = day_in_words(latest.period_until)
    return Unmet(
        key=f"{ReconcileKind.USE_WITHOUT_STATEMENT.value}/{artist}/{latest.issuer}/{latest.currency}/since",
        kind=ReconcileKind.USE_WITHOUT_STATEMENT,
        artist=artist,
        work=None,
        programme=None,
        since=latest.period_until + timedelta(days=1),
        until=records.today,
        words=(
            say(
                "No statement of {issuer} is here for any time after {date}.",
                issuer=latest.issuer,
                date=until,
            ),
            say(LATER),
        ),
        asked=say(
            "The latest statement that the artist has received ends on {date}. Are there later ones, and if"
            " not, why did they end?",
            date=until,
        ),
        statement=latest.id,
        issuer=latest.issuer,
    )


def _gap(artist: ArtistId, after: Statement, begins: date, ends: date) -> Unmet:
    period = period_in_words(begins, ends)
    return Unmet(
        key=f"{ReconcileKind.USE_WITHOUT_STATEMENT.value}/{artist}/{after.issuer}/{after.currency}/{begins}",
        kind=ReconcileKind.USE_WITHOUT_STATEMENT,
        artist=artist,
        work=None,
        programme=None,
        since=begins,
        until=ends,
        words=(
            say(
                "No statement of {issuer} for {period} is here, though one before it and one after it are.",
                issuer=after.issuer,
                period=period,
            ),
        ),
        asked=say(
            "The artist has statements for the time before and after {period}, and none for that time. Was"
            " there one, and what did it come to?",
            period=period,
        ),
        statement=after.id,
        issuer=after.issuer,
    )
