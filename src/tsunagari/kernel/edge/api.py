"""What the city may use of the edge: the wrapper around Django, its probes, and the server that runs it."""

from tsunagari.kernel.edge import instruments, probes
from tsunagari.kernel.edge.instruments import Watch
from tsunagari.kernel.edge.server import Listening, refusal, serve
from tsunagari.kernel.edge.wrapper import Edge

__all__ = ["Edge", "Listening", "Watch", "instruments", "probes", "refusal", "serve"]
