"""Links that lead nowhere: outward ones that were asked, and those within the site."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from tsunagari.engines.content.models import CheckedLink, LinkUse, Round


@dataclass(frozen=True, kw_only=True)
class DeadLink:
    """An address that leads nowhere. `status` is what it answered (0: nothing), `fault` why it is within the site."""

    address: str
    status: int | None
    fault: str
    since: datetime | None
    uses: tuple[LinkUse, ...]


def dead_links(division: str, words: str) -> list[DeadLink]:
    """Addresses that failed on two days, and links within the site that lead nowhere; "" for all divisions."""
    uses = LinkUse.objects.select_related("page").order_by("page_id")
    if division:
        uses = uses.filter(division=division)
    if words:
        uses = uses.filter(address__icontains=words)
    dead = CheckedLink.objects.filter(failures__gte=CheckedLink.DEAD_AFTER)
    rows = {row.address: row for row in dead}
    by_address: dict[str, list[LinkUse]] = {}
    for use in uses.exclude(fault="") | uses.filter(address__in=dead.values("address")):
        by_address.setdefault(use.address, []).append(use)
    return [_dead(address, rows.get(address), found) for address, found in by_address.items()]


def _dead(address: str, row: CheckedLink | None, uses: list[LinkUse]) -> DeadLink:
    return DeadLink(
        address=address,
        status=row.status if row else None,
        fault="" if row else uses[0].get_fault_display(),
        since=row.failed_since if row else None,
        uses=tuple(uses),
    )


def link_counts() -> dict[str, int]:
    """How many outward addresses there are, were asked, are dead, and may be."""
    rows = CheckedLink.objects.all()
    return {
        "outward": LinkUse.objects.filter(outward=True).aggregate(
            n=Count("address", distinct=True)
        )["n"],
        "asked": rows.filter(asked_at__isnull=False).count(),
        "dead": rows.filter(failures__gte=CheckedLink.DEAD_AFTER).count(),
        "once": rows.filter(failures=1).count(),
    }


def last_asking() -> Round | None:
    """The newest round that asked other hosts."""
    return Round.objects.filter(kind=Round.Kinds.LINKS).order_by("-pk").first()
