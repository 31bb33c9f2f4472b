"""Trouble with the database, told in a sentence that carries no part of a statement, a name or a password."""

from __future__ import annotations

from artist_console.domain.problems import Problem, StorageProblem


class DatabaseUnreadable(StorageProblem):
    """The file is damaged, is no database, or the key does not fit."""

    title_template = "The records in {name} cannot be opened: the file is damaged or the key is not its own"
    advice_template = "The file was left as it is; put back a copy from your backup, or set it aside"


class DatabaseTooNew(StorageProblem):
    """A newer version of the program has changed the tables."""

    title_template = "The records in {name} were written by a newer version of Artist Console"
    advice_template = "Install that version or a newer one; the file was left as it is"


class NotDurable(StorageProblem):
    """The disk is full, read-only or failing: the transaction was rolled back."""

    title_template = "Nothing could be saved in {name}: {reason}"
    advice_template = "Make room on the disk or check it, then try again; what was saved before is safe"


class NotReady(StorageProblem):
    """The database is there, but not as the service needs it: settings, tables, privileges."""

    title_template = "The database {name} cannot be used: {reason}"


class TryAgain(StorageProblem):
    """Passes by itself: the same request, sent again a little later, may well be answered."""

    retry_after_s = 2


class DatabaseAway(TryAgain):
    """The database server does not answer, or the connection to it was lost in between."""

    title_template = "The database {name} cannot be reached: {reason}"
    advice_template = "Check that the database server runs; what was saved before is safe"
    retry_after_s = 5


class DatabaseBusy(TryAgain):
    """Others were in the way for too long; the transaction was rolled back."""

    title_template = "The database {name} is busy: {reason}"
    advice_template = "Try again; nothing of this was saved"


class EpochOver(TryAgain):
    """The database was restored under a service that runs."""

    title_template = "The database {name} was restored while the service ran"
    advice_template = "The service starts anew; try again then"


class NotStorable(Problem):
    """A text that the database cannot hold: one with a zero character, or one too long for its place."""

    title_template = "A text in the request cannot be recorded: {reason}"
