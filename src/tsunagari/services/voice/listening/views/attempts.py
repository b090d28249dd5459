"""How often somebody may try: counted for all processes together, as sign-ins are."""

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

_RATES: Final = {"receipt": "10/h/ip,5/h/key", "send": "30/h/ip"}
"""Wrong codes an hour from one address, and for one number; letters an hour from one address."""


def attempt(request: HttpRequest, what: str, *, key: str = "") -> ratelimit.RateLimitUsage | None:
    """Count an attempt; None where there were too many. One that was right is taken back (`rollback`)."""
    return ratelimit.consume(request, app="listening", action=what, config=_RATES, key=key or None)
