"""The screens in the order of the rail: key, icon and name. What is on them is in `pages`."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.ui.icons import Icon
from artist_console.ui.text import say


@dataclass(frozen=True, slots=True)
class ScreenName:
    """What rail, menu and title say of a screen, before the screen itself is loaded."""

    key: str  # of Place and Settings
    icon: Icon

    def name(self) -> str:
        """The name, translated."""
        return screen_words(self.key)


SCREENS: tuple[ScreenName, ...] = (
    ScreenName("overview", Icon.OVERVIEW),
    ScreenName("works", Icon.WORKS),
    ScreenName("consent", Icon.CONSENT),
    ScreenName("earnings", Icon.EARNINGS),
    ScreenName("roster", Icon.ROSTER),
    ScreenName("reports", Icon.REPORTS),
    ScreenName("letters", Icon.LETTER),
    ScreenName("settings", Icon.SETTINGS),
)


def screen_words(key: str) -> str:
    """The name of a screen in the reader's language."""
    return {
        "overview": say("screen", "Overview"),
        "works": say("screen", "Works"),
        "consent": say("screen", "Consent"),
        "earnings": say("screen", "Earnings"),
        "roster": say("screen", "Roster"),
        "reports": say("screen", "Reports"),
        "letters": say("screen", "Letters"),
        "settings": say("screen", "Settings"),
    }[key]
