"""What a site says beside what was decided: as written, differs, missing, or more than was decided.

A yes for machines is always "more": nothing that is decided here says one. Without a plan it is told what the
site says, and nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from artist_console.domain.phrases import Sentence, say
from artist_console.domain.signal_terms import Signal, term
from artist_console.domain.site_checks import Place, PlaceCheck, SiteAnswer, Trouble, Verdict

from .aipref import CATEGORIES, Preference, Preferences
from .robots_lines import BEGINS, ENDS, EVERYBODY, Robots
from .site_pack import PackFacts, expected_block, expected_rules, reserved_keys
from .site_reading import PageSaid, read_headers, read_meta, read_robots_answer, read_tdm_answer
from .tdmrep import TdmSaid, said_of

_TROUBLE: Mapping[Trouble, str] = MappingProxyType(
    {
        Trouble.NOT_FOUND: "There is nothing at {address} (error {status}). Put the file there.",
        Trouble.REFUSED: (
            "{address} is not shown to this program (error {status}). Look at it in a browser; if it is"
            " there, ask whoever runs the site to let every program read it: crawlers cannot read it either."
        ),
        Trouble.SERVER_ERROR: (
            "The server has a problem of its own at {address} (error {status}). Check again later."
        ),
        Trouble.OTHER_STATUS: (
            "{address} answers with {status}, which is no answer to a question. Ask whoever runs the site."
        ),
        Trouble.LEADS_ELSEWHERE: (
            "{address} leads to another site: {leads_to}. It was not followed. If that site is yours, check"
            " it by its own address; crawlers may take the reservation as that site’s."
        ),
        Trouble.LEADS_NOWHERE: (
            "{address} leads to something that is no address of the web. Ask whoever runs the site."
        ),
        Trouble.LEADS_ON: (
            "{address} leads on a second time, to {leads_to}, and was not followed further. Ask whoever runs"
            " the site to let it lead there at once."
        ),
        Trouble.TOO_LARGE: (
            "What {address} sends is larger than such a file can be. Look at what stands there, and put the"
            " file there again."
        ),
        Trouble.ENDED_EARLY: "The answer of {address} ended before it was whole. Check again later.",
        Trouble.NOT_UNPACKED: (
            "{address} sends something packed that cannot be unpacked. Ask whoever runs the site."
        ),
        Trouble.TOO_SLOW: "{address} takes too long to answer. Check again later.",
        Trouble.CERTIFICATE_EXPIRED: (
            "The certificate of the site has run out, by the date of this computer. Ask whoever runs the site"
            " to renew it; until then browsers and crawlers turn away."
        ),
        Trouble.CERTIFICATE_OF_ANOTHER: (
            "The certificate at {address} is for another name. Check the address, and ask whoever runs the"
            " site for a certificate for this name."
        ),
        Trouble.NOT_SECURE: (
            "{address} cannot be reached securely. Check the date of this computer, then ask whoever runs the"
            " site about its certificate."
        ),
        Trouble.PROXY: (
            "A proxy of this network does not let this program through. Ask whoever runs the network."
        ),
        Trouble.UNREACHABLE: "{address} cannot be reached. Check the address and your connection.",
    }
)


def compare(
    answers: Sequence[SiteAnswer],
    facts: PackFacts | None,
    said: Sequence[str],
    known_agents: Sequence[str] = (),
) -> tuple[PlaceCheck, ...]:
    """Judge the answers for tdmrep.json, robots.txt and the page, given in this order.

    `said` are the sentences of the block in robots.txt as they would be written; `known_agents` are crawlers
    that a plan could ask to stay away.
    """
    tdmrep, robots, page = answers
    return (
        _tdmrep(tdmrep, facts),
        _robots(robots, facts, said, known_agents),
        _headers(page, facts),
        _meta(page, facts),
    )


_NOT_FOLLOWED = frozenset({Trouble.LEADS_ELSEWHERE, Trouble.LEADS_NOWHERE, Trouble.LEADS_ON})


# What is looked at is a page that is there already: nobody is to put a file in its place.
_NO_PAGE = (
    "The server has no page at {address} (error {status}), so nothing could be looked at there. Give the"
    " address of a page that is there."
)


def trouble_words(answer: SiteAnswer, *, of_page: bool = False) -> tuple[Sentence, ...]:
    """What is wrong with an answer, and where a redirect led that was followed."""
    told = []
    if answer.leads_to and answer.trouble not in _NOT_FOLLOWED:
        followed = "{address} leads to {leads_to}; that was read."
        told.append(say(followed, address=answer.asked, leads_to=answer.leads_to))
    if answer.trouble is not None:
        told.append(
            say(
                _NO_PAGE if of_page and answer.trouble is Trouble.NOT_FOUND else _TROUBLE[answer.trouble],
                address=answer.answered,
                leads_to=answer.leads_to,
                status=str(answer.status or ""),
            )
        )
    return tuple(told)


def _failed(place: Place, answer: SiteAnswer, expected: bool, compared: bool) -> PlaceCheck | None:
    """The check of a place without an answer; None where there is one."""
    if answer.trouble is None:
        return None
    if answer.trouble is Trouble.NOT_FOUND and not expected:
        verdict = Verdict.NOTHING if compared else Verdict.TOLD
        return PlaceCheck(place, verdict, (say("There is none, and none is needed."),) if compared else _NONE)
    verdict = Verdict.MISSING if answer.trouble is Trouble.NOT_FOUND else Verdict.CANNOT_TELL
    return PlaceCheck(place, verdict, trouble_words(answer))


_NONE = (say("There is none."),)


class _Said:
    """Collects what differs; the gravest verdict counts."""

    def __init__(self, place: Place, told: Iterable[Sentence]) -> None:
        self._place, self._told = place, list(told)
        self._more = self._differs = self._missing = False

    def more(self, template: str, **fields: str) -> None:
        self._more = True
        self._told.append(say(template, **fields))

    def differs(self, template: str, **fields: str) -> None:
        self._differs = True
        self._told.append(say(template, **fields))

    def missing(self, template: str, **fields: str) -> None:
        self._missing = True
        self._told.append(say(template, **fields))

    def tell(self, template: str, **fields: str) -> None:
        self._told.append(say(template, **fields))

    def check(self, otherwise: Verdict) -> PlaceCheck:
        """More than decided is told before what differs, and that before what is missing."""
        verdict = otherwise
        for found, stands in (
            (self._missing, Verdict.MISSING),
            (self._differs, Verdict.DIFFERS),
            (self._more, Verdict.SAYS_MORE),
        ):
            if found:
                verdict = stands
        return PlaceCheck(self._place, verdict, tuple(self._told))


# tdmrep.json


def _tdmrep(answer: SiteAnswer, facts: PackFacts | None) -> PlaceCheck:
    expected = expected_rules(facts) if facts is not None else ()
    failed = _failed(Place.TDMREP, answer, bool(expected), facts is not None)
    if failed is not None:
        return failed
    read = read_tdm_answer(answer)
    said = _Said(Place.TDMREP, (*trouble_words(answer), *read.told))
    if read.file is None:
        if expected:
            said.missing("So nothing is reserved there.")
        return said.check(Verdict.CANNOT_TELL if facts is None else Verdict.NOTHING)
    for rule in read.file.rules:
        if rule.said.reserved is False:
            said.more(_OPEN, path=rule.location)
    if facts is None:
        for rule in read.file.rules:
            if rule.said.reserved:
                said.tell("It reserves text and data mining under {path}.", path=rule.location)
        if not read.file.rules:
            said.tell("It holds no rule, so it says nothing.")
        return _judge_nothing(said)
    found = said_of(facts.address.path, read.file.rules)
    if expected:
        _tdm_differences(said, found, expected[0].said, "It")
        if found.reserved and tuple(read.file.rules) != expected:
            others = "It holds other rules beside; for {path} it says what was decided."
            said.tell(others, path=facts.address.path)
    for rule in read.file.rules:
        if rule.said.reserved and (not expected or not _within(rule.location, facts.address.path)):
            said.more(_MINING_MORE, path=rule.location)
    return said.check(Verdict.AS_WRITTEN if expected else Verdict.NOTHING)


_OPEN = (
    "It says that files under {path} are not reserved: a yes for machines, which you did not decide."
    " Take it out."
)
_MINING_MORE = "It reserves text and data mining under {path}; that is more than you decided for this site."


def _within(location: str, path: str) -> bool:
    return location.startswith(path)


def _tdm_differences(said: _Said, found: TdmSaid, expected: TdmSaid, where: str) -> None:
    if not found.reserved:
        silent = "{where} does not reserve text and data mining for this path. Put it there again."
        said.differs(silent, where=where)
    elif found.policy != expected.policy:
        said.differs(
            "{where} names another policy: {found}. Expected: {expected}.",
            where=where,
            found=found.policy or "none",
            expected=expected.policy or "none",
        )


def _judge_nothing(said: _Said) -> PlaceCheck:
    """Without a plan nothing is judged."""
    found = said.check(Verdict.TOLD)
    return PlaceCheck(found.place, Verdict.TOLD, found.told)


# robots.txt


def _robots(
    answer: SiteAnswer, facts: PackFacts | None, sentences: Sequence[str], known: Sequence[str]
) -> PlaceCheck:
    block = expected_block(facts, sentences) if facts is not None else ()
    failed = _failed(Place.ROBOTS, answer, bool(block), facts is not None)
    if failed is not None:
        return failed
    read = read_robots_answer(answer)
    said = _Said(Place.ROBOTS, (*trouble_words(answer), *read.told))
    if read.robots is None:
        if block:
            said.missing("So no crawler is asked to stay away there.")
        return said.check(Verdict.CANNOT_TELL if facts is None else Verdict.NOTHING)
    _yes_in_robots(said, read.robots)
    if facts is None:
        _told_of_robots(said, read.robots)
        return _judge_nothing(said)
    if block:
        _robots_differences(said, read.robots, facts, BEGINS in read.text)
    for key in CATEGORIES:
        reserved = reserved_keys(facts.categories, Signal.AIPREF)
        if key not in reserved and _prefers(read.robots, facts.address.path, key, Preference.DISALLOWED):
            said.more(_CATEGORY_MORE, key=key)
    _more_crawlers(said, read.robots, facts, known)
    if block and BEGINS in read.text:
        _wording(said, read.text, block, facts.statement.artist)
    return said.check(Verdict.AS_WRITTEN if block else Verdict.NOTHING)


_CATEGORY_MORE = "It says no to {key}, which is more than you decided for this site."


def _more_crawlers(said: _Said, robots: Robots, facts: PackFacts, known: Sequence[str]) -> None:
    """Crawlers that are kept away by rules of their own though no decision asks for it."""
    path = facts.address.path
    if not robots.may_fetch(EVERYBODY, path):
        said.tell(_NOBODY)
    others = [
        agent
        for agent in known
        if agent not in facts.agents and robots.has_own_rules(agent) and not robots.may_fetch(agent, path)
    ]
    if others:
        said.more(
            "It asks these crawlers to stay away, which is more than you decided: {agents}.",
            agents=", ".join(others),
        )


_NOBODY = "It asks every crawler to stay away, search engines too."


def _prefers(robots: Robots, path: str, key: str, preference: Preference) -> bool:
    return robots.usage(EVERYBODY, path)[key] is preference


def _is_ours(key: str) -> bool:
    """Whether a category means any of the uses that are decided here: being found in a search is none."""
    return bool(term(Signal.AIPREF, key).meant)


def _yes_in_robots(said: _Said, robots: Robots) -> None:
    for agents, rule in robots.usage_rules():
        for key, preference in rule.preferences.items():
            if preference is Preference.ALLOWED and _is_ours(key):
                said.more(
                    "It says yes to {key} for {agents}: a yes for machines, which you did not decide. Take it"
                    " out.",
                    key=key,
                    agents="every crawler" if EVERYBODY in agents else ", ".join(agents[:10]),
                )


def _robots_differences(said: _Said, robots: Robots, facts: PackFacts, has_block: bool) -> None:
    path = facts.address.path
    let_in = [agent for agent in facts.agents if robots.may_fetch(agent, path)]
    usage = reserved_keys(facts.categories, Signal.AIPREF)
    silent = [key for key in usage if not _is_reserved(robots, path, key)]
    if not has_block and len(let_in) == len(facts.agents) and len(silent) == len(usage):
        said.missing("It does not hold the lines of the reservation. Add them.")
        return
    if let_in:
        said.differs(
            "It lets these crawlers in: {agents}. Add the lines again, or take out the rules that let them"
            " in.",
            agents=", ".join(let_in),
        )
    for key in silent:
        said.differs("It does not say no to {key}. Add the Content-Usage line again.", key=key)


def _is_reserved(robots: Robots, path: str, key: str) -> bool:
    """A path that nobody may fetch has no preference, and needs none."""
    return not robots.may_fetch(EVERYBODY, path) or _prefers(robots, path, key, Preference.DISALLOWED)


def _wording(said: _Said, text: str, block: Sequence[str], artist: str) -> None:
    """Whose words stand between the marks."""
    inside = text.partition(BEGINS)[2].partition(ENDS)[0]
    if " ".join(artist.split()) not in inside:
        said.differs(
            "The marked lines do not name {artist}: they may be those of another artist or another site.",
            artist=artist,
        )
    elif not _same_lines(text, block):
        said.tell("Its marked lines are worded otherwise, such as with an earlier date.")


def _same_lines(text: str, block: Sequence[str]) -> bool:
    return "\n".join(block) in text.replace("\r\n", "\n").replace("\r", "\n")


def _told_of_robots(said: _Said, robots: Robots) -> None:
    away = [agent for agent in robots.agents if agent != EVERYBODY and not robots.may_fetch(agent, "/")]
    if away:
        said.tell("It asks these crawlers to stay away: {agents}.", agents=", ".join(away[:40]))
    for key in CATEGORIES:
        if _prefers(robots, "/", key, Preference.DISALLOWED):
            said.tell("It says no to {key} for every crawler.", key=key)
    if not robots.may_fetch(EVERYBODY, "/"):
        said.tell(_NOBODY)


# The page


def _headers(answer: SiteAnswer, facts: PackFacts | None) -> PlaceCheck:
    return _page(Place.HEADERS, answer, facts, with_usage=True)


def _meta(answer: SiteAnswer, facts: PackFacts | None) -> PlaceCheck:
    return _page(Place.META, answer, facts, with_usage=False)


_WHERE = {Place.HEADERS: "The answer of the server", Place.META: "The head of the page"}
_LATER = (
    "{where} says nothing. The files count alone then; what the server or the page says counts before them."
)


def _page(place: Place, answer: SiteAnswer, facts: PackFacts | None, *, with_usage: bool) -> PlaceCheck:
    if answer.trouble is not None:
        return PlaceCheck(place, Verdict.CANNOT_TELL, trouble_words(answer, of_page=True))
    read = read_headers(answer) if place is Place.HEADERS else read_meta(answer)
    said = _Said(place, (*trouble_words(answer), *read.told))
    where = _WHERE[place]
    if read.tdm.reserved is False:
        said.more("{where} says that it is not reserved: a yes for machines. Take it out.", where=where)
    if with_usage:
        _usage_of_page(said, read.usage, facts, where)
    if facts is None:
        _told_of_page(said, read, where)
        return _judge_nothing(said)
    rules = expected_rules(facts)
    usage = reserved_keys(facts.categories, Signal.AIPREF) if with_usage else ()
    if not rules and read.tdm.reserved:
        said.more("{where} reserves text and data mining, which is more than you decided.", where=where)
    if not read.said_anything and (rules or usage):
        said.missing(_LATER, where=where)
        return said.check(Verdict.MISSING)
    if rules and read.tdm.reserved is not False:
        _tdm_differences(said, read.tdm, rules[0].said, where)
    return said.check(Verdict.AS_WRITTEN if rules or usage else Verdict.NOTHING)


def _usage_of_page(said: _Said, usage: Preferences, facts: PackFacts | None, where: str) -> None:
    wanted = reserved_keys(facts.categories, Signal.AIPREF) if facts is not None else ()
    for key, preference in usage.items():
        if preference is Preference.ALLOWED and _is_ours(key):
            yes = "{where} says yes to {key}, which you did not decide. Take it out."
            said.more(yes, where=where, key=key)
        elif preference is Preference.DISALLOWED and key not in wanted and facts is not None:
            said.more("{where} says no to {key}, which is more than you decided.", where=where, key=key)
        elif (
            preference is Preference.UNKNOWN
            and key in wanted
            and any(each is not Preference.UNKNOWN for each in usage.values())
        ):
            said.differs("{where} does not say no to {key}.", where=where, key=key)


def _told_of_page(said: _Said, read: PageSaid, where: str) -> None:
    if read.tdm.reserved:
        said.tell("{where} reserves text and data mining.", where=where)
    for key, preference in read.usage.items():
        if preference is Preference.DISALLOWED:
            said.tell("{where} says no to {key}.", where=where, key=key)
    if not read.said_anything:
        said.tell("{where} says nothing of a reservation.", where=where)
