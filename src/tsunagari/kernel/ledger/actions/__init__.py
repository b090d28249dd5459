"""Writes of the ledger: one verb, one file."""
