"""The directory of addressees: each contact has its source, own ones lie over it, nobody stands twice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.commands.addressee_form import read_addressee, text_of
from artist_console.commands.addressees import directory_addressees
from artist_console.domain.addressee_directory import (
    KNOWN,
    OF_PARTY,
    addressee_of,
    addressees_of,
    find_addressees,
    with_own,
    with_parties,
)
from artist_console.domain.addressees import Addressee, AddresseeKind, Contact, ContactPurpose
from artist_console.domain.ids import PartyId
from artist_console.domain.parties import OrganisationRole, Party, PartyKind
from artist_console.domain.territories import ISO_COUNTRIES
from artist_console.host.resources import resource_bytes

SHIPPED = directory_addressees()
FIELDNOTE = Party(
    PartyId("fieldnote"), "Fieldnote", PartyKind.ORGANISATION, roles=(OrganisationRole.LICENSOR,)
)
NAMES = st.sampled_from(["Spotify", "SPOTIFY AB", "spotify", "Fieldnote", "GEMA", "Nobody Known", "PIAS"])


def party(id: str, name: str, *aliases: str, kind: PartyKind = PartyKind.ORGANISATION) -> Party:
    return Party(PartyId(id), name, kind, aliases=aliases, roles=(OrganisationRole.LABEL,))


def is_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" and "." in parts.netloc and " " not in address


# What ships


def test_every_contact_says_what_it_is_for_where_it_was_read_and_when() -> None:
    for each in SHIPPED:
        for contact in each.contacts:
            assert contact.email or contact.form or contact.postal, each.id
            assert contact.says.endswith("."), each.id
            assert is_page(contact.source), each.id
            assert contact.checked_on is not None, each.id
            assert date(2026, 1, 1) < contact.checked_on < date(2030, 1, 1), each.id
            assert bool(contact.postal) == bool(contact.country), each.id


def test_every_entry_has_a_site_and_a_key_of_its_own_and_is_as_the_form_takes_it() -> None:
    assert len({each.id for each in SHIPPED}) == len(SHIPPED)
    for each in SHIPPED:
        assert each.id.startswith(KNOWN)
        assert is_page(each.home), each.id
        assert not each.country or each.country in ISO_COUNTRIES, each.id
        if each.contacts:
            made = read_addressee(text_of(each), each.id, each)
            assert made.faults == (), each.id
            assert made.addressee == replace(each, own=True), each.id


def test_no_name_stands_in_it_twice() -> None:
    names = [name.casefold() for each in SHIPPED for name in {each.name, *each.also_called}]
    double = {name for name in names if names.count(name) > 1}
    assert not double


@pytest.mark.parametrize(
    "kind", [kind for kind in AddresseeKind if kind not in (AddresseeKind.PERSON, AddresseeKind.OTHER)]
)
def test_every_kind_of_organisation_is_there(kind: AddresseeKind) -> None:
    assert len(find_addressees(SHIPPED, kind=kind)) >= 5


def test_a_copyright_letter_to_an_operator_finds_its_copyright_contact_first() -> None:
    (openai,) = find_addressees(SHIPPED, "openai")
    contact = openai.contact_for(ContactPurpose.COPYRIGHT)
    assert contact is not None
    assert contact.purpose is ContactPurpose.COPYRIGHT


def test_a_contact_without_a_day_is_refused() -> None:
    table = json.loads(resource_bytes("directory/addressees.json"))
    entry = next(each for each in table["addressees"] if each["contacts"])
    entry["contacts"][0]["checked_on"] = None
    with pytest.raises((TypeError, ValueError)):
        addressees_of(table)


# Own ones


def test_an_own_change_stands_in_the_place_of_what_ships_and_a_new_directory_leaves_it() -> None:
    own = replace(SHIPPED[0], contacts=(Contact(ContactPurpose.GENERAL, email="me@example.org"),), own=True)
    newer = (replace(SHIPPED[0], contacts=()), *SHIPPED[1:])
    for shipped in (SHIPPED, newer, SHIPPED[1:]):
        found = {each.id: each for each in with_own(shipped, [own])}
        assert found[own.id] == own
        assert len(found) == len(SHIPPED)


def test_an_own_addition_stands_beside_what_ships() -> None:
    own = Addressee("018f", "A Small Label", AddresseeKind.LABEL, own=True)
    assert with_own(SHIPPED, [own]) == (*SHIPPED, own)


# Parties of the records


def test_an_organisation_that_nobody_lists_is_an_addressee_without_contacts() -> None:
    found = with_parties(SHIPPED, [FIELDNOTE])[-1]
    assert (found.id, found.kind, found.contacts) == (OF_PARTY + "fieldnote", AddresseeKind.LABEL, ())
    assert found.party == FIELDNOTE.id


def test_artists_groups_and_persons_are_no_organisations() -> None:
    others = [
        party("a", "Mara", kind=PartyKind.PERSON),
        party("b", "The Four", kind=PartyKind.GROUP),
        replace(party("c", "Mara Inc"), is_artist=True),
    ]
    assert with_parties(SHIPPED, others) == SHIPPED


@pytest.mark.parametrize("name", ["Spotify", "spotify ab", "SPOTIFY"])
def test_an_organisation_of_the_directory_takes_over_its_party(name: str) -> None:
    found = with_parties(SHIPPED, [party("op", name)])
    assert len(found) == len(SHIPPED)
    (spotify,) = [each for each in found if each.party == "op"]
    assert spotify.id == "known/spotify"


def test_an_alias_of_the_party_finds_the_entry_too() -> None:
    assert len(with_parties(SHIPPED, [party("x", "Universal Music Group N.V.", "UMG")])) == len(SHIPPED)


def test_an_own_entry_for_a_party_stands_for_it_whatever_its_name() -> None:
    own = Addressee(
        OF_PARTY + "fieldnote", "Fieldnote legal", AddresseeKind.LABEL, party=FIELDNOTE.id, own=True
    )
    assert with_parties((own,), [FIELDNOTE]) == (own,)
    assert addressee_of((own,), FIELDNOTE) == own


def test_a_person_with_the_name_of_a_company_is_not_the_company() -> None:
    person = Addressee("p", "Fieldnote", AddresseeKind.PERSON, own=True)
    assert len(with_parties((person,), [FIELDNOTE])) == 2


@given(st.lists(NAMES, max_size=6))
def test_no_party_is_lost_and_none_stands_twice(names: list[str]) -> None:
    parties = [party(str(n), name) for n, name in enumerate(names)]
    found = with_parties(SHIPPED, parties)
    assert len({each.id for each in found}) == len(found)
    for each in parties:
        entry = addressee_of(found, each)
        assert entry is not None
        assert entry in found
    assert with_parties(found, parties) == found


@given(st.permutations([party("1", "Spotify"), party("2", "Spotify AB"), FIELDNOTE, party("3", "Quiet Co")]))
def test_the_order_of_the_parties_does_not_matter(parties: list[Party]) -> None:
    assert set(with_parties(SHIPPED, parties)) == set(with_parties(SHIPPED, parties[::-1]))


# Finding


def test_accents_capitals_and_signs_do_not_hide_a_name() -> None:
    assert [each.id for each in find_addressees(SHIPPED, "SOCIETE des auteurs")] == ["known/sacem"]
    assert [each.id for each in find_addressees(SHIPPED, "buma stemra")] == ["known/buma-stemra"]
    assert find_addressees(SHIPPED, "zzz nobody") == ()


@given(st.text(max_size=20))
def test_any_text_can_be_asked_for(text: str) -> None:
    assert set(find_addressees(SHIPPED, text)) <= set(SHIPPED)
