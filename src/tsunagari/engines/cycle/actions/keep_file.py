"""Makes a file of a closed year once and keeps it: from then on everyone gets the same bytes."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from tsunagari.engines.cycle.models import Frozen, FrozenFile
from tsunagari.engines.cycle.queries.files import make_file
from tsunagari.engines.cycle.queries.published import report_of
from tsunagari.kernel.i18n.clock import Clock


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file as it was made first."""

    content: bytes
    sha256: str
    made_at: datetime


def keep_file(*, version: str, kind: str, language: str, clock: Clock) -> Kept:
    """A file of a version (by its public id) in a language; it is made if nobody asked for it before.

    Of two who make it at once the first one's stays. Raises LookupError for a version that is not there
    or a kind that is none; what the maker of a kind raises.
    """
    found = _kept(version, kind, language)
    if found is not None:
        return found
    report = report_of(version, language)
    if report is None:
        raise LookupError(version)
    content = make_file(report, kind)
    try:
        with transaction.atomic():
            FrozenFile.objects.create(
                frozen=Frozen.objects.get(public_id=version),
                kind=kind,
                language=language,
                content=content,
                sha256=sha256(content).hexdigest(),
                made_at=clock(),
            )
    except IntegrityError:
        pass  # somebody was first; theirs is the file
    kept = _kept(version, kind, language)
    assert kept is not None  # noqa: S101 - one of the two was kept
    return kept


def _kept(version: str, kind: str, language: str) -> Kept | None:
    row = FrozenFile.objects.filter(frozen__public_id=version, kind=kind, language=language).first()
    if row is None:
        return None
    return Kept(content=bytes(row.content), sha256=row.sha256, made_at=row.made_at)
