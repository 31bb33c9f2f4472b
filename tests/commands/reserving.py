"""Mara, who controls her recordings, and a site of hers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from artist_console.domain.ids import FactId
from artist_console.domain.parties import Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.uses import Right
from artist_console.formats.kinds import Kind
from tests.backend.world import DAY, HARBOUR, MARA, SALT, START
from tests.commands.desks import Desk, a_desk

SITE = "https://mara.example"


def holds(work: str, standing: Standing = Standing.CONTROLS, **more: Any) -> tuple[Kind, Any]:
    right = more.pop("right", Right.MASTER)
    party = more.pop("party", MARA)
    row = Stakeholder(
        FactId(f"h-{party}-{work}-{right.value}"), party, work, right, standing, Recorded(START - DAY), **more
    )
    return (Kind.STAKEHOLDER, row)


CONTROLLED = (holds(SALT), holds(HARBOUR))


@contextmanager
def reserving(root: Path, rows: Sequence[tuple[Kind, Any]] = CONTROLLED) -> Iterator[Desk]:
    with a_desk(root, rows=rows) as desk:
        yield desk
