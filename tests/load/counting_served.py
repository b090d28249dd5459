"""What counting over HTTP is measured on: /bare goes round the edge, /edged through it without a view, /counted with one."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from tests.load.counting import bare, marked
from tsunagari.kernel.edge.wrapper import Edge
from tsunagari.kernel.metering import api as metering

PATHS = {
    "/bare": bare,
    "/edged": Edge(bare, metering.count_view),
    "/counted": Edge(marked, metering.count_view),
}
start = metering.start_flushing
stop = metering.stop_flushing


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """One of the three."""
    return PATHS[environ["PATH_INFO"]](environ, start_response)
