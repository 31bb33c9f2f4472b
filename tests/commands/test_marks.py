"""Marking files of a profile: by the artist's own answers, each for itself, with nothing half written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from artist_console.commands import consent
from artist_console.commands.mark_answers import stating_of
from artist_console.commands.mark_sources import KnownBy, NothingChosen
from artist_console.commands.marks import (
    MarkProgress,
    MarkWish,
    NotAnAddress,
    WhereTo,
    mark_files,
    mark_runs,
    plan_marks,
    read_marks,
)
from artist_console.domain.ids import WorkId
from artist_console.domain.mandates import Power
from artist_console.domain.marks import MarkRun, MarkState, MarkUse
from artist_console.domain.uses import Family, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats import c2pa_marks
from artist_console.formats.certificate_chain import CertificateProblem
from artist_console.formats.kinds import Kind
from artist_console.store import mirror
from tests.backend.world import MANAGER, MARA, OLA, SALT, a_mandate, mandate_step, work_subject
from tests.commands.desks import Desk, a_desk, a_wish, an_allow
from tests.formats.marking import PASSPHRASE, Made, audio_files

FILES = audio_files()
CODED, HIDDEN = WorkId("low-tide"), WorkId("hidden")
ROWS = [
    (Kind.WORK, Work(CODED, WorkKind.RECORDING, "Low Tide", (MARA,), identifier="AA6Q72600001")),
    (Kind.WORK, Work(HIDDEN, WorkKind.RECORDING, "Secret", (MARA,), unreleased=True)),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=ROWS) as desk:
        yield desk


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    (folder / "album").mkdir(parents=True)
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    (folder / "album" / "inner.wav").write_bytes(FILES["sine.wav"])
    return folder


@pytest.fixture
def papers(tmp_path: Path, desk: Desk) -> tuple[Path, Path]:
    made = Made()
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    chain.write_bytes(made.chain())
    key.write_bytes(made.key_pem(PASSPHRASE))
    return chain, key


def refuse_everything(desk: Desk) -> None:
    consent.decide(desk.console, [a_wish()])


def run(
    desk: Desk,
    papers: tuple[Path, Path],
    wish: MarkWish,
    progress: Callable[[MarkProgress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> MarkRun:
    return mark_files(desk.console, wish, *papers, lambda: PASSPHRASE, progress, cancelled).value


def test_a_folder_is_marked_into_another_and_the_originals_stay(
    desk: Desk, music: Path, papers: tuple[Path, Path], tmp_path: Path
) -> None:
    refuse_everything(desk)
    out = tmp_path / "marked"
    told: list[MarkProgress] = []
    done = run(desk, papers, MarkWish(MARA, (music,), out=out), told.append)
    assert [each.name for each in done.marked] == sorted(FILES)
    assert done.not_marked == ()
    assert [(each.done, each.total) for each in told] == [(n, 4) for n in range(5)]
    for each in done.marked:
        original = (music / each.name).read_bytes()
        assert original == FILES[each.name]
        assert each.sha256_before == hashlib.sha256(original).hexdigest()
        assert each.sha256_after == hashlib.sha256((out / each.name).read_bytes()).hexdigest()
        assert {entry.use for entry in each.entries} == {MarkUse.NOT_ALLOWED}
    for shown in read_marks(tuple(sorted(out.iterdir()))):
        assert shown.mark.state is MarkState.INTACT
        assert shown.mark.own is not None
        assert shown.mark.own["artist"] == "Mara Quist"
        assert "not a licence" in shown.mark.own["says"]
    assert mark_runs(desk.console, MARA) == (done,)
    desk.reopen()
    assert mark_runs(desk.console) == (done,)


def test_folders_inside_count_only_on_wish_and_keep_their_place(
    desk: Desk, music: Path, papers: tuple[Path, Path], tmp_path: Path
) -> None:
    refuse_everything(desk)
    out = tmp_path / "marked"
    done = run(desk, papers, MarkWish(MARA, (music,), out=out, recursive=True))
    assert "album/inner.wav" in {each.name for each in done.marked}
    assert (out / "album" / "inner.wav").is_file()


def test_originals_are_replaced_only_when_that_was_said(
    desk: Desk, music: Path, papers: tuple[Path, Path]
) -> None:
    refuse_everything(desk)
    wish = MarkWish(MARA, (music / "sine.flac",))
    with pytest.raises(WhereTo):
        run(desk, papers, wish)
    os.chmod(music / "sine.flac", 0o644)
    done = run(desk, papers, MarkWish(MARA, (music / "sine.flac",), replace_originals=True))
    (shown,) = read_marks((music / "sine.flac",))
    assert shown.mark.state is MarkState.INTACT
    assert done.marked[0].kept_parent is False
    assert (music / "sine.flac").stat().st_mode & 0o777 == 0o644
    again = run(desk, papers, MarkWish(MARA, (music / "sine.flac",), replace_originals=True))
    assert again.marked[0].kept_parent is True
    assert again.marked[0].audio_sha256 == done.marked[0].audio_sha256


def test_what_cannot_be_marked_is_told_by_name_and_the_rest_goes_on(
    desk: Desk, music: Path, papers: tuple[Path, Path], tmp_path: Path
) -> None:
    refuse_everything(desk)
    (music / "a.ogg").write_bytes(b"OggS" + bytes(40))
    (music / "b.wav").write_bytes(FILES["sine.wav"][:9_000])
    (music / "c.mp3").write_text("notes", encoding="utf-8")
    (music / "d.wav").symlink_to(music / "sine.wav")
    (music / "really-a-wav.txt").write_bytes(FILES["sine.wav"])
    out = tmp_path / "marked"
    done = run(desk, papers, MarkWish(MARA, (music,), out=out))
    why = {each.name: each.why for each in done.not_marked}
    assert list(why) == ["a.ogg", "b.wav", "c.mp3", "d.wav"]
    assert "Ogg" in why["a.ogg"]
    assert "damaged" in why["b.wav"]
    assert "whatever its name says" in why["c.mp3"]
    assert "a link" in why["d.wav"]
    assert sorted(each.name for each in out.iterdir()) == sorted([*FILES, "really-a-wav.txt"])


def test_a_file_that_is_there_already_is_never_overwritten(
    desk: Desk, music: Path, papers: tuple[Path, Path], tmp_path: Path
) -> None:
    refuse_everything(desk)
    out = tmp_path / "marked"
    out.mkdir()
    (out / "sine.mp3").write_bytes(b"somebody's")
    done = run(desk, papers, MarkWish(MARA, (music / "sine.mp3",), out=out))
    assert "already a file" in done.not_marked[0].why
    assert mark_runs(desk.console, MARA) == (), "a run that marked nothing is not kept"
    assert (out / "sine.mp3").read_bytes() == b"somebody's"
    assert [each.name for each in out.iterdir()] == ["sine.mp3"], "nothing half written is left"


def test_cancelled_between_files_what_was_done_stays(
    desk: Desk, music: Path, papers: tuple[Path, Path], tmp_path: Path
) -> None:
    refuse_everything(desk)
    out = tmp_path / "marked"
    wish = MarkWish(MARA, (music,), out=out)
    done = run(desk, papers, wish, cancelled=lambda: out.exists() and any(out.iterdir()))
    assert done.cancelled
    assert len(done.marked) == 1
    assert [each.name for each in out.iterdir()] == [done.marked[0].name]
    assert mark_runs(desk.console) == (done,)


def test_interrupted_in_any_other_way_what_was_done_is_on_record(
    desk: Desk, music: Path, papers: tuple[Path, Path], tmp_path: Path
) -> None:
    refuse_everything(desk)

    def interrupts(now: MarkProgress) -> None:
        if now.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(desk, papers, MarkWish(MARA, (music,), out=tmp_path / "marked"), interrupts)
    (kept,) = mark_runs(desk.console)
    assert (len(kept.marked), kept.cancelled) == (2, True)
    assert sorted(each.name for each in (tmp_path / "marked").iterdir()) == [
        each.name for each in kept.marked
    ]


def test_nothing_refused_is_nothing_to_state(
    desk: Desk, music: Path, papers: tuple[Path, Path], tmp_path: Path
) -> None:
    done = run(desk, papers, MarkWish(MARA, (music / "sine.wav",), out=tmp_path / "marked"))
    assert done.marked == ()
    assert "never what is allowed" in done.not_marked[0].why


def test_each_file_follows_the_answers_to_its_own_work(desk: Desk, music: Path) -> None:
    consent.decide(desk.console, [a_wish(subject=work_subject(CODED), use=Family.TRAINING)])
    (music / "AA-6Q7-26-00001 take.wav").write_bytes(FILES["sine.wav"])
    planned = {each.source.name: each for each in plan_marks(desk.console, MarkWish(MARA, (music,)))}
    assert (planned["sine.mp3"].work, planned["sine.mp3"].known_by) == (CODED, KnownBy.TAG)
    assert planned["AA-6Q7-26-00001 take.wav"].known_by is KnownBy.NAME
    assert planned["sine.mp3"].stating is not None
    assert {entry.key: entry.use for entry in planned["sine.mp3"].stating.entries} == {
        "cawg.ai_generative_training": MarkUse.NOT_ALLOWED,
        "cawg.ai_training": MarkUse.NOT_ALLOWED,
    }
    assert planned["sine.wav"].why_not, "of a work that is not known nothing was refused"


def test_a_refusal_in_part_is_constrained_and_says_where_to_read_more(desk: Desk) -> None:
    consent.decide(desk.console, [a_wish(use=Use.TRAIN_GENERATIVE)])
    now = desk.console.clock()
    stated = stating_of(MARA, SALT, mirror.facts(desk.console.store, now), now, "https://example.org/ask")
    (entry,) = stated.entries
    assert (entry.use, entry.more) == (MarkUse.CONSTRAINED, "https://example.org/ask")
    assert stated.refused == (Use.TRAIN_GENERATIVE,)


def test_a_yes_to_one_programme_opens_nothing_for_everybody(desk: Desk) -> None:
    refuse_everything(desk)
    desk.sync()
    consent.decide(desk.console, [an_allow()])
    now = desk.console.clock()
    stated = stating_of(MARA, SALT, mirror.facts(desk.console.store, now), now)
    assert {entry.use for entry in stated.entries} == {MarkUse.NOT_ALLOWED}


def test_an_unreleased_work_is_refused_and_its_title_is_not_in_the_file(
    desk: Desk, music: Path, papers: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "marked"
    done = run(desk, papers, MarkWish(MARA, (music / "sine.wav",), out=out, work=HIDDEN))
    assert {entry.use for entry in done.marked[0].entries} == {MarkUse.NOT_ALLOWED}
    assert b"Secret" not in (out / "sine.wav").read_bytes()


def test_a_recording_of_somebody_else_is_left_alone(desk: Desk, music: Path) -> None:
    (planned,) = plan_marks(desk.console, MarkWish(OLA, (music / "sine.mp3",)))
    assert planned.why_not == "Its ISRC AA6Q72600001 is that of a recording of Mara Quist."
    assert planned.stating is None


def test_a_certificate_that_ended_touches_no_file(desk: Desk, music: Path, tmp_path: Path) -> None:
    refuse_everything(desk)
    now = desk.console.clock()
    made = Made(since=now.replace(year=now.year - 2), until=now.replace(year=now.year - 1))
    (tmp_path / "c.pem").write_bytes(made.chain())
    (tmp_path / "k.pem").write_bytes(made.key_pem())
    out = tmp_path / "marked"
    with pytest.raises(CertificateProblem, match="ended on"):
        run(desk, (tmp_path / "c.pem", tmp_path / "k.pem"), MarkWish(MARA, (music,), out=out))
    assert not out.exists()
    assert mark_runs(desk.console) == ()


def test_the_passphrase_is_kept_nowhere(
    desk: Desk, music: Path, papers: tuple[Path, Path], tmp_path: Path
) -> None:
    refuse_everything(desk)
    run(desk, papers, MarkWish(MARA, (music,), out=tmp_path / "marked"))
    for row in desk.console.store.rows("SELECT body FROM main.private"):
        assert PASSPHRASE.encode() not in bytes(row[0])


def test_without_the_extra_it_is_said_how_to_get_it(
    desk: Desk, music: Path, papers: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise c2pa_marks.MarksNotInstalled

    monkeypatch.setattr(c2pa_marks, "_library", missing)
    with pytest.raises(c2pa_marks.MarksNotInstalled, match="pip install"):
        run(desk, papers, MarkWish(MARA, (music,), out=tmp_path / "marked"))
    with pytest.raises(c2pa_marks.MarksNotInstalled):
        read_marks((music / "sine.wav",))


def test_no_file_and_no_address_are_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingChosen):
        plan_marks(desk.console, MarkWish(MARA, (tmp_path / "empty",)))
    with pytest.raises(NotAnAddress):
        plan_marks(desk.console, MarkWish(MARA, (tmp_path,), more="ftp://x"))


def test_what_a_manager_only_proposed_is_stated_in_no_file(tmp_path: Path, music: Path) -> None:
    powers = (Power.SEE_WORKS, Power.PROPOSE, Power.WRITE_LETTERS)
    step = mandate_step(a_mandate(powers=powers))
    with a_desk(tmp_path / "manager", step, owner=MANAGER, rows=ROWS) as desk:
        refuse_everything(desk)
        for _ in ("kept here", "delivered"):
            planned = plan_marks(desk.console, MarkWish(MARA, (music,), work=SALT))
            assert planned
            assert not any(each.stating is not None and each.stating.entries for each in planned)
            desk.sync()


def test_what_a_manager_decided_is_stated_before_it_arrives(tmp_path: Path, music: Path) -> None:
    with a_desk(tmp_path / "manager", mandate_step(a_mandate()), owner=MANAGER, rows=ROWS) as desk:
        refuse_everything(desk)
        planned = plan_marks(desk.console, MarkWish(MARA, (music,), work=SALT))
        assert any(each.stating is not None and each.stating.entries for each in planned)
