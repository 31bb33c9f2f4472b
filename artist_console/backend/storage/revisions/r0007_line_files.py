"""Lines of statements are files, kept in sealed pieces.

What stands in `lines` becomes files when the service starts, which has the keys for it: see
`backend/statement_files.py`. The table stays, for that alone.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0007"
down_revision: str | None = "0006"


def upgrade(op: Operations) -> None:
    op.create_table(
        "line_files",
        sa.Column("statement", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False, index=True),
        sa.Column("size", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "line_pieces",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("piece", sa.LargeBinary, nullable=False),
    )
