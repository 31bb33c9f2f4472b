"""Each sentence of a trace leads to what is behind it, and names nobody whom the sentence does not name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from artist_console.commands.cells import Explained, explain_place
from artist_console.commands.consent import decide
from artist_console.commands.contract_form import ContractText
from artist_console.commands.contracts import save_contract
from artist_console.commands.fact_links import Link, LinkKind
from artist_console.commands.fact_pages import fact_page
from artist_console.domain.ids import AgreementId, FactId, PartyId, ProgrammeId
from artist_console.domain.parties import (
    OrganisationRole,
    Party,
    PartyIdentifier,
    PartyKind,
    Stakeholder,
    Standing,
)
from artist_console.domain.periods import Period, Recorded
from artist_console.domain.problems import UnknownThing
from artist_console.domain.programmes import (
    Agreement,
    ApprovalClause,
    Attestation,
    Control,
    ListOf,
    Programme,
)
from artist_console.domain.registers import Register, Stance, UseScope
from artist_console.domain.uses import Right, Use
from artist_console.formats.kinds import Kind
from tests.backend.world import DAY, MARA, OLA, OPERATOR, PROGRAMME, SALT, START, TERMS, work_subject
from tests.commands.desks import Desk, a_desk, a_wish, an_allow

LABEL = PartyId("fieldnote")
SILENT = ProgrammeId("silent")
SINCE = Recorded(START - DAY)
MORE: list[tuple[Kind, Any]] = [
    (Kind.PROGRAMME, Programme(SILENT, OPERATOR, "Harbour Loop", asks_artists=False)),
    (
        Kind.PARTY,
        Party(
            LABEL,
            "Fieldnote",
            PartyKind.ORGANISATION,
            identifiers=(PartyIdentifier("isni", "0000000121032683"),),
            roles=(OrganisationRole.LABEL, OrganisationRole.LICENSOR),
        ),
    ),
    (
        Kind.STAKEHOLDER,
        Stakeholder(FactId("s-label"), LABEL, SALT, Right.MASTER, Standing.CONTROLS, SINCE, 5000),
    ),
    (Kind.STAKEHOLDER, Stakeholder(FactId("s-ola"), OLA, SALT, Right.MASTER, Standing.SHARES, SINCE, 2500)),
    (
        Kind.STAKEHOLDER,
        Stakeholder(
            FactId("s-mara"), MARA, SALT, Right.MASTER, Standing.SHARES, SINCE, 2500, source="A paper"
        ),
    ),
    (Kind.CONTROL, Control(FactId("c-1"), LABEL, SALT, Right.MASTER, 10_000, SINCE)),
    (
        Kind.AGREEMENT,
        Agreement(
            AgreementId("a-1"),
            LABEL,
            PROGRAMME,
            (Use.TRAIN_GENERATIVE,),
            (Right.MASTER,),
            ApprovalClause.ARTIST_OPT_IN,
            SINCE,
            period=Period(date(2025, 1, 1), None),
            allocation="By streams",
            source="Fieldnote's letter",
        ),
    ),
    (
        Kind.ATTESTATION,
        Attestation(FactId("at-1"), PROGRAMME, ListOf.AGREEMENTS, OPERATOR, date(2025, 4, 1), SINCE),
    ),
]


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "shared", rows=MORE) as desk:
        yield desk


def why(desk: Desk, use: Use = Use.TRAIN_GENERATIVE) -> Explained:
    (each,) = explain_place(desk.console, Register(MARA, work_subject(SALT), PROGRAMME, UseScope.of(use)))
    assert len(each.links.steps) == len(each.permission.trace)
    return each


def links(each: Explained) -> dict[LinkKind, list[Link]]:
    found: dict[LinkKind, list[Link]] = {}
    for step in (*each.links.steps, each.links.whole):
        for link in step:
            found.setdefault(link.kind, []).append(link)
    return found


def test_a_yes_leads_to_its_decision_and_to_the_terms_it_agreed_to(shared: Desk) -> None:
    (made,) = decide(shared.console, [an_allow()]).value
    first = why(shared).links.steps[0]
    assert [(link.kind, link.id) for link in first] == [
        (LinkKind.DECISION, made.id),
        (LinkKind.TERMS, TERMS),
        (LinkKind.PARTY, MARA),
    ]


def test_a_licence_leads_to_the_agreement_and_its_licensor(shared: Desk) -> None:
    each = why(shared)
    (agreement, *_) = links(each)[LinkKind.AGREEMENT]
    page = fact_page(shared.console, agreement)
    lines = dict(page.lines)
    assert page.title.text == "Agreement of Fieldnote with Harmonia 2"
    assert lines["Asking the artist"] == "The artist is asked first"
    assert lines["How money is shared out"] == "By streams"
    assert lines["From"] == "1 January 2025"
    assert lines["Source"] == "Fieldnote's letter"
    licensor = next(link for link in links(each)[LinkKind.PARTY] if link.id == LABEL)
    party = fact_page(shared.console, licensor)
    assert dict(party.lines)["ISNI"] == "ISNI 0000 0001 2103 2683"
    assert dict(party.lines)["What they do"] == "label, licensor"


def test_the_terms_and_the_operator_stand_under_every_answer(shared: Desk) -> None:
    assert [(link.kind, link.id) for link in why(shared).links.whole] == [
        (LinkKind.TERMS, TERMS),
        (LinkKind.PARTY, OPERATOR),
    ]


def test_a_statement_of_completeness_leads_to_who_vouches_for_it(shared: Desk) -> None:
    (link, *_) = links(why(shared))[LinkKind.ATTESTATION]
    assert dict(fact_page(shared.console, link).lines)["Stated by"] == "Harmonia"


def test_who_does_not_share_is_behind_no_link(shared: Desk) -> None:
    each = why(shared)
    said = " ".join(step.text for step in each.permission.trace)
    assert "Ola" not in said
    named = [link for found in links(each).values() for link in found]
    assert all(link.id != OLA and "Ola" not in link.words.text for link in named)


def test_what_a_contract_says_leads_to_the_contract(shared: Desk) -> None:
    text = ContractText(
        other_side="Fieldnote", rights=("master",), ai_clause="approval", ai_words="Ask first."
    )
    contract = save_contract(shared.console, MARA, text).value
    found = links(why(shared))[LinkKind.CONTRACT]
    assert {link.id for link in found} == {contract.id}


def test_a_refusal_over_everything_leads_to_its_decision(shared: Desk) -> None:
    (made,) = decide(shared.console, [a_wish(Stance.REFUSE)]).value
    assert links(why(shared))[LinkKind.DECISION][0].id == made.id


def test_a_cell_is_explained_though_its_programme_asks_nobody(shared: Desk) -> None:
    cell = Register(MARA, work_subject(SALT), SILENT, UseScope.of(Use.TRAIN_GENERATIVE))
    (each,) = explain_place(shared.console, cell)
    assert each.programme == "Harbour Loop"
    assert each.permission.trace


def test_what_is_not_known_here_is_said(shared: Desk) -> None:
    (link, *_) = links(why(shared))[LinkKind.AGREEMENT]
    gone = Link(link.kind, "gone", link.words)
    with pytest.raises(UnknownThing):
        fact_page(shared.console, gone)
