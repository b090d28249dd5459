"""What the server runs: python -m tests.load.serving tests.load.bare_wagtail.application PORT."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()


def start() -> None:
    """Nothing of its own."""


def stop() -> None:
    """Nothing of its own."""
