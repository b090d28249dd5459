"""Reads of the marks."""

from tsunagari.kernel.marks.declare import Left
from tsunagari.kernel.marks.models import Mark


def last(name: str) -> Left | None:
    """The last mark of this name; None when it was never left."""
    mark = Mark.objects.filter(name=name).first()
    return Left(at=mark.at, details=mark.details) if mark else None
