"""Tables of letters to the city, and of calls for comments with what came in."""

from tsunagari.services.voice.listening.models.calls import (
    Call,
    CallDocument,
    Group,
    Letter,
    Opinion,
)
from tsunagari.services.voice.listening.models.serials import Serial
from tsunagari.services.voice.listening.models.voices import Draft, PublishedVoice, Voice

__all__ = [
    "Call",
    "CallDocument",
    "Draft",
    "Group",
    "Letter",
    "Opinion",
    "PublishedVoice",
    "Serial",
    "Voice",
]
