"""Marks: when an operator's command last did something that others want to know of (a backup, a verification)."""
