"""Takes in a file part by part. What goes wrong is a problem, and the file stays as far as it came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from artist_console.backend.storage import uploads
from artist_console.backend.storage.database import Database
from artist_console.backend.storage.uploads import UploadEntry
from artist_console.domain.ids import AccountId
from artist_console.domain.problems import InputProblem

from .arriving import Arriving

MAX_FILE_BYTES = 16_000_000_000
MOST_AT_ONCE = 16  # files of one account that are on their way


class OutOfStep(Exception):
    """A part does not begin where the file stands (`offset`), or another is being written."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


@dataclass(frozen=True)
class Desk:
    """Where files arrive, over the database that says whose they are."""

    database: Database
    arriving: Arriving
    clock: Callable[[], datetime]

    def begin(
        self, id: str, account: AccountId, file_name: str, size: int, sha256: str
    ) -> tuple[UploadEntry, int]:
        """A file to come, and how far it is: the same one as before where it has begun to come already.

        Raises InputProblem, NoRoom, FileProblem.
        """
        if not size:
            raise InputProblem(
                "“{file}” is empty", "Download it again, or ask the sender for it", file=file_name
            )
        if size > MAX_FILE_BYTES:
            raise InputProblem(
                "“{file}” is larger than the {limit} GB that are taken at most",
                "Split it, and bring in one part after the other",
                file=file_name,
                limit=MAX_FILE_BYTES // 1_000_000_000,
            )
        drop_what_is_over(self.database, self.arriving, self.clock())
        entry = UploadEntry(id, account, file_name, size, sha256, self.clock())
        with self.database.writing() as connection:
            for former in uploads.open_of(connection, account) if sha256 else ():
                same = (former.size, former.sha256, former.file_name) == (size, sha256, file_name)
                if same and self.arriving.has(former.id):
                    return former, self.arriving.file(former.id).length()
            if len(uploads.open_of(connection, account)) >= MOST_AT_ONCE:
                raise InputProblem(
                    "{most} files of this account are on their way already",
                    "Wait for one of them, or give one up",
                    most=MOST_AT_ONCE,
                )
            self.arriving.check_room(size, self._promised(uploads.all_of(connection)))
            uploads.add(connection, entry)
        try:
            self.arriving.begin(id)
        except BaseException:
            self._forget(id)
            raise
        return entry, 0

    def find(self, id: str, account: AccountId) -> tuple[UploadEntry, int] | None:
        """A file on its way and how far it has come; None for unknown ones and those of others alike."""
        with self.database.reading() as connection:
            entry = uploads.find(connection, id, account)
        if entry is None or not self.arriving.has(id):
            return None
        with self.arriving.alone(id) as free:
            sealed = self.arriving.file(id)
            return entry, sealed.sound_length() if free else sealed.length()

    def take(self, entry: UploadEntry, offset: int, data: bytes) -> int:
        """Take a part in and give the new length. Raises OutOfStep, InputProblem, FileProblem."""
        with self.arriving.alone(entry.id) as free:
            sealed = self.arriving.file(entry.id)
            stands = sealed.sound_length() if free else sealed.length()
            if not free or offset != stands:
                raise OutOfStep(stands)
            if offset + len(data) > entry.size:
                raise InputProblem(
                    "“{file}” is longer than was said", "Bring it in once more", file=entry.file_name
                )
            return sealed.append(data) if data else stands

    def add(self, id: str, data: bytes) -> int:
        """Take in what comes next of a body whose length is not known. Raises FileProblem."""
        with self.arriving.alone(id):
            return self.arriving.file(id).append(data)

    def measure(self, id: str, size: int, sha256: str) -> None:
        """Say of such a body how much it was."""
        with self.database.writing() as connection:
            uploads.measure(connection, id, size, sha256)

    def give_up(self, id: str) -> None:
        self._forget(id)
        self.arriving.drop(id)

    def _forget(self, id: str) -> None:
        with self.database.writing() as connection:
            uploads.drop(connection, id)

    def _promised(self, entries: tuple[UploadEntry, ...]) -> int:
        """What is still to come of files that lie here."""
        here = (entry for entry in entries if self.arriving.has(entry.id))
        return sum(max(0, entry.size - self.arriving.file(entry.id).length()) for entry in here)


def drop_what_is_over(database: Database, arriving: Arriving, now: datetime) -> None:
    """Files that nobody went on with for a day, and those that nothing knows of."""
    with database.writing() as connection:
        over = uploads.over(connection, now)
        for id in over:
            uploads.drop(connection, id)
        known = {entry.id for entry in uploads.all_of(connection)}
        lost = [id for id in arriving.ids() if id not in known]
    for id in (*over, *lost):
        arriving.drop(id)
