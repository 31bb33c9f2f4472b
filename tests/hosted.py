"""A service that others host: one that runs already, served at a second address with its pages to sign in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from artist_console.backend.app import create_app
from artist_console.backend.service import Service
from artist_console.backend.serving import Serving
from artist_console.backend.sign_in.desk import make_desk
from artist_console.backend.sign_in.routes import sign_in_router
from artist_console.backend.sign_in.settings import SignInSettings


@contextmanager
def hosted(service: Service) -> Iterator[str]:
    """Gives the address, for as long as the block runs."""
    serving = Serving(create_app(service, sign_in_router(make_desk(service, SignInSettings()))))
    try:
        yield serving.base_url
    finally:
        serving.stop()
