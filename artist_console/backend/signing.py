"""Who signs receipts and seals statements here, and with which key, which is kept outside the database."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.domain.decisions import LedgerEntry
from artist_console.domain.mandates import Mandate
from artist_console.domain.statements import Statement
from artist_console.formats.receipts import ReceiptSigner, SignerRole, make_receipt
from artist_console.formats.signatures import SigningKey
from artist_console.formats.statement_seal import make_seal
from artist_console.formats.wire import SignerKey, SignerKeys


@dataclass(frozen=True, slots=True)
class Signer:
    key: SigningKey
    name: str  # who runs this backend
    role: SignerRole
    epoch: str

    def sign(self, entry: LedgerEntry, mandate: Mandate | None) -> str:
        """A receipt for an entry that has its head."""
        return make_receipt(entry, self.key, ReceiptSigner(self.name, self.role), self.epoch, mandate)

    def seal(self, statement: Statement) -> str:
        """The seal of a statement that names the file of its lines."""
        return make_seal(statement, self.key, ReceiptSigner(self.name, self.role))

    def keys(self) -> SignerKeys:
        """The public keys, for whoever wants to check receipts of this backend."""
        jwk, kid = self.key.public.jwk(), self.key.public.kid
        return SignerKeys([SignerKey(**jwk, kid=kid, name=self.name, role=self.role.value)])
