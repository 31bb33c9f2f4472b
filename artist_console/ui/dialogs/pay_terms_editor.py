"""What somebody is paid by an issuer: a form for the rate, and what is set against it, held and kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from artist_console.commands import pay_terms as commands
from artist_console.commands.pay_terms import PayTermsRow
from artist_console.commands.pay_terms_form import PayTermsText, terms_text, terms_wish
from artist_console.commands.programmes import ProgrammeRow, list_programmes
from artist_console.domain.ids import PartyId
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.kept_form import Deed, KeptForm
from artist_console.ui.dialogs.pay_parts import PartRows
from artist_console.ui.text import say
from artist_console.ui.widgets.buttons import Select
from artist_console.ui.widgets.layout import beside
from artist_console.ui.widgets.sections import SectionHeading


class PayTermsEditor(KeptForm):
    """New terms, or some that are kept; the service keeps them when the button is pressed."""

    def __init__(
        self, desk: Desk, former: PayTermsRow | None, issuers: Sequence[str], parent: QWidget
    ) -> None:
        title = say("pay-terms", "Add pay terms") if former is None else say("pay-terms", "Pay terms")
        lead = say(
            "pay-terms",
            "As your contract says. What is empty is not said, and nothing is worked out by it.",
        )
        super().__init__(desk, "pay-terms-editor", title, lead, (680, 760), parent)
        self._former = former
        self._build_who(issuers)
        self._build_rates()
        self._build_deductions()
        self._build_time()
        self.inside.addStretch(1)
        remove, keep = say("pay-terms", "Remove the terms"), say("pay-terms", "Keep the terms")
        self.put_buttons(remove, keep, is_kept=former is not None)
        self.show_text(terms_text(former) if former is not None else self._empty())
        desk.ask(self, "programmes", list_programmes, self._offer_programmes)
        self.issuer.setFocus()

    # The form

    def _build_who(self, issuers: Sequence[str]) -> None:
        self.issuer = QLineEdit()
        completer = QCompleter(list(issuers), self.issuer)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.issuer.setCompleter(completer)
        self.payee = Select(self._desk.theme, say("pay-terms", "Whom it pays"))
        for artist in self._desk.artists:
            self.payee.addItem(artist.name, artist.id)
        self.payee.addItem(say("pay-terms", "Everybody it pays"), None)
        self.payee.currentIndexChanged.connect(self._follow_payee)
        hint = say("pay-terms", "As its statements name it: a label, distributor, society or operator.")
        self.inside.addLayout(
            beside(
                self.field("issuer", say("pay-terms", "Who sends the statements"), self.issuer, hint),
                self.field("payee", say("pay-terms", "Whom it pays"), self.payee),
            )
        )

    def _build_rates(self) -> None:
        name = say("pay-terms", "Your part of what they receive")
        self.rates = PartRows(self._desk, name, say("pay-terms", "Another rate"))
        hint = say(
            "pay-terms",
            "Per cent of a line. Where several rates fit, the one for a programme, use and right counts "
            "first.",
        )
        self.inside.addWidget(self.field("rates", name, self.rates, hint))
        parts = say("pay-terms", "How a line divides between rights")
        self.right_parts = PartRows(self._desk, parts, say("pay-terms", "Another right"), rights_only=True)
        said = say("pay-terms", "Together 100 per cent, for each programme and use. Empty: not said.")
        self.inside.addWidget(self.field("right_parts", parts, self.right_parts, said))

    def _build_deductions(self) -> None:
        self._deductions = QWidget()
        body = QVBoxLayout(self._deductions)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        self.recoupable, self.currency, self.recouped_share = QLineEdit(), QLineEdit(), QLineEdit()
        self.reserve_rate, self.reserve_periods = QLineEdit(), QLineEdit()
        self.commission_rate, self.commission_to = QLineEdit(), QLineEdit()
        self.tax_rate = QLineEdit()
        body.addWidget(
            SectionHeading(self._desk.theme, say("pay-terms", "What is taken from it"), small=True)
        )
        body.addLayout(
            beside(
                self.field(
                    "recoupable",
                    say("pay-terms", "Advance still to be earned back"),
                    self.recoupable,
                    say("pay-terms", "What was open when these terms began."),
                ),
                self.field("currency", say("pay-terms", "Its currency"), self.currency),
                self.field(
                    "recouped_share",
                    say("pay-terms", "Set against it"),
                    self.recouped_share,
                    say("pay-terms", "Per cent of a period's earnings at most. Empty: all."),
                ),
            )
        )
        body.addLayout(
            beside(
                self.field(
                    "reserve_rate",
                    say("pay-terms", "Held back, per cent"),
                    self.reserve_rate,
                    say("pay-terms", "Kept for later corrections."),
                ),
                self.field(
                    "reserve_periods",
                    say("pay-terms", "Released after periods"),
                    self.reserve_periods,
                ),
                self.field("tax_rate", say("pay-terms", "Tax withheld, per cent"), self.tax_rate),
            )
        )
        body.addLayout(
            beside(
                self.field("commission_rate", say("pay-terms", "Commission, per cent"), self.commission_rate),
                self.field("commission_to", say("pay-terms", "To whom"), self.commission_to),
            )
        )
        self.inside.addWidget(self._deductions)

    def _build_time(self) -> None:
        self.source = QLineEdit()
        self.inside.addLayout(self.days())
        where = say("pay-terms", "Such as: Contract of 31 March 2019, clause 7.")
        self.inside.addWidget(self.field("source", say("pay-terms", "Where it stands"), self.source, where))

    def _empty(self) -> PayTermsText:
        artists = self._desk.artists
        chosen = self._desk.artist or (artists[0].id if len(artists) == 1 else None)
        return PayTermsText(payee=PartyId(chosen) if chosen else None)

    def _offer_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        self.rates.offer_programmes(rows)
        self.right_parts.offer_programmes(rows)

    def _follow_payee(self) -> None:
        """What is the same for everybody, and what is taken from one payee's money alone."""
        everybody = self.payee.currentData() is None
        self._fields["right_parts"].setVisible(everybody)
        self._deductions.setVisible(not everybody)

    # What is in it

    def show_text(self, text: PayTermsText) -> None:
        """Write terms into the fields."""
        self.issuer.setText(text.issuer)
        if text.payee is not None and self.payee.findData(text.payee) < 0:
            name = self._former.payee_name if self._former is not None else str(text.payee)
            self.payee.insertItem(0, name, text.payee)
        values = [self.payee.itemData(place) for place in range(self.payee.count())]
        self.payee.setCurrentIndex(values.index(text.payee) if text.payee in values else len(values) - 1)
        self.rates.show_parts(text.rates)
        self.right_parts.show_parts(text.right_parts)
        for name, edit in self._lines().items():
            edit.setText(getattr(text, name))
        self.since.show_day(text.since)
        self.until.show_day(text.until)
        self._follow_payee()

    @property
    def text(self) -> PayTermsText:
        """What stands in the fields; what is hidden is not said."""
        everybody = self.payee.currentData() is None
        taken = {"source"} if everybody else set(self._lines())
        written = {name: edit.text() for name, edit in self._lines().items() if name in taken}
        return PayTermsText(
            issuer=self.issuer.text(),
            payee=self.payee.currentData(),
            rates=self.rates.parts,
            right_parts=self.right_parts.parts if everybody else (),
            since=self.since.day,
            until=self.until.day,
            **written,
        )

    def _lines(self) -> dict[str, QLineEdit]:
        return {
            "recoupable": self.recoupable,
            "currency": self.currency,
            "recouped_share": self.recouped_share,
            "reserve_rate": self.reserve_rate,
            "reserve_periods": self.reserve_periods,
            "commission_rate": self.commission_rate,
            "commission_to": self.commission_to,
            "tax_rate": self.tax_rate,
            "source": self.source,
        }

    # Keeping

    def keeping(self) -> Deed:
        wish = terms_wish(self.text, self._former)
        return lambda console: commands.set_pay_terms(console, wish)

    def removing(self) -> Deed:
        assert self._former is not None, "the button stands only there"
        id = self._former.terms.id
        return lambda console: commands.remove_pay_terms(console, id)

    def kept_words(self, kept: PayTermsRow) -> str:
        return say("pay-terms", "The terms with {issuer} are kept.", issuer=kept.terms.issuer)

    def gone_words(self) -> str:
        return say("pay-terms", "The terms are removed. What was worked out by them stays.")
