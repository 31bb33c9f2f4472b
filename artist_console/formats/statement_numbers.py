"""How a statement writes its numbers: declared by its layout or a person, else told by its own cells.

A cell such as "1,234" may be two different amounts. Where the cells do not tell, nobody guesses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from artist_console.domain.money import COMMA, POINT, NumberForm, read_amount

from .statement_layouts import Layout

_SPACES = " \u00a0\u202f\u2009'’"
# Told by the cells alone: the mark of decimals is known, but a comma or point between thousands was never
# declared, so a cell that has both is left out and named (spaces and apostrophes are no mark of decimals).
SEEN_POINT = NumberForm(".", _SPACES)
SEEN_COMMA = NumberForm(",", _SPACES)
_SEEN = {POINT: SEEN_POINT, COMMA: SEEN_COMMA}


@dataclass(slots=True)
class FormEvidence:
    """The amounts of a file, weighed for each form that its layout allows."""

    layout: Layout
    fits: list[int] = field(default_factory=list)
    grouped: str = ""  # a cell that has a mark between thousands
    differing: str = ""  # a cell that not all forms read as the same amount

    def weigh(self, cells: Iterable[str]) -> FormEvidence:
        forms = self.layout.numbers
        if not self.fits:
            self.fits = [0] * len(forms)
        for cell in cells:
            if not cell:
                continue
            values = [read_amount(cell, form).value for form in forms]
            for n, value in enumerate(values):
                self.fits[n] += value is not None
            if not self.grouped and _is_grouped(cell):
                self.grouped = cell
            if not self.differing and len(set(values)) > 1:
                self.differing = cell
        return self

    def form(self) -> NumberForm | None:
        """The form that most amounts fit; None where two fit as many, as different amounts."""
        forms = self.layout.numbers
        if len(forms) == 1:
            return forms[0]
        best = max(self.fits, default=0)
        agreed = [form for form, count in zip(forms, self.fits, strict=False) if count == best]
        if len(agreed) > 1 and self.differing:
            return None
        form = agreed[0] if agreed else forms[0]
        return form if self.layout.declares_numbers else _SEEN.get(form, form)

    def asks(self) -> bool:
        """Whether a person had better say it: nothing tells, or rows would be left out."""
        return self.form() is None or (bool(self.grouped) and not self.layout.declares_numbers)


def _is_grouped(cell: str) -> bool:
    """Whether a number is one only with a comma or a point between thousands."""
    return (
        read_amount(cell, SEEN_POINT).value is None
        and read_amount(cell, SEEN_COMMA).value is None
        and any(read_amount(cell, form).value is not None for form in (POINT, COMMA))
    )
