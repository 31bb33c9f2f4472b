"""Drafts the letters of one wish: the facts are read once, then each artist and addressee makes a letter."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from artist_console.commands import letter_warnings as told
from artist_console.commands.authority import mandates_known
from artist_console.commands.console import Console
from artist_console.commands.law import law_sentences
from artist_console.commands.letter_attachments import Attachments, Draw
from artist_console.commands.letter_drafts import Draft, LetterWish
from artist_console.commands.letter_places import is_on_record
from artist_console.commands.letter_record import against_the_record, facts_as_decided
from artist_console.commands.letter_sender import own_sender, sender_of
from artist_console.commands.letter_sides import ArtistSide, NoSide, read_side
from artist_console.commands.letter_templates import letter_words
from artist_console.commands.letter_ties import is_connected
from artist_console.commands.letter_values import (
    answer_to,
    postal_lines,
    read_given,
    recorded_texts,
    sender_lines,
)
from artist_console.commands.letter_works import ChosenWorks, choose_works, known_works, personal_standing
from artist_console.commands.letter_writers import capacity_for
from artist_console.commands.letter_yeses import (
    OWN_WORDS,
    PERSON_ALLOWED,
    SAYS_NO,
    NoSaid,
    forbidden,
    no_said,
    read_yeses,
    refused_since,
    spoken_of,
)
from artist_console.domain.addressees import Addressee, AddresseeKind, Contact, Repertoire
from artist_console.domain.cases import Case
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId
from artist_console.domain.law import EU, EU_MEMBERS
from artist_console.domain.letter_kinds import Attach, Capacity, Language, LetterKind
from artist_console.domain.letter_needs import one_line
from artist_console.domain.letter_sender import Sender
from artist_console.domain.letter_templates import AboutWhat, Placeholder, SignedBy, Template
from artist_console.domain.letter_text import MOST_LISTED, Lacks, LetterFacts, compose
from artist_console.domain.letter_words import LetterWords
from artist_console.domain.letters import Letter
from artist_console.domain.parties import Standing
from artist_console.domain.payment_directions import direction_fault
from artist_console.domain.phrases import Sentence, day_in_words, say
from artist_console.domain.problems import InputProblem
from artist_console.domain.territories import ISO_COUNTRIES
from artist_console.domain.uses import Use
from artist_console.store import mirror

WRONG_ADDRESSEE = "This letter is not for {addressee}. It is for {kinds}."
_KINDS = {
    AddresseeKind.OPERATOR: "an operator",
    AddresseeKind.LABEL: "a label",
    AddresseeKind.PUBLISHER: "a publisher",
    AddresseeKind.DISTRIBUTOR: "a distributor",
    AddresseeKind.SOCIETY: "a society",
    AddresseeKind.LICENSING_BODY: "a licensing body",
    AddresseeKind.PERSON: "a person, such as a co-writer",
    AddresseeKind.OTHER: "another organisation",
}


class NotACountry(InputProblem):
    title_template = "“{text}” is not a country code"
    advice_template = "Use two letters such as SE or GB, or leave it empty"


@dataclass(frozen=True, slots=True)
class _Meant:
    """One letter before its words."""

    side: ArtistSide
    addressee: Addressee
    chosen: ChosenWorks
    standing: Standing
    capacity: Capacity
    language: Language
    country: str
    no: NoSaid  # of a letter that says no; of any other what it lists


class Drafting:
    """One run. Raises InputProblem or UnknownThing for a wish that makes no sense for anybody."""

    def __init__(
        self,
        console: Console,
        wish: LetterWish,
        template: Template,
        case: Case | None,
        draw: Draw | None,
        told_in: Language,
    ) -> None:
        self._console, self._wish, self._template, self._case = console, wish, template, case
        self._now: datetime = console.clock()
        self._facts: FactBook = mirror.facts(console.store, self._now)
        self._words = letter_words()
        self._told_in = told_in
        self._given = read_given(wish.values)
        self._named = known_works(wish.works, self._facts)
        self._attach = frozenset(wish.attach & set(template.attach))
        self._draw = draw
        self._attachments = Attachments(console, self._facts, draw)
        self._mandates = mandates_known(console)
        self._chosen: dict[tuple[object, ...], ChosenWorks | Sentence] = {}
        if wish.country and wish.country not in ISO_COUNTRIES:
            raise NotACountry(text=wish.country)

    def side(self, artist: ArtistId) -> ArtistSide | NoSide:
        """Read what the letters of one artist share."""
        return read_side(
            self._console,
            facts_as_decided(self._console, artist, self._now, self._mandates),
            self._wish,
            self._template,
            self._case,
            self._mandates,
            artist,
            self._given.places,
        )

    def draft(self, side: ArtistSide | NoSide, addressee: Addressee) -> Draft | Sentence:
        """One letter, or why it cannot be written."""
        if isinstance(side, NoSide):
            return side.why_not
        addressee = replace(addressee, name=one_line(addressee.name))
        template, kind = self._template, addressee.kind
        if kind not in (*template.addressees, AddresseeKind.OTHER):
            *some, last = (_KINDS[each] for each in template.addressees)
            kinds = f"{', '.join(some)} or {last}" if some else last
            return say(WRONG_ADDRESSEE, addressee=addressee.name, kinds=kinds)
        spoken = spoken_of(template, self._given, side.about, addressee, side.facts) if self._says_no else ()
        chosen = self._works(side, addressee.is_asked_about, spoken)
        if isinstance(chosen, Sentence):
            return chosen
        if template.kind is LetterKind.LETTER_OF_DIRECTION:
            fault = direction_fault(self._given.texts, self._given.days)
            if fault is not None:
                return fault
        standing = chosen.standing
        if AboutWhat.PERSON in template.about:
            person = side.signer.id if side.signer is not None else side.artist
            standing = personal_standing(person, self._facts, self._now)
        capacity = capacity_for(side.writer, side.name, template, self._wish.capacity, standing)
        if isinstance(capacity, Sentence):
            return capacity
        language = self._wish.language or addressee.language or Language.EN
        country = self._wish.country or addressee.country
        no = self._no_said(side, chosen, spoken)
        if isinstance(no, Sentence):
            return no
        return self._written(_Meant(side, addressee, chosen, standing, capacity, language, country, no))

    def _no_said(self, side: ArtistSide, chosen: ChosenWorks, spoken: tuple[Use, ...]) -> NoSaid | Sentence:
        listed = () if self._in_own_words else self._given.uses or side.about.uses
        if not self._says_no:
            return NoSaid(listed)
        if AboutWhat.PERSON not in self._template.about:
            return no_said(side.yeses, [held.work.id for held in chosen.works], spoken, listed)
        person, yeses = side.artist, side.yeses
        if side.signer is not None:
            person = ArtistId(side.signer.id)
            yeses = read_yeses(person, side.facts, side.about.programme, self._now)
        allowed = yeses.allowed((person,)) & set(spoken)
        if allowed and self._in_own_words:
            return say(OWN_WORDS)
        if allowed >= set(spoken):
            return say(PERSON_ALLOWED, artist=side.name)
        return no_said(yeses, (person,), spoken, listed)

    @property
    def _says_no(self) -> bool:
        return self._template.kind in SAYS_NO

    @property
    def _in_own_words(self) -> bool:
        return Placeholder.USES in self._given.texts

    def _works(self, side: ArtistSide, to: Repertoire, spoken: tuple[Use, ...]) -> ChosenWorks | Sentence:
        key = (side.artist, to, self._wish.capacity, spoken)
        if key not in self._chosen:
            named = self._named or known_works(side.about.works, self._facts)
            ids = [held.work.id for held in side.held]
            self._chosen[key] = choose_works(
                side.held,
                named,
                self._template,
                to,
                self._wish.capacity,
                side.name,
                side.yeses.is_of_works(frozenset(spoken)) if self._says_no else frozenset(),
                forbidden(ids, side.yeses, spoken, self._in_own_words) if self._says_no else {},
            )
        return self._chosen[key]

    def _written(self, meant: _Meant) -> Draft | Sentence:
        template, wish, side = self._template, self._wish, meant.side
        words = self._words[meant.language]
        facts = self._letter_facts(meant, words)
        composed = compose(template, facts, words)
        if isinstance(composed, Lacks):
            return composed.sentence
        works = meant.chosen.works
        files, lacking = self._attachments.files(
            side.artist, side.name, works, wish.about, meant.addressee, self._attached(meant), words
        )
        addressee = meant.addressee
        contact = self._contact(addressee)
        letter = Letter(
            id=self._console.new_id(),
            artist=side.artist,
            kind=template.kind,
            capacity=meant.capacity,
            standing=meant.standing,
            language=meant.language,
            country=meant.country,
            addressee=addressee.id,
            to_name=addressee.name,
            to_email=contact.email if contact is not None else "",
            to_postal=postal_lines(contact, words),
            subject=composed.subject,
            text=composed.text,
            signed_by=composed.signed_by,
            template_version=template.version,
            sources=composed.sources(template),
            checked_on=template.checked_on,
            written_at=self._now,
            works=tuple(held.work.id for held in works),
            attachments=tuple(
                AttachedFile(hashlib.sha256(file.body).hexdigest(), file.name, len(file.body))
                for file in files
            ),
            reply_by=facts.days.get(Placeholder.ANSWER_UNTIL),
            from_lines=sender_lines(self._sender(side), words),
            from_email=sender.email if (sender := self._sender(side)) is not None else "",
        )
        warnings = self._warnings(meant, contact, lacking)
        return Draft(
            letter=letter,
            artist_name=side.name,
            addressee=addressee,
            contact=contact,
            about=wish.about,
            warnings=(*(each.text for each in warnings), *composed.warnings),
            notes=frozenset(each.text for each in warnings if each.template in told.ONLY_TOLD),
            left_out=meant.chosen.left_out,
            attachments=files,
            title=f"{template.name[Language.EN]}: {addressee.name}",
            case=wish.case,
        )

    def _attached(self, meant: _Meant) -> frozenset[Attach]:
        """What goes along: a long list of works by itself, unless the letter is to hold it."""
        is_long = len(meant.chosen.works) > MOST_LISTED and not self._wish.list_in_letter
        if not is_long or self._attach & _LISTS:
            return self._attach
        return self._attach | {Attach.WORKS_CSV if self._draw is None else Attach.WORKS_PDF}

    def _listed_in(self, meant: _Meant, words: LetterWords) -> str:
        """The file that names the works in place of the letter; empty where the letter does."""
        if len(meant.chosen.works) <= MOST_LISTED or self._wish.list_in_letter:
            return ""
        return self._attachments.works_name(words, meant.side.name, self._attached(meant))

    def _sender(self, side: ArtistSide) -> Sender | None:
        """Whose details it bears: what the artist signs in person never bears the manager's."""
        if self._template.signed_by is SignedBy.PERSON and side.writer.mandate is not None:
            return own_sender(self._console, side.artist)
        return sender_of(self._console, side.artist if side.writer.mandate is None else None)

    def _contact(self, addressee: Addressee) -> Contact | None:
        wished = self._wish.contact
        chosen = addressee.contact_of(wished) if wished is not None else None
        return chosen or addressee.contact_for(*self._template.purposes)

    def _letter_facts(self, meant: _Meant, words: LetterWords) -> LetterFacts:
        template, side, country = self._template, meant.side, meant.country
        mandate, today = side.writer.mandate, self._console.today
        sender = self._sender(side)
        texts = {Placeholder.REPLY_TO: answer_to(sender, words)}
        texts |= {**recorded_texts(side.about, words), **self._given.texts}
        if self._given.places is not None:
            texts[Placeholder.TERRITORIES] = words.places(self._given.places)
        if mandate is not None:
            texts[Placeholder.MANDATE] = words.mandate.format(day=words.on(mandate.given_on))
        days = dict(side.about.days)
        if template.reply_days is not None:
            days[Placeholder.ANSWER_UNTIL] = today + timedelta(days=template.reply_days)
        texts |= meant.no.flags
        if meant.no.withdrawn_on is not None:
            days[Placeholder.WITHDRAWN_ON] = meant.no.withdrawn_on
        works = [held.work.id for held in meant.chosen.works]
        if Placeholder.REFUSED_ON in days and template.kind is LetterKind.REMOVAL:
            since = refused_since(side.yeses, works, days.pop(Placeholder.REFUSED_ON))
            days |= {Placeholder.REFUSED_ON: since} if since is not None else {}
        days.update(self._given.days)
        place, reported = texts.get(Placeholder.PLACE, ""), days.get(Placeholder.PLACE_SINCE)
        if template.kind is LetterKind.REMOVAL and is_on_record(
            self._console, side.artist, side.about, works, place, reported
        ):
            texts[Placeholder.PLACE_ON_RECORD] = place
        in_person = template.signed_by is SignedBy.PERSON
        return LetterFacts(
            language=meant.language,
            capacity=meant.capacity,
            standing=meant.standing,
            addressee_name=meant.addressee.name,
            addressee_kind=meant.addressee.kind,
            artist=side.name_in_letter,
            writer=side.name_in_letter if in_person else side.writer.name,
            today=today,
            countries=frozenset({country, EU} if country in EU_MEMBERS else {country} - {""}),
            texts=texts,
            days=days,
            uses=meant.no.uses,
            works=tuple(replace(held.listed, standing=held.standing) for held in meant.chosen.works),
            listed_in=self._listed_in(meant, words),
            law={topic: law_sentences(topic, country) for topic in template.law},
            signs=side.signer.name if side.signer is not None else sender.name if sender is not None else "",
            told_in=self._told_in,
        )

    def _warnings(
        self, meant: _Meant, contact: Contact | None, lacking: tuple[Sentence, ...]
    ) -> tuple[Sentence, ...]:
        side, today, template = meant.side, self._console.today, self._template
        for_another = template.signed_by is SignedBy.PERSON and side.writer.mandate is not None
        found = [
            *told.about_contracts(side.contracts, meant.addressee, today),
            *told.about_contact(meant.addressee, contact, today, self._wish.contact),
            *side.about.notes,
            *lacking,
            *told.about_sender(self._sender(side), side.name, for_another),
        ]
        if for_another and side.signer is None:
            found.append(say(told.IN_PERSON, artist=side.name))
        found += told.about_signer(side.signer, side.name)
        works = [held.work.id for held in meant.chosen.works or side.held]
        if not is_connected(meant.addressee, side.artist, works, side.facts, side.contracts, side.issuers):
            found.append(say(told.NO_TIE, artist=side.name, addressee=meant.addressee.name))
        if side.refused is not None and side.proposed is not None:
            found += against_the_record(
                meant.chosen.works,
                side.facts,
                side.refused,
                side.proposed,
                side.name,
                side.yeses.is_of_works(frozenset(meant.no.kept_out)) if meant.no.kept_out else frozenset(),
            )
        note = meant.no.note(self._words[self._told_in].uses)
        if note is not None:
            found.append(note)
        count = len(meant.chosen.works)
        listed_in = self._listed_in(meant, self._words[meant.language])
        if listed_in:
            found.append(say(told.ENCLOSED, count=f"{count:,}", file=listed_in))
        elif count > MOST_LISTED:
            found.append(say(told.LONG_LIST, count=f"{count:,}"))
        deadline = {**side.about.days, **self._given.days}.get(Placeholder.DEADLINE)
        if deadline is not None and deadline < today:
            found.append(say(told.DAY_OVER, day=day_in_words(deadline)))
        for attach in Attach:
            if attach in self._wish.attach and attach not in template.attach:
                found.append(say(told.NOT_OFFERED, what=_ATTACH[attach]))
        return tuple(found)


_LISTS = frozenset({Attach.WORKS_CSV, Attach.WORKS_PDF})
_ATTACH = {
    Attach.WORKS_CSV: "The list of works as CSV",
    Attach.WORKS_PDF: "The list of works as PDF",
    Attach.RECEIPTS: "A receipt",
    Attach.EVIDENCE: "Evidence",
}
