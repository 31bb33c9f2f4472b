"""Values as JSON and back: the one codec of rows and messages (enums by value, decimals as text)."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="string", order="deterministic")


Message = TypeVar("Message")


class MalformedMessage(ValueError):
    """Bytes that are not the message they should be. `str()` says where."""


def encode(value: object) -> bytes:
    """A row or message as JSON."""
    return _ENCODER.encode(value)


def decode(message: type[Message], body: bytes) -> Message:
    """Read one message or list of rows. Raises MalformedMessage."""
    try:
        return msgspec.json.decode(body, type=message)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MalformedMessage(str(error)) from error


def as_plain(value: object) -> Any:
    """A row as dictionaries, lists, text, integers, booleans and None: what is hashed and signed."""
    return msgspec.to_builtins(value, builtin_types=(), str_keys=True)
