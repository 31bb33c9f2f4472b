"""The tables of an opened report: works, answers, places. Read only, in the order they are given."""

from __future__ import annotations

from artist_console.commands.history import HistoryRow
from artist_console.commands.inclusions import PlaceRow
from artist_console.commands.reports import ReportWork
from artist_console.domain import words, work_words
from artist_console.domain.registers import Stance, UseScope, UseScopeKind
from artist_console.domain.uses import Family, Use
from artist_console.ui.delegates.cells import Cell, ChipCell, TextCell
from artist_console.ui.looks import grade_chip, outcome_chip
from artist_console.ui.meanings import domain_words, state_chip
from artist_console.ui.tables.fixed_rows import FixedRows
from artist_console.ui.text import say
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue


class ReportWorksModel(FixedRows[ReportWork]):
    """Works with the permission computed again from the report's own rows, where it is verified."""

    verified = True

    def headers(self) -> tuple[str, ...]:
        return (say("report", "Work"), say("report", "Permission, computed again"), say("report", "Code"))

    def cell(self, row: ReportWork, column: int) -> Cell:
        match column:
            case 0:
                second = " · ".join(part for part in (row.artist_name, row.release_title) if part)
                return TextCell(_title(row), second, weight="medium")
            case 1 if not self.verified:
                return TextCell(say("report", "Not verified, not computed"), tone=Token.TEXT_3)
            case 1 if row.differs:
                claims = say("report", "The report says otherwise")
                return ChipCell(ChipValue(ChipMeaning.CHANGED_AFTER_SIGNING, claims))
            case 1 if row.outcome is not None:
                return ChipCell(outcome_chip(row.outcome))
            case 1:
                return TextCell(domain_words(work_words.NO_PROGRAMME), tone=Token.TEXT_3)
            case _:
                return TextCell(row.work.identifier or "", tone=Token.TEXT_2)


class ReportHistoryModel(FixedRows[HistoryRow]):
    """Answers, the newest first."""

    def headers(self) -> tuple[str, ...]:
        return (
            say("report", "About"),
            say("report", "Use"),
            say("report", "Answer"),
            say("report", "Recorded"),
            say("report", "Receipt"),
        )

    def cell(self, row: HistoryRow, column: int) -> Cell:
        match column:
            case 0:
                programme = row.programme or say("report", "Every programme")
                return TextCell(row.subject, programme, weight="medium")
            case 1:
                return TextCell(use_words(row.use), row.terms, tone=Token.TEXT)
            case 2:
                return ChipCell(stance_chip(row.stance))
            case 3:
                return TextCell(self._figures.day_and_time(row.when), tone=Token.TEXT_2)
            case _:
                there = say("report", "In the report") if row.receipt else say("report", "Not in the report")
                return TextCell(there, tone=Token.TEXT_2)


class ReportPlacesModel(FixedRows[PlaceRow]):
    """Where works are reported, strongest state first; listed and used stay separate rows."""

    def headers(self) -> tuple[str, ...]:
        return (
            say("report", "Work"),
            say("report", "Programme"),
            say("report", "State"),
            say("report", "Evidence"),
            say("report", "As of"),
        )

    def cell(self, row: PlaceRow, column: int) -> Cell:
        match column:
            case 0:
                return TextCell(row.work_title, row.model or row.dataset, weight="medium")
            case 1:
                return TextCell(row.programme_name or row.dataset, row.operator_name)
            case 2:
                return ChipCell(state_chip(row.state, row.stated_by))
            case 3:
                return ChipCell(grade_chip(row.grade))
            case _:
                return TextCell(self._figures.day(row.as_of), tone=Token.TEXT_2)


def _title(row: ReportWork) -> str:
    work = row.work
    if not work.version:
        return work.title
    return say("report", "{title} ({version})", title=work.title, version=work.version)


def use_words(scope: UseScope) -> str:
    """A use, a family of uses, or every use."""
    match scope.kind:
        case UseScopeKind.KEY:
            return domain_words(words.USE[Use(scope.name)][0])
        case UseScopeKind.FAMILY:
            return domain_words(words.FAMILY[Family(scope.name)][0])
        case UseScopeKind.ANY:
            return say("report", "Every use")


def stance_chip(stance: Stance) -> ChipValue:
    match stance:
        case Stance.ALLOW:
            return ChipValue(ChipMeaning.ALLOWED)
        case Stance.REFUSE:
            return ChipValue(ChipMeaning.REFUSED)
        case Stance.CLEAR:
            return ChipValue(ChipMeaning.UNDECIDED, say("report", "Cleared"))
