"""Until when a statement can be objected to: counted where one contract fits, not known otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from artist_console.commands import contracts
from artist_console.commands.contract_form import ContractText
from artist_console.commands.objections import NOT_KNOWN, objection
from artist_console.domain.ids import StatementId
from artist_console.domain.problems import UnknownThing
from tests.backend.world import MARA, MARAS_STATEMENT
from tests.commands.desks import Desk

TEXT = ContractText(
    other_side="harmonia",
    kind="distributor",
    hold="exercises",
    rights=("master",),
    signed_on="2019-03-03",
    objection_days="60",
)


def test_the_days_are_counted_from_when_the_statement_was_received(mara: Desk) -> None:
    kept = contracts.save_contract(mara.console, MARA, TEXT).value
    found = objection(mara.console, MARAS_STATEMENT)
    assert found.until == date(2025, 7, 1)
    assert found.contract == kept.id
    assert found.words.text == (
        "You can object until 1 July 2025: 60 days from 2 May 2025, when the statement was received, by your"
        " contract with Harmonia. After that it may count as accepted."
    )
    mara.clock.now += timedelta(days=31)
    over = objection(mara.console, MARAS_STATEMENT)
    assert over.until == date(2025, 7, 1)
    assert over.words.text.startswith("You could object until 1 July 2025")


@pytest.mark.parametrize(
    "texts",
    [
        (),
        (replace(TEXT, other_side="Somebody else"),),
        (replace(TEXT, objection_days=""),),
        (replace(TEXT, signed_on="2025-05-03"),),
        (TEXT, replace(TEXT, objection_days="90")),
    ],
)
def test_it_is_not_known_without_one_contract_that_fits(mara: Desk, texts: tuple[ContractText, ...]) -> None:
    for text in texts:
        contracts.save_contract(mara.console, MARA, text)
    found = objection(mara.console, MARAS_STATEMENT)
    assert (found.until, found.words.text, found.contract) == (None, NOT_KNOWN, "")


def test_a_statement_that_is_not_here_is_told(mara: Desk) -> None:
    with pytest.raises(UnknownThing):
        objection(mara.console, StatementId("nowhere"))
