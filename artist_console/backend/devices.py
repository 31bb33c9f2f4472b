"""The devices that may act for an account: listed, and signed out."""

from __future__ import annotations

from typing import Any

from litestar import Request, Router, get, post

from artist_console.domain.ids import AccountId
from artist_console.formats.sign_in_wire import DeviceInfo, Devices

from .reading import Id
from .refusals import not_found
from .service import Service, TheService
from .storage import devices

AskingDevice = Request[AccountId, str, Any]


@get("/devices", sync_to_thread=True, tags=["account"], summary="The devices that may act for the account")
def list_devices(request: AskingDevice, service: TheService) -> Devices:
    return _listed(request, service)


@post(
    "/devices/{id:str}/revoke",
    sync_to_thread=True,
    status_code=200,
    tags=["account"],
    summary="Sign a device out",
)
def revoke_device(request: AskingDevice, service: TheService, id: Id) -> Devices:
    """From now on nothing of its sign-in is good. Gives those that are left."""
    now = service.clock()
    with service.database.writing() as connection:
        if id not in {device.id for device in devices.listed(connection, request.user, now)}:
            raise not_found()
        devices.revoke(connection, id, now)
    return _listed(request, service)


def _listed(request: AskingDevice, service: Service) -> Devices:
    with service.database.reading() as connection:
        found = devices.listed(connection, request.user, service.clock())
    return Devices(
        [DeviceInfo(d.id, d.name, d.signed_in_at, d.seen_at, this_one=d.id == request.auth) for d in found]
    )


def devices_router() -> Router:
    return Router("/", route_handlers=[list_devices, revoke_device])
