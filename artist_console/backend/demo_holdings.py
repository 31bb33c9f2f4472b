"""Who holds which right of what in the sample world, and who controls what can be licensed.

Most splits add up. Some disagree between two sources, one misses a share, some works have nobody recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from artist_console.backend.demo_catalogue import Catalogue
from artist_console.backend.demo_identity import at, chance, days_before, ident
from artist_console.backend.demo_people import (
    BY_SLUG,
    ROSTER,
    Act,
    Deal,
    Songs,
    party_id,
    person_slug,
)
from artist_console.domain.ids import FactId, PartyId
from artist_console.domain.parties import WHOLE_BP, Stakeholder, Standing
from artist_console.domain.periods import Period, Recorded
from artist_console.domain.programmes import Control
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Right
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work

CONTRACT = {
    Deal.LABEL_ASKS: "Recording agreement, clause 14.3",
    Deal.MAJOR: "Recording agreement 2016, clause 9.1",
    Deal.MAJOR_APPROVAL: "Recording agreement 2024, clause 11.2",
    Deal.IMPRINT: "Recording agreement 2018, clause 9.1",
    Deal.DISTRIBUTOR: "Distribution agreement, clause 3",
    Deal.DIRECT: "Own recordings; no contract gives them away",
}


@dataclass
class Holdings:
    """Rows about rights."""

    stakeholders: list[Stakeholder] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)


def holdings(today: date, catalogue: Catalogue) -> Holdings:
    made = Holdings()
    recorded = Recorded(at(days_before(today, 1200)))
    for work in catalogue.works.values():
        act = next(act for act in ROSTER if act.id == work.artists[0])
        maker = _Maker(act, work, catalogue, recorded, made)
        if work.kind is WorkKind.RECORDING:
            maker.recording()
        else:
            maker.song()
    _odd_splits(catalogue, made)
    _a_right_that_came_back(today, catalogue, made)
    for act in ROSTER:
        for person in act.members or (act.name,):
            id = party_id(person_slug(person)) if act.members else act.id
            made.stakeholders += _person(id, recorded)
    return made


def _person(id: PartyId, recorded: Recorded) -> Iterator[Stakeholder]:
    """Voice, name and image are the person's own."""
    for right in (Right.VOICE, Right.LIKENESS):
        fact = FactId(ident("stake", id, id, right.value))
        yield Stakeholder(fact, id, id, right, Standing.PERSONAL, recorded, None, source="The person")


def deal_of(act: Act, work: Work, catalogue: Catalogue) -> Deal:
    """A later contract of Twin Harbours gives them a say about what came out under it."""
    if act.deal is Deal.MAJOR:
        later = {track.work for track in catalogue.release("Two Lights").tracks}
        return Deal.MAJOR_APPROVAL if work.id in later else Deal.MAJOR
    return act.deal


class _Maker:
    """The rows of one work."""

    def __init__(
        self, act: Act, work: Work, catalogue: Catalogue, recorded: Recorded, into: Holdings
    ) -> None:
        self.act, self.work, self.catalogue, self.recorded, self.into = act, work, catalogue, recorded, into

    def _stake(
        self,
        party: PartyId,
        right: Right,
        standing: Standing,
        share: int | None,
        source: str,
    ) -> None:
        id = FactId(ident("stake", party, self.work.id, right.value))
        row = Stakeholder(id, party, self.work.id, right, standing, self.recorded, share, source=source)
        self.into.stakeholders.append(row)

    def _control(
        self,
        licensor: PartyId,
        right: Right,
        share: int = WHOLE_BP,
        label: str = "",
        member: PartyId | None = None,
    ) -> None:
        id = FactId(ident("control", licensor, self.work.id, right.value))
        row = Control(id, licensor, self.work.id, right, share, self.recorded, label, through_member=member)
        self.into.controls.append(row)

    def recording(self) -> None:
        """The master: who owns it, what the artist's word is worth, who licenses it."""
        if self.work.unreleased:
            self._stake(self.act.id, Right.MASTER, Standing.CONTROLS, WHOLE_BP, "Never released")
            return
        deal = deal_of(self.act, self.work, self.catalogue)
        source = CONTRACT.get(deal, "")
        match deal:
            case Deal.LABEL_ASKS:
                label = party_id("fieldnote" if self.act.label == "Fieldnote Records" else "smallhours")
                self._stake(label, Right.MASTER, Standing.CONTROLS, WHOLE_BP, "Label copy")
                for artist in self.work.artists:
                    self._stake(artist, Right.MASTER, Standing.APPROVES, None, source)
                self._control(party_id("kindred"), Right.MASTER, label=self.act.label, member=label)
            case Deal.MAJOR | Deal.MAJOR_APPROVAL | Deal.IMPRINT:
                standing = Standing.APPROVES if deal is Deal.MAJOR_APPROVAL else Standing.WISH
                self._stake(party_id("meridian"), Right.MASTER, Standing.CONTROLS, WHOLE_BP, "Label copy")
                self._stake(self.act.id, Right.MASTER, standing, None, source)
                imprint = "Meridian Two" if deal is Deal.MAJOR_APPROVAL else self.act.label
                self._control(party_id("meridian"), Right.MASTER, label=imprint)
            case Deal.DISTRIBUTOR | Deal.DIRECT:
                self._stake(self.act.id, Right.MASTER, Standing.CONTROLS, WHOLE_BP, source)
                licensor = party_id("slipway") if deal is Deal.DISTRIBUTOR else self.act.id
                self._control(licensor, Right.MASTER, label=self.act.label)
            case Deal.UNKNOWN:
                self._stake(self.act.id, Right.MASTER, Standing.UNKNOWN, None, "")

    def song(self) -> None:
        """Composition and lyrics: the artist's part, the co-writers' parts, and who exercises them."""
        others = self.catalogue.writers.get(self.work.id, ())
        artists = self.work.artists
        each = WHOLE_BP // (len(artists) + len(others))
        own = WHOLE_BP - each * (len(artists) + len(others) - 1)
        for right in (Right.COMPOSITION, Right.LYRICS):
            shares = [own, *[each] * (len(artists) + len(others) - 1)]
            for party, share in zip((*artists, *others), shares, strict=True):
                self._song_part(party, right, share, is_own=party in artists)

    def _song_part(self, party: PartyId, right: Right, share: int, *, is_own: bool) -> None:
        whole = share == WHOLE_BP
        holding = Standing.CONTROLS if whole else Standing.SHARES
        source = "Works registration"
        match self.act.songs:
            case Songs.PUBLISHER_ASKS:
                # Outside co-writers of these songs are with the society, which exercises their part.
                standing = holding if is_own else Standing.THROUGH_BODY
                self._stake(party, right, standing, share, source)
                self._share_of(party_id("lantern"), right, share)
            case Songs.MAJOR_PUBLISHER:
                self._stake(party, right, Standing.THROUGH_BODY, share, "Publishing agreement 2016, clause 4")
                self._share_of(party_id("meridiansongs"), right, share)
            case Songs.QUIET_PUBLISHER:
                self._stake(party, right, Standing.THROUGH_BODY, share, "Publishing agreement, clause 2")
                self._share_of(party_id("brightmoor"), right, share)
            case Songs.SOCIETY:
                self._stake(party, right, Standing.THROUGH_BODY, share, "Society membership")
                self._share_of(party_id("tonverein"), right, share)
            case Songs.DISTRIBUTOR:
                self._stake(party, right, holding, share, source)
                self._share_of(party_id("slipway"), right, share)
            case Songs.OWN:
                self._stake(party, right, holding, share, source)
                self._share_of(self.act.id if is_own else party, right, share)
            case Songs.UNKNOWN:
                self._stake(party, right, Standing.UNKNOWN, None, "")

    def _share_of(self, licensor: PartyId, right: Right, share: int) -> None:
        """Add a share to what a licensor controls of this right."""
        id = FactId(ident("control", licensor, self.work.id, right.value))
        if self.into.controls and self.into.controls[-1].id == id:
            share += self.into.controls.pop().share_bp
        self._control(licensor, right, share)


def _odd_splits(catalogue: Catalogue, made: Holdings) -> None:
    """Splits that do not add up or that two sources tell differently; a right of nobody; one place apart."""
    names = (("zoe", "missing", 9_500), ("solveig", "too_much", 10_750), ("hikari", "disputed", WHOLE_BP))
    for slug, what, total in names:
        songs = [w for w in catalogue.of(BY_SLUG[slug]) if w.kind is WorkKind.COMPOSITION]
        for song in chance("odd", slug).sample(songs[4:], 5):
            rows = [r for r in made.stakeholders if r.subject == song.id and r.share_bp is not None]
            for row in rows:
                if row.party != BY_SLUG[slug].id or row.share_bp is None:
                    continue
                others = sum(r.share_bp or 0 for r in rows if r.right is row.right and r is not row)
                disputed = what == "disputed"
                source = "Two registrations of this song disagree" if disputed else row.source
                changed = replace(row, share_bp=total - others, source=source, disputed=disputed)
                made.stakeholders[made.stakeholders.index(row)] = changed
    silent = [w for w in catalogue.of(BY_SLUG["aleksi"]) if w.kind is WorkKind.COMPOSITION][5]
    made.stakeholders[:] = [
        r for r in made.stakeholders if not (r.subject == silent.id and r.right is Right.LYRICS)
    ]
    released = [w for w in catalogue.of(BY_SLUG["zoe"]) if w.kind is WorkKind.RECORDING and w.year]
    shared = released[5]
    made.controls[:] = [
        replace(row, territories=Territories(("DK", "NO", "SE"))) if row.work == shared.id else row
        for row in made.controls
    ]


def _a_right_that_came_back(today: date, catalogue: Catalogue, made: Holdings) -> None:
    """Ola had no say about one recording when she allowed it; since her contract was amended she has."""
    work = catalogue.release("Hemväg").tracks[0].work
    for row in [r for r in made.stakeholders if r.subject == work and r.party == BY_SLUG["ola"].id]:
        before = replace(
            row,
            id=FactId(ident("stake", row.party, work, row.right.value, "before")),
            standing=Standing.WISH,
            source="Recording agreement, before it was amended",
            period=Period(until=days_before(today, 421)),
        )
        made.stakeholders[made.stakeholders.index(row)] = replace(
            row, period=Period(since=days_before(today, 420))
        )
        made.stakeholders.append(before)
