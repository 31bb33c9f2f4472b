"""The commands about the keys of a profile. Codes and passphrases are asked for, never given as arguments."""

from __future__ import annotations

import argparse
import sys

from artist_console.cli.hands import Hands
from artist_console.cli.output import Answer, Plain, complain, note, show
from artist_console.commands import key_rotation, keys
from artist_console.commands.key_words import in_lines
from artist_console.commands.profiles import is_profile, open_profile
from artist_console.commands.signer_list import is_present, list_signers
from artist_console.commands.signers import Signs
from artist_console.domain.problems import InputProblem
from artist_console.host.passphrase import replacing_passphrase
from artist_console.host.paths import ProfileFolder
from artist_console.host.recovery import CodeIncomplete, CodeMistyped, read_code
from artist_console.host.secrets import NewKeys

_A_ROW = 4
_SIGNS = {Signs.REPORTS: "Signs reports", Signs.RECEIPTS: "Signs receipts", None: "A key of this profile"}


class ReasonOnlyForOthers(InputProblem):
    title_template = "A reason is only told where the present key is taken back"
    advice_template = "Add --taken if somebody else may have it, or leave --reason out"


class NoCode(InputProblem):
    title_template = "No recovery code was typed"
    advice_template = "Start from a terminal to be asked for it, or give it on standard input"


def run(given: argparse.Namespace, hands: Hands) -> int:
    """Run one of the commands of `keys`; gives its exit code."""
    folder = hands.folder_of(getattr(given, "data", None))
    match given.command:
        case "keys show":
            answer = _show(folder)
        case "keys recovery-code":
            answer = _make_code(folder, given, hands)
        case "keys recover":
            answer = _recover(folder, given)
        case "keys move":
            answer = _move(folder, given, hands)
        case "keys replace":
            answer = _replace(folder, given, hands)
        case _:
            answer = _change_passphrase(folder, hands)
    show(answer, json=given.json)
    return answer.code


def _show(folder: ProfileFolder) -> Answer:
    info = keys.keys_info(folder)
    lines = [f"Keys are {keys.PLACE_WORDS[info.place]}."]
    if info.keyring:
        lines.append(f"Keyring: {info.keyring}")
    lines.append(
        "A recovery code was made for them."
        if info.has_recovery_code
        else "No recovery code was made for them. Make one with: artist-console keys recovery-code"
    )
    signers = [each for each in list_signers(folder.signers) if each.own and is_present(each)]
    lines += [f"{_SIGNS[each.signs]}: {each.fingerprint}" for each in signers]
    facts: dict[str, Plain] = {
        "kept_in": info.place,
        "keyring": info.keyring,
        "recovery_code": info.has_recovery_code,
        "signers": [{"name": _SIGNS[each.signs], "fingerprint": each.fingerprint} for each in signers],
    }
    return Answer("\n".join(lines), facts)


def _make_code(folder: ProfileFolder, given: argparse.Namespace, hands: Hands) -> Answer:
    with open_profile(folder, hands.outside(), may_be_new=False) as profile:
        code = keys.make_recovery_code(profile, replaces=given.replace, page=given.out)
    groups = code.split("-")
    rows = ["   ".join(groups[start : start + _A_ROW]) for start in range(0, len(groups), _A_ROW)]
    lines = [
        *rows,
        "",
        "It is told this once. Write it down, or print it, and keep it away from this computer.",
    ]
    if given.out is not None:
        lines.append(f"A page to print is in {given.out}. Delete the file once it is printed.")
    return Answer("\n".join(lines), {"code": code, "page": str(given.out) if given.out else None})


def _recover(folder: ProfileFolder, given: argparse.Namespace) -> Answer:
    to = NewKeys(given.to) if given.to else None
    found = keys.recover_keys(folder, _typed_code(), to)
    lines = [f"The keys are {keys.PLACE_WORDS[found.place]}. Your decisions open with them as before."]
    if found.former is not None:
        lines.append(f"The former keys.json was kept as {found.former.name}.")
    former = found.former.name if found.former is not None else None
    return Answer("\n".join(lines), {"kept_in": found.place, "former": former})


def _typed_code() -> str:
    """The code from standard input; at a terminal, again until it is well typed."""
    if sys.stdin is None:
        raise NoCode
    while True:
        if sys.stdin.isatty():
            note("Recovery code (8 groups of 5 signs):")
        typed = sys.stdin.readline()
        if not typed.strip():
            raise NoCode
        try:
            read_code(typed)
        except (CodeMistyped, CodeIncomplete) as problem:
            if not sys.stdin.isatty():
                raise
            complain(problem)
        else:
            return typed


def _move(folder: ProfileFolder, given: argparse.Namespace, hands: Hands) -> Answer:
    to = NewKeys(given.to)
    if not is_profile(folder):
        # The choice of a new profile, on a computer where it is open.
        with open_profile(folder, hands.outside(), may_be_new=True, new_keys=to) as profile:
            moved = keys.KeysMoved(profile.keys.kept_in, signed_out=False)
    else:
        with open_profile(folder, hands.outside(), may_be_new=False) as profile:
            moved = keys.move_keys(profile, to)
    lines = [f"The keys are {keys.PLACE_WORDS[moved.place]}."]
    if moved.signed_out:
        lines.append("Sign in to your service again: what signs in is kept in a keyring only.")
    return Answer("\n".join(lines), {"kept_in": moved.place, "signed_out": moved.signed_out})


def _change_passphrase(folder: ProfileFolder, hands: Hands) -> Answer:
    with open_profile(folder, hands.outside(), may_be_new=False) as profile:
        keys.change_passphrase(profile, replacing_passphrase)
    return Answer("The keys are behind the new passphrase.", {"changed": True})


def _replace(folder: ProfileFolder, given: argparse.Namespace, hands: Hands) -> Answer:
    if given.reason and not given.taken:
        raise ReasonOnlyForOthers
    with open_profile(folder, hands.outside(), may_be_new=False) as profile:
        done = key_rotation.replace_key(profile, taken_back=given.reason if given.taken else None)
    told = (
        "Whoever knows the former key will know this one: reports and cards carry the handover from now on."
        if done.handed_over
        else "The former key was taken back, and hands nothing over. Whoever knew you by it compares these"
        " words with you, and takes in your new card: artist-console signers card --out FILE"
    )
    lines = [
        "A new key signs the reports of this profile from now on. What was signed before stays as it is.",
        told,
        "",
        *in_lines(done.words),
        done.fingerprint,
    ]
    facts: dict[str, Plain] = {
        "former": done.former,
        "fingerprint": done.fingerprint,
        "words": list(done.words),
        "on": done.on,
        "handed_over": done.handed_over,
    }
    return Answer("\n".join(lines), facts)
