"""The commands about signers: the list, cards, and the words of a key to compare."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from artist_console.cli.decided import spare
from artist_console.cli.hands import Hands
from artist_console.cli.output import DONE, NOT_GENUINE, Answer, Plain, show
from artist_console.cli.tables import pairs, plain
from artist_console.commands import signer_cards, signer_list
from artist_console.commands.console import Console
from artist_console.commands.key_words import ChainFault, in_lines, is_said_by
from artist_console.commands.signer_cards import SeenCard
from artist_console.commands.signer_list import ListedSigner
from artist_console.commands.signer_trust import seen_file, trust_seen
from artist_console.commands.signers import Signs
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem

_CHAIN_WORDS: dict[ChainFault, str] = {
    ChainFault.FORK: "a key on the way names two successors, so nobody can tell who has it now",
    ChainFault.LOOP: "they come back to where they began",
    ChainFault.WRONG_ORDER: "a later one has an earlier day",
    ChainFault.REVOKED: "a key on the way was taken back, and whoever else has it could have signed that",
}


class NothingCompared(InputProblem):
    title_template = "Nothing says yet that this key is whose it says it is"
    advice_template = (
        "Ask the signer for their words or digits by telephone, then give them with --compared. To take the"
        " file's own word for it, say --not-compared"
    )


def run(given: argparse.Namespace, hands: Hands) -> int:
    """Run one of the commands of `signers`; gives its exit code."""
    data = getattr(given, "data", None)
    match given.command:
        case "signers list":
            answer = _list(hands.folder_of(data).signers)
        case "signers show":
            answer = _show(hands.folder_of(data).signers, given.who)
        case _:
            # Whoever was handed a card may have no profile yet.
            with hands.open_profile(data, given.command == "signers trust") as profile:
                console = profile.console()
                try:
                    answer = _COMMANDS[given.command](console, given)
                finally:
                    console.store.close()
    show(answer, json=given.json)
    return answer.code


def _list(path: Path) -> Answer:
    found = signer_list.list_signers(path)
    if not found:
        return Answer("No signer is known here yet.", {"signers": []})
    lines: list[str] = []
    for each in found:
        lines += [*([""] if lines else []), *_lines(each)]
    return Answer("\n".join(lines), {"signers": [_facts(each) for each in found]})


def _lines(each: ListedSigner) -> list[str]:
    return [
        plain(each.name),
        pairs(
            [
                ("Known since", day_in_words(each.since)),
                ("Introduced by", each.introduced_by),
                *_own(each),
                *_key(each.words, each.fingerprint),
                *_past(each),
            ]
        ),
    ]


def _key(words: tuple[str, ...], fingerprint: str) -> list[tuple[str, str]]:
    first, *more = in_lines(words)
    return [
        ("Words to compare", first),
        *(("", line) for line in more),
        ("The same in digits", fingerprint),
    ]


def _own(each: ListedSigner) -> list[tuple[str, str]]:
    match each.signs:
        case Signs.REPORTS:
            return [("Signs", "reports and evidence bundles of this profile")]
        case Signs.RECEIPTS:
            return [("Signs", "receipts of the service on this computer")]
        case None:
            return []


def _past(each: ListedSigner) -> list[tuple[str, str]]:
    told = []
    if each.replaced is not None:
        told.append(("Replaced", f"by another key on {day_in_words(each.replaced)}"))
    if each.revoked is not None:
        day, reason = each.revoked
        by = "by the key itself" if each.revoked_by_itself else "here"
        why = f": {reason}" if reason else ""
        told.append(("No longer good", f"since {day_in_words(day)}, said {by}{why}"))
    return told


def _facts(each: ListedSigner) -> dict[str, Plain]:
    return {
        "name": each.name,
        "kid": each.kid,
        "fingerprint": each.fingerprint,
        "words": list(each.words),
        "since": each.since,
        "own": each.own,
        "signs": each.signs,
        "how": each.how,
        "introduced_by": each.introduced_by,
        "replaced": each.replaced,
        "revoked": {"on": each.revoked[0], "reason": each.revoked[1], "by_itself": each.revoked_by_itself}
        if each.revoked is not None
        else None,
    }


def _show(path: Path, who: str) -> Answer:
    file = Path(who)
    if file.is_file() and signer_cards.looks_like_a_card(file):
        return _card(signer_cards.see_card(path, file))
    found = signer_list.find_signer(path, who)
    return Answer("\n".join(_lines(found)), _facts(found))


def _card(seen: SeenCard) -> Answer:
    lines = [
        f"A card. Its holder calls themselves {plain(seen.name) or 'nothing'}: that is their own word.",
        pairs(
            [
                ("Made", day_in_words(seen.on)),
                *_key(seen.words, seen.fingerprint),
                ("Known here as", seen.known_as or "nobody"),
            ]
        ),
    ]
    if seen.follows:
        lines.append(f"The key that you know as {plain(seen.follows)} was handed over to this one.")
    if seen.chain_fault is not None:
        lines.append(f"Handovers lead to this key, but {_CHAIN_WORDS[seen.chain_fault]}.")
    if seen.taken_back is not None:
        lines.append(f"This key was taken back on {day_in_words(seen.taken_back[0])}. Do not trust it.")
    if seen.takes_back:
        lines.append(f"It says that a key of {plain(', '.join(seen.takes_back))} is no longer good.")
    facts: dict[str, Plain] = {
        "name": seen.name,
        "kid": seen.kid,
        "fingerprint": seen.fingerprint,
        "words": list(seen.words),
        "on": seen.on,
        "known_as": seen.known_as,
        "follows": seen.follows,
        "chain_fault": seen.chain_fault,
        "taken_back": seen.taken_back[0] if seen.taken_back is not None else None,
        "takes_back": list(seen.takes_back),
    }
    return Answer("\n".join(lines), facts, DONE if seen.taken_back is None else NOT_GENUINE)


def _trust(console: Console, given: argparse.Namespace) -> Answer:
    seen = seen_file(console, given.file)
    if given.compared and not is_said_by(seen.fingerprint, given.compared):
        raise signer_cards.NotWhatWasSaid
    if not given.compared and not given.not_compared and not seen.follows:
        raise NothingCompared
    name = given.name or seen.follows or seen.name
    signer = trust_seen(console, seen, name, compared=bool(given.compared)).value
    lines = [f"{plain(signer.name)} is known here now, introduced by {plain(signer.introduced_by)}."]
    if not given.compared and not seen.follows:
        lines.append("Nobody compared its words. Compare them when you can, and trust it again.")
    return Answer("\n".join(lines), _facts(signer))


def _rename(console: Console, given: argparse.Namespace) -> Answer:
    found = _found(console, given)
    signer = signer_list.rename(console, found.kid, given.name).value
    return Answer(f"{plain(found.name)} is called {plain(signer.name)} here now.", _facts(signer))


def _revoke(console: Console, given: argparse.Namespace) -> Answer:
    found = _found(console, given)
    if given.undo:
        signer = signer_list.take_mark_off(console, found.kid).value
        words = (
            f"The key of {plain(signer.name)} counts as good again."
            if signer.is_good
            else f"The key of {plain(signer.name)} said of itself that it is no longer good: that stays."
        )
        return Answer(words, _facts(signer))
    signer = signer_list.revoke(console, found.kid, given.reason).value
    words = f"What the key of {plain(signer.name)} signed counts as by nobody known, also what is older."
    return Answer(words, _facts(signer))


def _forget(console: Console, given: argparse.Namespace) -> Answer:
    found = _found(console, given)
    signer_list.forget(console, found.kid)
    return Answer(f"{plain(found.name)} is not known here any more.", _facts(found))


def _found(console: Console, given: argparse.Namespace) -> ListedSigner:
    return signer_list.find_signer(console.folder.signers, given.who)


def _write_card(console: Console, given: argparse.Namespace) -> Answer:
    spare(given.out, replace=given.replace)
    made = signer_cards.save_card(console, given.out, given.name)
    lines = [
        pairs(
            [
                ("Card", str(made.path)),
                ("Name on it", made.name),
                *_key(made.words, made.fingerprint),
            ]
        ),
        "Tell the words to whoever gets the card, in another way than you send it.",
    ]
    facts: dict[str, Plain] = {
        "path": str(made.path),
        "name": made.name,
        "fingerprint": made.fingerprint,
        "words": list(made.words),
        "handovers": made.handovers,
    }
    return Answer("\n".join(lines), facts)


_COMMANDS: dict[str, Callable[[Console, argparse.Namespace], Answer]] = {
    "signers trust": _trust,
    "signers rename": _rename,
    "signers revoke": _revoke,
    "signers forget": _forget,
    "signers card": _write_card,
}
