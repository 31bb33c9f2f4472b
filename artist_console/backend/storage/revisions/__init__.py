"""Alembic revisions, oldest first. Each is complete in itself and never edited once released.

They are ordinary modules rather than files that Alembic seeks in a folder, so that they are there in a wheel
and in a frozen bundle alike.
"""

from __future__ import annotations

from . import (
    r0001_first,
    r0002_append_only,
    r0003_sign_in,
    r0004_heads,
    r0005_protocol,
    r0006_files_arriving,
    r0007_line_files,
)

REVISIONS = (
    r0001_first,
    r0002_append_only,
    r0003_sign_in,
    r0004_heads,
    r0005_protocol,
    r0006_files_arriving,
    r0007_line_files,
)
HEAD = REVISIONS[-1].revision
