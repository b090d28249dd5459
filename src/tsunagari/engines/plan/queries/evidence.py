"""Finds the file behind a figure, for whoever may have it."""

from dataclasses import dataclass

from django.db.models import QuerySet

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


def copies_of(row: Evidence) -> "QuerySet[Evidence]":
    """The same file or address behind every version of the indicator's figures."""
    same = Evidence.objects.filter(value__indicator=row.value.indicator_id)
    if row.stored:
        return same.filter(stored=row.stored)
    return same.filter(stored="", address=row.address, withdrawn_at=None)


@dataclass(frozen=True, kw_only=True)
class StandingEvidence:
    """Evidence that was not withdrawn, and the public id of the indicator it belongs to. `size` is in
    bytes; `file_name` and `address` are "" where it has none; `copies` holds the public ids of the same
    evidence behind every version of the figure."""

    public_id: str
    title: str
    indicator: str
    file_name: str
    size: int
    address: str
    public: bool
    copies: frozenset[str]


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
        public_id=row.public_id,
        title=row.title,
        indicator=row.value.indicator.public_id,
        file_name=row.file_name,
        size=row.size,
        address=row.address,
        public=row.public,
        copies=frozenset(copies_of(row).values_list("public_id", flat=True)),
    )
