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
    """The public id of the indicator whose figure this evidence stands behind; None for no evidence, or
    for what was withdrawn."""
    return (
        Evidence.objects.filter(public_id=public_id, withdrawn_at=None)
        .values_list("value__indicator__public_id", flat=True)
        .first()
    )


@dataclass(frozen=True, kw_only=True)
class StandingEvidence:
    """Evidence that was not withdrawn: its title, and the public id of the indicator it belongs to."""

    public_id: str
    title: str
    indicator: str


def standing_evidence(public_id: str) -> StandingEvidence | None:
    """Evidence that may be withdrawn; None where there is none."""
    row = (
        Evidence.objects.select_related("value__indicator")
        .filter(public_id=public_id, withdrawn_at=None)
        .first()
    )
    if row is None:
        return None
    return StandingEvidence(
        public_id=row.public_id, title=row.title, indicator=row.value.indicator.public_id
    )
