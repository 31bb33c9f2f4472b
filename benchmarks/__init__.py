"""Figures, each a ratio of two times taken in one run: `python -m benchmarks`."""
