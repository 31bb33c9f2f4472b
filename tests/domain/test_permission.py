"""The permission rule by example: each test quotes the sentence of PRODUCT that it holds the rule to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from artist_console.domain.answers import Silence
from artist_console.domain.decisions import AnswerKind, EntryKind
from artist_console.domain.facts import RecordedAnswer
from artist_console.domain.ids import FactId, PartyId, ReleaseId, TermsId, WorkId
from artist_console.domain.outcomes import PermissionOutcome as Is
from artist_console.domain.parties import GroupRule, Membership, PartyKind, Standing
from artist_console.domain.periods import Period, Recorded
from artist_console.domain.permission import combine
from artist_console.domain.programmes import (
    AddedRight,
    ApprovalClause,
    Attestation,
    ListOf,
    MemberOptIn,
    Rate,
    ScopeKind,
    TermsVersion,
)
from artist_console.domain.reasons import reason_of
from artist_console.domain.registers import Conditions, PartyStance, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Family, Right, Use
from artist_console.domain.works import Release, ReleaseTrack

from .world import (
    LABEL,
    MARA,
    NOW,
    OLA,
    OPERATOR,
    OTHER_PROGRAMME,
    OTHER_RECORDING,
    PROGRAMME,
    PUBLISHER,
    RECORDING,
    SINCE,
    SONG,
    World,
    agreement,
    amended,
    at,
    control,
    party,
    release_subject,
    stake,
    with_label,
    work_subject,
    world,
)

NEW_TERMS = TermsId("terms-2")
OWN = work_subject(RECORDING)


def new_terms(effective: date) -> TermsVersion:
    return TermsVersion(NEW_TERMS, PROGRAMME, 2, "New text.", "01", effective, date(2025, 1, 1))


# --- 1: a yes is narrow


def test_a_yes_to_everything_needed_is_allowed() -> None:
    made = world()
    made.allow_both()
    assert made.ask().outcome is Is.ALLOWED


def test_an_allow_is_about_one_work_one_programme_one_use() -> None:
    made = world()
    made.allow_both()
    assert made.ask(Use.TRAIN_FINETUNE).answer.kind is AnswerKind.UNDECIDED
    assert made.ask(subject=work_subject(OTHER_RECORDING)).answer.kind is AnswerKind.UNDECIDED
    assert made.ask(programme=OTHER_PROGRAMME).answer.kind is AnswerKind.UNDECIDED


def test_an_allow_of_the_recording_says_nothing_about_the_song() -> None:
    made = world()
    made.allow(OWN)
    found = made.ask()
    assert found.answer.kind is AnswerKind.ALLOWED
    assert found.outcome is Is.UNDECIDED
    assert [(w.right, w.carrier) for w in found.waits_for] == [(Right.COMPOSITION, SONG)]


# --- 2: a no may be wide


@pytest.mark.parametrize("use", list(Use))
def test_a_refusal_of_everything_covers_every_use(use: Use) -> None:
    made = world()
    made.refuse()
    assert made.ask(use).answer.kind is AnswerKind.REFUSED


def test_a_refusal_of_a_family_covers_its_uses_only() -> None:
    made = world()
    made.refuse(use=Family.TRAINING)
    assert made.ask(Use.TRAIN_LYRICS).answer.kind is AnswerKind.REFUSED
    assert made.ask(Use.GEN_REMIX).answer.kind is AnswerKind.UNDECIDED


def test_a_refusal_of_a_release_covers_its_recordings_not_the_songs_in_them() -> None:
    made = world()
    made.refuse(release_subject())
    assert made.ask().answer.kind is AnswerKind.REFUSED
    assert made.ask(subject=work_subject(SONG)).answer.kind is AnswerKind.UNDECIDED
    assert made.ask(subject=work_subject(OTHER_RECORDING)).answer.kind is AnswerKind.UNDECIDED


def test_a_refusal_covers_what_comes_later() -> None:
    made = world()
    made.refuse(release_subject())
    made.releases[0] = replace(
        made.releases[0], tracks=(*made.releases[0].tracks, ReleaseTrack(OTHER_RECORDING, 2))
    )
    assert made.ask(subject=work_subject(OTHER_RECORDING)).answer.kind is AnswerKind.REFUSED


def unreleased(made: World, work: WorkId) -> None:
    made.works[:] = [replace(w, unreleased=True) if w.id == work else w for w in made.works]


@pytest.mark.parametrize("use", list(Use))
def test_an_unreleased_work_is_refused_for_everything(use: Use) -> None:
    made = world()
    unreleased(made, RECORDING)
    found = made.ask(use)
    assert found.answer.kind is AnswerKind.REFUSED
    assert found.trace[0].text == (
        "“Salt Lines” is unreleased: every use of it is refused, except single ones that Mara allows."
    )
    assert made.ask(use, subject=work_subject(OTHER_RECORDING)).answer.kind is AnswerKind.UNDECIDED


def test_a_single_yes_counts_for_an_unreleased_work_as_long_as_it_lasts() -> None:
    made = world()
    unreleased(made, RECORDING)
    made.allow_both()
    assert made.ask().outcome is Is.ALLOWED
    assert made.ask(Use.TRAIN_FINETUNE).answer.kind is AnswerKind.REFUSED
    made.refuse()
    assert made.ask().trace[0].text.startswith("Mara refused this")
    lasting = world()
    unreleased(lasting, RECORDING)
    lasting.allow(OWN, conditions=Conditions(until=at(10).date()))
    assert lasting.ask(instant=at(11)).answer.kind is AnswerKind.REFUSED


def test_a_recording_of_an_unreleased_song_waits_for_nobody_it_is_refused() -> None:
    made = world()
    unreleased(made, SONG)
    made.allow(OWN)
    assert made.ask().outcome is Is.REFUSED


def test_a_refusal_depends_on_no_terms() -> None:
    made = world()
    made.refuse(OWN, Use.TRAIN_GENERATIVE, programme=PROGRAMME)
    made.terms.append(new_terms(date(2025, 11, 1)))
    assert made.ask().answer.kind is AnswerKind.REFUSED


# --- 3: which one counts


def test_an_allow_stands_against_the_refusals_made_before_it() -> None:
    made = world()
    made.refuse()
    made.allow_both()
    assert made.ask().outcome is Is.ALLOWED


def test_a_later_wider_refusal_makes_the_allow_fall() -> None:
    made = world()
    made.allow(OWN)
    made.refuse()
    assert made.ask().outcome is Is.REFUSED


def test_an_allow_that_the_refusal_keeps_stands() -> None:
    made = world()
    song = made.allow(work_subject(SONG))
    own = made.allow(OWN)
    made.refuse(keeps=[own.id, song.id])
    assert made.ask().outcome is Is.ALLOWED


def test_what_has_fallen_does_not_come_back_when_the_refusal_is_cleared() -> None:
    made = world()
    made.allow(OWN)
    made.refuse()
    made.clear()
    assert made.ask().answer.kind is AnswerKind.UNDECIDED


def test_clear_empties_its_own_register_only() -> None:
    made = world()
    made.refuse(use=Family.TRAINING)
    made.refuse(OWN, Use.TRAIN_GENERATIVE)
    made.clear(OWN, Use.TRAIN_GENERATIVE)
    assert made.ask().answer.kind is AnswerKind.REFUSED
    made.clear(use=Family.TRAINING)
    assert made.ask().answer.kind is AnswerKind.UNDECIDED


def test_a_later_refusal_that_kept_an_allow_does_not_bring_back_what_fell_earlier() -> None:
    made = world()
    own = made.allow(OWN)
    made.refuse(use=Family.TRAINING)
    made.refuse(keeps=[own.id])
    assert made.ask().answer.kind is AnswerKind.REFUSED


def test_an_allow_made_on_a_work_before_it_joined_a_refused_release_still_stands() -> None:
    made = world()
    made.releases[0] = replace(
        made.releases[0], tracks=(ReleaseTrack(RECORDING, 1, Period(since=date(2025, 6, 1))),)
    )
    made.allow(OWN, day=1)
    made.refuse(release_subject(), day=2)
    assert made.ask().answer.kind is AnswerKind.ALLOWED


def test_merged_works_combine_their_answers_restrictively() -> None:
    made = world()
    old = WorkId("salt-lines-double")
    made.works[0] = replace(made.works[0], merged_ids=(old,))
    made.refuse(work_subject(old))
    made.allow_both()
    assert made.ask().answer.kind is AnswerKind.REFUSED
    assert made.ask(subject=work_subject(old)).answer.kind is AnswerKind.REFUSED


# --- 4: in force


def test_an_allow_past_its_end_has_expired() -> None:
    made = world()
    made.allow_both(conditions=Conditions(until=date(2025, 6, 30)))
    assert made.ask(instant=NOW).outcome is Is.EXPIRED
    assert made.ask(instant=at(150)).outcome is Is.ALLOWED


def test_the_last_day_of_an_allow_still_counts() -> None:
    made = world()
    made.allow_both(conditions=Conditions(until=NOW.date()))
    assert made.ask().outcome is Is.ALLOWED
    assert made.ask(instant=NOW + timedelta(days=1)).outcome is Is.EXPIRED


def test_past_its_end_a_refusal_that_covers_the_cell_shows() -> None:
    made = world()
    made.refuse()
    made.allow_both(conditions=Conditions(until=date(2025, 6, 30)))
    assert made.ask().outcome is Is.REFUSED


def test_a_yes_given_today_follows_one_that_named_its_days_and_has_run_out() -> None:
    made = world()
    made.allow(work_subject(SONG))
    made.allow(OWN, conditions=Conditions(since=at(5).date(), until=at(10).date()), day=1)
    assert made.ask(instant=at(12)).outcome is Is.EXPIRED
    made.allow(OWN, day=12)
    assert made.ask(instant=at(13)).outcome is Is.ALLOWED


def test_new_terms_in_effect_ask_again() -> None:
    made = world()
    made.allow_both()
    made.terms.append(new_terms(date(2025, 11, 18)))
    assert made.ask(instant=NOW - timedelta(days=1)).outcome is Is.ALLOWED
    assert made.ask().outcome is Is.TERMS_CHANGED


def test_renewing_early_for_coming_terms_does_not_end_what_still_holds() -> None:
    made = world()
    made.terms.append(new_terms(date(2025, 12, 1)))
    made.allow_both()
    made.allow_both(terms=NEW_TERMS)
    assert made.ask().outcome is Is.ALLOWED
    assert made.ask(instant=NOW + timedelta(days=30)).outcome is Is.ALLOWED


def test_an_allow_whose_day_has_not_come_is_undecided_until_then() -> None:
    made = world()
    made.allow_both(conditions=Conditions(since=date(2025, 12, 1)))
    assert made.ask().answer.kind is AnswerKind.UNDECIDED
    assert made.ask(instant=NOW + timedelta(days=13)).answer.kind is AnswerKind.ALLOWED


def test_of_standing_allows_the_latest_that_has_begun_counts() -> None:
    made = world()
    made.allow_both()
    made.allow_both(conditions=Conditions(since=date(2025, 7, 1), until=date(2025, 9, 30)))
    assert made.ask(instant=at(100)).outcome is Is.ALLOWED
    assert made.ask().outcome is Is.EXPIRED


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        (Conditions(walled_garden_only=True), {"walled_garden": True}),
        (Conditions(no_style_prompts=True), {"no_style_prompts": True}),
        (
            Conditions(minimum_rate=Decimal("0.02"), rate_currency="EUR"),
            {"rates": (Rate(Use.TRAIN_GENERATIVE, Decimal("0.02"), "EUR", "per work"),)},
        ),
    ],
)
def test_a_condition_is_met_by_the_terms_or_nothing_is_allowed(
    asked: Conditions, terms: dict[str, object]
) -> None:
    made = world()
    made.allow_both(conditions=asked)
    assert made.ask().outcome is Is.CONDITIONS_UNMET
    made.terms[0] = replace(made.terms[0], **terms)  # type: ignore[arg-type]
    assert made.ask().outcome is Is.ALLOWED


def test_a_territory_condition_is_tested_when_a_place_is_given_and_listed_when_not() -> None:
    made = world()
    made.allow_both(conditions=Conditions(territories=Territories(("NO", "SE"))))
    assert made.ask(territory="SE").outcome is Is.ALLOWED
    assert made.ask(territory="US").outcome is Is.CONDITIONS_UNMET
    found = made.ask()
    assert found.outcome is Is.ALLOWED
    assert found.answer.open_conditions == ("territory",)


# --- 5: silence


def test_silence_is_undecided_and_permits_nothing() -> None:
    found = world().ask()
    assert found.answer.kind is AnswerKind.UNDECIDED
    assert found.outcome is Is.UNDECIDED


# --- 6: standing and the others


@pytest.mark.parametrize("standing", [Standing.CONTROLS, Standing.SHARES, Standing.APPROVES])
def test_a_co_owner_who_is_needed_keeps_it_pending_and_can_refuse(standing: Standing) -> None:
    made = world()
    amended(made, 0, share_bp=5_000)
    made.stakeholders.append(stake(OLA, RECORDING, Right.MASTER, standing, 5_000))
    made.allow_both()
    assert made.ask().outcome is Is.UNDECIDED
    made.allow(OWN, artist=OLA)
    assert made.ask().outcome is Is.ALLOWED
    made.refuse(artist=OLA)
    assert made.ask().outcome is Is.REFUSED


def test_a_right_without_a_known_stakeholder_counts_as_silent() -> None:
    made = world()
    del made.stakeholders[1]
    made.allow_both()
    found = made.ask()
    assert found.outcome is Is.UNDECIDED
    assert [w.silence for w in found.waits_for] == [Silence.UNKNOWN_PARTY]


@pytest.mark.parametrize(
    ("share", "outcome"), [(9_994, Is.ALLOWED), (9_993, Is.UNDECIDED), (10_007, Is.UNDECIDED)]
)
def test_a_split_may_miss_the_whole_by_six_basis_points(share: int, outcome: Is) -> None:
    made = world()
    amended(made, 0, share_bp=share)
    made.allow_both()
    assert made.ask().outcome is outcome


def test_a_disputed_split_counts_as_silent() -> None:
    made = world()
    amended(made, 1, disputed=True)
    made.allow_both()
    found = made.ask()
    assert found.outcome is Is.UNDECIDED
    assert Silence.SPLIT_FAULT in {w.silence for w in found.waits_for}


def test_an_organisation_answers_by_its_agreement() -> None:
    made = with_label(ApprovalClause.ARTIST_OPT_IN)
    made.allow_both()
    assert made.ask().outcome is Is.ALLOWED
    made.agreements.pop()
    assert made.ask().outcome is Is.NO_AGREEMENT_KNOWN


def test_a_member_of_a_licensing_body_answers_by_its_opt_in() -> None:
    made = with_label(ApprovalClause.ARTIST_OPT_IN, Standing.APPROVES)
    body = PartyId("body")
    made.parties.append(party(body, PartyKind.ORGANISATION))
    made.controls[0] = control(body, RECORDING, Right.MASTER, through_member=LABEL)
    made.agreements[-1] = agreement(body, (Right.MASTER,))
    made.allow_both()
    assert made.ask().outcome is Is.NO_AGREEMENT_KNOWN
    opted = MemberOptIn(FactId("opt"), LABEL, made.agreements[-1].id, True, date(2025, 2, 1), SINCE)
    made.opt_ins.append(opted)
    assert made.ask().outcome is Is.ALLOWED
    made.opt_ins.append(replace(opted, id=FactId("opt-out"), accepted=False, on=date(2025, 3, 1)))
    assert made.ask().outcome is Is.REFUSED


def outsider(stance: PartyStance) -> RecordedAnswer:
    return RecordedAnswer(
        FactId("said"),
        PartyId("zoe"),
        SONG,
        None,
        UseScope.of(None),
        stance,
        date(2025, 2, 1),
        SINCE,
        "two letters",
    )


@pytest.mark.parametrize(
    ("stance", "outcome"),
    [
        (PartyStance.ALLOWED, Is.ALLOWED),
        (PartyStance.REFUSED, Is.REFUSED),
        (PartyStance.UNREACHABLE, Is.UNDECIDED),
        (None, Is.UNDECIDED),
    ],
)
def test_anybody_else_answers_by_a_recorded_statement(stance: PartyStance | None, outcome: Is) -> None:
    made = world()
    made.parties.append(replace(party(PartyId("zoe")), is_artist=False))
    amended(made, 1, share_bp=5_000)
    made.stakeholders.append(stake(PartyId("zoe"), SONG, Right.COMPOSITION, Standing.SHARES, 5_000))
    made.allow_both()
    if stance is not None:
        made.recorded_answers.append(outsider(stance))
    found = made.ask()
    assert found.outcome is outcome
    expected = {PartyStance.UNREACHABLE: Silence.UNREACHABLE, None: Silence.NO_ANSWER_YET}.get(stance)
    assert [w.silence for w in found.waits_for] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("rule", "speaker", "refusing", "outcome"),
    [
        (GroupRule.ALL, None, 1, Is.REFUSED),
        (GroupRule.MAJORITY, None, 1, Is.ALLOWED),
        (GroupRule.MAJORITY, None, 2, Is.REFUSED),
        (GroupRule.NAMED, 2, 1, Is.ALLOWED),
        (GroupRule.NAMED, 0, 1, Is.REFUSED),
    ],
)
def test_a_group_answers_by_its_rule(
    rule: GroupRule, speaker: int | None, refusing: int, outcome: Is
) -> None:
    made = world()
    members = [PartyId(f"member-{i}") for i in range(3)]
    trio = PartyId("trio")
    made.parties += [party(m) for m in members]
    made.parties.append(
        party(
            trio,
            PartyKind.GROUP,
            members=tuple(Membership(m) for m in members),
            group_rule=rule,
            group_speaker=members[speaker] if speaker is not None else None,
        )
    )
    made.entries |= {who: [] for who in (*members, trio)}
    made.stakeholders[0] = stake(trio, RECORDING, Right.MASTER, Standing.CONTROLS, 10_000)
    made.allow_both()
    for index, member in enumerate(members):
        if index < refusing:
            made.refuse(artist=member)
        else:
            made.allow(OWN, artist=member)
    assert made.ask(artist=None).outcome is outcome


def test_a_former_member_has_no_say() -> None:
    made = world()
    trio = PartyId("trio")
    left = Membership(OLA, Period(until=date(2024, 12, 31)))
    made.parties.append(party(trio, PartyKind.GROUP, members=(Membership(MARA), left)))
    made.entries[trio] = []
    made.stakeholders[0] = stake(trio, RECORDING, Right.MASTER, Standing.CONTROLS, 10_000)
    made.allow_both()
    made.refuse(artist=OLA)
    assert made.ask().outcome is Is.ALLOWED


def test_a_performer_whose_agreement_is_needed_is_asked() -> None:
    made = world()
    made.stakeholders.append(stake(OLA, RECORDING, Right.PERFORMANCE, Standing.APPROVES))
    made.allow_both()
    assert made.ask().outcome is Is.UNDECIDED
    made.allow(OWN, artist=OLA)
    assert made.ask().outcome is Is.ALLOWED


def test_a_right_added_by_the_terms_is_needed_too() -> None:
    made = world()
    made.allow_both()
    made.terms[0] = replace(made.terms[0], adds_rights=(AddedRight(Use.TRAIN_GENERATIVE, Right.VOICE),))
    assert made.ask().outcome is Is.UNDECIDED


def test_voice_is_the_persons_whoever_owns_the_recording() -> None:
    made = world()
    made.stakeholders.append(stake(MARA, RECORDING, Right.VOICE, Standing.PERSONAL))
    made.allow_both(Use.TRAIN_VOICE)
    assert made.ask(Use.TRAIN_VOICE).outcome is Is.ALLOWED
    made.refuse(Subject(SubjectKind.PERSON, MARA))
    assert made.ask(Use.TRAIN_VOICE).outcome is Is.REFUSED


def test_a_no_about_the_recording_counts_for_the_song_in_it() -> None:
    made = with_label(ApprovalClause.BLANKET)
    made.refuse(OWN)
    assert made.ask().outcome is Is.REFUSED


def test_an_unknown_performer_of_the_voice_is_never_allowed() -> None:
    made = world()
    made.allow_both(Use.GEN_VOICE)
    assert made.ask(Use.GEN_VOICE).outcome is Is.UNDECIDED


# --- 7: answers without power

NO_SAY = [Standing.WISH, Standing.THROUGH_BODY]


def without_say(clause: ApprovalClause, standing: Standing) -> World:
    made = with_label(clause, standing)
    made.stakeholders = [s for s in made.stakeholders if s.subject != SONG]
    made.stakeholders += [
        stake(PUBLISHER, SONG, right, Standing.CONTROLS, 10_000)
        for right in (Right.COMPOSITION, Right.LYRICS)
    ]
    made.controls[1:] = [control(PUBLISHER, SONG, right) for right in (Right.COMPOSITION, Right.LYRICS)]
    made.agreements[0] = agreement(PUBLISHER, (Right.COMPOSITION, Right.LYRICS), ApprovalClause.BLANKET)
    return made


@pytest.mark.parametrize("standing", NO_SAY)
def test_a_refusal_without_power_is_an_objection_or_licensed_against_the_wish(standing: Standing) -> None:
    made = without_say(ApprovalClause.BLANKET, standing)
    made.refuse()
    assert made.ask().outcome is Is.LICENSED_AGAINST_WISH
    made.agreements.clear()
    assert made.ask().outcome is Is.OBJECTED


def song_without_say(standing: Standing = Standing.WISH) -> World:
    """Mara controls her recording; a publisher controls the song in it, where her standing is `standing`."""
    made = world()
    made.stakeholders = [made.stakeholders[0]]
    for right in (Right.COMPOSITION, Right.LYRICS):
        made.stakeholders.append(stake(PUBLISHER, SONG, right, Standing.CONTROLS, 10_000))
        made.stakeholders.append(stake(MARA, SONG, right, standing))
    made.controls[1:] = [control(PUBLISHER, SONG, right) for right in (Right.COMPOSITION, Right.LYRICS)]
    made.agreements.append(agreement(PUBLISHER, (Right.COMPOSITION, Right.LYRICS), ApprovalClause.BLANKET))
    return made


@pytest.mark.parametrize("artist", [MARA, None])
@pytest.mark.parametrize("standing", NO_SAY)
def test_a_no_about_the_song_outweighs_the_yes_to_its_recording_where_it_is_a_wish(
    standing: Standing, artist: PartyId | None
) -> None:
    made = song_without_say(standing)
    made.allow_both()
    assert made.ask(artist=artist).outcome is Is.ALLOWED
    made.refuse(work_subject(SONG))
    found = made.ask(artist=artist)
    assert (found.answer.kind, found.outcome) == (AnswerKind.ALLOWED, Is.LICENSED_AGAINST_WISH)
    told = "Mara refused this on 4 January 2025 for the song in it, “Salt Lines”, for every use."
    assert told in [s.text for s in found.trace]
    assert reason_of(found).text == told
    made.agreements.pop()
    assert made.ask(artist=artist).outcome is Is.OBJECTED


@pytest.mark.parametrize("artist", [MARA, None])
def test_silence_about_the_song_is_no_yes_to_the_licence_of_others_for_it(artist: PartyId | None) -> None:
    made = song_without_say(Standing.CONTROLS)
    made.allow(OWN)
    assert made.ask(artist=artist).outcome is Is.UNDECIDED
    made = song_without_say(Standing.WISH)
    made.allow(OWN)
    assert made.ask(artist=artist).outcome is Is.LICENSED_BY_OTHERS
    made.allow(work_subject(SONG))
    assert made.ask(artist=artist).outcome is Is.ALLOWED


def test_a_yes_to_the_recording_made_after_a_no_to_everything_leaves_the_song_refused() -> None:
    made = song_without_say()
    made.refuse()
    made.allow(OWN)
    assert made.ask().outcome is Is.LICENSED_AGAINST_WISH
    made.allow(work_subject(SONG))
    assert made.ask().outcome is Is.ALLOWED


def test_a_no_about_a_song_whose_standing_nobody_looked_up_is_unchecked_for_its_recording() -> None:
    made = song_without_say(Standing.UNKNOWN)
    made.allow(OWN)
    made.refuse(work_subject(SONG))
    assert made.ask().outcome is Is.REFUSED_UNCHECKED
    made.stakeholders = [row for row in made.stakeholders if (row.party, row.subject) != (MARA, SONG)]
    assert made.ask().outcome is Is.REFUSED_UNCHECKED


def test_terms_that_honour_every_refusal_honour_one_about_the_song_in_a_recording() -> None:
    made = song_without_say()
    made.allow(OWN)
    made.refuse(work_subject(SONG))
    made.terms[0] = replace(made.terms[0], honours_every_refusal=True)
    found = made.ask()
    assert found.outcome is Is.REFUSED
    assert any("promise to honour every artist's refusal" in s.text and s.facts for s in found.trace)


def test_a_no_to_everything_says_nothing_about_the_songs_of_others() -> None:
    made = song_without_say()
    made.works[2] = replace(made.works[2], artists=(OLA,))
    made.stakeholders = [row for row in made.stakeholders if (row.party, row.subject) != (MARA, SONG)]
    made.refuse()
    made.allow(OWN)
    assert made.ask().outcome is Is.ALLOWED
    made.refuse(work_subject(SONG), artist=OLA)
    assert made.ask().outcome is Is.ALLOWED, "of what Mara said; what Ola said is hers"
    assert made.ask(artist=None).outcome is Is.REFUSED_UNCHECKED


def test_a_no_to_the_own_voice_without_power_is_not_drawn_as_a_yes() -> None:
    made = world()
    made.stakeholders.append(stake(MARA, RECORDING, Right.VOICE, Standing.WISH, source="Waiver"))
    made.allow_both(Use.TRAIN_VOICE)
    assert made.ask(Use.TRAIN_VOICE).outcome is Is.ALLOWED
    made.refuse(Subject(SubjectKind.PERSON, MARA))
    found = made.ask(Use.TRAIN_VOICE)
    assert found.outcome is Is.OBJECTED
    assert any("for their voice, name and image" in s.text for s in found.trace)


def test_a_no_about_the_song_in_time_ends_a_licence_by_notice_in_its_recording_too() -> None:
    made = song_without_say()
    notice, until = ApprovalClause.DEFAULT_AFTER_NOTICE, date(2025, 6, 1)
    made.agreements[1] = replace(made.agreements[1], clause=notice, object_until=until)
    made.allow(OWN)
    made.refuse(work_subject(SONG), day=20)
    found = made.ask()
    assert found.outcome is Is.OBJECTED
    assert {gap.carrier for gap in found.licences.gaps} == {SONG}


@pytest.mark.parametrize("standing", NO_SAY)
def test_terms_that_honour_every_refusal_make_it_bind_and_the_trace_cites_them(standing: Standing) -> None:
    made = without_say(ApprovalClause.BLANKET, standing)
    made.refuse()
    made.terms[0] = replace(made.terms[0], honours_every_refusal=True)
    found = made.ask()
    assert found.outcome is Is.REFUSED
    assert any("promise to honour every artist's refusal" in s.text and s.facts for s in found.trace)


@pytest.mark.parametrize("standing", [*NO_SAY, Standing.UNKNOWN])
def test_a_yes_without_power_permits_nothing_by_itself(standing: Standing) -> None:
    made = without_say(ApprovalClause.BLANKET, standing)
    made.allow(OWN)
    assert made.ask().outcome is Is.LICENSED_BY_OTHERS


def test_a_refusal_whose_standing_is_unknown_is_unchecked() -> None:
    made = without_say(ApprovalClause.BLANKET, Standing.UNKNOWN)
    made.refuse()
    assert made.ask().outcome is Is.REFUSED_UNCHECKED
    made.stakeholders = [s for s in made.stakeholders if s.party != MARA]
    assert made.ask().outcome is Is.REFUSED_UNCHECKED


@pytest.mark.parametrize("clause", [ApprovalClause.ARTIST_OPT_IN, ApprovalClause.SINGLE_USE_APPROVAL])
def test_a_licensor_who_promised_to_ask_gives_the_wish_its_power(clause: ApprovalClause) -> None:
    made = without_say(clause, Standing.WISH)
    made.agreements[0] = replace(made.agreements[0], clause=ApprovalClause.COLLECTIVE)
    assert made.ask().outcome is Is.UNDECIDED
    made.allow(OWN)
    assert made.ask().outcome is Is.ALLOWED
    made.refuse()
    assert made.ask().outcome is Is.REFUSED


# --- 8: upfront agreement


def test_nothing_is_allowed_without_a_known_agreement_for_every_share() -> None:
    made = world()
    made.allow_both()
    made.agreements.clear()
    assert made.ask().outcome is Is.NO_AGREEMENT_KNOWN


def test_not_licensed_is_said_only_where_completeness_was_attested() -> None:
    made = world()
    made.allow_both()
    made.agreements.clear()
    made.attestations.append(
        Attestation(FactId("complete"), PROGRAMME, ListOf.AGREEMENTS, OPERATOR, date(2025, 10, 1), SINCE)
    )
    assert made.ask().outcome is Is.NOT_LICENSED
    assert made.ask(instant=at(200)).outcome is Is.NO_AGREEMENT_KNOWN


@pytest.mark.parametrize(
    "change",
    [
        {"uses": (Use.GEN_REMIX,)},
        {"rights": (Right.MASTER,)},
        {"period": Period(until=date(2025, 6, 1))},
        {"period": Period(since=date(2026, 6, 1))},
        {"territories": Territories(("SE",))},
        {"scope": ScopeKind.NAMED_WORKS, "works": (RECORDING,)},
        {"scope": ScopeKind.LABEL, "label": "Another label"},
    ],
)
def test_an_agreement_must_cover_use_right_instant_territory_and_scope(change: dict[str, object]) -> None:
    made = world()
    made.allow_both()
    made.agreements[0] = replace(made.agreements[0], **change)  # type: ignore[arg-type]
    assert made.ask(territory="US").outcome is Is.NO_AGREEMENT_KNOWN


def test_half_a_licence_is_none() -> None:
    made = world()
    made.allow_both()
    made.controls[0] = replace(made.controls[0], share_bp=5_000)
    found = made.ask()
    assert found.outcome is Is.NO_AGREEMENT_KNOWN
    assert [(gap.right, gap.missing_bp) for gap in found.licences.gaps] == [(Right.MASTER, 5_000)]


def test_silence_counts_as_yes_to_a_notice_only_after_its_last_day_and_never_after_a_no() -> None:
    made = without_say(ApprovalClause.DEFAULT_AFTER_NOTICE, Standing.WISH)
    assert made.ask(instant=at(100)).outcome is Is.NO_AGREEMENT_KNOWN
    assert made.ask().outcome is Is.LICENSED_BY_OTHERS
    made.refuse(day=50)
    held = made.ask().licences.held
    assert all(licence.agreement.clause is not ApprovalClause.DEFAULT_AFTER_NOTICE for licence in held)


def test_a_place_where_the_facts_differ_gives_differs() -> None:
    made = world()
    made.allow_both()
    made.agreements[0] = replace(made.agreements[0], territories=Territories(("NO", "SE")))
    assert made.ask(territory="SE").outcome is Is.ALLOWED
    assert made.ask(territory="US").outcome is Is.NO_AGREEMENT_KNOWN
    assert made.ask().outcome is Is.DIFFERS


# --- 9: proposals


def test_a_proposal_changes_nothing_until_it_is_signed() -> None:
    made = world()
    made.allow(work_subject(SONG))
    proposed = made.say(Stance.ALLOW, OWN, Use.TRAIN_GENERATIVE, programme=PROGRAMME, kind=EntryKind.PROPOSAL)
    assert made.ask().answer.kind is AnswerKind.UNDECIDED
    waits = made.ask()
    assert waits.outcome is Is.PROPOSED
    assert "A yes for the recording of “Salt Lines” was proposed on" in " ".join(
        step.text for step in waits.trace
    )
    made.enter(MARA, EntryKind.CO_SIGNATURE, at(20), names=proposed.id)
    assert made.ask().outcome is Is.ALLOWED


def test_a_declined_proposal_is_gone() -> None:
    made = world()
    made.allow(work_subject(SONG))
    proposed = made.say(Stance.ALLOW, OWN, Use.TRAIN_GENERATIVE, programme=PROGRAMME, kind=EntryKind.PROPOSAL)
    made.enter(MARA, EntryKind.PROPOSAL_DECLINED, at(20), names=proposed.id)
    assert made.ask().outcome is Is.UNDECIDED


# --- 10: time


def test_a_decision_counts_from_the_time_at_which_it_was_recorded() -> None:
    made = world()
    made.allow_both()
    made.refuse(day=100)
    assert made.ask(instant=at(99)).outcome is Is.ALLOWED
    assert made.ask(instant=at(100)).outcome is Is.REFUSED


def test_an_answer_about_the_past_can_be_repeated_as_known_on() -> None:
    made = world()
    made.allow_both()
    row = made.stakeholders[0]
    corrected = replace(row, id=FactId("corrected"), share_bp=5_000, recorded=Recorded(at(200), row.id))
    made.stakeholders.append(corrected)
    assert (
        made.ask(instant=at(150)).outcome is Is.ALLOWED or made.ask(instant=at(150)).outcome is Is.UNDECIDED
    )
    assert made.ask(instant=at(150), known_on=at(150)).outcome is Is.ALLOWED
    assert made.ask(instant=at(250)).outcome is Is.UNDECIDED


def test_decisions_made_under_a_mandate_outlive_it() -> None:
    made = world()
    made.refuse()
    made.enter(MARA, EntryKind.MANDATE_TAKEN_BACK, at(30))
    assert made.ask().outcome is Is.REFUSED


# --- order, privacy, other subjects


def test_the_first_outcome_that_applies_counts() -> None:
    made = world()
    made.allow_both(conditions=Conditions(until=date(2025, 6, 30)))
    made.agreements.clear()
    assert made.ask().outcome is Is.NO_AGREEMENT_KNOWN
    made.refuse()
    assert made.ask().outcome is Is.REFUSED


def test_a_name_and_answer_is_told_only_where_that_person_shares_it() -> None:
    made = world()
    amended(made, 0, share_bp=5_000)
    made.stakeholders.append(stake(OLA, RECORDING, Right.MASTER, Standing.SHARES, 5_000))
    made.allow_both()
    made.refuse(artist=OLA)
    assert not any("Ola" in step.text for step in made.ask().trace)
    made.parties[1] = replace(made.parties[1], shares_answers=True)
    assert any("Ola refused" in step.text for step in made.ask().trace)


def test_a_needed_artist_whose_ledger_is_out_of_reach_cannot_be_recomputed() -> None:
    made = world()
    amended(made, 0, share_bp=5_000)
    made.stakeholders.append(stake(OLA, RECORDING, Right.MASTER, Standing.SHARES, 5_000))
    made.allow_both()
    del made.entries[OLA]
    found = made.ask()
    assert found.outcome is Is.UNDECIDED
    assert not found.recomputable


def test_a_song_is_asked_about_its_own_rights_only() -> None:
    made = world()
    made.allow(work_subject(SONG))
    assert made.ask(subject=work_subject(SONG)).outcome is Is.ALLOWED


def test_a_person_is_asked_about_voice_and_likeness_only() -> None:
    made = world()
    me = Subject(SubjectKind.PERSON, MARA)
    made.stakeholders.append(stake(MARA, MARA, Right.LIKENESS, Standing.PERSONAL))
    assert made.ask(Use.GEN_STYLE, subject=me).outcome is Is.UNDECIDED
    made.allow(me, Use.GEN_STYLE)
    assert made.ask(Use.GEN_STYLE, subject=me).outcome is Is.ALLOWED


def test_without_a_programme_only_the_wide_answer_shows() -> None:
    made = world()
    assert made.ask(programme=None).outcome is Is.NO_AGREEMENT_KNOWN
    made.refuse()
    assert made.ask(programme=None).outcome is Is.REFUSED


def test_several_cells_that_agree_have_one_outcome() -> None:
    assert combine(frozenset()) is None
    assert combine(frozenset({Is.REFUSED})) is Is.REFUSED
    assert combine(frozenset({Is.REFUSED, Is.ALLOWED})) is Is.DIFFERS


def test_the_trace_reads_as_sentences_and_ends_with_the_outcome() -> None:
    made = world()
    made.refuse(release_subject(), Family.TRAINING)
    texts = [step.text for step in made.ask().trace]
    assert texts[0] == "Mara refused this on 2 January 2025, for the release “Night Ferry”."
    assert texts[-1] == "So it is refused."
    assert all(text.endswith(".") and "{" not in text for text in texts)


def test_every_release_of_a_work_can_refuse_it() -> None:
    made = world()
    second = Release(
        ReleaseId("deluxe"), "Night Ferry, deluxe", (MARA,), tracks=(ReleaseTrack(RECORDING, 3),)
    )
    made.releases.append(second)
    made.refuse(release_subject(second.id))
    assert made.ask().answer.kind is AnswerKind.REFUSED


def test_terms_of_another_programme_do_not_matter() -> None:
    made = world()
    made.allow_both()
    made.terms.append(replace(new_terms(date(2025, 2, 1)), programme=OTHER_PROGRAMME))
    assert made.ask().outcome is Is.ALLOWED


def test_a_fact_counts_only_once_it_is_known() -> None:
    made = world()
    made.allow_both()
    made.agreements[0] = replace(made.agreements[0], recorded=Recorded(at(300)))
    assert made.ask(known_on=at(299)).outcome is Is.NO_AGREEMENT_KNOWN
    assert made.ask(known_on=at(300)).outcome is Is.ALLOWED


def test_an_artist_who_licenses_directly_does_not_promise_to_ask_themselves() -> None:
    made = world()
    made.allow_both()
    told = [step.text for step in made.ask().trace]
    assert (
        "Mara has a direct agreement for the recording of “Salt Lines”. It covers only what Mara allows."
        in told
    )
    assert not any("promised to ask" in text for text in told)
