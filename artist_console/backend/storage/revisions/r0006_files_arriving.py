"""Files on their way in, jobs that go on after a restart, and accounts that speak for an organisation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0006"
down_revision: str | None = "0005"


def upgrade(op: Operations) -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False, index=True),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("begun_at", sa.Text, nullable=False),
    )
    op.add_column("jobs", sa.Column("upload", sa.Text))
    op.add_column("jobs", sa.Column("ordered", sa.LargeBinary))
    op.add_column("jobs", sa.Column("times", sa.Integer))
    op.create_index("ix_jobs_upload", "jobs", ["upload"], unique=True)
    op.create_table(
        "organisation_accounts",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("party", sa.Text, nullable=False, index=True),
    )
    op.create_table(
        "organisation_keys",
        sa.Column("party", sa.Text, primary_key=True),
        sa.Column("kid", sa.Text, primary_key=True),
        sa.Column("x", sa.Text, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("until", sa.Text),
    )
