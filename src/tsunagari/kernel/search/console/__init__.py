"""The console's screens of the search: what was sought, words that mean the same, the city's own words."""

from tsunagari.kernel.search.console import menu, sought, synonyms

__all__ = ["menu", "sought", "synonyms"]
