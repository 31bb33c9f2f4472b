"""Where a PostgreSQL database is, with a password that nothing prints."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from artist_console.domain.problems import InputProblem, SetupProblem

DATABASE_VARIABLE = "ARTIST_CONSOLE_DATABASE"
_SCHEMES = ("postgresql://", "postgres://")


class DriverMissing(SetupProblem):
    title_template = "PostgreSQL needs psycopg, which is not installed"
    advice_template = 'Install it with: pip install "artist-console[hosted]"'


class NotAnAddress(InputProblem):
    title_template = "The address of the database cannot be read"
    advice_template = (
        "Write it as postgresql://USER@HOST/NAME, or postgresql:///NAME for one on this computer"
    )


class PasswordInSight(InputProblem):
    title_template = "A password on the command line can be read by everybody on this computer"
    advice_template = f"Put the whole address into the environment variable {DATABASE_VARIABLE}"


@dataclass(frozen=True, slots=True)
class Dsn:
    """The parameters of a connection. Neither `repr` nor `name` holds a password."""

    parameters: Mapping[str, str] = field(repr=False)

    @property
    def name(self) -> str:
        return self.parameters.get("dbname") or self.parameters.get("user") or "postgres"

    @property
    def is_here(self) -> bool:
        """On this computer: a socket file or the loopback address."""
        hosts = (self.parameters.get("hostaddr") or self.parameters.get("host") or "").split(",")
        return all(_is_here(host) for host in hosts)

    def connecting(self) -> dict[str, str]:
        """What the driver is given. Over a network the server's certificate is checked unless it says not."""
        given = {"application_name": "artist-console", "connect_timeout": "10", "keepalives_idle": "30"}
        if not self.is_here and "service" not in self.parameters:
            given["sslmode"] = "verify-full"
            if not (Path.home() / ".postgresql" / "root.crt").exists():
                given["sslrootcert"] = "system"
            if self.parameters.get("sslmode", "verify-full") not in ("verify-full", "verify-ca"):
                del given["sslmode"]
                given.pop("sslrootcert", None)
        return given | dict(self.parameters)


def _is_here(host: str) -> bool:
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_dsn(text: str) -> Dsn:
    """Raises NotAnAddress, DriverMissing."""
    if not text.startswith(_SCHEMES):
        raise NotAnAddress
    try:
        # Late: an extra, which only a hosted service has.
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise DriverMissing from error
    try:
        found = conninfo_to_dict(text)
    except psycopg.Error as error:
        raise NotAnAddress from error
    return Dsn({name: str(value) for name, value in found.items() if value is not None})


def dsn_given(argument: str | None) -> Dsn | None:
    """From the command line, else from the environment; None where neither says.

    Raises PasswordInSight, NotAnAddress, DriverMissing.
    """
    if argument is None:
        text = os.environ.get(DATABASE_VARIABLE, "")
        return read_dsn(text) if text else None
    dsn = read_dsn(argument)
    if "password" in dsn.parameters:
        raise PasswordInSight
    return dsn
