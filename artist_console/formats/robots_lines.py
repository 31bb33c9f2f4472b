"""robots.txt (RFC 9309): read as crawlers read it, and a marked block of our own put into one that exists.

The rest of an existing file stays byte for byte as it is. Whether it still says what the block wants is found
out by reading the result: groups for the same crawler are taken together, and of two rules of the same length
"allow" wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .aipref import NOTHING_KNOWN, Preferences, UsageRule, combine, read_rule, write_rule
from .path_patterns import matches, specific

MAX_BYTES = 500 * 1024  # what crawlers read at least (RFC 9309, section 2.5)
EVERYBODY = "*"
BEGINS = "# BEGIN reservation (Artist Console)"
ENDS = "# END reservation (Artist Console)"


class BlockBroken(ValueError):
    """Our marks in an existing file do not fit together; `str()` says which is missing."""


@dataclass(frozen=True, slots=True)
class AccessRule:
    allows: bool
    path: str


@dataclass(slots=True)
class Group:
    """The rules of some crawlers, by the names that they answer to."""

    agents: list[str] = field(default_factory=list)
    access: list[AccessRule] = field(default_factory=list)
    usage: list[UsageRule] = field(default_factory=list)
    closed: bool = False  # a rule has been read: the next name begins another group


@dataclass(frozen=True, slots=True)
class Robots:
    """What a file says, by group. No groups: nothing is asked of anybody."""

    groups: tuple[Group, ...]

    @property
    def agents(self) -> tuple[str, ...]:
        """The names that have rules, each once, as first written."""
        return tuple({agent.casefold(): agent for group in self.groups for agent in group.agents}.values())

    def has_own_rules(self, agent: str) -> bool:
        return any(agent.casefold() == each.casefold() for group in self.groups for each in group.agents)

    def may_fetch(self, agent: str, path: str = "/") -> bool:
        """Whether a crawler may fetch a path: the longest rule counts, of two as long the one that allows."""
        rules = [rule for group in self._of(agent) for rule in group.access if matches(rule.path, path)]
        if not rules:
            return True
        longest = max(specific(rule.path) for rule in rules)
        return any(rule.allows for rule in rules if specific(rule.path) == longest)

    def usage(self, agent: str, path: str = "/") -> Preferences:
        """The preferences for a path that may be fetched: the longest path counts, the same ones together."""
        rules = [
            rule
            for group in self._of(agent)
            for rule in group.usage
            if not rule.path or matches(rule.path, path)
        ]
        if not rules or not self.may_fetch(agent, path):
            return NOTHING_KNOWN
        longest = max(specific(rule.path) for rule in rules)
        return combine(rule.preferences for rule in rules if specific(rule.path) == longest)

    def usage_rules(self) -> tuple[tuple[tuple[str, ...], UsageRule], ...]:
        """Every Content-Usage rule with the crawlers it is for."""
        return tuple((tuple(group.agents), rule) for group in self.groups for rule in group.usage)

    def _of(self, agent: str) -> tuple[Group, ...]:
        wanted = agent if self.has_own_rules(agent) else EVERYBODY
        return tuple(
            group
            for group in self.groups
            if any(each.casefold() == wanted.casefold() for each in group.agents)
        )


def read_robots(body: bytes) -> Robots:
    """Read a file as far as crawlers have to. Lines that mean nothing are passed over, as they do."""
    text = body[:MAX_BYTES].decode("utf-8", errors="replace").removeprefix("\ufeff")
    groups: list[Group] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        name, colon, value = line.partition(":")
        if not colon or "#" in name:
            continue
        _take(name.strip(" \t").casefold(), value, groups)
    return Robots(tuple(groups))


def _take(name: str, value: str, groups: list[Group]) -> None:
    bare = value.partition("#")[0].strip()
    if name == "user-agent":
        if not groups or groups[-1].closed:
            groups.append(Group())
        groups[-1].agents.append(bare)
    elif groups and name in ("allow", "disallow"):
        groups[-1].closed = True
        if bare:
            groups[-1].access.append(AccessRule(name == "allow", bare))
    elif groups and name == "content-usage":
        groups[-1].closed = True
        groups[-1].usage.append(read_rule(value))


def write_block(
    agents: Sequence[str], path: str, categories: Iterable[str], said: Sequence[str]
) -> tuple[str, ...]:
    """The lines of our block: `said` as remarks, who is asked to stay away from `path`, what is reserved.

    The group for everybody has an empty Disallow: a crawler that does not know Content-Usage would otherwise
    read its name together with those of a group below. It takes nothing away and allows nothing.
    """
    lines = [BEGINS, *(f"# {_one_line(sentence)}" for sentence in said)]
    if agents:
        lines += ["", *(f"User-agent: {agent}" for agent in agents), f"Disallow: {path}"]
    wanted = tuple(categories)
    if wanted:
        rule = write_rule("" if path == "/" else path, wanted)
        lines += ["", f"User-agent: {EVERYBODY}", rule, "Disallow:"]
    return (*lines, ENDS)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def with_block(existing: bytes, block: Sequence[str]) -> bytes:
    """The file with our block in place of an earlier one, or at its end. Raises BlockBroken."""
    end = "\r\n" if b"\r\n" in existing else "\n"
    before, after = _around(existing)
    if before and not before.endswith((b"\n", b"\r")):
        before += end.encode()
    if before.strip(b"\xef\xbb\xbf \t\r\n") and not after and not _has_block(existing):
        before += end.encode()
    return before + (end.join(block) + end).encode() + after


def without_block(existing: bytes) -> bytes:
    """The file without our block: what belongs to whoever runs the site. Raises BlockBroken."""
    before, after = _around(existing)
    return before + after


def _has_block(existing: bytes) -> bool:
    return BEGINS.encode() in existing


def _around(existing: bytes) -> tuple[bytes, bytes]:
    """What stands before and after our block."""
    begins, ends = BEGINS.encode(), ENDS.encode()
    if existing.count(begins) != existing.count(ends):
        missing = ENDS if existing.count(begins) else BEGINS
        raise BlockBroken(f"the line “{missing}” is missing")
    if existing.count(begins) > 1:
        raise BlockBroken(f"the line “{BEGINS}” stands there more than once")
    at = existing.find(begins)
    if at < 0:
        return existing, b""
    until = existing.find(ends)
    if until < at:
        raise BlockBroken("its end stands before its beginning")
    after = existing[until + len(ends) :]
    return existing[:at], after.removeprefix(b"\r").removeprefix(b"\n")
