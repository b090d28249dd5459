"""Runs a real worker on the tests' database: python worker_process.py DATABASE GRACE."""

import sys

import django
from django.conf import settings
from django.core.management import call_command


def main(database: str, grace: str) -> None:
    """Work until a signal comes."""
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    call_command("worker", grace=float(grace))


if __name__ == "__main__":
    main(*sys.argv[1:])
