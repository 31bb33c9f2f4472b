"""Runs one command: opens what it needs, prints its answer and gives its exit code."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable

from artist_console.cli import (
    addressees,
    audio,
    backend,
    backend_arguments,
    cases,
    consensus,
    contracts,
    coverage,
    deadlines,
    decided,
    deciding,
    directory,
    earnings,
    evidence,
    findings,
    hits,
    hosting,
    import_statement,
    imported,
    keys,
    keys_arguments,
    ledgers,
    letter_drafting,
    letter_sender,
    letters,
    lineage,
    lookups,
    mark_arguments,
    pay_terms,
    programmes,
    proposals,
    rates,
    receipts,
    removals,
    report_create,
    report_file_arguments,
    reservation_arguments,
    showing,
    sign_in_arguments,
    signers_arguments,
    splits,
    statements,
    switch_arguments,
    synced,
    unauthorised,
)
from artist_console.cli.hands import Hands
from artist_console.cli.output import DONE, TROUBLE, Answer, say, show
from artist_console.commands import (
    artists,
    imports,
    inclusions,
    permissions,
    syncing,
    work_details,
    works,
)
from artist_console.commands import programmes as programmes_known
from artist_console.commands.console import Console
from artist_console.commands.hits import Verdict
from artist_console.commands.imports import FileKind, Hints
from artist_console.commands.profiles import NoProfile, Profile
from artist_console.commands.self_test import PartChecked, check_everything
from artist_console.domain.problems import Problem
from artist_console.domain.work_rows import WorkFilter, WorkSort, WorksQuery

logger = logging.getLogger(__name__)


def run(given: argparse.Namespace, hands: Hands) -> int:
    """Run one command; gives its exit code. Raises Problem."""
    command: str = given.command
    data = getattr(given, "data", None)
    if command in _WITHOUT_PROFILE:
        return _WITHOUT_PROFILE[command](given, hands)
    if command == "import statement" and given.look:
        return _look_into_statement(given, hands)
    with hands.open_profile(data, command in _MAY_BE_NEW) as profile:
        answer = _with_console(profile, given)
    show(answer, json=given.json)
    return answer.code


def _with_console(profile: Profile, given: argparse.Namespace) -> Answer:
    if given.command.startswith("import "):
        profile.keep_here()
    elif given.command in _NEEDS_BACKEND:
        profile.connect()
    console = profile.console()
    try:
        return _COMMANDS[given.command](console, given)
    except Exception as error:
        if not isinstance(error, Problem):
            logger.exception("%s failed", given.command)  # while the log of the profile is open
        raise
    finally:
        console.store.close()


def _list_works(console: Console, given: argparse.Namespace) -> Answer:
    query = WorksQuery(
        artist=lookups.artist(console, given.artist),
        text=given.text,
        filter=WorkFilter(given.filter.replace("-", "_")),
        missing_identifier=given.missing_identifier,
        model=lookups.model(console, given.model) if given.model is not None else None,
        sort=WorkSort(given.sort),
        descending=given.descending,
        offset=given.offset,
        limit=given.limit,
    )
    page = works.find_works(console, query)
    narrowed = (
        bool(given.artist or given.text or given.missing_identifier or given.model)
        or query.filter is not WorkFilter.ALL
    )
    return showing.works(page.total, page.rows, narrowed=narrowed)


def _show_work(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    work = lookups.work(console, given.work, artist)
    return showing.work(work_details.show_work(console, work.work, artist))


def _list_inclusions(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    work = lookups.work(console, given.work, artist).work if given.work else None
    return showing.places(inclusions.list_inclusions(console, artist, work, given.public))


def _permission(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    work = lookups.work(console, given.work, artist)
    programme = lookups.programme(console, given.programme).programme
    found = permissions.explain(
        console, work.work, programme.id, lookups.use(given.use), artist, given.territory, given.at
    )
    return showing.permission(found, work.title, programme.name, permissions.links(console, found))


def _sync(console: Console, given: argparse.Namespace) -> Answer:
    result = syncing.sync(console)
    return synced.answer(result.value, syncing.status(console))


def _import(kind: FileKind) -> Callable[[Console, argparse.Namespace], Answer]:
    def bring_in(console: Console, given: argparse.Namespace) -> Answer:
        if kind is FileKind.MANIFEST:
            imports.peek(given.file)  # a manifest begins with "{", so that no word is taken for a picture
        progress = import_statement.show_progress if sys.stderr.isatty() else None
        artist = lookups.known_artist(console, given.artist)
        hints = Hints(
            artist_name="" if artist is not None else given.artist or "",
            name=getattr(given, "name", ""),
            publisher=getattr(given, "publisher", ""),
            version=getattr(given, "list_version", ""),
            obtained_from=getattr(given, "obtained_from", ""),
            columns=tuple(getattr(given, "column", ())),
        )
        found = imports.import_file(console, kind, given.file, artist, progress, hints)
        return imported.answer(found.value)

    return bring_in


def _mark_audio(console: Console, given: argparse.Namespace) -> Answer:
    # Late: what reads certificates, which no other command loads unless it needs it.
    from artist_console.cli import marks

    return marks.run_audio(console, given)


def _reservation(console: Console, given: argparse.Namespace) -> Answer:
    # Late: what speaks HTTP and reads pages, which no other command loads unless it needs it.
    from artist_console.cli import reservations

    return reservations.run(console, given)


def _switch(console: Console, given: argparse.Namespace) -> Answer:
    # Late: what speaks HTTP, which no other command loads unless it needs it.
    from artist_console.cli import switches

    return switches.run(console, given)


_COMMANDS: dict[str, Callable[[Console, argparse.Namespace], Answer]] = {
    "artists list": lambda console, given: showing.artists(artists.list_artists(console)),
    "works list": _list_works,
    "works show": _show_work,
    "inclusions list": _list_inclusions,
    "hits list": hits.run_list,
    "hits confirm": hits.answering(Verdict.CONFIRMED),
    "hits refuse": hits.answering(Verdict.REFUSED),
    "hits clear": hits.answering(None),
    "lists": lambda console, given: hits.run_lists(console),
    "findings list": findings.run_list,
    "findings dismiss": findings.run_dismiss,
    "findings restore": findings.run_restore,
    "lineage": lineage.run_lineage,
    "timeline": lineage.run_timeline,
    "coverage": coverage.run_coverage,
    "removals list": removals.run_list,
    "removals mark": removals.run_mark,
    "removals unmark": removals.run_unmark,
    "programmes list": lambda console, given: showing.programmes(programmes_known.list_programmes(console)),
    "programmes add": programmes.run_add,
    "programmes change": programmes.run_change,
    "programmes remove": programmes.run_remove,
    "permission": _permission,
    "earnings totals": earnings.run_totals,
    "earnings lines": earnings.run_lines,
    "earnings check": earnings.run_check,
    "earnings reconcile": earnings.run_reconcile,
    "earnings waterfall": earnings.run_waterfall,
    "earnings sources": earnings.run_sources,
    "statement list": statements.run_list,
    "statement show": statements.run_show,
    "statement allocate": pay_terms.run_allocate,
    "pay-terms list": pay_terms.run_list,
    "pay-terms add": pay_terms.run_add,
    "pay-terms change": pay_terms.run_change,
    "pay-terms remove": pay_terms.run_remove,
    "direction list": pay_terms.run_directions,
    "direction add": pay_terms.run_add_direction,
    "direction remove": pay_terms.run_remove_direction,
    "split list": splits.run_list,
    "split set": splits.run_set,
    "split remove": splits.run_remove,
    "rates add": rates.run_add,
    "rates list": rates.run_list,
    "rates remove": rates.run_remove,
    "decisions list": decided.run_list,
    "decide": deciding.run_decide,
    "undo": lambda console, given: deciding.run_undo(console),
    "redo": lambda console, given: deciding.run_redo(console),
    "receipt show": receipts.run_show,
    "receipt save": receipts.run_save,
    "ledger verify": ledgers.run_verify,
    "ledger export": ledgers.run_export,
    "ledger trust": ledgers.run_trust,
    "contract list": contracts.run_list,
    "contract show": contracts.run_show,
    "contract add": contracts.run_add,
    "contract remove": contracts.run_remove,
    "standing": contracts.run_standing,
    "addressee list": addressees.run_list,
    "addressee show": addressees.run_show,
    "addressee add": addressees.run_add,
    "addressee change": addressees.run_change,
    "addressee remove": addressees.run_remove,
    "mark audio": _mark_audio,
    **dict.fromkeys((f"switch {name}" for name in switch_arguments.COMMANDS), _switch),
    "letter kinds": letters.run_kinds,
    "letter list": letters.run_list,
    "letter show": letters.run_show,
    "letter sender": letter_sender.run_sender,
    **dict.fromkeys((f"reservation {name}" for name in reservation_arguments.COMMANDS), _reservation),
    "case list": cases.run_list,
    "case show": cases.run_show,
    "case sent": cases.run_sent,
    "case add-reply": cases.run_add_reply,
    "case outcome": cases.run_outcome,
    "case take-back": cases.run_take_back,
    "case next": cases.run_next,
    "case note": cases.run_note,
    "case close": cases.run_close,
    "case reopen": cases.run_reopen,
    "deadlines list": deadlines.run_list,
    "deadlines calendar": deadlines.run_calendar,
    "consensus show": consensus.run_show,
    "consensus answers": consensus.run_answers,
    "consensus record": consensus.run_record,
    "consensus change": consensus.run_change,
    "consensus remove": consensus.run_remove,
    "consensus evidence": consensus.run_evidence,
    "consensus remind": consensus.run_remind,
    "uses without-yes": consensus.run_without_yes,
    "proposal list": proposals.run_list,
    "proposal sign": proposals.run_sign,
    "proposal decline": proposals.run_decline,
    "unauthorised list": unauthorised.run_list,
    "unauthorised adopt": unauthorised.run_adopt,
    "unauthorised leave": unauthorised.run_leave,
    "sync": _sync,
    "import catalogue": _import(FileKind.CATALOGUE),
    "import dataset-list": _import(FileKind.DATASET_LIST),
    "import statement": import_statement.run_import,
    "import manifest": _import(FileKind.MANIFEST),
    "report create": report_create.run_create,
}
# Commands that set up a private service in an empty folder, and those that talk to one that is there.
_MAY_BE_NEW = frozenset({"import catalogue", "import dataset-list", "import statement", "import manifest"})
_SETTING_UP = frozenset({"programmes add", "programmes change", "programmes remove"})
_PAYING = frozenset(
    {
        *("statement allocate", "pay-terms add", "pay-terms change", "pay-terms remove"),
        *("direction add", "direction remove", "split set", "split remove"),
    }
)
_NEEDS_BACKEND = _SETTING_UP | _PAYING | {"sync", "proposal sign", "proposal decline"}


def _look_into_statement(given: argparse.Namespace, hands: Hands) -> int:
    """Nothing is set up for a look: without a profile, what was said of such files before is not known."""
    try:
        with hands.open_profile(getattr(given, "data", None), False) as profile:
            console = profile.console()
            try:
                answer = import_statement.run_look(console, given)
            finally:
                console.store.close()
    except NoProfile:
        answer = import_statement.run_look(None, given)
    show(answer, json=given.json)
    return answer.code


def _verify_receipt(given: argparse.Namespace, hands: Hands) -> int:
    signers = hands.signers_of(getattr(given, "data", None))
    answer = receipts.run_verify(given.file, signers, given.key)
    show(answer, json=given.json)
    return answer.code


def _verify_ledger(given: argparse.Namespace, hands: Hands) -> int:
    data = getattr(given, "data", None)
    if given.file is not None:
        answer = ledgers.run_verify_file(given, hands.signers_of(data))
    else:
        with hands.open_profile(data, False) as profile:
            answer = _with_console(profile, given)
    show(answer, json=given.json)
    return answer.code


def _export_findings(given: argparse.Namespace, hands: Hands) -> int:
    with hands.open_profile(getattr(given, "data", None), False) as profile:
        console = profile.console()
        try:
            answer = findings.run_export(console, given, hands.set_paper)
        finally:
            console.store.close()
    show(answer, json=given.json)
    return answer.code


def _drawing_letters(
    run: Callable[[Console, argparse.Namespace, letters.Draw], Answer],
) -> Callable[[argparse.Namespace, Hands], int]:
    def drawn(given: argparse.Namespace, hands: Hands) -> int:
        with hands.open_profile(getattr(given, "data", None), False) as profile:
            console = profile.console()
            try:
                answer = run(console, given, hands.set_paper)
            finally:
                console.store.close()
        show(answer, json=given.json)
        return answer.code

    return drawn


def _verify_evidence(given: argparse.Namespace, hands: Hands) -> int:
    answer = evidence.run_verify(given.file, hands.signers_of(getattr(given, "data", None)))
    show(answer, json=given.json)
    return answer.code


def _directory(given: argparse.Namespace, hands: Hands) -> int:
    answer = directory.run_directory(given)
    show(answer, json=given.json)
    return answer.code


def _check_audio(given: argparse.Namespace, hands: Hands) -> int:
    answer = audio.run_check(given)
    show(answer, json=given.json)
    return answer.code


def _mark(given: argparse.Namespace, hands: Hands) -> int:
    # Late: what reads certificates, which no other command loads unless it needs it.
    from artist_console.cli import marks

    return marks.run_without_profile(given)


def _demo(given: argparse.Namespace, hands: Hands) -> int:
    data = getattr(given, "data", None)
    if given.remove:
        say("The sample data is removed." if hands.remove_demo(data) else "There is no sample data here.")
        return DONE
    return hands.show_demo(data, given.reset, not given.no_window)


def _screenshots(given: argparse.Namespace, hands: Hands) -> int:
    for path in hands.draw_screenshots(getattr(given, "data", None), given.folder):
        say(str(path))
    return DONE


def _self_test(given: argparse.Namespace, hands: Hands) -> int:
    found: list[PartChecked] = []

    def tell(part: PartChecked) -> None:
        found.append(part)
        if not given.json:
            show(showing.part_checked(part), json=False)

    passed = check_everything(hands.outside(), hands.draw_something, tell)
    if given.json:
        show(showing.parts_checked(found, passed), json=True)
    return DONE if passed else TROUBLE


def _signers(given: argparse.Namespace, hands: Hands) -> int:
    # Late: what reads reports and evidence bundles, which most other commands do without.
    from artist_console.cli import signers

    return signers.run(given, hands)


def _report_files(given: argparse.Namespace, hands: Hands) -> int:
    # Late: what reads reports and writes tables, which most other commands do without.
    from artist_console.cli import report_commands

    return report_commands.run(given, hands)


def _signing_in(given: argparse.Namespace, hands: Hands) -> int:
    # Late: what speaks HTTP, which no other command loads unless it needs it.
    from artist_console.cli import signing_in

    return signing_in.run(given, hands)


_WITHOUT_PROFILE: dict[str, Callable[[argparse.Namespace, Hands], int]] = {
    "receipt verify": _verify_receipt,
    "ledger verify": _verify_ledger,
    "findings export": _export_findings,
    "letter draft": _drawing_letters(letter_drafting.run_draft),
    "letter export": _drawing_letters(letters.run_export),
    "case export": _drawing_letters(evidence.run_export),
    "statement export": _drawing_letters(statements.run_export),
    "position-sheet": _drawing_letters(deadlines.run_position_sheet),
    "evidence verify": _verify_evidence,
    "demo": _demo,
    "directory": _directory,
    "check-audio": _check_audio,
    "screenshots": _screenshots,
    **dict.fromkeys(mark_arguments.WITHOUT_PROFILE, _mark),
    **dict.fromkeys((f"report {name}" for name in report_file_arguments.COMMANDS), _report_files),
    **dict.fromkeys((f"backend {name}" for name in backend_arguments.COMMANDS), backend.run),
    **dict.fromkeys(hosting.KEYS, lambda given, hands: hosting.run(given, hands.accounts)),
    **dict.fromkeys((f"keys {name}" for name in keys_arguments.COMMANDS), keys.run),
    **dict.fromkeys((f"signers {name}" for name in signers_arguments.COMMANDS), _signers),
    **dict.fromkeys(sign_in_arguments.ALL, _signing_in),
    "self-test": _self_test,
}
