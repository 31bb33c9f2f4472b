"""What a person says of a programme that nobody reports here yet."""

from __future__ import annotations

from datetime import date

import msgspec

from artist_console.domain.programmes import Programme, TermsVersion
from artist_console.domain.uses import Use

MOST_TERMS_CHARACTERS = 500_000


class SetUpProgramme(msgspec.Struct, frozen=True):
    """A programme set up by hand, or in place of the one that `id` names.

    Without `terms` no version of terms is made: an earlier one stays.
    """

    operator: str  # name
    name: str
    uses: tuple[Use, ...]
    id: str = ""
    summary: str = ""
    source: str = ""  # where it was announced
    announced_on: date | None = None
    terms: str = ""  # the whole text
    effective_from: date | None = None  # of the terms; None: from the day they are set up
    how_a_yes_is_withdrawn: str = ""


class ProgrammeSetUp(msgspec.Struct, frozen=True):
    """What stands now."""

    programme: Programme
    terms: TermsVersion | None  # the newest


class ProgrammeRemoved(msgspec.Struct, frozen=True):
    id: str
