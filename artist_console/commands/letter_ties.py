"""Whether anything recorded here connects an artist with an organisation that is written to.

A label, publisher, distributor, society or licensing body that has nothing to do with the works can only
answer that it has not. Who runs programmes may have used anything, so it is not asked of operators.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from artist_console.domain.addressees import Addressee, AddresseeKind
from artist_console.domain.contracts import Contract
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, WorkId

ASKED = frozenset(
    {
        AddresseeKind.LABEL,
        AddresseeKind.PUBLISHER,
        AddresseeKind.DISTRIBUTOR,
        AddresseeKind.SOCIETY,
        AddresseeKind.LICENSING_BODY,
    }
)


def is_connected(
    addressee: Addressee,
    artist: ArtistId,
    works: Sequence[WorkId],
    facts: FactBook,
    contracts: Iterable[tuple[Contract, str]],
    issuers: Iterable[str],
) -> bool:
    """Whether it holds, licenses or releases any of the works, has a contract with the artist, or pays.

    `contracts` with the names of their other sides; `issuers`: who issued statements to the artist.
    """
    if addressee.kind not in ASKED:
        return True
    names = {_bare(name) for name in (addressee.name, *addressee.also_called)}
    parties = {party.id for party in facts.parties.values() if _bare(party.name) in names}
    if addressee.party is not None:
        parties.add(addressee.party)
    known = facts.parties.get(artist)
    labels = {_bare(known.label)} if known is not None else set()
    for work in works:
        rows = facts.controls.get(work, ())
        if any(row.licensor in parties or row.through_member in parties for row in rows):
            return True
        if any(row.party in parties for row in facts.stakeholders.get(work, ())):
            return True
        labels |= {_bare(row.label) for row in rows}
        releases = (facts.releases.get(held.release) for held in facts.memberships.get(work, ()))
        labels |= {_bare(release.label) for release in releases if release is not None}
    return (
        bool(labels & names)
        or any(contract.other_side in parties or _bare(name) in names for contract, name in contracts)
        or any(_bare(issuer) in names for issuer in issuers)
    )


def _bare(name: str) -> str:
    return " ".join(name.split()).casefold()
