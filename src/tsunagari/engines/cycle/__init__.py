"""The plan's year."""
