"""CWR files for the tests, written by position, as CISAC's specification counts them."""

from __future__ import annotations

from collections.abc import Sequence

Piece = tuple[int, str]  # first character, counted from 1, and the text that stands there


def line(start: str, *pieces: Piece) -> str:
    """A record: its beginning, and texts at their places."""
    text = start
    for place, piece in pieces:
        text = text[: place - 1].ljust(place - 1) + piece + text[place - 1 + len(piece) :]
    return text


def record(type: str, transaction: int, place: int, *pieces: Piece) -> str:
    return line(f"{type}{transaction:08d}{place:08d}", *pieces)


def header(
    name: str = "FIELDNOTE PUBLISHING", type: str = "PB", version: str = "2.2", id: str = "000000199"
) -> str:
    start = line("HDR", (4, type), (6, id), (15, name), (60, "01.10"), (65, "20260301120000"))
    return line(start, (79, "20260301"), (102, version if version == "2.2" else ""))


def group(
    type: str, transactions: Sequence[Sequence[str]], number: int = 1, version: str = "02.20"
) -> list[str]:
    """A group with right counts."""
    lines = [each for transaction in transactions for each in transaction]
    opening = f"GRH{type}{number:05d}{version}0000000001"
    closing = f"GRT{number:05d}{len(transactions):08d}{len(lines) + 2:08d}"
    return [opening, *lines, closing]


def trailer(groups: int, transactions: int, lines: int) -> str:
    return f"TRL{groups:05d}{transactions:08d}{lines:08d}"


def file(groups: Sequence[Sequence[str]], opening: str = "") -> bytes:
    """A whole file with right counts, as it is sent."""
    inside = [each for lines in groups for each in lines]
    transactions = sum(int(each[8:16]) for each in inside if each.startswith("GRT"))
    all = [opening or header(), *inside, trailer(len(groups), transactions, len(inside) + 2)]
    return ("\r\n".join(all) + "\r\n").encode()


def song(
    number: int,
    title: str,
    work: str,
    *details: tuple[str, tuple[Piece, ...]],
    type: str = "NWR",
    iswc: str = "",
) -> list[str]:
    """A registration: its first record and the others, numbered."""
    first = record(type, number, 0, (20, title), (82, work), (96, iswc), (127, "POP000326U"), (143, "ORI"))
    return [first, *(record(kind, number, n, *pieces) for n, (kind, pieces) in enumerate(details, 1))]


def writer(
    last: str, first: str, role: str, ipi: str, performing: str, ip: str = "W1", type: str = "SWR"
) -> tuple[str, tuple[Piece, ...]]:
    zero = "00000"
    return (
        type,
        (
            (20, ip),
            (29, last),
            (74, first),
            (105, role),
            (116, ipi),
            (127, "052"),
            (130, performing),
            (138, zero),
            (146, zero),
        ),
    )


def publisher(
    name: str, performing: str, mechanical: str, ip: str = "P1", type: str = "SPU", role: str = "E"
) -> tuple[str, tuple[Piece, ...]]:
    return (
        type,
        (
            (20, "01"),
            (22, ip),
            (31, name),
            (77, role),
            (113, "052"),
            (116, performing),
            (124, mechanical),
            (132, mechanical),
        ),
    )


def published(name: str, ip: str = "P1", by: str = "W1") -> tuple[str, tuple[Piece, ...]]:
    return ("PWR", ((20, ip), (29, name), (102, by), (111, "01")))


def alias(title: str, type: str = "AT") -> tuple[str, tuple[Piece, ...]]:
    return ("ALT", ((20, title), (80, type)))


def whole() -> bytes:
    """Two songs, one with everything that is read here."""
    low_tide = song(
        0,
        "LOW TIDE",
        "FN-0001",
        publisher("FIELDNOTE PUBLISHING", "03750", "07500"),
        ("SPT", ((20, "P1"), (35, "037500750007500I2136N001"))),
        publisher("", "01250", "02500", "", "OPU"),
        writer("SAND", "MIRA", "CA", "00008715000", "02500"),
        ("SWT", ((20, "W1"), (29, "025000000000000I2136N001"))),
        published("FIELDNOTE PUBLISHING"),
        writer("LOW, JO", "", "A", "", "02500", "W2", "OWR"),
        alias("EBB"),
        alias("MARÉE BASSE", "AL"),
        ("PER", ((20, "HARBOUR LIGHTS"),)),
        (
            "REC",
            (
                (20, "20260331"),
                (88, "000326"),
                (99, "HARBOUR SONGS"),
                (159, "FIELDNOTE"),
                (237, "0094631432057"),
                (250, "AA6Q72600001"),
                (262, "AD"),
                (267, "LOW TIDE"),
                (327, "LIVE AT THE PIER"),
                (387, "MIRA SAND"),
                (507, "Y"),
                (527, "REC-77"),
            ),
        ),
        ("XRF", ((20, "035"), (23, "9876543"), (37, "WY"))),
        ("XRF", ((20, "052"), (23, "0000AB"), (37, "WN"))),
        iswc="T0345246801",
    )
    plain = song(
        1,
        "QUAY",
        "FN-0002",
        writer("SAND", "MIRA", "CA", "00008715000", "05000"),
        publisher("FIELDNOTE PUBLISHING", "05000", "10000"),
        published("FIELDNOTE PUBLISHING"),
    )
    return file([group("NWR", [low_tide, plain])])


def answered() -> bytes:
    """A society's answer in 2.1: one song accepted, one in conflict, one refused without a copy of it."""

    def ack(number: int, title: str, work: str, status: str, theirs: str = "") -> str:
        pieces = ((20, "20260301120000"), (34, "00001"), (39, f"{number:08d}"), (47, "NWR"), (50, title))
        return record("ACK", number, 0, *pieces, (110, work), (130, theirs), (150, "20260310"), (158, status))

    def copy(number: int, title: str, work: str, *more: tuple[str, tuple[Piece, ...]]) -> list[str]:
        lines = song(
            number,
            title,
            work,
            publisher("FIELDNOTE PUBLISHING", "05000", "10000"),
            writer("SAND", "MIRA", "CA", "00008715000", "05000"),
            *more,
        )
        return [line(each, (12, f"{n:08d}")) for n, each in enumerate(lines, 1)]

    accepted = [ack(0, "LOW TIDE", "FN-0001", "AS", "T7741"), *copy(0, "LOW TIDE", "FN-0001")]
    message = record(
        "MSG", 1, 1, (20, "T"), (21, "00000000"), (29, "NWR"), (32, "T011"), (36, "SHARES EXCEED 100%")
    )
    conflict = [ack(1, "QUAY", "FN-0002", "CO"), message]
    conflict += [line(each, (12, f"{n:08d}")) for n, each in enumerate(copy(1, "QUAY", "FN-0002"), 2)]
    conflict.append(record("EXC", 1, 5, (20, "QUAY"), (82, "S-9"), (127, "POP000000U"), (143, "ORI")))
    refused = [ack(2, "MOLE", "FN-0003", "RJ")]
    opening = header("PRS FOR MUSIC", "SO", "2.1", "000000052")
    return file([group("ACK", [accepted, conflict, refused], version="02.10")], opening)
