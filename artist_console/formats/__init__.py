"""Bytes to domain values and back. No files, no network."""
