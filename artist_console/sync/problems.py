"""Trouble between this computer and a service, one sentence each. Nothing is lost by any of them."""

from __future__ import annotations

from artist_console.domain.problems import AuthorityProblem, InputProblem, NetworkProblem, UnknownThing


class Unreachable(NetworkProblem):
    title_template = "{host} cannot be reached"
    advice_template = "You can keep working; what waits is sent when the connection is back"


class NotSecure(NetworkProblem):
    title_template = "{host} cannot be reached securely, so nothing was sent"
    advice_template = "Check the date of this computer and the address of the service"


class Nonsense(NetworkProblem):
    title_template = "{host} answered something that makes no sense: {what}"
    advice_template = "Check the address, or whether this network asks you to sign in first; nothing was sent"


class TooSlow(Unreachable):
    """It was reached, and its answer took longer than is waited for."""


class EndedEarly(Unreachable):
    """Its answer ended before it was whole."""


class CertificateExpired(NotSecure):
    """Its certificate has run out, or begins later, by the date of this computer."""


class CertificateOfAnother(NotSecure):
    """Its certificate is for another host."""


class TooLarge(Nonsense):
    """Its answer is larger than is read."""


class NotUnpacked(Nonsense):
    """Its answer is packed in a way that does not unpack."""


class LeadsNowhere(Nonsense):
    """It leads to something that is no address."""


class ServiceFailed(NetworkProblem):
    title_template = "{host} had a problem of its own (error {status})"
    advice_template = "What waits is kept and sent again later"


class NoRoomThere(NetworkProblem):
    title_template = "{host} cannot put the file by"
    advice_template = "{detail}"


class ServiceBusy(NetworkProblem):
    """The service asks to wait. `retry_after_s` None: it does not say how long."""

    title_template = "{host} asks to try again later"
    advice_template = "What waits is kept and sent again by itself"

    retry_after_s: float | None = None


class OtherVersion(NetworkProblem):
    title_template = "{host} speaks another version ({found}) than this application ({known})"
    advice_template = "Install the current version of Artist Console; nothing was sent"


class ClientTooOld(NetworkProblem):
    """The service takes nothing from a version as old as this one."""

    title_template = "{host} needs Artist Console {needed} or newer; this is {found}"
    advice_template = "Install the current version; what waits stays here and is sent then"


class RegistersDiffer(NetworkProblem):
    """Both sides hold the same ledger and read it differently, also after everything was fetched anew."""

    title_template = "{host} reads the same ledger differently from this application"
    advice_template = "Install the current version of Artist Console, or tell whoever runs the service"


class CursorExpired(NetworkProblem):
    """The place in the feed is no longer known; a snapshot is taken instead."""

    title_template = "{host} no longer knows where this computer left off"
    advice_template = "Synchronise again; everything is fetched anew"


class StreamRefused(NetworkProblem):
    """The service knows another stream than this journal: a gap, or another decision in its place."""

    title_template = "{host} knows less of what was sent, or other things"
    advice_template = "Synchronise again; everything is sent once more, and nothing counts twice"

    forked: bool = False  # another decision stands in its place, rather than none


class LedgerBroken(NetworkProblem):
    title_template = "The ledger that {host} sent does not follow from what it sent before (entry {n})"
    advice_template = "Nothing of it was taken over. Tell whoever runs the service"


class SignInAgain(AuthorityProblem):
    title_template = "{host} no longer knows this sign-in"
    advice_template = "Sign in again; what waits stays here until then"


class CodeNotGood(AuthorityProblem):
    title_template = (
        "{host} does not accept this one-time code: it is mistyped, was used already or has run out"
    )
    advice_template = "Check it, or ask whoever runs the service for a new one"


class NotAllowed(AuthorityProblem):
    title_template = "{host} does not let this account do that"
    advice_template = "{detail}"


class NotFound(UnknownThing):
    title_template = "{host} does not know it, or it is not open to this account"
    advice_template = "Synchronise, then look again"


class RequestRefused(InputProblem):
    """The service cannot take what was sent to it. `malformed`: it could not be read."""

    title_template = "{host} did not take it: {detail}"
    advice_template = ""

    malformed: bool = False
