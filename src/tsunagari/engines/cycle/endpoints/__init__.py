"""The API of closed years: what was sealed, in every version, for everyone to read."""

from tsunagari.engines.cycle.endpoints.reports import ADDRESS, router

__all__ = ["ADDRESS", "router"]
