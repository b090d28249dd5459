"""Writes of metering: one verb, one file."""
