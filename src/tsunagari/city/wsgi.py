"""What the web server calls: Django behind the edge."""

import os

from django.core.wsgi import get_wsgi_application

from tsunagari.kernel.edge.api import Edge, Watch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tsunagari.city.settings")
_django = get_wsgi_application()

from django.conf import settings  # noqa: E402 - they are read now

from tsunagari.city import probes  # noqa: E402 - it has models: Django must be ready
from tsunagari.kernel.metering import api as metering  # noqa: E402 - as above

application = Edge(
    _django,
    metering.count_view,
    probes=probes.probes(),
    proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
)
_watches: list[Watch] = []


def start() -> None:
    """Once in each server process: views in memory are written at least each second."""
    metering.start_flushing()
    watch = Watch(metering.unwritten_views)
    _watches.append(watch)
    watch.start()


def stop() -> None:
    """Once in each server process, after its last request: nothing stays in memory."""
    while _watches:
        _watches.pop().stop()
    metering.stop_flushing()
