"""One difference between two reports as a person reads it: what it is about, and from what to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from artist_console.commands.names import ALL_MY_MUSIC, use_words
from artist_console.domain import words
from artist_console.domain.decisions import LedgerEntry
from artist_console.domain.ids import StatementId, WorkId
from artist_console.domain.inclusion import InclusionStatement
from artist_console.domain.money import money_in_words
from artist_console.domain.phrases import day_in_words, period_in_words
from artist_console.domain.registers import Subject, SubjectKind, UseScope
from artist_console.domain.statements import Statement
from artist_console.domain.work_words import WORK_KIND
from artist_console.domain.works import Work
from artist_console.formats.proof_checks import Sentence, sentence
from artist_console.formats.report_compare import Change, RowDifference
from artist_console.formats.report_content import StatedOutcome
from artist_console.formats.report_table import OUTCOME_WORDS, STATE_WORDS


class Topic(Enum):
    """What reports are compared by."""

    WORKS = "works"
    INCLUSIONS = "inclusions"
    PERMISSIONS = "permissions"
    DECISIONS = "decisions"
    MONEY = "money"


TABLE_OF: Mapping[Topic, str] = {
    Topic.WORKS: "works",
    Topic.INCLUSIONS: "inclusions",
    Topic.PERMISSIONS: "outcomes",
    Topic.DECISIONS: "entries",
    Topic.MONEY: "statements",
}


@dataclass(frozen=True, slots=True)
class ReportDifference:
    """One thing that differs between two reports."""

    topic: Topic
    change: Change
    title: str  # of the work, the subject of a decision, issuer and period of a statement
    said: Sentence  # from what to what; an empty template where there is nothing to add
    work: WorkId | None = None
    statement: StatementId | None = None

    @property
    def words(self) -> str:
        return self.said.text

    @property
    def what(self) -> str:
        """ "added", "gone" or "changed"."""
        return self.change.value


NOTHING_TO_ADD = Sentence("")
UNKNOWN_WORK = "a work that is not in the reports"


@dataclass(frozen=True, slots=True)
class Names:
    """Names of what rows speak of, from both reports, by id."""

    works: Mapping[str, str]
    releases: Mapping[str, str]
    programmes: Mapping[str, str]
    parties: Mapping[str, str]
    datasets: Mapping[str, str]
    models: Mapping[str, str]

    def subject(self, subject: Subject) -> str:
        match subject.kind:
            case SubjectKind.ALL:
                return ALL_MY_MUSIC
            case SubjectKind.RELEASE:
                return self.releases.get(subject.id, "a release that is not in the reports")
            case SubjectKind.WORK:
                return self.works.get(subject.id, UNKNOWN_WORK)
            case SubjectKind.PERSON:
                name = self.parties.get(subject.id, "")
                return f"Voice, name and image of {name}" if name else "Voice, name and image"


def in_words(difference: RowDifference, names: Names) -> ReportDifference:
    """A row that differs, of one of the tables of `TABLE_OF`."""
    row = difference.after if difference.after is not None else difference.before
    match row:
        case Work():
            return _work(difference, row)
        case InclusionStatement():
            return _inclusion(difference, row, names)
        case StatedOutcome():
            return _permission(difference, row, names)
        case LedgerEntry():
            return _decision(difference, row, names)
        case Statement():
            return _statement(difference, row)
        case _:
            raise TypeError(f"rows of {difference.table} are not told one by one")


# Works

_WORK_FIELDS: Mapping[str, str] = {
    "kind": "Kind",
    "title": "Title",
    "artists": "Artists",
    "version": "Version",
    "identifier": "Identifier",
    "credits": "Credits",
    "relations": "Relations",
    "aliases": "Other titles",
    "merged_ids": "Merged works",
    "duration_s": "Duration in seconds",
    "year": "Year",
    "unreleased": "Unreleased",
    "sources": "Sources",
    "contains_ai": "Made with AI",
    "grants": "Uses granted in messages",
    "other_identifiers": "Other identifiers",
    "shares": "Registered shares",
    "registrations": "Registrations",
}


def _work(difference: RowDifference, row: Work) -> ReportDifference:
    title = f"{row.title} ({row.version})" if row.version else row.title
    if difference.change is Change.CHANGED:
        said = _changed_fields(difference.before, difference.after, _WORK_FIELDS)
    else:
        kind = WORK_KIND[row.kind]
        said = (
            sentence("{kind}, {identifier}", kind=kind, identifier=row.identifier)
            if row.identifier
            else sentence("{kind}, without identifier", kind=kind)
        )
    return ReportDifference(Topic.WORKS, difference.change, title, said, row.id)


def _changed_fields(before: Any, after: Any, called: Mapping[str, str]) -> Sentence:
    """Each field that is not the same: short values from what to what, others by their name alone."""
    told = []
    for each in fields(after):
        was, now = getattr(before, each.name), getattr(after, each.name)
        if was == now:
            continue
        name = called.get(each.name, each.name.replace("_", " "))
        plain = [_plain(value) for value in (was, now)]
        if None in plain:
            told.append(name)
        else:
            told.append(f"{name}: {plain[0]} → {plain[1]}")
    return Sentence("{changes}", (("changes", "; ".join(told)),))


def _plain(value: Any) -> str | None:
    """A single value as it is read; None for one of many parts."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple) or hasattr(value, "__dataclass_fields__"):
        return None
    return str(value)


# Where works are


def _inclusion(difference: RowDifference, row: InclusionStatement, names: Names) -> ReportDifference:
    said = _from_to(difference, "{place}", _state, {"place": _place(row, names)})
    title = names.works.get(row.work, UNKNOWN_WORK)
    return ReportDifference(Topic.INCLUSIONS, difference.change, title, said, row.work)


def _place(row: InclusionStatement, names: Names) -> str:
    named = [
        names.programmes.get(row.programme or "", ""),
        names.datasets.get(row.dataset or "", ""),
        names.models.get(row.model or "", ""),
    ]
    return ", ".join(name for name in named if name) or "No programme named"


def _state(row: InclusionStatement) -> str:
    return f"{STATE_WORDS[row.state].format(who=row.stated_by)} ({day_in_words(row.as_of)})"


# What follows and what was said


def _permission(difference: RowDifference, row: StatedOutcome, names: Names) -> ReportDifference:
    place = {
        "programme": names.programmes.get(row.programme, row.programme),
        "use": words.USE[row.use][0],
    }
    said = _from_to(difference, "{programme}, {use}", lambda each: OUTCOME_WORDS[each.outcome], place)
    title = names.subject(Subject(row.kind, row.subject))
    work = WorkId(row.subject) if row.kind is SubjectKind.WORK else None
    return ReportDifference(Topic.PERMISSIONS, difference.change, title, said, work)


def _decision(difference: RowDifference, row: LedgerEntry, names: Names) -> ReportDifference:
    made = row.decision
    title = names.subject(made.register.subject) if made is not None else names.parties.get(row.artist, "")
    work = (
        WorkId(made.register.subject.id)
        if made is not None and made.register.subject.kind is SubjectKind.WORK
        else None
    )
    match difference.change:
        case Change.CHANGED:
            said = sentence(
                "Entry {n} of the ledger is not the same in both reports. A ledger only grows: one of the two"
                " is not what was recorded.",
                n=row.n,
            )
        case Change.GONE:
            said = sentence("Entry {n} of the ledger is not in the second report.", n=row.n)
        case Change.ADDED if made is None:
            kind = row.kind.value.replace("_", " ")
            said = sentence("Entry {n} of the ledger: {kind}", n=row.n, kind=kind)
        case Change.ADDED:
            assert made is not None, "the case before"
            programme = made.register.programme
            said = sentence(
                "{stance}: {use} in {programme}, {day}",
                stance=words.STANCE[made.stance],
                use=_use(made.register.use),
                programme=names.programmes.get(programme, programme) if programme else "every programme",
                day=day_in_words(row.recorded_at.date()),
            )
    return ReportDifference(Topic.DECISIONS, difference.change, title, said, work)


def _use(scope: UseScope) -> str:
    return use_words(scope)


# Money

_STATEMENT_FIELDS: Mapping[str, str] = {
    "issuer": "Issuer",
    "payee": "Payee",
    "period_from": "Period from",
    "period_until": "Period until",
    "currency": "Currency",
    "line_count": "Lines",
    "declared_total": "Declared total",
    "received_on": "Received on",
    "opening_balance": "Opening balance",
    "closing_balance": "Closing balance",
    "paid": "Paid",
    "sha256": "The file that it was read from",
    "lines_sha256": "The file of its lines",
}


def _statement(difference: RowDifference, row: Statement) -> ReportDifference:
    if difference.change is Change.CHANGED:
        said = _changed_fields(difference.before, difference.after, _STATEMENT_FIELDS)
    elif row.declared_total is not None:
        said = Sentence("{money}", (("money", money_in_words(row.declared_total, row.currency)),))
    else:
        said = sentence("No total is declared")
    return ReportDifference(Topic.MONEY, difference.change, statement_title(row), said, None, row.id)


def statement_title(row: Statement) -> str:
    return f"{row.issuer}, {period_in_words(row.period_from, row.period_until)}"


def _from_to(
    difference: RowDifference, about: str, said: Callable[[Any], str], about_fields: Mapping[str, str]
) -> Sentence:
    """ "Programme, use: was → now", or what there is of it."""
    was = said(difference.before) if difference.before is not None else ""
    now = said(difference.after) if difference.after is not None else ""
    if difference.change is Change.CHANGED:
        return sentence(about + ": {was} → {now}", **about_fields, was=was, now=now)
    return sentence(about + ": {said}", **about_fields, said=was or now)


def names_by_id(pairs: Iterable[tuple[str, ...]]) -> dict[str, str]:
    return {id: name for id, name, *_ in pairs}
