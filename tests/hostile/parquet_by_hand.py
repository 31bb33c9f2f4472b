"""A Parquet file whose footer says anything: Thrift in its compact form, as much of it as that needs."""

from __future__ import annotations

from collections.abc import Sequence

_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12
Field = tuple[int, int, bytes]


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))


def _zigzag(value: int) -> bytes:
    return _varint(value << 1 if value >= 0 else (-value << 1) - 1)


def i32(number: int, value: int) -> Field:
    return number, _I32, _zigzag(value)


def i64(number: int, value: int) -> Field:
    return number, _I64, _zigzag(value)


def text(number: int, value: bytes) -> Field:
    return number, _BINARY, _varint(len(value)) + value


def struct_of(number: int, fields: Sequence[Field]) -> Field:
    return number, _STRUCT, struct_bytes(fields)


def list_of(number: int, kind: int, items: Sequence[bytes], said: int | None = None) -> Field:
    """`said`: how many the list says it has."""
    count = len(items) if said is None else said
    head = bytes((count << 4 | kind,)) if count < 15 else bytes((0xF0 | kind,)) + _varint(count)
    return number, _LIST, head + b"".join(items)


def struct_bytes(fields: Sequence[Field]) -> bytes:
    out, last = b"", 0
    for number, kind, body in fields:
        out += bytes(((number - last) << 4 | kind,)) + body
        last = number
    return out + b"\0"


def parquet(
    *,
    rows: int = 1,
    children: int = 1,
    columns: int = 1,
    page_size: int = 10,
    unpacked: int = 10,
    chunk_size: int = 30,
    offset: int = 4,
    values: int = 1,
    said_groups: int | None = None,
    footer: int | None = None,
    codec: int = 0,
) -> bytes:
    """One row group of byte arrays; each number may lie."""
    page = struct_bytes(
        [
            i32(1, 0),
            i32(2, unpacked),
            i32(3, page_size),
            struct_of(5, [i32(1, values), i32(2, 0), i32(3, 3), i32(4, 3)]),
        ]
    )
    body = b"PAR1" + page + b"\x06\0\0\0abcdef"
    schema = [struct_bytes([text(4, b"root"), i32(5, children)])]
    schema += [struct_bytes([i32(1, 6), i32(3, 0), text(4, b"c%d" % n), i32(6, 0)]) for n in range(columns)]
    meta = [
        i32(1, 6),
        list_of(2, _I32, [_zigzag(0)]),
        list_of(3, _BINARY, [_varint(2) + b"c0"]),
        i32(4, codec),
        i64(5, values),
        i64(6, unpacked),
        i64(7, chunk_size),
        i64(9, offset),
    ]
    chunk = struct_bytes([i64(2, offset), struct_of(3, meta)])
    group = struct_bytes([list_of(1, _STRUCT, [chunk] * columns), i64(2, chunk_size), i64(3, rows)])
    told = struct_bytes(
        [
            i32(1, 1),
            list_of(2, _STRUCT, schema),
            i64(3, rows),
            list_of(4, _STRUCT, [group], said_groups),
        ]
    )
    return body + told + (len(told) if footer is None else footer).to_bytes(4, "little") + b"PAR1"
