"""Writes to a plan's year, one verb a file."""
