"""The words of a key to compare, and why handovers count for nothing: for window and command line."""

from __future__ import annotations

from artist_console.formats.handovers import ChainFault
from artist_console.formats.key_words import in_lines, is_said_by, words_from

__all__ = ["ChainFault", "in_lines", "is_said_by", "words_from"]
