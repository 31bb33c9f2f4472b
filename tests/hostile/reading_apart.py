"""Reads the hostile files of a folder, each in a fork of this process with limits.

The name of a file is "READER.NUMBER.NAME". For each, one line of JSON on standard output: what was said,
whether it was refused, and what it took. A reader that crashes, or meets the limits, says so by its line.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from artist_console.commands.table_copies import parquet_says
from artist_console.domain.problems import Problem
from artist_console.formats.audio_sight import NotAudio, look_at
from artist_console.formats.certificate_chain import read_certificates
from artist_console.formats.contract_file import read_contract_file
from artist_console.formats.dataset_list import read_dataset_list
from artist_console.formats.encoding import encode
from artist_console.formats.evidence_bundle import verify_bundle
from artist_console.formats.key_statements import MalformedStatement
from artist_console.formats.known_signers import Known
from artist_console.formats.ledger_file import MalformedLedgerFile, check_ledger_lines
from artist_console.formats.mail_in import read_mail
from artist_console.formats.mail_signature import check as check_mail
from artist_console.formats.manifest import look_over, manifest_lines
from artist_console.formats.rate_table import read_rate_table
from artist_console.formats.receipt_proof import MalformedProof, check_proof, read_keys, read_proof
from artist_console.formats.recognise import read_catalogue
from artist_console.formats.signer_card import read_card
from artist_console.formats.statement_reading import StatementHints, StatementReader
from artist_console.formats.tdmrep import NotTdmRep, read_tdmrep
from tests.fuzz.packages import report
from tests.fuzz.targets import AI_WORDS

MEMORY_MB = 700  # beyond what this process takes up when it has loaded everything
PROCESSOR_S = 30
CLOCK_S = 120
_REFUSES = (*(NotAudio, MalformedStatement, MalformedLedgerFile, MalformedProof, NotTdmRep),)


def _statement(data: bytes) -> object:
    reader = StatementReader(io.BytesIO(data), "file", AI_WORDS, StatementHints(currency="EUR"))
    return [encode(row) for row in reader.rows()], encode((reader.notes, reader.warnings, reader.rejected))


def _manifest(data: bytes) -> object:
    seen = look_over(io.BytesIO(data), "file", lambda _: None)
    return [encode(line) for line in manifest_lines(io.BytesIO(data), "file", seen)]


def _mail(data: bytes) -> object:
    return encode(read_mail(data)), check_mail(data)


def _evidence(data: bytes) -> object:
    return verify_bundle(io.BytesIO(data), Known()).headline.text


READERS: Mapping[str, Callable[[bytes], object]] = {
    "catalogue": lambda data: encode(read_catalogue(data, "file", "Mara")),
    "statement": _statement,
    "list": lambda data: encode(read_dataset_list(data, "file")),
    "manifest": _manifest,
    "mail": _mail,
    "rates": lambda data: read_rate_table(data, "file").table,
    "contract": lambda data: encode(read_contract_file(data, "file")),
    "ledger": lambda data: list(check_ledger_lines(io.BytesIO(data), {})),
    "receipt": lambda data: check_proof(read_proof(data), {}),
    "keys": read_keys,
    "card": read_card,
    "evidence": _evidence,
    "report": report,
    "parquet": lambda data: parquet_says(io.BytesIO(data)),
    "audio": lambda data: look_at(io.BytesIO(data)),
    "certificates": read_certificates,
    "tdmrep": read_tdmrep,
}


def main(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        reader = path.name.partition(".")[0]
        print(json.dumps({"file": path.name, **_in_a_fork(READERS[reader], path)}), flush=True)


def _in_a_fork(reader: Callable[[bytes], object], path: Path) -> dict[str, Any]:
    there, here = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(there)
        os._exit(_read(reader, path, here))
    os.close(here)
    with os.fdopen(there, "rb") as told:
        said = told.read()
    _, status, used = os.wait4(child, 0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "seconds": round(used.ru_utime + used.ru_stime, 2),
        "peak_mb": used.ru_maxrss // 1024,
        "said": said.decode("utf-8", "replace"),
    }


def _read(reader: Callable[[bytes], object], path: Path, here: int) -> int:
    """0: read. 3: refused in a sentence. Anything else: a crash."""
    import signal

    signal.alarm(CLOCK_S)
    with open("/proc/self/statm", "rb") as file:
        used = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY_MB * 2**20,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S,) * 2)
    try:
        value = reader(path.read_bytes())
    except Problem as problem:
        os.write(here, problem.sentence.encode()[:4_000])
        return 3
    except _REFUSES as error:
        os.write(here, str(error).encode()[:4_000])
        return 3
    except BaseException as error:  # noqa: BLE001 - told, and then a test fails
        os.write(here, f"{type(error).__name__}: {error}".encode("utf-8", "replace")[:4_000])
        return 1
    os.write(here, (value if isinstance(value, bytes) else repr(value).encode("utf-8", "replace"))[:60_000])
    return 0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
