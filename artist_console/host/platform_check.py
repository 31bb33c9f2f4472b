"""What the computer must offer before Qt may be touched: system libraries and, on Linux, a display.

Qt ends the process with an abort where a library of its window plug-in or the display is missing. These
checks use no Qt, so that the person gets a sentence instead.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Mapping

from artist_console.domain.problems import SetupProblem

# What Qt and its X11 plug-in load from the system. A test keeps the README's apt line equal to this one.
APT_PACKAGES = (
    "python3-venv",
    "libegl1",
    "libgl1",
    "libglib2.0-0",
    "libfontconfig1",
    "libdbus-1-3",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
)
APT_LINE = "sudo apt install " + " ".join(APT_PACKAGES)

# Needed by the X11 plug-in only, so an import of Qt does not show their absence.
X11_LIBRARIES = (
    "libX11-xcb.so.1",
    "libxkbcommon-x11.so.0",
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-randr.so.0",
    "libxcb-render-util.so.0",
    "libxcb-shape.so.0",
    "libxcb-sync.so.1",
    "libxcb-xfixes.so.0",
    "libxcb-xkb.so.1",
)

# Qt platforms that draw without a screen.
_SCREENLESS = frozenset({"offscreen", "minimal", "vnc"})

# As the loader of Linux words it: "libEGL.so.1: cannot open shared object file: No such file or directory".
_LOADER_MESSAGE = re.compile(r"^(?P<library>[\w.+-]+\.so[\w.]*): cannot open shared object file")


class MissingLibrary(SetupProblem):
    """A library of the operating system that Qt needs is not installed."""

    title_template = "The system library {library} is missing"
    advice_template = "On Debian or Ubuntu install it with: {line}"


class MissingPackage(SetupProblem):
    """A Python package that the project depends on is not installed."""

    title_template = "The Python package {package} is missing"
    advice_template = "Install Artist Console again with: pip install ."


class NoDisplay(SetupProblem):
    """There is no screen to draw a window on."""

    title_template = "There is no display to show a window on"
    advice_template = "Start it in a desktop session, or use the commands that artist-console --help lists"


def missing_system_library(error: ImportError) -> SetupProblem | None:
    """The problem behind a failed import, if it is a shared library that the system lacks."""
    found = _LOADER_MESSAGE.match(str(error))
    return _missing(found["library"]) if found else None


def missing_part(error: ImportError) -> SetupProblem | None:
    """The problem behind a failed import: a system library or a package. None where it is a bug of ours."""
    if isinstance(error, ModuleNotFoundError):
        package = (error.name or "").partition(".")[0]
        return None if package in ("", "artist_console") else MissingPackage(package=package)
    return missing_system_library(error)


def missing_display_library(environ: Mapping[str, str] = os.environ) -> SetupProblem | None:
    """The first library that Qt's X11 plug-in would miss; None where X11 is not what it would use."""
    if not _draws_on_x11(environ):
        return None
    return next((_missing(name) for name in X11_LIBRARIES if _load(name) is None), None)


def display_available(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a window can be shown. Windows and macOS always can; on Linux an X server has to answer."""
    if not sys.platform.startswith("linux") or _platform(environ) in _SCREENLESS:
        return True
    if environ.get("WAYLAND_DISPLAY"):
        return True
    return bool(environ.get("DISPLAY")) and _x_server_answers(environ["DISPLAY"])


def display_problem(environ: Mapping[str, str] = os.environ) -> SetupProblem | None:
    """What keeps a window from being shown: call it before the QApplication is made."""
    if not display_available(environ):
        return NoDisplay()
    return missing_display_library(environ)


def _platform(environ: Mapping[str, str]) -> str:
    """The Qt platform asked for, without its options ("offscreen:size=..." is offscreen)."""
    return environ.get("QT_QPA_PLATFORM", "").partition(":")[0]


def _draws_on_x11(environ: Mapping[str, str]) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    asked = _platform(environ)
    return asked == "xcb" or (not asked and not environ.get("WAYLAND_DISPLAY"))


def _missing(library: str) -> MissingLibrary:
    return MissingLibrary(library=library, line=APT_LINE)


def _load(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


def _x_server_answers(display: str) -> bool:
    """Open a connection and close it. DISPLAY alone may name a server that has gone, and Qt aborts then."""
    xcb = _load("libxcb.so.1")
    if xcb is None:
        return True  # missing_display_library names what is missing; that sentence helps more
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers
