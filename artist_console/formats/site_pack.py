"""The files of a reservation for one's own site, made from what was decided: nothing is written here.

Files to put on the site stand under `site/`, lines for a server under `server/`, and a README for whoever
runs the site beside them. A file is made only where something is reserved that it can say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from artist_console.domain.letter_kinds import Language
from artist_console.domain.letter_words import AllWords
from artist_console.domain.signal_terms import SIGNALS, TERMS, Signal
from artist_console.domain.site_address import SiteAddress
from artist_console.domain.site_plan import Category
from artist_console.domain.uses import Use
from artist_console.domain.words import USE

from .aipref import FIELD, write_reserved
from .odrl import PolicyFacts, write_policy
from .robots_lines import with_block, write_block
from .site_headers import Header, meta_elements, server_lines
from .site_page import Statement, statement_lines, write_page
from .site_texts import SiteText
from .tdmrep import POLICY, RESERVATION, WELL_KNOWN, TdmRule, TdmSaid, write_tdmrep

POLICY_PATH = "/tdm-policy.json"
PAGE_PATH = "/reservation.html"
ROBOTS_PATH = "/robots.txt"


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the pack. `name` is its path in the folder, `cannot` what it does not express."""

    name: str
    media_type: str
    body: bytes
    what: str  # one sentence: what it is and where it goes
    cannot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What the files are made from. `robots` is the site's own file as it is now; empty: it has none."""

    address: SiteAddress
    statement: Statement
    categories: tuple[Category, ...]
    agents: tuple[str, ...]  # crawlers that are asked to stay away
    robots: bytes = b""


def reserved_keys(categories: Sequence[Category], signal: Signal) -> tuple[str, ...]:
    return tuple(each.term.key for each in categories if each.term.signal is signal and each.reserved)


def expected_headers(facts: PackFacts) -> tuple[Header, ...]:
    """The header fields that say what is reserved."""
    headers: list[Header] = []
    if reserved_keys(facts.categories, Signal.TDMREP):
        headers += [(RESERVATION, "1"), (POLICY, facts.address.at(POLICY_PATH))]
    if usage := write_reserved(reserved_keys(facts.categories, Signal.AIPREF)):
        headers.append((FIELD, usage))
    return tuple(headers)


def expected_rules(facts: PackFacts) -> tuple[TdmRule, ...]:
    """The rules of tdmrep.json; none where mining is not reserved."""
    if not reserved_keys(facts.categories, Signal.TDMREP):
        return ()
    return (TdmRule(facts.address.path, TdmSaid(True, facts.address.at(POLICY_PATH))),)


def expected_block(facts: PackFacts, said: Sequence[str]) -> tuple[str, ...]:
    """The lines of robots.txt; none where nothing of it is reserved."""
    usage = reserved_keys(facts.categories, Signal.AIPREF)
    if not usage and not facts.agents:
        return ()
    return write_block(facts.agents, facts.address.path, usage, said)


def make_files(
    facts: PackFacts, texts: Mapping[Language, SiteText], words: AllWords, notes: Sequence[str] = ()
) -> tuple[SiteFile, ...]:
    """All files. `notes` are further sentences for whoever runs the site. Raises BlockBroken."""
    said = statement_lines(facts.statement, texts[Language.EN], words[Language.EN])
    headers = expected_headers(facts)
    files = [*_for_machines(facts, said, texts, words, headers)]
    if headers:
        for lines in server_lines(headers, facts.address.path, said):
            files.append(
                SiteFile(
                    f"server/{lines.name}",
                    "text/plain",
                    lines.text.encode(),
                    f"Lines for {_SERVERS[lines.name]}. One of these files is enough.",
                )
            )
    if meta := meta_elements(headers):
        body = f"<!-- {' '.join(said).replace('--', '–')} -->\n{meta}".encode()
        files.append(
            SiteFile("server/meta.html.txt", "text/plain", body, "Elements for the head of every page.")
        )
    readme = _readme(facts, files, said, notes)
    return (SiteFile("README.txt", "text/plain", readme, "For whoever runs the site."), *files)


_SERVERS = {
    "nginx.conf.txt": "nginx",
    "apache.conf.txt": "the configuration of Apache",
    "htaccess.txt": "a file .htaccess in the folder on the site (Apache)",
    "netlify_headers.txt": "a file _headers (Netlify and hosts that read the same)",
}


def _for_machines(
    facts: PackFacts,
    said: Sequence[str],
    texts: Mapping[Language, SiteText],
    words: AllWords,
    headers: Sequence[Header],
) -> list[SiteFile]:
    address, files = facts.address, []
    if rules := expected_rules(facts):
        files.append(
            SiteFile(
                f"site{WELL_KNOWN}",
                "application/json",
                write_tdmrep(rules),
                f"Goes to {address.at(WELL_KNOWN)} and is sent as application/json.",
                (
                    *SIGNALS[Signal.TDMREP].cannot,
                    "It has no place for words: by whom, in what standing and of which day stands in the"
                    " policy that it names.",
                ),
            )
        )
        policy = PolicyFacts(
            address.at(POLICY_PATH),
            address.origin,
            facts.statement.artist,
            address.at(PAGE_PATH),
            facts.statement.mail,
            tuple(said),
        )
        files.append(
            SiteFile(
                f"site{POLICY_PATH}",
                "application/json",
                write_policy(policy),
                f"Goes to {address.at(POLICY_PATH)} and is sent as application/json.",
                ("Its form wants a permission with a duty: mining only after consent. It gives no consent.",),
            )
        )
    if block := expected_block(facts, said):
        usage = reserved_keys(facts.categories, Signal.AIPREF)
        files.append(
            SiteFile(
                f"site{ROBOTS_PATH}",
                "text/plain",
                with_block(facts.robots, block),
                f"Goes to {address.at(ROBOTS_PATH)}. " + _robots_words(facts.robots),
                (*SIGNALS[Signal.ROBOTS].cannot, *(SIGNALS[Signal.AIPREF].cannot if usage else ())),
            )
        )
    files.append(
        SiteFile(
            f"site{PAGE_PATH}",
            "text/html; charset=utf-8",
            write_page(facts.statement, texts, words, meta_elements(headers)),
            f"Goes to {address.at(PAGE_PATH)}; link to it from the front page.",
            ("It is for people; whether a machine reads it is not known.",),
        )
    )
    return files


def _robots_words(existing: bytes) -> str:
    if existing.strip():
        return "It is the robots.txt of the site with a marked block; the rest is unchanged."
    return "If the site has a robots.txt already, add only the lines between BEGIN and END to it."


def _readme(facts: PackFacts, files: Sequence[SiteFile], said: Sequence[str], notes: Sequence[str]) -> bytes:
    lines = [
        f"Reservation for {facts.address.origin}{facts.address.path}",
        "",
        *said,
        "",
        "What to do",
        "1. Put everything under site/ on the site, under the same names. The folder .well-known begins with",
        "   a dot, so some computers hide it.",
        "2. Let the server send the headers, where it can: the lines stand under server/.",
        f"3. Look whether it is there: artist-console reservation check {facts.address.origin}",
        "",
        "Nothing here says yes to anything. What is not reserved is left out; that is no permission.",
    ]
    if notes:
        lines += ["", "What needs a look", *(f"- {note}" for note in notes)]
    lines += ["", "Reserved"]
    lines += [f"- {_category_line(each)}" for each in facts.categories if each.term.meant]
    lines += ["", "The files, and what each cannot express"]
    for file in files:
        lines += ["", file.name, f"  {file.what}", *(f"  - {sentence}" for sentence in file.cannot)]
    if lost := lost_uses(facts.statement.uses):
        lines += ["", "What no file can say", *(f"- {sentence}" for sentence in lost)]
    lines += ["", "Texts that were followed"]
    for signal in (Signal.TDMREP, Signal.AIPREF, Signal.ROBOTS):
        told = SIGNALS[signal]
        lines.append(f"- {told.name}: {told.version}; {told.status}. {told.source}")
    return ("\n".join(lines) + "\n").encode()


def _category_line(category: Category) -> str:
    name = f"{category.term.name} ({SIGNALS[category.term.signal].name})"
    if category.reserved:
        reached = _named(category.term.reached)
        return f"{name}: reserved." + (f" It takes along: {reached}." if reached else "")
    # Not why: what an artist has not refused is of no concern to whoever runs the site.
    return f"{name}: left out."


def _named(uses: Sequence[Use]) -> str:
    return ", ".join(f"“{USE[use][0]}”" for use in uses)


def lost_uses(refused: Sequence[Use]) -> tuple[str, ...]:
    """What the signals cannot express of the refused uses, a sentence each, every one once."""
    return tuple(dict.fromkeys(TERMS[use].cannot for use in refused if TERMS[use].cannot))
