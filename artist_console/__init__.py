"""Artist Console: an artist's works in AI programmes: where they are, what was answered, what was earned."""

__version__ = "0.1.0"
