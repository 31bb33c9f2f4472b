"""Back and forward through the places that were visited."""

from __future__ import annotations

from artist_console.ui.places import Place

_LONGEST = 200


class Visits:
    """A trail of places with a position on it. Going somewhere new drops what lay ahead."""

    def __init__(self) -> None:
        self._trail: list[Place] = []
        self._at = -1

    @property
    def here(self) -> Place | None:
        return self._trail[self._at] if self._at >= 0 else None

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._trail) - 1

    def visit(self, place: Place) -> None:
        """Note a place; the same place twice in a row is one visit."""
        if place == self.here:
            return
        self._trail = [*self._trail[: self._at + 1], place][-_LONGEST:]
        self._at = len(self._trail) - 1

    def replace(self, place: Place) -> None:
        """The place that is shown turned out to be this one: an item was chosen by itself."""
        if self._at >= 0:
            self._trail[self._at] = place

    def back(self) -> Place | None:
        if not self.can_go_back:
            return None
        self._at -= 1
        return self.here

    def forward(self) -> Place | None:
        if not self.can_go_forward:
            return None
        self._at += 1
        return self.here
