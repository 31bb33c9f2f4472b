"""How the pages look: the tokens of the application's theme as CSS, light and dark, on any width."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from typing import Any

from artist_console.host.resources import resource_bytes

_TINTS = ("allow", "deny", "ask", "info")

_RULES = """
*{box-sizing:border-box;margin:0}
[hidden]{display:none!important}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{background:var(--bg);color:var(--text);font:1rem/1.5 FAMILY,system-ui,sans-serif;min-height:100vh;
 display:flex;flex-direction:column;align-items:center;padding:XXLpx Mpx}
main{width:100%;max-width:26rem;background:var(--surface);border:1px solid var(--line);border-radius:CARDpx;
 padding:XXLpx XLpx;overflow-wrap:anywhere}
header,footer{width:100%;max-width:26rem;color:var(--text_2);font-size:.875rem;overflow-wrap:anywhere}
header{padding:0 0 Mpx;font-weight:600}
footer{padding:Mpx 0 0}
h1{font-size:1.375rem;line-height:1.3;font-weight:600;margin-bottom:XSpx}
h2{font-size:1rem;font-weight:600;margin-top:XLpx}
p{margin-top:Spx;color:var(--text_2)}
label{display:block;margin-top:Mpx;font-weight:500}
input[type=text],input[type=password]{display:block;width:100%;min-height:44px;margin-top:XXSpx;
 padding:XSpx Spx;font:inherit;color:var(--text);background:var(--surface);
 border:1px solid var(--control_line);border-radius:FIELDpx}
.code{letter-spacing:.12em;font-variant-numeric:tabular-nums}
button,.button{display:block;width:100%;min-height:44px;margin-top:XLpx;padding:XSpx Mpx;font:inherit;
 font-weight:600;text-align:center;text-decoration:none;color:var(--on_accent);background:var(--accent);
 border:1px solid var(--accent);border-radius:BUTTONpx;cursor:pointer}
button:hover,.button:hover{background:var(--accent_hover)}
.quiet{color:var(--text);background:var(--surface);border-color:var(--control_line);margin-top:Spx}
.quiet:hover{background:var(--hover)}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
a{color:var(--accent_text)}
dl{margin-top:Mpx;border-top:1px solid var(--line)}
dl div{display:flex;gap:Mpx;padding:Spx 0;border-bottom:1px solid var(--line)}
dt{flex:0 0 6rem;color:var(--text_2)}
dd{font-weight:500;min-width:0}
.note{margin-top:Mpx;padding:Spx;border-radius:FIELDpx}
@media (max-width:30rem){body{padding:Mpx Spx}main{padding:XLpx Mpx}}
@media (forced-colors:active){button,.button,main,input{border:1px solid}}
"""


@cache
def stylesheet() -> str:
    """The same for every page, so that its hash stands for it."""
    tokens = json.loads(resource_bytes("theme/tokens.json"))
    light, dark = (_variables(tokens, theme) for theme in ("light", "dark"))
    rules = _RULES.replace("FAMILY", tokens["font_family"])
    sizes = {**tokens["space"], **tokens["radius"]}
    for name in sorted(sizes, key=len, reverse=True):
        rules = rules.replace(f"{name.upper()}px", f"{sizes[name]}px")
    tints = "".join(f".{name}{{color:var(--{name}_text);background:var(--{name}_back)}}" for name in _TINTS)
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}{rules}{tints}"


def _variables(tokens: Any, theme: str) -> str:
    given = tokens["colours"][theme]
    colours = {name: value for name, value in given.items() if len(value) == len("#RRGGBB")}
    for tint in _TINTS:
        colours |= {f"{tint}_{part}": tokens["tints"][theme][tint][part] for part in ("text", "back")}
    return "".join(f"--{name}:{value};" for name, value in colours.items())


@cache
def stylesheet_source() -> str:
    """The one style that a page may use, for its content security policy."""
    digest = hashlib.sha256(stylesheet().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
