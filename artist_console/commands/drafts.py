"""Choices not yet reviewed: kept across restarts, outside the journal."""
