"""Writes of the search: entries in and out, synonyms, what was sought."""
