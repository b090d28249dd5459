"""Reads of the plan: rows for the dashboard and the measure page."""
