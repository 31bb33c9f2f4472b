"""The few small pages that the browser is shown when it comes back. They hold no text that came in."""

from __future__ import annotations

from http import HTTPStatus

DONE = "Artist Console has the answer. You can close this window."
DENIED = "Artist Console was told that you declined. Nothing was changed. You can close this window."
NOT_THIS = "Artist Console did not expect this. It still waits for the answer of the service."
BUSY = "Too much comes in here at once. Try again."

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Artist Console</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem}}</style>
</head>
<body><h1>Artist Console</h1><p>{words}</p></body>
</html>
"""


def answer(status: int, words: str) -> bytes:
    """A whole response of HTTP/1.1. Nothing of it is kept, framed, run or sent on."""
    body = _PAGE.format(words=words).encode()
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "Connection: close",
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + body
