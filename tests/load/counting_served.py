"""What counting over HTTP is measured on: /bare goes round the edge, /counted through it."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from tests.load.counting import bare, marked
from tsunagari.kernel.edge.api import Edge
from tsunagari.kernel.metering import api as metering

_counted = Edge(marked, metering.count_view)
start = metering.start_flushing
stop = metering.stop_flushing


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """One of the two."""
    chosen = _counted if environ["PATH_INFO"] == "/counted" else bare
    return chosen(environ, start_response)
