"""A reservation: a rightsholder's notice against data mining (PRODUCT). Not the same as a refusal.

A private object. What was published or sent is kept with its copy; another reservation is another row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from .contracts import AttachedFile
from .ids import ArtistId, WorkId
from .parties import Standing
from .territories import WORLDWIDE, Territories
from .uses import Right, Use


class Manner(Enum):
    """How a reservation was made."""

    SITE_FILE = "site_file"
    LETTER = "letter"
    REGISTRY = "registry"
    SOCIETY = "society"  # by the repertoire of a society


@dataclass(frozen=True, slots=True)
class Reservation:
    """What was reserved, by whom and in what standing, and the copy that shows it."""

    id: str
    artist: ArtistId
    rights: tuple[Right, ...]
    by: str  # as it stands in what was published or sent
    standing: Standing
    manner: Manner
    on: date
    place: str  # address of the site, or whom it was sent to
    recorded_at: datetime
    uses: tuple[Use, ...] = ()  # those that are reserved
    said: tuple[str, ...] = ()  # as machines read it: "aipref train-ai", "tdmrep tdm-reservation" ...
    works: tuple[WorkId, ...] = ()  # empty: all released ones at that time
    territory: Territories = WORLDWIDE
    copies: tuple[AttachedFile, ...] = ()
    sha256: str = ""  # of the copies together: their hashes and names, a line each
    note: str = ""
