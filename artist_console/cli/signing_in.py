"""The commands about signing in to a service that somebody else hosts."""

from __future__ import annotations

import argparse
import os
import sys
import webbrowser
from collections.abc import Callable, Sequence

from artist_console.cli.hands import Hands
from artist_console.cli.output import Answer, Plain, note, show
from artist_console.cli.tables import Column, bullets, table
from artist_console.commands import syncing
from artist_console.commands.profiles import Profile
from artist_console.commands.signing_in import (
    AskOnAnotherDevice,
    Cancellation,
    Device,
    KeptIn,
    SignedIn,
    SignIns,
    WhoRuns,
)
from artist_console.domain.problems import InputProblem


class NotConfirmed(InputProblem):
    title_template = "Nothing was connected: it waits for your confirmation"
    advice_template = "Read the lines above, then give the same command with --yes"


class NoCode(InputProblem):
    title_template = "No one-time code was typed"
    advice_template = "Give it with --code CODE, or on standard input with --code -"


def run(given: argparse.Namespace, hands: Hands) -> int:
    """Run one of the commands; gives its exit code. Raises Problem."""
    with hands.open_profile(getattr(given, "data", None), given.command == "sign-in") as profile:
        answer = _COMMANDS[given.command](profile, given)
    show(answer, json=given.json)
    return answer.code


# -- signing in


def _sign_in(profile: Profile, given: argparse.Namespace) -> Answer:
    sign_ins = SignIns(profile)
    who = sign_ins.who_runs(given.address)
    note(_who_words(who))
    if not given.yes and not _confirmed(who):
        raise NotConfirmed
    keep = KeptIn.MEMORY if given.keep_in_memory else KeptIn.KEYRING
    found = _by_the_way_asked_for(sign_ins, given, keep)
    if keep is KeptIn.MEMORY:
        return _sync_and_out(profile, found)
    words = f"Signed in to {found.address} as {found.account_name}. Your keyring keeps the sign-in."
    return Answer(words, _facts(found))


def _by_the_way_asked_for(sign_ins: SignIns, given: argparse.Namespace, keep: KeptIn) -> SignedIn:
    if given.code is not None:
        return sign_ins.by_one_time_code(given.address, _code(given.code), keep)
    if given.device:
        return sign_ins.by_device_code(given.address, keep, _show_code, Cancellation())
    return sign_ins.by_browser(given.address, keep, _open_browser, _say_it_waits, Cancellation())


def _sync_and_out(profile: Profile, found: SignedIn) -> Answer:
    """A process of one command keeps nothing in memory for another: what can be done is done at once."""
    profile.connect()
    console = profile.console()
    try:
        report = syncing.sync(console).value
    finally:
        console.store.close()
        out = SignIns(profile).sign_out(leave_waiting=True)
    words = (
        f"Signed in to {found.address} as {found.account_name}, synced and signed out again:"
        f" {report.sent} sent, {report.received} received, {out.waiting} wait."
    )
    exchanged: dict[str, Plain] = {
        "sent": report.sent,
        "received": report.received,
        "waiting": out.waiting,
        "told": out.told,
    }
    return Answer(words, {**_facts(found), **exchanged})


def _facts(found: SignedIn) -> dict[str, Plain]:
    return {
        "address": found.address,
        "host": found.host,
        "account": found.account_name,
        "artists": found.artists,
        "kept_in": found.kept_in,
    }


def _who_words(who: WhoRuns) -> str:
    first = (
        f"{who.host} says that {who.name} runs it." if who.name else f"{who.host} does not say who runs it."
    )
    return "\n".join(
        [first, "It can read:", bullets(who.can_read), "It cannot read:", bullets(who.cannot_read)]
    )


def _confirmed(who: WhoRuns) -> bool:
    """Ask on a terminal; without one the answer is no."""
    if not (sys.stdin and sys.stderr and sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write(f"Connect to {who.host}? Type yes: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() == "yes"


def _code(given: str) -> str:
    if given != "-":
        return given
    typed = sys.stdin.readline().strip() if sys.stdin else ""
    if not typed:
        raise NoCode
    return typed


def _open_browser(page: str) -> bool:
    """False where there is no screen: a browser inside the terminal would take it over."""
    has_screen = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    return has_screen and webbrowser.open(page)


def _say_it_waits(page: str) -> None:
    note(
        f"Your browser was opened. Answer there; Ctrl-C stops the waiting. Where none came up, open:\n{page}"
    )


def _show_code(asked: AskOnAnotherDevice) -> None:
    minutes = max(1, int(asked.within.total_seconds()) // 60)
    note(
        f"On another device, open {asked.page} and type {asked.code} within {minutes} minutes."
        " Ctrl-C stops the waiting."
    )


# -- out again, and devices


def _sign_out(profile: Profile, given: argparse.Namespace) -> Answer:
    found = SignIns(profile).sign_out(leave_waiting=given.leave_waiting)
    lines = [f"Signed out of {found.address}."]
    if not found.told:
        lines.append(
            "The service could not be told: take this computer off its list of devices from another one."
        )
    if found.waiting:
        lines.append(f"Decisions that wait here for the next sign-in: {found.waiting}.")
    facts: dict[str, Plain] = {"address": found.address, "told": found.told, "waiting": found.waiting}
    return Answer("\n".join(lines), facts)


def _list(profile: Profile, given: argparse.Namespace) -> Answer:
    return _shown(SignIns(profile).devices())


def _revoke(profile: Profile, given: argparse.Namespace) -> Answer:
    return _shown(SignIns(profile).revoke_device(given.id))


def _shown(devices: Sequence[Device]) -> Answer:
    rows = [
        (
            each.id,
            each.name + (" (this computer)" if each.this_one else ""),
            f"{each.signed_in_at:%Y-%m-%d}",
            f"{each.last_used_at:%Y-%m-%d %H:%M}",
        )
        for each in devices
    ]
    columns = (Column("Id"), Column("Device"), Column("Signed in"), Column("Last used (UTC)"))
    facts: list[Plain] = [
        {
            "id": each.id,
            "name": each.name,
            "signed_in_at": each.signed_in_at,
            "last_used_at": each.last_used_at,
            "this_one": each.this_one,
        }
        for each in devices
    ]
    return Answer(table(columns, rows), {"devices": facts})


_COMMANDS: dict[str, Callable[[Profile, argparse.Namespace], Answer]] = {
    "sign-in": _sign_in,
    "sign-out": _sign_out,
    "devices list": _list,
    "devices revoke": _revoke,
}
