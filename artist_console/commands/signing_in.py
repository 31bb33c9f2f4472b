"""Signing in to a hosted service and out of it, and the devices of an account. For the network lane.

Nothing of the profile changes before a sign-in is complete: granted, of the account that the profile belongs
to, and kept. A profile is one service and one account; another is refused, and everything stays as it was.
"""

from __future__ import annotations

import contextlib
import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from artist_console.commands.profiles import Profile
from artist_console.commands.service import (
    KeptIn,
    KnownService,
    NoKeyringHere,
    SignInPlace,
    forget_token,
    keyring_of,
    known_service,
    normal_address,
    remember_service,
)
from artist_console.commands.syncing import NotConnected
from artist_console.domain.problems import InputProblem, NetworkProblem, Problem, StorageProblem
from artist_console.formats import accounts, sign_in_wire
from artist_console.host.secret_text import SecretText
from artist_console.store import journal
from artist_console.store import profile as bound
from artist_console.store.opening import Part, Store
from artist_console.store.problems import AnotherAccount
from artist_console.sync import signing_in
from artist_console.sync.api import Api
from artist_console.sync.cancelling import Cancellation
from artist_console.sync.sign_in_problems import DeviceRevoked, SignInStopped
from artist_console.sync.signing_in import AskOnAnotherDevice, AuthorizationServer, Connection
from artist_console.sync.tokens import FixedToken, Granted

__all__ = [
    "AnotherService",
    "AskOnAnotherDevice",
    "Cancellation",
    "Device",
    "DeviceRevoked",
    "KeptIn",
    "NoKeyringHere",
    "OwnService",
    "SignInStopped",
    "SignIns",
    "SignedIn",
    "SignedOut",
    "ThisDevice",
    "WaitingDecisions",
    "Way",
    "WhoRuns",
]

# What travels to a service, and what does not (PROTOCOL, "What leaves for whom").
_CAN_READ = (
    "The answers you give, with your name and the time, and what you import into it",
    "What you share with others there, as those you share it with do",
    "The name of this computer, and when it was last used",
)
_CANNOT_READ = (
    "Contracts, cases, drafts, notes and answers you recorded for others: they stay on this computer",
    "The keys of this profile and its recovery code",
)


class Way(Enum):
    """How to sign in."""

    BROWSER = "browser"
    DEVICE_CODE = "device_code"
    ONE_TIME_CODE = "one_time_code"


_GRANTS = {
    Way.BROWSER: sign_in_wire.AUTHORIZATION_CODE,
    Way.DEVICE_CODE: sign_in_wire.DEVICE_CODE,
    Way.ONE_TIME_CODE: sign_in_wire.ONE_TIME_CODE,
}


@dataclass(frozen=True, slots=True)
class WhoRuns:
    """Whom one is about to connect to. The name is what the service says of itself: plain, unproved text."""

    address: str
    host: str  # what the connection is verified for
    name: str  # empty where it does not say
    can_read: tuple[str, ...]
    cannot_read: tuple[str, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that is complete."""

    account_name: str
    host: str  # who runs the service, as it says
    address: str
    artists: int
    kept_in: KeptIn


@dataclass(frozen=True, slots=True)
class SignedOut:
    """`told`: the service knows it. Where it does not, this computer stays on its list of devices."""

    address: str
    told: bool
    waiting: int  # decisions that wait here for the next sign-in


@dataclass(frozen=True, slots=True)
class Device:
    """One that may act for the account."""

    id: str
    name: str
    signed_in_at: datetime
    last_used_at: datetime
    this_one: bool


class WaitingDecisions(StorageProblem):
    """Signing out with undelivered decisions needs a choice. `count` says how many."""

    title_template = "Decisions that were not sent yet: {n}. Signed out, this computer cannot send them"
    advice_template = "Sync first, or sign out and leave them here for the next sign-in to the same account"

    @property
    def count(self) -> int:
        return int(str(self.fields["n"]))


class AnotherService(StorageProblem):
    title_template = "This profile belongs to {known}, and what waits here goes nowhere else"
    advice_template = "Use another profile to connect to {other}; nothing was changed"


class OwnService(StorageProblem):
    title_template = "This profile keeps its music in a private service on this computer"
    advice_template = "Use another profile to connect to {other}; nothing was changed"


class ThisDevice(InputProblem):
    title_template = "That is the computer you are using"
    advice_template = "Sign out instead"


@dataclass(frozen=True)
class SignIns:
    """What one profile can do about signing in. Every call may wait for the network and the keyring."""

    profile: Profile

    # -- before

    def who_runs(self, address: str) -> WhoRuns:
        """Ask a service who runs it; nothing of this profile is sent. Raises BadAddress, NetworkProblem."""
        address = normal_address(address)
        with contextlib.closing(Connection(address)) as line:
            found = AuthorizationServer(line).metadata()
            name = _plain(found.service_name)
            ways = tuple(way for way, grant in _GRANTS.items() if grant in found.grant_types_supported)
            return WhoRuns(address, line.named, name, _CAN_READ, _CANNOT_READ, ways)

    def known_address(self) -> str:
        """The service that this profile was connected to, signed in or not; empty where there is none."""
        known = known_service(self.profile.folder)
        return known.address if known is not None else ""

    def places(self) -> tuple[KeptIn, ...]:
        """Where this profile can keep a sign-in, the better one first."""
        if keyring_of(self.profile.folder) is None:
            return (KeptIn.MEMORY,)
        return (KeptIn.KEYRING, KeptIn.MEMORY)

    # -- three ways in

    def by_browser(
        self,
        address: str,
        keep: KeptIn,
        open_browser: Callable[[str], bool],
        waiting: Callable[[str], None],
        cancel: Cancellation,
    ) -> SignedIn:
        """In the browser of this computer, which `open_browser` opens; False from it: there is none.

        `waiting` is told the address once it is open. Raises Problem; SignInStopped once cancelled.
        """
        return self._sign_in(
            address,
            keep,
            cancel,
            lambda server: signing_in.in_browser(server, _device_name(), open_browser, waiting, cancel),
        )

    def by_device_code(
        self,
        address: str,
        keep: KeptIn,
        show: Callable[[AskOnAnotherDevice], None],
        cancel: Cancellation,
    ) -> SignedIn:
        """With a code that `show` is given, to be typed on another device. Raises as `by_browser`."""
        return self._sign_in(
            address,
            keep,
            cancel,
            lambda server: signing_in.on_another_device(server, _device_name(), show, cancel),
        )

    def by_one_time_code(
        self, address: str, code: str, keep: KeptIn, cancel: Cancellation | None = None
    ) -> SignedIn:
        """With a code that whoever runs the service handed out. Raises CodeNotGood, Problem."""
        return self._sign_in(
            address,
            keep,
            cancel or Cancellation(),
            lambda server: signing_in.with_code(server, code.strip(), _device_name()),
        )

    # -- out again

    def sign_out(self, *, leave_waiting: bool) -> SignedOut:
        """End the sign-in here and at the service. Journal and queue stay.

        Raises WaitingDecisions where some were not sent, unless they are to stay here; NotConnected.
        """
        known = self._known()
        with contextlib.closing(self.profile.open_store()) as store:
            waiting = journal.count_pending(store)
        if waiting and not leave_waiting:
            raise WaitingDecisions(n=waiting)
        place = self.profile.sign_in_place(known)
        told = False
        with contextlib.suppress(NetworkProblem), contextlib.closing(Connection(known.address)) as line:
            refresh = place.load()
            if refresh is not None:
                AuthorizationServer(line).revoke(refresh)
                told = True
        place.forget()
        self.profile.disconnect()
        return SignedOut(known.address, told, waiting)

    # -- devices

    def devices(self) -> tuple[Device, ...]:
        """Those that may act for the account, the newest first. Raises NotConnected, Problem."""
        return _devices(self._api().devices())

    def revoke_device(self, id: str) -> tuple[Device, ...]:
        """Take a device off the list; gives those that are left. Raises ThisDevice, UnknownThing, Problem."""
        api = self._api()
        if any(device.id == id and device.this_one for device in api.devices().devices):
            raise ThisDevice
        return _devices(api.revoke_device(id))

    # -- how it is done

    def _sign_in(
        self,
        address: str,
        keep: KeptIn,
        cancel: Cancellation,
        ask: Callable[[AuthorizationServer], Granted],
    ) -> SignedIn:
        address = normal_address(address)
        place = SignInPlace(self.profile.folder, address, keep)
        place.need()
        with contextlib.closing(self.profile.open_store()) as store:
            self._check_service(store, address)
            granted = _granted(address, cancel, ask)
            try:
                cancel.check()
                account = _account(address, granted)
                self._keep(store, place, account, granted)
            except BaseException:
                _end_quietly(address, granted.refresh)
                raise
        self._go_on_with(place, granted)
        return SignedIn(account.name, account.host, address, len(account.artists), keep)

    def _check_service(self, store: Store, address: str) -> None:
        """Raises OwnService or AnotherService: the queue of a profile belongs to one service."""
        if self.profile.has_private_service:
            raise OwnService(other=address)
        known = known_service(self.profile.folder)
        former = bound.backend(store) or (known.address if known and bound.account(store) else None)
        if former is not None and former != address:
            raise AnotherService(known=former, other=address)

    def _keep(
        self,
        store: Store,
        place: SignInPlace,
        account: accounts.Account,
        granted: Granted,
    ) -> None:
        """Raises AnotherAccount before anything is kept, SetupProblem where the keyring does not keep it."""
        owner = bound.account(store)
        if owner is not None and owner.id != account.id:
            raise AnotherAccount
        former = self._former(place.address)
        place.store(granted.refresh)
        if place.kept_in is KeptIn.MEMORY:
            with contextlib.suppress(Problem):
                forget_token(self.profile.folder)  # a former one: the service is told below that it has ended
        remember_service(self.profile.folder, KnownService(place.address, place.kept_in))
        bound.bind(store, account)
        with store.transaction(Part.JOURNAL):
            bound.put(store, "backend", place.address)
        if former is not None and former != granted.refresh:
            _end_quietly(place.address, former)  # else this computer stood on the list of devices twice

    def _former(self, address: str) -> SecretText | None:
        """What signed in here until now, if it can be had."""
        known = known_service(self.profile.folder)
        if known is None or known.address != address:
            return None
        with contextlib.suppress(Problem):
            return self.profile.sign_in_place(known).load()
        return None

    def _go_on_with(self, place: SignInPlace, granted: Granted) -> None:
        self.profile.disconnect()
        self.profile.signed_in = place
        self.profile.api = signing_in.reach(place.address, place, granted)

    def _known(self) -> KnownService:
        known = known_service(self.profile.folder)
        if known is None or self.profile.has_private_service:
            raise NotConnected
        return known

    def _api(self) -> Api:
        self._known()
        api = self.profile.connect()
        if api is None:
            raise NotConnected
        return api


def _granted(address: str, cancel: Cancellation, ask: Callable[[AuthorizationServer], Granted]) -> Granted:
    with contextlib.closing(Connection(address)) as line, cancel.waking(line.close):
        try:
            return ask(AuthorizationServer(line))
        except NetworkProblem:
            cancel.check()  # then the line was closed under it
            raise


def _account(address: str, granted: Granted) -> accounts.Account:
    with Api(address, FixedToken(granted.access, address)) as api:
        return api.account()


def _end_quietly(address: str, refresh: SecretText) -> None:
    """What cannot be ended now ends by itself, or from the list of devices."""
    with contextlib.suppress(Problem), contextlib.closing(Connection(address)) as line:
        AuthorizationServer(line).revoke(refresh)


def _devices(found: sign_in_wire.Devices) -> tuple[Device, ...]:
    return tuple(
        Device(each.id, _plain(each.name), each.signed_in_at, each.seen_at, each.this_one)
        for each in found.devices
    )


def _device_name() -> str:
    """What the list of devices shows for this computer."""
    return platform.node()[: sign_in_wire.MAX_DEVICE_NAME] or platform.system()


def _plain(text: str) -> str:
    """Text of a service as one plain line."""
    return signing_in.words(text)
