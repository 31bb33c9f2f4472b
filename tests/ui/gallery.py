"""Pictures of the whole kit in both themes, to be looked at beside the design.

QT_QPA_PLATFORM=offscreen python -m tests.ui.gallery FOLDER
The names are invented; the figures add up.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from artist_console.domain.registers import Stance
from artist_console.host.settings import Theme as ThemeChoice
from artist_console.ui.charts.bars import SmallBars
from artist_console.ui.charts.chart_card import ChartCard
from artist_console.ui.charts.values import ChartData, Nature, Series
from artist_console.ui.delegates.cells import (
    CELL_ROLE,
    Cell,
    ChipCell,
    MatrixCell,
    MoneyCell,
    PermissionCell,
    TextCell,
    TreeCell,
    WorkCell,
    spoken,
)
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.frame.rail import RailItem
from artist_console.ui.frame.shell import Shell
from artist_console.ui.icons import Icon
from artist_console.ui.text import label
from artist_console.ui.theme import Appearance, Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import (
    Button,
    ButtonKind,
    CheckBox,
    IconButton,
    LinkButton,
    RadioButton,
    Select,
)
from artist_console.ui.widgets.cards import Banner, Card, ListRow, MetricCard
from artist_console.ui.widgets.chips import Chip, ChipMeaning, ChipValue
from artist_console.ui.widgets.details import DetailsPanel
from artist_console.ui.widgets.fields import Field, SearchField
from artist_console.ui.widgets.layout import FlowLayout, column, row
from artist_console.ui.widgets.page import Page
from artist_console.ui.widgets.pictures import Badge, Cover
from artist_console.ui.widgets.pills import FilterPill, PillGroup, RemovablePill
from artist_console.ui.widgets.sections import Disclosure, KeyValues, Note, Rule, SectionHeading
from artist_console.ui.widgets.states import EmptyState, ErrorState
from artist_console.ui.widgets.three_state import ThreeStateControl

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

MONTHS = ("Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov")
LONG_MONTHS = (
    "December 2024",
    "January 2025",
    "February 2025",
    "March 2025",
    "April 2025",
    "May 2025",
    "June 2025",
    "July 2025",
    "August 2025",
    "September 2025",
    "October 2025",
    "November 2025",
)


def euro(amount: Decimal) -> str:
    return f"€{amount:,.2f}"


def euro_round(amount: Decimal) -> str:
    return f"€{amount:,.0f}"


class CellsModel(QAbstractTableModel):
    """Rows of cells as they are given, with a box to choose each where `chosen` is a set."""

    def __init__(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        boxes: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._headers = headers
        self._rows = rows
        self._boxes = boxes
        self.chosen: set[int] = set()
        self.sunken: set[int] = set()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> str | None:
        wanted = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._headers[section] if wanted else None

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid():
            return None
        if self._boxes and index.column() == 0:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if index.row() in self.chosen else Qt.CheckState.Unchecked
            return None
        cell = self._rows[index.row()][index.column() - (1 if self._boxes else 0)]
        match role:
            case _ if role == CELL_ROLE:
                return cell
            case Qt.ItemDataRole.DisplayRole:
                return cell.spoken()
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(self._headers[index.column()].partition("\n")[0], cell)
            case Qt.ItemDataRole.BackgroundRole:
                return Token.SUNKEN if index.row() in self.sunken else None
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid():
            return flags
        if self._boxes and index.column() == 0:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = 0) -> bool:
        if role == Qt.ItemDataRole.CheckStateRole and self._boxes and index.column() == 0:
            if Qt.CheckState(value) is Qt.CheckState.Checked:
                self.chosen.add(index.row())
            else:
                self.chosen.discard(index.row())
            self.dataChanged.emit(index, index, [role])
            return True
        return False


WORK_COLUMNS = (
    Column("choose", 44, 44, check=True),
    Column("work", 190, 150, stretch=True),
    Column("where", 166, 120),
    Column("permission", 240, 190),
    Column("earned", 110, 84, gives_way=2, end=True),
    Column("changed", 92, 70, gives_way=1, end=True),
)


def works_model(parent: QObject | None = None) -> CellsModel:
    """Works as in the picture, in the words of the text."""
    M = ChipMeaning
    R, F, A = Stance.REFUSE, Stance.CLEAR, Stance.ALLOW
    ferry, rooms, norr = "Night Ferry", "Small Rooms", "Norrsken EP"

    def line(
        title: str,
        release: str,
        chip: ChipValue,
        value: Stance | None,
        words: str,
        tint: Tint | None,
        second: str,
        earned: str,
        changed: str,
        waiting: bool = False,
    ) -> tuple[Cell, ...]:
        return (
            WorkCell(release, title, release),
            ChipCell(chip),
            PermissionCell(value, words, second, tint, waiting, f"Follow {release}"),
            MoneyCell(earned, quiet=earned == "–"),
            TextCell(changed, tone=Token.TEXT_2, end=True),
        )

    rows = (
        line(
            "Salt Lines",
            ferry,
            ChipValue(M.TRAINED, "Harmonia says: trained, 2 models"),
            A,
            "Allowed",
            Tint.ALLOW,
            "",
            "€1,284.42",
            "Today",
            waiting=True,
        ),
        line(
            "Harbour Lights",
            ferry,
            ChipValue(M.IN_DATASET),
            F,
            "Allowed",
            Tint.ALLOW,
            f"from {ferry}",
            "€962.10",
            "Today",
        ),
        line(
            "Cold Water Choir",
            ferry,
            ChipValue(M.NOTHING_REPORTED),
            F,
            "Differs by use",
            None,
            f"from {ferry}",
            "–",
            "Yesterday",
        ),
        line(
            "Lantern Year",
            ferry,
            ChipValue(M.FINDING, "Used after your refusal"),
            R,
            "Refused",
            Tint.REFUSE,
            "",
            "€214.75",
            "3 Nov",
        ),
        line(
            "Ferryman's Daughter",
            ferry,
            ChipValue(M.NOTHING_REPORTED),
            F,
            "Allowed",
            Tint.ALLOW,
            f"from {ferry}",
            "–",
            "3 Nov",
        ),
        line(
            "Glasshouse", rooms, ChipValue(M.REMOVAL_ASKED), R, "Refused", Tint.REFUSE, "", "€88.30", "2 Nov"
        ),
        line(
            "Paper Boats",
            rooms,
            ChipValue(M.TRAINED_BEFORE_REFUSAL),
            F,
            "Refused",
            Tint.REFUSE,
            f"from {rooms}",
            "€12.40",
            "28 Oct",
        ),
        line(
            "Two Candles (with Ola Bergh)",
            rooms,
            ChipValue(M.QUARANTINED),
            A,
            "Not everyone has agreed",
            Tint.ASK,
            "",
            "€401.66",
            "28 Oct",
        ),
        line(
            "Window Seat",
            rooms,
            ChipValue(M.NOTHING_REPORTED),
            F,
            "Objected, Fieldnote decides",
            Tint.REFUSE,
            f"from {rooms}",
            "–",
            "28 Oct",
        ),
        line(
            "Slow Radio",
            rooms,
            ChipValue(M.SUSPECTED),
            F,
            "Refused",
            Tint.REFUSE,
            f"from {rooms}",
            "–",
            "21 Oct",
        ),
        line(
            "Norrsken",
            norr,
            ChipValue(M.TRAINED, "Trained, 4 models"),
            A,
            "Allowed",
            Tint.ALLOW,
            "",
            "€2,310.05",
            "19 Oct",
        ),
        line(
            "Norrsken (Instrumental)",
            norr,
            ChipValue(M.TRAINED, "Trained, 4 models"),
            A,
            "Allowed",
            Tint.ALLOW,
            "",
            "€1,752.88",
            "19 Oct",
        ),
        line(
            "First Thaw",
            norr,
            ChipValue(M.IN_DATASET),
            F,
            "Licensed by others",
            None,
            f"from {norr}",
            "€640.12",
            "19 Oct",
        ),
        line(
            "Birch",
            norr,
            ChipValue(M.NOTHING_REPORTED),
            F,
            "New terms",
            Tint.ASK,
            f"from {norr}",
            "–",
            "4 Oct",
        ),
        line(
            "Ten Past Never",
            "Kitchen Tapes",
            ChipValue(M.REMOVED),
            R,
            "Refused",
            Tint.REFUSE,
            "",
            "€56.20",
            "12 Sep",
        ),
    )
    return CellsModel(
        ("", "Work", "Where it is", "Permission", "Earned", "Changed"), rows, boxes=True, parent=parent
    )


def works_table(theme: Theme) -> DataTable:
    table = DataTable(theme, "Works")
    table.setModel(works_model(table))
    table.set_columns(WORK_COLUMNS)
    table.set_check_state(Qt.CheckState.Unchecked)
    return table


def works_page(theme: Theme) -> Page:
    page = Page(theme, "Works")
    page.set_count("128")
    page.add_action(Button(theme, "Export", icon=Icon.EXPORT))
    page.add_action(Button(theme, "Change decision…", ButtonKind.PRIMARY, Icon.CONSENT))
    pills = PillGroup(theme, "Works shown")
    pills.set_pills(
        [
            ("all", "All", None),
            ("in", "Reported", 41),
            ("you", "Needs you", 6),
            ("no", "Refused", 23),
            ("f", "Findings", 1),
        ]
    )
    page.add_filter(pills)
    page.filter_end(Button(theme, "Filter", ButtonKind.QUIET, Icon.FILTER))
    table = works_table(theme)
    table.selectRow(0)
    page.set_content(table, margins=False)
    return page


def single_series() -> ChartData:
    values = tuple(
        Decimal(v)
        for v in (
            "44.10",
            "44.10",
            "92.30",
            "63.85",
            "108.20",
            "108.20",
            "98.70",
            "142.60",
            "121.04",
            "160.50",
            "147.90",
            "160.53",
        )
    )
    return ChartData(
        MONTHS,
        LONG_MONTHS,
        (Series("ai", "AI programmes", Nature.COUNTED, values),),
        euro,
        "Earned in twelve months, highest in November 2025.",
        euro_round,
    )


def three_series(*, estimated: bool = True) -> ChartData:
    first = (226, 272, 210, 330, 374, 340, 440, 418, 506, 534, 540, 634)
    second = (126, 150, 112, 178, 200, 182, 226, 214, 256, 266, 262, 308)
    third = (71, 91, 70, 116, 135, 122, 168, 162, 203, 213, 222, 263)
    last = tuple(Decimal(v) for v in third)
    return ChartData(
        MONTHS,
        LONG_MONTHS,
        (
            Series("harmonia", "Harmonia Lab", Nature.COUNTED, tuple(Decimal(v) for v in first)),
            Series("openstem", "OpenStem", Nature.COUNTED, tuple(Decimal(v) for v in second)),
            Series(
                "northlight",
                "Northlight",
                Nature.ESTIMATED if estimated else Nature.COUNTED,
                last,
                tuple((v * Decimal("0.8"), v * Decimal("1.3")) for v in last),
            ),
        ),
        euro,
        "Earnings by programme in twelve months, highest in November 2025.",
        euro_round,
    )


def details_panel(theme: Theme) -> DetailsPanel:
    panel = DetailsPanel(theme)
    panel.open_kind("work", "glass-harbour")
    panel.set_head("Night Ferry", "Salt Lines", "Night Ferry · 2024", "SE-FNR-24-00417")
    control = ThreeStateControl(theme, "Follow album")
    control.set_value(Stance.ALLOW)
    decision = QWidget()
    decision.setLayout(
        column(
            label("Your decision for this recording, all uses", weight="strong"),
            control,
            label(
                "Programmes with an agreement may use this recording. You can change this at any time;"
                " a model that has already learned from it keeps what it learned.",
                tone=Token.TEXT_2,
                wrap=True,
            ),
        )
    )
    panel.add(decision)
    earned = panel.add_section("Earned from AI programmes", label("12 months", TextRole.SMALL, Token.TEXT_2))
    earned.addLayout(
        row(label("€1,284.42", TextRole.TITLE), Chip(theme, ChipValue(ChipMeaning.ADDS_UP)), None)
    )
    bars = SmallBars(theme)
    bars.show_data(single_series())
    earned.addWidget(bars)
    places = panel.add_section("Where it is", LinkButton(theme, "Show evidence"))
    for name, chip, words, proof in (
        (
            "Harmonia Lab",
            ChipMeaning.SIGNED_BY_OPERATOR,
            "Dataset Nordic Songs 3, model Harmonia 2. Trained on 4 June.",
            "Fieldnote × Harmonia, signed 2024",
        ),
        (
            "OpenStem",
            ChipMeaning.OPERATOR_SAYS,
            "Dataset Stem Set 11. Not trained yet.",
            "Fieldnote × OpenStem, signed 2023",
        ),
        (
            "Cadence Research",
            ChipMeaning.PUBLIC_LIST,
            "Listed in the public dataset OpenListen.",
            "No agreement known",
        ),
    ):
        places.addLayout(row(label(name, weight="strong"), None, Chip(theme, ChipValue(chip))))
        places.addWidget(label(words, tone=Token.TEXT_2, wrap=True))
        places.addWidget(Note(theme, proof, icon=Icon.LINK))
        places.addWidget(Rule(theme))
    return panel


def shell(theme: Theme) -> Shell:
    made = Shell(theme)
    made.rail.set_app_name("Artist Console")
    made.rail.set_items(
        [
            RailItem("overview", "Overview", Icon.OVERVIEW),
            RailItem("works", "Works", Icon.WORKS),
            RailItem("consent", "Consent", Icon.CONSENT),
            RailItem("earnings", "Earnings", Icon.EARNINGS),
            RailItem("roster", "Roster", Icon.ROSTER),
            RailItem("reports", "Reports", Icon.REPORTS),
        ],
        [RailItem("settings", "Settings", Icon.SETTINGS)],
    )
    made.rail.set_badge("consent", 6, "6 questions wait")
    made.top_bar.set_artist("Mara Lindqvist", "Mara Lindqvist", "Fieldnote Records")
    made.top_bar.set_sync("Up to date")
    return made


def works_window(theme: Theme) -> Shell:
    made = shell(theme)
    made.add_page("works", works_page(theme))
    made.show_page("works")
    return made


def overview_page(theme: Theme) -> Page:
    page = Page(
        theme,
        "Good morning, Mara",
        "Since Monday: 2 recordings were added to a dataset, and one statement arrived.",
    )
    grid = QGridLayout()
    grid.setSpacing(16)
    earned = MetricCard(theme, "Earned this year")
    earned.show_figure("€9,840.17", "€1,204.60 in November, more than in October")
    reported = MetricCard(theme, "Reported in AI programmes")
    reported.show_figure(
        "41 of 128", "Three operators report", ChipValue(ChipMeaning.IN_DATASET, "2 added this week")
    )
    waiting = MetricCard(theme, "Waiting for you")
    waiting.show_figure("6 questions", "oldest: 4 days", ChipValue(ChipMeaning.WAITING, "Needs you"))
    for place, card in enumerate((earned, reported, waiting)):
        grid.addWidget(card, 0, place)
        grid.setColumnStretch(place, 1)
    chart = ChartCard(theme, "Earnings by programme")
    chart.chart.setMinimumHeight(220)
    chart.show_data(three_series())
    grid.addWidget(chart, 1, 0, 1, 2)
    waits = Card(theme, "Waiting for you")
    waits.body.setSpacing(4)
    for icon, tint, title, detail in (
        (
            Icon.QUESTION,
            Tint.ASK,
            "Northlight asks about Cold Water Choir",
            "Covers and remixes · answer by 30 Nov",
        ),
        (Icon.TRIANGLE, Tint.DENY, "Used after your refusal: Lantern Year", "12 days after you refused"),
        (Icon.CLOCK, Tint.ASK, "Glasshouse: removal not confirmed", "Asked 12 days ago · Harmonia Lab"),
        (Icon.SHIELD, Tint.INFO, "October statement: check it", "Fieldnote Records · €1,021.40"),
    ):
        waits.add(ListRow(theme, icon, tint, title, detail))
    waits.body.addStretch(1)
    waits.body.addWidget(LinkButton(theme, "See all 6"), 0, Qt.AlignmentFlag.AlignLeft)
    grid.addWidget(waits, 1, 2)
    changed = Card(theme, "What changed", LinkButton(theme, "Mark all as seen"))
    changed.body.setSpacing(4)
    for icon, tint, title, detail in (
        (
            Icon.LAYERS,
            Tint.INFO,
            "Salt Lines was added to the dataset Nordic Songs 3",
            "Harmonia Lab · signed by the operator · today 08:12",
        ),
        (Icon.CHECK, Tint.ALLOW, "You allowed Norrsken for stems", "Receipt AC-2291 · 19 October"),
        (
            Icon.CHECK,
            Tint.NEUTRAL,
            "OpenStem says it removed Ten Past Never",
            "Said by the operator · 12 September",
        ),
    ):
        line = ListRow(theme, icon, tint, title, detail)
        line.set_new(icon is Icon.LAYERS)
        changed.add(line)
    grid.addWidget(changed, 2, 0, 1, 3)
    content = QWidget()
    content.setLayout(grid)
    page.set_content(content, scrolls=True)
    return page


def matrix_page(theme: Theme) -> Page:
    M = ChipMeaning
    page = Page(
        theme,
        "Consent",
        "Decide how AI programmes may use your music. A no on an album covers its works.",
    )
    page.add_action(Button(theme, "History", icon=Icon.HISTORY))
    page.add_action(Button(theme, "Undo", icon=Icon.UNDO))
    page.add_action(Button(theme, "Review 3 changes…", ButtonKind.PRIMARY, Icon.CHECK))
    pills = PillGroup(theme, "Columns")
    pills.set_pills([("use", "By kind of use", None), ("programme", "By programme", None)])
    page.add_filter(pills)

    def own(meaning: ChipMeaning, **more: bool) -> MatrixCell:
        return MatrixCell(ChipValue(meaning), True, **more)

    def follows(meaning: ChipMeaning) -> MatrixCell:
        return MatrixCell(ChipValue(meaning), False)

    rows = (
        (
            TreeCell("All my music", "Your default", 0, True, True, Icon.WORKS),
            own(M.REFUSED),
            own(M.ALLOWED),
            own(M.UNDECIDED),
            own(M.REFUSED),
            own(M.UNDECIDED),
        ),
        (
            TreeCell("Night Ferry", "Album · 9 works", 1, True, True),
            own(M.ALLOWED),
            follows(M.ALLOWED),
            follows(M.UNDECIDED),
            follows(M.REFUSED),
            follows(M.UNDECIDED),
        ),
        (
            TreeCell("Salt Lines", "", 2),
            own(M.ALLOWED),
            follows(M.ALLOWED),
            own(M.ALLOW_TO_REVIEW, draft=True),
            follows(M.REFUSED),
            own(M.REFUSED),
        ),
        (
            TreeCell("Cold Water Choir", "", 2),
            follows(M.ALLOWED),
            follows(M.ALLOWED),
            own(M.ASKED),
            follows(M.REFUSED),
            follows(M.UNDECIDED),
        ),
        (
            TreeCell("Norrsken EP", "EP · 4 works", 1, True, False),
            own(M.ALLOWED),
            own(M.LICENSED_BY_OTHERS),
            own(M.ALLOWED, waiting=True),
            follows(M.REFUSED),
            own(M.NEW_TERMS),
        ),
        (
            TreeCell("Kitchen Tapes", "Collection · 12 works", 1, True, False),
            own(M.REFUSED),
            own(M.OBJECTED),
            own(M.REFUSED),
            own(M.REFUSED),
            own(M.REFUSED),
        ),
    )
    headers = (
        "",
        "Training\nTeaching a model",
        "Research\nStudy and measure",
        "New music\nCovers, remixes, style",
        "Voice & likeness\nYour voice, name, face",
        "Further use\nExport, passing on",
    )
    table = DataTable(theme, "Decisions", cells=True)
    model = CellsModel(headers, rows, parent=table)
    model.sunken = {0}
    table.setModel(model)
    table.set_columns(
        [Column("music", 300, 200, sortable=False)]
        + [Column(f"c{i}", 176, 120, sortable=False) for i in range(5)]
    )
    table.setCurrentIndex(model.index(3, 3))
    page.set_content(table)
    bar = Card(theme, strong=True, padding=10)
    control = ThreeStateControl(theme, "Follow album")
    bar.body.addLayout(
        row(
            label("Cold Water Choir · New music", weight="strong"),
            label(
                "Northlight asked on 18 November. Neither the album nor your default says anything.",
                tone=Token.TEXT_2,
                wrap=True,
            ),
            None,
            control,
            gap=12,
        )
    )
    page.bar(bar)
    return page


def sheet(theme: Theme) -> QWidget:
    """Every widget once."""
    page = QWidget()
    page.setAutoFillBackground(True)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(24, 20, 24, 20)
    layout.setSpacing(14)
    chips = QWidget()
    policy = chips.sizePolicy()
    policy.setHeightForWidth(True)
    chips.setSizePolicy(policy)
    flow = FlowLayout(chips, gap=6)
    for meaning in ChipMeaning:
        if meaning is not ChipMeaning.NEUTRAL:
            flow.addWidget(Chip(theme, ChipValue(meaning)))
    layout.addWidget(chips)
    disabled = Button(theme, "Disabled")
    disabled.setEnabled(False)
    primary_off = Button(theme, "Use the chosen answer", ButtonKind.PRIMARY)
    primary_off.setEnabled(False)
    select = Select(theme, "Language")
    select.addItems(["British English", "Deutsch"])
    buttons = (
        Button(theme, "Review 3 changes…", ButtonKind.PRIMARY, Icon.CHECK),
        Button(theme, "Export", icon=Icon.EXPORT),
        Button(theme, "Filter", ButtonKind.QUIET, Icon.FILTER),
        Button(theme, "Remove data", ButtonKind.DANGER, Icon.TRASH),
        disabled,
        primary_off,
        IconButton(theme, Icon.MORE, "More"),
        LinkButton(theme, "Show evidence"),
        select,
    )
    layout.addLayout(row(*buttons, None))
    ticked, radio = CheckBox(theme, "Walled garden only"), RadioButton(theme, "Your answer")
    ticked.setChecked(True)
    radio.setChecked(True)
    chosen = FilterPill(theme, "Reported", 41)
    chosen.setChecked(True)
    layout.addLayout(
        row(
            ticked,
            CheckBox(theme, "No style prompts"),
            radio,
            RadioButton(theme, "Saved answer"),
            chosen,
            FilterPill(theme, "Refused", 23),
            RemovablePill(theme, "Label: Fieldnote"),
            Badge(theme, 6),
            Badge(theme, 140),
            Cover(theme, "a", 32),
            Cover(theme, "b", 36, round=True),
            Cover(theme, "c", 36, round=True),
            None,
        )
    )
    controls = []
    for value in (None, Stance.REFUSE, Stance.CLEAR, Stance.ALLOW):
        control = ThreeStateControl(theme, "Follow album")
        control.set_value(value)
        small = ThreeStateControl(theme, "Follow album", small=True)
        small.set_value(value)
        controls.append(column(control, row(small, None)))
    layout.addLayout(row(*controls, gap=16))
    folded = ThreeStateControl(theme, "Follow my default for everything")
    folded.set_value(Stance.CLEAR)
    folded.setFixedWidth(260)
    top = ThreeStateControl(theme)
    top.set_value(Stance.CLEAR)
    values = KeyValues(theme)
    values.add("ISRC", "SE-FNR-24-00417", copy=True)
    values.add("File hash", "9f2c…e41a", copy=True)
    layout.addLayout(row(folded, top, values, None, gap=24))
    search = SearchField(theme, "Filter this page", "Ctrl F")
    email = SearchField(theme, "Search")
    email.set_words("norr")
    fault = Field(
        theme, "Address of the service", SearchField(theme, "https://…"), "As the label gave it to you"
    )
    fault.show_fault("An address begins with https://")
    layout.addLayout(row(search, email, fault, gap=16))
    layout.addWidget(
        Banner(
            theme,
            Tint.INFO,
            Icon.SHIELD,
            "Unchanged since Fieldnote signed it",
            "Signed on 18 November 2025. The file is exactly as it was signed.",
        )
    )
    layout.addWidget(
        Banner(
            theme,
            Tint.DENY,
            Icon.TRIANGLE,
            "Changed after signing",
            "The part “earnings” is not what was signed.",
        )
    )
    open_one = Disclosure(theme, "Why?", label("Your default refuses training.", tone=Token.TEXT_2))
    open_one.set_open(True)
    layout.addLayout(row(open_one, Note(theme, "Withdrawing never un-trains a model."), gap=24))
    layout.addWidget(SectionHeading(theme, "What was checked", LinkButton(theme, "All checks")))
    states = row(gap=16)
    states.addWidget(
        EmptyState(
            theme,
            "No statement has arrived yet",
            "Most programmes report once a quarter.",
            Button(theme, "Import a statement…", icon=Icon.IMPORT),
        )
    )
    states.addWidget(
        ErrorState(
            theme,
            "The October statement could not be read",
            "Line 212 has no currency. The other 211 lines are here; ask the sender for a corrected file.",
            "row 212, field currency",
        )
    )
    layout.addLayout(states, 1)
    return page


def table_page(theme: Theme) -> Page:
    page = Page(theme, "Earnings")
    card = ChartCard(theme, "By month")
    card.show_data(three_series())
    card.show_as_table(True)
    page.set_content(card)
    return page


def save(widget: QWidget, size: tuple[int, int], target: Path) -> None:
    """Show it offscreen in one size and keep the picture."""
    widget.resize(QSize(*size))
    widget.show()
    app = QApplication.instance()
    assert app is not None
    for _ in range(4):
        app.processEvents()
    widget.grab().save(str(target))
    widget.close()
    widget.deleteLater()
    app.processEvents()


def main(folder: Path) -> None:
    """Write every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    for name, choice, contrast in (
        ("light", ThemeChoice.LIGHT, False),
        ("dark", ThemeChoice.DARK, False),
        ("contrast", ThemeChoice.LIGHT, True),
    ):
        theme.choose(Appearance(choice, contrast, reduced_motion=True))
        save(sheet(theme), (1440, 1080), folder / f"sheet-{name}.png")
        works = works_window(theme)
        works.show_details(details_panel(theme))
        save(works, (1440, 900), folder / f"works-{name}.png")
        save(works_window(theme), (960, 600), folder / f"works-960-{name}.png")
        over = works_window(theme)
        over.resize(1024, 640)
        over.notice.show_line(
            "You are offline. You can keep working; 3 changes will be sent when you are back.",
            "See what is waiting",
        )
        over.show_details(details_panel(theme))
        over.top_bar.set_sync("Offline, 3 waiting", Icon.CLOUD_OFF, Tint.ASK)
        save(over, (1024, 640), folder / f"details-over-{name}.png")
        for key, make in (("overview", overview_page), ("consent", matrix_page), ("earnings", table_page)):
            window = shell(theme)
            page = make(theme)
            window.add_page(key, page)
            window.show_page(key)
            page.message("Refused for Lantern Year. Recorded on this computer.", "Undo", window.close_details)
            save(window, (1440, 900), folder / f"{key}-{name}.png")
            small = shell(theme)
            small.add_page(key, make(theme))
            small.show_page(key)
            save(small, (960, 600), folder / f"{key}-960-{name}.png")
    theme.choose(Appearance(ThemeChoice.LIGHT, text_size_percent=150))
    save(works_window(theme), (1280, 800), folder / "works-150.png")
    save(sheet(theme), (1440, 1500), folder / "sheet-150.png")
    theme.choose(Appearance(ThemeChoice.LIGHT))
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = works_window(theme)
    mirrored.show_details(details_panel(theme))
    save(mirrored, (1440, 900), folder / "works-rtl.png")
    window = shell(theme)
    window.add_page("consent", matrix_page(theme))
    window.show_page("consent")
    save(window, (1440, 900), folder / "consent-rtl.png")
    save(sheet(theme), (1440, 1080), folder / "sheet-rtl.png")
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
