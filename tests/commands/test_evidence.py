"""Evidence bundles of a real profile: what goes in byte for byte, what stays out, and how it is checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from artist_console.commands import contracts
from artist_console.commands.consent import decide
from artist_console.commands.contract_form import ContractText
from artist_console.commands.evidence import (
    BundleFile,
    BundleVerdict,
    BundleWish,
    NoCase,
    NotAnEvidenceName,
    NothingChosen,
    export_bundle,
    preview_bundle,
    verify_bundle,
)
from artist_console.commands.evidence_rows import ATTACHMENTS, CONTRACTS, NOTES, NamesUnreleased
from artist_console.commands.findings import list_findings
from artist_console.commands.paper import Paper
from artist_console.commands.removals import RemovalStep, list_removals, mark_removal
from artist_console.commands.signers import read_signers
from artist_console.domain.cases import CopyFound, Dkim, DkimResult, EventKind, Outcome
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.letters import About
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.evidence_bundle import MOST_OTHER_FILES, TooManyFiles
from artist_console.formats.kinds import Kind
from artist_console.formats.package import read_entry, read_package
from artist_console.store import private
from artist_console.ui.paper_alone import pdf_without_a_window
from tests.backend.world import MARA, PROGRAMME, SALT, START
from tests.commands.case_world import (
    PROOF,
    REPLY,
    a_case,
    a_letter,
    a_reply,
    an_event,
    an_outcome,
    keep_cases,
    seen,
)
from tests.commands.desks import Desk, a_desk, a_wish
from tests.commands.listed_world import BIG, LISTS, stated

SECRET = WorkId("secret")
ROWS = [
    *LISTS,
    (Kind.INCLUSION, stated("in-big", InclusionState.TRAINED, model=BIG)),
    (Kind.WORK, Work(SECRET, WorkKind.RECORDING, "Not Out Yet", (MARA,), unreleased=True)),
]
REPLY_SHA = seen("x", REPLY).file.sha256
NOTE = an_event("n-1", EventKind.NOTE, words="Ring the lawyer about money.")


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    """`qapp` comes first, as everywhere that a PDF is drawn."""
    with a_desk(tmp_path / "mara", rows=ROWS) as made:
        yield made


def drawn(paper: Paper) -> bytes:
    return pdf_without_a_window(paper)


def exported(desk: Desk, path: Path, *ids: str, **more: object) -> tuple[BundleFile, dict[str, bytes]]:
    made = export_bundle(desk.console, BundleWish(ids, **more), path, drawn)  # type: ignore[arg-type]
    return made, held_in(path)


def held_in(path: Path) -> dict[str, bytes]:
    with path.open("rb") as source:
        return {each.name: read_entry(source, each, each.size) for each in read_package(source).entries}


def test_letters_proofs_replies_and_outcomes_go_in_as_they_are(desk: Desk, tmp_path: Path) -> None:
    decide(desk.console, [a_wish()])
    desk.sync()
    case = a_case("k-1", a_reply(), an_outcome(), NOTE)
    keep_cases(desk, case)
    made, held = exported(desk, tmp_path / "e.acevidence", "k-1")
    assert set(held) == {
        "bundle.json", "signature.jws", "README.txt", "index.pdf", "letter-01.txt",
        "letter-01.pdf", "proof-01.eml", "reply-01.eml", "receipts.jsonl",
    }  # fmt: skip
    assert (held["proof-01.eml"], held["reply-01.eml"]) == (PROOF, REPLY)
    assert held["letter-01.txt"].decode().endswith(case.letters[0].text + "\n")
    assert held["index.pdf"].startswith(b"%PDF")
    assert held["letter-01.pdf"].startswith(b"%PDF")
    said = json.loads(held["bundle.json"])["content"]
    assert said["works"][0]["title"] == "Salt Lines"
    assert said["cases"][0]["events"][3]["outcome"]["words"] == "it is out"
    assert said["cases"][0]["events"][2]["file"]["dkim"]["result"] == "fits_key_in_file"
    assert (said["period_from"], said["period_until"]) == ("2025-05-27", "2025-05-31")
    assert dict(made.counts)["receipts"] == 1
    found = verify_bundle(made.path, desk.console.folder.signers)
    assert found.verdict is BundleVerdict.GENUINE, found.checks
    assert all(check.passed for check in found.checks)
    assert (found.fingerprint, found.sha256) == (made.fingerprint, made.sha256)


def test_it_is_checked_with_no_profile_at_all_and_then_the_signer_is_not_known(
    desk: Desk, tmp_path: Path
) -> None:
    keep_cases(desk, a_case())
    made, _ = exported(desk, tmp_path / "e.acevidence", "k-1")
    found = verify_bundle(made.path)
    assert found.verdict is BundleVerdict.SIGNER_UNKNOWN
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(bytes(data))
    changed = verify_bundle(made.path, desk.console.folder.signers)
    assert changed.verdict is BundleVerdict.CHANGED
    assert changed.content is None


def test_notes_and_own_planning_stay_here_unless_they_are_chosen(desk: Desk, tmp_path: Path) -> None:
    closing = an_event("c-1", EventKind.CLOSED, words="They paid my cousin.")
    keep_cases(desk, a_case("k-1", NOTE, closing, an_event("o-1", EventKind.OWNER, words="Rosa")))
    made, held = exported(desk, tmp_path / "e.acevidence", "k-1")
    for words in (b"Ring the lawyer", b"cousin", b"Rosa"):
        assert words not in held["bundle.json"]
    assert NOTES in made.left_out
    assert NOTES.encode() in held["README.txt"]
    _, with_notes = exported(desk, tmp_path / "n.acevidence", "k-1", notes=True)
    assert b"Ring the lawyer" in with_notes["bundle.json"]
    assert b"cousin" in with_notes["bundle.json"]


def test_a_letter_that_names_an_unreleased_work_goes_in_only_where_it_may_be_named(
    desk: Desk, tmp_path: Path
) -> None:
    keep_cases(desk, a_case("k-1", works=(SALT, SECRET)))
    with pytest.raises(NamesUnreleased) as told:
        exported(desk, tmp_path / "e.acevidence", "k-1")
    assert "Not Out Yet" in told.value.sentence
    assert not (tmp_path / "e.acevidence").exists()
    _, held = exported(desk, tmp_path / "e.acevidence", "k-1", named_works=frozenset([SECRET]))
    assert b"Not Out Yet" in held["bundle.json"]


def test_an_unreleased_work_that_only_the_case_names_stays_out_and_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    keep_cases(desk, a_case("k-1", works=(SALT, SECRET), letters=(a_letter("l-9"),)))
    made, held = exported(desk, tmp_path / "e.acevidence", "k-1")
    assert b"Not Out Yet" not in held["bundle.json"]
    assert b"secret" not in held["bundle.json"]
    assert any("unreleased" in words for words in made.left_out)


def test_findings_and_removals_go_in_without_what_contracts_say(desk: Desk, tmp_path: Path) -> None:
    decide(desk.console, [a_wish(use=Use.TRAIN_GENERATIVE), a_wish()])
    desk.sync()
    text = ContractText(
        other_side="harmonia", kind="label", hold="owns", rights=("master",), signed_on="2019-03-03",
        how_a_yes_is_withdrawn="By a secret handshake.",
    )  # fmt: skip
    contracts.save_contract(desk.console, MARA, text)
    removal = list_removals(desk.console)[0]
    assert any("handshake" in words for words in removal.words)
    mark_removal(desk.console, removal.id, RemovalStep.REQUESTED, desk.console.today, "a note of mine")
    finding = next(
        row.finding for row in list_findings(desk.console) if row.finding.kind is not FindingKind.MANDATE_ENDS
    )
    about = About(programme=PROGRAMME, finding=finding.id, removal=removal.id)
    keep_cases(desk, a_case("k-1", about=about))
    made, held = exported(desk, tmp_path / "e.acevidence", "k-1")
    said = json.loads(held["bundle.json"])["content"]
    assert said["findings"][0]["title"] == finding.title.text
    assert [step["step"] for step in said["removals"][0]["steps"]][-1] == "requested"
    for words in (b"handshake", b"a note of mine"):
        assert words not in held["bundle.json"]
    assert CONTRACTS in made.left_out


def test_a_finding_about_an_unreleased_work_stays_out_with_its_id(tmp_path: Path, qapp: QApplication) -> None:
    told = (Kind.INCLUSION, stated("s-big", InclusionState.TRAINED, model=BIG, work=SECRET))
    with a_desk(tmp_path / "p", rows=[*ROWS, told]) as desk:
        decide(desk.console, [a_wish(use=Use.TRAIN_GENERATIVE), a_wish()])
        desk.sync()
        rows = list_findings(desk.console)
        finding = next(row.finding for row in rows if SECRET in row.finding.works)
        removal = next(each for each in list_removals(desk.console) if each.work == SECRET)
        about = About(finding=finding.id, removal=removal.id)
        keep_cases(desk, a_case("k-1", about=about))
        made, held = exported(desk, tmp_path / "e.acevidence", "k-1")
        assert b"secret" not in held["bundle.json"]
        assert b"Not Out Yet" not in held["bundle.json"]
        assert any("unreleased" in words for words in made.left_out)


def test_the_file_of_a_contract_stays_out_wherever_it_was_attached(desk: Desk, tmp_path: Path) -> None:
    signed = b"%PDF-1.4 the signed contract"
    kept = contracts.save_contract(
        desk.console,
        MARA,
        ContractText(other_side="Fieldnote", kind="label", hold="owns", rights=("master",)),
    ).value
    private.attach(desk.console.store, "contract.pdf", signed, START)
    file = AttachedFile(seen("contract.pdf", signed).file.sha256, "contract.pdf", len(signed))
    private.put(desk.console.store, private.PrivateKind.CONTRACT, MARA, [replace(kept, file=file)], START)
    keep_cases(desk, a_case("k-1", letters=(a_letter("l-9", attachments=(file,)),)))
    made, held = exported(desk, tmp_path / "e.acevidence", "k-1")
    assert signed not in held.values()
    assert any("contract.pdf" in words for words in made.left_out)


def test_what_went_along_stays_out_on_wish_and_is_told(desk: Desk, tmp_path: Path) -> None:
    body = b"a,b\r\n"
    private.attach(desk.console.store, "Works.csv", body, START)
    file = AttachedFile(seen("Works.csv", body).file.sha256, "Works.csv", len(body))
    keep_cases(desk, a_case("k-1", letters=(a_letter("l-9", attachments=(file,)),)))
    _, held = exported(desk, tmp_path / "e.acevidence", "k-1")
    assert held["attachment-01.csv"] == body
    made, without = exported(desk, tmp_path / "w.acevidence", "k-1", attachments=False)
    assert body not in without.values()
    assert file.sha256.encode() in without["bundle.json"]
    assert ATTACHMENTS in made.left_out
    assert verify_bundle(made.path, desk.console.folder.signers).verdict is BundleVerdict.GENUINE


def test_bytes_that_are_gone_are_told_and_the_rest_goes_in(desk: Desk, tmp_path: Path) -> None:
    keep_cases(desk, a_case("k-1", a_reply("e-9", b"never kept", "lost.exe")))
    made, held = exported(desk, tmp_path / "e.acevidence", "k-1")
    assert any("lost.exe" in words for words in made.left_out)
    assert verify_bundle(made.path).verdict is BundleVerdict.SIGNER_UNKNOWN
    assert "reply-01.bin" not in held


def test_a_file_that_a_system_would_start_loses_its_ending_and_nothing_else(
    desk: Desk, tmp_path: Path
) -> None:
    private.attach(desk.console.store, "answer.exe", b"MZ...", START)
    keep_cases(desk, a_case("k-1", a_reply("e-9", b"MZ...", "answer.exe")))
    _, held = exported(desk, tmp_path / "e.acevidence", "k-1")
    assert held["reply-01.bin"] == b"MZ..."
    assert b"answer.exe" in held["bundle.json"]


def test_more_files_than_fit_are_told_before_anything_is_drawn(desk: Desk, tmp_path: Path) -> None:
    keep_cases(desk, *(a_case(f"k-{n:02}") for n in range(MOST_OTHER_FILES // 2 + 1)))
    wish = BundleWish(artist=MARA)
    preview = preview_bundle(desk.console, wish)
    assert not preview.fits

    def never(paper: Paper) -> bytes:
        raise AssertionError("nothing is drawn")

    with pytest.raises(TooManyFiles):
        export_bundle(desk.console, wish, tmp_path / "e.acevidence", never)
    assert not (tmp_path / "e.acevidence").exists()


def test_one_proof_of_several_letters_stands_in_it_once(desk: Desk, tmp_path: Path) -> None:
    keep_cases(desk, a_case("k-1"), a_case("k-2"))
    made, held = exported(desk, tmp_path / "e.acevidence", "k-1", "k-2")
    assert [name for name in held if name.startswith("proof")] == ["proof-01.eml"]
    assert made.title == "Mara Quist: 2 cases"
    assert verify_bundle(made.path, desk.console.folder.signers).verdict is BundleVerdict.GENUINE


def test_the_index_says_what_happened_by_day_and_what_was_put_right(desk: Desk, tmp_path: Path) -> None:
    papers: list[Paper] = []

    def kept(paper: Paper) -> bytes:
        papers.append(paper)
        return drawn(paper)

    again = an_outcome(id="e-5")
    corrected = replace(again, of="e-4", on=again.on)
    gone = an_event("e-6", EventKind.REPLY, of="e-7")
    other = a_reply("e-7", b"never kept", "other.eml")
    keep_cases(desk, a_case("k-1", a_reply(), an_outcome(), corrected, other, gone))
    export_bundle(desk.console, BundleWish(("k-1",)), tmp_path / "e.acevidence", kept)
    index = papers[-1]
    lines = [line.text for line in index.lines]
    outcomes = [line for line in lines if "Outcome recorded" in line]
    assert [line.endswith("(put right or taken back later)") for line in outcomes] == [True, False]
    assert any(line.endswith("Reply came in, an earlier entry was a mistake") for line in lines)
    assert "Letter to Harmonia (rights@harmonia.example): No consent for “Salt Lines”" in lines
    assert any(REPLY_SHA in line for line in lines)
    made = json.loads(held_in(tmp_path / "e.acevidence")["bundle.json"])
    assert any(made["content_sha256"] in line for line in lines)
    assert made["content_sha256"][:16] in index.foot
    assert "2025-05-27 to 2025-05-31" in index.foot


def test_the_index_says_what_rests_on_a_persons_word_alone(desk: Desk, tmp_path: Path) -> None:
    papers: list[Paper] = []

    def kept(paper: Paper) -> bytes:
        papers.append(paper)
        return drawn(paper)

    bogus = Dkim(DkimResult.NO_KEY, "suno.com", "s1")
    sender = "X <attacker@evil.example>"
    reply = replace(
        a_reply(), file=seen("reply.eml", REPLY, sender=sender, sent_on=date(1999, 1, 1), dkim=bogus)
    )
    quoted = replace(an_outcome(), id="e-5", outcome=replace(said_removed(), quoted=True))
    case = a_case("k-1", reply, an_outcome(), quoted, replace(an_outcome(), id="e-6", of=""))
    for copy, words in (
        (CopyFound.SAID, "that it is the mail of this letter is what the person who noted it says"),
        (CopyFound.TEXT, "Found by its text alone"),
    ):
        proof = replace(case.events[1], file=seen("sent.eml", PROOF, matches="l-k-1", copy=copy))
        keep_cases(desk, replace(case, id=copy.value, events=(case.events[0], proof, *case.events[2:])))
        export_bundle(desk.console, BundleWish((copy.value,)), tmp_path / f"{copy.value}.acevidence", kept)
        lines = "\n".join(line.text for line in papers[-1].lines)
        assert words in lines
    assert "It names suno.com as signer; that was not checked. The sender's address is of another" in lines
    assert "The mail bears another day: 1 January 1999." in lines
    assert "In their words: “it is out”" in lines
    assert "not found in the words of the reply: it is out" in lines
    assert "Told without a file: self-reported by whoever noted it." in lines
    assert "1999" not in papers[-1].foot


def said_removed() -> Outcome:
    made = an_outcome().outcome
    assert made is not None
    return made


@pytest.mark.parametrize("name", ["W" * 300, "塩の線" * 90])
def test_the_foot_of_the_index_leaves_room_for_the_page(desk: Desk, tmp_path: Path, name: str) -> None:
    papers: list[Paper] = []
    keep_cases(desk, replace(a_case("k-1"), title=name, addressee_name=name))
    export_bundle(
        desk.console, BundleWish(("k-1",)), tmp_path / "e.acevidence", lambda p: papers.append(p) or b"%PDF"
    )
    assert len(papers[-1].foot) < 100


def test_a_case_that_is_not_here_or_none_at_all_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NoCase):
        exported(desk, tmp_path / "e.acevidence", "k-404")
    with pytest.raises(NothingChosen):
        export_bundle(desk.console, BundleWish(artist=MARA), tmp_path / "e.acevidence", drawn)
    assert read_signers(desk.console.folder.signers)


def test_a_bundle_is_written_under_its_own_ending_only(desk: Desk, tmp_path: Path) -> None:
    for name in ("out.txt", "out", "out.acevidence.zip"):
        with pytest.raises(NotAnEvidenceName, match="does not end in"):
            exported(desk, tmp_path / name)
        assert not (tmp_path / name).exists()
