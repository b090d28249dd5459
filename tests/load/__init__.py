"""Measurements under load, started by bin/load; each part bounded in time, each on a scratch database."""
