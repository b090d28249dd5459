"""Check a page by every rule: what is found stands in one row for each rule, and what is mended is gone."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from tsunagari.engines.content.models import Finding, LinkUse
from tsunagari.engines.content.models.knowledge import knowledge_for
from tsunagari.engines.content.models.pieces_of import pieces_of
from tsunagari.engines.content.queries.links_of import links_of
from tsunagari.engines.content.queries.versions import versions_to_check
from tsunagari.engines.content.rules.checking import check
from tsunagari.engines.content.rules.pieces import Fault, Knowledge, Language
from tsunagari.kernel.i18n.clock import Clock

WORD: Final = 100
MOST_WORDS: Final = 100
"""Letters of a found word, and found words of a rule on a page, that are kept."""


class KnownCity:
    """What the rules may ask about the city, read once for each language."""

    def __init__(self) -> None:
        self._known: dict[str, Knowledge] = {}

    def of(self, page: Any) -> Knowledge:
        """The knowledge for a page, with its title."""
        language: Language = page.locale.language_code
        if language not in self._known:
            self._known[language] = knowledge_for(language, "")
        return replace(self._known[language], title=page.title)


@dataclass
class _Seen:
    fault: Fault
    live: bool
    count: int = 0
    mendable: int = 0
    words: set[str] = field(default_factory=set)


@transaction.atomic
def check_page(page: Any, *, city: KnownCity, clock: Clock) -> int:
    """Write what every rule finds on a page as it is published and as its newest draft; how many rules found something."""
    seen: dict[str, _Seen] = {}
    for version, live in versions_to_check(page):
        for rule, found in _by_rule(check(pieces_of(version), city.of(version))).items():
            held = seen.setdefault(rule, _Seen(fault=found[0], live=live))
            held.count = max(held.count, len(found))
            held.mendable = sum(bool(each.mends) for each in found)
            held.words |= {each.found[:WORD] for each in found}
    _write(page, seen, clock())
    _write_links(page, city)
    return len(seen)


def _by_rule(faults: Iterable[Fault]) -> dict[str, list[Fault]]:
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.rule, []).append(fault)
    return found


def _write(page: Any, seen: dict[str, _Seen], now: datetime) -> None:
    standing = {each.rule: each for each in Finding.objects.filter(page_id=page.pk)}
    gone = [each.pk for rule, each in standing.items() if rule not in seen]
    if gone:
        Finding.objects.filter(pk__in=gone).delete()
    for rule, each in seen.items():
        since = standing[rule].since if rule in standing else now
        Finding.objects.update_or_create(
            page_id=page.pk, rule=rule, defaults=_facts(page, each, since or now, now)
        )


def _facts(page: Any, each: _Seen, since: datetime, now: datetime) -> dict[str, Any]:
    return {
        "division": page.division,
        "language": page.locale.language_code,
        "level": each.fault.level,
        "count": each.count,
        "mendable": each.mendable,
        "live": each.live,
        "part": each.fault.place.part[:100],
        "found": each.fault.found[:120],
        "words": sorted(each.words)[:MOST_WORDS],
        "since": since,
        "found_at": now,
    }


def _write_links(page: Any, city: KnownCity) -> None:
    LinkUse.objects.filter(page_id=page.pk).delete()
    if page.live:
        LinkUse.objects.bulk_create(
            LinkUse(
                page_id=page.pk,
                division=page.division,
                address=use.address,
                text=use.text,
                part=use.part,
                outward=use.outward,
                fault=use.fault,
            )
            for use in links_of(page, city.of(page))
        )
