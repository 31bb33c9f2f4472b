"""Small parts that show a value and emit a wish; they know no data."""
