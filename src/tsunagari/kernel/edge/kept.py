"""A view says that its answer may be kept, and what it was made of."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase

from tsunagari.kernel.edge.declare import KEEP_HEADER, Keep

T = TypeVar("T", bound=HttpResponseBase)


def kept(
    response: T,
    *,
    names: Iterable[str],
    until: datetime | None = None,
    query: Iterable[str] = (),
) -> T:
    """Let the edge keep this answer until one of `names` is purged, or until that moment; returns it.

    It must be the same for everybody who asks for this address, in this language. `query`: the parameters on
    which it depends; an address with any other is not kept. Raises ValueError for a name of another shape, for no
    name and for a moment without a zone, TypeError for an answer that is sent piece by piece.
    """
    if isinstance(response, StreamingHttpResponse):
        raise TypeError("An answer that is sent piece by piece cannot be kept.")
    if until is not None and until.tzinfo is None:
        raise ValueError(f"until={until} has no zone; give a moment in UTC.")
    keep = Keep(
        names=frozenset(names),
        query=frozenset(query),
        until=until.timestamp() if until else None,
    )
    response.headers[KEEP_HEADER] = keep.header()
    return response
