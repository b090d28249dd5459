"""What the web server calls: Django behind the edge."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tsunagari.city.settings")
_django = get_wsgi_application()

from django.conf import settings  # noqa: E402 - they are read now

from tsunagari.city import probes  # noqa: E402 - it has models: Django must be ready
from tsunagari.kernel.edge.api import (  # noqa: E402 - as above
    Edge,
    Follower,
    Keeping,
    Memory,
    Room,
    Standing,
    Watch,
    read_only_page,
)
from tsunagari.kernel.metering import api as metering  # noqa: E402 - as above

TAKEN_WHILE_READ_ONLY = ("/i18n/setlang/",)
"""Messages that write nothing but a cookie."""
OF_OTHERS = ("_ga", "_gid", "_gcl_", "_pk_", "_fbp", "__utm", "_clck", "_clsk")
"""Cookies that other sites of the city set for the whole domain to count visits; no page of ours reads them."""

BESIDE_A_FILE = 1024 * 1024
"""Bytes of a form beside its file."""

memory = Memory(limit=settings.KEPT_BYTES, always=settings.READ_ONLY)
standing = Standing(always=settings.READ_ONLY, taken=TAKEN_WHILE_READ_ONLY, page=read_only_page())
application = Edge(
    _django,
    metering.count_view,
    probes=probes.probes(),
    proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    keeping=Keeping(
        memory=memory,
        sessions=(settings.SESSION_COOKIE_NAME, settings.STAFF_COOKIE_NAME),
        harmless=(settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, *OF_OTHERS),
        secure=settings.SECURE,
    ),
    standing=standing,
    room=Room(
        path="/console/documents/",
        cookie=settings.STAFF_COOKIE_NAME,
        limit=settings.LARGEST_VIDEO + BESIDE_A_FILE,
    ),
)
_threads: list[Watch | Follower] = []


def start() -> None:
    """Once in each server process: views in memory are written at least each second, purges are heard."""
    metering.start_flushing()
    _threads.extend((Watch(metering.unwritten_views), Follower(memory, standing)))
    for thread in _threads:
        thread.start()


def stop() -> None:
    """Once in each server process, after its last request: nothing stays in memory."""
    while _threads:
        _threads.pop().stop()
    metering.stop_flushing()
