"""Letters: who may write what to whom about which works, and how drafts are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from artist_console.backend.seed import SeedAccount
from artist_console.commands import contracts, kept_letters, letters
from artist_console.commands.consent import decide
from artist_console.commands.contract_form import ContractText
from artist_console.commands.findings import list_findings
from artist_console.commands.letter_keeping import KeptAlready
from artist_console.commands.letter_making import NotACountry
from artist_console.commands.letter_values import BadValue
from artist_console.commands.letter_works import UnknownWork
from artist_console.commands.letters import Draft, LetterWish, NotALetter, keep_letters, with_text
from artist_console.commands.removals import list_removals
from artist_console.domain.addressees import Addressee, AddresseeKind, Contact, ContactPurpose
from artist_console.domain.cases import CaseEvent, CaseState, EventKind, SentBy
from artist_console.domain.changes import Changes
from artist_console.domain.ids import DatasetVersionId, PartyId, ProgrammeId, WorkId
from artist_console.domain.inclusion import DatasetVersion
from artist_console.domain.letter_kinds import Attach, Capacity, Language, LetterKind
from artist_console.domain.letters import About
from artist_console.domain.mandates import Mandate, Power
from artist_console.domain.parties import Membership, Party, PartyKind, Standing
from artist_console.domain.periods import Period
from artist_console.domain.problems import Problem, UnknownThing
from artist_console.domain.uses import Right
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.store import cases
from tests.backend.world import (
    HARBOUR,
    MANAGER,
    MARA,
    MARA_ACCOUNT,
    MARAS_STATEMENT,
    OLAS,
    PROGRAMME,
    SALT,
    START,
    a_mandate,
    inclusion,
    mandate_step,
    work_subject,
)
from tests.commands import desks
from tests.commands.desks import Desk, a_desk, a_wish, an_allow
from tests.commands.letter_world import (
    DEMO,
    GERMAN_LABEL,
    LABEL,
    NORDIC,
    OPERATOR_DESK,
    PUBLISHER,
    ROWS,
    SONG,
    drafted,
    draw,
    holds,
    put_addressees,
)

WRITES = a_mandate(powers=(Power.SEE_WORKS, Power.WRITE_LETTERS))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Mara herself, in the world of letters."""
    with a_desk(tmp_path / "mara", rows=ROWS) as desk:
        put_addressees(desk)
        yield desk


def a_manager(tmp_path: Path, mandate: Mandate = WRITES) -> AbstractContextManager[Desk]:
    return a_desk(tmp_path / "manager", mandate_step(mandate), owner=MANAGER, rows=ROWS)


def the_draft(desk: Desk, kind: LetterKind = LetterKind.POSITION, **more: object) -> Draft:
    found = drafted(desk, kind, **more)
    assert found.not_possible == ()
    (draft,) = found.drafts
    return draft


def why_not(desk: Desk, kind: LetterKind = LetterKind.POSITION, **more: object) -> str:
    found = drafted(desk, kind, **more)
    assert found.groups == ()
    (no,) = found.not_possible
    return no.reason.text


def left_out(draft: Draft) -> dict[str, str]:
    return {each.work: each.reason.text for each in draft.left_out}


# Which works, and what is claimed


def test_a_letter_names_the_released_works_and_says_which_were_left_out(desk: Desk) -> None:
    draft = the_draft(desk)
    assert set(draft.letter.works) == {SALT, HARBOUR, NORDIC, SONG}
    assert left_out(draft) == {DEMO: "It is unreleased, and not named."}
    assert "Demo" not in draft.letter.text
    assert "– Nordic, recording, ISRC SE-A1B-25-00001" in draft.letter.text
    assert "– Salt Lines, song, ISWC T-034.524.680-1" in draft.letter.text


def test_an_unreleased_work_goes_along_where_it_is_named(desk: Desk) -> None:
    draft = the_draft(desk, works=(DEMO, SALT))
    assert set(draft.letter.works) == {DEMO, SALT}
    assert draft.left_out == ()


def test_of_each_work_no_more_is_claimed_than_its_standing(desk: Desk) -> None:
    draft = the_draft(desk)
    assert draft.letter.standing is Standing.WISH
    claim = "I own or exclusively control the rights concerned."
    assert draft.letter.text.count(claim) == 1
    assert f"For “Salt Lines” (recording):\n{claim}" in draft.letter.text
    assert "For “Harbour Lights”:\nAs far as I know, others own the recordings;" in draft.letter.text
    assert "For the songs:\nI hold a share of the rights concerned." in draft.letter.text
    alone = the_draft(desk, works=(SALT,))
    assert alone.letter.standing is Standing.CONTROLS
    assert "I own or exclusively control the rights concerned." in alone.letter.text


def test_a_country_at_the_end_of_an_address_has_no_article(desk: Desk) -> None:
    contact = Contact(ContactPurpose.GENERAL, postal=("1 Lane", "London"), country="GB")
    put_addressees(desk, Addressee("gb", "Lane", AddresseeKind.OPERATOR, "GB", contacts=(contact,), own=True))
    for language, name in ((Language.EN, "United Kingdom"), (Language.ES, "Reino Unido")):
        draft = the_draft(desk, addressees=("gb",), language=language)
        assert draft.letter.to_postal[-1] == name


def test_a_reservation_lists_only_what_the_artist_controls_and_says_why_not_the_rest(desk: Desk) -> None:
    draft = the_draft(desk, LetterKind.RESERVATION)
    assert draft.letter.works == (SALT,)
    assert draft.letter.standing is Standing.CONTROLS
    reasons = left_out(draft)
    assert set(reasons) == {HARBOUR, SONG, NORDIC, DEMO}
    assert reasons[HARBOUR].startswith("This letter says that the artist controls the rights. Here: ")
    assert reasons[NORDIC] == "What you hold of it is only for NO SE."


def test_what_is_held_in_some_places_is_claimed_for_those_and_named(desk: Desk) -> None:
    draft = the_draft(desk, LetterKind.RESERVATION, values={"territories": "se, NO"}, language=Language.DE)
    assert set(draft.letter.works) == {SALT, NORDIC}
    assert "Norwegen und Schweden" in draft.letter.text
    wider = the_draft(desk, LetterKind.RESERVATION, values={"territories": "SE DK"})
    assert wider.letter.works == (SALT,)
    in_words = the_draft(desk, LetterKind.RESERVATION, values={"territories": "the North {x}"})
    assert in_words.letter.works == (SALT,)
    assert "the North {x}" in in_words.letter.text
    # A letter that does not say for where it speaks claims nothing for some places only.
    position = the_draft(desk, works=(NORDIC,), values={"territories": "SE NO"})
    assert position.letter.standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    "rows",
    [
        [holds(SALT, Right.MASTER, Standing.CONTROLS, share_bp=4_000)],
        [holds(SALT, Right.MASTER, Standing.CONTROLS, disputed=True)],
        [
            holds(SALT, Right.MASTER, Standing.CONTROLS, share_bp=10_000),
            holds(SALT, Right.MASTER, Standing.SHARES, party=PartyId("ola"), share_bp=5_000),
        ],
    ],
)
def test_what_is_disputed_or_does_not_add_up_is_not_claimed(
    tmp_path: Path, rows: list[tuple[Kind, object]]
) -> None:
    with a_desk(tmp_path / "mara", rows=rows) as desk:
        put_addressees(desk)
        assert why_not(desk, LetterKind.RESERVATION).startswith("No work of Mara Quist fits this letter.")
        assert the_draft(desk, works=(SALT,)).letter.standing is Standing.UNKNOWN


def test_a_label_is_asked_about_recordings_and_a_publisher_about_songs(desk: Desk) -> None:
    found = drafted(desk, LetterKind.ASK_LICENCES, addressees=(GERMAN_LABEL.id, PUBLISHER.id))
    to_label, to_publisher = found.drafts
    assert set(to_label.letter.works) == {SALT, HARBOUR, NORDIC}
    assert to_publisher.letter.works == (SONG,)
    assert left_out(to_label)[SONG] == "It is a song, and this letter is about recordings."


def test_a_letter_that_says_no_leaves_out_what_was_said_yes_to(desk: Desk) -> None:
    decide(desk.console, [an_allow(SALT)])
    desk.sync()
    draft = the_draft(desk)
    assert left_out(draft)[SALT] == "A yes to a use of it is recorded."


def test_works_of_others_and_unknown_ones_are_told(desk: Desk) -> None:
    assert why_not(desk, LetterKind.REMOVAL) == "Name the works that it is about."
    with pytest.raises(UnknownWork):
        drafted(desk, works=(WorkId("nowhere"),))
    with pytest.raises(UnknownWork):
        drafted(desk, works=(OLAS,))  # another artist's work does not come here at all


# Who writes


def test_a_manager_with_the_power_writes_for_the_artist_and_names_the_mandate(tmp_path: Path) -> None:
    with a_manager(tmp_path) as desk:
        put_addressees(desk)
        letter = the_draft(desk).letter
        assert letter.capacity is Capacity.MANAGER
        assert letter.signed_by == "Manager"
        assert "I write for Mara Quist, under a mandate of 1 January 2025." in letter.text
        assert letter.text.endswith("Yours faithfully,\n\nManager\nfor Mara Quist\n")


def test_a_manager_without_the_power_is_told_who_can(tmp_path: Path) -> None:
    with a_manager(tmp_path, a_mandate()) as desk:
        put_addressees(desk)
        told = "Your mandate for Mara Quist does not let you write letters. Mara Quist can."
        assert why_not(desk) == told
        assert {offer.why_not for offer in letters.kinds(desk.console, (MARA,))} == {told}


def test_a_mandate_that_is_over_lets_nobody_write(tmp_path: Path) -> None:
    with a_manager(tmp_path, replace(WRITES, until=START.date() + timedelta(days=3))) as desk:
        put_addressees(desk)
        assert the_draft(desk)
        desk.clock.now += timedelta(days=30)
        assert why_not(desk).startswith("You hold no mandate for Mara Quist that is in force. Mara Quist")


def test_a_mandate_for_some_programmes_lets_one_write_about_those(tmp_path: Path) -> None:
    with a_manager(tmp_path, replace(WRITES, programmes=(PROGRAMME,))) as desk:
        put_addressees(desk)
        assert the_draft(desk, about=About(programme=PROGRAMME))
        assert why_not(desk) == (
            "Your mandate for Mara Quist is limited to some programmes, and this letter is about another or"
            " none."
        )


def test_what_a_person_signs_stays_the_artists_whoever_drafts_it(tmp_path: Path) -> None:
    with a_manager(tmp_path) as desk:
        put_addressees(desk)
        draft = the_draft(desk, LetterKind.DATA_ACCESS)
        assert draft.letter.signed_by == "Mara Quist"
        assert draft.letter.text.endswith("\n\nMara Quist\n")
        assert "Manager" not in draft.letter.text
        assert "Mara Quist signs this letter in person." in draft.warnings


INES, TOM = PartyId("ines"), PartyId("tom")
FORMER = Membership(PartyId("past"), Period(until=START.date() - timedelta(days=900)))
MEMBERS = [
    (Kind.PARTY, Party(INES, "Inês Caldeira", PartyKind.PERSON)),
    (Kind.PARTY, Party(TOM, "Tom Rune", PartyKind.PERSON)),
    (Kind.PARTY, Party(PartyId("past"), "Former", PartyKind.PERSON)),
]
QUISTS = Party(
    MARA, "The Quists", PartyKind.GROUP, is_artist=True, members=(Membership(TOM), Membership(INES), FORMER)
)


def test_a_member_signs_for_a_group_and_the_draft_says_which(tmp_path: Path) -> None:
    with a_desk(tmp_path / "group", rows=[*MEMBERS, (Kind.PARTY, QUISTS)]) as desk:
        put_addressees(desk)
        draft = the_draft(desk, LetterKind.DATA_ACCESS)
        assert draft.letter.signed_by == "Inês Caldeira"
        assert draft.letter.text.endswith("\n\nInês Caldeira\n")
        assert "I am known as Inês Caldeira (The Quists)" in draft.letter.text
        told = (
            "Inês Caldeira signs this letter in person, as a member of The Quists."
            " Tom Rune could sign it too."
        )
        assert told in draft.warnings
        assert the_draft(desk, LetterKind.DATA_ACCESS, signer=TOM).letter.signed_by == "Tom Rune"
        former = why_not(desk, LetterKind.DATA_ACCESS, signer=PartyId("past"))
        assert former.endswith("is no member of The Quists now. These are: Inês Caldeira, Tom Rune.")
        assert the_draft(desk).letter.signed_by == "The Quists"


def test_a_group_without_known_members_signs_nothing_in_person(tmp_path: Path) -> None:
    with a_desk(tmp_path / "group", rows=[(Kind.PARTY, replace(QUISTS, members=()))]) as desk:
        put_addressees(desk)
        told = "The Quists is a group, and no member of it is known here."
        assert why_not(desk, LetterKind.DATA_ACCESS).startswith(told)
        offers = {offer.kind: offer for offer in letters.kinds(desk.console, (MARA,))}
        assert offers[LetterKind.LETTER_OF_DIRECTION].why_not.startswith(told)


NO_TIE = "Nothing recorded here connects Mara Quist with {}."


def test_an_organisation_that_has_nothing_to_do_with_the_works_is_told_to_the_writer(desk: Desk) -> None:
    tied = {
        "by what it licenses": replace(GERMAN_LABEL, id="a", name="Known", party=LABEL),
        "by its name": replace(GERMAN_LABEL, id="b", name="Other", also_called=("Fieldnote",)),
    }
    put_addressees(desk, *tied.values())
    assert NO_TIE.format("Küstenklang") in the_draft(desk, addressees=(GERMAN_LABEL.id,)).warnings
    assert NO_TIE.format("Harmonia") not in the_draft(desk).warnings
    draft = the_draft(desk, addressees=("a",))
    assert not any("connects" in words for words in draft.warnings)
    other = the_draft(desk, addressees=("a",), works=(HARBOUR,))
    assert NO_TIE.format("Known") in other.warnings
    text = ContractText(
        other_side="Küstenklang", hold="non_exclusive", rights=("master",), signed_on="2019-03-03"
    )
    contracts.save_contract(desk.console, MARA, text)
    signed = the_draft(desk, addressees=(GERMAN_LABEL.id,))
    assert not any("connects" in words for words in signed.warnings)


def test_for_whom_one_may_not_write_is_told_once_and_the_rest_by_reason(tmp_path: Path) -> None:
    no_letters = replace(WRITES, powers=(Power.SEE_WORKS,))
    others = [PartyId(f"artist-{n}") for n in range(3)]
    rows = [
        (Kind.PARTY, Party(id, f"Artist {n}", PartyKind.PERSON, is_artist=True))
        for n, id in enumerate(others)
    ]
    with a_desk(tmp_path / "m", mandate_step(no_letters), owner=MANAGER, rows=[*ROWS, *rows]) as desk:
        told = letters.may_not_write(desk.console, (MARA, *others))
        assert told == (
            "Your mandate for Mara Quist does not let you write letters. Mara Quist can.",
            "For artist-0, artist-1 and artist-2 you may not write letters: you hold no mandate that is in"
            " force. They can themselves.",
        )
        offers = letters.kinds(desk.console, (MARA, *others))
        assert {(offer.possible, offer.why_not) for offer in offers} == {(False, " ".join(told))}
    with a_manager(tmp_path) as desk:
        assert letters.may_not_write(desk.console, (MARA,)) == ()
        offers = letters.kinds(desk.console, (MARA, *others))
        assert all(offer.possible and not offer.why_not for offer in offers)


def test_artists_with_one_reason_are_told_together_with_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = tuple(PartyId(f"artist-{n}") for n in range(8))
    rows = [
        (Kind.PARTY, Party(id, f"Artist {n}", PartyKind.PERSON, is_artist=True))
        for n, id in enumerate(others)
    ]
    monkeypatch.setattr(desks, "ACCOUNTS", (SeedAccount(MARA_ACCOUNT, "Mara", (MARA, *others)),))
    with a_desk(tmp_path / "many", rows=[*ROWS, *rows]) as desk:
        offers = {offer.kind: offer for offer in letters.kinds(desk.console, (MARA, *others))}
        reservation = offers[LetterKind.RESERVATION]
        assert reservation.possible
        assert reservation.why_not == (
            "8 artists control no work that is known here: Artist 0, Artist 1, Artist 2, Artist 3, Artist 4"
            " and 3 more. A performer’s notice asks the owner to reserve."
        )


@pytest.mark.parametrize(
    ("capacity", "why"),
    [
        (Capacity.MANAGER, "You are Mara Quist: nobody writes as your manager from here."),
        (Capacity.OWNER, "As the owner writes only who controls the rights: here it is wish."),
    ],
)
def test_a_capacity_that_does_not_fit_is_told(desk: Desk, capacity: Capacity, why: str) -> None:
    assert why_not(desk, capacity=capacity) == why


def test_a_songwriter_writes_about_songs(desk: Desk) -> None:
    draft = the_draft(desk, capacity=Capacity.SONGWRITER)
    assert draft.letter.works == (SONG,)
    assert left_out(draft)[SALT] == "It is a recording, and this letter is about songs."


# What it is about


def test_a_programme_gives_its_operator_uses_and_the_day_until_which_one_can_object(desk: Desk) -> None:
    letter = the_draft(desk, LetterKind.OBJECTION_TO_DEFAULT, about=About(programme=PROGRAMME)).letter
    assert "1 July 2025" in letter.text  # the agreement's, before the request's of 1 August
    assert "Harmonia 2" in letter.text
    later = the_draft(
        desk,
        LetterKind.OBJECTION_TO_DEFAULT,
        about=About(programme=PROGRAMME),
        values={"deadline": "2025-07-15", "uses": "train.generative, gen.cover"},
    ).letter
    assert "15 July 2025" in later.text
    assert "– covers made by a model" in later.text


def test_a_day_that_is_over_is_told_to_the_writer(desk: Desk) -> None:
    desk.clock.now += timedelta(days=90)
    draft = the_draft(desk, LetterKind.OBJECTION_TO_DEFAULT, about=About(programme=PROGRAMME))
    assert "The day until which one could answer or object is over: 1 August 2025." in draft.warnings


def test_a_refusal_that_stands_gives_its_day(desk: Desk) -> None:
    decide(desk.console, [a_wish()])
    desk.sync()
    assert "This decision has been on record since 1 June 2025." in the_draft(desk).letter.text


UNDECIDED = (
    "Here these works are undecided; the letter says no."
    " Record the refusal too, so that your records say the same."
)
PROPOSES = a_mandate(powers=(Power.SEE_WORKS, Power.PROPOSE, Power.WRITE_LETTERS))


def test_a_no_that_is_not_recorded_is_told_to_the_writer(desk: Desk) -> None:
    assert UNDECIDED in the_draft(desk).warnings
    decide(desk.console, [a_wish(subject=work_subject(SALT))])
    told = [words for words in the_draft(desk).warnings if "undecided" in words]
    assert told == [UNDECIDED.replace("these works", "3 of these works")]
    assert UNDECIDED not in the_draft(desk, works=(SALT,)).warnings
    told = [words for words in the_draft(desk, works=(SALT, NORDIC)).warnings if "undecided" in words]
    assert told == [UNDECIDED.replace("these works are", "“Nordic” is")]
    decide(desk.console, [a_wish()])
    assert not [words for words in the_draft(desk).warnings if "undecided" in words]


def test_what_a_manager_only_proposed_is_told_as_such_and_never_as_on_record(tmp_path: Path) -> None:
    with a_manager(tmp_path, PROPOSES) as desk:
        put_addressees(desk)
        assert UNDECIDED in the_draft(desk).warnings
        decide(desk.console, [a_wish()])
        for _ in ("kept here", "delivered"):
            draft = the_draft(desk)
            assert "on record" not in draft.letter.text
            assert UNDECIDED not in draft.warnings
            assert (
                "The refusal of these works is only proposed here: Mara Quist has still to agree to it."
                " The letter says no."
            ) in draft.warnings
            desk.sync()


def test_a_statement_gives_its_issuer_and_period_in_the_language_of_the_letter(desk: Desk) -> None:
    about = About(statement=MARAS_STATEMENT)
    values = {"question": "Line 2 has no {work}."}
    letter = the_draft(
        desk, LetterKind.STATEMENT_QUESTION, about=about, values=values, language=Language.FR
    ).letter
    assert "relevé de Harmonia, du 1er avril 2025 au 30 avril 2025" in letter.text
    assert "Line 2 has no {work}." in letter.text
    other = why_not(desk, LetterKind.STATEMENT_QUESTION, about=About(statement=None), values=values)
    assert other == "Name the statement that it is about."


def test_a_removal_gives_work_place_and_evidence(tmp_path: Path) -> None:
    place = DatasetVersion(DatasetVersionId("set-1"), "Harmonia Set", "1", programme=PROGRAMME)
    said = replace(inclusion(SALT, "in-set"), dataset=place.id, programme=PROGRAMME, as_of=date(2025, 5, 9))
    rows = [*ROWS, (Kind.DATASET, place), (Kind.INCLUSION, said)]
    with a_desk(tmp_path / "mara", rows=rows) as desk:
        put_addressees(desk)
        decide(desk.console, [a_wish()])
        desk.sync()
        (case,) = list_removals(desk.console, MARA)
        letter = the_draft(desk, LetterKind.REMOVAL, about=About(removal=case.id)).letter
        assert letter.works == (SALT,)
        for words in ("Harmonia Set 1", "9 May 2025", "1 June 2025", "Harmonia Set 1, Harmonia, 9 May 2025"):
            assert words in letter.text
        finding = next(row.finding for row in list_findings(desk.console, MARA) if row.evidence)
        about = About(finding=finding.id)
        of_finding = the_draft(desk, LetterKind.REMOVAL, about=about, attach=frozenset({Attach.EVIDENCE}))
        assert "Harmonia Set 1, Harmonia, 9 May 2025, manifest.json" in of_finding.letter.text
        assert [file.name for file in of_finding.attachments] == ["Evidence - Mara Quist - 1 June 2025.pdf"]
        assert not any(sentence.text in of_finding.letter.text for sentence in finding.words)


def test_what_is_about_somebody_else_is_not_written_about(desk: Desk) -> None:
    for about in (About(removal="removal/none"), About(finding="none")):
        assert why_not(desk, LetterKind.REMOVAL, about=about, works=(SALT,)) == (
            "What it is about is not known here of Mara Quist."
        )


def test_a_programme_that_is_not_known_is_told(desk: Desk) -> None:
    assert why_not(desk, about=About(programme=ProgrammeId("x"))).startswith("The programme")


def test_a_value_that_makes_no_sense_is_told_before_anything_is_drafted(desk: Desk) -> None:
    with pytest.raises(BadValue, match="“deadline” is a day"):
        drafted(desk, values={"deadline": "soon"})
    with pytest.raises(BadValue, match="cannot be given"):
        drafted(desk, values={"artist": "Somebody else"})
    with pytest.raises(NotACountry):
        drafted(desk, country="Sweden")


def test_what_a_letter_lacks_is_named(desk: Desk) -> None:
    assert why_not(desk, LetterKind.OBJECTION_TO_DEFAULT) == "It lacks the last day to answer or object."


# To whom


def test_language_country_and_contact_are_the_addressees_unless_others_are_wished(desk: Desk) -> None:
    letter = the_draft(desk, addressees=(GERMAN_LABEL.id,)).letter
    assert (letter.language, letter.country) == (Language.DE, "DE")
    other = the_draft(desk, addressees=(GERMAN_LABEL.id,), language=Language.ES, country="FR").letter
    assert (other.language, other.country) == (Language.ES, "FR")
    operator = the_draft(desk).letter
    assert operator.language is Language.EN
    assert operator.to_email == "rights@example.org"
    assert operator.to_postal == ("1 Quay", "111 22 Stockholm", "Sweden")
    assert operator.reply_by == date(2025, 6, 22)


def test_a_letter_to_whom_it_does_not_suit_is_not_written(desk: Desk) -> None:
    assert why_not(desk, LetterKind.SOCIETY_WITHDRAWAL, values={"category": "AI"}).startswith(
        "This letter is not for Harmonia. It is for a society or a licensing body."
    )
    told = why_not(desk, LetterKind.CO_WRITER_QUESTION, works=(SALT,))
    assert told == "This letter is not for Harmonia. It is for a person, such as a co-writer."


def test_the_law_of_the_country_is_cited_with_its_source_and_only_as_data(desk: Desk) -> None:
    letter = the_draft(desk, LetterKind.RESERVATION).letter
    cited = [source for source in letter.sources if source.country]
    assert cited
    assert {source.country for source in cited} <= {"EU", "SE"}
    assert the_draft(desk, LetterKind.RESERVATION, country="JP").letter.sources == ()


def test_the_writer_is_told_about_the_contact(desk: Desk) -> None:
    checked = Contact(
        ContactPurpose.COPYRIGHT, "a@example.org", source="https://x", checked_on=date(2024, 6, 1)
    )
    several = {
        Addressee("none", "None", AddresseeKind.OPERATOR, own=True): "No contact of None is known",
        Addressee("old", "Old", AddresseeKind.OPERATOR, contacts=(checked,), own=True): (
            "The contact of Old was last looked up on 1 June 2024"
        ),
        Addressee(
            "un", "Un", AddresseeKind.OPERATOR, contacts=(replace(checked, checked_on=None),), own=True
        ): "Nobody has looked up the contact of Un here",
        Addressee(
            "form", "Form", AddresseeKind.OPERATOR,
            contacts=(replace(checked, email="", form="https://form", checked_on=START.date()),), own=True,
        ): "Form names a form for this: https://form",
    }  # fmt: skip
    put_addressees(desk, *several)
    for addressee, words in several.items():
        assert any(each.startswith(words) for each in the_draft(desk, addressees=(addressee.id,)).warnings)
    known = the_draft(desk)
    assert not any("contact" in warning for warning in known.warnings)


def test_a_contact_for_something_else_is_taken_only_where_the_person_chooses_it(desk: Desk) -> None:
    to = Addressee(
        "narrow", "Narrow", AddresseeKind.OPERATOR, own=True,
        contacts=(
            Contact(ContactPurpose.PRIVACY, "dpo@example.org", postal=("Data office",), country="IE"),
            Contact(ContactPurpose.MEMBERS, "members@example.org"),
        ),
    )  # fmt: skip
    put_addressees(desk, to)
    draft = the_draft(desk, addressees=(to.id,))
    assert (draft.contact, draft.letter.to_name, draft.letter.to_email) == (None, "Narrow", "")
    assert draft.letter.to_postal == ()
    told = "The only contact of Narrow that is known is for personal data and its own members."
    assert any(words.startswith(told) for words in draft.warnings)
    chosen = the_draft(desk, addressees=(to.id,), contact=ContactPurpose.PRIVACY)
    assert chosen.letter.to_email == "dpo@example.org"
    assert not any(words.startswith("The only contact") for words in chosen.warnings)
    of_privacy = the_draft(desk, LetterKind.DATA_ACCESS, addressees=(to.id,))
    assert of_privacy.letter.to_email == "dpo@example.org"
    other = the_draft(desk, contact=ContactPurpose.LICENSING)
    assert other.letter.to_email == "rights@example.org"
    assert "Harmonia names no contact for licences, so another was taken." in other.warnings


def test_a_contract_that_restricts_writing_is_told_unless_it_is_with_the_addressee(desk: Desk) -> None:
    text = ContractText(
        other_side="Küstenklang",
        hold="non_exclusive",
        rights=("master",),
        signed_on="2019-03-03",
        writing_clause="The artist writes to nobody {about} licences.",
    )
    kept = contracts.save_contract(desk.console, MARA, text).value
    assert contracts.contract_text(desk.console, kept.id).writing_clause == text.writing_clause
    (warning,) = [each for each in the_draft(desk).warnings if "writing" in each]
    assert warning == (
        "Contract with Küstenklang of 3 March 2019 says of writing to others directly: “The artist writes to"
        " nobody {about} licences.”. Read it before you send this."
    )
    assert not any("writing" in each for each in the_draft(desk, addressees=(GERMAN_LABEL.id,)).warnings)


# In bulk


def test_drafts_are_grouped_by_addressee_and_one_that_cannot_write_stops_nobody_else(desk: Desk) -> None:
    found = drafted(
        desk, artists=(MARA, PartyId("ola")), addressees=(OPERATOR_DESK.id, GERMAN_LABEL.id, OPERATOR_DESK.id)
    )
    assert [group.addressee.id for group in found.groups] == [OPERATOR_DESK.id, GERMAN_LABEL.id]
    assert {draft.letter.artist for draft in found.drafts} == {MARA}
    assert [no.addressee.id for no in found.not_possible] == [OPERATOR_DESK.id, GERMAN_LABEL.id]
    assert len({draft.letter.id for draft in found.drafts}) == 2


def test_a_wish_that_names_nobody_is_told(desk: Desk) -> None:
    for wish in ({"artists": ()}, {"addressees": ()}):
        with pytest.raises(Problem, match="Nobody is named"):
            drafted(desk, **wish)
    with pytest.raises(UnknownThing):
        drafted(desk, addressees=("nobody",))


def test_kinds_say_what_they_need_and_for_whom_they_are_not_possible(desk: Desk) -> None:
    offers = {offer.kind: offer for offer in letters.kinds(desk.console, (MARA,))}
    assert set(offers) == set(LetterKind)
    assert all(offer.possible and not offer.why_not for offer in offers.values())
    assert offers[LetterKind.DATA_ACCESS].in_person
    german = {offer.kind: offer for offer in letters.kinds(desk.console, (MARA,), Language.DE)}
    assert german[LetterKind.POSITION].name != offers[LetterKind.POSITION].name


def test_a_reservation_is_not_on_offer_for_whoever_controls_nothing(mara: Desk) -> None:
    offers = {offer.kind: offer for offer in letters.kinds(mara.console, (MARA,))}
    assert not offers[LetterKind.RESERVATION].possible
    assert offers[LetterKind.RESERVATION].why_not == (
        "Mara Quist controls no work that is known here. A performer’s notice asks the owner to reserve."
    )
    assert offers[LetterKind.PERFORMER_NOTICE].possible


def test_whatever_is_drafted_from_the_records_is_whole(desk: Desk) -> None:
    to = (OPERATOR_DESK.id, GERMAN_LABEL.id, PUBLISHER.id)
    values = {
        "deadline": "2025-07-01", "category": "AI", "question": "Why?", "place": "Set 1", "payer": "A",
        "payee": "B", "share": "5 %", "first_day": "2025-07-01", "last_day": "2025-08-01",
        "contract": "C", "audit_period": "2024", "first_letter_date": "2025-05-01",
        "first_letter_subject": "S",
    }  # fmt: skip
    about = About(programme=PROGRAMME, statement=MARAS_STATEMENT)
    seen: set[LetterKind] = set()
    for kind, language in product(LetterKind, Language):
        found = drafted(desk, kind, addressees=to, language=language, values=values, about=about)
        for draft in found.drafts:
            seen.add(kind)
            text = f"{draft.letter.subject}\n{draft.letter.text}"
            assert not set(text) & set("{}")
            assert draft.letter.subject == " ".join(draft.letter.subject.split())
    assert len(seen) >= 9, "the others are for societies, persons, removals and cases"


# What goes along


def test_lists_receipts_and_evidence_go_along_on_choice(desk: Desk) -> None:
    decide(desk.console, [a_wish()])
    desk.sync()
    draft = the_draft(desk, attach=frozenset(Attach))
    names = [file.name for file in draft.attachments]
    assert names[:2] == ["Works - Mara Quist.csv", "Works - Mara Quist.pdf"]
    assert any(name.startswith("Receipt - ") and name.endswith(".jws") for name in names)
    csv = draft.attachments[0].body.decode("utf-8-sig")
    assert csv.splitlines()[0] == "Title,Version,Kind,ISRC,ISWC"
    assert "Nordic,,recording,SEA1B2500001," in csv
    assert "Demo" not in csv
    assert {file.name: file.size for file in draft.letter.attachments} == {
        file.name: len(file.body) for file in draft.attachments
    }


def test_a_title_that_looks_like_a_formula_is_kept_as_text(tmp_path: Path) -> None:
    rows = [(Kind.WORK, Work(WorkId("f"), WorkKind.RECORDING, "=cmd|' /C calc'!A0", (MARA,)))]
    with a_desk(tmp_path / "mara", rows=rows) as desk:
        put_addressees(desk)
        body = the_draft(desk, attach=frozenset({Attach.WORKS_CSV})).attachments[0].body
        assert b"'=cmd" in body


def test_a_pdf_needs_somebody_who_draws(desk: Desk) -> None:
    wish = LetterWish(LetterKind.POSITION, (MARA,), (OPERATOR_DESK.id,), attach=frozenset({Attach.WORKS_PDF}))
    with pytest.raises(Problem, match="nothing draws it"):
        letters.draft_letters(desk.console, wish)
    assert letters.draft_letters(desk.console, wish, draw).drafts


MANY = [
    (Kind.WORK, Work(WorkId(f"w{n:04}"), WorkKind.RECORDING, f"Take {n:04}", (MARA,))) for n in range(3000)
]
IN_A_LIST = {
    Language.EN: "recordings, named in the enclosed list (Works - Mara Quist.pdf)",
    Language.DE: "Aufnahmen, genannt in der beigefügten Liste (Werke - Mara Quist.pdf)",
    Language.FR: "enregistrements, énumérés dans la liste ci-jointe (Œuvres - Mara Quist.pdf)",
    Language.ES: "grabaciones, indicadas en la lista adjunta (Obras - Mara Quist.pdf)",
}


def test_a_long_list_of_works_goes_along_by_itself_and_the_letter_is_one_page(tmp_path: Path) -> None:
    named = tuple(work.id for _, work in MANY)
    with a_desk(tmp_path / "mara", rows=[*ROWS, *MANY]) as desk:
        put_addressees(desk)
        for language, words in IN_A_LIST.items():
            draft = the_draft(desk, works=named, language=language)
            assert f"– 3000 {words}\n" in draft.letter.text
            assert "Take" not in draft.letter.text
            assert draft.letter.text.count("\n") < 45
            (file,) = draft.attachments
            assert file.body.count(b"Take") == 3000
            assert draft.letter.attachments[0].sha256 == hashlib.sha256(file.body).hexdigest()
            told = f"It names 3,000 works in a list of its own, {file.name}, which goes along."
            assert told in draft.warnings
        chosen = the_draft(desk, works=named, attach=frozenset({Attach.WORKS_CSV}))
        assert [file.name for file in chosen.attachments] == ["Works - Mara Quist.csv"]
        assert "named in the enclosed list (Works - Mara Quist.csv)" in chosen.letter.text
        in_full = the_draft(desk, works=named, list_in_letter=True)
        assert (in_full.letter.text.count("Take"), in_full.attachments) == (3000, ())
        short = the_draft(desk, works=named[:30])
        assert (short.letter.text.count("Take"), short.attachments) == (30, ())


def test_a_long_list_is_a_table_where_nothing_draws_paper(tmp_path: Path) -> None:
    with a_desk(tmp_path / "mara", rows=[*ROWS, *MANY[:31]]) as desk:
        put_addressees(desk)
        wish = LetterWish(LetterKind.POSITION, (MARA,), (OPERATOR_DESK.id,))
        (draft,) = letters.draft_letters(desk.console, wish).drafts
        assert [file.name for file in draft.attachments] == ["Works - Mara Quist.csv"]


def test_what_does_not_go_along_or_is_lacking_is_told(desk: Desk) -> None:
    draft = the_draft(desk, LetterKind.RESERVATION, attach=frozenset({Attach.RECEIPTS}))
    assert "A receipt does not go along with this kind of letter." in draft.warnings
    lacking = the_draft(desk, attach=frozenset({Attach.RECEIPTS}))
    assert (
        "No receipt of a refusal that this letter speaks of is here, so none is attached." in lacking.warnings
    )


# Keeping


def test_a_kept_letter_opens_a_case_and_keeping_it_again_changes_nothing(desk: Desk) -> None:
    drafts = drafted(desk, addressees=(OPERATOR_DESK.id, GERMAN_LABEL.id)).drafts
    done = keep_letters(desk.console, drafts)
    assert done.changes is Changes.CASES
    assert [case.letters[0] for case in done.value] == [draft.letter for draft in drafts]
    assert [event.kind for case in done.value for event in case.events] == [EventKind.DRAFTED] * 2
    desk.reopen()
    again = keep_letters(desk.console, drafts)
    assert again.changes is Changes.NONE
    assert again.value == done.value
    assert len(cases.all(desk.console.store)) == 2
    rows = kept_letters.list_letters(desk.console, MARA)
    assert {row.state for row in rows} == {CaseState.DRAFTED}
    assert {row.kind_name for row in rows} == {"No consent, and your position"}


def test_own_words_are_kept_as_such_and_a_kept_letter_is_never_changed(desk: Desk) -> None:
    draft = the_draft(desk)
    assert with_text(draft, draft.letter.subject, draft.letter.text) is draft
    own = with_text(draft, "My {subject}\nX: y", "My own words {here}.\n")
    assert (own.letter.subject, own.letter.text) == ("My {subject} X: y", "My own words {here}.\n")
    assert own.letter.edited
    keep_letters(desk.console, [own])
    with pytest.raises(KeptAlready):
        keep_letters(desk.console, [draft])
    assert kept_letters.show_letter(desk.console, own.letter.id).letter == own.letter
    for subject, text in (("", "x"), ("x", " \n "), ("x" * 301, "x")):
        with pytest.raises(NotALetter):
            with_text(draft, subject, text)


def test_a_follow_up_adds_to_its_case_and_reminds_of_the_letter_that_was_sent(desk: Desk) -> None:
    (case,) = keep_letters(desk.console, [the_draft(desk, language=Language.DE)]).value
    assert why_not(desk, LetterKind.FOLLOW_UP, artists=(), addressees=(), case=case.id).startswith("It lacks")
    sent = CaseEvent(
        "sent", EventKind.SENT, date(2025, 6, 3), START, "a-mara", letter=case.letters[0].id, how=SentBy.MAIL
    )
    cases.add(desk.console.store, case.id, [sent], START, START.date())
    desk.clock.now += timedelta(days=30)
    draft = the_draft(desk, LetterKind.FOLLOW_UP, artists=(), addressees=(), case=case.id)
    assert draft.letter.language is Language.DE
    assert "3. Juni 2025" in draft.letter.text
    assert case.letters[0].subject in draft.letter.text
    (after,) = keep_letters(desk.console, [draft]).value
    assert after.id == case.id
    assert [letter.id for letter in after.letters] == [case.letters[0].id, draft.letter.id]
    assert keep_letters(desk.console, [draft]).value == (after,)
    with pytest.raises(UnknownThing):
        drafted(desk, LetterKind.FOLLOW_UP, case="none")
