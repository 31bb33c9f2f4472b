"""Dates that follow from what the artist's side signed: objecting, auditing, rights that come back.

Each is counted as the contract was entered. Whether a contract asks for a notice before, only its text says.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from .case_objections import Written
from .contracts import Contract
from .deadlines import DateNotKnown, Deadline, DeadlineKind, a_deadline, name_of
from .facts import FactBook
from .ids import ArtistId, StatementId
from .phrases import day_in_words, period_in_words, say
from .statements import Statement

MAY_COUNT_AS_ACCEPTED = "After this day the statement may count as accepted; whether it does is for a lawyer."
OBJECTED_ON = "Objected on {date}, by letter: statement of {issuer}, {period}"
ASKED_ON = "Object to the statement of {issuer}, {period}: asked about it on {date}, which is no objection"
OBJECTED = "The objection was sent before this day, as you noted; whether it is enough is for a lawyer."
BOOKS_CLOSED = "After this day the contract, as it was entered, gives no right to look into the books for it."
NOTHING_TO_DO = "Nothing follows from silence here. Some contracts ask for a notice before: look in yours."
FREE_TO_RECORD = (
    "Until this day the contract keeps from recording these works again; nothing follows by itself."
)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that is too short."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def objections(
    dated: Iterable[tuple[Statement, date]],
    still_wait: frozenset[str],
    written: Mapping[tuple[ArtistId, StatementId], Written],
    facts: FactBook,
    today: date,
) -> Iterator[Deadline]:
    """The last day to object to each statement; one that has passed only where the statement still waits.

    One that was objected to in time, by a letter that was sent, is told as that until its day, and then no
    more. `written`: the letters about statements.
    """
    for statement, until in dated:
        letter = written.get((statement.payee, statement.id))
        objected = letter is not None and letter.is_objection and letter.on <= until
        if until < today and (objected or statement.id not in still_wait):
            continue
        which = _which(statement)
        title = say("Object to the statement of {issuer}, {period}", **which)
        silence, target = MAY_COUNT_AS_ACCEPTED, f"statement/{statement.id}"
        if letter is not None and letter.on <= until:
            day = day_in_words(letter.on)
            title = say(OBJECTED_ON if objected else ASKED_ON, date=day, **which)
            silence = OBJECTED if objected else MAY_COUNT_AS_ACCEPTED
            target = f"case/{letter.case}" if objected else target
        yield a_deadline(
            statement.id, DeadlineKind.STATEMENT_OBJECTION, until, statement.payee, facts,
            title, say(silence), target, today,
        )  # fmt: skip


def objections_not_known(statements: Iterable[Statement], facts: FactBook) -> Iterator[DateNotKnown]:
    """One for each artist and issuer: no contract here says until when one can object."""
    newest: dict[tuple[ArtistId, str], Statement] = {}
    counts: Counter[tuple[ArtistId, str]] = Counter()
    for statement in sorted(statements, key=lambda each: (each.received_on, each.id)):
        newest[statement.payee, statement.issuer] = statement
        counts[statement.payee, statement.issuer] += 1
    for (artist, issuer), last in newest.items():
        count = counts[artist, issuer]
        words = (
            "{issuer}: until when one can object to its statement is not known. Look in your contract."
            if count == 1
            else "{issuer}: until when one can object to its {n} statements is not known. Look in your"
            " contract."
        )
        yield DateNotKnown(
            artist, name_of(artist, facts), say(words, issuer=issuer, n=str(count)), f"statement/{last.id}"
        )


def audits(signed: Iterable[tuple[Statement, Contract]], facts: FactBook, today: date) -> Iterator[Deadline]:
    """Until when the books can be looked into for each statement, counted from when it was received."""
    for statement, contract in signed:
        if contract.audit_months is None:
            continue
        until = months_after(statement.received_on, contract.audit_months)
        if until >= today:
            yield a_deadline(
                statement.id, DeadlineKind.AUDIT, until, statement.payee, facts,
                say("Look into the books of {issuer} for {period}", **_which(statement)),
                say(BOOKS_CLOSED), f"contract/{contract.id}", today,
            )  # fmt: skip


def _which(statement: Statement) -> dict[str, str]:
    period = period_in_words(statement.period_from, statement.period_until)
    return {"issuer": statement.issuer, "period": period}


def of_contracts(
    contracts: Iterable[Contract], name: Callable[[Contract], str], facts: FactBook, today: date
) -> Iterator[Deadline]:
    """The days to come on which rights return and on which works may be recorded again."""
    for contract in contracts:
        other = name(contract)
        if contract.reversion_on is not None and contract.reversion_on >= today:
            yield a_deadline(
                contract.id, DeadlineKind.RIGHTS_BACK, contract.reversion_on, contract.artist, facts,
                say("Rights come back from {name}", name=other),
                say(NOTHING_TO_DO), f"contract/{contract.id}", today,
            )  # fmt: skip
        if contract.rerecording_until is not None and contract.rerecording_until >= today:
            yield a_deadline(
                contract.id, DeadlineKind.RERECORDING, contract.rerecording_until, contract.artist, facts,
                say("Re-recording limit of {name} ends", name=other),
                say(FREE_TO_RECORD), f"contract/{contract.id}", today,
            )  # fmt: skip
