"""The lines of statements: fetched page by page, checked against what was asked, resumable."""

from __future__ import annotations

from artist_console.domain.problems import UnknownThing
from artist_console.formats.kinds import Kind
from artist_console.store import mirror, statements
from artist_console.store.opening import Part, Store

from .exchange import MAX_PAGES, Exchange
from .problems import Nonsense


def fetch_lines_of(store: Store, service: Exchange, lack: statements.Lacking) -> int:
    """Fetch what one statement lacks; gives how many lines came. Raises NetworkProblem."""
    statement = mirror.get(store, Kind.STATEMENT, lack.statement)
    assert statement is not None
    after = lack.after
    fetched = 0
    for _ in range(MAX_PAGES):
        try:
            page = service.lines(lack.statement, after)
        except UnknownThing:
            return fetched  # it left the reach; the feed will say so
        follows = page.next is None or after is None or page.next > after
        if page.statement != lack.statement or not follows:
            raise Nonsense(host=service.host, what="it is about other lines")
        with store.transaction(Part.MIRROR):
            statements.put_lines(store, statement, page.lines, page.next, first=after is None)
        fetched += len(page.lines)
        if page.next is None:
            return fetched
        after = page.next
    raise Nonsense(host=service.host, what="it never comes to an end")
