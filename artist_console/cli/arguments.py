"""What can be typed: commands, their arguments, and the help."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn

from artist_console import __version__
from artist_console.cli import (
    addressee_arguments,
    audio_arguments,
    backend_arguments,
    case_arguments,
    consensus_arguments,
    coverage_arguments,
    earnings_arguments,
    evidence_arguments,
    hosting_arguments,
    import_statement_arguments,
    keys_arguments,
    ledger_arguments,
    letter_arguments,
    mark_arguments,
    pay_terms_arguments,
    programmes_arguments,
    proposal_arguments,
    report_arguments,
    reservation_arguments,
    sign_in_arguments,
    signers_arguments,
    statement_arguments,
    switch_arguments,
    unauthorised_arguments,
    where_arguments,
)
from artist_console.cli.tables import plain
from artist_console.commands.handed_over import what_it_is
from artist_console.domain.contracts import AiClause, ContractKind, Hold
from artist_console.domain.currencies import is_currency
from artist_console.domain.history_states import HistoryState
from artist_console.domain.receipt_forms import ReceiptForm
from artist_console.domain.registers import Stance, is_possible_rate
from artist_console.domain.territories import ISO_COUNTRIES, Territories, read_territories
from artist_console.domain.uses import Right
from artist_console.domain.work_rows import WorkFilter, WorkSort

_EXIT_CODES = """exit codes: 0 done (of a report or receipt: unchanged, and its signer is known here),
1 a problem, told in one sentence (also: no report at all, or of a newer format), 2 usage,
3 a report or receipt that is damaged or was altered in any way,
4 an unchanged one whose signer is not known here, or is no longer trusted. Of several: the worst."""


class _Parser(argparse.ArgumentParser):
    """A parser, and those of its commands, that repeats nothing a terminal would obey."""

    def error(self, message: str) -> NoReturn:
        super().error(plain(message))


def build_parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="artist-console",
        description="Where your works are in AI programmes, what you answered, and what you earned."
        " Without a command: the window.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"artist-console {__version__}")
    _common(parser, json=False)
    parser.set_defaults(command="window", report=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="_command")
    _reading(commands)
    _statements(commands)
    _deciding(commands)
    _contracts(commands)
    _addressees(commands)
    _letters(commands)
    _elsewhere(commands)
    _cases(commands)
    _deadlines(commands)
    _agreeing(commands)
    _exchange(commands)
    _receipts(commands)
    _reports(commands)
    _computer(commands)
    return parser


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments as typed; leaves the process with 2 where they make no sense, as argparse does."""
    parser = build_parser()
    if len(arguments) == 1 and _is_a_path(arguments[0]) and what_it_is(Path(arguments[0])) is not None:
        # A double click on a report or an evidence file hands over nothing but its path.
        given = parser.parse_args([])
        given.report = Path(arguments[0])
        return given
    given = parser.parse_args(arguments)
    since, until = getattr(given, "since", None), getattr(given, "until", None)
    if since is not None and until is not None and until < since:
        first = "--from" if given.command == "decide" else "--since"
        parser.error(f"the last day, --until {until}, is before the first, {first} {since}")
    for name, value in vars(given).items():
        if isinstance(value, str):
            setattr(given, name, _readable(value))
        elif isinstance(value, list):
            setattr(given, name, [_readable(each) if isinstance(each, str) else each for each in value])
    return given


def _is_a_path(text: str) -> bool:
    """No command has a point or a slash in its name, and no option begins without a dash."""
    return not text.startswith("-") and any(sign in text for sign in "./\\")


def _readable(text: str) -> str:
    """What was typed, where the locale of the terminal could not read it: nearly always it is UTF-8.

    Paths are left alone: their bytes are what names the file.
    """
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return os.fsencode(text).decode("utf-8", "replace")


def _common(parser: argparse.ArgumentParser, *, json: bool = True, data: bool = True) -> None:
    """Options before or behind the command; SUPPRESS keeps the later place from undoing the former."""
    if data:
        parser.add_argument(
            "--data",
            metavar="DIR",
            type=_path,
            default=argparse.SUPPRESS,
            help="folder of the profile (default: this user's own)",
        )
    if json:
        parser.add_argument("--json", action="store_true", help="print JSON, described in docs/cli.md")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    key: str,
    words: str,
    *,
    json: bool = True,
    data: bool = True,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
    parser.set_defaults(command=key)
    _common(parser, json=json, data=data)
    return parser


def _group(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    parser = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
    inner: argparse._SubParsersAction[argparse.ArgumentParser] = parser.add_subparsers(
        title="commands", metavar="COMMAND", dest="_inner", required=True
    )
    return inner


def _artist(parser: argparse.ArgumentParser, words: str = "only this artist, by name or id") -> None:
    parser.add_argument("--artist", type=_name, metavar="NAME", help=words)


def _reading(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    artists = _group(commands, "artists", "the artists of this profile")
    _command(artists, "list", "artists list", "list the artists")

    works = _group(commands, "works", "recordings and songs")
    listed = _command(works, "list", "works list", "list works: where they are and what follows")
    listed.add_argument("text", nargs="?", default="", metavar="TEXT", help="title, identifier or name")
    _artist(listed)
    filters = [each.value.replace("_", "-") for each in WorkFilter]
    listed.add_argument("--filter", choices=filters, default=WorkFilter.ALL.value)
    listed.add_argument("--sort", choices=[each.value for each in WorkSort], default=WorkSort.TITLE.value)
    listed.add_argument("--descending", action="store_true")
    words = "only works that are stated, or follow, to be used in this model, by name or id"
    listed.add_argument("--model", metavar="NAME", help=words)
    listed.add_argument("--missing-identifier", action="store_true", help="works without ISRC or ISWC")
    listed.add_argument("--limit", type=_count, default=200, metavar="N")
    listed.add_argument("--offset", type=_count, default=0, metavar="N")
    shown = _command(works, "show", "works show", "show one work in full")
    shown.add_argument("work", metavar="WORK", help="title, identifier or id")
    _artist(shown, "whose answers to show, by name or id")

    inclusions = _group(commands, "inclusions", "where works are reported")
    found = _command(inclusions, "list", "inclusions list", "list where works are reported, and by whom")
    _artist(found)
    found.add_argument("--work", metavar="WORK", help="only this work, by title, identifier or id")
    found.add_argument("--public", action="store_true", help="only hits in public dataset lists")

    _where(commands)

    programmes = _group(commands, "programmes", "programmes of operators")
    for name, words in programmes_arguments.COMMANDS.items():
        parser = _command(programmes, name, f"programmes {name}", words)
        programmes_arguments.add_arguments(name, parser, _day, _path)

    asked = _command(commands, "permission", "permission", "may a programme use a work so? With the reasons")
    asked.add_argument("work", metavar="WORK", help="title, identifier or id")
    asked.add_argument("--programme", required=True, metavar="NAME", help="by name or id")
    asked.add_argument("--use", required=True, metavar="USE", help="key of the use, such as train.generative")
    _artist(asked, "ask for this artist only (default: everybody concerned)")
    asked.add_argument("--territory", type=_country, metavar="CC", help="two letters of a country")
    asked.add_argument("--at", type=_instant, metavar="DATE", help="as of this day (default: now)")

    earnings = _group(commands, "earnings", "what was earned")
    for name, words in earnings_arguments.COMMANDS.items():
        parser = _command(earnings, name, f"earnings {name}", words)
        earnings_arguments.add_arguments(name, parser, _day, _path, _count)
        if name not in ("lines", "sources"):
            _artist(parser)
        if name == "totals":
            statement_arguments.add_conversion(parser, _day)

    decisions = _group(commands, "decisions", "what was decided")
    history = _command(decisions, "list", "decisions list", "list decisions, newest first")
    _artist(history)
    _history_filters(history)
    history.add_argument("--limit", type=_count, metavar="N", help="how many (default: 100; all with --out)")
    history.add_argument("--out", type=_path, metavar="FILE", help="write them as .csv or .xlsx")
    history.add_argument("--replace", action="store_true", help="replace a file that is there already")


def _statements(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = _group(commands, "statement", "statements of earnings that are here, and as files for others")
    for name, words in statement_arguments.COMMANDS.items():
        parser = _command(group, name, f"statement {name}", words)
        statement_arguments.add_arguments(name, parser, _day, _path, _count)
        if name not in ("show", "allocate"):
            _artist(parser)
    terms = _group(commands, "pay-terms", "what payees are paid by issuers of statements")
    for name, words in pay_terms_arguments.TERMS.items():
        parser = _command(terms, name, f"pay-terms {name}", words)
        pay_terms_arguments.add_terms(name, parser, _day)
        if name == "list":
            _artist(parser)
    letters = _group(commands, "direction", "letters of direction: who is paid in place of whom")
    for name, words in pay_terms_arguments.DIRECTIONS.items():
        parser = _command(letters, name, f"direction {name}", words)
        pay_terms_arguments.add_directions(name, parser, _day)
        if name == "list":
            _artist(parser)
    paid = _group(commands, "split", "who is paid what of a work, where no contract on record says it")
    for name, words in pay_terms_arguments.SPLITS.items():
        parser = _command(paid, name, f"split {name}", words)
        pay_terms_arguments.add_splits(name, parser, _day)
        if name == "list":
            _artist(parser)
    rates = _group(commands, "rates", "rate tables, to read money in another currency")
    for name, words in statement_arguments.RATES.items():
        statement_arguments.add_rates(name, _command(rates, name, f"rates {name}", words), _path)


def _where(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    hits = _group(commands, "hits", "rows of public lists that are like your works")
    for name, words in where_arguments.HITS.items():
        parser = _command(hits, name, f"hits {name}", words)
        where_arguments.add_hits(name, parser)
        if name == "list":
            _artist(parser)
    _command(commands, "lists", "lists", "list the public lists that are here, each with its card")
    findings = _group(commands, "findings", "what the records show that one may want to act on")
    for name, words in where_arguments.FINDINGS.items():
        parser = _command(findings, name, f"findings {name}", words)
        where_arguments.add_findings(name, parser, _path)
        if name == "list":
            _artist(parser)
    followed = _command(
        commands, "lineage", "lineage", "follow a work into datasets, models and what descends"
    )
    followed.add_argument("work", metavar="WORK", help="title, identifier or id")
    _artist(followed)
    covered = _command(commands, "coverage", "coverage", "how complete a catalogue is, and what to fix")
    coverage_arguments.add_arguments(covered)
    _artist(covered)
    happened = _command(commands, "timeline", "timeline", "what happened with a work, or with a model")
    where_arguments.add_timeline(happened)
    _artist(happened)
    removals = _group(commands, "removals", "works that are somewhere after your no")
    for name, words in where_arguments.REMOVALS.items():
        parser = _command(removals, name, f"removals {name}", words)
        where_arguments.add_removals(name, parser, _day)
        if name == "list":
            _artist(parser)


def _history_filters(history: argparse.ArgumentParser) -> None:
    history.add_argument("--text", default="", metavar="TEXT", help="in title, person, programme or terms")
    history.add_argument("--by", type=_name, metavar="NAME", help="only what this person decided")
    history.add_argument("--mandate", type=_name, metavar="ID", help="only under this mandate; none: without")
    about = history.add_mutually_exclusive_group()
    about.add_argument(
        "--work", type=_name, metavar="WORK", help="only this work, by title, identifier or id"
    )
    about.add_argument(
        "--release", type=_name, metavar="RELEASE", help="only this release, by title, UPC or id"
    )
    about.add_argument("--all", action="store_true", help="only answers for all works of an artist")
    about.add_argument("--voice", action="store_true", help="only answers for a voice, name and image")
    history.add_argument(
        "--programme", type=_name, metavar="NAME", help="only this one; any: answers that name none"
    )
    history.add_argument(
        "--use", type=_name, metavar="USE", help="only this use or family; any: answers that name none"
    )
    stances = [each.value for each in Stance]
    history.add_argument("--to", choices=stances, help="only this answer")
    history.add_argument("--from", dest="former", choices=[*stances, "none"], help="only after this one")
    history.add_argument(
        "--terms", type=_name, metavar="TEXT", help="only of this terms version: id or words"
    )
    history.add_argument("--since", type=_day, metavar="DATE", help="recorded on this day or later")
    history.add_argument("--until", type=_day, metavar="DATE", help="recorded on this day or earlier")
    history.add_argument("--receipt", choices=("with", "without"), help="only with, or without, a receipt")
    states = [each.value.replace("_", "-") for each in HistoryState]
    history.add_argument("--state", choices=states, help="only what stands so")


def _deciding(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    decide = _command(commands, "decide", "decide", "record an answer: allow, refuse or clear")
    decide.add_argument("stance", choices=("allow", "refuse", "clear"))
    about = decide.add_mutually_exclusive_group(required=True)
    about.add_argument(
        "--work",
        type=_name,
        metavar="WORK",
        action="append",
        help="by title, identifier or id; repeatable",
    )
    about.add_argument(
        "--release",
        type=_name,
        metavar="RELEASE",
        action="append",
        help="by title, UPC or id; repeatable",
    )
    about.add_argument("--all", action="store_true", help="all works of the artist")
    about.add_argument("--voice", action="store_true", help="the artist's own voice, name and image")
    _artist(decide, "for this artist, by name or id (default: the only one there is)")
    decide.add_argument(
        "--programme", type=_name, metavar="NAME", help="by name or id (default: every programme)"
    )
    decide.add_argument(
        "--use", type=_name, metavar="USE", help="key of a use or family (default: every use)"
    )
    decide.add_argument("--from", dest="since", type=_day, metavar="DATE", help="an allow: first day")
    decide.add_argument("--until", type=_day, metavar="DATE", help="an allow: last day")
    decide.add_argument(
        "--territory", type=_territories, metavar="CC,CC", help="an allow: only in these countries"
    )
    decide.add_argument(
        "--walled-garden", action="store_true", help="an allow: only inside the operator's service"
    )
    decide.add_argument(
        "--no-style-prompts", action="store_true", help="an allow: no prompts that name an artist"
    )
    decide.add_argument(
        "--minimum-rate",
        type=_rate,
        metavar="'AMOUNT CUR'",
        help="an allow: at least this, such as '0.01 EUR'",
    )
    decide.add_argument("--with-songs", action="store_true", help="the same for the songs in the recordings")
    keeps = decide.add_mutually_exclusive_group()
    keeps.add_argument("--keep-allows", action="store_true", help="a wide refusal keeps the narrower allows")
    keeps.add_argument("--refuse-allows", action="store_true", help="a wide refusal ends the narrower allows")
    decide.add_argument("--review", action="store_true", help="show what it would do, record nothing")
    decide.add_argument("--yes", action="store_true", help="record an allow without asking again")
    _command(commands, "undo", "undo", "take back the last answer by a new one")
    _command(commands, "redo", "redo", "do again what was taken back last, by a new answer")


def _agreeing(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    proposed = _group(commands, "proposal", "proposals that wait for the artist's signature")
    for name, words in proposal_arguments.COMMANDS.items():
        parser = _command(proposed, name, f"proposal {name}", words)
        proposal_arguments.add_arguments(name, parser)
        if name == "list":
            _artist(parser)
    untaken = _group(commands, "unauthorised", "answers that somebody gave without a mandate")
    for name, words in unauthorised_arguments.COMMANDS.items():
        parser = _command(untaken, name, f"unauthorised {name}", words)
        unauthorised_arguments.add_arguments(name, parser)
        if name == "list":
            _artist(parser)
    group = _group(commands, "consensus", "who has to agree, and answers of people without an account")
    for name, words in consensus_arguments.COMMANDS.items():
        parser = _command(group, name, f"consensus {name}", words)
        consensus_arguments.add_arguments(name, parser, _path, _day)
        if name not in ("answers", "evidence"):
            _artist(parser, "as this artist, by name or id (default: the only one there is)")
    uses = _group(commands, "uses", "uses of your works as others state them")
    _artist(_command(uses, "without-yes", "uses without-yes", "list uses that do not rest on your own yes"))


def _contracts(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    words = "what your answer can do on a work, and from which clause"
    standing = _command(commands, "standing", "standing", words)
    standing.add_argument(
        "work", nargs="?", metavar="WORK", help="title, identifier or id (default: all, counted)"
    )
    _artist(standing, "whose answers, by name or id (default: the only one there is)")
    contracts = _group(commands, "contract", "contracts of the artist's side; they never leave this computer")
    listed = _command(contracts, "list", "contract list", "list the contracts that are noted here")
    _artist(listed)
    shown = _command(contracts, "show", "contract show", "show one contract in full")
    shown.add_argument("contract", metavar="CONTRACT", help="id, the last signs of it, or the other side")
    shown.add_argument("--save-file", type=_path, metavar="FILE", help="write a copy of its file there")
    shown.add_argument("--replace", action="store_true", help="replace a file that is there already")
    _add_contract(_command(contracts, "add", "contract add", "note a contract, from options or a JSON file"))
    removed = _command(contracts, "remove", "contract remove", "remove a contract and its file")
    removed.add_argument("contract", metavar="CONTRACT", help="id, the last signs of it, or the other side")
    removed.add_argument("--yes", action="store_true", help="remove it without asking again")


def _letters(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = _group(commands, "letter", "letters to operators, labels, societies and others; nothing is sent")
    for name, words in letter_arguments.COMMANDS.items():
        parser = _command(group, name, f"letter {name}", words)
        letter_arguments.add_arguments(name, parser, _path)
        if name in ("kinds", "list"):
            _artist(parser)


def _addressees(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    known = _group(commands, "addressee", "whom letters can be written to, with where each contact was read")
    for name, words in addressee_arguments.COMMANDS.items():
        addressee_arguments.add_arguments(name, _command(known, name, f"addressee {name}", words))


def _cases(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = _group(commands, "case", "what is being done about something: letters, proof, replies, dates")
    for name, words in case_arguments.CASES.items():
        parser = _command(group, name, f"case {name}", words)
        case_arguments.add_arguments(name, parser, _day, _path)
        if name == "list":
            _artist(parser)
    export = _command(group, "export", "case export", evidence_arguments.EXPORT)
    evidence_arguments.add_export(export, _path)
    _artist(export)
    evidence = _group(commands, "evidence", "evidence bundles: signed files with cases for a lawyer")
    verify = _command(evidence, "verify", "evidence verify", evidence_arguments.VERIFY)
    evidence_arguments.add_verify(verify, _path)


def _deadlines(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = _group(commands, "deadlines", "every date that something waits for")
    for name, words in evidence_arguments.DEADLINES.items():
        parser = _command(group, name, f"deadlines {name}", words)
        evidence_arguments.add_deadlines(name, parser, _day, _path)
        _artist(parser)
    sheet = _command(commands, "position-sheet", "position-sheet", evidence_arguments.POSITION_SHEET)
    evidence_arguments.add_position_sheet(sheet, _path)


def _elsewhere(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    marks = _group(commands, "mark", "marks in audio files: what you refused, signed, inside the file")
    for name, words in mark_arguments.COMMANDS.items():
        parser = _command(marks, name, f"mark {name}", words)
        mark_arguments.add_arguments(name, parser, _path)
        if name == "audio":
            _artist(parser, "whose answers to state, by name or id (default: the only one there is)")
    reserving = _group(commands, "reservation", reservation_arguments.WORDS)
    for name, words in reservation_arguments.COMMANDS.items():
        parser = _command(reserving, name, f"reservation {name}", words)
        reservation_arguments.add_arguments(name, parser, _day, _path)
        if name != "save":
            _artist(parser, "of this artist, by name or id (default: the only one there is)")
    switches = _group(commands, "switch", "what platforms and others let one set about AI, and how it stands")
    for name, words in switch_arguments.COMMANDS.items():
        parser = _command(switches, name, f"switch {name}", words)
        switch_arguments.add_arguments(name, parser, _day, _path)
        _artist(parser, "of this artist, by name or id (default: the only one there is)")


def _add_contract(add: argparse.ArgumentParser) -> None:
    """The fields of a contract as text: the command says of each what is wrong with it."""
    _artist(add, "of this artist, by name or id (default: the only one there is)")
    add.add_argument("--from", dest="from_file", type=_path, metavar="FILE", help="a contract as JSON")
    add.add_argument("--replace", metavar="CONTRACT", help="in place of this one; what is not given stays")
    add.add_argument("--file", type=_path, metavar="FILE", help="the signed paper, kept encrypted")
    add.add_argument("--with", dest="other_side", metavar="NAME", help="the other side")
    add.add_argument("--kind", choices=[each.value for each in ContractKind])
    add.add_argument("--hold", choices=[each.value for each in Hold], help="what the other side got")
    rights = [each.value for each in Right]
    add.add_argument("--right", dest="rights", action="append", choices=rights, help="repeatable")
    add.add_argument("--ai", dest="ai_clause", choices=[each.value for each in AiClause], help="about AI")
    add.add_argument("--ai-words", metavar="TEXT", help="the exact words of the clause")
    add.add_argument("--clause", dest="clause_number", metavar="N", help="the number of the clause")
    add.add_argument("--share", metavar="PERCENT", help="of the other side, where both own a part")
    add.add_argument("--work", dest="works", action="append", metavar="WORK", help="only these; repeatable")
    add.add_argument("--release", dest="releases", action="append", metavar="RELEASE", help="repeatable")
    add.add_argument("--territory", dest="territories", metavar="CC,CC", help="only in these countries")
    for option, words in (
        ("--signed-on", "day of the signature"),
        ("--since", "first day of the term"),
        ("--until", "last day of the term"),
        ("--reversion-on", "day on which the rights come back"),
        ("--rerecording-until", "no re-recording before this day"),
    ):
        add.add_argument(option, metavar="DATE", help=words)
    add.add_argument("--objection-days", metavar="N", help="to object to a statement, from its date")
    add.add_argument("--audit-months", metavar="N")
    add.add_argument("--notice-address", metavar="TEXT")
    add.add_argument("--withdrawal", dest="how_a_yes_is_withdrawn", metavar="TEXT", help="of a yes")
    add.add_argument("--writing-clause", metavar="TEXT", help="what it says of writing to others directly")
    add.add_argument("--note", metavar="TEXT")


_WHOSE = {
    "catalogue": "whose works they are, by name or id; a new name becomes an artist of this profile",
    "dataset-list": "an artist you act for, by name or id; works of your own are compared in any case",
    "statement": "whose statement it is, by name or id; a new name becomes an artist of this profile",
    "manifest": "only the works of this artist, by name or id",
}


def _exchange(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for name, words in sign_in_arguments.COMMANDS.items():
        sign_in_arguments.add_arguments(name, _command(commands, name, name, words), _name)
    devices = _group(commands, "devices", "the devices that may act for the account")
    for name, words in sign_in_arguments.DEVICES.items():
        sign_in_arguments.add_arguments(name, _command(devices, name, f"devices {name}", words), _name)
    _command(commands, "sync", "sync", "send what waits and fetch what is new")
    words = "organisations and their publicly announced AI agreements, each with its source"
    found = _command(commands, "directory", "directory", words)
    text = "only those whose name or partners hold this"
    found.add_argument("text", nargs="?", default="", metavar="TEXT", help=text)
    checked = _command(commands, "check-audio", "check-audio", audio_arguments.WORDS)
    audio_arguments.add_arguments(checked, _path)
    imports = _group(commands, "import", "bring in a file; an empty folder becomes a private profile")
    for name, words in (
        (
            "catalogue",
            "a catalogue: CSV, TSV or XLSX, songs CSV of Spotify for Artists, DDEX ERN, CWR, an answer of"
            " MusicBrainz, or a statement for its titles",
        ),
        (
            "dataset-list",
            "a public training list: CSV, TSV, XLSX, JSON or JSON Lines, plain, gzipped or zipped",
        ),
        (
            "statement",
            "a statement of earnings: CSV, TSV or XLSX, plain, gzipped or zipped, or DDEX DSR flat files",
        ),
        ("manifest", "what an operator says is in its datasets and models: JSON Lines, plain or gzipped"),
    ):
        parser = _command(imports, name, f"import {name}", f"import {words}")
        parser.add_argument("file", type=_path, metavar="FILE")
        _artist(parser, _WHOSE[name])
        if name == "statement":
            import_statement_arguments.add_arguments(parser, _path, _column, _currency, _month)
        if name == "dataset-list":
            parser.add_argument("--name", metavar="NAME", default="", help="what the list is called")
            parser.add_argument("--publisher", metavar="NAME", default="", help="who published the list")
            parser.add_argument("--list-version", metavar="TEXT", default="", help="which version it is")
            parser.add_argument(
                "--from", dest="obtained_from", metavar="TEXT", default="", help="where it is from"
            )
        if name in ("catalogue", "dataset-list"):
            words = "which column is which, where the file does not say: title=Song; repeatable"
            parser.add_argument(
                "--column", type=_column, action="append", default=[], metavar="FIELD=COLUMN", help=words
            )


def _receipts(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    receipts = _group(commands, "receipt", "signed receipts of decisions: show, save, verify")
    shown = _command(receipts, "show", "receipt show", "show the receipt of a decision, and check it")
    saved = _command(receipts, "save", "receipt save", "save the receipt of a decision as a file")
    for parser in (shown, saved):
        parser.add_argument("decision", metavar="DECISION", help="id, the last signs of it, or: latest")
    saved.add_argument("--out", required=True, type=_path, metavar="FILE", help="where to write it")
    saved.add_argument(
        "--format",
        choices=[each.value for each in ReceiptForm],
        default=ReceiptForm.PROOF.value,
        help="json: with all that a check needs (default); jws: the signed text alone; consent-record",
    )
    saved.add_argument(
        "--with-later",
        action="store_true",
        help="json: with the later entries, up to the last signed head; shows what was decided since",
    )
    saved.add_argument("--replace", action="store_true", help="replace a file that is there already")
    words = "check a receipt or its proof file; needs no account, no network"
    verified = _command(receipts, "verify", "receipt verify", words)
    verified.add_argument("file", type=_path, metavar="FILE")
    verified.add_argument(
        "--key", type=_path, metavar="JWK-FILE", help="the signer's key, which counts as known"
    )
    ledgers = _group(commands, "ledger", "whole ledgers: verify, export, and the keys that sign them")
    for name, words in ledger_arguments.COMMANDS.items():
        parser = _command(ledgers, name, f"ledger {name}", words)
        ledger_arguments.add_arguments(name, parser, _path)
        if name != "trust":
            _artist(parser)


def _reports(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    reports = _group(commands, "report", report_arguments.WORDS)
    for name, words in report_arguments.COMMANDS.items():
        parser = _command(reports, name, f"report {name}", words)
        report_arguments.add_arguments(name, parser, _day, _instant, _name, _path)


def _computer(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _command(
        commands, "self-test", "self-test", "check each part that is needed on this computer", data=False
    )
    demo = _command(
        commands, "demo", "demo", "look around with sample music in a folder of its own", json=False
    )
    what = demo.add_mutually_exclusive_group()
    what.add_argument("--reset", action="store_true", help="make the sample data anew")
    what.add_argument("--remove", action="store_true", help="remove the sample data and leave")
    demo.add_argument("--no-window", action="store_true", help="make the sample data and leave")
    shots = _command(commands, "screenshots", "screenshots", "draw every page into a folder", json=False)
    shots.add_argument("folder", type=_path, metavar="DIR")
    keys = _group(commands, "keys", "where the keys of this profile are, and the code that recovers them")
    for name, words in keys_arguments.COMMANDS.items():
        keys_arguments.add_arguments(name, _command(keys, name, f"keys {name}", words), _path)
    signers = _group(commands, "signers", signers_arguments.WORDS)
    for name, words in signers_arguments.COMMANDS.items():
        signers_arguments.add_arguments(name, _command(signers, name, f"signers {name}", words), _path)
    backend = _group(commands, "backend", "the service that implements the contract")
    for name, words in backend_arguments.COMMANDS.items():
        parser = _command(
            backend,
            name,
            f"backend {name}",
            words,
            json=name not in backend_arguments.WITHOUT_JSON,
            data=name not in backend_arguments.WITHOUT_DATA,
        )
        backend_arguments.add_arguments(name, parser, _path, _port)
    accounts = _group(backend, "accounts", "who may sign in to the service in a folder")
    for name, words in hosting_arguments.COMMANDS.items():
        parser = _command(accounts, name, f"backend accounts {name}", words)
        hosting_arguments.add_arguments(name, parser, _name)


def _path(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("a path is needed")
    return Path(text)


def _name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("a name or id is needed")
    return text.strip()


def _column(text: str) -> tuple[str, str]:
    field, is_there, column = text.partition("=")
    if not (is_there and field.strip() and column.strip()):
        raise argparse.ArgumentTypeError("write it as title=Song")
    return field.strip(), column.strip()


def _currency(text: str) -> str:
    if not is_currency(text.strip().upper()):
        raise argparse.ArgumentTypeError(f"{text!r} is not the code of a currency such as EUR")
    return text.strip().upper()


def _month(text: str) -> str:
    try:
        return f"{date.fromisoformat(f'{text}-01'):%Y-%m}"
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a month such as 2025-04") from error


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1,000,000")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2025-11-18") from error


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day or time such as 2025-11-18") from error
    if len(text) == len("2025-11-18"):
        # A day means all of it: what was recorded in its course counts.
        found = found.replace(hour=23, minute=59, second=59)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _country(text: str) -> str:
    if text.upper() not in ISO_COUNTRIES:
        raise argparse.ArgumentTypeError(f"{text!r} is not a country code such as SE")
    return text.upper()


def _territories(text: str) -> Territories:
    # No code at all would be a yes for the whole world: nobody says that by saying nothing.
    if not text.replace(",", " ").split():
        raise argparse.ArgumentTypeError("name countries, such as SE,NO; without the option it is everywhere")
    found = read_territories(text)
    if isinstance(found, str):
        raise argparse.ArgumentTypeError(found)
    return found


_NO_RATE = "{0!r} is not an amount above zero and a currency such as '0.01 EUR'"


def _rate(text: str) -> tuple[Decimal, str]:
    amount, _, currency = text.strip().partition(" ")
    try:
        value = Decimal(amount)
    except InvalidOperation as error:
        raise argparse.ArgumentTypeError(_NO_RATE.format(text)) from error
    if not is_possible_rate(value) or not is_currency(currency.upper()):
        raise argparse.ArgumentTypeError(_NO_RATE.format(text))
    return value, currency.upper()
