"""What the templates of accounts may use under the name `entrance`."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tsunagari.kernel.identity.api import actor_of
from tsunagari.kernel.identity.declare import Actor
from tsunagari.kernel.identity.rules import entrance_of


@dataclass(frozen=True, kw_only=True)
class EntranceWords:
    """Where the page stands: which entrance, its frame, and who is signed in."""

    staff: bool
    frame: str
    actor: Actor | None


def entrance(request: HttpRequest) -> dict[str, object]:
    """Context processor: made only when a template asks for it."""
    return {"entrance": SimpleLazyObject(lambda: entrance_words(request))}


def entrance_words(request: HttpRequest) -> EntranceWords:
    """The words for one request."""
    staff = entrance_of(request.path_info) == "staff"
    return EntranceWords(
        staff=staff,
        frame="identity/staff_frame.html" if staff else "identity/resident_frame.html",
        actor=actor_of(request),
    )
