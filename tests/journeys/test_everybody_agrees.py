"""Matrix, works table, explanation, command line, service and report say the same of every cell.

The parts are real: a service on a socket, two profiles that sync with it in any order, reports that are
written and opened again. Few worlds are tried by default; the long form is
`ARTIST_CONSOLE_WORLDS=400 pytest tests/journeys/test_everybody_agrees.py`.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import requests
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from artist_console.backend.authentication import issue_code
from artist_console.backend.embedded import EmbeddedBackend, start_embedded
from artist_console.backend.seed import seed
from artist_console.cli.arguments import parse
from artist_console.cli.hands import Hands
from artist_console.cli.run import run
from artist_console.commands import permissions, report_inside, report_making, reports
from artist_console.commands.asking import asked_cells
from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.console import Console
from artist_console.commands.contract_form import ContractText
from artist_console.commands.contracts import save_contract
from artist_console.commands.history import CheckState
from artist_console.commands.matrix import MatrixRowKind, MatrixView, matrix, scope_of
from artist_console.commands.profiles import Outside, Profile, open_profile
from artist_console.commands.recorded_answers import GivenAnswer, record_answer
from artist_console.commands.report_making import ReportWish, create_wished
from artist_console.commands.signing_in import KeptIn, SignIns
from artist_console.commands.syncing import sync
from artist_console.commands.wishes import Wish
from artist_console.commands.work_details import show_work
from artist_console.commands.works import find_works
from artist_console.domain.ids import PartyId, ProgrammeId, WorkId
from artist_console.domain.permission import Permission, combine
from artist_console.domain.problems import Problem
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    UNCONDITIONAL,
    Conditions,
    PartyStance,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
)
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Family, Use, is_sensitive
from artist_console.domain.work_rows import WorksQuery
from artist_console.host.paths import ProfileFolder
from artist_console.store import journal, mirror, projection
from artist_console.sync.api import Api
from tests.hosted import hosted

from .small_worlds import (
    ACCOUNT,
    ALBUM,
    ASKS,
    INES,
    KEEPS_TO_ITSELF,
    LABEL,
    MARA,
    PUBLISHER,
    RECORDINGS,
    SONGS,
    START,
    USES,
    SmallWorld,
    small_worlds,
)
from .terminal import Terminal

EXAMPLES = int(os.environ.get("ARTIST_CONSOLE_WORLDS", "4"))
FEW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
DATA_KEY, SIGNING_KEY = bytes(range(32)), bytes(range(32, 64))
WORKS = (*RECORDINGS, *SONGS)
Cell = tuple[PartyId | None, str, ProgrammeId, Use]
Said = tuple[str, str, tuple[str, ...]]  # outcome, answer, the sentences of the trace


@dataclass
class Clock:
    now: Any = START

    def __call__(self) -> Any:
        return self.now

    def tick(self) -> None:
        self.now += timedelta(seconds=1)


@dataclass
class Desk:
    """A profile of the account on one computer."""

    profile: Profile
    console: Console


@dataclass
class Table:
    """The service and the two desks that sync with it."""

    running: EmbeddedBackend
    clock: Clock
    desks: tuple[Desk, ...]
    token: str


@contextmanager
def a_table(folder: Path, world: SmallWorld, desks: int = 2) -> Iterator[Table]:
    clock = Clock()
    seed(
        folder / "backend.db",
        DATA_KEY,
        SIGNING_KEY,
        rows=world.rows,
        accounts=world.accounts,
        steps=world.mandates,
        owner=ACCOUNT,
    )

    def no_backend(database: Path, data_key: bytes, signing_key: bytes) -> NoReturn:
        raise AssertionError("these profiles have a service already")

    with ExitStack() as ending:
        running = start_embedded(folder / "backend.db", DATA_KEY, SIGNING_KEY, clock=clock)
        ending.callback(running.stop)
        made = []
        address = ending.enter_context(hosted(running.service))
        for n in range(desks):
            outside = Outside(no_backend, Api, clock)
            profile = ending.enter_context(
                open_profile(ProfileFolder(folder / f"desk-{n}"), outside, may_be_new=True)
            )
            SignIns(profile).by_one_time_code(address, issue_code(running.service, ACCOUNT), KeptIn.MEMORY)
            console = profile.console()
            ending.callback(console.store.close)
            sync(console)
            made.append(Desk(profile, console))
        yield Table(running, clock, tuple(made), running.token)


# What each of them says


def cells_of(console: Console) -> list[Cell]:
    """Every work in sight, in every programme and use; asked for each artist in reach, and for all."""
    facts = mirror.facts(console.store, console.clock())
    asked_by: list[PartyId | None] = [None, *sorted(facts.said)]
    return [
        (artist, work, programme.id, use)
        for artist in asked_by
        for work in WORKS
        if work in facts.works
        for programme in facts.programmes.values()
        for use in programme.uses
    ]


def said_by(found: Permission) -> Said:
    return (found.outcome.value, found.answer.kind.value, tuple(step.text for step in found.trace))


def explained(console: Console, territory: str | None = None) -> dict[Cell, Permission]:
    return {
        cell: permissions.explain(console, WorkId(cell[1]), cell[2], cell[3], cell[0], territory)
        for cell in cells_of(console)
    }


def the_command_line_agrees(desk: Desk, told: Mapping[Cell, Permission], every: int = 1) -> None:
    """Asked about the works in the table, each for the artists whose it is, and for all."""
    hands: Any = _Hands(desk.profile)
    listed: set[tuple[PartyId | None, str]] = {
        (row.artist, row.work) for row in find_works(desk.console, WorksQuery(limit=100)).rows
    }
    listed |= {(None, work) for _, work in listed}
    for cell in [cell for cell in told if cell[:2] in listed][::every]:
        artist, work, programme, use = cell
        line = ["permission", work, "--programme", programme, "--use", use.value, "--json"]
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            assert run(parse([*line, *(["--artist", artist] if artist else [])]), hands) == 0, cell
        said = json.loads(out.getvalue())
        found = (said["outcome"], said["answer"], tuple(step["text"] for step in said["trace"]))
        assert found == said_by(told[cell]), cell
        assert said["recomputable"] == told[cell].recomputable


class _Hands(Hands):
    """The command line over a profile that is open already, whose lock this process holds."""

    def __init__(self, profile: Profile) -> None:
        given: dict[str, Any] = dict.fromkeys(Hands.__dataclass_fields__)
        super().__init__(**{**given, "open_profile": lambda data, may_be_new: nullcontext(profile)})


def the_matrix_agrees(console: Console, told: Mapping[Cell, Permission]) -> None:
    now = console.clock()
    facts = mirror.facts(console.store, now)
    for artist in sorted(facts.said):
        opened = frozenset({"all", *(f"release/{ALBUM}",), *(f"family/{each.value}" for each in Family)})
        for view in MatrixView:
            shown = matrix(console, artist, view, opened)
            for row in shown.rows:
                for column in shown.columns:
                    asked = asked_cells(facts, now, column.programme, scope_of(column))
                    cell = shown.cells[row.key, column.key]
                    if row.kind is MatrixRowKind.WORK:
                        found = [told[artist, row.id, *pair] for pair in asked]
                    elif row.kind is MatrixRowKind.PERSON:
                        found = [
                            permissions.explain_person(console, PartyId(row.id), *pair)
                            for pair in asked
                            if is_sensitive(pair[1])
                        ]
                    else:
                        continue
                    where = (artist, row.key, column.key)
                    assert cell.outcome is combine(frozenset(each.outcome for each in found)), where
                    # A work that says nothing shows what the person said of voice, name and image.
                    if found and not all(is_sensitive(use) for _, use in asked):
                        answers = {each.answer.kind for each in found}
                        assert cell.answer is (next(iter(answers)) if len(answers) == 1 else None), where


def the_works_agree(console: Console, told: Mapping[Cell, Permission]) -> None:
    """The table of works, and the cells of each work looked at closely."""
    now = console.clock()
    facts = mirror.facts(console.store, now)
    # The table is about the work itself: voice, name and image are answered by the person.
    asked = [pair for pair in asked_cells(facts, now) if not is_sensitive(pair[1])]
    for row in find_works(console, WorksQuery(limit=100)).rows:
        if row.artist not in facts.said:
            continue  # named on a work that is here, and not in reach: nothing is answered for them
        found = frozenset(told[row.artist, row.work, *pair].outcome for pair in asked)
        assert row.outcome is combine(found), (row.artist, row.work, row.outcome, found)
        for cell in show_work(console, row.work, row.artist).cells:
            whole = told[row.artist, row.work, cell.programme, cell.use]
            assert (cell.outcome, cell.answer) == (whole.outcome, whole.answer.kind)


def asked_of_service(table: Table, session: requests.Session, cell: Cell, territory: str | None) -> Any:
    artist, work, programme, use = cell
    asked = {"work": work, "programme": programme, "use": use.value, "at": table.clock.now.isoformat()}
    asked |= {"artist": artist} if artist else {}
    asked |= {"territory": territory} if territory else {}
    headers = {"Authorization": f"Bearer {table.token}"}
    url = f"{table.running.base_url}/v1/permissions"
    answer = session.get(url, params=asked, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


def the_service_agrees(table: Table, told: Mapping[Cell, Permission], territory: str | None = None) -> None:
    with requests.Session() as session:
        for cell, found in told.items():
            said = asked_of_service(table, session, cell, territory)
            sentences = tuple(step["text"] for step in said["trace"])
            assert (said["outcome"], said["answer"], sentences) == said_by(found), cell
            assert said["recomputable"] == found.recomputable, cell
            assert [(f["kind"], f["id"]) for f in said["facts"]] == [(f.kind, f.id) for f in found.facts], (
                cell
            )


def a_report_agrees(desk: Desk, path: Path, told: Mapping[Cell, Permission]) -> None:
    """Written here, opened without account or network, and computed again from its own rows."""
    facts = mirror.facts(desk.console.store, desk.console.clock())
    # A contract that is not chosen is named nowhere: not even as the source of a standing.
    chosen = frozenset(id for id, _ in report_making.choices(desk.console).contracts)
    wish = ReportWish(named_works=frozenset(WORKS), answer_words=True, contracts=chosen)
    create_wished(desk.console, path, wish)
    opened = reports.open_report(path, desk.console.folder.signers)
    assert opened.verdict is reports.ReportVerdict.GENUINE
    inside = report_inside.look_into(opened)
    assert inside.consistent, [each.words for each in inside.checks if each.state is CheckState.FAILED]
    content = inside.content
    assert content is not None
    stated_of = {(each.artist, each.subject, each.programme, each.use) for each in content.outcomes}
    own = {cell for cell in told if cell[0] in facts.works[WorkId(cell[1])].artists}
    assert own <= stated_of
    for stated in content.outcomes:
        if stated.kind is SubjectKind.WORK:
            found = told[stated.artist, stated.subject, stated.programme, stated.use]
        else:
            found = permissions.explain_person(
                desk.console, PartyId(stated.subject), stated.programme, stated.use
            )
        where = (stated.artist, stated.subject, stated.programme, stated.use)
        if found.recomputable:
            assert (stated.outcome, stated.answer) == (found.outcome, found.answer.kind), where
        elif stated.kind is SubjectKind.WORK:
            assert stated.answer is found.answer.kind, where
    for artist in sorted(facts.said):
        for work in (work for work in content.works if artist in work.artists):
            for pair, again in report_inside.explain(inside, artist, work.id).items():
                if again.recomputable and told[artist, work.id, *pair].recomputable:
                    first = said_by(told[artist, work.id, *pair])
                    assert said_by(again) == first, (artist, work.id, pair, said_by(again), first)


# What a person does


@st.composite
def wishes(draw: st.DrawFn, artists: Sequence[PartyId]) -> Wish:
    artist = draw(st.sampled_from(list(artists)))
    stance = draw(st.sampled_from([Stance.ALLOW, Stance.ALLOW, Stance.REFUSE, Stance.CLEAR]))
    work = Subject(SubjectKind.WORK, draw(st.sampled_from(WORKS)))
    if stance is Stance.ALLOW:
        use = draw(st.sampled_from(USES))
        person = is_sensitive(use) and draw(st.booleans())
        conditions = draw(
            st.sampled_from(
                [
                    UNCONDITIONAL,
                    UNCONDITIONAL,
                    Conditions(until=date(2025, 6, 1)),
                    Conditions(since=date(2025, 6, 2)),
                    Conditions(territories=Territories(("SE",))),
                    Conditions(walled_garden_only=True),
                    Conditions(minimum_rate=Decimal("0.02"), rate_currency="EUR"),
                ]
            )
        )
        subject = Subject(SubjectKind.PERSON, artist) if person else work
        return Wish(artist, subject, ASKS, UseScope.of(use), stance, conditions)
    subject = draw(
        st.sampled_from(
            [
                work,
                work,
                Subject(SubjectKind.RELEASE, ALBUM),
                ALL_MY_WORKS,
                Subject(SubjectKind.PERSON, artist),
            ]
        )
    )
    programme = draw(st.sampled_from([None, ASKS, ASKS, KEEPS_TO_ITSELF]))
    scope = UseScope.of(draw(st.sampled_from([None, Family.TRAINING, Family.VOICE_LIKENESS, *USES])))
    return Wish(artist, subject, programme, scope, stance)


def answered(desk: Desk, wish: Wish, keeps: KeepChoice) -> bool:
    """Whether the answer could be given and was recorded; what cannot be given changes nothing."""
    try:
        decide(desk.console, [wish], keeps)
    except Problem as problem:
        note(f"not recorded: {problem.sentence}")
        return False
    return True


def all_is_delivered(table: Table) -> None:
    for _ in range(2):
        for desk in table.desks:
            table.clock.tick()
            sync(desk.console)
    for desk in table.desks:
        assert not journal.pending(desk.console.store)


@FEW
@given(small_worlds(), st.data())
def test_everybody_says_the_same_of_every_cell_in_whatever_order_decisions_arrive(
    world: SmallWorld, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory(prefix="agree-") as name, a_table(Path(name), world) as table:
        for _ in range(data.draw(st.integers(2, 9))):
            desk = table.desks[data.draw(st.integers(0, 1))]
            table.clock.tick()
            answered(desk, data.draw(wishes(world.answers_for)), data.draw(st.sampled_from(list(KeepChoice))))
            if data.draw(st.booleans()):
                sync(table.desks[data.draw(st.integers(0, 1))].console)
        # Before everything has arrived each desk agrees with itself.
        for desk in table.desks:
            told = explained(desk.console)
            the_matrix_agrees(desk.console, told)
            the_works_agree(desk.console, told)
            the_command_line_agrees(desk, told, every=7)
        all_is_delivered(table)
        told = explained(table.desks[0].console)
        for desk in table.desks:
            assert explained(desk.console) == told
            the_matrix_agrees(desk.console, told)
            the_works_agree(desk.console, told)
        the_command_line_agrees(table.desks[0], told, every=3)
        the_service_agrees(table, told)
        place = data.draw(st.sampled_from(["SE", "US"]))
        the_service_agrees(table, explained(table.desks[1].console, place), place)
        a_report_agrees(table.desks[0], Path(name) / "out.acreport", told)
        cell = data.draw(st.sampled_from([each for each in told if each[0] is None]))
        for desk in table.desks:
            desk.profile.close()
        a_process_agrees(Path(name), table, cell, told[cell])


def a_process_agrees(folder: Path, table: Table, cell: Cell, found: Permission) -> None:
    """The program itself, over the folder that is closed now; it lists no works that are nobody's here."""
    _, work, programme, use = cell
    terminal = Terminal(folder / "desk-0", folder)
    line = ["permission", work, "--programme", programme, "--use", use.value]
    result = terminal.run(*line, "--at", table.clock.now.isoformat(), "--json")
    if result.returncode == 1:
        assert f"No work “{work}” is known here" in result.stderr, result.stderr
        assert work not in terminal.done("works", "list", "--json")
        return
    said = json.loads(result.stdout)
    assert (said["outcome"], said["answer"], tuple(s["text"] for s in said["trace"])) == said_by(found)


# What is kept in one profile alone

answers = st.builds(
    GivenAnswer,
    st.sampled_from([INES, LABEL, PUBLISHER]),
    st.sampled_from(list(PartyStance)),
    st.just(date(2025, 3, 1)),
    st.sampled_from([None, *WORKS]),
    st.sampled_from([None, ASKS]),
    st.sampled_from([UseScope.of(None), UseScope.of(Family.TRAINING), UseScope.of(USES[0])]),
    st.just("As she wrote"),
    st.just("A letter"),
)
contracts = st.builds(
    ContractText,
    other_side=st.sampled_from(["Fieldnote", "Paper", "Somebody new"]),
    kind=st.sampled_from(["label", "publisher"]),
    hold=st.sampled_from(["owns", "exclusive"]),
    rights=st.lists(st.sampled_from(["master", "composition", "lyrics"]), min_size=1, unique=True).map(tuple),
    works=st.sampled_from([(), (RECORDINGS[0],), (SONGS[0],)]),
    signed_on=st.sampled_from(["2019-03-03", "2025-07-01"]),
    reversion_on=st.sampled_from(["", "2024-01-01"]),
    ai_clause=st.sampled_from(["none", "approval", "consult", "blanket"]),
    ai_words=st.just("Label may license the Masters."),
    clause_number=st.just("14.3"),
)


@FEW
@given(small_worlds(), st.data())
def test_what_is_signed_and_heard_in_one_profile_is_the_same_wherever_it_is_asked(
    world: SmallWorld, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory(prefix="agree-") as name, a_table(Path(name), world) as table:
        here, elsewhere = table.desks
        before = {cell: said_by(found) for cell, found in explained(elsewhere.console).items()}
        for _ in range(data.draw(st.integers(1, 6))):
            table.clock.tick()
            match data.draw(st.sampled_from(["decide", "hear", "sign"])):
                case "decide":
                    wish = data.draw(wishes(world.answers_for))
                    answered(here, wish, data.draw(st.sampled_from(list(KeepChoice))))
                case "hear":
                    tried(lambda: record_answer(here.console, MARA, data.draw(answers)))
                case _:
                    tried(lambda: save_contract(here.console, MARA, data.draw(contracts)))
        told = explained(here.console)
        the_matrix_agrees(here.console, told)
        projection.refresh(here.console.store, here.console.today)
        the_works_agree(here.console, told)
        the_command_line_agrees(here, told, every=5)
        after = {cell: said_by(found) for cell, found in explained(elsewhere.console).items()}
        assert after == before, "it is kept in the one profile"
        sync(here.console)
        told = explained(here.console)
        the_works_agree(here.console, told)
        a_report_agrees(here, Path(name) / "out.acreport", told)


def tried(doing: Callable[[], object]) -> None:
    try:
        doing()
    except Problem as problem:
        note(f"not recorded: {problem.sentence}")
