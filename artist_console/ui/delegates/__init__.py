"""Painting of table cells, and the table they stand in."""
