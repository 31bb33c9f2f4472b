"""Contracts over the small world of the permission rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from artist_console.domain.contract_rows import own_holders
from artist_console.domain.contracts import (
    AiClause,
    Contract,
    ContractKind,
    Hold,
    Owned,
    Owner,
    Ownership,
    parties_known_only_here,
)
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import FactId
from artist_console.domain.parties import Stakeholder
from artist_console.domain.uses import Right

from .world import LABEL, MARA, SINCE

SIGNED = date(2019, 3, 3)


def name_of(contract: Contract) -> str:
    return "Fieldnote" if contract.counterparty == LABEL else contract.counterparty_name or "Publisher"


def a_contract(clause: AiClause = AiClause.BLANKET, id: str = "c1", **more: Any) -> Contract:
    """By default: the label owns the recordings since it was signed, everywhere."""
    given: dict[str, Any] = {
        "artist": MARA,
        "kind": ContractKind.LABEL,
        "hold": Hold.OWNS,
        "rights": (Right.MASTER,),
        "recorded": SINCE,
        "counterparty": LABEL,
        "signed_on": SIGNED,
        "ai_words": "" if clause is AiClause.NONE else "Label may license the Masters for machine learning.",
        "clause_number": "" if clause is AiClause.NONE else "14.3",
    }
    return Contract(FactId(id), ai_clause=clause, **{**given, **more})


def owns(of: Owned = Owned.RECORDINGS, owner: Owner = Owner.MINE, id: str = "o1", **more: Any) -> Ownership:
    return Ownership(FactId(id), MARA, of, owner, SINCE, **more)


def rows(
    book: FactBook, contracts: Iterable[Contract] = (), said: Iterable[Ownership] = ()
) -> list[Stakeholder]:
    return list(own_holders(MARA, contracts, said, book, name_of).rows)


def over(book: FactBook, contracts: Iterable[Contract] = (), said: Iterable[Ownership] = ()) -> FactBook:
    signed = tuple(contracts)
    own = own_holders(MARA, signed, said, book, name_of)
    return book.with_own_holders(MARA, own.rows).with_parties(parties_known_only_here(signed))
