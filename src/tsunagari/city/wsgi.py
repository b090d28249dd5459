"""What the web server calls: Django behind the edge."""

import os

from django.core.wsgi import get_wsgi_application

from tsunagari.kernel.edge.api import Edge

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tsunagari.city.settings")
_django = get_wsgi_application()

from tsunagari.kernel.metering import api as metering  # noqa: E402 - it has models: Django must be ready

application = Edge(_django, metering.count_view)


def start() -> None:
    """Once in each server process: views in memory are written at least each second."""
    metering.start_flushing()


def stop() -> None:
    """Once in each server process, after its last request: nothing stays in memory."""
    metering.stop_flushing()
