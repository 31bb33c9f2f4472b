"""The board over a real profile; answers of people without an account; reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from artist_console.commands.consensus import BoardView, consensus_board, recorded_answers
from artist_console.commands.consent import decide
from artist_console.commands.permissions import explain
from artist_console.commands.recorded_answers import (
    MAX_EVIDENCE_BYTES,
    AnswersByDecisions,
    DayToCome,
    GivenAnswer,
    HoldsNothing,
    NothingTried,
    TooManyWords,
    VoiceInBulk,
    change_answer,
    evidence_bytes,
    record_answer,
    remove_answer,
)
from artist_console.commands.reminders import HasAnswered, NoAddress, NotAsked, mailto, reminder
from artist_console.commands.works import find_works
from artist_console.domain.changes import Changes
from artist_console.domain.consensus import Agreed, AgreeState, BoardRow
from artist_console.domain.ids import FactId, PartyId, WorkId
from artist_console.domain.kept_answers import KeptAnswer
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.periods import Recorded
from artist_console.domain.problems import FileProblem, Problem, UnknownThing
from artist_console.domain.registers import PartyStance, Stance, UseScope
from artist_console.domain.uses import Family, Right, Use
from artist_console.domain.work_rows import WorksQuery
from artist_console.store import private, projection
from artist_console.store.private import PrivateKind
from tests.backend.world import HARBOUR, MARA, OLA, PROGRAMME, START, work_subject
from tests.commands.agreeing import FIELDNOTE, PETRA, ROWS, SONG, TIDE
from tests.commands.desks import Desk, a_desk, a_wish, an_allow

USE = Use.TRAIN_GENERATIVE
YES = GivenAnswer(
    PETRA,
    PartyStance.ALLOWED,
    date(2025, 5, 20),
    TIDE,
    PROGRAMME,
    UseScope.of(USE),
    "Yes, by e-mail.",
    "Her mail",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=ROWS) as made:
        yield made


def board(desk: Desk, work: WorkId = TIDE, use: Use | None = USE) -> BoardView:
    return consensus_board(desk.console, MARA, work, PROGRAMME, use)


def row_of(view: BoardView, right: Right, holder: str) -> BoardRow:
    return next(r for g in view.board.groups if g.right is right for r in g.rows if r.holder == holder)


def outcome(desk: Desk, work: WorkId = TIDE) -> PermissionOutcome:
    return explain(desk.console, work, PROGRAMME, USE, MARA).outcome


def everything_mine_allowed(desk: Desk) -> None:
    decide(desk.console, [an_allow(TIDE), an_allow(SONG)])
    desk.sync()


def record(desk: Desk, given: GivenAnswer = YES) -> FactId:
    row = record_answer(desk.console, MARA, given).value.row
    assert row is not None
    return row.id


# The board


def test_the_board_names_everybody_who_is_needed_by_right_with_share(desk: Desk) -> None:
    view = board(desk)
    assert [(g.right, g.carrier, g.title) for g in view.board.groups] == [
        (Right.MASTER, TIDE, "Low Tide"),
        (Right.COMPOSITION, SONG, "Low Tide"),
    ]
    petra = row_of(view, Right.COMPOSITION, "Petra Nyholm")
    assert (petra.share_bp, petra.state, petra.answers_here) == (5_000, AgreeState.NO_ANSWER_YET, False)
    assert view.board.agreed is Agreed.NOT_EVERYONE


def test_an_artist_with_an_account_elsewhere_is_told_without_a_name(desk: Desk) -> None:
    view = board(desk, HARBOUR)
    assert "ola" not in repr(view.board).casefold()
    (group,) = [g for g in view.board.groups if g.right is Right.MASTER]
    assert group.others is Agreed.NOT_EVERYONE
    assert {row.holder for row in group.rows} == {"", "Fieldnote"}


def test_without_a_use_the_board_is_about_all_that_is_asked_but_for_voice_and_likeness(desk: Desk) -> None:
    view = consensus_board(desk.console, MARA, TIDE)
    uses = {use for _, use in view.board.cells}
    assert USE in uses
    assert Use.TRAIN_VOICE not in uses
    assert any(choice.use is Use.TRAIN_VOICE and choice.asked for choice in view.choices)
    single = consensus_board(desk.console, MARA, TIDE, PROGRAMME, Use.GEN_VOICE)
    assert single.board.cells == ((PROGRAMME, Use.GEN_VOICE),)


def test_an_unknown_work_is_a_sentence(desk: Desk) -> None:
    with pytest.raises(UnknownThing, match="not known here"):
        consensus_board(desk.console, MARA, WorkId("nowhere"))


# Recording what somebody without an account said


def test_a_recorded_yes_completes_the_agreement_and_says_what_follows(desk: Desk) -> None:
    everything_mine_allowed(desk)
    assert outcome(desk) is PermissionOutcome.UNDECIDED
    done = record_answer(desk.console, MARA, YES)
    assert done.changes & Changes.CONSENT
    assert [s.text for s in done.value.follows] == [
        "“Low Tide”, one use: “Not everyone has agreed” becomes “Allowed”."
    ]
    assert outcome(desk) is PermissionOutcome.ALLOWED
    view = board(desk)
    assert view.board.everyone_agreed
    petra = row_of(view, Right.COMPOSITION, "Petra Nyholm")
    (shown,) = [view.records[id] for id in petra.records]
    assert (shown.words, shown.source, shown.kept_here) == ("Yes, by e-mail.", "Her mail", True)


def test_the_rows_of_works_follow_a_recorded_answer_at_once(desk: Desk) -> None:
    decide(desk.console, [an_allow(TIDE, use) for use in Use if use.value.startswith("research")])
    desk.sync()

    def shown() -> PermissionOutcome | None:
        rows = find_works(desk.console, WorksQuery(artist=MARA)).rows
        return next(row.outcome for row in rows if row.work == TIDE)

    before = shown()
    record(desk, replace(YES, stance=PartyStance.REFUSED, programme=None, use=UseScope.of(None)))
    assert shown() is not before


def test_a_recorded_no_refuses(desk: Desk) -> None:
    everything_mine_allowed(desk)
    record(desk, replace(YES, stance=PartyStance.REFUSED, words="No."))
    assert outcome(desk) is PermissionOutcome.REFUSED


def test_what_was_tried_is_no_answer(desk: Desk) -> None:
    everything_mine_allowed(desk)
    done = record_answer(
        desk.console, MARA, replace(YES, stance=PartyStance.UNREACHABLE, words="Two letters")
    )
    assert [s.text for s in done.value.follows] == ["What is allowed stays as it was."]
    petra = row_of(board(desk), Right.COMPOSITION, "Petra Nyholm")
    assert (petra.state, petra.words) == (AgreeState.UNREACHABLE, "Two letters")


def test_it_stays_in_the_profile_and_survives_a_restart(desk: Desk) -> None:
    record(desk)
    desk.reopen()
    (kept,) = recorded_answers(desk.console, PETRA)
    assert (kept.party_name, kept.subject_title, kept.on) == ("Petra Nyholm", "Low Tide", YES.on)
    desk.sync()
    assert len(recorded_answers(desk.console)) == 1


def test_a_file_is_kept_as_evidence_and_goes_with_the_answer(desk: Desk, tmp_path: Path) -> None:
    letter = tmp_path / "yes.pdf"
    letter.write_bytes(b"%PDF signed")
    id = record(desk, replace(YES, evidence=letter))
    assert evidence_bytes(desk.console, id) == ("yes.pdf", b"%PDF signed")
    (kept,) = recorded_answers(desk.console)
    letter.unlink()
    change_answer(desk.console, MARA, id, replace(YES, words="Yes, and again."))
    assert evidence_bytes(desk.console, id)[1] == b"%PDF signed", "a change keeps what is attached"
    remove_answer(desk.console, MARA, id)
    assert private.attachment(desk.console.store, kept.evidence_sha256) is None
    with pytest.raises(UnknownThing):
        evidence_bytes(desk.console, id)


def test_another_file_takes_the_place_of_the_former(desk: Desk, tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("one")
    two.write_text("two")
    id = record(desk, replace(YES, evidence=one))
    (former,) = recorded_answers(desk.console)
    change_answer(desk.console, MARA, id, replace(YES, evidence=two))
    assert evidence_bytes(desk.console, id) == ("two.txt", b"two")
    assert private.attachment(desk.console.store, former.evidence_sha256) is None
    change_answer(desk.console, MARA, id, replace(YES, drop_evidence=True))
    with pytest.raises(UnknownThing, match="No file"):
        evidence_bytes(desk.console, id)


def test_changing_and_removing_say_what_follows(desk: Desk) -> None:
    everything_mine_allowed(desk)
    id = record(desk, replace(YES, stance=PartyStance.REFUSED, words="No."))
    changed = change_answer(desk.console, MARA, id, YES).value
    assert [s.text for s in changed.follows] == ["“Low Tide”, one use: “Refused” becomes “Allowed”."]
    removed = remove_answer(desk.console, MARA, id).value
    assert removed.row is None
    assert [s.text for s in removed.follows] == [
        "“Low Tide”, one use: “Allowed” becomes “Not everyone has agreed”."
    ]
    with pytest.raises(UnknownThing):
        remove_answer(desk.console, MARA, id)


def test_a_yes_beside_an_earlier_no_says_that_the_no_still_counts(desk: Desk) -> None:
    everything_mine_allowed(desk)
    record(desk, replace(YES, stance=PartyStance.REFUSED, words="No.", on=date(2025, 5, 2)))
    follows = record_answer(desk.console, MARA, YES).value.follows
    assert "The no of Petra Nyholm of 2 May 2025 still counts" in follows[-1].text
    assert outcome(desk) is PermissionOutcome.REFUSED


@pytest.mark.parametrize(
    ("given", "problem", "words"),
    [
        (replace(YES, party=PartyId("nobody")), UnknownThing, "nobody is not known here"),
        (replace(YES, party=OLA), AnswersByDecisions, "own record of answers"),
        (replace(YES, party=MARA), AnswersByDecisions, "own record of answers"),
        (replace(YES, on=START.date() + timedelta(days=1)), DayToCome, "2 June 2025 has not come yet"),
        (replace(YES, stance=PartyStance.UNREACHABLE, words=" "), NothingTried, "what was tried"),
        (replace(YES, words="a" * 4_001), TooManyWords, "4,000"),
        (replace(YES, work=HARBOUR), HoldsNothing, "“Harbour Lights”"),
        (replace(YES, use=UseScope.of(Family.VOICE_LIKENESS)), VoiceInBulk, "one use at a time"),
        (replace(YES, work=WorkId("nowhere")), UnknownThing, "not known here"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_recorded(
    desk: Desk, given: GivenAnswer, problem: type[Problem], words: str
) -> None:
    with pytest.raises(problem, match=words):
        record_answer(desk.console, MARA, given)
    assert recorded_answers(desk.console) == ()


def test_who_does_not_share_is_not_named_by_a_problem(desk: Desk) -> None:
    with pytest.raises(AnswersByDecisions) as told:
        record_answer(desk.console, MARA, replace(YES, party=OLA))
    assert "Ola" not in told.value.sentence


def test_evidence_that_is_too_large_or_not_there_is_told_and_nothing_is_recorded(
    desk: Desk, tmp_path: Path
) -> None:
    large = tmp_path / "film.mov"
    with large.open("wb") as file:
        file.truncate(MAX_EVIDENCE_BYTES + 1)
    for path, words in ((large, "larger than the 20 MB"), (tmp_path / "gone.pdf", "no file")):
        with pytest.raises(FileProblem, match=words):
            record_answer(desk.console, MARA, replace(YES, evidence=path))
    assert recorded_answers(desk.console) == ()


def test_an_organisation_can_be_recorded_as_well(desk: Desk) -> None:
    given = GivenAnswer(
        FIELDNOTE, PartyStance.REFUSED, YES.on, HARBOUR, PROGRAMME, UseScope.of(None), "By letter"
    )
    record(desk, given)
    label = row_of(board(desk, HARBOUR, Use.GEN_STEMS), Right.MASTER, "Fieldnote")
    assert (label.state, label.words) == (AgreeState.REFUSED, "By letter")


# Reminders


def test_a_reminder_says_who_asks_for_what_and_that_silence_is_no_yes(desk: Desk) -> None:
    draft = reminder(desk.console, MARA, TIDE, PETRA, PROGRAMME, USE)
    text = draft.text
    assert draft.subject.text == "Your answer about “Low Tide”"
    assert text.startswith("Hello Petra Nyholm,\n\nMara Quist asks for your answer")
    for told in (
        "Your agreement is needed for the song.",
        "Harmonia 2, a programme of Harmonia,",
        "Train a model that makes music",
        "Terms: Version 1 of 1 January 2025.",
        "Yes means:",
        "No means:",
        "No answer is not a yes",
    ):
        assert told in text, told
    assert text.endswith("Mara Quist\n")


def test_a_reminder_never_holds_anybody_elses_answer_nor_money(desk: Desk) -> None:
    before = reminder(desk.console, MARA, TIDE, PETRA, PROGRAMME, USE).text
    decide(desk.console, [a_wish(Stance.REFUSE, work_subject(TIDE))])
    record(desk, GivenAnswer(FIELDNOTE, PartyStance.REFUSED, YES.on, None, None, UseScope.of(None), "Never"))
    after = reminder(desk.console, MARA, TIDE, PETRA, PROGRAMME, USE).text
    assert after == before
    for word in ("EUR", "€", "%", "Fieldnote", "rate"):
        assert word not in after


def test_who_has_answered_is_not_reminded(desk: Desk) -> None:
    record(desk)
    with pytest.raises(HasAnswered, match="Petra Nyholm"):
        reminder(desk.console, MARA, TIDE, PETRA, PROGRAMME, USE)
    other = reminder(desk.console, MARA, TIDE, PETRA)
    assert "Train a model that makes music" not in other.text, "what is answered is not asked again"
    assert "AI remixes" in other.text


def test_who_is_not_shared_can_be_reminded_without_a_name_only(desk: Desk) -> None:
    with pytest.raises(NotAsked):
        reminder(desk.console, MARA, HARBOUR, OLA, PROGRAMME, USE)
    draft = reminder(desk.console, MARA, HARBOUR, None, PROGRAMME, USE)
    assert draft.text.startswith("Hello,\n")
    assert "Ola" not in draft.text


def test_a_draft_opens_in_a_mail_program_as_it_was_written(desk: Desk) -> None:
    draft = reminder(desk.console, MARA, TIDE, PETRA, PROGRAMME, USE)
    link = urlsplit(mailto("petra@example.org", draft.subject.text, draft.text))
    fields = parse_qs(link.query, strict_parsing=True)
    assert (link.scheme, unquote(link.path)) == ("mailto", "petra@example.org")
    assert fields["subject"] == [draft.subject.text]
    assert fields["body"][0].replace("\r\n", "\n") == draft.text
    assert set(fields) == {"subject", "body"}


@pytest.mark.parametrize(
    "address",
    [
        "petra",
        "a@b",
        "a@example.org,b@example.org",
        "a@example.org?bcc=c@example.org",
        "a b@example.org",
        "a@b.org\nBcc: c",
    ],
)
def test_an_address_that_would_add_something_to_the_draft_is_refused(address: str) -> None:
    with pytest.raises(NoAddress):
        mailto(address, "Subject", "Body")


def test_only_the_works_spoken_about_are_worked_out_and_no_row_is_left_behind(desk: Desk) -> None:
    """The same rows as when everything is worked out anew, though other works were not looked at."""
    everything_mine_allowed(desk)
    store, today = desk.console.store, desk.console.today
    projection.refresh(store, today)
    record(desk, replace(YES, stance=PartyStance.REFUSED, words="No."))
    assert projection.rows_are_current(store, today)
    narrow = find_works(desk.console, WorksQuery(artist=MARA)).rows
    store.run("DELETE FROM mirror.meta WHERE name = 'projected'")
    projection.refresh_rows(store, today)
    assert find_works(desk.console, WorksQuery(artist=MARA)).rows == narrow


def test_two_private_changes_at_once_work_out_everything(desk: Desk) -> None:
    store, today = desk.console.store, desk.console.today
    projection.refresh(store, today)
    version = private.version(store)
    for number in range(2):
        private.put(store, PrivateKind.RECORDED_ANSWER, MARA, [kept(f"other-{number}")], START)
    change = projection.PrivateChange(version, frozenset())
    assert projection.refresh_rows_after(store, today, change)
    assert projection.rows_are_current(store, today)
    row = next(r for r in find_works(desk.console, WorksQuery(artist=MARA)).rows if r.work == TIDE)
    assert row.outcome is not None


def kept(id: str) -> KeptAnswer:
    return KeptAnswer(
        FactId(id), PETRA, "", None, UseScope.of(None), PartyStance.REFUSED, YES.on, Recorded(START)
    )
