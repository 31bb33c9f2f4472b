"""The lines of statements: fetched by the hash of their file, piece by piece, and taken when they are it.

A file is on the disk, durably, before the mirror says that it is here. A fetch that was cut goes on behind
what came; a file that is not what its hash says is fetched once more, and told where it still is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from artist_console.domain.problems import FileProblem, NetworkProblem, UnknownThing
from artist_console.domain.statement_checks import SealState
from artist_console.domain.statements import Statement
from artist_console.formats.signatures import PublicKey
from artist_console.formats.statement_seal import seal_state
from artist_console.store import arrived_lines, heads, statements
from artist_console.store.line_files import ArrivingLines, LineFiles
from artist_console.store.open_lines import LinesDamaged
from artist_console.store.opening import Part, Store

from .exchange import Exchange
from .heads import meet_keys
from .problems import Nonsense

PIECE_BYTES = 4 * 1024 * 1024
_TRIES = 2


class LinesNotGenuine(NetworkProblem):
    title_template = "The lines that {host} sent of a statement of {issuer} are not those that it names"
    advice_template = "They were not taken over, and are fetched again with the next synchronisation"


class LinesUnreadable(NetworkProblem):
    title_template = "The lines that {host} sent of a statement of {issuer} cannot be read: {why}"
    advice_template = "Install the current version of Artist Console, or tell whoever runs the service"


@dataclass
class Fetching:
    """What one round fetches."""

    store: Store
    service: Exchange
    now: datetime
    _keys: Mapping[str, PublicKey] | None = field(default=None, repr=False)

    def sweep(self) -> None:
        """Remove the files that no statement names any more. After a pull: the mirror is whole then."""
        if self.store.files is not None:
            self.store.files.sweep(statements.named_files(self.store))

    def fetch(self, lack: statements.Lacking) -> int:
        """Fetch what one statement lacks; gives how many lines came.

        Raises LinesNotGenuine, LinesUnreadable, which hold up no other statement; another NetworkProblem,
        FileProblem, StorageProblem.
        """
        statement = statements.one(self.store, lack.statement)
        files = self.store.files
        if statement is None or files is None:
            return 0
        if not files.has(lack.sha256):
            try:
                self._bring(statement, files)
            except UnknownThing:
                return 0  # it left the reach; the feed will say so
        return self.take(statement)

    def take(self, statement: Statement) -> int:
        """Add up the lines of a file that is here, and say that it is here; gives how many there are."""
        files = self.store.files
        assert files is not None, "asked for where there are files"
        seal = self.seal_of(statement)
        try:
            made = arrived_lines.made_of(self.store, statement, seal)
        except LinesDamaged:
            return 0  # set aside: the next round fetches it
        except FileProblem as problem:
            if not files.is_whole(statement.lines_sha256):
                raise  # the disk has trouble, not the file
            why = problem.title
            raise LinesUnreadable(host=self.service.host, issuer=statement.issuer, why=why) from problem
        with self.store.transaction(Part.MIRROR):
            arrived_lines.put(self.store, statement, made)
        return made.count

    def seal_of(self, statement: Statement) -> SealState:
        """Whether the seal of the service is over this statement and these lines, by a key that is known."""
        if not statement.seal:
            return SealState.NONE
        if self._keys is None:
            kept = {kid: each.key for kid, each in heads.keys(self.store).items()}
            self._keys = kept or meet_keys(self.store, self.service, self.now)
        return seal_state(statement, self._keys)

    def look_at_seals_again(self) -> int:
        """Look at seals of a key that was not known; gives how many statements are different now."""
        changed = 0
        for statement in statements.with_unknown_key(self.store):
            if self.seal_of(statement) is not SealState.KEY_UNKNOWN:
                changed += bool(self.take(statement))
        return changed

    def _bring(self, statement: Statement, files: LineFiles) -> None:
        for _ in range(_TRIES):
            arriving = files.arriving(statement.lines_sha256)
            self._bring_all(statement, arriving)
            if arriving.keep():
                return
        raise LinesNotGenuine(host=self.service.host, issuer=statement.issuer)

    def _bring_all(self, statement: Statement, arriving: ArrivingLines) -> None:
        while arriving.length < statement.lines_bytes:
            rest = statement.lines_bytes - arriving.length
            piece = self.service.statement_file(statement.id, arriving.length, min(PIECE_BYTES, rest))
            if (piece.sha256, piece.total) != (statement.lines_sha256, statement.lines_bytes):
                raise LinesNotGenuine(host=self.service.host, issuer=statement.issuer)
            if len(piece.content) > rest:
                raise Nonsense(host=self.service.host, what="it is more of a file than there is")
            arriving.append(piece.content)
