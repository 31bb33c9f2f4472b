"""The screens themselves, each loaded when it is first shown.

Together they take twice as long to load as the window with one of them takes to paint. What the window loads
late stands here and in `later`, and nowhere else.
"""

from __future__ import annotations

from artist_console.ui.pages.screen import Screen


def screen_class(key: str) -> type[Screen] | None:
    """The screen of a key; None for a key that no screen has."""
    # Late, each of them: see above.
    match key:
        case "overview":
            from artist_console.ui.pages.overview import OverviewScreen  # late

            return OverviewScreen
        case "works":
            from artist_console.ui.pages.works import WorksScreen  # late

            return WorksScreen
        case "consent":
            from artist_console.ui.pages.consent import ConsentScreen  # late

            return ConsentScreen
        case "earnings":
            from artist_console.ui.pages.earnings import EarningsScreen  # late

            return EarningsScreen
        case "roster":
            from artist_console.ui.pages.roster import RosterScreen  # late

            return RosterScreen
        case "reports":
            from artist_console.ui.pages.reports import ReportsScreen  # late

            return ReportsScreen
        case "letters":
            from artist_console.ui.pages.letters import LettersScreen  # late

            return LettersScreen
        case "settings":
            from artist_console.ui.pages.settings import SettingsScreen  # late

            return SettingsScreen
        case _:
            return None
