"""Where in the matrix a link leads: the row and the column, and what has to be open for them."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands.cells import Target
from artist_console.commands.matrix import MatrixView
from artist_console.domain.registers import UseScopeKind
from artist_console.domain.uses import Use, family_of


@dataclass(frozen=True, slots=True)
class Spot:
    """Keys of the matrix; `opens` are rows and families that have to be open."""

    row: str
    column: str
    opens: frozenset[str]


def spot_of(target: Target, view: MatrixView) -> Spot:
    """The place of a target's first register in a view. Raises IndexError for a target without any."""
    register = target.registers[0]
    opens = {"all", *target.opens}
    column = ""
    scope = register.use
    if view is MatrixView.BY_PROGRAMME and register.programme is not None:
        column = f"programme/{register.programme}"
    elif view is MatrixView.BY_USE and scope.kind is UseScopeKind.FAMILY:
        column = f"family/{scope.name}"
    elif view is MatrixView.BY_USE and scope.kind is UseScopeKind.KEY:
        opens.add(f"family/{family_of(Use(scope.name)).value}")
        column = f"use/{scope.name}"
    return Spot(target.row, column, frozenset(opens))
