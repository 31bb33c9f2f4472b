"""`contract` and `standing`: what was signed, and what the artist's answer can do."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict

from artist_console.cli import lookups
from artist_console.cli.decided import spare
from artist_console.cli.output import Answer, Plain
from artist_console.cli.showing import SIGNS_OF_AN_ID
from artist_console.cli.tables import Column, bullets, pairs, plain, table
from artist_console.commands import contracts
from artist_console.commands.console import Console
from artist_console.commands.contract_form import FIELDS, ContractText
from artist_console.commands.contracts import ContractFaults, ContractRow
from artist_console.domain import words
from artist_console.domain.contract_names import AI_CLAUSE, CONTRACT_KIND, HOLD, mine_words, worth_telling
from artist_console.domain.contract_rows import Origin
from artist_console.domain.contracts import Contract
from artist_console.domain.ids import FactId
from artist_console.domain.own_standing import MineRow
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.standing_words import StandingLine
from artist_console.formats.contract_file import LIMIT_BYTES, read_contract_file
from artist_console.host.files import read_bounded

OPTIONS = {
    "other_side": "--with",
    "kind": "--kind",
    "hold": "--hold",
    "rights": "--right",
    "signed_on": "--signed-on",
    "since": "--since",
    "until": "--until",
    "territories": "--territory",
    "works": "--work",
    "releases": "--release",
    "share": "--share",
    "ai_clause": "--ai",
    "ai_words": "--ai-words",
    "clause_number": "--clause",
    "objection_days": "--objection-days",
    "audit_months": "--audit-months",
    "notice_address": "--notice-address",
    "rerecording_until": "--rerecording-until",
    "reversion_on": "--reversion-on",
    "how_a_yes_is_withdrawn": "--withdrawal",
    "writing_clause": "--writing-clause",
    "note": "--note",
    "file": "--file",
}


_LEAST_OF_AN_ID = 4  # fewer signs, or none at all, name no contract


class NotRemoved(InputProblem):
    title_template = "Nothing was removed: {what}"
    advice_template = "Give the same command with --yes to remove the contract"


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    rows = contracts.list_contracts(console, lookups.artist(console, given.artist))
    facts: Plain = {"contracts": [_summary(row) for row in rows]}
    if not rows:
        return Answer("No contract is noted here yet: artist-console contract add --help", facts)
    shown = table(
        (
            Column("Contract"),
            Column("With", shrinks=True),
            Column("Signed"),
            Column("About AI", shrinks=True),
            Column("Recordings", right=True),
            Column("Songs", right=True),
        ),
        [
            (
                f"…{row.contract.id[-SIGNS_OF_AN_ID:]}",
                row.other_side,
                row.contract.signed_on.isoformat() if row.contract.signed_on else "",
                _clause(row.contract),
                str(row.recordings),
                str(row.songs),
            )
            for row in rows
        ],
    )
    return Answer(shown, facts)


def run_show(console: Console, given: argparse.Namespace) -> Answer:
    row = contracts.show_contract(console, _id(console, given.contract))
    text = contracts.contract_text(console, row.contract.id)
    lines = pairs([(label, value) for label, value in _told(row, text) if value])
    if given.save_file is not None:
        spare(given.save_file, replace=given.replace)
        contracts.save_attached(console, row.contract.id, given.save_file)
        lines += "\n\n" + plain(f"The file is copied to {given.save_file}. It is not encrypted there.")
    return Answer(lines, {**_summary(row), "fields": _plain(text)})


def run_add(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist)
    replaced = FactId(_id(console, given.replace)) if given.replace else None
    start = contracts.contract_text(console, replaced) if replaced else ContractText()
    text = _text(start, given)
    try:
        kept = contracts.save_contract(console, artist.id, text, replaced, given.file).value
    except ContractFaults as problem:
        raise _typed(problem) from problem
    row = contracts.show_contract(console, kept.id)
    said = f"Kept on this computer as {kept.id}. It is never sent."
    reach = f"It says what your answer can do for {row.recordings} recordings and {row.songs} songs today."
    return Answer(
        f"{said}\n{reach}", {**_summary(row), "fields": _plain(contracts.contract_text(console, kept.id))}
    )


def run_remove(console: Console, given: argparse.Namespace) -> Answer:
    id = _id(console, given.contract)
    lost = contracts.removal_of(console, id)
    file = f" and its file {lost.file_name}" if lost.file_name else ""
    what = f"the contract with {lost.other_side}{file} would go; decisions, receipts and statements stay"
    if not given.yes:
        raise NotRemoved(what=what)
    contracts.remove_contract(console, id)
    gone = plain(f"Removed: the contract with {lost.other_side}{file}.")
    return Answer(
        f"{gone} Decisions, receipts and statements stay.",
        {"removed": id, "other_side": lost.other_side, "file": lost.file_name},
    )


def run_standing(console: Console, given: argparse.Namespace) -> Answer:
    if given.work is None:
        artist = lookups.the_artist(console, given.artist)
        rows = contracts.what_is_mine(console, artist.id)
        lines = [_mine(row) for row in worth_telling(rows)]
        return Answer(
            f"{plain(artist.name)}: what is yours to decide\n\n{bullets(lines)}",
            {"artist": artist.id, "standing": [_mine_facts(row) for row in rows]},
        )
    chosen = lookups.artist(console, given.artist)
    work = lookups.work(console, given.work, chosen)
    found = contracts.standing_words(console, work.work, work.artist)
    told = [_line(line) for line in found]
    return Answer(
        f"{plain(work.title)}: what your answer can do\n\n{bullets(told)}",
        {"work": work.work, "artist": work.artist, "standing": [_line_facts(line) for line in found]},
    )


# What was typed


def _text(start: ContractText, given: argparse.Namespace) -> ContractText:
    """The fields of the JSON file, then those of the options over them."""
    fields: dict[str, str | tuple[str, ...]] = dict(asdict(start))
    if given.from_file is not None:
        fields.update(read_contract_file(read_bounded(given.from_file, LIMIT_BYTES), given.from_file.name))
    for name in FIELDS:
        typed = getattr(given, name, None)
        if typed is not None:
            fields[name] = tuple(typed) if isinstance(typed, list) else typed
    return ContractText(**fields)  # type: ignore[arg-type]


def _typed(problem: ContractFaults) -> InputProblem:
    """The faults with the options that they are about."""
    told = " ".join(f"{OPTIONS[fault.field]}: {fault.words}" for fault in problem.faults)
    return InputProblem("The contract was not kept. {told}", "Mend it and give the command again", told=told)


def _id(console: Console, text: str) -> str:
    """A contract by id, the last signs of it, or the name of the other side, whole before in part."""
    rows = contracts.list_contracts(console)
    wanted = text.strip().casefold()
    by_signs = len(wanted) >= _LEAST_OF_AN_ID
    found = (
        [row for row in rows if row.contract.id == text]
        or [
            row
            for row in rows
            if row.other_side.casefold() == wanted or (by_signs and row.contract.id.endswith(wanted))
        ]
        or [row for row in rows if wanted and wanted in row.other_side.casefold()]
    )
    if not found:
        raise UnknownThing(
            "No contract “{text}” is known here", "See them with: artist-console contract list", text=text
        )
    if len(found) > 1:
        raise InputProblem(
            "“{text}” fits {n} contracts",
            "Name one by its id: artist-console contract list",
            text=text,
            n=len(found),
        )
    return found[0].contract.id


# What is shown


def _clause(contract: Contract) -> str:
    said = AI_CLAUSE[contract.ai_clause]
    return f"{contract.clause_number}: {said}" if contract.clause_number else said


def _told(row: ContractRow, text: ContractText) -> list[tuple[str, str]]:
    contract = row.contract
    return [
        ("Contract", contract.id),
        ("With", f"{row.other_side} ({CONTRACT_KIND[contract.kind].lower()})"),
        ("Signed", day_in_words(contract.signed_on) if contract.signed_on else ""),
        ("They got", HOLD[contract.hold]),
        ("Rights", ", ".join(words.RIGHT[right].lower() for right in contract.rights)),
        ("Their share", f"{text.share} %" if text.share else ""),
        ("From", text.since),
        ("Until", text.until),
        ("Comes back", text.reversion_on),
        ("Countries", "" if text.territories == "WW" else text.territories),
        ("Works", ", ".join(text.works)),
        ("Releases", ", ".join(text.releases)),
        ("About AI", _clause(contract)),
        ("Exact words", text.ai_words),
        ("Objection", f"{text.objection_days} days" if text.objection_days else ""),
        ("Audit", f"{text.audit_months} months" if text.audit_months else ""),
        ("No re-recording until", text.rerecording_until),
        ("How a yes is taken back", text.how_a_yes_is_withdrawn),
        ("Writing to others directly", text.writing_clause),
        ("Address for notices", text.notice_address),
        ("Note", text.note),
        ("File", f"{contract.file.name}, {contract.file.size} bytes" if contract.file else ""),
        ("Reaches today", f"{row.recordings} recordings, {row.songs} songs"),
    ]


def _summary(row: ContractRow) -> dict[str, Plain]:
    contract = row.contract
    file: Plain = None
    if contract.file is not None:
        file = {"name": contract.file.name, "size": contract.file.size, "sha256": contract.file.sha256}
    return {
        "id": contract.id,
        "artist": contract.artist,
        "other_side": row.other_side,
        "kind": contract.kind,
        "signed_on": contract.signed_on,
        "ai_clause": contract.ai_clause,
        "clause_number": contract.clause_number,
        "recordings": row.recordings,
        "songs": row.songs,
        "file": file,
    }


def _plain(text: ContractText) -> Mapping[str, Plain]:
    return {name: getattr(text, name) for name in FIELDS}


def _mine(row: MineRow) -> str:
    one, many = mine_words(row)
    said = (one if row.count == 1 else many).format(n=row.count, standing=words.STANDING_NAME[row.standing])
    return f"{said} {row.source}." if row.source else said


def _mine_facts(row: MineRow) -> Plain:
    return {
        "of": row.of,
        "right": row.right,
        "standing": row.standing,
        "count": row.count,
        "source": row.source,
        "contract": _contract_id(row.origin),
    }


def _line(line: StandingLine) -> str:
    rights = ", ".join(words.RIGHT[right].lower() for right in line.rights)
    told = " ".join(step.text for step in (line.words, *line.also))
    return f"{rights}: {told}"


def _line_facts(line: StandingLine) -> Plain:
    return {
        "rights": list(line.rights),
        "standing": line.standing,
        "words": line.words.text,
        "also": [step.text for step in line.also],
        "contract": _contract_id(line.origin),
    }


def _contract_id(origin: Origin | None) -> str | None:
    return origin.id if origin is not None and origin.kind.value == "contract" else None
