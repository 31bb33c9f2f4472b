"""A place of the matrix looked at closely, its choices not yet reviewed, and new terms beside the old."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from artist_console.commands.answering import allows_at, answering
from artist_console.commands.cells import (
    draft_registers,
    drafted,
    explain_place,
    find_target,
    look_at,
)
from artist_console.commands.consent import decide, register_of
from artist_console.commands.drafts import drafts, save_drafts
from artist_console.commands.matrix import Matrix, MatrixCell, MatrixView, matrix, matrix_frame, naturally
from artist_console.commands.new_terms import compare_texts, new_terms, sentences_of
from artist_console.commands.receipt_files import save_receipt
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    ANY_USE,
    UNCONDITIONAL,
    Conditions,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
)
from artist_console.domain.uses import Family, Use, is_sensitive
from tests.backend.world import FERRY, HARBOUR, MARA, PROGRAMME, SALT, TERMS, work_subject
from tests.commands.desks import Desk, a_wish, an_allow

TRAINING = UseScope.of(Family.TRAINING)
EVERYTHING = frozenset({"all", "family/training"})


def place(work: str = SALT, use: UseScope = TRAINING) -> Register:
    return Register(MARA, work_subject(work), None, use)


def test_a_place_says_what_the_levels_above_say(mara: Desk) -> None:
    assert all(level.stance is None for level in look_at(mara.console, place()).levels)
    decide(mara.console, [a_wish(use=Family.TRAINING)])
    levels = look_at(mara.console, place()).levels
    assert levels[-1].subject == ALL_MY_WORKS
    assert levels[-1].stance is Stance.REFUSE
    assert look_at(mara.console, place()).own is None, "what follows has no answer of its own"


def test_an_allow_is_a_set_of_single_cells_without_voice_and_likeness(mara: Desk) -> None:
    every = allows_at(mara.console, Register(MARA, ALL_MY_WORKS, None, ANY_USE), UNCONDITIONAL)
    assert every.wishes
    for wish in every.wishes:
        assert wish.programme is not None
        assert not is_sensitive(Use(wish.use.name))
    assert not every.one_by_one


def test_the_same_yes_is_given_again_only_on_other_conditions(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    cell = register_of(an_allow())
    walled = Conditions(walled_garden_only=True)
    assert allows_at(mara.console, cell, UNCONDITIONAL).wishes == ()
    (again,) = allows_at(mara.console, cell, walled).wishes
    assert again.conditions == walled
    decide(mara.console, [again])
    (freed,) = allows_at(mara.console, cell, UNCONDITIONAL).wishes
    assert freed.conditions == UNCONDITIONAL
    album = Register(MARA, Subject(SubjectKind.RELEASE, FERRY), None, cell.use)
    assert register_of(freed) not in map(register_of, allows_at(mara.console, album, UNCONDITIONAL).wishes)


def test_a_sensitive_use_is_offered_for_one_programme_at_a_time(mara: Desk) -> None:
    person = Register(MARA, Subject(SubjectKind.PERSON, MARA), None, UseScope.of(Use.GEN_STYLE))
    yes = allows_at(mara.console, person, UNCONDITIONAL)
    assert yes.wishes == ()
    assert all(wish.stance is Stance.ALLOW for _, wish in yes.one_by_one)


def test_follow_takes_back_the_answer_and_the_single_allows_under_it(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    found = answering(mara.console, [place()], Stance.CLEAR, UNCONDITIONAL)
    assert [wish.stance for wish in found.wishes] == [Stance.CLEAR]
    assert register_of(found.wishes[0]) == register_of(an_allow())
    decide(mara.console, found.wishes)
    assert answering(mara.console, [place()], Stance.CLEAR, UNCONDITIONAL).wishes == ()


def opened_matrix(desk: Desk) -> Matrix:
    """Every row and every column."""
    shown = matrix(desk.console, MARA, MatrixView.BY_USE, EVERYTHING)
    return matrix(
        desk.console, MARA, MatrixView.BY_USE, frozenset(row.key for row in shown.rows) | EVERYTHING
    )


def cells_of_subject(shown: Matrix, subject: Subject) -> dict[str, MatrixCell]:
    row = next(row for row in shown.rows if row.subject == subject)
    return {column.key: shown.cells[row.key, column.key] for column in shown.columns}


def test_a_no_of_a_work_for_every_use_is_its_own_in_every_column(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    shown = opened_matrix(mara)
    for key, cell in cells_of_subject(shown, work_subject(SALT)).items():
        assert (cell.answer, cell.held, cell.follows, cell.waiting) == (AnswerKind.REFUSED, True, "", True), (
            key
        )


def test_a_release_whose_works_all_say_no_follows_nobody(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])  # the only work of the release
    shown = opened_matrix(mara)
    for cell in cells_of_subject(shown, Subject(SubjectKind.RELEASE, FERRY)).values():
        assert (cell.own, cell.answer) == (None, AnswerKind.REFUSED)
        assert (cell.held, cell.follows) == (True, ""), "the level above says nothing"
        assert cell.waiting, "its answer is that of what it holds"
    for cell in cells_of_subject(shown, ALL_MY_WORKS).values():
        assert not cell.waiting, "the default was not changed"


def test_a_release_under_a_no_follows_it_also_beside_a_no_of_its_work(mara: Desk) -> None:
    decide(mara.console, [a_wish(), a_wish(subject=work_subject(SALT))])
    cells = cells_of_subject(opened_matrix(mara), Subject(SubjectKind.RELEASE, FERRY))
    assert {(cell.held, cell.follows) for cell in cells.values()} == {(False, "All my music")}


@given(st.permutations(["Big Album 10", "Big Album 2", "Big Album 1", "big album 100", "Big", "10", "2"]))
def test_titles_with_numbers_are_in_the_order_of_their_numbers(titles: list[str]) -> None:
    expected = ["2", "10", "Big", "Big Album 1", "Big Album 2", "Big Album 10", "big album 100"]
    assert sorted(titles, key=naturally) == expected


def test_choices_are_marked_whole_on_their_work_and_in_part_above_it(mara: Desk) -> None:
    save_drafts(mara.console, [an_allow()])
    shown = matrix(mara.console, MARA, MatrixView.BY_USE, EVERYTHING)
    rows = matrix_frame(
        mara.console, MARA, MatrixView.BY_USE, frozenset(row.key for row in shown.rows) | EVERYTHING
    )
    marks = drafted(mara.console, rows)
    work = next(row for row in rows.rows if row.subject == work_subject(SALT))
    assert marks[work.key, "use/train.generative"].whole
    assert not marks[work.key, "family/training"].whole, "other training is asked for as well"
    assert marks[work.key, "family/training"].stance is Stance.ALLOW
    assert ("all", "family/training") not in marks, "the default is not what the choice is about"
    release = next(row for row in rows.rows if row.subject.kind is SubjectKind.RELEASE)
    assert marks[release.key, "family/training"].stance is Stance.ALLOW
    assert (work.key, "family/research") not in marks


def test_a_choice_about_a_part_of_a_column_is_not_marked_whole(mara: Desk) -> None:
    """In every programme: a no to training is there, and it is not all that a programme asks."""
    for choice, view, column in (
        (a_wish(subject=work_subject(SALT), use=Use.TRAIN_LYRICS), MatrixView.BY_USE, "family/training"),
        (a_wish(subject=work_subject(SALT), use=Family.TRAINING), MatrixView.BY_PROGRAMME, None),
    ):
        save_drafts(mara.console, [choice])
        shown = matrix(mara.console, MARA, view, EVERYTHING)
        rows = matrix_frame(mara.console, MARA, view, frozenset(row.key for row in shown.rows) | EVERYTHING)
        work = next(row for row in rows.rows if row.subject == work_subject(SALT))
        marks = drafted(mara.console, rows)
        mark = marks[work.key, column or rows.columns[0].key]
        assert (mark.stance, mark.whole) == (Stance.REFUSE, False), view


def test_all_my_music_says_what_is_refused_of_a_column(mara: Desk) -> None:
    def said(column: str) -> AnswerKind | None:
        return opened_matrix(mara).cells["all", column].default

    assert said("family/training") is AnswerKind.UNDECIDED
    decide(mara.console, [a_wish(use=Use.TRAIN_LYRICS)])
    assert said("family/training") is None, "a part of it"
    assert said("family/research") is AnswerKind.UNDECIDED
    decide(mara.console, [a_wish(use=Family.TRAINING)])
    assert said("family/training") is AnswerKind.REFUSED


def test_a_recorded_no_takes_the_place_of_the_yeses_under_it_that_wait_for_a_review(mara: Desk) -> None:
    save_drafts(mara.console, [an_allow(), a_wish(subject=work_subject(HARBOUR))])
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    assert [wish.subject for wish in drafts(mara.console)] == [work_subject(HARBOUR)]


def test_the_choices_under_a_place_are_found_for_dropping(mara: Desk) -> None:
    save_drafts(mara.console, [an_allow(), a_wish(subject=work_subject(HARBOUR))])
    under = draft_registers(mara.console, [place()])
    assert under == {register_of(an_allow())}


def test_a_yes_is_held_by_its_own_work_and_follows_nothing(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    shown = matrix(mara.console, MARA, MatrixView.BY_USE, EVERYTHING)
    rows = matrix(
        mara.console, MARA, MatrixView.BY_USE, frozenset(row.key for row in shown.rows) | EVERYTHING
    )
    work = next(row for row in rows.rows if row.subject == work_subject(SALT))
    cell = rows.cells[work.key, "use/train.generative"]
    assert cell.answer is AnswerKind.ALLOWED
    assert cell.held
    assert cell.follows == ""


def test_a_refusal_changes_the_matrix_that_was_kept(mara: Desk) -> None:
    before = matrix(mara.console, MARA, MatrixView.BY_USE, EVERYTHING)
    assert before.cells["all", "family/training"].own is None
    decide(mara.console, [a_wish(use=Family.TRAINING)])
    after = matrix(mara.console, MARA, MatrixView.BY_USE, EVERYTHING)
    assert after.cells["all", "family/training"].own is Stance.REFUSE
    assert after.cells["all", "use/train.lyrics"].answer is AnswerKind.REFUSED
    assert not after.cells["all", "use/train.lyrics"].held


def test_why_explains_each_cell_that_is_asked_for(mara: Desk) -> None:
    explained = explain_place(mara.console, place())
    assert explained
    for each in explained:
        assert each.permission.trace


def test_a_decision_leads_to_the_row_where_it_stands(mara: Desk) -> None:
    (made,) = decide(mara.console, [an_allow()]).value
    target = find_target(mara.console, "decision", made.id)
    assert target is not None
    assert target.artist == MARA
    assert target.row.endswith(f"work/{SALT}")
    assert find_target(mara.console, "decision", "no-such-decision") is None


def test_a_saved_receipt_is_what_its_signer_sent(mara: Desk) -> None:
    (made,) = decide(mara.console, [a_wish()]).value
    mara.sync()
    path = save_receipt(mara.console, made.id, mara.profile.folder.root / "receipt.jws")
    assert path.read_text().count(".") == 2, "a compact signature has three parts"


def test_new_terms_name_the_answers_they_concern(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    view = new_terms(mara.console, MARA, TERMS)
    assert view.concerned == (), "the yes agreed to this very version"
    assert view.refusal.programme == PROGRAMME


WORDS = st.text(st.characters(categories=["L"]), min_size=1, max_size=8)
SENTENCES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(lambda w: " ".join(w) + "."), max_size=6)


@given(SENTENCES, SENTENCES)
def test_both_texts_stay_whole_and_only_what_differs_is_marked(old: list[str], new: list[str]) -> None:
    before, after = compare_texts(" ".join(old), " ".join(new))
    assert [part.words for part in before] == old
    assert [part.words for part in after] == new
    kept = [part.words for part in before if not part.changed]
    assert kept == [part.words for part in after if not part.changed]
    if old == new:
        assert kept == old


def test_the_number_of_a_clause_belongs_to_its_sentence() -> None:
    assert sentences_of("1. One thing. 2. Another.\n3. Last!") == ("1. One thing.", "2. Another.", "3. Last!")
