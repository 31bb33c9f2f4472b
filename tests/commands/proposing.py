"""A profile in which the manager proposed a yes for two recordings in one act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from artist_console.backend.seed import Act
from artist_console.domain.decisions import Decision
from artist_console.domain.ids import AccountId
from artist_console.domain.mandates import Power
from artist_console.domain.registers import Stance, UseScope
from artist_console.domain.uses import Use
from tests.backend.world import (
    DAY,
    HARBOUR,
    MANAGER,
    MARA_ACCOUNT,
    PROGRAMME,
    PROPOSES,
    SALT,
    START,
    TERMS,
    TERMS_SHA256,
    a_decision,
    a_mandate,
    mandate_step,
    work_subject,
)
from tests.commands.desks import Desk, a_desk


def proposed(work: str, name: str, stance: Stance = Stance.ALLOW) -> Decision:
    yes = stance is Stance.ALLOW
    return a_decision(
        stance,
        work_subject(work),
        UseScope.of(Use.TRAIN_GENERATIVE),
        PROGRAMME,
        by=MANAGER,
        act="proposed",
        id=name,
        mandate=PROPOSES,
        terms=TERMS if yes else None,
        terms_sha256=TERMS_SHA256 if yes else "",
    )


@contextmanager
def with_a_proposal(folder: Path, owner: AccountId = MARA_ACCOUNT) -> Iterator[Desk]:
    """The manager proposed a yes for two recordings in one act."""
    mandate = a_mandate(PROPOSES, (Power.SEE_WORKS, Power.PROPOSE), holder_name="Nils Holm")
    act = Act(MANAGER, START - DAY / 2, (proposed(SALT, "p-salt"), proposed(HARBOUR, "p-harbour")))
    with a_desk(folder, mandate_step(mandate), act, owner=owner) as desk:
        yield desk
