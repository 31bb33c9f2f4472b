"""How secrets are kept that are long random text: as a plain hash, which cannot be searched."""

from __future__ import annotations

import hashlib


def sha256_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
