"""Connect to a service, or sign in again: who runs it and what it can read, then one of three ways in.

What waits for a person (the browser, another device) waits beside the lanes and ends at once when the dialog
or the window closes.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.signing_in import (
    AskOnAnotherDevice,
    Cancellation,
    KeptIn,
    SignedIn,
    SignIns,
    WhoRuns,
)
from artist_console.domain.problems import Problem
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.dialogs.sign_in_pages import AddressPage, CodePage, Page, ServicePage, WaitingPage
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import say
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import clear_layout

_OPEN_BROWSER, _SHOW_CODE = 1, 2  # what a waiting work tells, as the first number of its progress


class SignInDialog(Sheet):
    """Nothing of the profile changes before `signed_in`."""

    signed_in = Signal(object)  # SignedIn

    def __init__(
        self,
        desk: Desk,
        sign_ins: Callable[[], SignIns],
        parent: QWidget,
        open_browser: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(desk.theme, "sign-in", say("sign-in", "Connect to a service"), 640, 600, parent)
        self._desk = desk
        self._sign_ins = sign_ins
        self._open_browser = open_browser
        self._job: Job | None = None
        self._asked: AskOnAnotherDevice | None = None
        self._service: WhoRuns | None = None
        self._places: tuple[KeptIn, ...] = (KeptIn.MEMORY,)
        self.page: Page
        self.cancel = Button(desk.theme, say("dialog", "Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.back = Button(desk.theme, say("sign-in", "Back"))
        self.back.clicked.connect(self._go_back)
        self.go_on = Button(desk.theme, say("sign-in", "Continue"), ButtonKind.PRIMARY)
        self.go_on.clicked.connect(self._go_on)
        self.set_buttons(self.cancel, None, self.back, self.go_on, safe=self.cancel)
        self._show_address("")
        desk.background.job(lambda _progress: sign_ins().known_address(), self._known_address)

    # -- pages

    def _show_page(self, page: Page, title: str, lead: str = "", go_on: str = "", *, back: bool) -> None:
        clear_layout(self.inside)
        self.page = page
        self.set_heading(title, lead)
        self.show_problem("")
        self.inside.addWidget(page)
        if isinstance(self.inside, QVBoxLayout):
            self.inside.addStretch(1)
        self.go_on.setVisible(bool(go_on))
        self.go_on.setEnabled(True)
        self.go_on.set_words(go_on or say("sign-in", "Continue"))
        self.back.setVisible(back)
        page.show()
        page.take_focus()

    def _show_address(self, address: str) -> None:
        page = AddressPage(self._desk.theme, address)
        page.entered.connect(self._go_on)
        lead = say("sign-in", "A label, collective or company that hosts one gave you its address.")
        self._show_page(
            page, say("sign-in", "Connect to a service"), lead, say("sign-in", "Continue"), back=False
        )

    def _show_service(self) -> None:
        service = self._service
        assert service is not None, "a service is shown once it has answered"
        page = ServicePage(self._desk.theme, service, self._places)
        page.browser_wished.connect(self._by_browser)
        page.device_wished.connect(self._by_device)
        page.code_wished.connect(self._show_code)
        title = say("sign-in", "Sign in to {name}", name=service.name or service.host)
        self._show_page(page, title, "", back=True)

    def _show_code(self) -> None:
        self._keep = self._kept()
        page = CodePage(self._desk.theme)
        page.entered.connect(self._go_on)
        lead = say("sign-in", "Whoever runs the service gave it to you. It works once, for this computer.")
        self._show_page(
            page, say("sign-in", "Your one-time code"), lead, say("sign-in", "Connect"), back=True
        )

    def _show_waiting(self, title: str, words: str) -> WaitingPage:
        page = WaitingPage(self._desk.theme, words)
        self._show_page(page, title, back=True)
        return page

    def _known_address(self, address: str) -> None:
        """Signing in again begins with who runs the service, unless the person has begun to type."""
        if address and isinstance(self.page, AddressPage) and not self.page.address:
            self._show_address(address)
            self._go_on()

    # -- what the buttons do

    def _go_on(self) -> None:
        match self.page:
            case AddressPage() as page:
                self._ask_who_runs(page.address)
            case CodePage() as page if not page.code:
                page.show_fault(say("sign-in", "Type the code that you were given."))
            case CodePage() as page:
                self._by_code(page.code)
            case _:
                pass

    def _go_back(self) -> None:
        self._stop()
        match self.page:
            case ServicePage():
                self._show_address(self._service.address if self._service is not None else "")
            case _:
                self._show_service()

    def _ask_who_runs(self, address: str) -> None:
        self.go_on.setEnabled(False)
        self.show_problem("")

        def ask(_progress: Progress) -> tuple[WhoRuns, tuple[KeptIn, ...]]:
            hands = self._sign_ins()
            return hands.who_runs(address), hands.places()

        self._job = self._desk.background.job(ask, self._known, self._not_known)

    def _known(self, found: tuple[WhoRuns, tuple[KeptIn, ...]]) -> None:
        self._service, self._places = found
        self._show_service()

    def _not_known(self, problem: Problem) -> None:
        self.go_on.setEnabled(True)
        self.show_problem(problem_words(problem))

    # -- three ways in

    def _kept(self) -> KeptIn:
        return self.page.kept if isinstance(self.page, ServicePage) else self._places[0]

    def _by_browser(self) -> None:
        keep, service = self._kept(), self._service
        assert service is not None, "the ways in are those of a service"
        title = say("sign-in", "Go on in your browser")
        words = say(
            "sign-in",
            "A page of {host} opens there. Sign in and confirm; this window then goes on by itself.",
            host=service.host,
        )
        self._show_waiting(title, words)

        def work(progress: Progress, cancel: Cancellation) -> SignedIn:
            def open_page(page: str) -> bool:
                progress.report(_OPEN_BROWSER, 0, page)
                return True

            return self._sign_ins().by_browser(service.address, keep, open_page, lambda _page: None, cancel)

        self._begin(work)

    def _by_device(self) -> None:
        keep, service = self._kept(), self._service
        assert service is not None, "the ways in are those of a service"
        self._show_waiting(say("sign-in", "Sign in on another device"), say("sign-in", "Asking for a code…"))

        def work(progress: Progress, cancel: Cancellation) -> SignedIn:
            def show(asked: AskOnAnotherDevice) -> None:
                self._asked = asked
                progress.report(_SHOW_CODE, 0)

            return self._sign_ins().by_device_code(service.address, keep, show, cancel)

        self._begin(work)

    def _by_code(self, code: str) -> None:
        service = self._service
        assert service is not None, "the ways in are those of a service"
        self.go_on.setEnabled(False)
        self._begin(
            lambda _progress, cancel: self._sign_ins().by_one_time_code(
                service.address, code, self._keep, cancel
            )
        )

    def _begin(self, work: Callable[[Progress, Cancellation], SignedIn]) -> None:
        cancel = Cancellation()

        def run(progress: Progress) -> SignedIn:
            progress.on_stop(cancel.cancel)
            return work(progress, cancel)

        self._job = self._desk.background.job(
            run,
            self._end,
            self._failed,
            self._progressed,
            self._stopped,
            counts=not isinstance(self.page, WaitingPage),
        )

    def _progressed(self, step: int, _total: int, words: str) -> None:
        if not isinstance(self.page, WaitingPage):
            return
        if step == _OPEN_BROWSER:
            opened = self._open_browser(QUrl(words))
            self.page.show_address(words, opened=opened)
        elif step == _SHOW_CODE and self._asked is not None:
            self.page.show_code(self._asked)

    def _end(self, signed_in: SignedIn) -> None:
        self._job = None
        self.signed_in.emit(signed_in)
        self.accept()

    def _failed(self, problem: Problem) -> None:
        if self._job is None:
            return  # stopped by the person, who knows
        self._job = None
        if isinstance(self.page, WaitingPage):
            self._show_service()
        self.go_on.setEnabled(True)
        self.show_problem(problem_words(problem))

    def _stopped(self) -> None:
        self._job = None

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def done(self, result: int) -> None:
        self._stop()
        super().done(result)
