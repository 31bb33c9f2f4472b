"""Charts painted with QPainter; values are Decimal, only pixels are floats."""
