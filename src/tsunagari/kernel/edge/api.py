"""What others may use of the edge: keeping, purging and telling people from robots for rooms; the wrapper, probes and server for the city."""

from tsunagari.kernel.edge import instruments, probes
from tsunagari.kernel.edge.actions.purge import purge, purge_all
from tsunagari.kernel.edge.actions.switch_read_only import switch_read_only
from tsunagari.kernel.edge.counting import is_asked_by_a_person
from tsunagari.kernel.edge.following import Follower
from tsunagari.kernel.edge.instruments import Watch
from tsunagari.kernel.edge.keeping import Keeping
from tsunagari.kernel.edge.kept import kept
from tsunagari.kernel.edge.memory import Memory
from tsunagari.kernel.edge.queries import is_switched_on, switched_since
from tsunagari.kernel.edge.refusing_writes import read_only_page
from tsunagari.kernel.edge.server import Listening, refusal, serve
from tsunagari.kernel.edge.standing import Standing
from tsunagari.kernel.edge.wrapper import Edge, Room

__all__ = [
    "Edge",
    "Follower",
    "Keeping",
    "Listening",
    "Memory",
    "Room",
    "Standing",
    "Watch",
    "instruments",
    "is_asked_by_a_person",
    "is_switched_on",
    "kept",
    "probes",
    "purge",
    "purge_all",
    "read_only_page",
    "refusal",
    "serve",
    "switch_read_only",
    "switched_since",
]
