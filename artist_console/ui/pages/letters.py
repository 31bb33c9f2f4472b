"""Letters and cases, deadlines, reservations, and switches elsewhere."""

from __future__ import annotations

from artist_console.domain.changes import Changes
from artist_console.ui.pages.screen import Screen


class LettersScreen(Screen):
    """What can be done about something: written, kept, followed."""

    key = "letters"
    shows = Changes.CASES | Changes.WORKS | Changes.SYNC
