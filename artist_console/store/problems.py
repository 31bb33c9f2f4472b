"""Trouble of the local database, told as one sentence each; the errors of apsw end here."""

from __future__ import annotations

import apsw

from artist_console.domain.problems import StorageProblem


class DiskFull(StorageProblem):
    title_template = "There is no room left on the disk, so nothing was recorded"
    advice_template = "Free some space and try again"


class DiskFailed(StorageProblem):
    title_template = "The disk did not take what was to be written, so nothing was recorded"
    advice_template = "Check the disk or the connection to it, then try again"


class StoreBusy(StorageProblem):
    title_template = "Another program holds the records of this profile, so nothing was recorded"
    advice_template = "Close it, or try again in a moment"


class StoreReadOnly(StorageProblem):
    title_template = "The records of this profile cannot be written"
    advice_template = "Check that you may write in the folder of the profile"


class StoreDamaged(StorageProblem):
    """Pages of a database that hold something else than they should."""

    title_template = "{name} is damaged"
    advice_template = "Set it aside and restore a copy of it, if there is one"


class MirrorDamaged(StorageProblem):
    title_template = "{name}, the copy of what the service said, is damaged"
    advice_template = "Start Artist Console again: it is made anew from the service. Decisions are kept apart"


class StoreUnreadable(StorageProblem):
    """No database, or one that this key does not open."""

    title_template = "{name} cannot be opened with the key of this profile"
    advice_template = (
        "Put back keys.json from your backup, or use the keyring it was made with; nothing was changed"
    )


class JournalGone(StorageProblem):
    """The mirror says that the profile was in use; a new journal would hide that decisions are missing."""

    title_template = "{name}, which holds your decisions, is missing or empty"
    advice_template = (
        "Put it back from your backup. To go on without it, move {mirror} away: what a service recorded is"
        " fetched again, what was never sent is lost"
    )


class StoreTooNew(StorageProblem):
    title_template = "{name} was written by a newer version of Artist Console"
    advice_template = "Use the newer version to open this profile"


class OldSqlite(StorageProblem):
    title_template = "The database library of this installation is too old ({found}; {needed} is needed)"
    advice_template = "Install Artist Console again with its requirements"


class AnotherAccount(StorageProblem):
    title_template = "What waits to be sent from here belongs to another account"
    advice_template = "Sign in with the account it was made with, or use another profile; nothing was sent"


def translated(error: apsw.Error, name: str) -> StorageProblem | None:
    """The problem that an error of the database is; None for a bug of ours."""
    if isinstance(error, apsw.FullError):
        return DiskFull()
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return StoreBusy()
    if isinstance(error, apsw.NotADBError):
        return StoreUnreadable(name=name)
    if isinstance(error, apsw.CorruptError):
        return StoreDamaged(name=name)
    if isinstance(error, apsw.ReadOnlyError | apsw.PermissionsError | apsw.CantOpenError):
        return StoreReadOnly()
    if isinstance(error, apsw.IOError):
        return DiskFailed()
    return None
