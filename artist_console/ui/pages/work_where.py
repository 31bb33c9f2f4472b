"""In the details of a work: its findings, where it is, and how far its removals have come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import hits as hits_commands
from artist_console.commands import removals as removal_commands
from artist_console.commands.console import Console
from artist_console.commands.hits import HitGroup
from artist_console.commands.inclusions import PlaceRow
from artist_console.commands.work_details import WorkDetails
from artist_console.domain.finding import Finding
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.inclusion_states import EvidenceGrade
from artist_console.domain.removals import RemovalCase
from artist_console.domain.trace import FactKind
from artist_console.domain.work_rows import WorkSummary
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.dismiss import DismissDialog
from artist_console.ui.dialogs.evidence import EvidenceDialog, listed_words
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.removal import RemovalDialog, case_lines
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import LetterStart, about_finding, can_be_written_about
from artist_console.ui.looks import grade_chip
from artist_console.ui.meanings import sentence
from artist_console.ui.places import Place
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.details import DetailsPanel
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Disclosure, Note


@dataclass(frozen=True, slots=True)
class BesideWork:
    """What is known of a work beside its details."""

    removals: tuple[RemovalCase, ...] = ()
    hits: tuple[HitGroup, ...] = ()

    @property
    def open_rows(self) -> int:
        return sum(group.open for group in self.hits)


NOTHING_BESIDE = BesideWork()


def beside_work(console: Console, work: WorkId, artist: ArtistId | None) -> BesideWork:
    return BesideWork(
        removal_commands.list_removals(console, artist, work),
        hits_commands.list_hits(console, artist, work),
    )


class WhereSections:
    """Fills the sections of a panel for one work."""

    def __init__(self, desk: Desk, panel: DetailsPanel, details: WorkDetails, beside: BesideWork) -> None:
        self._desk, self._panel = desk, panel
        self._details, self._beside = details, beside
        self._work = details.summary.work

    # Findings

    def add_findings(self) -> None:
        found = self._details.findings
        if not found:
            return
        own = [finding for finding in found if finding.work == self._work]
        shared = [finding for finding in found if finding.work != self._work]
        every = self._link(say("details", "All about it"), f"findings/{self._work}")
        every.setAccessibleName(say("details", "All findings about this work, the dismissed ones too"))
        section = self._panel.add_section(
            say_count("details", "A finding", "{n} findings", len(found)), every
        )
        section.setSpacing(12)
        for finding in own:
            section.addLayout(self._finding(finding))
        if shared:
            # What is about many works at once would bury what is about this one.
            listed = QWidget()
            listed.setLayout(column(*(self._finding(finding) for finding in shared), gap=12))
            words_of = say_count("details", "1 about several works", "{n} about several works", len(shared))
            section.addWidget(Disclosure(self._desk.theme, words_of, listed))

    def _finding(self, finding: Finding) -> QVBoxLayout:
        title = sentence(finding.title)
        said = " ".join(sentence(part) for part in finding.words)
        dismiss = LinkButton(self._desk.theme, say("details", "Dismiss…"))
        dismiss.setAccessibleName(say("details", "Dismiss: {finding}", finding=title))
        dismiss.clicked.connect(partial(_dismiss, self._desk, finding, self._panel))
        links = row(gap=14)
        behind = self._behind(finding)
        if behind:
            evidence = LinkButton(self._desk.theme, say("details", "Evidence"))
            evidence.setAccessibleName(say("details", "Evidence of: {finding}", finding=title))
            evidence.clicked.connect(partial(_show_evidence, self._desk, title, behind, self._panel))
            links.addWidget(evidence)
        if can_be_written_about(finding):
            write = LinkButton(self._desk.theme, say("details", "Write about this…"))
            write.setAccessibleName(say("details", "Write about: {finding}", finding=title))
            write.clicked.connect(partial(_write, self._desk, finding, self._panel))
            links.addWidget(write)
        links.addWidget(dismiss)
        links.addStretch(1)
        return column(
            label(title, weight="medium", wrap=True),
            label(said, tone=Token.TEXT_2, wrap=True),
            links,
            gap=3,
        )

    def _behind(self, finding: Finding) -> tuple[PlaceRow, ...]:
        """The places of this work of which the finding names a statement."""
        named = {fact.id for fact in finding.facts if fact.kind == FactKind.INCLUSION.value}
        return tuple(place for place in self._details.places if not named.isdisjoint(place.statements))

    # Where it is

    def add_places(self, show_evidence: Callable[[], None]) -> None:
        theme, places = self._desk.theme, self._details.places
        evidence = LinkButton(theme, say("details", "Show evidence"))
        evidence.clicked.connect(show_evidence)
        section = self._panel.add_section(say("details", "Where it is"), evidence if places else None)
        section.setSpacing(14)
        if not places:
            nothing = say(
                "details",
                "Nothing reported. Nobody has said that it is used; that does not show that it is not.",
            )
            section.addWidget(label(nothing, tone=Token.TEXT_2, wrap=True))
        stated = [place for place in places if not _is_public(place)]
        listed = [place for place in places if _is_public(place)]
        for name, held in _by_programme(stated):
            self._add_programme(section, name, held)
        if listed:
            self._add_lists(section, listed)
        self._add_rows_to_answer(section)
        links = row(gap=14)
        if places:
            links.addWidget(self._link(say("details", "Where it leads…"), f"lineage/{self._work}"))
        links.addWidget(self._link(say("details", "Timeline…"), f"timeline/{self._work}"))
        write = LinkButton(self._desk.theme, say("details", "Write about this…"))
        write.setAccessibleName(say("details", "Write a letter about this work…"))
        write.clicked.connect(partial(_write_about_work, self._desk, self._details.summary, self._panel))
        links.addWidget(write)
        links.addStretch(1)
        section.addLayout(links)

    def _add_programme(self, section: QVBoxLayout, name: str, places: Sequence[PlaceRow]) -> None:
        """A line for each dataset and each model: being listed and being used stay apart."""
        told = column(label(name, weight="strong", wrap=True), gap=6)
        for place in places:
            told.addLayout(self._place(place, name))
        agreements = dict.fromkeys(place.agreement for place in places)
        for agreement in agreements:
            words = agreement or say("details", "No agreement shown")
            told.addWidget(Note(self._desk.theme, words, Tint.NEUTRAL, Icon.LINK))
        section.addLayout(told)

    def _place(self, place: PlaceRow, heading: str) -> QVBoxLayout:
        """What is said of one place, below the heading, which is not said again."""
        theme = self._desk.theme
        if place.model:
            name = say("details", "Model {name}", name=isolate(place.model))
        elif place.dataset:
            name = say("details", "Dataset {name}", name=isolate(place.dataset))
        else:
            name = place.programme_name or place.stated_by
        states = label(self._state_words(place), tone=Token.TEXT_2, wrap=True)
        first = states if name == heading else label(name, weight="medium", wrap=True)
        head = row(first, Chip(theme, grade_chip(place.grade)), gap=8)
        head.setStretch(0, 1)
        told = column(head, gap=2)
        if first is not states:
            told.addWidget(states)
        if place.parents:
            family = say("details", "It is {family}.", family=", ".join(place.parents))
            told.addWidget(label(family, TextRole.SMALL, Token.TEXT_3, wrap=True))
        for against in place.against:
            words = say("details", "Contradicted on the same day: {words}", words=against)
            told.addWidget(Note(theme, words, Tint.CONFLICT, Icon.TWO_ARROWS))
        if place.case:
            link = LinkButton(theme, say("details", "From a reply: show the case"))
            link.setAccessibleName(
                say("details", "Show the case in which {name} said so", name=place.stated_by)
            )
            link.clicked.connect(partial(self._desk.go, Place("letters", f"case/{place.case}")))
            told.addLayout(row(link, None))
        return told

    def _state_words(self, place: PlaceRow) -> str:
        state = sentence(place.said)
        return say("details", "{state}, as of {day}.", state=state, day=self._desk.figures.day(place.as_of))

    def _add_lists(self, section: QVBoxLayout, places: Sequence[PlaceRow]) -> None:
        theme = self._desk.theme
        told = column(label(say("details", "Public lists"), weight="strong"), gap=6)
        for place in places:
            name = label(place.dataset or place.stated_by, weight="medium", wrap=True)
            head = row(name, Chip(theme, grade_chip(place.grade)), gap=8)
            head.setStretch(0, 1)
            each = column(head, label(self._listed(place), tone=Token.TEXT_2, wrap=True), gap=2)
            for against in place.against:
                words = say("details", "Contradicted on the same day: {words}", words=against)
                each.addWidget(Note(theme, words, Tint.CONFLICT, Icon.TWO_ARROWS))
            if place.dataset_id is not None:
                about = self._link(say("details", "About this list"), f"list/{place.dataset_id}")
                about.setAccessibleName(say("details", "About the list {name}", name=isolate(place.dataset)))
                each.addLayout(row(about, None))
            told.addLayout(each)
        caveat = say("details", "Being listed is not the same as being used in a model.")
        told.addWidget(label(caveat, TextRole.SMALL, Token.TEXT_2, wrap=True))
        section.addLayout(told)

    def _listed(self, place: PlaceRow) -> str:
        """How the list stands today is not known here: the day is that of the comparison."""
        state = sentence(place.said)
        day = self._desk.figures.day(place.as_of)
        said = say("details", "{state}; looked up on {day}.", state=state, day=day)
        return " ".join(part for part in (said, listed_words(place.listed)) if part)

    def _add_rows_to_answer(self, section: QVBoxLayout) -> None:
        if not self._beside.hits:
            return
        count = self._beside.open_rows
        if count:
            words = say_count("details", "Is it yours? 1 row to answer…", "Yours? {n} rows to answer…", count)
        else:
            words = say("details", "Your answers about the rows…")
        section.addLayout(row(self._link(words, f"hits/{self._work}"), None))

    # Removals

    def add_removals(self) -> None:
        cases = self._beside.removals
        if not cases:
            return
        section = self._panel.add_section(say_count("details", "Removal", "Removals", len(cases)))
        section.setSpacing(14)
        for case in cases:
            told = case_lines(self._desk, case, with_work=False)
            record = LinkButton(self._desk.theme, say("details", "Record what happened…"))
            record.setAccessibleName(
                say("details", "Record what happened in {place}…", place=isolate(case.place))
            )
            record.clicked.connect(partial(_record, self._desk, case, self._panel))
            told.addLayout(row(record, None))
            section.addLayout(told)

    def _link(self, words: str, item: str) -> LinkButton:
        link = LinkButton(self._desk.theme, words)
        link.clicked.connect(partial(_open_sheet, self._desk, item))
        return link


def _open_sheet(desk: Desk, item: str) -> None:
    desk.sheet_wished.emit(item)


def _show_evidence(desk: Desk, title: str, places: tuple[PlaceRow, ...], panel: QWidget) -> None:
    EvidenceDialog(desk, title, places, panel.window()).open()


def _dismiss(desk: Desk, finding: Finding, panel: QWidget) -> None:
    DismissDialog(desk, finding, panel.window()).open()


def _write(desk: Desk, finding: Finding, panel: QWidget) -> None:
    NewLetterDialog(desk, panel.window(), about_finding(finding)).open()


def _write_about_work(desk: Desk, work: WorkSummary, panel: QWidget) -> None:
    start = LetterStart(artists=(work.artist,), works=(work.work,))
    NewLetterDialog(desk, panel.window(), start).open()


def _record(desk: Desk, case: RemovalCase, panel: QWidget) -> None:
    RemovalDialog(desk, case, panel.window()).open()


def _is_public(place: PlaceRow) -> bool:
    return place.is_listing or place.grade is EvidenceGrade.PUBLIC_DATASET


def _by_programme(places: Sequence[PlaceRow]) -> tuple[tuple[str, tuple[PlaceRow, ...]], ...]:
    """In the order of the strongest state of each; datasets before the models made of them."""
    held: dict[str, list[PlaceRow]] = {}
    for place in places:
        held.setdefault(place.programme_name or place.operator_name or place.stated_by, []).append(place)
    return tuple((name, tuple(sorted(each, key=lambda p: bool(p.model)))) for name, each in held.items())
