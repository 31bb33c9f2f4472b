"""The OpenAPI document without a running service: `artist-console backend openapi`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from artist_console.formats.receipts import SignerRole

from .app import create_app
from .document import document_of
from .embedded import system_clock
from .service import make_service
from .storage.database import open_database

_NO_KEY = bytes(32)


def openapi_document() -> dict[str, Any]:
    """What `GET /v1/openapi.json` answers; the same for every backend of this version."""
    with tempfile.TemporaryDirectory(prefix="artist-console-") as folder:
        database = open_database(Path(folder) / "none.db", _NO_KEY)
        service = make_service(
            database, _NO_KEY, host_name="", role=SignerRole.HOSTED_SERVICE, clock=system_clock
        )
        try:
            return document_of(create_app(service))
        finally:
            service.close()
