"""Ledger, stream items and outcomes are append-only by trigger, on both databases; jobs say who runs them.

On PostgreSQL the privileges that `backend prepare` grants say the same once more, and places in the feed get
64 bits, as they have on SQLite.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0002"
down_revision: str | None = "0001"

# Tables that are only ever added to, with every key by which a row could be replaced.
_KEYS = {
    "ledger": (("artist", "n"), ("row_id",)),
    "stream_items": (("account", "stream", "seq"),),
    "decisions": (("id",),),
}
_PLACES = {
    "counter": ("value",),
    "rows": ("number", "position"),
    "reach": ("number",),
    "departures": ("number", "position"),
}


def upgrade(op: Operations) -> None:
    op.add_column("jobs", sa.Column("holder", sa.Text))
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite(op)
    else:
        for table, columns in _PLACES.items():
            for column in columns:
                op.alter_column(table, column, type_=sa.BigInteger)
        _guard_postgresql(op)


def _guard_sqlite(op: Operations) -> None:
    for table, keys in _KEYS.items():
        for event in ("UPDATE", "DELETE"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event.lower()}")
            op.execute(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        # INSERT OR REPLACE gets past a delete trigger unless recursive triggers are on; this stops it.
        taken = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE "
            + " AND ".join(f"{column} = NEW.{column}" for column in key)
            + ")"
            for key in keys
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _guard_postgresql(op: Operations) -> None:
    op.execute(
        "CREATE FUNCTION artist_console_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; "
        "END $$"
    )
    op.execute(
        "CREATE FUNCTION artist_console_gapless() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.n <> 1 + COALESCE((SELECT MAX(n) FROM ledger WHERE artist = NEW.artist), 0) THEN "
        "RAISE EXCEPTION 'a ledger has no gaps and no second entry at one place' "
        "USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$"
    )
    for table in _KEYS:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION artist_console_append_only()"
        )
        # Also where a session claims to be a replica.
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
    op.execute(
        "CREATE TRIGGER ledger_gapless BEFORE INSERT ON ledger "
        "FOR EACH ROW EXECUTE FUNCTION artist_console_gapless()"
    )
