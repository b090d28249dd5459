"""The addresses that machines ask, in every zone: /livez, /healthz and /metrics."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db import close_old_connections

from tsunagari.city.health import Health
from tsunagari.city.measurements import exposition
from tsunagari.kernel.edge import api as edge

T = TypeVar("T")


def probes() -> edge.probes.Probes:
    """Each probe by its address."""
    return {
        "/livez": edge.probes.alive,
        "/healthz": edge.probes.ready(_with_a_connection_of_now(Health().faults)),
        "/metrics": edge.probes.metrics(
            _with_a_connection_of_now(exposition),
            token=settings.METRICS_TOKEN,
            proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
        ),
    }


def _with_a_connection_of_now(function: Callable[[], T]) -> Callable[[], T]:
    """What Django does around each request: a connection that broke or is too old is closed, before and after."""

    def asked() -> T:
        close_old_connections()
        try:
            return function()
        finally:
            close_old_connections()

    return asked
