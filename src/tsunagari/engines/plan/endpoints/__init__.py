"""The plans' API: all that the pages show, for everyone; and figures taken in with a division's key."""

from tsunagari.engines.plan.endpoints import entering, reading
from tsunagari.engines.plan.endpoints.plans import ADDRESS, router

__all__ = ["ADDRESS", "entering", "reading", "router"]
