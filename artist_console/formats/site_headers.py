"""The lines that make a web server send headers, and the elements for the head of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape

Header = tuple[str, str]  # name and value


class Server(Enum):
    NGINX = "nginx"
    APACHE = "apache"
    HTACCESS = "htaccess"
    NETLIFY = "netlify"  # _headers, which some other hosts of static sites read, too


@dataclass(frozen=True, slots=True)
class ServerLines:
    """A file with lines to copy; `name` is what it is called in the folder."""

    server: Server
    name: str
    text: str


def server_lines(headers: Sequence[Header], path: str, said: Sequence[str]) -> tuple[ServerLines, ...]:
    """The lines for each server. `path` begins with a slash; "/" is the whole site."""
    remarks = [f"# {' '.join(sentence.split())}" for sentence in said]
    return (
        ServerLines(Server.NGINX, "nginx.conf.txt", _file(remarks, _nginx(headers, path))),
        ServerLines(Server.APACHE, "apache.conf.txt", _file(remarks, _apache(headers, path))),
        ServerLines(Server.HTACCESS, "htaccess.txt", _file(remarks, _htaccess(headers))),
        ServerLines(Server.NETLIFY, "netlify_headers.txt", _file(remarks, _netlify(headers, path))),
    )


def meta_elements(headers: Sequence[Header]) -> str:
    """The elements for the head of a page, for the headers that have one (TDMRep's)."""
    lines = [
        f'<meta name="{escape(name)}" content="{escape(value)}">'
        for name, value in headers
        if name.startswith("tdm-")
    ]
    return "\n".join(lines) + "\n" if lines else ""


def _file(remarks: Sequence[str], lines: Sequence[str]) -> str:
    return "\n".join((*remarks, "", *lines)) + "\n"


def _quoted(value: str) -> str:
    """In quotation marks, for nginx and Apache; what both would read as more than text is refused."""
    if any(sign in value for sign in '"\\$%{}\r\n'):
        raise ValueError(f"cannot be written for a server: {value!r}")
    return f'"{value}"'


def _nginx(headers: Sequence[Header], path: str) -> list[str]:
    lines = [f"add_header {name} {_quoted(value)} always;" for name, value in headers]
    if path == "/":
        return [
            "# Inside server { }, and again in each location that has an add_header of its own:",
            *lines,
        ]
    return [f"location {path} {{", *(f"    {line}" for line in lines), "}"]


def _apache(headers: Sequence[Header], path: str) -> list[str]:
    lines = [f"Header always set {name} {_quoted(value)}" for name, value in headers]
    return [f'<Location "{path}">', *(f"    {line}" for line in lines), "</Location>"]


def _htaccess(headers: Sequence[Header]) -> list[str]:
    lines = [f"    Header always set {name} {_quoted(value)}" for name, value in headers]
    return ["<IfModule mod_headers.c>", *lines, "</IfModule>"]


def _netlify(headers: Sequence[Header], path: str) -> list[str]:
    return [f"{path.rstrip('/')}/*", *(f"  {name}: {value}" for name, value in headers)]
