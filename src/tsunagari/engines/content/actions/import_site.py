"""Bring an old site over at once, as the command does it."""

from dataclasses import dataclass
from pathlib import Path

from tsunagari.engines.content.actions.bring_site import Tell, bring_site
from tsunagari.engines.content.models import CityPage, ImportedPage, SiteImport
from tsunagari.engines.content.queries.drafts import page_standing_at
from tsunagari.engines.content.queries.import_report import import_report
from tsunagari.engines.content.rules.old_pages.source import SourceRefused, old_source
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity


@dataclass(frozen=True, kw_only=True)
class Brought:
    """How many drafts were written, how many pages were left as they are, how many gave none, their faults; the report (.xlsx)."""

    drafts: int
    unchanged: int
    empty: int
    faults: int
    report: bytes


def import_site(
    *,
    source: Path,
    below: str,
    division: str,
    language: str,
    address: str,
    saved: Path | None,
    clock: Clock,
    tell: Tell,
) -> Brought:
    """Bring over what stands in `source`. SourceRefused before anything is written."""
    found = old_source(source, address=address, saved=saved)
    top = _top(below, language)
    if division not in {each.code for each in identity.divisions(FiscalYear.at(clock()))}:
        raise SourceRefused(
            f"{division}: is no division of this year; `divisions.yaml` of the city's pack names them."
        )
    bringing = SiteImport.objects.create(
        source=source.name[:300],
        address=address[:300],
        below=top,
        division=division,
        asked_at=clock(),
    )
    bring_site(bringing, found, clock=clock, tell=tell)
    rows = ImportedPage.objects.filter(brought_by=bringing)
    drafts = rows.exclude(page=None).count()
    empty = rows.filter(page=None).count()
    return Brought(
        drafts=drafts,
        unchanged=max(found.count - len(found.missing) - drafts - empty, 0),
        empty=empty,
        faults=sum(len(row.faults) for row in rows.only("faults").iterator(chunk_size=500)),
        report=import_report(bringing),
    )


def _top(below: str, language: str) -> CityPage:
    page: CityPage | None = page_standing_at(below, language)
    if page is None or page.kind not in ("topic", "page"):
        raise SourceRefused(
            f"{below}: no topic or page stands there in {language!r}; name one by its address, like kurashi/gomi/."
        )
    found: CityPage = page
    return found
