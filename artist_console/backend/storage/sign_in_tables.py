"""The tables of signing in. What lets somebody in is never kept as it is: tokens and codes as SHA-256 hashes
of long random text, passwords as argon2id, the secret of a second step sealed with a key from outside.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table, Text

from .tables import metadata

# A device is one family of refresh tokens.
devices = Table(
    "devices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("family_sha256", Text, nullable=False, unique=True),
    Column("signed_in_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("revoked_at", Text),
)

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("device", Text, nullable=False, index=True),
    Column("expires_at", Text, nullable=False),
)

# Those that are still good: the one used last, and its successors until one of them is used.
refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("device", Text, nullable=False, index=True),
    Column("generation", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # in the order of issue, for each device
)

# Of RFC 6749, 4.1: what the browser brings to the application. `device` is what the code gave.
authorization_codes = Table(
    "authorization_codes",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("challenge", Text, nullable=False),
    Column("device_name", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
    Column("device", Text),
)

# Of RFC 8628: a device waits until somebody types its user code into a browser.
device_codes = Table(
    "device_codes",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("user_code_sha256", Text, nullable=False, unique=True),
    Column("device_name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("account", Text),
    Column("interval_s", Integer, nullable=False),
    Column("asked_at", Text),
    Column("expires_at", Text, nullable=False),
)

# How somebody signs in who has a password here.
credentials = Table(
    "credentials",
    metadata,
    Column("account", Text, primary_key=True),
    Column("sign_in_name", Text, nullable=False, unique=True),  # folded, so that spelling does not matter
    Column("password", Text, nullable=False),
    Column("second_step", LargeBinary),  # sealed; None: there is none
    Column("step_used", Integer),  # a code is good once: the last time step that was
)

# Who somebody is at an OpenID Connect issuer outside.
external_identities = Table(
    "external_identities",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("account", Text, nullable=False, index=True),
)

# A visit of a browser, from the first page to its end: ten minutes at most.
visits = Table(
    "visits",
    metadata,
    Column("id", Text, primary_key=True),
    Column("browser_sha256", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("asked", LargeBinary, nullable=False),  # the request that began it
    Column("account", Text),
    Column("address_sha256", Text, nullable=False, index=True),
    Column("expires_at", Text, nullable=False),
)

# Tries that failed, by what they were about.
tries = Table(
    "tries",
    metadata,
    Column("key_sha256", Text, primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("last_at", Text, nullable=False),
    Column("wait_until", Text, nullable=False),
)
