"""The second step: a code of six digits that changes every 30 seconds (RFC 6238), from an app on a phone.

The secret has to be read again to check a code, so it is not hashed but sealed, with a key from outside the
database.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

STEP_S = 30
_DRIFT = 1  # steps that a clock may be off, to either side
_NONCE_BYTES = 12
_DIGITS = 6
_ISSUER = "Artist Console"


def new_secret() -> str:
    """160 random bits, as base32."""
    return pyotp.random_base32()


def seal(secret: str, key: bytes, account: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, secret.encode(), account.encode())


def unseal(sealed: bytes, key: bytes, account: str) -> str | None:
    """None: it was sealed with another key, or for another account."""
    try:
        opened = AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], account.encode())
    except (InvalidTag, ValueError):
        return None
    return opened.decode()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, now or one beside it; None: of none."""
    typed = "".join(code.split())
    if len(typed) != _DIGITS or not (typed.isascii() and typed.isdecimal()):
        return None
    present = int(now.timestamp()) // STEP_S
    found = None
    for step in range(present - _DRIFT, present + _DRIFT + 1):
        if hmac.compare_digest(pyotp.TOTP(secret, interval=STEP_S).at(step * STEP_S), typed):
            found = step
    return found


def address_for_app(secret: str, name: str, host: str) -> str:
    """What an authenticator app opens (otpauth)."""
    issuer = f"{_ISSUER} {host}".strip()
    return pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=name, issuer_name=issuer)
