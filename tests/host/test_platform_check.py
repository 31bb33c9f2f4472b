"""What the computer lacks is told in a sentence, before Qt could abort."""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path

import pytest

from artist_console.host.platform_check import (
    APT_LINE,
    display_available,
    display_problem,
    missing_display_library,
    missing_part,
    missing_system_library,
)

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the check is for Linux")
README = Path(__file__).resolve().parents[2] / "README.md"


@linux_only
def test_the_loaders_own_message_is_understood() -> None:
    with pytest.raises(OSError, match="cannot open") as caught:
        ctypes.CDLL("libAbsentForSure.so.1")
    problem = missing_system_library(ImportError(str(caught.value)))
    assert problem is not None
    assert problem.title == "The system library libAbsentForSure.so.1 is missing"
    assert APT_LINE in problem.sentence


def test_another_import_error_is_not_taken_for_a_missing_library() -> None:
    assert missing_system_library(ImportError("cannot import name 'x' from 'y'")) is None


def test_a_missing_package_is_named_by_its_top_name() -> None:
    problem = missing_part(ModuleNotFoundError("No module named 'PySide6.QtGui'", name="PySide6.QtGui"))
    assert problem is not None
    assert problem.title == "The Python package PySide6 is missing"


def test_a_missing_module_of_our_own_is_a_bug_and_not_a_problem() -> None:
    assert missing_part(ModuleNotFoundError("No module named ...", name="artist_console.absent")) is None


@linux_only
@pytest.mark.parametrize(
    ("environ", "available"),
    [
        ({}, False),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
        ({"DISPLAY": ":987"}, False),  # named, but no server answers there
        ({"DISPLAY": ""}, False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "offscreen:configfile=x"}, True),
        ({"QT_QPA_PLATFORM": "minimal"}, True),
    ],
)
def test_a_display_is_one_that_answers(environ: dict[str, str], available: bool) -> None:
    assert display_available(environ) is available
    if not available:
        problem = display_problem(environ)
        assert problem is not None
        assert problem.title == "There is no display to show a window on"


def test_drawing_offscreen_needs_nothing_of_x11() -> None:
    assert missing_display_library({"QT_QPA_PLATFORM": "offscreen"}) is None


def test_the_readme_names_the_same_apt_line() -> None:
    lines = re.findall(r"^sudo apt install .*$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert lines == [APT_LINE]
