"""What goes to a site follows the decisions: reserved where refused and controlled, and never a yes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.robotparser import RobotFileParser

import jsonschema_rs
import lxml.html
import pytest

from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.reservations import (
    Manner,
    NotedReservation,
    Site,
    keep_reservation,
    list_reservations,
    note_reservation,
    plan_site,
    reservation_copy,
    write_site,
)
from artist_console.commands.site_folder import LISTING
from artist_console.commands.site_plans import (
    MayNotWrite,
    NoMail,
    NothingToWrite,
    NotRobots,
    RobotsBroken,
    SitePlan,
    headers_of,
    known_crawlers,
)
from artist_console.domain.ids import WorkId
from artist_console.domain.parties import Standing
from artist_console.domain.problems import FileProblem, InputProblem, UnknownThing
from artist_console.domain.registers import Stance
from artist_console.domain.site_address import NotASite, NotHttps
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Family, Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Relation, RelationKind, Work
from artist_console.formats.kinds import Kind
from artist_console.formats.robots_lines import BEGINS
from tests.backend.world import (
    HARBOUR,
    MANAGER,
    MARA,
    OLA,
    SALT,
    Power,
    a_mandate,
    mandate_step,
    work_subject,
)
from tests.commands.desks import Desk, a_desk, a_wish, an_allow
from tests.commands.reserving import CONTROLLED, SITE, holds, reserving
from tests.formats.test_tdmrep import SCHEMA

SECRET = WorkId("secret-song")


@pytest.fixture
def desk(tmp_path: Path):  # type: ignore[no-untyped-def]
    with reserving(tmp_path / "mara") as desk:
        yield desk


def refuse(desk: Desk, use: Use | Family | None = None, **more: object) -> None:
    desk.clock.now += timedelta(minutes=1)
    decide(desk.console, [a_wish(Stance.REFUSE, use=use, **more)], KeepChoice.KEEP_THEM)  # type: ignore[arg-type]


def plan(desk: Desk, **more: object) -> SitePlan:
    return plan_site(desk.console, MARA, Site(more.pop("address", SITE), **more))  # type: ignore[arg-type]


def reserved(found: SitePlan) -> set[str]:
    return {each.term.key for each in found.categories if each.reserved}


def body(found: SitePlan, name: str) -> bytes:
    return next(file.body for file in found.files if file.name == name)


def test_a_no_to_everything_is_said_in_every_way(desk: Desk) -> None:
    refuse(desk)
    found = plan(desk)
    assert reserved(found) == {"tdm-reservation", "train-ai", "training", "dataset"}
    assert {file.name for file in found.files} == {
        "README.txt",
        "site/.well-known/tdmrep.json",
        "site/tdm-policy.json",
        "site/robots.txt",
        "site/reservation.html",
        "server/nginx.conf.txt",
        "server/apache.conf.txt",
        "server/htaccess.txt",
        "server/netlify_headers.txt",
        "server/meta.html.txt",
    }
    assert headers_of(found) == (
        ("tdm-reservation", "1"),
        ("tdm-policy", f"{SITE}/tdm-policy.json"),
        ("Content-Usage", "train-ai=n"),
    )


def test_a_no_to_training_says_nothing_of_research(desk: Desk) -> None:
    refuse(desk, Family.TRAINING)
    found = plan(desk)
    assert reserved(found) == {"train-ai", "training"}
    mining = next(each for each in found.categories if each.term.key == "tdm-reservation")
    assert mining.missing == (Use.RESEARCH_MIR,)
    assert "site/.well-known/tdmrep.json" not in {file.name for file in found.files}
    readme = body(found, "README.txt").decode()
    assert "Text and data mining (TDM Reservation Protocol): left out." in readme
    assert "Music research" not in readme


def test_what_is_said_is_refused(desk: Desk) -> None:
    """A yes to one programme leaves the refusal for all others; a no to some works is none to the site."""
    refuse(desk, Family.TRAINING, subject=work_subject(SALT))
    assert not plan(desk).possible
    assert "have not refused" in plan(desk).why_not[0].text
    named = plan(desk, works=(SALT,))
    assert reserved(named) == {"train-ai", "training"}
    assert b"Salt Lines" in body(named, "site/reservation.html")
    assert b"Harbour Lights" not in b"".join(file.body for file in named.files)


def test_a_yes_is_never_written(desk: Desk) -> None:
    refuse(desk)
    decide(desk.console, [an_allow(SALT)])
    everything = b"\n".join(file.body for file in plan(desk).files)
    for yes in (
        b"=y",
        b'reservation": 0',
        b"reservation: 0",
        b'reservation "0"',
        b"\nAllow:",
        b'content="0"',
    ):
        assert yes not in everything


def test_an_unreleased_title_is_nowhere(tmp_path: Path) -> None:
    secret = Work(SECRET, WorkKind.RECORDING, "Not Yet Heard", (MARA,), unreleased=True)
    with reserving(tmp_path / "m", [*CONTROLLED, (Kind.WORK, secret), holds(SECRET)]) as desk:
        refuse(desk)
        for found in (plan(desk), plan(desk, works=(SECRET, SALT))):
            assert b"Not Yet Heard" not in b"".join(file.body for file in found.files)
            assert any("unreleased" in note.text for note in found.notes)
            assert "unreleased" not in body(found, "README.txt").decode()
        assert not plan(desk, works=(SECRET,)).possible


# -- standing


def test_without_control_it_says_why_and_points_to_the_performers_notice(tmp_path: Path) -> None:
    with a_desk(tmp_path / "m") as desk:
        refuse(desk)
        found = plan(desk)
        assert not found.possible
        told = " ".join(each.text for each in found.why_not)
        assert "not recorded that you control" in told
        assert "performer’s notice" in told
        with pytest.raises(NothingToWrite, match="performer"):
            write_site(found, tmp_path / "out")
        with pytest.raises(NothingToWrite):
            keep_reservation(desk.console, found)
        assert not (tmp_path / "out").exists()
        assert list_reservations(desk.console) == ()


@pytest.mark.parametrize("standing", [s for s in Standing if s not in (Standing.CONTROLS, Standing.PERSONAL)])
def test_no_other_standing_reserves(standing: Standing, tmp_path: Path) -> None:
    with reserving(tmp_path / "m", [holds(SALT, standing), holds(HARBOUR, standing)]) as desk:
        refuse(desk)
        assert not plan(desk).possible


def test_works_that_are_not_controlled_are_counted_and_others_can_be_named(tmp_path: Path) -> None:
    with reserving(tmp_path / "m", [holds(SALT), holds(HARBOUR, Standing.WISH)]) as desk:
        refuse(desk)
        assert "1 of 2 recordings" in plan(desk).why_not[0].text
        assert plan(desk, works=(SALT,)).possible


def test_a_disputed_share_is_no_control(tmp_path: Path) -> None:
    rows = [holds(SALT), holds(SALT, party=OLA, disputed=True), holds(HARBOUR)]
    with reserving(tmp_path / "m", rows) as desk:
        refuse(desk)
        assert not plan(desk).possible


def test_recordings_are_spoken_for_without_the_songs_in_them(tmp_path: Path) -> None:
    song = Work(WorkId("song"), WorkKind.COMPOSITION, "Salt", (MARA,))
    recording = Work(
        WorkId("take"),
        WorkKind.RECORDING,
        "Take",
        (MARA,),
        relations=(Relation(RelationKind.EMBODIES, song.id),),
    )
    rows = [*CONTROLLED, (Kind.WORK, song), (Kind.WORK, recording), holds("take")]
    with reserving(tmp_path / "m", rows) as desk:
        refuse(desk)
        found = plan(desk)
        assert found.facts.statement.rights == (Right.MASTER,)
        assert any("right in the song" in note.text for note in found.notes)
        page = body(found, "site/reservation.html").decode()
        assert "rights in the recordings" in page
        assert "the songs" not in page


def test_a_hold_for_some_places_is_told_with_them(tmp_path: Path) -> None:
    rows = [
        holds(SALT, territories=Territories(("DE", "SE"))),
        holds(HARBOUR, territories=Territories(("SE",))),
    ]
    with reserving(tmp_path / "m", rows) as desk:
        refuse(desk)
        assert b"Territory: SE." in body(plan(desk), "site/reservation.html").replace(b"Sweden", b"SE")


def test_a_manager_needs_the_power_to_write(tmp_path: Path) -> None:
    with (
        a_desk(tmp_path / "m", mandate_step(a_mandate()), owner=MANAGER, rows=CONTROLLED) as desk,
        pytest.raises(MayNotWrite, match="power to write letters"),
    ):
        plan(desk)
    powers = (Power.SEE_WORKS, Power.DECIDE, Power.WRITE_LETTERS)
    with a_desk(
        tmp_path / "n", mandate_step(a_mandate(powers=powers)), owner=MANAGER, rows=CONTROLLED
    ) as desk:
        refuse(desk)
        found = plan(desk)
        assert "Stated for Mara Quist by Manager, under a mandate." in body(found, "README.txt").decode()
        assert keep_reservation(desk.console, found).value.by == "Manager, for Mara Quist"


def test_what_a_manager_only_proposed_is_not_published(tmp_path: Path) -> None:
    powers = (Power.SEE_WORKS, Power.PROPOSE, Power.WRITE_LETTERS)
    step = mandate_step(a_mandate(powers=powers))
    with a_desk(tmp_path / "m", step, owner=MANAGER, rows=CONTROLLED) as desk:
        refuse(desk)
        assert not plan(desk).possible
        desk.sync()
        assert not plan(desk).possible


# -- the files, read by others


def test_each_file_that_has_words_says_by_whom_and_what_it_is_not(desk: Desk) -> None:
    refuse(desk)
    for file in plan(desk, mail="rights@mara.example").files:
        if file.name == "site/.well-known/tdmrep.json":
            continue  # a list of rules, with no place for words: its policy says it
        text = file.body.decode()
        for words in (
            "Mara Quist states this as owner or exclusive holder of the rights in the recordings.",
            "Date: 1 June 2025.",
            "This is not a licence.",
            "This speaks for files on this site, not for copies on streaming services.",
        ):
            assert words in text, (file.name, words)


def test_pythons_own_reader_finds_the_crawlers_and_leaves_the_rest(desk: Desk) -> None:
    refuse(desk)
    former = b"User-agent: *\nDisallow: /private/\n\nUser-agent: Bingbot\nDisallow: /b/\n"
    found = plan(desk, robots=former)
    written = body(found, "site/robots.txt")
    assert written.startswith(former)
    reader = RobotFileParser()
    reader.parse(written.decode().splitlines())
    for crawler in known_crawlers():
        assert not reader.can_fetch(crawler.agent, f"{SITE}/song.mp3")
    for agent in ("Googlebot", "Bingbot", "OAI-SearchBot", "Claude-SearchBot", "somebody"):
        assert reader.can_fetch(agent, f"{SITE}/song.mp3")
    assert not reader.can_fetch("Googlebot", f"{SITE}/private/x")
    assert any("Bingbot" in note.text for note in found.notes)


def test_a_rule_of_the_site_that_lets_a_crawler_in_is_told(desk: Desk) -> None:
    refuse(desk)
    found = plan(desk, robots=b"User-agent: GPTBot\nAllow: /\n")
    assert any("lets GPTBot in by a rule of its own" in note.text for note in found.notes)
    assert "lets GPTBot in" in body(found, "README.txt").decode()


def test_a_robots_file_with_half_a_block_is_told(desk: Desk) -> None:
    refuse(desk)
    with pytest.raises(RobotsBroken, match="END reservation"):
        plan(desk, robots=BEGINS.encode())


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"<!DOCTYPE html><html>", "a web page"),
        ("User-agent: *".encode("utf-16"), "not written in UTF-8"),
        (b"User-agent: *\n\0", "no text"),
    ],
)
def test_a_file_that_is_no_robots_file_is_told(body: bytes, what: str, desk: Desk) -> None:
    with pytest.raises(NotRobots, match=what):
        plan(desk, robots=body)


def test_the_schema_and_the_policy_hold(desk: Desk) -> None:
    refuse(desk)
    found = plan(desk, address=f"{SITE}/music/", mail="rights@mara.example")
    rules = json.loads(body(found, "site/.well-known/tdmrep.json"))
    jsonschema_rs.validator_for(SCHEMA).validate(rules)
    assert rules == [{"location": "/music/", "tdm-reservation": 1, "tdm-policy": f"{SITE}/tdm-policy.json"}]
    policy = json.loads(body(found, "site/tdm-policy.json"))
    assert policy["@type"] == "Offer"
    assert policy["profile"] == "http://www.w3.org/ns/tdmrep"
    assert policy["assigner"]["vcard:hasEmail"] == "mailto:rights@mara.example"
    assert policy["permission"] == [{"action": "tdm:mine", "duty": [{"action": "obtainConsent"}]}]


def test_the_page_is_plain_in_four_languages_and_runs_nothing(tmp_path: Path) -> None:
    name = "<script>alert(1)</script> & Söhne"
    with reserving(
        tmp_path / "m", [*CONTROLLED, (Kind.WORK, Work(SALT, WorkKind.RECORDING, name, (MARA,)))]
    ) as desk:
        refuse(desk)
        page = lxml.html.fromstring(body(plan(desk, works=(SALT, HARBOUR)), "site/reservation.html"))
        assert [each.get("lang") for each in page.iter("section")] == ["en", "de", "fr", "es"]
        assert not [*page.iter("script", "iframe", "img", "link", "object")]
        assert name in [each.text_content() for each in page.iter("li")]
        meta = {each.get("name"): each.get("content") for each in page.iter("meta")}
        assert meta["tdm-reservation"] == "1"
        assert "{" not in "".join(each.text_content() for each in page.iter("section"))


def test_the_elements_for_pages_are_read_by_others(desk: Desk) -> None:
    refuse(desk)
    elements = lxml.html.fragments_fromstring(body(plan(desk), "server/meta.html.txt").decode())
    found = {each.get("name"): each.get("content") for each in elements if each.tag == "meta"}
    assert found == {"tdm-reservation": "1", "tdm-policy": f"{SITE}/tdm-policy.json"}


def test_server_lines_name_each_header(desk: Desk) -> None:
    refuse(desk)
    found = plan(desk, address=f"{SITE}/music")
    for server, line in {
        "nginx.conf.txt": 'add_header Content-Usage "train-ai=n" always;',
        "apache.conf.txt": 'Header always set tdm-reservation "1"',
        "htaccess.txt": f'Header always set tdm-policy "{SITE}/tdm-policy.json"',
        "netlify_headers.txt": "  Content-Usage: train-ai=n",
    }.items():
        assert line in body(found, f"server/{server}").decode()
    assert "/music/*" in body(found, "server/netlify_headers.txt").decode()


# -- writing and keeping


def test_the_folder_is_written_whole_and_replaced_by_itself_alone(desk: Desk, tmp_path: Path) -> None:
    refuse(desk)
    out = tmp_path / "out"
    written = write_site(plan(desk), out)
    assert all(path.is_file() for path in written)
    refuse(desk, Use.GEN_COVER)
    write_site(plan(desk, mail="rights@mara.example"), out)
    assert b"rights@mara.example" in (out / "site" / "reservation.html").read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".out")] == []


def changed(out: Path) -> None:
    (out / "site" / "robots.txt").write_text("User-agent: *\n", encoding="utf-8")


def added(out: Path) -> None:
    (out / "mine.txt").write_text("mine", encoding="utf-8")


def forgotten(out: Path) -> None:
    (out / LISTING).unlink()


@pytest.mark.parametrize("touch", [changed, added, forgotten])
def test_a_folder_with_anything_else_is_left_alone(
    touch: Callable[[Path], None], desk: Desk, tmp_path: Path
) -> None:
    refuse(desk)
    out = tmp_path / "out"
    write_site(plan(desk), out)
    touch(out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(FileProblem):
        write_site(plan(desk, mail="rights@mara.example"), out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_place_where_nothing_can_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    refuse(desk)
    (tmp_path / "file").write_bytes(b"x")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(FileProblem):
            write_site(plan(desk), out)


def test_what_was_reserved_is_kept_with_its_copy(desk: Desk) -> None:
    refuse(desk)
    found = plan(desk)
    kept = keep_reservation(desk.console, found).value
    desk.reopen()
    assert list_reservations(desk.console) == (kept,)
    assert kept.standing is Standing.CONTROLS
    assert kept.place == f"{SITE}/"
    assert "aipref train-ai" in kept.said
    for file in found.files:
        assert reservation_copy(desk.console, kept.id, file.name) == file.body
    with pytest.raises(UnknownThing):
        reservation_copy(desk.console, kept.id, "other")


def test_a_second_reservation_is_another_row_and_is_seen_at_once(desk: Desk) -> None:
    refuse(desk)
    first = keep_reservation(desk.console, plan(desk)).value
    assert len(list_reservations(desk.console)) == 1
    desk.clock.now += timedelta(days=1)
    second = keep_reservation(desk.console, plan(desk)).value
    assert [each.id for each in list_reservations(desk.console)] == [second.id, first.id]
    assert first.sha256 != second.sha256


def test_a_reservation_by_letter_is_noted_with_its_file(desk: Desk, tmp_path: Path) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7")
    noted = NotedReservation(Manner.LETTER, desk.console.today, "Harmonia", copy=letter)
    kept = note_reservation(desk.console, MARA, noted).value
    assert reservation_copy(desk.console, kept.id, "letter.pdf") == b"%PDF-1.7"
    assert kept.manner is Manner.LETTER
    for bad in (
        NotedReservation(Manner.SITE_FILE, desk.console.today, SITE),
        NotedReservation(Manner.LETTER, desk.console.today + timedelta(days=1), "Harmonia"),
        NotedReservation(Manner.REGISTRY, desk.console.today, " "),
    ):
        with pytest.raises(InputProblem):
            note_reservation(desk.console, MARA, bad)


# -- bad input


@pytest.mark.parametrize(
    "address",
    [
        "",
        "not a site",
        "ftp://mara.example",
        "https://",
        "https://user@mara.example",
        "https://mara",
        "https://mara.example/a b",
        "https://mara.example/*.mp3",
        "https://[::1",
        "https://mara.example:x",
        "https://mara.example/a/../b",
        'https://mara.example/"',
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_none_is_told(address: str, desk: Desk) -> None:
    with pytest.raises(NotASite):
        plan(desk, address=address)


def test_an_address_without_https_is_told(desk: Desk) -> None:
    with pytest.raises(NotHttps):
        plan(desk, address="http://mara.example")


@pytest.mark.parametrize("mail", ["mara", "a@b", 'a@b.example"><script>', "a b@c.example", "a@b@c.example"])
def test_a_mail_address_that_is_none_is_told(mail: str, desk: Desk) -> None:
    with pytest.raises(NoMail):
        plan(desk, mail=mail)


def test_a_work_that_is_not_known_is_told(desk: Desk) -> None:
    with pytest.raises(UnknownThing):
        plan(desk, works=(WorkId("nothing"),))


def test_names_of_hosts_in_other_scripts_are_taken(desk: Desk) -> None:
    refuse(desk)
    assert plan(desk, address="müsik.example").address.origin == "https://xn--msik-0ra.example"


def test_only_uses_that_touch_what_is_controlled_are_named(desk: Desk) -> None:
    refuse(desk)
    uses = plan(desk).facts.statement.uses
    assert Use.GEN_REMIX in uses
    for other in (Use.TRAIN_LYRICS, Use.GEN_COVER, Use.TRAIN_VOICE, Use.LIKENESS_NAME):
        assert other not in uses
