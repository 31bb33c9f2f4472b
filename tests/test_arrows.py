"""The rooms and arrows of ARCHITECTURE.md, read from the source with `ast`.

Each file is checked by itself against the tables below; the cycles are sought over all files together.
The last tests show the checks a wrong line each, so that a check that sees nothing does not go unnoticed.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = "artist_console"
FILES = tuple(sorted((PROJECT / PACKAGE).rglob("*.py")))

# Room -> what its files may import of ours: whole rooms, or single modules of a room.
ARROWS: dict[str, frozenset[str]] = {
    "domain": frozenset(),
    "host": frozenset({"domain.problems"}),
    "formats": frozenset({"domain"}),
    "store": frozenset({"domain", "formats"}),
    "sync": frozenset({"domain", "formats", "host", "store"}),
    "commands": frozenset({"domain", "formats", "host", "store", "sync"}),
    "ui": frozenset({"domain", "commands", "host.resources", "host.settings"}),
    "cli": frozenset({"domain", "formats", "host", "commands"}),
    "backend": frozenset(
        {"domain", "formats", "host.files", "host.kept_files", "host.lock", "host.paths", "host.resources"}
        | {"host.sealed_files", "host.secrets", "host.subkeys"}
    ),
    "app": frozenset({"domain", "formats", "host", "store", "sync", "commands", "ui", "cli", "backend"}),
    "__main__": frozenset({"app", "host.limited_child", "host.platform_check"}),
    "__init__": frozenset(),
}

# Library -> the rooms or modules that may import it. What is not named here is free to all but the domain.
OWNERS: dict[str, frozenset[str]] = {
    "PySide6": frozenset({"ui"}),
    "shiboken6": frozenset({"ui"}),
    "requests": frozenset({"sync.connection", "sync.interruptible", "backend.sign_in.outside_http"}),
    "urllib3": frozenset({"sync.connection", "sync.interruptible"}),
    "truststore": frozenset({"sync.connection"}),
    "oauthlib": frozenset({"sync.oauth"}),
    "urllib.request": frozenset(),
    "http.client": frozenset(),
    "httpx": frozenset(),
    "keyring": frozenset({"host.secrets", "host.keyrings"}),
    "secretstorage": frozenset(),
    "platformdirs": frozenset({"host.paths"}),
    "apsw": frozenset({"store"}),
    "sqlite3": frozenset(),
    "sqlcipher3": frozenset({"backend"}),
    "sqlalchemy": frozenset({"backend"}),
    "alembic": frozenset({"backend"}),
    "litestar": frozenset({"backend"}),
    "uvicorn": frozenset({"backend"}),
    "psycopg": frozenset({"backend"}),
    "authlib": frozenset({"backend.sign_in"}),
    "joserfc": frozenset({"backend.sign_in"}),
    "argon2": frozenset({"backend.sign_in", "host.passphrase"}),
    "pyotp": frozenset({"backend.sign_in"}),
    "c2pa": frozenset({"formats.c2pa_marks"}),
    "dkim": frozenset({"formats.mail_signature"}),
    "dns": frozenset(),
    "icalendar": frozenset({"formats.calendar_out"}),
    "duckdb": frozenset({"store", "formats", "backend"}),
    "fsspec": frozenset({"formats"}),
    "rapidfuzz": frozenset({"domain.matching_scores"}),
    "anyascii": frozenset({"domain.matching_words"}),
    # Threads: the two lanes, a keyring that may hang, and the service with its jobs. Those of `sync`
    # start none, but are called from several.
    "threading": frozenset(
        {"ui.background", "host.keyrings", "backend"}
        | {"sync.tokens", "sync.cancelling", "sync.interruptible"}
        | {"formats.lines_writer"}  # the library pulls rows while we push them
        | {"formats.lines_duck", "formats.package"}  # a lock each; they start none
    ),
    "concurrent": frozenset({"ui.background", "backend"}),
    "asyncio": frozenset({"backend"}),
    "multiprocessing": frozenset(),
}

# What the domain may not even take from the standard library: clocks, chance, files, processes.
NOT_IN_DOMAIN = frozenset(
    {
        "io",
        "logging",
        "os",
        "pathlib",
        "random",
        "secrets",
        "shutil",
        "socket",
        "subprocess",
        "tempfile",
        "time",
    }
)
NO_CLOCK = frozenset({"now", "utcnow", "today", "uuid1", "uuid4", "uuid7"})
# Bytes come to the formats from elsewhere.
NOT_IN_FORMATS = frozenset({"os", "pathlib", "shutil", "socket", "subprocess", "tempfile"})

# Late imports of our own modules: (who, whom). Each says beside it why it is late.
LATE = frozenset(
    {
        ("__main__", "app"),
        ("app", "commands.signing_in"),
        ("app", "ui"),
        ("app", "backend"),
        ("app", "cli"),
        ("app", "sync"),
        ("app", "app"),
        ("app", "commands.cannot_open"),
        ("app", "commands.keys"),
        ("app", "commands.key_rotation"),
        ("backend.hosting", "backend.storage.postgresql"),
        ("formats.statement_totals", "formats.statement_duck"),
        ("formats.lines_file", "formats.lines_duck"),
        ("formats.parquet_digest", "formats.lines_duck"),
        ("formats.table_copy", "formats.lines_duck"),
        ("formats.lines_writer", "formats.lines_duck"),
        ("commands.documented_sources", "domain.source_names"),
        ("cli.run", "cli"),
        ("cli.report_commands", "cli"),
        ("backend.opening", "backend.storage"),
        ("commands.profiles", "commands.own_keys"),
        ("store.shown", "store.projection"),
        ("ui.figures", "ui.regional"),
        ("store.works", "store.lineage"),
        ("ui.later", "ui"),
        ("ui.later", "commands"),
        ("ui.screens", "ui"),
    }
)

QT_THREADS = frozenset({"QThread", "QThreadPool", "QRunnable", "QtConcurrent"})

EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"})


@dataclass(frozen=True)
class Import:
    """One name imported by a file: `module` is the dotted path, without the package where it is ours."""

    module: str
    ours: bool
    line: int
    late: bool  # inside a function


@dataclass(frozen=True)
class Source:
    """One file of the package; `module` is its dotted path without the package ("host.files")."""

    module: str
    text: str
    is_package: bool = False

    @property
    def room(self) -> str:
        return self.module.partition(".")[0]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return tuple(self._walk(self.tree, late=False))

    def _walk(self, node: ast.AST, late: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for name in child.names:
                    yield self._named(name.name, child.lineno, late)
            elif isinstance(child, ast.ImportFrom):
                start = self._absolute(child)
                for name in child.names:
                    yield self._named(f"{start}.{name.name}", child.lineno, late)
            else:
                inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                yield from self._walk(child, late or inside)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        here = [PACKAGE, *self.module.split(".")]
        above = here[: len(here) - node.level + (1 if self.is_package else 0)]
        return ".".join([*above, *([node.module] if node.module else [])])

    def _named(self, dotted: str, line: int, late: bool) -> Import:
        ours = dotted.split(".", maxsplit=1)[0] == PACKAGE
        return Import(dotted.removeprefix(PACKAGE).lstrip(".") if ours else dotted, ours, line, late)


def source_of(path: Path) -> Source:
    parts = path.relative_to(PROJECT / PACKAGE).with_suffix("").parts
    is_package = parts[-1] == "__init__" and len(parts) > 1
    module = ".".join(parts[:-1] if is_package else parts)
    return Source(module, path.read_text(encoding="utf-8"), is_package)


def lies_in(module: str, places: frozenset[str]) -> bool:
    """Whether a module is one of the places or inside one."""
    return any(module == place or module.startswith(f"{place}.") for place in places)


def is_version(found: Import) -> bool:
    return found.module.startswith("__")


def wrong_arrows(source: Source) -> list[str]:
    if source.room not in ARROWS:
        return [f"{source.module}: no room of ARCHITECTURE.md"]
    allowed = ARROWS[source.room] | {source.room}
    return [
        f"{source.module}:{found.line} imports {found.module}"
        for found in source.imports
        if found.ours and not is_version(found) and not lies_in(found.module, allowed)
    ]


def wrong_libraries(source: Source) -> list[str]:
    wrong = []
    for found in (found for found in source.imports if not found.ours):
        owners = [places for library, places in OWNERS.items() if lies_in(found.module, frozenset({library}))]
        if any(not lies_in(source.module, places) for places in owners):
            wrong.append(f"{source.module}:{found.line} imports {found.module}")
        top = found.module.partition(".")[0]
        if source.room == "domain" and not owners and top not in sys.stdlib_module_names:
            wrong.append(
                f"{source.module}:{found.line} imports {found.module}, which is not standard library"
            )
        if source.room == "domain" and top in NOT_IN_DOMAIN:
            wrong.append(
                f"{source.module}:{found.line} imports {found.module}: no clock, chance or file here"
            )
        if source.room == "formats" and top in NOT_IN_FORMATS:
            wrong.append(f"{source.module}:{found.line} imports {found.module}: bytes and values only")
    return wrong


def wrong_late_imports(source: Source) -> list[str]:
    lines = source.text.splitlines()
    wrong = []
    for found in (found for found in source.imports if found.late):
        if found.ours and not any(
            lies_in(source.module, frozenset({who})) and lies_in(found.module, frozenset({whom}))
            for who, whom in LATE
        ):
            wrong.append(f"{source.module}:{found.line} imports our own {found.module} late")
        nearby = lines[max(0, found.line - 4) : found.line]
        if not any("#" in line for line in nearby):
            wrong.append(f"{source.module}:{found.line} imports {found.module} late and does not say why")
    return wrong


def impure_calls(source: Source) -> list[str]:
    """Calls in the domain that ask a clock or chance, or open a file."""
    if source.room != "domain":
        return []
    wrong = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            asks_clock = isinstance(node.func, ast.Attribute) and node.func.attr in NO_CLOCK
            opens = isinstance(node.func, ast.Name) and node.func.id == "open"
            if asks_clock or opens:
                wrong.append(f"{source.module}:{node.lineno} {ast.unparse(node.func)}()")
    return wrong


def wrong_threads(source: Source) -> list[str]:
    """Names of Qt threads outside the one module that knows threads."""
    if source.module == "ui.background":
        return []
    return [
        f"{source.module}:{found.line} imports {found.module}"
        for found in source.imports
        if QT_THREADS & set(found.module.split("."))
    ]


def import_graph(sources: tuple[Source, ...]) -> dict[str, set[str]]:
    """Module -> modules of ours that it imports; a name inside a module counts as that module."""
    known = {source.module for source in sources}
    graph: dict[str, set[str]] = {source.module: set() for source in sources}
    for source in sources:
        for found in (found for found in source.imports if found.ours):
            target = found.module if found.module in known else found.module.rpartition(".")[0]
            if target in known and target != source.module:
                graph[source.module].add(target)
    return graph


def a_cycle(sources: tuple[Source, ...]) -> list[str]:
    try:
        TopologicalSorter(import_graph(sources)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


every_file = pytest.mark.parametrize(
    "path", FILES, ids=[path.relative_to(PROJECT).as_posix() for path in FILES]
)


@every_file
def test_arrows_between_the_rooms(path: Path) -> None:
    assert wrong_arrows(source_of(path)) == []


@every_file
def test_each_library_has_its_place(path: Path) -> None:
    assert wrong_libraries(source_of(path)) == []


@every_file
def test_late_imports_are_the_listed_ones_and_say_why(path: Path) -> None:
    assert wrong_late_imports(source_of(path)) == []


@every_file
def test_the_domain_asks_no_clock_and_opens_no_file(path: Path) -> None:
    assert impure_calls(source_of(path)) == []


@every_file
def test_threads_of_qt_are_known_to_one_module(path: Path) -> None:
    assert wrong_threads(source_of(path)) == []


@every_file
def test_a_module_is_named_for_its_purpose(path: Path) -> None:
    parts = set(path.relative_to(PROJECT).with_suffix("").parts)
    assert not parts & EMPTY_NAMES


@every_file
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(source_of(path).tree)


def test_no_two_modules_import_each_other() -> None:
    assert a_cycle(tuple(source_of(path) for path in FILES)) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("domain.works", "from artist_console.formats import wire"),
        ("domain.works", "from ..host import files"),
        ("host.files", "from artist_console.domain.works import Work"),
        ("formats.ern", "import artist_console.host.files"),
        ("store.journal", "from artist_console.sync import plan"),
        ("ui.pages.works", "from artist_console.store.search import find"),
        ("ui.pages.works", "from artist_console.formats.wire import Work"),
        ("ui.theme", "from artist_console.host.secrets import open_secrets"),
        ("cli", "from artist_console.store import journal"),
        ("backend.app", "from artist_console.commands import decide"),
        ("commands.decide", "from artist_console import ui"),
        ("toolbox", "import json"),
    ],
)
def test_a_wrong_arrow_is_seen(module: str, line: str) -> None:
    assert wrong_arrows(Source(module, line)) != []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("domain.works", "import attrs"),
        ("domain.works", "from datetime import date\nimport random"),
        ("domain.works", "import rapidfuzz"),
        ("formats.ern", "from pathlib import Path"),
        ("commands.decide", "from PySide6.QtCore import QObject"),
        ("app", "import PySide6.QtWidgets"),
        ("sync.engine", "import requests"),
        ("sync.engine", "from urllib import request"),
        ("ui.pages.works", "import sqlite3"),
        ("backend.app", "import apsw"),
        ("host.settings", "from keyring import get_keyring"),
        ("store.journal", "import threading"),
    ],
)
def test_a_library_out_of_place_is_seen(module: str, line: str) -> None:
    assert wrong_libraries(Source(module, line)) != []


@pytest.mark.parametrize(
    "line",
    ["from artist_console.domain import works  # late", "import duckdb", "from artist_console import sync"],
)
def test_a_late_import_that_is_not_listed_or_gives_no_reason_is_seen(line: str) -> None:
    assert wrong_late_imports(Source("store.search", f"def find():\n    {line}\n")) != []


def test_a_heavy_library_may_come_late_when_it_says_so() -> None:
    text = (
        "def find():\n    # Late: takes 60 ms that the first paint should not wait for.\n    import duckdb\n"
    )
    assert wrong_late_imports(Source("store.statements", text)) == []


@pytest.mark.parametrize("line", ["x = datetime.now()", "x = open('a')", "x = uuid.uuid4()"])
def test_a_clock_a_chance_or_a_file_in_the_domain_is_seen(line: str) -> None:
    assert impure_calls(Source("domain.works", line)) != []


def test_a_thread_of_qt_in_a_page_is_seen() -> None:
    assert wrong_threads(Source("ui.pages.works", "from PySide6.QtCore import Qt, QThread")) != []


def test_a_cycle_is_seen_even_through_a_package_and_a_late_import() -> None:
    sources = (
        Source("store", "from artist_console.store.journal import append", is_package=True),
        Source("store.journal", "def append():\n    from . import Row\n"),
    )
    assert set(a_cycle(sources)) == {"store", "store.journal"}
