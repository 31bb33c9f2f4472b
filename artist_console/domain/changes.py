"""Which parts of what is shown a command touched. The interface refreshes by these flags."""

from __future__ import annotations

from enum import Flag, auto


class Changes(Flag):
    NONE = 0
    ARTISTS = auto()
    WORKS = auto()
    CONSENT = auto()  # decisions, permissions, receipts
    JOURNAL = auto()  # what waits to be delivered
    INCLUSIONS = auto()
    PROGRAMMES = auto()
    STATEMENTS = auto()
    REPORTS = auto()
    SYNC = auto()  # reachability and progress
    SETTINGS = auto()
    CASES = auto()  # letters, cases, reservations, switches elsewhere, addressees
    ALL = (
        ARTISTS
        | WORKS
        | CONSENT
        | JOURNAL
        | INCLUSIONS
        | PROGRAMMES
        | STATEMENTS
        | REPORTS
        | SYNC
        | SETTINGS
        | CASES
    )
