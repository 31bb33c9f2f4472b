"""A report: the same bytes for the same content and salts, read back as it was, and checked step by step."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.ids import StatementId
from artist_console.domain.permission import Question, permission
from artist_console.domain.statements import Line
from artist_console.domain.uses import Use
from artist_console.formats.data_package import DESCRIPTOR
from artist_console.formats.handovers import hand_over
from artist_console.formats.known_signers import Known
from artist_console.formats.parquet_digest import digest_parquet
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.records import BYTE_ORDER_MARK
from artist_console.formats.redaction_reach import Redaction
from artist_console.formats.report import read_report, verify
from artist_console.formats.report_content import ReportContent, in_order
from artist_console.formats.report_members import BesideFile, ReportProblem, ReportTooLarge
from artist_console.formats.report_out import sign_again, write_report
from artist_console.formats.report_parts import Obstacle, Result
from artist_console.formats.report_privacy import content_for
from artist_console.formats.report_rows import Report, ReportChanged
from artist_console.formats.report_signatures import MOST_SIGNATURES, SIGNATURE_TYP
from artist_console.formats.report_tables import LINES, TABLE_WORDS, TABLES, codec_of
from artist_console.formats.row_cells import MalformedRow
from artist_console.formats.row_digests import Roots
from artist_console.formats.signatures import KnownKey, SigningKey, sha256_hex, sign_detached, sign_named
from artist_console.formats.table_copy import difference
from tests.domain.world import MARA, NOW, PROGRAMME, RECORDING, work_subject, world
from tests.formats.redacted_copies import without
from tests.formats.report_world import (
    SIGNER,
    STRANGER,
    TRUSTED,
    all_rows,
    answered_world,
    files_in,
    header,
    package_of,
    report_of,
    salts,
    verified,
)

CONTENT = content_for(all_rows(answered_world()), header())
DATA = report_of(CONTENT)
FILES = files_in(DATA)


def _report(data: bytes) -> Report:
    found = verified(data).report
    assert found is not None
    return found


def test_a_report_that_nobody_touched_is_genuine_and_holds_what_was_put_in() -> None:
    found = verified(DATA)
    assert found.result is Result.GENUINE
    assert found.headline.text == "Unchanged since Fieldnote signed it."
    assert found.report is not None
    assert found.report.content() == replace(in_order(CONTENT), lines=())
    assert tuple(found.report.each(LINES)) == in_order(CONTENT).lines
    assert (found.unverified, found.obstacle, found.parts_changed) == (None, None, ())
    assert {check.state for check in found.checks} == {CheckState.PASSED}
    assert [check.name for check in found.checks] == [
        "package",
        "signature",
        "description",
        "files",
        "signer",
    ]


def test_the_hash_of_a_report_is_that_of_what_is_signed() -> None:
    out = io.BytesIO()
    written = write_report(out, CONTENT, SIGNER, "Fieldnote Records", salts=salts())
    assert out.getvalue() == DATA
    assert written.size == len(DATA)
    assert written.sha256 == sha256_hex(FILES[DESCRIPTOR]) == verified(DATA).sha256
    assert written.counts["works"] == len(CONTENT.works)


def test_tables_stand_in_their_order_with_roots_over_their_rows() -> None:
    report = _report(DATA)
    assert list(report.tables) == [name for name in TABLES if name in report.tables]
    for name, table in report.tables.items():
        records = tuple(report.records(name))
        roots = Roots()
        roots.extend(records)
        seal = report.descriptor.artist_console.tables[name]
        assert (table.rows, table.removed) == (len(records), 0)
        assert (seal.rows, seal.root) == (roots.rows, roots.root)
        assert (table.bytes, table.sha256) == (len(FILES[f"{name}.csv"]), sha256_hex(FILES[f"{name}.csv"]))


def test_every_table_of_a_report_has_its_words() -> None:
    assert set(TABLES) == set(TABLE_WORDS)
    for name in TABLES:
        # What tells traces apart is a list, which other programs cannot compare.
        assert bool(codec_of(name).schema()["primaryKey"]) == (name != "traces")


def test_two_reports_of_the_same_rows_differ_by_their_salts_alone() -> None:
    one, two = (io.BytesIO(), io.BytesIO())
    for out in (one, two):
        write_report(out, CONTENT, SIGNER, "Fieldnote Records")
    assert one.getvalue() != two.getvalue()
    first, second = _report(one.getvalue()), _report(two.getvalue())
    assert first.content() == second.content()
    assert first.sha256 != second.sha256
    salts_of = [record[-32:] for report in (first, second) for record in report.records("works")]
    assert len(set(salts_of)) == len(salts_of)


@given(st.randoms())
@settings(deadline=None)
def test_the_same_rows_in_any_order_give_the_same_bytes(random: object) -> None:
    def shuffled(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(random.sample(rows, len(rows)))  # type: ignore[attr-defined]

    kinds = ("parties", "works", "stakeholders", "entries", "receipts", "lines", "outcomes", "controls")
    turned = replace(CONTENT, **{kind: shuffled(CONTENT.rows(kind)) for kind in kinds})  # type: ignore[arg-type]
    assert report_of(turned) == DATA


# Signers


def test_a_signer_who_is_not_known_is_told_with_fingerprint_and_not_by_the_claimed_name() -> None:
    found = verified(DATA, ())
    assert found.result is Result.SIGNER_NOT_KNOWN
    assert "Fieldnote" not in found.headline.text
    assert found.signer is not None
    assert (found.signer.key, found.signer.known) == (SIGNER.public, None)
    assert found.report is not None
    assert SIGNER.public.fingerprint in found.checks[-1].text


def test_a_stranger_cannot_pass_for_somebody_known_by_taking_the_name() -> None:
    found = verified(report_of(CONTENT, STRANGER, "Fieldnote"))
    assert found.result is Result.SIGNER_NOT_KNOWN
    assert "Fieldnote" not in found.headline.text
    assert found.checks[-1].state is CheckState.CANNOT


def test_a_key_that_was_replaced_since_still_counts_and_one_that_was_taken_back_does_not() -> None:
    (known,) = TRUSTED
    found = verified(DATA, [replace(known, replaced=date(2026, 1, 1))])
    assert found.result is Result.GENUINE_OLD_KEY
    assert found.headline.text == (
        "Unchanged since Fieldnote signed it, with a key that Fieldnote has replaced since."
    )
    assert found.checks[-1].text.endswith("and the report says that it was made before.")
    later = verified(DATA, [replace(known, replaced=date(2025, 1, 1))])
    assert later.checks[-1].text.endswith("the report says that it was made after that.")
    revoked = verified(DATA, [replace(known, revoked=(date(2026, 1, 1), "stolen"))])
    assert revoked.result is Result.SIGNER_REVOKED
    assert revoked.report is not None
    assert revoked.checks[-1].text.endswith("is not trusted any more since 1 January 2026: stolen.")


def _known_by_handover(days: Iterable[date], first: SigningKey = STRANGER) -> bytes:
    keys = [first, *(SigningKey(bytes([n] * 32)) for n in range(1, 5))][: len(list(days))]
    steps = zip([*keys], [*keys[1:], SIGNER], days, strict=True)
    return report_of(CONTENT, handovers=[hand_over(old, new, day) for old, new, day in steps])


def test_handovers_in_a_report_lead_from_a_key_that_is_known() -> None:
    known = [KnownKey(STRANGER.public, "Somebody")]
    found = verified(_known_by_handover([date(2024, 1, 1), date(2025, 1, 1)]), known)
    assert found.result is Result.GENUINE
    assert found.headline.text == "Unchanged since Somebody signed it."
    assert "handovers" in found.checks[-1].text
    assert verified(_known_by_handover([date(2024, 1, 1)]), ()).result is Result.SIGNER_NOT_KNOWN
    taken_back = [replace(known[0], revoked=(date(2023, 1, 1), ""))]
    odd = verified(_known_by_handover([date(2024, 1, 1)]), taken_back)
    assert odd.result is Result.SIGNER_NOT_KNOWN
    assert "handovers lead to it, but a key on the way is no longer trusted" in odd.checks[-1].text


def test_a_report_can_have_several_signatures_and_its_hash_stays() -> None:
    out = io.BytesIO()
    sign_again(io.BytesIO(DATA), out, STRANGER, "Somebody")
    for keys, result in (
        (TRUSTED, Result.GENUINE),
        ((KnownKey(STRANGER.public, "Somebody known"),), Result.GENUINE),
        ((), Result.SIGNER_NOT_KNOWN),
        ((replace(TRUSTED[0], revoked=(date(2026, 1, 1), "")),), Result.SIGNER_REVOKED),
        ((replace(TRUSTED[0], replaced=date(2026, 1, 1)),), Result.GENUINE_OLD_KEY),
        (
            (
                replace(TRUSTED[0], revoked=(date(2026, 1, 1), "")),
                KnownKey(STRANGER.public, "Somebody known"),
            ),
            Result.GENUINE,
        ),
    ):
        found = verified(out.getvalue(), keys)
        assert found.result is result
        assert found.sha256 == verified(DATA).sha256
        assert [each.claimed_name for each in found.signatures] == ["Fieldnote Records", "Somebody"]
    assert list(files_in(out.getvalue()))[:3] == [DESCRIPTOR, "signature-1.jws", "signature-2.jws"]
    one_off = [item for item in files_in(out.getvalue()).items() if item[0] != "signature-2.jws"]
    assert package_of(one_off) == DATA


def test_only_an_unchanged_report_is_signed_and_by_each_key_once() -> None:
    changed = package_of((FILES | {"works.csv": b""}).items())
    for data, key, why in ((changed, STRANGER, "unchanged"), (DATA, SIGNER, "already")):
        out = io.BytesIO()
        with pytest.raises(ReportProblem, match=why):
            sign_again(io.BytesIO(data), out, key, "Somebody")
        assert out.getvalue() == b""


def test_whoever_made_a_redacted_copy_can_sign_it_and_others_after_that() -> None:
    copy = without(report_of(CONTENT), Redaction(ids=frozenset({RECORDING})))
    out, both = io.BytesIO(), io.BytesIO()
    sign_again(io.BytesIO(copy), out, STRANGER, "A lawyer")
    sign_again(out, both, SIGNER, "Fieldnote Records")
    names = ["A lawyer", "Fieldnote Records"]
    for signed, data in enumerate((copy, out.getvalue(), both.getvalue())):
        found = verified(data)
        assert found.result is Result.GENUINE
        assert found.headline.text.endswith("but for rows that were taken out of this copy.")
        assert found.gaps
        assert [each.claimed_name for each in found.redacted_by] == names[:signed]
        assert [each.claimed_name for each in found.signatures] == ["Fieldnote Records"]


def _signed_by(*seals: bytes) -> bytes:
    rest = [(name, body) for name, body in FILES.items() if not name.startswith(("datapackage", "signature"))]
    named = [(f"signature-{number}.jws", seal) for number, seal in enumerate(seals, start=1)]
    return package_of([(DESCRIPTOR, FILES[DESCRIPTOR]), *named, *rest])


def test_a_signature_for_something_else_does_not_count() -> None:
    described = FILES[DESCRIPTOR]
    good = sign_named(described, SIGNER, SIGNATURE_TYP, "Fieldnote Records").encode()
    assert _signed_by(good) == DATA
    for seal in (
        sign_named(described, SIGNER, "other+jws", "F"),
        sign_named(described + b" ", SIGNER, SIGNATURE_TYP, "F"),
        sign_detached(described, SIGNER, SIGNATURE_TYP),
    ):
        assert verified(_signed_by(seal.encode())).result is Result.NOT_GENUINE
        assert verified(_signed_by(good, seal.encode())).result is Result.NOT_GENUINE
    assert verified(_signed_by(good, good)).result is Result.NOT_GENUINE
    assert verified(_signed_by(*[good] * (MOST_SIGNATURES + 1))).result is Result.NOT_GENUINE


def test_a_report_without_a_signature_cannot_be_checked() -> None:
    found = verified(_signed_by())
    assert (found.result, found.obstacle) == (Result.CANNOT_BE_CHECKED, Obstacle.NO_SIGNATURE)
    assert found.headline.text == "Cannot be checked: it has no signature."
    assert found.unverified is not None


# What is no report of this version


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"PK\x05\x06" + bytes(18),
        b"%PDF-1.7",
        b"PK\x03\x04" * 9,
        FILES[DESCRIPTOR],
        FILES["README.txt"],
        package_of([(DESCRIPTOR, b'{"name":"something-else","resources":[]}')]),
        package_of([("letter.txt", b"Dear Mara")]),
    ],
)
def test_what_is_no_report_says_so(data: bytes) -> None:
    found = verified(data)
    assert (found.result, found.obstacle) == (Result.CANNOT_BE_CHECKED, Obstacle.NOT_A_REPORT)
    assert found.headline.text == "Cannot be checked: this file is not a report."


def test_another_zip_is_not_a_report() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "Dear Mara")
    assert verified(out.getvalue()).obstacle is Obstacle.NOT_A_REPORT


def _signed_anew(described: bytes, key: SigningKey = SIGNER) -> bytes:
    seal = sign_named(described, key, SIGNATURE_TYP, "Fieldnote Records").encode()
    return package_of((FILES | {DESCRIPTOR: described, "signature-1.jws": seal}).items())


def test_what_says_that_it_is_newer_and_is_not_signed_is_told_as_not_signed() -> None:
    newer = FILES[DESCRIPTOR].replace(b'"version":2', b'"version":3')
    names = [name for name in FILES if name != "signature-1.jws"]
    found = verified(package_of((name, newer if name == DESCRIPTOR else FILES[name]) for name in names))
    assert found.obstacle is Obstacle.NO_SIGNATURE
    assert found.headline.text == "Cannot be checked: it has no signature."


def test_a_report_that_another_program_packed_anew_is_told_as_that() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in FILES.items():
            package.writestr(name, content)
    found = verified(packed.getvalue())
    assert found.result is Result.NOT_GENUINE
    assert found.headline.text == "Changed after signing: the package around the files."
    assert found.checks[0].text.endswith("another program packed it anew.")


def test_of_several_signers_the_one_is_named_that_the_result_speaks_of() -> None:
    out = io.BytesIO()
    sign_again(io.BytesIO(DATA), out, STRANGER, "Orchard Row")
    gone = KnownKey(SIGNER.public, "Fieldnote", revoked=(date(2025, 12, 1), ""))
    replaced = KnownKey(SIGNER.public, "Fieldnote", replaced=date(2025, 12, 1))
    for worse in (gone, replaced):
        found = verified(out.getvalue(), (worse, KnownKey(STRANGER.public, "Orchard")))
        assert found.headline.text == "Unchanged since Orchard signed it."
        assert found.signer is not None
        assert found.signer.key == STRANGER.public


def test_a_newer_format_asks_for_an_update_and_is_not_called_changed() -> None:
    newer = FILES[DESCRIPTOR].replace(b'"version":2', b'"version":3,"xlater":[true]')
    found = verified(_signed_anew(newer))
    assert (found.result, found.obstacle) == (Result.CANNOT_BE_CHECKED, Obstacle.NEWER_FORMAT)
    assert found.headline.text == (
        "Cannot be checked: it was made by a newer version; update Artist Console to open it."
    )
    not_signed = verified(package_of((FILES | {DESCRIPTOR: newer}).items()))
    assert not_signed.result is Result.NOT_GENUINE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"path":"works.csv"', b'"path":"werks.csv"'),
        (b'"name":"works"', b'"name":"werks"'),
        (b'"name":"salt"', b'"name":"sugar"'),
        (b'"encoding":"utf-8"', b'"encoding":"utf-9"'),
        (b'"profile":"tabular-data-resource"', b'"profile":"tabular-data-resourcf"'),
        (b'{"artist_console"', b'{"added":1,"artist_console"'),
        (b'"parts":["works"', b'"parts":["invented"'),
    ],
)
def test_a_signed_description_that_this_version_does_not_show_cannot_be_checked(
    old: bytes, new: bytes
) -> None:
    assert old in FILES[DESCRIPTOR]
    found = verified(_signed_anew(FILES[DESCRIPTOR].replace(old, new)))
    assert found.result is Result.CANNOT_BE_CHECKED
    assert found.obstacle in (Obstacle.DAMAGED, Obstacle.NEWER_FORMAT)


@pytest.mark.parametrize(
    "described", [b"[" * 100_000, b'{"artist_console":' * 100_000, b"", b"\xff", b"null"]
)
def test_a_deep_or_empty_description_does_no_harm(described: bytes) -> None:
    assert verified(_signed_anew(described)).result is Result.CANNOT_BE_CHECKED


# Reading rows


def test_permission_is_computed_from_the_report_alone_as_from_the_world() -> None:
    facts = _report(DATA).facts()
    here = answered_world().book()
    for use in Use:
        question = Question(MARA, work_subject(RECORDING), PROGRAMME, use, NOW)
        theirs, ours = permission(question, facts), permission(question, here)
        assert (theirs.outcome, theirs.answer.kind) == (ours.outcome, ours.answer.kind)
        assert [step.text for step in theirs.trace] == [step.text for step in ours.trace]


def test_the_lines_of_a_statement_are_found_among_all() -> None:
    everything = all_rows(answered_world())
    odd = StatementId('=1+1, "odd"')
    statements = (replace(everything.statements[0], id=odd), everything.statements[1])
    lines = tuple(
        replace(line, statement=odd) if line.statement == "q3" else line for line in everything.lines
    )
    content = replace(everything, statements=statements, lines=lines)
    report = _report(report_of(content))
    for statement in statements:
        own = tuple(line for line in in_order(content).lines if line.statement == statement.id)
        assert tuple(report.lines_of(statement)) == own
        assert own


def test_lines_are_written_and_read_one_by_one() -> None:
    content = replace(CONTENT, lines=())
    (first, *_), count, written = CONTENT.lines, 0, 0

    def many() -> Iterator[Line]:
        nonlocal written
        for number in range(1, 20_001):
            written = number
            yield replace(first, number=number)

    out = io.BytesIO()
    heard: list[int] = []
    write_report(out, content, SIGNER, "F", lines=many, progress=lambda done, _: heard.append(done - written))
    reader = _Watched(out.getvalue())
    found = verify(read_report(reader), Known.of(TRUSTED))
    assert found.report is not None
    assert len(heard) > 5
    for line in found.report.each(LINES):
        count += 1
        assert line.number == count
    assert count == written
    assert found.report.tables[LINES].bytes > 3_000_000
    assert reader.most <= 1024 * 1024, "no more than a step is read at once"
    assert tuple(found.report.records(LINES, limit=2)) == tuple(found.report.records(LINES))[:2]


class _Watched(io.BytesIO):
    """A file that knows how much was read at once."""

    most = 0

    def read(self, size: int | None = -1, /) -> bytes:
        step = super().read(size)
        self.most = max(self.most, len(step))
        return step


def test_a_long_table_has_a_copy_as_parquet_that_says_the_same() -> None:
    lines = tuple(
        replace(CONTENT.lines[0], number=number, words=f"=line {number}") for number in range(1, 200)
    )
    data = report_of(replace(CONTENT, lines=lines), many_rows=100)
    report = _report(data)
    copies = [file.name for file in report.descriptor.artist_console.files if file.name.endswith(".parquet")]
    assert copies == ["lines.parquet"]
    copy = report.window("lines.parquet")
    assert copy is not None
    says = digest_parquet(copy)
    assert says.rows == len(lines)
    assert difference(says, io.BytesIO(files_in(data)["lines.csv"])) is None
    assert b"lines.parquet" in files_in(data)["README.txt"]
    assert report.window("works.parquet") is None


def test_rows_of_a_file_that_changed_after_it_was_checked_are_not_believed() -> None:
    source = io.BytesIO(DATA)
    found = verify(read_report(source), Known.of(TRUSTED))
    assert found.report is not None
    kept = found.report.rows("parties")
    at = DATA.index(b"Harbour", DATA.index(b"works.csv\xef\xbb\xbf"))
    source.getbuffer()[at : at + 7] = b"Harbor "
    with pytest.raises(ReportChanged):
        found.report.rows("works")
    at = DATA.index(b"PK", DATA.index(b"lines.csv\xef\xbb\xbf")) - 2
    source.getbuffer()[at : at + 2] = b"  "
    with pytest.raises(ReportChanged):
        tuple(found.report.records(LINES))
    assert found.report.rows("parties") is kept
    assert found.report.file("README.txt", 10_000) == FILES["README.txt"]
    at = DATA.index(FILES["README.txt"])
    source.getbuffer()[at : at + 1] = b"x"
    with pytest.raises(ReportChanged):
        found.report.file("README.txt", 10_000)


def test_a_table_that_was_signed_but_cannot_be_read_raises_when_it_is_read() -> None:
    body = FILES["works.csv"].replace(b"recording,", b"recordins,", 1)
    described = FILES[DESCRIPTOR].replace(sha256_hex(FILES["works.csv"]).encode(), sha256_hex(body).encode())
    seal = sign_named(described, SIGNER, SIGNATURE_TYP, "F").encode()
    files = FILES | {DESCRIPTOR: described, "signature-1.jws": seal, "works.csv": body}
    report = _report(package_of(files.items()))
    with pytest.raises(MalformedRow):
        report.rows("works")
    assert report.rows("parties")


def test_a_kind_without_rows_has_no_table() -> None:
    report = _report(report_of(ReportContent(header())))
    assert report.tables == {}
    assert report.content() == ReportContent(header())
    assert report.rows("works") == ()
    assert tuple(report.each(LINES)) == ()


def test_files_go_along_and_are_covered_by_the_signature() -> None:
    data = report_of(CONTENT, files=[BesideFile("letter-1.pdf", b"%PDF", "application/pdf")])
    report = _report(data)
    assert report.file("letter-1.pdf", 100) == b"%PDF"
    assert report.file("letter-2.pdf", 100) is None
    changed = files_in(data) | {"letter-1.pdf": b"%PDX"}
    assert verified(package_of(changed.items())).parts_changed == ("letter-1.pdf",)


# What cannot be made


def test_a_ledger_that_does_not_hold_makes_no_report() -> None:
    with pytest.raises(ReportProblem, match="does not hold at entry 1"):
        report_of(replace(CONTENT, entries=CONTENT.entries[1:]))


@given(st.text(max_size=30))
@settings(deadline=None)
def test_any_title_travels(title: str) -> None:
    report = _report(report_of(replace(CONTENT, header=replace(header(), title=title)), name=title))
    assert report.header.title == title


def test_a_title_that_cannot_be_written_is_a_problem_with_advice() -> None:
    works = (replace(world().works[0], title="\ud800"),)
    for content, name in (
        (ReportContent(replace(header(), title="\ud800")), "F"),
        (ReportContent(header(), works=works), "F"),
        (ReportContent(header()), "\ud800"),
    ):
        with pytest.raises(ReportProblem, match="cannot be written down"):
            report_of(content, name=name)


def test_a_text_longer_than_is_read_makes_no_report() -> None:
    works = (replace(world().works[0], title="x" * 5_000_000),)
    with pytest.raises(ReportProblem, match="longer than 4 MB"):
        report_of(ReportContent(header(), works=works))


def test_more_files_than_are_read_make_no_report() -> None:
    files = [BesideFile(f"f{number}.txt", b"", "text/plain") for number in range(1_000)]
    with pytest.raises(ReportTooLarge):
        report_of(ReportContent(header()), files=files)


def test_what_this_does_not_tell_comes_with_every_result() -> None:
    for data in (DATA, b"", DATA[:-5]):
        assert any("lawyer" in sentence for sentence in verified(data).does_not_tell)


def test_whoever_watches_a_check_hears_of_every_byte_and_can_end_it() -> None:
    heard: list[tuple[int, int]] = []
    verify(read_report(io.BytesIO(DATA)), Known(), lambda done, total: heard.append((done, total)))
    assert heard[-1][0] == heard[-1][1]
    assert heard == sorted(heard)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(read_report(io.BytesIO(DATA)), Known(), stop)


def test_every_table_begins_with_a_byte_order_mark_for_spreadsheets() -> None:
    for name, body in FILES.items():
        assert body.startswith(BYTE_ORDER_MARK) == name.endswith(".csv")
