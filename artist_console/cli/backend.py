"""The commands of whoever runs a service: serve it, keep copies, put them back, prepare a database."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from artist_console.cli.hands import Hands, ServeWishes
from artist_console.cli.output import DONE, Answer, Plain, note, show, write
from artist_console.host.files import write_atomic


def run(given: argparse.Namespace, hands: Hands) -> int:
    """Run one of the commands of `backend`; gives its exit code."""
    data = getattr(given, "data", None)
    match given.command:
        case "backend serve":
            return hands.serve(data, _wishes(given))
        case "backend openapi":
            return _openapi(given, hands)
        case "backend backup":
            answer = _backed_up(given, hands.back_up(data, given.file))
        case "backend restore":
            answer = _restored(given, hands.restore(data, given.file))
        case "backend new-epoch":
            answer = _new_epoch(hands.new_epoch(data, given.database))
        case _:
            answer = _prepared(hands.prepare(given.database, given.role))
    show(answer, json=given.json)
    return answer.code


def _wishes(given: argparse.Namespace) -> ServeWishes:
    return ServeWishes(
        host=given.host,
        port=given.port,
        database=given.database,
        name=given.name,
        certificate=given.certificate,
        key=given.key,
        behind_proxy=given.behind_proxy,
        public_url=given.public_url,
        minimum_client=given.minimum_client,
        warn=note,
    )


def _openapi(given: argparse.Namespace, hands: Hands) -> int:
    document = hands.openapi()
    if given.out is not None:
        write_atomic(given.out, document, mode=0o644)
    else:
        write(document.decode())
    return DONE


def _backed_up(given: argparse.Namespace, found: Mapping[str, Any]) -> Answer:
    facts: dict[str, Plain] = {"file": str(given.file), **found}
    text = (
        f"Copied into {given.file}: {_holds(found)}, {found['bytes']} bytes.\n"
        "The keys are not in it. Without keys.json or a recovery code of this folder nobody can open it."
    )
    return Answer(text, facts)


def _restored(given: argparse.Namespace, found: Mapping[str, Any]) -> Answer:
    facts: dict[str, Plain] = {"file": str(given.file), **found}
    lines = [
        f"Put back from {given.file}: {_holds(found)}.",
        "A new epoch began: every client takes a snapshot and sends again what it holds a receipt for.",
    ]
    if found["former"]:
        lines.append(f"What stood there before is in {found['former']}.")
    return Answer("\n".join(lines), facts)


def _holds(found: Mapping[str, Any]) -> str:
    entries, ledgers = found["entries"], found["ledgers"]
    return (
        f"{entries} {'entry' if entries == 1 else 'entries'} of {ledgers}"
        f" {'ledger' if ledgers == 1 else 'ledgers'}"
    )


def _new_epoch(epoch: str) -> Answer:
    text = (
        "A new epoch began: every client takes a snapshot and sends again what it holds a receipt for.\n"
        "Start the service now."
    )
    return Answer(text, {"epoch": epoch})


def _prepared(found: Mapping[str, Any]) -> Answer:
    name, role = found["database"], found["role"]
    if found["before"] is None:
        lines = [f"The tables are made in {name}, at revision {found['revision']}."]
    elif found["before"] == found["revision"]:
        lines = [f"The tables in {name} are those of this version, revision {found['revision']}."]
    else:
        lines = [f"The tables in {name} went from revision {found['before']} to {found['revision']}."]
    if role:
        lines.append(f"{role} may use them, and only add to: {', '.join(found['append_only'])}.")
    else:
        lines.append("No account was let in. Name the service's with --role.")
    return Answer("\n".join(lines), dict(found))
