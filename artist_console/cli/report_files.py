"""Reports given as files: patterns that no shell has read, several at once, progress, and one exit code."""

from __future__ import annotations

import glob
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from artist_console.cli.decided import spare
from artist_console.cli.output import DONE, NOT_GENUINE, SIGNER_UNKNOWN, TROUBLE, Answer, Plain, sayable
from artist_console.cli.tables import fitted, line_width, plain, width
from artist_console.domain.problems import FileProblem, InputProblem, Problem

# Of several files the code is the worst.
_WORST_FIRST = (NOT_GENUINE, TROUBLE, SIGNER_UNKNOWN, DONE)

Told = Callable[[int, int], None]  # done, of how many
Found = TypeVar("Found")


class NoFileFits(FileProblem):
    title_template = "No file fits {pattern}"
    advice_template = "Check the name and the folder"


class NeedsAFolder(InputProblem):
    title_template = "{count} reports cannot be written to one file"
    advice_template = "Give a folder that is there with --out"


def files_of(given: Sequence[Path]) -> tuple[Path, ...]:
    """The files that were meant, each once: a path as it is, or those that fit a pattern, by name.

    A file whose name looks like a pattern is that file. Raises NoFileFits.
    """
    found: dict[Path, None] = {}
    for path in given:
        if path.exists() or not glob.has_magic(str(path)):
            found[path] = None
            continue
        fitting = sorted(glob.glob(str(path), recursive=True))
        files = [each for each in map(Path, fitting) if not each.is_dir()]
        if not files:
            raise NoFileFits(pattern=str(path))
        found.update(dict.fromkeys(files))
    return tuple(found)


def targets_of(files: Sequence[Path], out: Path, name: Callable[[Path], str]) -> dict[Path, Path]:
    """Where each report is written to: to `out` itself, or into it where it is a folder. Raises NeedsAFolder.

    Two reports of one name in several folders get numbers.
    """
    if not out.is_dir():
        if len(files) > 1:
            raise NeedsAFolder(count=len(files))
        return {files[0]: out}
    taken: set[str] = set()
    targets = {}
    for path in files:
        wanted = proposed = Path(name(path)).name
        number = 1
        while wanted.casefold() in taken:
            number += 1
            wanted = f"{Path(proposed).stem} ({number}){Path(proposed).suffix}"
        taken.add(wanted.casefold())
        targets[path] = out / wanted
    return targets


def spare_all(targets: Iterable[Path], *, replace: bool) -> None:
    """Before anything is written: nothing that is there is replaced by a slip. Raises WouldBeReplaced."""
    for path in targets:
        spare(path, replace=replace)


def gone_through(
    files: Sequence[Path], look: Callable[[Path, Told], Found], *, json: bool
) -> list[tuple[Path, Found | Problem]]:
    """What was found of each file, in turn. Raises Problem for one file alone.

    Of several, a problem with one is something that was found: the rest is looked at all the same.
    """
    watched = _Watched(len(files), silent=json)
    try:
        if len(files) == 1:
            return [(files[0], look(files[0], watched.of(files[0])))]
        return [(path, _found(path, look, watched)) for path in files]
    finally:
        watched.end()


def _found(path: Path, look: Callable[[Path, Told], Found], watched: _Watched) -> Found | Problem:
    try:
        return look(path, watched.of(path))
    except Problem as problem:
        return problem


def together(answers: Sequence[tuple[Path, Answer]]) -> Answer:
    """The answer about several files: of one its own, of more a list, and the worst code."""
    if len(answers) == 1:
        return answers[0][1]
    return Answer(
        "\n\n".join(f"{plain(str(path))}\n{answer.text}" for path, answer in answers),
        [answer.facts for _, answer in answers],
        worst(answer.code for _, answer in answers),
    )


def unread(path: Path, problem: Problem) -> Answer:
    """The answer about one of several files that nothing came of."""
    facts: Plain = {"file": str(path), "verdict": "unreadable", "problem": plain(problem.sentence)}
    return Answer(plain(problem.sentence), facts, TROUBLE)


def of_each(files: Sequence[Path], run: Callable[[Path, Told], Answer], *, json: bool) -> Answer:
    """Run a command on each file. Raises Problem for one file alone."""
    found = gone_through(files, run, json=json)
    return together(
        [(path, unread(path, each) if isinstance(each, Problem) else each) for path, each in found]
    )


def worst(codes: Iterable[int]) -> int:
    found = set(codes)
    return next((code for code in _WORST_FIRST if code in found), DONE)


class _Watched:
    """One line on a terminal that says how far a command is; nothing where standard error is no terminal."""

    def __init__(self, count: int, *, silent: bool) -> None:
        self._count = count
        self._number = 0
        self._shown = ""
        self._silent = silent or not sys.stderr or not sys.stderr.isatty()

    def of(self, path: Path) -> Told:
        """Begin with the next file; gives what is told how far it is."""
        self._number += 1
        which = f"{self._number} of {self._count}: " if self._count > 1 else ""
        self._show(f"{which}{path.name}")

        def told(done: int, total: int) -> None:
            self._show(f"{which}{path.name}", f"  {100 * done // max(total, 1)} %")

        return told

    def _show(self, words: str, behind: str = "") -> None:
        words = fitted(plain(words), line_width() - 1 - len(behind)) + behind
        if self._silent or words == self._shown:
            return
        blank = " " * max(width(self._shown) - width(words), 0)
        sys.stderr.write("\r" + sayable(words + blank, sys.stderr))
        sys.stderr.flush()
        self._shown = words

    def end(self) -> None:
        """Take the line away, so that the answer stands alone."""
        if self._shown:
            sys.stderr.write("\r" + " " * width(self._shown) + "\r")
            sys.stderr.flush()
            self._shown = ""
