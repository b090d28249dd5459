"""`tsunagari serve`: the web server of one zone, until Ctrl+C or SIGTERM."""

import os
from argparse import ArgumentParser
from importlib import import_module
from typing import Any, get_args

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import get_resolver

from tsunagari.kernel.edge import api as edge
from tsunagari.kernel.service.declare import Zone

ZONES = ("all", "public", *get_args(Zone))
MODULE = "tsunagari.city.wsgi"


def positive(text: str) -> int:
    """A whole number from 1; anything else is refused by the command line."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


class Command(BaseCommand):
    """Serve the zone's pages."""

    help = "Serves the platform: residents' pages, the staff console, or both, as the zone says."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be chosen; every choice has a default."""
        parser.add_argument(
            "--zone",
            default=settings.ZONE,
            help=f"One of {', '.join(ZONES)}. Default: %(default)s.",
        )
        parser.add_argument(
            "--host", default="127.0.0.1", help="Address of this machine to listen on."
        )
        parser.add_argument("--port", type=positive, default=8000, help="Default: %(default)s.")
        parser.add_argument(
            "--processes",
            type=positive,
            default=min(os.cpu_count() or 1, 4),
            help="Default: %(default)s.",
        )
        parser.add_argument(
            "--threads", type=positive, default=4, help="Per process. Default: %(default)s."
        )

    def handle(self, **options: Any) -> None:
        """Check what was asked, load the platform once, then serve it from forked processes."""
        zone: str = options["zone"]
        if zone not in ZONES:
            raise CommandError(f"There is no zone {zone!r}; there are {', '.join(ZONES)}.")
        if zone != settings.ZONE:
            raise CommandError(
                f"Settings were read for zone {settings.ZONE!r} already: start with `tsunagari serve --zone {zone}`, or set TSUNAGARI_ZONE={zone} before."
            )
        refusal = edge.refusal(options["host"], options["port"])
        if refusal:
            raise CommandError(refusal)
        import_module(MODULE)
        load_addresses()
        connections.close_all()
        listening = edge.Listening(
            **{name: options[name] for name in ("host", "port", "processes", "threads")}
        )
        edge.serve(MODULE, listening, ready=lambda: self.say(zone, listening.address))

    def say(self, zone: str, address: str) -> None:
        """The one line a person waits for."""
        self.stdout.write(f"Tsunagari (zone: {zone}) answers at {address} - Ctrl+C stops it.")
        self.stdout.flush()


def load_addresses() -> None:
    """Import every view now: what is broken is said before the port is taken, and the processes share it."""
    for urlconf in ("tsunagari.city.urls", "tsunagari.city.urls_staff"):
        get_resolver(urlconf)._populate()  # noqa: SLF001 - the work of a process's first request
