"""What stores and services in statements mean here: laid over lines as they are read, never kept in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from artist_console.domain.line_figures import SourceMeaning
from artist_console.domain.parties import Party
from artist_console.domain.programmes import Programme
from artist_console.domain.source_names import ProgrammeName, SourceName, SourceTable
from artist_console.formats.kinds import Kind

from . import mirror, private
from .heard import versions
from .opening import Store
from .private import PrivateKind


def said(store: Store) -> tuple[SourceName, ...]:
    """What a person said of names."""
    return private.all(store, PrivateKind.SOURCE_NAME, SourceName)


def table(store: Store) -> SourceTable:
    """Everything that names are read by; kept until something of it changes."""
    heard = versions(store)
    mark = (private.version(store), heard.get(Kind.PROGRAMME.value), heard.get(Kind.PARTY.value))
    kept = store.cached("sources", mark)
    if isinstance(kept, SourceTable):
        return kept
    programmes: tuple[Programme, ...] = mirror.all(store, Kind.PROGRAMME)
    parties: tuple[Party, ...] = mirror.all(store, Kind.PARTY)
    operators: Mapping[str, Party] = {party.id: party for party in parties}
    named = [
        ProgrammeName(
            each.id,
            each.name,
            operators[each.operator].name if each.operator in operators else "",
            operators[each.operator].aliases if each.operator in operators else (),
        )
        for each in programmes
    ]
    return store.keep("sources", mark, SourceTable(said(store), store.known_sources(), named))


def overlay(store: Store, sources: Iterable[str]) -> dict[str, SourceMeaning]:
    """What is laid over lines of these sources, as delivered; those without a meaning are left out."""
    read_by = table(store)
    found = {source: read_by.read(source).meaning for source in set(sources)}
    return {source: meaning for source, meaning in sorted(found.items()) if meaning is not None}
