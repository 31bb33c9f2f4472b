"""An account as the host of a service sees it, and an invitation that the host hands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HostedAccount:
    id: str
    name: str
    artists: tuple[str, ...]  # by name; whom the account is, not whom it acts for
    password: bool
    second_step: bool
    outside: int  # issuers by which it signs in
    devices: int
    organisation: str = ""  # by name; whom the account speaks for


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that sets a first password in a browser, or signs one device in: once."""

    account: HostedAccount
    until: datetime
    code: str = field(repr=False)
