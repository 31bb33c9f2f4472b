"""A table that is as high as its rows, for a page that scrolls as a whole."""

from __future__ import annotations

from artist_console.ui.delegates.table import DataTable


def fit_rows(table: DataTable, most: int = 0) -> None:
    """Give a table the height of its rows; of the first `most` of them where it may scroll by itself."""
    count = table.model().rowCount()
    shown = min(count, most) if most else count
    height = table.header.sizeHint().height() + shown * table.verticalHeader().defaultSectionSize() + 2
    table.setFixedHeight(height)
