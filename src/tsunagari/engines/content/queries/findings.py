"""What the last check found: by rule, by division, by page; asked of one table and never of the pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Min, Q, QuerySet, Sum

from tsunagari.engines.content.models import Finding, Round
from tsunagari.engines.content.rules.checking import all_rules
from tsunagari.engines.content.rules.rule import Rule

LEVELS: Final = ("A", "AA", "advice")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a list of findings is narrowed to; "" for everything. `words` are searched in titles."""

    division: str = ""
    rule: str = ""
    level: str = ""
    words: str = ""
    live: bool = False


@dataclass(frozen=True, kw_only=True)
class ByRule:
    """A rule with how many pages and places it found, how many places know a mend, and the gravest level found."""

    rule: Rule
    level: str
    pages: int
    places: int
    mendable: int


def findings(asked: Asked) -> QuerySet[Finding]:
    """Findings as asked, what refuses publishing first, then by page."""
    found = Finding.objects.select_related("page")
    if asked.division:
        found = found.filter(division=asked.division)
    if asked.rule:
        found = found.filter(rule=asked.rule)
    if asked.level:
        found = found.filter(level=asked.level)
    if asked.live:
        found = found.filter(live=True)
    if asked.words:
        named = Q(page__title__icontains=asked.words) | Q(page__draft_title__icontains=asked.words)
        found = found.filter(named | Q(found__icontains=asked.words))
    # By the alphabet "A" and "AA" stand before "advice": capitals come first.
    return found.order_by("level", "division", "page_id", "rule")


def by_rule(asked: Asked) -> tuple[ByRule, ...]:
    """Every rule that found something, in the order of the rules."""
    rows = (
        findings(asked)
        .order_by()
        .values("rule")
        .annotate(
            pages=Count("page", distinct=True),
            places=Sum("count"),
            can=Sum("mendable"),
            gravest=Min("level"),
        )
    )
    found = {row["rule"]: row for row in rows}
    return tuple(
        ByRule(
            rule=rule,
            level=found[rule.id]["gravest"],
            pages=found[rule.id]["pages"],
            places=found[rule.id]["places"],
            mendable=found[rule.id]["can"],
        )
        for rule in all_rules()
        if rule.id in found
    )


def by_division(asked: Asked) -> dict[str, int]:
    """How many pages with findings each division has, most first."""
    rows = findings(asked).order_by().values_list("division")
    counted = rows.annotate(pages=Count("page", distinct=True)).order_by("-pages", "division")
    return dict(counted)


def faulty_pages(division: str = "") -> dict[str, int]:
    """How many published pages have faults, by the gravest level that each has."""
    found = Finding.objects.filter(live=True)
    if division:
        found = found.filter(division=division)
    gravest: dict[int, str] = {}
    for page, level in found.values_list("page_id", "level"):
        known = gravest.get(page)
        if known is None or LEVELS.index(level) < LEVELS.index(known):
            gravest[page] = level
    levels = list(gravest.values())
    return {level: levels.count(level) for level in LEVELS}


def last_check() -> Round | None:
    """The newest round of checking, done or under way."""
    return Round.objects.filter(kind=Round.Kinds.CHECK).order_by("-pk").first()


def checked_at() -> datetime | None:
    """When all pages were last checked."""
    done = Round.objects.filter(kind=Round.Kinds.CHECK, state=Round.States.DONE)
    return done.order_by("-ended_at").values_list("ended_at", flat=True).first()


def pages_with_words() -> Mapping[str, int]:
    """By word of the city's dictionary, on how many pages the last check found it."""
    counts: dict[str, int] = {}
    for words in _kept_words():
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return counts


def _kept_words() -> Iterator[list[str]]:
    yield from Finding.objects.filter(rule="replace_words").values_list("words", flat=True)
