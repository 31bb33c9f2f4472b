"""Artist Console: where an artist's works are in AI programmes, what was answered, what was earned, with proof."""

__version__ = "0.1.0"
