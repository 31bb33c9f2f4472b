"""Addressees as a person keeps them: changed, added, taken back; what is wrong is told at its field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.commands.addressee_form import AddresseeText, ContactText, read_addressee, text_of
from artist_console.commands.addressees import (
    AddresseeFaults,
    addressee_for,
    addressee_text,
    check_addressee,
    directory_addressees,
    list_addressees,
    remove_addressee,
    save_addressee,
    show_addressee,
)
from artist_console.domain.addressees import AddresseeKind, ContactPurpose
from artist_console.domain.changes import Changes
from artist_console.domain.letter_kinds import Language
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.store import mirror
from tests.backend.world import OPERATOR
from tests.commands.desks import Desk

MAIL = ContactText("general", email="office@example.org")
LABEL = AddresseeText(name="A Small Label", kind="label", country="se", language="EN", contacts=(MAIL,))


def faults(**fields: object) -> dict[str, str]:
    text = replace(LABEL, **fields)  # type: ignore[arg-type]
    return {fault.field: fault.words for fault in read_addressee(text, "new").faults}


def contact_faults(**fields: str) -> dict[str, str]:
    return faults(contacts=(MAIL, ContactText(**fields)))


# Keeping


def test_an_addressee_is_added_changed_and_removed(mara: Desk) -> None:
    saved = save_addressee(mara.console, LABEL)
    assert saved.changes is Changes.CASES
    kept = saved.value
    assert (kept.kind, kept.country, kept.language, kept.own) == (
        AddresseeKind.LABEL,
        "SE",
        Language.EN,
        True,
    )
    assert kept in list_addressees(mara.console, "small", AddresseeKind.LABEL)

    mara.reopen()
    changed = replace(addressee_text(mara.console, kept.id), note="Anna answers")
    assert save_addressee(mara.console, changed, kept.id).value.id == kept.id
    assert show_addressee(mara.console, kept.id).note == "Anna answers"

    assert remove_addressee(mara.console, kept.id).value is None
    with pytest.raises(UnknownThing):
        show_addressee(mara.console, kept.id)


def test_a_change_to_the_directory_keeps_its_id_and_its_removal_brings_back_what_ships(mara: Desk) -> None:
    shipped = show_addressee(mara.console, "known/gema")
    text = replace(text_of(shipped), contacts=(MAIL,))
    save_addressee(mara.console, text, shipped.id)
    mara.reopen()
    found = show_addressee(mara.console, "known/gema")
    assert found.own
    assert found.contacts[0].email == "office@example.org"
    assert len(list_addressees(mara.console, "gema")) == 1

    assert remove_addressee(mara.console, shipped.id).value == shipped
    assert show_addressee(mara.console, "known/gema") == shipped
    with pytest.raises(InputProblem, match="stands in the directory and was not changed here"):
        remove_addressee(mara.console, shipped.id)


def test_each_save_is_seen_at_once(mara: Desk) -> None:
    for name in ("First", "Second", "Third"):
        save_addressee(mara.console, replace(LABEL, name=name))
        assert list_addressees(mara.console, name)


def test_a_faulty_addressee_is_not_kept_and_each_fault_names_its_field(mara: Desk) -> None:
    text = AddresseeText(contacts=(ContactText(postal="1 High Street\nTown", email="no address"),))
    with pytest.raises(AddresseeFaults) as caught:
        save_addressee(mara.console, text)
    named = [fault.field for fault in caught.value.faults]
    assert named == ["name", "contacts/1/country", "contacts/1/email"]
    assert check_addressee(mara.console, text) == caught.value.faults
    assert not any(each.own for each in list_addressees(mara.console))


def test_nothing_is_saved_under_an_id_that_nobody_has(mara: Desk) -> None:
    with pytest.raises(UnknownThing):
        save_addressee(mara.console, LABEL, "gone")


# The records


def test_organisations_of_the_records_are_listed_and_can_be_given_contacts(mara: Desk) -> None:
    operator = mirror.facts(mara.console.store, mara.console.clock()).parties[OPERATOR]
    found = addressee_for(mara.console, OPERATOR)
    assert found is not None
    assert (found.id, found.name, found.contacts) == (f"party/{OPERATOR}", operator.name, ())
    assert found in list_addressees(mara.console)

    text = replace(addressee_text(mara.console, found.id), name="Their legal office", contacts=(MAIL,))
    save_addressee(mara.console, text, found.id)
    kept = addressee_for(mara.console, OPERATOR)
    assert kept is not None
    assert (kept.id, kept.name, kept.party) == (found.id, "Their legal office", OPERATOR)
    assert remove_addressee(mara.console, found.id).value == found


def test_an_own_addressee_stands_for_the_party_that_it_names(mara: Desk) -> None:
    kept = save_addressee(mara.console, replace(LABEL, party=OPERATOR)).value
    assert addressee_for(mara.console, OPERATOR) == kept
    assert not [each for each in list_addressees(mara.console) if each.id == f"party/{OPERATOR}"]


def test_a_party_that_nobody_knows_has_no_addressee(mara: Desk) -> None:
    assert addressee_for(mara.console, "nobody") is None  # type: ignore[arg-type]


# What is wrong


@pytest.mark.parametrize(
    "mail",
    [
        "office",
        "office@",
        "@example.org",
        "office@example",
        "a b@example.org",
        "office@example.org, other@example.org",
        "Office <office@example.org>",
        "office@example..org",
        "office@example.org\nBcc: all@example.org",
        "x" * 250 + "@example.org",
    ],
)
def test_what_is_no_mail_address_is_told(mail: str) -> None:
    assert "not a mail address" in contact_faults(email=mail)["contacts/2/email"]


@pytest.mark.parametrize(
    "form",
    [
        "http://example.org/form",
        "example.org",
        "https://",
        "https://localhost",
        "https://a b.org",
        "https://[x",
    ],
)
def test_a_form_has_to_be_an_https_address(form: str) -> None:
    assert "https://" in contact_faults(form=form)["contacts/2/form"]


def test_a_postal_address_needs_its_country() -> None:
    told = contact_faults(postal="1 High Street\nTown")
    assert told == {"contacts/2/country": "A postal address needs its country: two letters such as SE or GB."}
    assert contact_faults(postal="1 High Street\nTown", country="gb") == {}


def test_a_country_that_is_none_is_told_once() -> None:
    assert list(contact_faults(postal="1 High Street", country="UK")) == ["contacts/2/country"]
    assert "“UK” is not a country code" in faults(country="UK")["country"]


def test_one_way_to_reach_them_is_needed() -> None:
    assert list(faults(contacts=())) == ["contacts"]
    assert list(contact_faults(says="Everything")) == ["contacts/2/email"]


def test_unknown_kinds_purposes_languages_and_days_are_told() -> None:
    assert "not one of" in faults(kind="bank")["kind"]
    assert "not one of" in faults(language="it")["language"]
    assert "not one of" in contact_faults(purpose="complaints", email="a@example.org")["contacts/2/purpose"]
    assert "not a day" in contact_faults(email="a@example.org", checked_on="today")["contacts/2/checked_on"]


def test_what_is_far_too_long_is_told() -> None:
    assert list(faults(name="x" * 301)) == ["name"]
    assert list(faults(note="x" * 5_001)) == ["note"]
    assert list(faults(contacts=(MAIL,) * 21)) == ["contacts"]
    assert list(contact_faults(postal="\n".join("123456789"), country="SE")) == ["contacts/2/postal"]


@pytest.mark.parametrize("sign", ["\a", "\u202e", "\x1b[31m"])
def test_signs_that_cannot_be_printed_are_told(sign: str) -> None:
    assert "cannot be printed" in faults(name=f"A{sign}B")["name"]
    told = contact_faults(postal=f"1 High{sign}Street", country="SE")
    assert "cannot be printed" in told["contacts/2/postal"]


def test_the_kind_can_be_written_in_words() -> None:
    assert faults(kind="Licensing body") == {}


# Where a contact was read


def test_a_changed_contact_loses_the_source_that_did_not_say_it() -> None:
    shipped = next(each for each in directory_addressees() if each.id == "known/openai")
    text = text_of(shipped)
    first = replace(text.contacts[0], form="https://example.org/other")
    made = read_addressee(replace(text, contacts=(first, *text.contacts[1:])), shipped.id, shipped).addressee
    assert made is not None
    assert (made.contacts[0].source, made.contacts[0].checked_on) == ("", None)
    assert made.contacts[1:] == shipped.contacts[1:]


def test_a_contact_that_only_changes_its_purpose_keeps_its_source() -> None:
    shipped = next(each for each in directory_addressees() if each.id == "known/openai")
    text = text_of(shipped)
    first = replace(text.contacts[0], purpose="general")
    made = read_addressee(replace(text, contacts=(first,)), shipped.id, shipped).addressee
    assert made is not None
    assert made.contacts[0].source == shipped.contacts[0].source
    assert made.contacts[0].purpose is ContactPurpose.GENERAL


def test_a_source_that_the_person_gives_is_kept() -> None:
    given_one = replace(MAIL, source="https://example.org/contact", checked_on="2026-11-30")
    made = read_addressee(replace(LABEL, contacts=(given_one,)), "new").addressee
    assert made is not None
    assert made.contacts[0].source == "https://example.org/contact"


# Rules

WRITTEN = st.text(max_size=40)
CONTACTS = st.builds(ContactText, WRITTEN, WRITTEN, WRITTEN, WRITTEN, WRITTEN, WRITTEN, WRITTEN, WRITTEN)


@given(
    st.builds(
        AddresseeText,
        WRITTEN,
        st.sampled_from([kind.value for kind in AddresseeKind]) | WRITTEN,
        WRITTEN,
        WRITTEN,
        st.lists(CONTACTS, max_size=3).map(tuple),
        WRITTEN,
        st.lists(WRITTEN, max_size=3).map(tuple),
        WRITTEN,
        WRITTEN,
    )
)
def test_anything_written_is_read_or_told_and_nothing_in_between(text: AddresseeText) -> None:
    read = read_addressee(text, "new")
    assert (read.addressee is None) == bool(read.faults)
    for fault in read.faults:
        assert fault.words.endswith(".")


@given(st.sampled_from(directory_addressees()))
def test_what_was_kept_can_be_written_again(shipped: object) -> None:
    text = replace(text_of(shipped), contacts=(MAIL,))  # type: ignore[arg-type]
    made = read_addressee(text, "x").addressee
    assert made is not None
    assert read_addressee(text_of(made), "x", made).addressee == made
