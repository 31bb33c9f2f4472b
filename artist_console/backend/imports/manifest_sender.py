"""Who a manifest is from, as far as anything shows it, and how strong that makes what it says."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from artist_console.backend.storage import organisations, rows
from artist_console.backend.storage.credentials import folded
from artist_console.domain.identifiers import read_dpid
from artist_console.domain.inclusion_states import EvidenceGrade
from artist_console.domain.parties import OrganisationRole, Party, PartyKind
from artist_console.domain.problems import InputProblem
from artist_console.domain.words import FILE_IN_THE_NAME_OF
from artist_console.formats.kinds import Kind
from artist_console.formats.manifest import SIGNATURE_TYPE, ManifestSeen, Operator
from artist_console.formats.signatures import SignatureFault, UnverifiedJws, check_with

from .job import Order

_LICENSORS = frozenset(OrganisationRole) - {OrganisationRole.OPERATOR, OrganisationRole.MANAGEMENT}


MOST_SIGNS = 300  # of a name; a longer one is no name


def bounded(name: str) -> str:
    """A name as it is kept and shown."""
    return name if len(name) <= MOST_SIGNS else f"{name[: MOST_SIGNS - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose word it is. `scope` keeps apart what different senders say of one operator."""

    grade: EvidenceGrade
    stated_by: str
    scope: str
    operator: Party | None  # where it is known here
    kid: str  # of the key that signed, where it is known whose it is
    checked_how: str
    everywhere: bool  # compared with all works of the service, not with the account's alone

    @property
    def vouched(self) -> bool:
        """Whether anything but the file itself says whose it is."""
        return self.grade is not EvidenceGrade.SELF_REPORTED

    @property
    def in_a_sentence(self) -> str:
        return self.stated_by if self.vouched else f"{self.stated_by[:1].lower()}{self.stated_by[1:]}"


def who_sent(connection: Connection, order: Order, seen: ManifestSeen) -> Sender:
    """Raises InputProblem for a signature that does not fit, and for an account that speaks for another."""
    named = seen.header.operator
    signer, kid = (None, "") if seen.signature is None else _signer(connection, order, seen.signature)
    own = organisations.spoken_for(connection, order.account)
    speaker = signer or (_party(connection, own) if own is not None else None)
    if speaker is None:
        return _of_nobody(connection, order, seen, named)
    by = f"The signature was checked with a key that is known as {speaker.name}'s" if signer else ""
    posted = f"{speaker.name} posted it with an account of its own"
    if is_named(speaker, named):
        grade = EvidenceGrade.OPERATOR_SIGNED if signer else EvidenceGrade.OPERATOR_STATED
        return Sender(grade, speaker.name, "", speaker, kid, by or posted, own is not None)
    if not _LICENSORS & set(speaker.roles):
        raise InputProblem(
            "“{file}” is a manifest of {operator}, and it comes from {speaker}",
            "Send the manifests of {speaker} alone; nothing of it was taken over",
            file=order.file_name,
            operator=named.name,
            speaker=speaker.name,
        )
    return Sender(
        EvidenceGrade.LICENSOR_STATED,
        speaker.name,
        speaker.id,
        _known(connection, named),
        kid,
        f"{by or posted}; it is about {named.name}",
        own is not None,
    )


def is_named(party: Party, named: Operator) -> bool:
    """Whether a manifest means this party: by id, by DDEX party id, else by name."""
    if named.id and named.id == party.id:
        return True
    ours = {each.value for each in party.identifiers if each.kind == "dpid"}
    theirs = read_dpid(named.dpid).value
    if ours and theirs:
        return theirs in ours
    return folded(named.name) in {folded(name) for name in (party.name, *party.aliases)}


def _signer(connection: Connection, order: Order, signature: UnverifiedJws) -> tuple[Party | None, str]:
    """The organisation whose key made the signature; None where nobody here knows the key."""
    if signature.typ != SIGNATURE_TYPE:
        raise InputProblem(
            "The signature of “{file}” was made for something else",
            "Ask the operator for the file again; nothing of it was taken over",
            file=order.file_name,
        )
    for known in organisations.good_keys(connection, signature.kid):
        if isinstance(check_with(signature, known.key), SignatureFault):
            raise InputProblem(
                "“{file}” was changed after it was signed",
                "Ask the operator for the file again; nothing of it was taken over",
                file=order.file_name,
            )
        party = _party(connection, known.party)
        if party is not None:
            return party, known.key.kid
    return None, ""


def _of_nobody(connection: Connection, order: Order, seen: ManifestSeen, named: Operator) -> Sender:
    shows = (
        "it is signed with a key that nobody here knows" if seen.signature is not None else "it is not signed"
    )
    return Sender(
        EvidenceGrade.SELF_REPORTED,
        FILE_IN_THE_NAME_OF.format(
            name=bounded(named.name)
        ),  # what it says is not shown as the operator's word
        order.account,
        _known(connection, named),
        "",
        f"The file says that it is from {bounded(named.name)}; nothing shows that: {shows}",
        everywhere=False,
    )


def _known(connection: Connection, named: Operator) -> Party | None:
    organisation = PartyKind.ORGANISATION
    for party in rows.each_of(connection, Kind.PARTY):
        if party.kind is organisation and not party.self_declared and is_named(party, named):
            found: Party = party
            return found
    return None


def _party(connection: Connection, id: str) -> Party | None:
    return rows.some_of(connection, Kind.PARTY, [id]).get(id)
