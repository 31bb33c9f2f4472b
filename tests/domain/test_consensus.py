"""The consensus board: it agrees with the permission rule, and tells nothing of those who do not share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.answers import PartyAnswer
from artist_console.domain.consensus import (
    AGREED_WORDS,
    STATE_WORDS,
    Agreed,
    AgreeState,
    Board,
    BoardGroup,
    BoardRow,
    Cell,
    consensus,
    percent,
)
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.facts import FactBook, RecordedAnswer
from artist_console.domain.ids import FactId, PartyId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import PartyKind, Standing
from artist_console.domain.permission import Question, permission
from artist_console.domain.registers import ANY_USE, PartyStance, Subject, SubjectKind
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Right, Use

from .test_permission_properties import USES, worlds
from .world import (
    LABEL,
    MARA,
    NOW,
    OLA,
    PROGRAMME,
    RECORDING,
    SINCE,
    SONG,
    World,
    amended,
    party,
    stake,
    work_subject,
    world,
)

TRAINING: tuple[Cell, ...] = ((PROGRAMME, Use.TRAIN_GENERATIVE),)
WRITER = PartyId("petra")  # has no ledger anywhere
_PLACES = (None, "SE", "US")


def board(made: World, cells: tuple[Cell, ...] = TRAINING, artist: PartyId = MARA) -> Board:
    book = made.book()
    return consensus(artist, book.works[RECORDING], cells, book, NOW)


def group(found: Board, right: Right) -> BoardGroup:
    (only,) = [each for each in found.groups if each.right is right]
    return only


def row(found: Board, right: Right, holder: str) -> BoardRow:
    (only,) = [each for each in group(found, right).rows if each.holder == holder]
    return only


def needed(made: World, artist: PartyId, cells: tuple[Cell, ...]) -> list[PartyAnswer]:
    book = made.book()
    subject = Subject(SubjectKind.WORK, RECORDING)
    return [
        answer
        for programme, use in cells
        for place in _PLACES
        for answer in permission(Question(artist, subject, programme, use, NOW, place), book).needed
    ]


def with_writer(stance: PartyStance | None = None, words: str = "Said so by telephone") -> World:
    """Half of the song is a writer's who has no ledger; what that writer said is recorded, if anything."""
    made = world()
    made.parties.append(replace(party(WRITER), is_artist=False))
    for index in (1, 2):
        amended(made, index, standing=Standing.SHARES, share_bp=5_000)
    made.stakeholders += [
        stake(WRITER, SONG, right, Standing.SHARES, 5_000) for right in (Right.COMPOSITION, Right.LYRICS)
    ]
    if stance is not None:
        made.recorded_answers.append(recorded(stance, words))
    made.allow_both()
    return made


def recorded(stance: PartyStance, words: str, id: str = "said") -> RecordedAnswer:
    return RecordedAnswer(
        FactId(id), WRITER, "", PROGRAMME, ANY_USE, stance, date(2025, 2, 1), SINCE, words, "A letter"
    )


def with_co_owner(*, shares: bool, says: str = "") -> World:
    """Ola, an artist with a ledger, owns half of the recording."""
    made = world()
    made.parties[1] = replace(made.parties[1], shares_answers=shares)
    amended(made, 0, standing=Standing.SHARES, share_bp=5_000)
    made.stakeholders.append(stake(OLA, RECORDING, Right.MASTER, Standing.SHARES, 5_000))
    made.allow_both()
    if says == "yes":
        made.allow(artist=OLA)
    elif says == "no":
        made.refuse(artist=OLA)
    return made


def texts(found: Board) -> str:
    """Everything that the board could show."""
    return repr(found)


# What it says


def test_everyone_agreed_where_the_only_holder_allowed() -> None:
    made = world()
    made.allow_both()
    found = board(made)
    assert found.everyone_agreed
    assert [(g.right, g.carrier, g.agreed) for g in found.groups] == [
        (Right.MASTER, RECORDING, Agreed.EVERYONE),
        (Right.COMPOSITION, SONG, Agreed.EVERYONE),
    ]
    own = row(found, Right.MASTER, "Mara")
    assert (own.is_own, own.share_bp, own.state, own.territories) == (
        True,
        10_000,
        AgreeState.AGREED,
        ("WW",),
    )


def test_silence_is_told_as_no_answer_yet() -> None:
    found = board(world())
    assert found.agreed is Agreed.NOT_EVERYONE
    assert row(found, Right.MASTER, "Mara").state is AgreeState.NO_ANSWER_YET


@pytest.mark.parametrize(
    ("stance", "state"),
    [
        (PartyStance.ALLOWED, AgreeState.AGREED),
        (PartyStance.REFUSED, AgreeState.REFUSED),
        (PartyStance.UNREACHABLE, AgreeState.UNREACHABLE),
    ],
)
def test_what_somebody_without_an_account_said_stands_with_its_words(
    stance: PartyStance, state: AgreeState
) -> None:
    found = board(with_writer(stance=stance))
    writer = row(found, Right.COMPOSITION, "Petra")
    assert (writer.state, writer.words, writer.records) == (state, "Said so by telephone", ("said",))
    assert found.everyone_agreed is (state is AgreeState.AGREED)


def test_unknown_unreachable_and_unanswered_are_apart() -> None:
    made = with_writer(stance=PartyStance.UNREACHABLE, words="two letters")
    made.stakeholders = [s for s in made.stakeholders if s.right is not Right.LYRICS]
    found = board(made, ((PROGRAMME, Use.TRAIN_GENERATIVE), (PROGRAMME, Use.TRAIN_LYRICS)))
    (nobody,) = [each for each in group(found, Right.LYRICS).rows if not each.holder]
    assert nobody.state is AgreeState.UNKNOWN_PARTY
    assert row(found, Right.COMPOSITION, "Petra").state is AgreeState.UNREACHABLE
    assert row(board(with_writer()), Right.COMPOSITION, "Petra").state is AgreeState.NO_ANSWER_YET


def test_a_split_that_does_not_add_up_says_its_total_and_counts_as_not_agreed() -> None:
    made = world()
    made.allow_both()
    amended(made, 1, share_bp=9_050)
    found = board(made)
    fault = group(found, Right.COMPOSITION).rows[-1]
    assert (fault.state, fault.share_bp) == (AgreeState.SPLIT_FAULT, 9_050)
    assert fault.reason is not None
    assert "90.5 %" in fault.reason.text
    assert group(found, Right.COMPOSITION).agreed is Agreed.NOT_EVERYONE
    assert not found.everyone_agreed


def test_a_disputed_split_is_shown_as_such() -> None:
    made = world()
    made.allow_both()
    amended(made, 1, disputed=True)
    fault = group(board(made), Right.COMPOSITION).rows[-1]
    assert fault.state is AgreeState.DISPUTED
    assert row(board(made), Right.COMPOSITION, "Mara").state is AgreeState.AGREED


def test_holders_of_one_country_are_needed_there() -> None:
    made = world()
    made.allow_both()
    made.stakeholders.append(
        stake(WRITER, RECORDING, Right.MASTER, Standing.APPROVES, territories=Territories(("SE",)))
    )
    made.parties.append(replace(party(WRITER), is_artist=False))
    found = board(made)
    swedish = row(found, Right.MASTER, "Petra")
    assert (swedish.territories, swedish.state) == (("SE",), AgreeState.NO_ANSWER_YET)
    assert {cell.place for cell in swedish.cells} == {"SE"}
    assert not found.everyone_agreed


def test_answers_that_differ_by_use_say_so_cell_by_cell() -> None:
    made = world()
    made.allow_both()
    found = board(made, ((PROGRAMME, Use.TRAIN_GENERATIVE), (PROGRAMME, Use.GEN_REMIX)))
    own = row(found, Right.MASTER, "Mara")
    assert own.state is AgreeState.DIFFERS
    assert {cell.use: cell.state for cell in own.cells} == {
        Use.TRAIN_GENERATIVE: AgreeState.AGREED,
        Use.GEN_REMIX: AgreeState.NO_ANSWER_YET,
    }


def test_an_organisation_answers_by_its_agreement() -> None:
    made = world()
    made.stakeholders[0] = stake(LABEL, RECORDING, Right.MASTER, Standing.CONTROLS, 10_000)
    made.allow_both()
    label = row(board(made), Right.MASTER, "Fieldnote")
    assert (label.state, label.answers_here) == (AgreeState.NO_ANSWER_YET, False)


# Those who do not share


@pytest.mark.parametrize(
    ("says", "others"),
    [("yes", Agreed.EVERYONE), ("no", Agreed.NOT_EVERYONE), ("", Agreed.NOT_EVERYONE)],
)
def test_of_somebody_who_does_not_share_only_the_sum_is_told(says: str, others: Agreed) -> None:
    found = board(with_co_owner(shares=False, says=says))
    master = group(found, Right.MASTER)
    assert master.others is others
    (hidden,) = [each for each in master.rows if each.party is None]
    assert (hidden.holder, hidden.state, hidden.cells, hidden.share_bp) == (
        "",
        AgreeState.NOT_SHARED,
        (),
        5_000,
    )
    assert "ola" not in texts(found).casefold()


def test_a_silence_and_a_refusal_of_somebody_who_does_not_share_look_the_same() -> None:
    silent = board(with_co_owner(shares=False))
    assert texts(silent) == texts(board(with_co_owner(shares=False, says="no")))


def test_who_shares_is_named_with_the_answer() -> None:
    found = board(with_co_owner(shares=True, says="no"))
    assert row(found, Right.MASTER, "Ola").state is AgreeState.REFUSED
    assert group(found, Right.MASTER).others is None


# For every world


@st.composite
def shared_worlds(draw: st.DrawFn) -> World:
    """Worlds with a writer without a ledger, wrong splits, and artists who do or do not share."""
    made: World = draw(worlds())
    made.parties[1] = replace(made.parties[1], shares_answers=draw(st.booleans()))
    made.parties.append(replace(party(WRITER), is_artist=False))
    if draw(st.booleans()):
        made.stakeholders.append(
            stake(
                WRITER, SONG, Right.COMPOSITION, Standing.SHARES, draw(st.sampled_from([None, 2_500, 5_000]))
            )
        )
    for number, stance in enumerate(draw(st.lists(st.sampled_from(list(PartyStance)), max_size=2))):
        made.recorded_answers.append(recorded(stance, f"words {number}", f"said-{number}"))
    return made


cell_lists = st.lists(
    st.sampled_from([(PROGRAMME, use) for use in USES]), min_size=1, max_size=3, unique=True
)


@settings(max_examples=150, deadline=None)
@given(shared_worlds(), st.sampled_from([MARA, OLA]), cell_lists)
def test_everyone_agreed_exactly_where_nothing_that_is_needed_is_open(
    made: World, artist: PartyId, cells: list[Cell]
) -> None:
    found = board(made, tuple(cells), artist)
    answers = needed(made, artist, tuple(cells))
    agreed = bool(answers) and all(answer.answer.kind is AnswerKind.ALLOWED for answer in answers)
    assert found.everyone_agreed is agreed
    for each in found.groups:
        here = [a for a in answers if (a.right, a.carrier) == (each.right, each.carrier)]
        assert (each.agreed is Agreed.EVERYONE) is all(a.answer.kind is AnswerKind.ALLOWED for a in here)
        told = {row.state for row in each.rows}
        if each.agreed is Agreed.EVERYONE:
            assert told <= {AgreeState.AGREED, AgreeState.NOT_SHARED}
            assert each.others in (None, Agreed.EVERYONE)
        else:
            assert told - {AgreeState.AGREED, AgreeState.NOT_SHARED} or each.others is Agreed.NOT_EVERYONE


_OPEN = frozenset(
    {
        PermissionOutcome.UNDECIDED,
        PermissionOutcome.PROPOSED,
        PermissionOutcome.EXPIRED,
        PermissionOutcome.TERMS_CHANGED,
        PermissionOutcome.CONDITIONS_UNMET,
    }
)


@settings(max_examples=150, deadline=None)
@given(shared_worlds(), st.sampled_from([MARA, OLA]), st.sampled_from(USES))
def test_the_board_never_contradicts_the_outcome(made: World, artist: PartyId, use: Use) -> None:
    found = board(made, ((PROGRAMME, use),), artist)
    asked = Question(artist, work_subject(RECORDING), PROGRAMME, use, NOW)
    outcome = permission(asked, made.book()).outcome
    if outcome is PermissionOutcome.ALLOWED:
        assert found.agreed is not Agreed.NOT_EVERYONE
    if outcome in _OPEN:
        assert found.agreed is Agreed.NOT_EVERYONE


@settings(max_examples=150, deadline=None)
@given(shared_worlds(), st.sampled_from([MARA, OLA]), cell_lists)
def test_nothing_of_who_does_not_share_leaves_the_board(
    made: World, artist: PartyId, cells: list[Cell]
) -> None:
    book: FactBook = made.book()
    shown = texts(board(made, tuple(cells), artist)).casefold()
    for each in book.parties.values():
        if each.kind is PartyKind.PERSON and each.is_artist and each.id != artist and not each.shares_answers:
            assert f"'{each.id}'" not in shown
            assert each.name.casefold() not in shown
    (other,) = {MARA, OLA} - {artist}
    if book.parties[other].shares_answers:
        return
    # Another answer of theirs changes no row: at most what all of them come to.
    before = board(made, tuple(cells), artist)
    made.refuse(artist=other)
    after = board(made, tuple(cells), artist)
    rows = {(g.right, g.carrier): g.rows for g in before.groups}
    for each_group in after.groups:
        mine = [r for r in each_group.rows if r.state is AgreeState.NOT_SHARED]
        former = [
            r
            for r in rows.get((each_group.right, each_group.carrier), ())
            if r.state is AgreeState.NOT_SHARED
        ]
        assert mine == former


@settings(max_examples=100, deadline=None)
@given(shared_worlds(), cell_lists)
def test_a_wrong_split_is_never_agreed(made: World, cells: list[Cell]) -> None:
    for each in board(made, tuple(cells)).groups:
        if any(r.state in (AgreeState.SPLIT_FAULT, AgreeState.DISPUTED) for r in each.rows):
            assert each.agreed is Agreed.NOT_EVERYONE


def test_every_state_has_words() -> None:
    assert set(STATE_WORDS) == set(AgreeState)
    assert set(AGREED_WORDS) == set(Agreed)


@pytest.mark.parametrize(
    ("points", "words"), [(10_000, "100"), (3_333, "33.33"), (50, "0.5"), (0, "0"), (5_010, "50.1")]
)
def test_shares_are_written_exactly(points: int, words: str) -> None:
    assert percent(points) == words
