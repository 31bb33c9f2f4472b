"""Whose letter it is, as it stands at its head: name, postal address, e-mail and telephone.

Kept in the profile alone; no service is sent it. One for everything that is written here, and where somebody
writes for more than one artist in person, one for each.
"""

from __future__ import annotations

from dataclasses import dataclass

OF_ALL = "all"  # id of what holds wherever an artist has no details of their own


@dataclass(frozen=True, slots=True)
class Sender:
    """`id` is that of an artist, or OF_ALL. What is empty is not known."""

    id: str = OF_ALL
    name: str = ""  # as it signs
    postal: tuple[str, ...] = ()  # lines, without the country
    country: str = ""  # ISO 3166-1 alpha-2, of the postal address
    email: str = ""
    phone: str = ""

    @property
    def can_be_answered(self) -> bool:
        """Whether an answer has somewhere to go."""
        return bool(self.postal or self.email)
