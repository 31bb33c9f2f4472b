"""How far the clock of each sender is off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0005"
down_revision: str | None = "0004"


def upgrade(op: Operations) -> None:
    op.add_column("streams", sa.Column("clock_offset_s", sa.Integer))
