"""Trouble with signing in to a service, one sentence each. Whatever it is, the queue stays."""

from __future__ import annotations

from artist_console.domain.problems import AuthorityProblem, NetworkProblem, Problem, SetupProblem


class DeviceRevoked(AuthorityProblem):
    """Somebody took this computer off the list of devices: nothing more is sent by this sign-in."""

    title_template = "{host} no longer lets this computer in: it was taken off the list of devices"
    advice_template = (
        "What waits stays here and can be exported. Sign in again to send it, unless somebody else has this"
        " account"
    )


class SignInNotKept(NetworkProblem):
    """The renewed sign-in could not be stored, so the former one stays in use."""

    title_template = "{host} renewed the sign-in, and it was not kept. {why}"
    advice_template = "Unlock the keyring of this computer; what waits is kept and sent again by itself"


class SignInNotRead(NetworkProblem):
    """The sign-in is in a keyring that does not give it out now."""

    title_template = "{host} needs a sign-in that cannot be had now. {why}"
    advice_template = "Unlock the keyring of this computer; what waits is kept and sent again by itself"


class SignInStopped(Problem):
    """The person stopped it. Not a fault: whoever shows problems may leave this one out."""

    title_template = "Signing in was stopped"
    advice_template = "Nothing was changed"


class SignInDenied(AuthorityProblem):
    title_template = "{host} was told in the browser that you declined"
    advice_template = "Nothing was changed. Try again, and confirm it there"


class SignInRanOut(AuthorityProblem):
    title_template = "{host} was not told in time that you confirm the sign-in"
    advice_template = "Try again, and confirm it in the browser"


class SignInFailed(AuthorityProblem):
    """The service refused what its own browser page had confirmed."""

    title_template = "{host} did not complete the sign-in ({error})"
    advice_template = "Try again; if it stays so, tell whoever runs the service"


class NoBrowser(SetupProblem):
    title_template = "No browser could be opened on this computer"
    advice_template = "Sign in with a code on another device instead"


class NoPortForBrowser(SetupProblem):
    title_template = "This computer does not let the browser answer the application"
    advice_template = "Sign in with a code on another device instead"


class NoSignInThere(NetworkProblem):
    title_template = "{host} is no service of Artist Console"
    advice_template = "Check the address; nothing was sent"


class OtherIssuer(NetworkProblem):
    """RFC 8414, 3.3: the metadata must be those of the address that was asked."""

    title_template = "{host} says that it is another service: {said}"
    advice_template = "Check the address, or ask whoever runs the service for the right one"


class WayNotOffered(NetworkProblem):
    title_template = "{host} does not offer this way of signing in"
    advice_template = "Use another one"


class ProxyRefused(NetworkProblem):
    title_template = "{host} cannot be reached: the proxy of this network does not let it"
    advice_template = "Check its address and sign-in in the settings of this computer"


class CertificatesUnreadable(SetupProblem):
    """REQUESTS_CA_BUNDLE or SSL_CERT_FILE names what is no list of certificates."""

    title_template = "The certificates in {name}, which {variable} names, cannot be read"
    advice_template = "Correct the setting, or remove it to use the certificates of this computer"
