"""Reads of letters, calls for comments and opinions."""

from tsunagari.services.voice.listening.queries.entries import Entry, public_entries

__all__ = ["Entry", "public_entries"]
