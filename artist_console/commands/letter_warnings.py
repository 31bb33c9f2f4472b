"""What whoever writes a letter is told before it is kept; none of it stands in the letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from artist_console.commands.letter_signers import Signer
from artist_console.domain.addressees import Addressee, Contact, ContactPurpose
from artist_console.domain.contracts import Contract, contract_in_words
from artist_console.domain.letter_sender import Sender
from artist_console.domain.phrases import Sentence, day_in_words, say

# A contact changes seldom; after half a year it is worth another look.
CONTACT_DAYS = 183
_LONGEST_CLAUSE = 300  # signs that are shown of it

NO_CONTACT = "No contact of {addressee} is known: look it up and add it before you send this."
ONLY_FOR = (
    "The only contact of {addressee} that is known is for {what}. This letter is addressed to the"
    " organisation, without an e-mail address: look up another contact, or choose that one yourself."
)
NOT_FOR_THAT = "{addressee} names no contact for {what}, so another was taken."
FORM_ONLY = "{addressee} names a form for this: {form}"
NOT_LOOKED_UP = "Nobody has looked up the contact of {addressee} here: check it before you send this."
LONG_AGO = "The contact of {addressee} was last looked up on {day}: check it before you send this."
CLAUSE = "{contract} says of writing to others directly: “{words}”. Read it before you send this."
NO_ADDRESS = (
    "The letter has no address of yours: whoever reads it does not know where to answer. Note it once, with"
    " the sender’s details."
)
NO_ADDRESS_OF = (
    "The letter has no address of {artist}, who signs it: whoever reads it does not know where to answer."
    " Note it once, with the sender’s details."
)
NO_COUNTRY = "The address of the sender has no country: an answer from abroad would not find it."
IN_PERSON = "{artist} signs this letter in person."
MEMBER_SIGNS = "{member} signs this letter in person, as a member of {artist}."
MEMBER_OR = "{member} signs this letter in person, as a member of {artist}. {others} could sign it too."
NO_TIE = "Nothing recorded here connects {artist} with {addressee}."
DAY_OVER = "The day until which one could answer or object is over: {day}."
ENCLOSED = "It names {count} works in a list of its own, {file}, which goes along."
LONG_LIST = "This letter lists {count} works. With the list of works as a file of its own it is short."
NOT_OFFERED = "{what} does not go along with this kind of letter."
# These tell how it is and ask for nothing.
ONLY_TOLD = frozenset({IN_PERSON, MEMBER_SIGNS, MEMBER_OR, ENCLOSED})

FOR_WHAT = {
    ContactPurpose.COPYRIGHT: "notices of copyright",
    ContactPurpose.PRIVACY: "personal data",
    ContactPurpose.LICENSING: "licences",
    ContactPurpose.ROYALTIES: "statements and payments",
    ContactPurpose.MEMBERS: "its own members",
    ContactPurpose.GENERAL: "everything",
}


def about_sender(sender: Sender | None, artist_name: str, for_another: bool) -> Iterator[Sentence]:
    """`for_another`: the artist signs what somebody else writes here."""
    if sender is None or not sender.can_be_answered:
        yield say(NO_ADDRESS_OF, artist=artist_name) if for_another else say(NO_ADDRESS)
    elif sender.postal and not sender.country:
        yield say(NO_COUNTRY)


def about_signer(signer: Signer | None, artist_name: str) -> Iterator[Sentence]:
    if signer is None:
        return
    if not signer.others:
        yield say(MEMBER_SIGNS, member=signer.name, artist=artist_name)
    else:
        yield say(MEMBER_OR, member=signer.name, artist=artist_name, others=" or ".join(signer.others))


def about_contact(
    addressee: Addressee, contact: Contact | None, today: date, wished: ContactPurpose | None = None
) -> Iterator[Sentence]:
    """`wished`: what the person wants the contact to be for."""
    if contact is None:
        narrow = list(dict.fromkeys(FOR_WHAT[each.purpose] for each in addressee.contacts))
        if narrow:
            yield say(ONLY_FOR, addressee=addressee.name, what=" and ".join(narrow))
        else:
            yield say(NO_CONTACT, addressee=addressee.name)
        return
    if wished is not None and contact.purpose is not wished:
        yield say(NOT_FOR_THAT, addressee=addressee.name, what=FOR_WHAT[wished])
    if contact.form and not contact.email and not contact.postal:
        yield say(FORM_ONLY, addressee=addressee.name, form=contact.form)
    if contact.checked_on is None:
        # Without a source the person wrote it down, and knows.
        if contact.source:
            yield say(NOT_LOOKED_UP, addressee=addressee.name)
    elif (today - contact.checked_on).days > CONTACT_DAYS:
        yield say(LONG_AGO, addressee=addressee.name, day=day_in_words(contact.checked_on))


def about_contracts(
    contracts: Iterable[tuple[Contract, str]], addressee: Addressee, today: date
) -> Iterator[Sentence]:
    """Contracts in force with the names of their other sides, but for one with the addressee itself."""
    for contract, name in contracts:
        clause = " ".join(contract.writing_clause.split())
        ended = contract.period.until is not None and contract.period.until < today
        is_with = addressee.party == contract.other_side or name.casefold() == addressee.name.casefold()
        if not clause or ended or is_with:
            continue
        shown = clause if len(clause) <= _LONGEST_CLAUSE else f"{clause[: _LONGEST_CLAUSE - 1]}…"
        yield say(CLAUSE, contract=contract_in_words(contract, name), words=shown)
