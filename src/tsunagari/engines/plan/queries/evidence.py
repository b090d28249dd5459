"""Finds the file behind a figure, for whoever may have it."""

from dataclasses import dataclass

from tsunagari.engines.plan.models import Evidence
from tsunagari.kernel.files.declare import Kept


@dataclass(frozen=True, kw_only=True)
class EvidenceFile:
    """A file in the store, and whether residents may open it."""

    kept: Kept
    public: bool


def evidence_file(public_id: str) -> EvidenceFile | None:
    """The file of evidence; None where there is no such evidence or it is an address alone."""
    row = Evidence.objects.filter(public_id=public_id).exclude(stored="").first()
    if row is None:
        return None
    return EvidenceFile(
        kept=Kept(
            stored=row.stored,
            file_name=row.file_name,
            content_type=row.content_type,
            size=row.size,
            sha256=row.sha256,
        ),
        public=row.public,
    )


def indicator_of(public_id: str) -> str | None:
    """The public id of the indicator whose figure this evidence stands behind; None for no evidence."""
    return (
        Evidence.objects.filter(public_id=public_id)
        .values_list("value__indicator__public_id", flat=True)
        .first()
    )
