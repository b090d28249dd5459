"""Reads of the search: words understood, entries found, suggestions."""
