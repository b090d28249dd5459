"""The My Number card: help to get one, and how many there are."""
