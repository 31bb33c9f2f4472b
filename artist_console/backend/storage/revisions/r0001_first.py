"""The first tables, and the triggers that keep a ledger append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0001"
down_revision: str | None = None


def upgrade(op: Operations) -> None:
    op.create_table(
        "meta", sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False)
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
    )
    op.create_table(
        "rows",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False, index=True),
        sa.Column("body", sa.LargeBinary),
        sa.Column("gone", sa.Integer, nullable=False),
        sa.UniqueConstraint("kind", "id"),
    )
    op.create_table(
        "reach",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("via", sa.Text, primary_key=True),
    )
    op.create_index("ix_reach_key", "reach", ["key", "number"])
    op.create_index("ix_reach_via", "reach", ["via"])
    op.create_table(
        "departures",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False, index=True),
    )
    op.create_table(
        "scopes",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("held", sa.Text, nullable=False),
    )
    op.create_table(
        "ledger",
        sa.Column("artist", sa.Text, primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("row_id", sa.Text, nullable=False, unique=True),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("decision", sa.Text, index=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("receipt", sa.Text, nullable=False),
    )
    op.create_table(
        "accounts", sa.Column("id", sa.Text, primary_key=True), sa.Column("name", sa.Text, nullable=False)
    )
    op.create_table(
        "own_artists",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("artist", sa.Text, primary_key=True, index=True),
    )
    op.create_table(
        "mandates",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("artist", sa.Text, nullable=False, index=True),
        sa.Column("holder", sa.Text, nullable=False, index=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("token_sha256", sa.Text, nullable=False, unique=True),
        sa.Column("signed_in_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.Text),
    )
    op.create_table(
        "codes",
        sa.Column("code_sha256", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("used_at", sa.Text),
    )
    op.create_table(
        "streams",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("next_seq", sa.Integer, nullable=False),
    )
    op.create_table(
        "stream_items",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("outcome", sa.LargeBinary, nullable=False),
    )
    # With the stream in front: otherwise the whole stream is gone through by its primary key.
    op.create_index("ix_stream_items_act", "stream_items", ["account", "stream", "act"])
    op.create_index("ix_stream_items_decision", "stream_items", ["account", "stream", "decision"])
    op.create_table(
        "decisions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("artist", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("outcome", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "lines",
        sa.Column("statement", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "lookup",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, index=True),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    _keep_append_only(op)


def _keep_append_only(op: Operations) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return  # a hosted PostgreSQL gives the service's role no UPDATE and DELETE on this table
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER ledger_no_{event.lower()} BEFORE {event} ON ledger "
            "BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END"
        )
    # INSERT OR REPLACE gets past a delete trigger unless recursive triggers are on; this stops it anywhere,
    # and keeps the numbers without a gap.
    op.execute(
        "CREATE TRIGGER ledger_gapless BEFORE INSERT ON ledger "
        "WHEN NEW.n <> 1 + COALESCE((SELECT MAX(n) FROM ledger WHERE artist = NEW.artist), 0) "
        "BEGIN SELECT RAISE(ABORT, 'a ledger has no gaps and no second entry at one place'); END"
    )
