"""The recovery code as a page to be printed: one HTML file with nothing outside itself."""

from __future__ import annotations

import html
from pathlib import Path

from artist_console.domain.problems import FileProblem
from artist_console.host.files import write_atomic

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Recovery code of Artist Console</title>
<style>
body {{ font: 12pt/1.5 system-ui, sans-serif; color: #000; background: #fff; max-width: 16cm;
        margin: 2cm auto }}
h1 {{ font-size: 18pt; margin: 0 0 .4cm }}
ol {{ list-style: none; padding: 0; display: grid; grid-template-columns: repeat(4, 1fr); gap: .4cm;
      margin: 1cm 0 }}
li {{ border: 1px solid #000; padding: .2cm .3cm; text-align: center }}
li span {{ display: block; font-size: 8pt }}
li b {{ font: 600 17pt ui-monospace, monospace; letter-spacing: .08em }}
</style></head><body>
<h1>Recovery code of Artist Console</h1>
<p>It opens your decisions where the keyring of your computer, your passphrase or the file of your keys is
lost. Whoever holds this page and your files can open them. Keep it where you keep contracts, away from the
computer.</p>
<ol>
{groups}
</ol>
<p>There is no O, I, L or U in it: a round sign is a zero, an upright one a one. The last sign of each group
checks the four before it.</p>
<p>To use it: start Artist Console and choose “Enter recovery code”, or type
<code>artist-console keys recover</code>.</p>
<p>Profile: {profile}<br>Made on: {day}. It ends every code that was made before.</p>
</body></html>
"""


def recovery_page(code: str, profile: str, day: str) -> str:
    """The page for a code; `profile` is the folder that it belongs to."""
    groups = "\n".join(
        f"<li><span>{number}</span><b>{html.escape(group)}</b></li>"
        for number, group in enumerate(code.split("-"), 1)
    )
    return _PAGE.format(groups=groups, profile=html.escape(profile), day=html.escape(day))


def save_page(path: Path, page: str) -> None:
    """Write the page where only this user reads it. Raises FileProblem where something is there already."""
    if path.exists():
        raise FileProblem("{name} is there already", "Choose another name", name=str(path))
    write_atomic(path, page.encode(), mode=0o600)
