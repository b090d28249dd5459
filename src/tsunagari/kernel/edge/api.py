"""What the city may use of the edge: the wrapper around Django, and the server that runs it."""

from tsunagari.kernel.edge.server import Listening, refusal, serve
from tsunagari.kernel.edge.wrapper import Edge

__all__ = ["Edge", "Listening", "refusal", "serve"]
