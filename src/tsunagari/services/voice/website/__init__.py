"""The city's website."""
