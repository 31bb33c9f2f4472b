"""Who may see which row. Pure: a row and the artists of works in, keys out.

A key is what an account holds: "*" everybody holds; "artist/<id>/<power>" whoever has that power for the
artist; "artist/<id>/own" only the artist; "account/<id>" one account. A row is seen by whoever holds one of
its keys, in lists, by id, in the feed and in a snapshot alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from artist_console.domain.decisions import EntryReceipt, LedgerEntry
from artist_console.domain.directions import Direction
from artist_console.domain.facts import OthersAnswer, RecordedAnswer
from artist_console.domain.inclusion import DatasetVersion, InclusionStatement, ModelVersion
from artist_console.domain.mandates import Mandate, Power
from artist_console.domain.paid_splits import PaidSplit
from artist_console.domain.parties import Party, PartyKind, Stakeholder
from artist_console.domain.pay_terms import PayTerms
from artist_console.domain.programmes import (
    Agreement,
    Attestation,
    Control,
    MemberOptIn,
    Programme,
    Request,
    ScopeKind,
    TermsVersion,
)
from artist_console.domain.statements import Statement
from artist_console.domain.unauthorised import Unauthorised
from artist_console.domain.works import Release, Work
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import Row

EVERYBODY = "*"
OWN = "own"

Target = tuple[Kind, str]
ArtistsOf = Callable[[str], tuple[str, ...]]  # artists of a work; a person's id gives that person


def artist_key(artist: str, power: Power | None = Power.SEE_WORKS) -> str:
    """The key of a power; None: of the artist alone."""
    return f"artist/{artist}/{power.value if power else OWN}"


def account_key(account: str) -> str:
    return f"account/{account}"


def row_id(kind: Kind, row: Row) -> str:
    return f"{row.artist}/{row.n}" if kind in (Kind.ENTRY, Kind.RECEIPT) else str(row.id)


def grants(kind: Kind, row: Row, artists_of: ArtistsOf) -> dict[Target, frozenset[str]]:
    """The keys that a row gives to itself and to the rows of the people it names."""
    own = _own_keys(row, artists_of)
    given = {(kind, row_id(kind, row)): own}
    for party in _people_named(row):
        target = (Kind.PARTY, party)
        # Whoever sees a work may read the names of those who hold or made it.
        given[target] = given.get(target, frozenset()) | own
    if isinstance(row, InclusionStatement) and row.dataset is not None:
        given[(Kind.DATASET, row.dataset)] = own
    if isinstance(row, InclusionStatement) and row.model is not None:
        given[(Kind.MODEL, row.model)] = own
    return given


def subjects_of(row: Row) -> tuple[str, ...]:
    """The works or persons whose artists decide who sees the row: what `artists_of` will be asked."""
    match row:
        case Stakeholder() | RecordedAnswer():
            return (row.subject,) if row.subject else ()
        case Control() | InclusionStatement() | OthersAnswer():
            return (row.work,)
        case Agreement() if row.scope is ScopeKind.NAMED_WORKS:
            return tuple(row.works)
        case Release():
            return tuple(track.work for track in row.tracks)
    return ()


def _own_keys(row: Row, artists_of: ArtistsOf) -> frozenset[str]:
    match row:
        case Party():
            return _party_keys(row)
        case Work():
            return _see_works(row.artists)
        case Release():
            return _see_works([*row.artists, *_artists(row, artists_of)])
        case Stakeholder():
            return _see_works([row.party, *_artists(row, artists_of)])
        case Control() | InclusionStatement() | OthersAnswer():
            return _see_works(_artists(row, artists_of))
        case RecordedAnswer():
            return _see_works(_artists(row, artists_of)) if row.subject else frozenset({EVERYBODY})
        case Agreement():
            named = row.scope is ScopeKind.NAMED_WORKS
            return _see_works(_artists(row, artists_of)) if named else frozenset({EVERYBODY})
        case Request() | LedgerEntry() | EntryReceipt():
            return _see_works([row.artist])
        case Unauthorised():
            return frozenset({artist_key(row.artist, None)})
        case Mandate():
            return frozenset({artist_key(row.artist, None), account_key(row.holder)})
        case Statement():
            return frozenset({artist_key(row.payee, Power.SEE_MONEY)})
        case PayTerms():
            # Those for everybody are seen by whoever set them up alone.
            return frozenset() if row.payee is None else _see_money([row.payee])
        case Direction():
            return _see_money([row.directed_by, row.payee])
        case PaidSplit():
            return _see_money(share.party for share in row.shares)
        case DatasetVersion() if row.operator is None and row.programme is None:
            return frozenset()  # a list that somebody brought in: seen by them, and by whose works are in it
        case ModelVersion() if row.claimed:
            return frozenset()  # the same of a model
        case Programme() | TermsVersion() | MemberOptIn() | Attestation() | DatasetVersion() | ModelVersion():
            return frozenset({EVERYBODY})
    raise TypeError(f"no kind of row: {type(row).__name__}")


def _party_keys(party: Party) -> frozenset[str]:
    match party.kind:
        case PartyKind.ORGANISATION:
            # One that stands in a file alone is seen by who brought it in.
            return frozenset() if party.self_declared else frozenset({EVERYBODY})
        case PartyKind.GROUP:
            return _see_works([party.id, *(membership.member for membership in party.members)])
        case PartyKind.PERSON:
            return _see_works([party.id])
    assert_never(party.kind)


def _people_named(row: Row) -> tuple[str, ...]:
    match row:
        case Work():
            return (*row.artists, *(credit.party for credit in row.credits if credit.party))
        case Release():
            return tuple(row.artists)
        case Stakeholder() | RecordedAnswer():
            return (row.party,)
        case Direction():
            return (row.directed_by, row.payee)
        case PaidSplit():
            return tuple(share.party for share in row.shares)
        case PayTerms() if row.payee is not None:
            return (row.payee, *([row.commission_to] if row.commission_to is not None else []))
        case Party():
            return tuple(membership.member for membership in row.members)
    return ()


def _artists(row: Row, artists_of: ArtistsOf) -> list[str]:
    return [artist for subject in subjects_of(row) for artist in artists_of(subject)]


def _see_money(artists: Iterable[str]) -> frozenset[str]:
    return frozenset(artist_key(artist, Power.SEE_MONEY) for artist in artists)


def _see_works(artists: Iterable[str]) -> frozenset[str]:
    return frozenset(artist_key(artist) for artist in artists)
