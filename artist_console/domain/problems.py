"""Trouble in the world, told so that a musician can act on it.

A `Problem` says what could not be done (title) and what to do next (advice). Both are templates with
named fields, so that the interface can translate them and fill them. Foreseen answers of a rule are
values, not problems; anything that is neither is a bug and travels unhindered to the exception hook.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Problem(Exception):
    """Base of every foreseen trouble; `str()` gives one filled-in sentence per part, title first."""

    title_template = "Something could not be done"
    advice_template = ""

    def __init__(self, title: str = "", advice: str = "", **fields: object) -> None:
        self.title_template = title or type(self).title_template
        self.advice_template = advice or type(self).advice_template
        self.fields: Mapping[str, object] = fields
        super().__init__(self.title)

    @property
    def title(self) -> str:
        """What happened, one sentence without its full stop."""
        return self.title_template.format(**self.fields)

    @property
    def advice(self) -> str:
        """What the person can do next; empty when there is nothing to do."""
        return self.advice_template.format(**self.fields)

    @property
    def sentence(self) -> str:
        """Title and advice as plain text, each ending in a full stop."""
        parts = [part.rstrip(".") + "." for part in (self.title, self.advice) if part]
        return " ".join(parts)

    def __str__(self) -> str:
        return self.sentence


class InputProblem(Problem):
    """A file or a value given by a person cannot be read as what it should be."""


class ColumnsUnknown(InputProblem):
    """A table does not say which column holds what is needed; `columns` are those that it has, in order.

    `rows` are the first ones below, a cell for each of the columns, so that a person can tell what is what;
    `recognised` are the fields whose columns are known.
    """

    def __init__(
        self,
        title: str,
        advice: str,
        columns: tuple[str, ...],
        *,
        rows: tuple[tuple[str, ...], ...] = (),
        recognised: Mapping[str, str] = MappingProxyType({}),
        **fields: object,
    ) -> None:
        super().__init__(title, advice, **fields)
        self.columns = columns
        self.rows = rows
        self.recognised = recognised


class FileProblem(Problem):
    """A file or folder cannot be read or written."""


class StorageProblem(Problem):
    """The local store or the backend's store could not make something durable, or cannot be opened."""


class NetworkProblem(Problem):
    """The backend cannot be reached or answered something that makes no sense. Nothing was lost."""


class AuthorityProblem(Problem):
    """The account may not do this, or is not signed in."""


class UnknownThing(Problem):
    """A named artist, work, programme, statement or use is not known here."""


class SetupProblem(Problem):
    """The computer lacks something the application needs (a display, a system library, a keyring)."""
