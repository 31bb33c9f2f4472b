"""Findings about switches elsewhere: what stands open there although the artist refuses it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from .decisions import AnswerKind
from .finding import Finding
from .finding_kinds import FindingKind
from .finding_records import Records
from .ids import ArtistId, ProgrammeId
from .phrases import Sentence, day_in_words, say
from .switch_words import SETS_NOTHING, permitted_words
from .switches import EVERYBODY, SwitchNote, SwitchSource, latest
from .trace import FactKind, ref
from .uses import Use
from .work_kinds import WorkKind
from .works import Work

_DAY_ENDS = time.max.replace(tzinfo=UTC)  # what was answered today counts today


def findings_of_switches(records: Records) -> Iterator[Finding]:
    """One per switch or video. A yes of one's own to a company that the switch names is no difference."""
    for note in latest(records.switches):
        if note.permits and note.artist in records.works:
            works = _refused(note, records)
            if works:
                yield _set_otherwise(note, works, records)


def _refused(note: SwitchNote, records: Records) -> list[Work]:
    """The works that the switch opens and the artist refuses to everybody.

    Unreleased works count only where a video names one: they are on no platform. Songs count where the artist
    has no recordings: what platforms hold is recordings, and a song in one shares its fate.
    """
    if note.work is not None:
        known = records.facts.works.get(note.work)
        works = [] if known is None else [known]
    else:
        released = [work for work in records.works[note.artist] if not work.unreleased]
        recordings = [work for work in released if work.kind is WorkKind.RECORDING]
        works = recordings or released
    allowed = _allowed_companies(note, records)
    return [work for work in works if _is_refused(note, work, allowed, records)]


def _is_refused(
    note: SwitchNote, work: Work, programmes: tuple[ProgrammeId, ...] | None, records: Records
) -> bool:
    now = datetime.combine(records.today, _DAY_ENDS)
    for use in note.uses:
        if _answer(note.artist, work, None, use, now, records) is not AnswerKind.REFUSED:
            continue
        own_yes = programmes is not None and all(
            _answer(note.artist, work, each, use, now, records) is AnswerKind.ALLOWED for each in programmes
        )
        if not own_yes:
            return True
    return False


def _answer(
    artist: ArtistId,
    work: Work,
    programme: ProgrammeId | None,
    use: Use,
    now: datetime,
    records: Records,
) -> AnswerKind:
    return records.outcome(artist, work.id, programme, use, now)[0]


def _allowed_companies(note: SwitchNote, records: Records) -> tuple[ProgrammeId, ...] | None:
    """Programmes of all the companies that are permitted; None where one of them is not known by name."""
    if not note.permitted or _to_everybody(note):
        return None
    found: list[ProgrammeId] = []
    for company in note.permitted:
        of_company = [
            id
            for id, programme in sorted(records.facts.programmes.items())
            if records.party_name(programme.operator).casefold() == company.casefold()
        ]
        if not of_company:
            return None
        found += of_company
    return tuple(found)


def _set_otherwise(note: SwitchNote, works: list[Work], records: Records) -> Finding:
    kind = FindingKind.SET_OTHERWISE
    only = works[0] if len(works) == 1 else None
    if only is not None:
        title = say("Set otherwise elsewhere: {work}, {switch}", work=only.title, switch=note.name)
    else:
        title = say("Set otherwise elsewhere: {n} works, {switch}", n=str(len(works)), switch=note.name)
    return Finding(
        id="/".join(filter(None, (kind.value, note.artist, note.switch, note.video))),
        kind=kind,
        artist=note.artist,
        work=only.id if only is not None else None,
        programme=None,
        since=note.on,
        deadline=None,
        silence=None,
        title=title,
        words=tuple(_words(note)),
        facts=(ref(FactKind.SWITCH, note.id),),
        works=tuple(work.id for work in works),
    )


def _words(note: SwitchNote) -> Iterator[Sentence]:
    day = day_in_words(note.on)
    if note.source is SwitchSource.READ_OUT:
        yield say(
            "{switch} answered on {date} that the video {video} may be used for training by {who}. You refuse"
            " that.",
            switch=note.name,
            date=day,
            video=note.video,
            who=permitted_words(note),
        )
    else:
        yield say(
            "As noted on {date}, {switch} stands so that it permits what you refuse.",
            date=day,
            switch=note.name,
        )
    yield say("Who set it so is not known here: others may control the channel or the account.")
    yield say(SETS_NOTHING)


def _to_everybody(note: SwitchNote) -> bool:
    return any(name.casefold() == EVERYBODY for name in note.permitted)
