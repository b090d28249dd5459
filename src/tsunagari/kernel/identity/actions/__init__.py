"""Writes: one verb, one file."""
