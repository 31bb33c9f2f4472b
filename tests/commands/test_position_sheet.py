"""The position sheet: one page whatever the catalogue, and nothing on it that is not for others."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QApplication

from artist_console.commands import contracts
from artist_console.commands.consent import decide
from artist_console.commands.contract_form import ContractText
from artist_console.commands.paper import Paper, PaperLine, PaperStyle
from artist_console.commands.paper_width import cut
from artist_console.commands.position_sheet import NotAnArtist, position_sheet
from artist_console.domain.ids import (
    AgreementId,
    ArtistId,
    FactId,
    ModelVersionId,
    PartyId,
    ProgrammeId,
    WorkId,
)
from artist_console.domain.inclusion import ModelVersion
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.parties import OrganisationRole, Party, PartyKind, Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.programmes import Agreement, ApprovalClause, Control, Programme, Request, Silence
from artist_console.domain.registers import Conditions
from artist_console.domain.uses import Family, Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.ui.paper import paint
from artist_console.ui.paper_alone import pdf_without_a_window
from artist_console.ui.paper_lines import document
from tests.backend.world import HARBOUR, MARA, OLA, OPERATOR, PROGRAMME, SALT, START, TERMS
from tests.commands.case_world import a_case, keep_cases
from tests.commands.desks import Desk, a_desk, a_wish, an_allow
from tests.commands.listed_world import BIG, HITS, LISTS, stated

SINCE = Recorded(START)
LABEL = PartyId("fieldnote")
ROWS: list[tuple[Kind, Any]] = [
    *LISTS,
    *HITS,
    (Kind.INCLUSION, stated("in-big", InclusionState.TRAINED, model=BIG)),
    (Kind.PARTY, Party(LABEL, "Fieldnote", PartyKind.ORGANISATION, roles=(OrganisationRole.LABEL,))),
    (Kind.STAKEHOLDER, Stakeholder(FactId("s-1"), LABEL, SALT, Right.MASTER, Standing.CONTROLS, SINCE)),
    (Kind.STAKEHOLDER, Stakeholder(FactId("s-2"), OLA, SALT, Right.COMPOSITION, Standing.SHARES, SINCE)),
    (Kind.CONTROL, Control(FactId("c-1"), LABEL, SALT, Right.MASTER, 10_000, SINCE)),
    (
        Kind.AGREEMENT,
        Agreement(
            AgreementId("a-1"), LABEL, PROGRAMME, (Use.TRAIN_GENERATIVE,), (Right.MASTER,),
            ApprovalClause.ARTIST_OPT_IN, SINCE,
        ),
    ),
    (
        Kind.REQUEST,
        Request(
            FactId("r-1"), OPERATOR, PROGRAMME, TERMS, MARA, (SALT,), (Use.GEN_STEMS,), START,
            Silence.NOTHING_ALLOWED, date(2025, 6, 20),
        ),
    ),
]  # fmt: skip


def texts(paper: Paper) -> str:
    return "\n".join(line.plain for line in paper.lines)


def sheets(paper: Paper) -> int:
    """Sheets of the PDF, counted in its bytes."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf_without_a_window(paper)))


def test_it_says_what_was_decided_what_is_known_and_what_is_open(tmp_path: Path, qapp: QApplication) -> None:
    with a_desk(tmp_path / "p", rows=ROWS) as desk:
        decide(desk.console, [a_wish(use=Family.TRAINING)])
        decide(desk.console, [an_allow(use=Use.GEN_COVER, conditions=Conditions(until=date(2026, 3, 1)))])
        desk.sync()
        keep_cases(desk, a_case("k-1"))
        paper = position_sheet(desk.console, MARA)
        said = texts(paper)
        for part in (
            "Mara Quist: position on AI uses",
            "1 June 2025 · 2 recordings",
            "Training: Refused for both works.",
            "New music: Allowed in part for 1 and undecided for 1 work.",
            "Refused as a whole: Training, for all works, in every programme.",
            "Allowed today: Harmonia 2, 1 work, for “AI covers”, until 1 March 2026.",
            "1 work: Harmonia says: trained (operator says).",
            "Being listed is not the same as being used.",
            "Licences of others: Fieldnote to Harmonia 2, 1 work: the artist is asked first.",
            "Undecided: 2 works, with uses that programmes ask about.",
            "Have to agree too: Fieldnote (1 work) and 1 person.",
            "Questions: 1 question waits for an answer.",
            "Dates ahead: 20 June 2025: Harmonia asks about Salt Lines.",
            desk.console.signing_key.public.fingerprint,
        ):
            assert part in said, (part, said)
        assert "Ola" not in said
        assert "Cases" not in said
        assert sheets(paper) == 1


def test_contracts_money_letters_and_unreleased_works_are_not_on_it(
    tmp_path: Path, qapp: QApplication
) -> None:
    secret = Work(WorkId("secret"), WorkKind.RECORDING, "Not Out Yet", (MARA,), unreleased=True)
    rows = [
        *ROWS,
        (Kind.WORK, secret),
        (Kind.INCLUSION, stated("x", InclusionState.TRAINED, work=secret.id, model=BIG)),
    ]
    with a_desk(tmp_path / "p", rows=rows) as desk:
        text = ContractText(
            other_side="Fieldnote", kind="label", hold="owns", rights=("master",), ai_clause="approval",
            ai_words="Only after a handshake.", reversion_on="2026-01-01", signed_on="2019-03-03",
        )  # fmt: skip
        contracts.save_contract(desk.console, MARA, text)
        decide(desk.console, [a_wish(subject=a_wish().subject), an_allow("secret", Use.GEN_REMIX)])
        desk.sync()
        keep_cases(desk, a_case("k-1"))
        said = texts(position_sheet(desk.console, MARA))
        for part in ("handshake", "Rights come back", "Not Out Yet", "EUR", "No consent for"):
            assert part not in said
        assert "unreleased" not in said
        assert "Cases" not in said
        own = position_sheet(desk.console, MARA, for_ourselves=True)
        ours = texts(own)
        assert "For ourselves, not for the other side" in ours
        assert "2 recordings, besides 1 unreleased" in ours
        assert "Cases: 1 is open." in ours
        assert "Not Out Yet" not in ours
        assert sheets(own) == 1


def test_a_yes_that_ended_is_an_open_question_named_once(tmp_path: Path, qapp: QApplication) -> None:
    with a_desk(tmp_path / "p", rows=ROWS) as desk:
        soon = Conditions(until=date(2025, 6, 5))
        uses = (Use.GEN_COVER, Use.GEN_REMIX, Use.GEN_STEMS)
        decide(desk.console, [an_allow(use=use, conditions=soon) for use in uses])
        decide(desk.console, [an_allow(HARBOUR, Use.GEN_COVER, conditions=soon)])
        desk.sync()
        desk.clock.now += timedelta(days=3)
        assert "Allowed today: Harmonia 2, 2 works, for 3 uses, until 5 June 2025." in texts(
            position_sheet(desk.console, MARA)
        )
        desk.clock.now += timedelta(days=7)
        said = texts(position_sheet(desk.console, MARA))
        assert "Allowed today: Nothing." in said
        assert "To be answered anew: Harmonia 2, 2 works, for 3 uses: the yes ended on 5 June 2025." in said
        assert said.count("5 June 2025") == 1
        assert "A yes ends" not in said


def test_names_are_whole_where_there_is_room_for_them(tmp_path: Path, qapp: QApplication) -> None:
    with a_desk(tmp_path / "p", rows=big("Lantern Street Publishing Company", 40)) as desk:
        paper = position_sheet(desk.console, MARA)
        assert "Lantern Street Publishing Company 0 to Lantern" in texts(paper)
        assert "…" not in texts(paper)
        assert sheets(paper) == 1


def test_what_is_set_in_stays_in_its_column_on_paper(qapp: QApplication) -> None:
    line = PaperLine(PaperStyle.ROW, "Name\t" + "several words " * 20)
    made = document(Paper("A", "", (line,)), "Inter")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(600)
    paint(writer, made, "", "Inter")
    layout = made.begin().layout()
    tab = layout.lineAt(0).cursorToX(5)[0]  # type: ignore[index]
    assert layout.lineCount() > 1
    assert layout.lineAt(1).naturalTextRect().left() == pytest.approx(tab, abs=2)


@pytest.mark.usefixtures("qapp")
def test_sheets_are_counted() -> None:
    lines = tuple(PaperLine(PaperStyle.TEXT, str(n)) for n in range(100))
    assert sheets(Paper("A", "B", lines)) == 3


def big(name: str, count: int) -> list[tuple[Kind, Any]]:
    """So many works, programmes, models, labels and questions under one long name."""
    rows: list[tuple[Kind, Any]] = [(Kind.PARTY, Party(MARA, name, PartyKind.PERSON, is_artist=True))]
    for n in range(count):
        id = WorkId(f"w-{n}")
        rows.append((Kind.WORK, Work(id, WorkKind.RECORDING, f"{name} {n}", (MARA,))))
    for n in range(12):
        programme, label = ProgrammeId(f"p-{n}"), PartyId(f"l-{n}")
        model = ModelVersion(ModelVersionId(f"m-{n}"), f"{name} {n}", "1", OPERATOR, programme)
        work = WorkId(f"w-{n % count}")
        rows += [
            (Kind.PROGRAMME, Programme(programme, OPERATOR, f"{name} {n}", uses=tuple(Use))),
            (Kind.PARTY, Party(label, f"{name} {n}", PartyKind.ORGANISATION)),
            (Kind.MODEL, model),
            (Kind.INCLUSION, stated(f"i-{n}", InclusionState.TRAINED, work=work, model=model.id)),
            (
                Kind.STAKEHOLDER,
                Stakeholder(FactId(f"s-{n}"), label, work, Right.MASTER, Standing.SHARES, SINCE, 100),
            ),
            (Kind.CONTROL, Control(FactId(f"c-{n}"), label, work, Right.MASTER, 100, SINCE)),
            (
                Kind.AGREEMENT,
                Agreement(
                    AgreementId(f"a-{n}"), label, programme, tuple(Use), (Right.MASTER,),
                    ApprovalClause.DEFAULT_AFTER_NOTICE, SINCE, object_until=date(2025, 8, n + 1),
                ),
            ),
            (
                Kind.REQUEST,
                Request(
                    FactId(f"r-{n}"), label, programme, TERMS, MARA, (work,), (Use.GEN_STEMS,), START,
                    Silence.TAKEN_AS_YES, date(2025, 7, n + 1),
                ),
            ),
        ]  # fmt: skip
    return rows


@pytest.mark.parametrize("name", ["Wide Maria Wilhelmina", "W" * 200, "塩の線" * 40, "\ufdfd" * 60, "Å" * 90])
@pytest.mark.parametrize("count", [1, 40])
def test_it_is_one_sheet_whatever_the_names(
    tmp_path: Path, qapp: QApplication, name: str, count: int
) -> None:
    with a_desk(tmp_path / "p", rows=big(name, count)) as desk:
        wishes = [a_wish(use=use, programme=ProgrammeId(f"p-{n}")) for n, use in enumerate(Family)]
        decide(desk.console, [*wishes, a_wish(use=Use.DISTILL)])
        desk.sync()
        keep_cases(desk, *(a_case(f"k-{n}") for n in range(5)))
        paper = position_sheet(desk.console, MARA)
        assert sheets(paper) == 1
        assert "more" in texts(paper)


def test_it_is_one_sheet_with_three_thousand_works(tmp_path: Path, qapp: QApplication) -> None:
    with a_desk(tmp_path / "p", rows=big("Northern Harbour Orchestra", 3_000)) as desk:
        decide(desk.console, [a_wish(use=Family.TRAINING)])
        desk.sync()
        paper = position_sheet(desk.console, MARA)
        assert sheets(paper) == 1
        assert "Training: Refused for all 3,002 works." in texts(paper)


def test_an_artist_who_is_not_here_is_told(mara: Desk) -> None:
    with pytest.raises(NotAnArtist):
        position_sheet(mara.console, ArtistId("nobody"))


def test_a_text_is_cut_to_one_line_and_stays_whole_where_it_fits() -> None:
    assert cut("Salt\nLines", 20) == "Salt Lines"
    assert cut("a" * 30, 10) == "a" * 7 + "…"
    assert cut("l" * 12, 10) == "l" * 12
    assert len(cut("塩" * 30, 10)) < 8
