"""What the artists and their manager said in three years, as acts in the order of time.

Each act goes through the same judging as any other; `base` and `seen` are filled in when it is pushed. One
story is a conflict in the making: the artist's own no to Cold Water Choir, recorded after the manager looked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from artist_console.backend.demo_catalogue import Catalogue
from artist_console.backend.demo_identity import at, days_before, ident
from artist_console.backend.demo_people import BY_SLUG, ROSTER, Act, account_id, mandate_of
from artist_console.backend.demo_programmes import (
    HARMONIA,
    NORTHLIGHT,
    OPENSTEM,
    RESEARCH,
    USES,
    VOICE,
    terms,
)
from artist_console.domain.decisions import Decision
from artist_console.domain.ids import AccountId, ActId, DecisionId, ProgrammeId, WorkId
from artist_console.domain.mandates import Mandate
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    UNCONDITIONAL,
    Conditions,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
)
from artist_console.domain.uses import Family, Use
from artist_console.domain.work_kinds import WorkKind

ASKING = (HARMONIA, RESEARCH, OPENSTEM, NORTHLIGHT)


@dataclass(frozen=True, slots=True)
class SampleAct:
    """Decisions confirmed together. `base` and `seen` of each are for whoever pushes them."""

    account: AccountId
    at: datetime
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """An artist signs a proposal, or declines it."""

    account: AccountId
    at: datetime
    proposal: DecisionId
    signs: bool


@dataclass(frozen=True, slots=True)
class SampleMandate:
    """An artist gives a mandate."""

    account: AccountId
    at: datetime
    mandate: Mandate


SampleStep = SampleAct | SampleAnswer | SampleMandate


@dataclass
class Script:
    """Everything said, and the works that a refusal reaches."""

    today: date
    catalogue: Catalogue
    steps: list[SampleStep] = field(default_factory=list)
    refused: set[WorkId] = field(default_factory=set)
    stale: Decision | None = None  # the manager's, made without having seen the artist's last answer
    versions: tuple[TermsVersion, ...] = ()

    def mandates(self) -> None:
        for act in ROSTER:
            mandate = mandate_of(act, self.today)
            self.steps.append(SampleMandate(act.account, at(mandate.given_on, 9), mandate))

    def refuse(
        self,
        slug: str,
        by: str,
        days: int,
        subject: Subject = ALL_MY_WORKS,
        use: Use | Family | None = None,
        programme: ProgrammeId | None = None,
        keeps: Iterable[Decision] = (),
    ) -> Decision:
        decision = self.decision(
            slug, by, days, subject, programme, use, Stance.REFUSE, keeps=tuple(d.id for d in keeps)
        )
        self._act(slug, by, days, (decision,))
        if use is None and programme is None:
            self.refused.update(self._works_of(slug, subject))
        return decision

    def clear(
        self, slug: str, by: str, days: int, subject: Subject, use: Use | Family | None = None
    ) -> Decision:
        decision = self.decision(slug, by, days, subject, None, use, Stance.CLEAR)
        self._act(slug, by, days, (decision,))
        self.refused.difference_update(self._works_of(slug, subject))
        return decision

    def allow(
        self,
        slug: str,
        by: str,
        days: int,
        works: Iterable[WorkId],
        programmes: Iterable[ProgrammeId] = ASKING,
        uses: Iterable[Use] = (),
        conditions: Conditions = UNCONDITIONAL,
        songs: bool = True,
    ) -> tuple[Decision, ...]:
        """One act of single allows: each work, with the artist's songs in it, each programme, each use."""
        act = BY_SLUG[slug]
        wanted: dict[WorkId, None] = {}
        for work in works:
            wanted[work] = None
            if songs:
                for song in self.catalogue.works[work].compositions:
                    if act.id in self.catalogue.works[song].artists:
                        wanted[song] = None
        chosen = set(uses)
        decisions = tuple(
            self.decision(
                slug,
                by,
                days,
                Subject(SubjectKind.WORK, work),
                programme,
                use,
                Stance.ALLOW,
                conditions,
            )
            for work in wanted
            for programme in programmes
            for use in USES[programme]
            if not chosen or use in chosen
        )
        self._act(slug, by, days, decisions)
        return decisions

    def allow_person(
        self, slug: str, by: str, days: int, use: Use, conditions: Conditions = UNCONDITIONAL
    ) -> None:
        """Voice and likeness: one by one."""
        subject = Subject(SubjectKind.PERSON, BY_SLUG[slug].id)
        decision = self.decision(slug, by, days, subject, VOICE, use, Stance.ALLOW, conditions)
        self._act(slug, by, days, (decision,))

    def answer(self, slug: str, days: int, proposals: Iterable[Decision], *, signs: bool) -> None:
        for decision in proposals:
            when = at(days_before(self.today, days), 18)
            self.steps.append(SampleAnswer(BY_SLUG[slug].account, when, decision.id, signs))

    def works_on(self, title: str) -> tuple[WorkId, ...]:
        return tuple(track.work for track in self.catalogue.release(title).tracks)

    def release(self, title: str) -> Subject:
        return Subject(SubjectKind.RELEASE, self.catalogue.release(title).id)

    def decision(
        self,
        slug: str,
        by: str,
        days: int,
        subject: Subject,
        programme: ProgrammeId | None,
        use: Use | Family | None,
        stance: Stance,
        conditions: Conditions = UNCONDITIONAL,
        keeps: tuple[DecisionId, ...] = (),
    ) -> Decision:
        act = BY_SLUG[slug]
        day = days_before(self.today, days)
        scope = UseScope.of(use)
        agreed = self._terms_on(programme, day) if stance is Stance.ALLOW else None
        name = (slug, by, str(days), subject.id, programme or "", scope.name, stance.value)
        return Decision(
            DecisionId(ident("decision", *name)),
            Register(act.id, subject, programme, scope),
            stance,
            account_id("manager") if by == "manager" else act.account,
            self._when(slug, days),
            ActId(ident("act", slug, by, str(days), stance.value)),
            agreed.id if agreed else None,
            agreed.text_sha256 if agreed else "",
            conditions,
            keeps=keeps,
            mandate=act.mandate if by == "manager" else None,
        )

    def _when(self, slug: str, days: int) -> datetime:
        return at(days_before(self.today, days), 8 + ROSTER.index(BY_SLUG[slug]) % 9, 5)

    def _terms_on(self, programme: ProgrammeId | None, day: date) -> TermsVersion:
        """The terms that somebody agrees to on a day: those announced last, for OpenStem; else in effect."""
        begun = [v for v in self.versions if v.programme == programme and v.effective_from <= day]
        return begun[-1]

    def _act(self, slug: str, by: str, days: int, decisions: tuple[Decision, ...]) -> None:
        account = account_id("manager") if by == "manager" else BY_SLUG[slug].account
        self.steps.append(SampleAct(account, self._when(slug, days), decisions))

    def _works_of(self, slug: str, subject: Subject) -> set[WorkId]:
        match subject.kind:
            case SubjectKind.ALL:
                return {work.id for work in self.catalogue.of(BY_SLUG[slug])}
            case SubjectKind.RELEASE:
                release = next(r for r in self.catalogue.releases if r.id == subject.id)
                return {track.work for track in release.tracks}
            case SubjectKind.WORK:
                return {WorkId(subject.id)}
            case SubjectKind.PERSON:
                return set()


def _work(id: WorkId) -> Subject:
    return Subject(SubjectKind.WORK, id)


def script(today: date, catalogue: Catalogue) -> Script:
    """All steps in the order of time."""
    made = Script(today, catalogue, versions=terms(today))
    made.mandates()
    for story in (_mara, _ola, _twin, _ines, _kofi, _rune, _sana, _paper, _hikari, _layla, _aleksi, _others):
        story(made)
    made.steps.sort(key=lambda step: step.at)
    return made


def _mara(s: Script) -> None:
    """Her default refuses training and her voice; Night Ferry and Norrsken have answers of their own."""
    named = s.catalogue.named
    s.refuse("mara", "artist", 700, use=Family.TRAINING)
    person = Subject(SubjectKind.PERSON, BY_SLUG["mara"].id)
    s.refuse("mara", "artist", 699, person, Family.VOICE_LIKENESS)
    s.refuse("mara", "artist", 640, s.release("Kitchen Tapes"))
    s.refuse("mara", "artist", 600, s.release("Small Rooms"))
    night_ferry = s.works_on("Night Ferry")
    s.allow("mara", "artist", 500, night_ferry, (HARMONIA,), (Use.TRAIN_GENERATIVE, Use.TRAIN_FINETUNE))
    s.allow("mara", "artist", 480, (named("mara", "Salt Lines"),), (HARMONIA, RESEARCH, NORTHLIGHT))
    s.allow("mara", "artist", 478, (named("mara", "Two Candles"),), (HARMONIA, RESEARCH, NORTHLIGHT))
    stems = (Use.GEN_STEMS, Use.GEN_REMIX)
    for title in ("Driftwood Hours", "Letters from the Pier"):
        s.allow("mara", "manager", 470 - len(title), s.works_on(title)[:8], (OPENSTEM,), stems)
    s.allow("mara", "manager", 37, s.works_on("Driftwood Hours")[:8], (OPENSTEM,), stems)
    s.allow("mara", "manager", 35, s.works_on("Letters from the Pier")[:6], (OPENSTEM,), stems)
    norrsken = (
        named("mara", "Norrsken"),
        named("mara", "Norrsken", "Instrumental"),
        named("mara", "First Thaw"),
    )
    birch = named("mara", "Birch")
    s.allow("mara", "artist", 250, (*norrsken, birch))
    s.refuse("mara", "artist", 172, _work(named("mara", "Lantern Year")))
    s.refuse("mara", "artist", 120, _work(named("mara", "Glasshouse")))
    s.allow("mara", "artist", 36, (*norrsken, named("mara", "Salt Lines")), (OPENSTEM,))
    s.refuse("mara", "manager", 30, _work(named("mara", "Harbour Lights")), Family.GENERATION)
    # The conflict: the manager answers from what was there two days ago, the artist refused yesterday.
    cold = named("mara", "Cold Water Choir")
    s.stale = s.decision("mara", "manager", 2, _work(cold), NORTHLIGHT, Use.GEN_COVER, Stance.ALLOW)
    s.refuse("mara", "artist", 1, _work(cold), Family.GENERATION)


def _ola(s: Script) -> None:
    """A no to everything that keeps one album for research."""
    kept = s.allow("ola", "artist", 620, s.works_on("Hemväg"), (RESEARCH,))
    s.refuse("ola", "artist", 600, keeps=kept)


def _twin(s: Script) -> None:
    """A wish against the major, and an album whose contract gives a say."""
    s.refuse("twin", "artist", 250, s.release("Afterglow Hotel"))
    others = _other_releases(s, "twin")
    s.refuse("twin", "manager", 330, _release(others[0]), Family.GENERATION)
    s.refuse("twin", "artist", 329, _release(others[1]))
    lights = s.works_on("Two Lights")
    s.allow("twin", "artist", 200, lights[:3], songs=False)
    s.allow("twin", "artist", 34, lights[:3], (OPENSTEM,), songs=False)


def _ines(s: Script) -> None:
    """The manager proposes; one single waits for her signature."""
    s.refuse("ines", "artist", 400, use=Family.VOICE_LIKENESS)
    s.allow("ines", "manager", 10, s.works_on("Maré Alta"))


def _kofi(s: Script) -> None:
    """Proposals signed, declined and open."""
    signed = s.allow("kofi", "manager", 350, (s.catalogue.named("kofi", "Waltz for Abena"),), (NORTHLIGHT,))
    s.answer("kofi", 346, signed, signs=True)
    declined = s.allow("kofi", "manager", 150, (s.catalogue.named("kofi", "Osu Market"),), (NORTHLIGHT,),
                       (Use.GEN_MASHUP,), songs=False)  # fmt: skip
    s.answer("kofi", 141, declined, signs=False)
    s.refuse("kofi", "manager", 14, use=Family.FURTHER)
    s.refuse("kofi", "artist", 500, _release(_other_releases(s, "kofi")[0]))


def _rune(s: Script) -> None:
    s.refuse("rune", "artist", 720)


def _sana(s: Script) -> None:
    """Answers with an end: some have passed it, some come near."""
    past = Conditions(until=days_before(s.today, 5))
    near = Conditions(until=days_before(s.today, -24))
    shaam = (s.catalogue.named("sana", "شام کا سفر"),)
    s.allow("sana", "manager", 370, shaam, (HARMONIA, RESEARCH, NORTHLIGHT), conditions=near)
    kites = (s.catalogue.named("sana", "Paper Kites"), s.catalogue.named("sana", "Paper Kites", "Live"))
    s.allow("sana", "manager", 371, kites, (HARMONIA, RESEARCH, NORTHLIGHT), conditions=past)
    s.allow("sana", "manager", 38, kites, (OPENSTEM,), conditions=past)
    s.allow("sana", "manager", 37, shaam, (OPENSTEM,), conditions=near)


def _paper(s: Script) -> None:
    """Objections where no licence is known."""
    s.refuse("paper", "manager", 420, s.release("Windfall"))
    for place, release in enumerate(_other_releases(s, "paper")[:2]):
        s.refuse("paper", "manager", 418 - place, _release(release))


def _hikari(s: Script) -> None:
    """A yes on conditions: until a day, in some places, at a rate that nobody offers."""
    album = s.works_on("七月の灯台")
    until = Conditions(until=days_before(s.today, -300))
    s.allow("hikari", "manager", 390, album[:3], (HARMONIA, RESEARCH, NORTHLIGHT), conditions=until)
    s.allow("hikari", "manager", 33, album[:3], (OPENSTEM,), conditions=until)
    dear = Conditions(minimum_rate=Decimal("0.50"), rate_currency="USD")
    s.allow("hikari", "manager", 32, album[3:], conditions=dear)
    s.allow("hikari", "artist", 180, (_other_works(s, "hikari")[0],), (HARMONIA,),
            (Use.TRAIN_GENERATIVE,), Conditions(walled_garden_only=True, no_style_prompts=True))  # fmt: skip
    s.refuse("hikari", "artist", 410, use=Family.VOICE_LIKENESS)


def _layla(s: Script) -> None:
    """She let her manager answer for her voice as well."""
    s.allow_person("layla", "manager", 380, Use.TRAIN_VOICE)
    s.allow_person("layla", "manager", 379, Use.GEN_VOICE, Conditions(no_style_prompts=True))
    person = Subject(SubjectKind.PERSON, BY_SLUG["layla"].id)
    s.refuse("layla", "artist", 378, person, Use.GEN_STYLE)
    s.allow("layla", "manager", 260, s.works_on("Layl"), (HARMONIA,))
    for place, release in enumerate(_other_releases(s, "layla")[:1]):
        s.refuse("layla", "manager", 255 - place, _release(release))


def _aleksi(s: Script) -> None:
    album = s.works_on("Raja")
    s.allow("aleksi", "manager", 560, album, (HARMONIA, RESEARCH, NORTHLIGHT))
    s.allow("aleksi", "manager", 35, album, (OPENSTEM,))
    s.refuse("aleksi", "manager", 190, s.release("Night Depot Remixes"))
    for place, release in enumerate(_other_releases(s, "aleksi")[:3]):
        s.refuse("aleksi", "manager", 188 - place, _release(release))


def _others(s: Script) -> None:
    """Zoë, Sólveig and the duo."""
    house = s.works_on("Zomerhuis")
    s.allow("zoe", "manager", 600, house, (HARMONIA, RESEARCH))
    releases = _other_releases(s, "zoe")
    for place, release in enumerate(releases[:4]):
        s.refuse("zoe", "manager", 560 - place, _release(release))
    s.refuse("zoe", "artist", 300, _release(releases[4]), Family.GENERATION)
    s.clear("zoe", "artist", 280, _release(releases[4]), Family.GENERATION)
    s.refuse("solveig", "artist", 950, use=Family.FURTHER)
    s.refuse("solveig", "artist", 949, use=Family.VOICE_LIKENESS)
    lava = s.works_on("Hraunljóð")
    s.allow("solveig", "artist", 520, lava, (HARMONIA, RESEARCH, NORTHLIGHT))
    s.allow("solveig", "artist", 31, lava, (OPENSTEM,))
    for place, release in enumerate(_other_releases(s, "solveig")[:3]):
        s.refuse("solveig", "artist", 410 - place, _release(release))
    for place, release in enumerate(_other_releases(s, "marisma")[:4]):
        s.refuse("marisma", "manager", 230 - place, _release(release))


def _release(id: str) -> Subject:
    return Subject(SubjectKind.RELEASE, id)


def _other_releases(s: Script, slug: str) -> list[str]:
    """An artist's releases beyond the ones that have a story of their own, oldest first."""
    from_story = {"Afterglow Hotel", "Two Lights", "Maré Alta", "Windfall", "七月の灯台", "Layl", "Raja",
                  "Night Depot Remixes", "Zomerhuis", "Hraunljóð", "Two Rivers Suite", "Shaam"}  # fmt: skip
    act: Act = BY_SLUG[slug]
    own = [r for r in s.catalogue.releases if act.id in r.artists and r.title not in from_story]
    return [release.id for release in sorted(own, key=lambda r: r.released_on or date.max)]


def _other_works(s: Script, slug: str) -> list[WorkId]:
    releases = set(_other_releases(s, slug))
    return [
        track.work
        for release in s.catalogue.releases
        if release.id in releases
        for track in release.tracks
        if s.catalogue.works[track.work].kind is WorkKind.RECORDING
    ]
