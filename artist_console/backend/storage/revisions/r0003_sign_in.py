"""Signing in by OAuth 2.0: devices become families of refresh tokens; passwords, codes and visits.

Devices that signed in before keep their place in the list of what was, and sign in once more: their tokens
lived for 90 days, and a token lives for ten minutes now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0003"
down_revision: str | None = "0002"


def upgrade(op: Operations) -> None:
    _renew_devices(op)
    _tokens(op)
    _codes(op)
    _people(op)


def _renew_devices(op: Operations) -> None:
    op.drop_index("ix_devices_account", "devices")
    op.rename_table("devices", "devices_before")
    op.create_table(
        "devices",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("family_sha256", sa.Text, nullable=False),
        sa.Column("signed_in_at", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.Text),
        # Named: the former table still holds the name that the database would give.
        sa.UniqueConstraint("family_sha256", name="uq_devices_family"),
    )
    op.execute(
        "INSERT INTO devices (id, account, name, family_sha256, signed_in_at, seen_at, expires_at,"
        " revoked_at) SELECT id, account, name, token_sha256, signed_in_at, signed_in_at, signed_in_at,"
        " revoked_at FROM devices_before"
    )
    op.drop_table("devices_before")


def _tokens(op: Operations) -> None:
    op.create_table(
        "access_tokens",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("device", sa.Text, nullable=False, index=True),
        sa.Column("expires_at", sa.Text, nullable=False),
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("device", sa.Text, nullable=False, index=True),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
    )


def _codes(op: Operations) -> None:
    op.create_table(
        "authorization_codes",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("redirect_uri", sa.Text, nullable=False),
        sa.Column("challenge", sa.Text, nullable=False),
        sa.Column("device_name", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("used_at", sa.Text),
        sa.Column("device", sa.Text),
    )
    op.create_table(
        "device_codes",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("user_code_sha256", sa.Text, nullable=False, unique=True),
        sa.Column("device_name", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("account", sa.Text),
        sa.Column("interval_s", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.Text),
        sa.Column("expires_at", sa.Text, nullable=False),
    )


def _people(op: Operations) -> None:
    op.create_table(
        "credentials",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("sign_in_name", sa.Text, nullable=False, unique=True),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("second_step", sa.LargeBinary),
        sa.Column("step_used", sa.Integer),
    )
    op.create_table(
        "external_identities",
        sa.Column("issuer", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False, index=True),
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("browser_sha256", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("asked", sa.LargeBinary, nullable=False),
        sa.Column("account", sa.Text),
        sa.Column("address_sha256", sa.Text, nullable=False, index=True),
        sa.Column("expires_at", sa.Text, nullable=False),
    )
    op.create_table(
        "tries",
        sa.Column("key_sha256", sa.Text, primary_key=True),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Text, nullable=False),
        sa.Column("wait_until", sa.Text, nullable=False),
    )
