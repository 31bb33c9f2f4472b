"""For one's own site: what it would say, the files for it, and a check of what it says now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from artist_console.commands import reservations as commands
from artist_console.commands.console import Console, Result
from artist_console.commands.reservations import Site, SiteCheck, SitePlan
from artist_console.commands.site_making import make_site
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.problems import InputProblem, Problem
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.site_files import SiteFilesDialog
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import LetterStart
from artist_console.ui.meanings import problem_words
from artist_console.ui.pages.site_check_view import SiteCheckView
from artist_console.ui.pages.site_options import SiteOptions
from artist_console.ui.pages.site_plan_view import SitePlanView
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Disclosure, Note

FOLDER_KEPT_AS = "reservation.folder"


class SiteCard(Card):
    """Follows the artist's own refusals and nothing else. The network is asked only by "Check my site"."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, say("reservation", "For your own site"), parent=parent)
        self._desk = desk
        self._artist: ArtistId | None = None
        self._job: Job | None = None
        self._offered = ""  # an address that nobody typed
        self.plan: SitePlan | None = None
        theme = desk.theme
        lead = say(
            "reservation",
            "What you refuse, as files that machines read on your own site. Only for works whose rights you "
            "control.",
        )
        self.add(label(lead, tone=Token.TEXT_2, wrap=True))
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://music.example")
        self.address.returnPressed.connect(self.look)
        self.address.textEdited.connect(self._forget_site)
        self.field = Field(theme, say("reservation", "Address of your site"), self.address)
        self.add(self.field)
        self.options = SiteOptions(desk)
        self.options.changed.connect(self._forget_plan)
        self.more = Disclosure(theme, say("reservation", "More about the site"), self.options)
        self.add(self.more)
        self.look_button = Button(theme, say("reservation", "Show what it would say"), icon=Icon.EYE)
        self.look_button.clicked.connect(self.look)
        self.make = Button(theme, say("reservation", "Make the files…"), icon=Icon.DOWNLOAD)
        self.make.clicked.connect(self._choose_folder)
        self.make.hide()
        self.check = Button(theme, say("reservation", "Check my site"), icon=Icon.GLOBE)
        self.check.clicked.connect(self.check_site)
        self.body.addLayout(row(self.look_button, self.make, self.check, None))
        self.going_on = label("", tone=Token.TEXT_2, wrap=True)
        self.cancel = Button(theme, say("dialog", "Cancel"), ButtonKind.QUIET)
        self.cancel.clicked.connect(self._stop)
        self.body.addLayout(row(self.going_on, self.cancel, None, gap=12))
        self.problem = Note(theme, "", Tint.DENY, Icon.TRIANGLE)
        self.add(self.problem)
        self.plan_view = SitePlanView(desk)
        self.plan_view.notice_wished.connect(self.write_notice)
        self.add(self.plan_view)
        self.check_view = SiteCheckView(desk)
        self.check_view.keep_wished.connect(self.keep_check)
        self.add(self.check_view)
        self.problem.show_words("")
        self._show_going_on("")

    def show_artist(self, artist: ArtistId | None) -> None:
        if artist != self._artist:
            self._artist = artist
            if self.address.text() == self._offered:
                self.address.clear()  # that of another artist
            self.options.show_artist(artist)
            self._forget_plan()
            self.check_view.clear()
        for button in (self.look_button, self.check):
            button.setEnabled(artist is not None)

    def offer_address(self, address: str) -> None:
        """The site of the last check or reservation, where nothing is typed yet."""
        if not self.address.text().strip():
            self._offered = address
            self.address.setText(address)

    @property
    def site(self) -> Site:
        """What stands in the fields."""
        options = self.options
        return Site(self.address.text().strip(), options.works, options.mail.text().strip(), options.robots)

    def _forget_plan(self, _typed: str = "") -> None:
        """What is shown follows the fields: after a change it is looked at again."""
        self.plan = None
        self.plan_view.clear()
        self.make.hide()
        self.field.show_fault("")
        self.problem.show_words("")

    def _forget_site(self, _typed: str) -> None:
        """Plan and check are of another address."""
        self._forget_plan()
        self.check_view.clear()
        if self._job is not None:
            self._job.cancel()

    # What it would say

    def refresh(self) -> None:
        """Answers, standing or works are others now."""
        if self.plan is not None:
            self.look()

    def look(self) -> None:
        artist, site = self._artist, self.site
        self.field.show_fault("")
        self.problem.show_words("")
        if artist is None:
            return
        if not site.address:
            self._want_address()
            return
        self._desk.ask(
            self,
            "plan",
            lambda console: commands.plan_site(console, artist, site),
            self._show_plan,
            self._failed,
        )

    def _want_address(self) -> None:
        self.field.show_fault(
            say("reservation", "Give the address of your site, such as https://music.example")
        )
        self.address.setFocus()

    def _show_plan(self, plan: SitePlan) -> None:
        self.plan = plan
        self.plan_view.show_plan(plan)
        self.make.setVisible(plan.possible)

    def _failed(self, problem: Problem) -> None:
        """What is wrong with the address stands beside it."""
        self._show_going_on("")
        words = problem_words(problem)
        if isinstance(problem, InputProblem) and self.site.address[:40] in words:
            self.field.show_fault(words)
            self.address.setFocus()
        else:
            self.problem.show_words(words)

    def write_notice(self) -> None:
        """Whoever does not control the rights asks the owner to reserve them."""
        if self._artist is not None:
            start = LetterStart(kind=LetterKind.PERFORMER_NOTICE, artists=(self._artist,))
            NewLetterDialog(self._desk, self.window(), start).open()

    # The files

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, say("reservation", "An empty folder for the files"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.fileSelected.connect(self.make_files)
        dialog.open()

    def make_files(self, name: str) -> None:
        """Write them into an empty folder and keep the copy: what was published can be shown later."""
        plan, artist, site, folder = self.plan, self._artist, self.site, Path(name)
        if plan is None or artist is None:
            return
        self._desk.keep(FOLDER_KEPT_AS, str(folder.parent))
        self.make.setEnabled(False)
        self.problem.show_words("")

        def write(console: Console) -> Result[tuple[SitePlan, Path]]:
            kept = make_site(console, artist, site, plan, folder)
            return Result((plan, folder), kept.changes)

        self._desk.act(self, write, self._made, self._not_made)

    def _made(self, made: tuple[SitePlan, Path]) -> None:
        self.make.setEnabled(True)
        SiteFilesDialog(self._desk, made[0], made[1], self.window()).open()

    def _not_made(self, problem: Problem) -> None:
        self.make.setEnabled(True)
        self.problem.show_words(problem_words(problem))

    # The check

    def check_site(self) -> None:
        """Ask the site now; whoever runs it sees that somebody asked."""
        artist, site = self._artist, self.site
        self.field.show_fault("")
        self.problem.show_words("")
        if artist is None or self._job is not None:
            return
        if not site.address:
            self._want_address()
            return

        def ask(console: Console, progress: Progress) -> SiteCheck:
            plan = commands.plan_site(console, artist, site, to_write=False)
            progress.report(0, 1)
            found = commands.check_site(console, site.address, plan)
            progress.report(1, 1)
            return found

        self._show_going_on(
            say(
                "reservation",
                "Asking {site} for three files, for a minute at most…",
                site=isolate(site.address),
            )
        )
        self._job = self._desk.long_work(ask, self._checked, self._not_checked, None, self._stopped)

    def _checked(self, check: SiteCheck) -> None:
        self._end()
        self.check_view.show_check(check)

    def _not_checked(self, problem: Problem) -> None:
        self._end()
        self._failed(problem)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.going_on.setText(say("reservation", "Stopping…"))

    def _stopped(self) -> None:
        self._end()

    def _end(self) -> None:
        self._job = None
        held = self.cancel.hasFocus()
        self._show_going_on("")
        if held:
            self.check.setFocus()

    def _show_going_on(self, words: str) -> None:
        self.going_on.show_words(words)
        self.cancel.setVisible(bool(words))
        self.check.setEnabled(not words and self._artist is not None)

    def keep_check(self, check: SiteCheck) -> None:
        self._desk.act(
            self, lambda console: commands.keep_check(console, check), self._check_kept, self._check_not_kept
        )

    def _check_kept(self, _kept: object) -> None:
        self.check_view.show_kept()

    def _check_not_kept(self, problem: Problem) -> None:
        self.check_view.show_not_kept()
        self.problem.show_words(problem_words(problem))
