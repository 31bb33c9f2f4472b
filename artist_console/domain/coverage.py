"""How complete a catalogue is for being found, asked and paid, as a score and a queue of what to fix.

Four things are looked at. Identifiers: an ISRC for each recording, an ISWC for each song, a UPC or EAN for
each release, an ISNI or IPI for the artist, each with right check digits. Splits: of a song the registered
shares, or the stakeholders of composition and lyrics; of a recording the stakeholders of the master; either
shares add up to 100 % (within 6 basis points) or somebody is recorded to control it. Compositions: each
recording is linked to its song. Consent: the artist has answered for the work in some way; an unreleased
work is refused by itself.

The score is the sum of 35, 25, 15 and 25 points for the four, each in the proportion of what is there,
rounded down: 100 only when all is there. What a catalogue has nothing of (no recording, so nothing to link)
counts for nobody, and its points go to the others. An empty catalogue scores 0. Answers of societies that
need a look, and sources that disagree, stand in the queue and cost no points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from .facts import FactBook
from .fix_kinds import FixKind
from .identifiers import PLACEHOLDER_ISWCS, Read, read_isrc, read_iswc, read_upc
from .ids import ArtistId, ReleaseId, WorkId
from .parties import SPLIT_TOLERANCE_BP, WHOLE_BP, SplitFault, Stakeholder, Standing, split_fault
from .provenance import Saying, disagreements
from .registers import Stance, SubjectKind
from .registrations import NEEDS_A_LOOK, is_whole, registration_words, share_totals
from .uses import SONG_RIGHTS, Right
from .work_kinds import WorkKind
from .works import Registration, Release, Work


class CoverageKind(Enum):
    __hash__ = object.__hash__  # by identity: every thing looked at is counted under its kind

    IDENTIFIERS = "identifiers"
    SPLITS = "splits"
    COMPOSITIONS = "compositions"
    CONSENT = "consent"


_ORDER = {kind: place for place, kind in enumerate(FixKind)}
WEIGHTS: Mapping[CoverageKind, int] = {
    CoverageKind.IDENTIFIERS: 35,
    CoverageKind.SPLITS: 25,
    CoverageKind.COMPOSITIONS: 15,
    CoverageKind.CONSENT: 25,
}


@dataclass(frozen=True, slots=True)
class Fix:
    """Something to mend: the reason, and what to do. One of `work` and `release` is set, or neither."""

    work: WorkId | None
    release: ReleaseId | None
    title: str  # of the work or release, or the artist's name
    kind: FixKind
    words: str
    artist: ArtistId


@dataclass(frozen=True, slots=True)
class CoverageLine:
    kind: CoverageKind
    have: int
    of: int
    words: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """`artist` None: all that were asked about, works of several of them counted once."""

    artist: ArtistId | None
    score: int  # 0 to 100; 100 only when nothing is missing
    lines: tuple[CoverageLine, ...]
    fixes: int


class Coverages:
    """One look at a book of facts; what is shared between artists is read once."""

    def __init__(self, facts: FactBook) -> None:
        self._facts = facts
        self._works: dict[ArtistId, list[Work]] = {}
        self._releases: dict[ArtistId, list[Release]] = {}
        for work in {id(work): work for work in facts.works.values()}.values():
            for artist in work.artists:
                self._works.setdefault(artist, []).append(work)
        for release in facts.releases.values():
            for artist in release.artists:
                self._releases.setdefault(artist, []).append(release)

    def of(self, artists: Sequence[ArtistId], shown_for: ArtistId | None = None) -> Coverage:
        """Score and lines of artists taken together."""
        have, of = dict.fromkeys(CoverageKind, 0), dict.fromkeys(CoverageKind, 0)
        fixes = 0
        several = len(artists) > 1  # then a work of two of them comes twice
        seen: set[tuple[object, ...]] = set()
        for check in self._checks(artists):
            if several:
                if check.key in seen:
                    continue
                seen.add(check.key)
            fixes += check.fix is not None
            if check.kind is not None:
                of[check.kind] += 1
                have[check.kind] += check.fix is None
        lines = tuple(CoverageLine(k, have[k], of[k], _line_words(k, have[k], of[k])) for k in CoverageKind)
        return Coverage(shown_for, _score(lines), lines, fixes)

    def fixes(self, artists: Sequence[ArtistId], kind: FixKind | None = None) -> list[Fix]:
        """What to mend, the most useful first, then by title."""
        found: dict[tuple[object, ...], Fix] = {}
        for check in self._checks(artists):
            if check.fix is not None and kind in (None, check.fix.kind):
                found.setdefault(check.key, check.fix)
        return sorted(
            found.values(), key=lambda fix: (_ORDER[fix.kind], fix.title.casefold(), fix.work or "")
        )

    def _checks(self, artists: Iterable[ArtistId]) -> Iterator[_Check]:
        for artist in artists:
            works, releases = self._works.get(artist, []), self._releases.get(artist, [])
            if not works and not releases:
                continue
            yield self._artist(artist)
            answered = _Answered(self._facts, artist)
            for work in works:
                yield from self._work(artist, work, answered)
            for release in releases:
                yield _Check(CoverageKind.IDENTIFIERS, ("upc", release.id), _upc_fix(artist, release))

    def _artist(self, artist: ArtistId) -> _Check:
        party = self._facts.parties.get(artist)
        has = party is not None and any(code.kind in ("isni", "ipi") for code in party.identifiers)
        fix = None
        if not has:
            words = (
                "No ISNI and no IPI number is known. Your society or distributor has one of them; it comes in"
                " with their files."
            )
            name = party.name if party is not None else ""
            fix = Fix(None, None, name, FixKind.NO_ARTIST_IDENTIFIER, words, artist)
        return _Check(CoverageKind.IDENTIFIERS, ("artist", artist), fix)

    def _work(self, artist: ArtistId, work: Work, answered: _Answered) -> Iterator[_Check]:
        def fix(found: tuple[FixKind, str] | None) -> Fix | None:
            return found and Fix(work.id, None, work.title, found[0], found[1], artist)

        is_song = work.kind is WorkKind.COMPOSITION
        code = _iswc_fault(work) if is_song else _isrc_fault(work)
        yield _Check(CoverageKind.IDENTIFIERS, ("code", work.id), fix(code))
        holders = self._facts.stakeholders.get(work.id, ())
        split = _song_split_fault(work, holders) if is_song else _master_fault(holders)
        yield _Check(CoverageKind.SPLITS, ("split", work.id), fix(split))
        if not is_song:
            linked = any(id in self._facts.works for id in work.compositions)
            yield _Check(CoverageKind.COMPOSITIONS, ("song", work.id), fix(None if linked else _NO_SONG))
        consent = None if work.unreleased or answered.covers(work) else _NO_ANSWER
        yield _Check(CoverageKind.CONSENT, ("consent", work.id, artist), fix(consent))
        for registration in work.registrations:
            if registration.status in NEEDS_A_LOOK and _is_latest(registration, work):
                words = f"{registration_words(registration)} Clear it up with them or with your publisher."
                place = (registration.society, registration.submitter_work)
                yield _Check(None, ("answer", work.id, *place), fix((FixKind.REGISTRATION, words)))
        if len(work.sources) > 1:
            for each in disagreements(work):
                told = "; ".join(f"{saying.value} ({_places(saying)})" for saying in each.sayings)
                words = f"Its sources differ on {_FIELD_WORDS.get(each.field, each.field)}: {told}."
                key = ("differ", work.id, each.field)
                yield _Check(None, key, fix((FixKind.SOURCES_DISAGREE, words)))


@dataclass(frozen=True, slots=True)
class _Check:
    """One thing looked at; with a fix it is missing. `kind` None: it costs no points."""

    kind: CoverageKind | None
    key: tuple[object, ...]
    fix: Fix | None


class _Answered:
    """What an artist has answered for, in whatever way: a work, a release that holds it, or all works."""

    def __init__(self, facts: FactBook, artist: ArtistId) -> None:
        self._facts = facts
        self._works: set[str] = set()
        self._releases: set[str] = set()
        self._all = False
        for register, said in facts.registers_of(artist).items():
            if not said or said[-1].decision.stance is Stance.CLEAR:
                continue
            match register.subject.kind:
                case SubjectKind.ALL:
                    self._all = True
                case SubjectKind.WORK:
                    self._works.add(register.subject.id)
                case SubjectKind.RELEASE:
                    self._releases.add(register.subject.id)
                case SubjectKind.PERSON:
                    pass

    def covers(self, work: Work) -> bool:
        if self._all or not self._works.isdisjoint((work.id, *work.merged_ids)):
            return True
        return any(held.release in self._releases for held in self._facts.memberships.get(work.id, ()))


_NO_SONG = (
    FixKind.NO_COMPOSITION,
    "It is linked to no song, so an answer for the song cannot be found from it. Bring in the registration of"
    " the song (CWR), or a catalogue with its ISWC or its writers.",
)
_NO_ANSWER = (
    FixKind.NO_ANSWER,
    "You have said nothing about AI use of it. Answer for it, or say what holds for all your works.",
)
_FIELD_WORDS = {
    "duration_s": "its duration in seconds",
    "identifier": "its identifier",
    "contains_ai": "how much of it AI made",
    "unreleased": "whether it is out",
    "iswc": "the ISWC of its song",
    "shares": "who holds which share",
}


def _isrc_fault(work: Work) -> tuple[FixKind, str] | None:
    if not work.identifier:
        words = (
            "It has no ISRC. Your label or distributor gave it one if it is out: bring in their message"
            " or list, or write it into your catalogue."
        )
        return FixKind.NO_ISRC, words
    return _wrong(read_isrc(work.identifier))


def _iswc_fault(work: Work) -> tuple[FixKind, str] | None:
    if not work.identifier or work.identifier in PLACEHOLDER_ISWCS:
        words = (
            "It has no ISWC. Your society gives it one after the registration: bring in its acknowledgement"
            " (CWR), or write it into your catalogue."
        )
        return FixKind.NO_ISWC, words
    return _wrong(read_iswc(work.identifier))


def _upc_fix(artist: ArtistId, release: Release) -> Fix | None:
    if not release.upc:
        words = "It has no UPC or EAN. Your distributor gave it one: bring in their message or list."
        return Fix(None, release.id, release.title, FixKind.NO_UPC, words, artist)
    wrong = _wrong(read_upc(release.upc))
    return wrong and Fix(None, release.id, release.title, wrong[0], wrong[1], artist)


def _wrong(read: Read) -> tuple[FixKind, str] | None:
    if read.is_valid:
        return None
    words = f"{read.reason} Compare it with the source, and bring that in again once it is right."
    return FixKind.WRONG_IDENTIFIER, words


def _song_split_fault(work: Work, holders: Sequence[Stakeholder]) -> tuple[FixKind, str] | None:
    """A song's split is there when it was registered whole, or when its holders are recorded whole."""
    rows = {right: tuple(row for row in holders if row.right is right) for right in SONG_RIGHTS}
    faults = [fault for right, own in rows.items() if (fault := split_fault(right, own)) is not None]
    if faults:
        return FixKind.WRONG_SPLIT, _split_words(faults[0])
    if is_whole(work.shares) or any(_adds_up(own) for own in rows.values()):
        return None
    for right, total in share_totals(work.shares):
        if abs(total - WHOLE_BP) > SPLIT_TOLERANCE_BP:
            words = (
                f"Its registered {right} shares add up to {_percent(total)} %. Compare them with your"
                " co-writers and have the registration corrected."
            )
            return FixKind.WRONG_SPLIT, words
    words = (
        "Nobody's share of it is recorded. Bring in its registration (CWR), or a contract that says who holds"
        " what."
    )
    return FixKind.NO_SPLIT, words


def _master_fault(holders: Sequence[Stakeholder]) -> tuple[FixKind, str] | None:
    rows = tuple(row for row in holders if row.right is Right.MASTER)
    fault = split_fault(Right.MASTER, rows)
    if fault is not None:
        return FixKind.WRONG_SPLIT, _split_words(fault)
    if _adds_up(rows):
        return None
    return FixKind.NO_SPLIT, "Who holds the recording is not recorded. Record it with the contract about it."


def _adds_up(rows: Sequence[Stakeholder]) -> bool:
    """Whether shares are stated, and whole (the caller looked for faults), or somebody controls the right."""
    return any(row.share_bp is not None or row.standing is Standing.CONTROLS for row in rows)


def _split_words(fault: SplitFault) -> str:
    what = "The recording" if fault.right is Right.MASTER else f"The {fault.right.value} of the song"
    if fault.total_bp is None:
        return f"{what}: its split is disputed. It counts for nobody until that is settled."
    total = _percent(fault.total_bp)
    return f"{what}: the recorded shares add up to {total} %. Correct the contract that says so."


def _places(saying: Saying) -> str:
    """ "own.csv, row 3, and label.xml"."""
    places = [
        source if row is None else f"{source}, row {row}"
        for source, row in zip(saying.sources, saying.rows, strict=True)
    ]
    return ", and ".join(places)


def _is_latest(registration: Registration, work: Work) -> bool:
    """Whether no younger answer of the same society to the same registration is known."""
    place = (registration.society, registration.submitter_work)
    same = [r for r in work.registrations if r.status and (r.society, r.submitter_work) == place]
    return same[-1] is registration


def _percent(bp: int) -> str:
    whole, part = divmod(bp, 100)
    return f"{whole}.{part:02d}".rstrip("0") if part else str(whole)


def _score(lines: Iterable[CoverageLine]) -> int:
    counted = [line for line in lines if line.of]
    weights = sum(WEIGHTS[line.kind] for line in counted)
    if not weights:
        return 0
    reached = sum(WEIGHTS[line.kind] * Fraction(line.have, line.of) for line in counted)
    return int(100 * reached / weights)


def _line_words(kind: CoverageKind, have: int, of: int) -> str:
    if not of:
        return {
            CoverageKind.IDENTIFIERS: "Nothing needs an identifier yet.",
            CoverageKind.SPLITS: "No work has a split yet.",
            CoverageKind.COMPOSITIONS: "No recording is here that could be linked to its song.",
            CoverageKind.CONSENT: "No work is here to answer for.",
        }[kind]
    one, many = {
        CoverageKind.IDENTIFIERS: ("identifier is there and right", "identifiers are there and right"),
        CoverageKind.SPLITS: ("work has a whole split", "works have a whole split"),
        CoverageKind.COMPOSITIONS: (
            "recording is linked to its song",
            "recordings are linked to their songs",
        ),
        CoverageKind.CONSENT: ("work has an answer", "works have an answer"),
    }[kind]
    return f"{have:,} of {of:,} {one if of == 1 else many}."
