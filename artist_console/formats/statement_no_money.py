"""Tables that look like statements and hold no money: told by name, so that nobody waits for an amount."""

from __future__ import annotations

from collections.abc import Sequence

from artist_console.domain.problems import InputProblem

from .catalogue_columns import is_spotify_header
from .table_columns import find_header, fold_header

# Tables of Spotify for Artists: songs, timeline, audience, playlists, and their neighbours.
_OF_SPOTIFY = (
    frozenset({"song", "listeners", "streams", "saves"}),
    frozenset({"date", "streams"}),
    frozenset({"date", "listeners", "monthly listeners"}),
    frozenset({"date", "listeners", "streams", "playlist adds"}),
    frozenset({"title", "author", "listeners", "streams", "date added"}),
)
_MONEY = (
    "amount",
    "revenue",
    "royalt",
    "earning",
    "payable",
    "net",
    "total",
    "price",
    "fee",
    "income",
    "paid",
)


def no_money(rows: Sequence[Sequence[str]], file_name: str) -> InputProblem | None:
    """The problem of a table that is known to hold no money; None for any other."""
    place = find_header(rows, _is_of_spotify)
    if place is None:
        return None
    return InputProblem(
        "“{file}” is a table of streams from Spotify for Artists: it holds no money",
        "Import the statement of your distributor or label; from this file only the titles can be used, as a"
        " catalogue.",
        file=file_name,
    )


def _is_of_spotify(names: Sequence[str]) -> bool:
    folded = {fold_header(name) for name in names if name.strip()}
    if any(word in name for name in folded for word in _MONEY):
        return False
    if folded == {"date", "streams"} or folded == {"date", "listeners"}:
        return True
    return is_spotify_header(names) or any(len(each) > 2 and each <= folded for each in _OF_SPOTIFY)
