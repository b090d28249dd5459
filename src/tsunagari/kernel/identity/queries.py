"""Reads: the tree of divisions in a fiscal year, posts on a day, sessions, keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q, QuerySet

from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import rules
from tsunagari.kernel.identity.declare import ActorPost, DivisionNow, KeyHolder
from tsunagari.kernel.identity.models import (
    Account,
    Division,
    DivisionKey,
    DivisionSuccession,
    DivisionTerm,
    Post,
)
from tsunagari.kernel.identity.rules.clerk_sheet import AccountValues, PostValues

FACTORS = ("totp", "webauthn")
"""What counts as a second factor; recovery codes only stand in for one."""


def terms_in(year: FiscalYear) -> QuerySet[DivisionTerm]:
    """The terms that hold in a fiscal year, in the city's order."""
    return (
        DivisionTerm.objects.filter(first_year__lte=year.year)
        .filter(Q(last_year__isnull=True) | Q(last_year__gte=year.year))
        .select_related("division", "parent")
        .order_by("order", "division__code")
    )


def divisions(year: FiscalYear, language: str = "ja") -> list[DivisionNow]:
    """The divisions of a fiscal year, in the city's order; `parent` gives the tree."""
    return [
        DivisionNow(
            code=term.division.code,
            public_id=term.division.public_id,
            name=_name(term, language),
            parent=term.parent.code if term.parent else "",
            order=term.order,
        )
        for term in terms_in(year)
    ]


def division_names(codes: Iterable[str], year: FiscalYear, language: str) -> dict[str, str]:
    """The names of divisions in a fiscal year, in "ja" or "en".

    Where a division did not exist in that year, the name it bore nearest to it; a code that nobody
    knows stands for itself, so that a page never shows an empty cell. One query.
    """
    wanted = dict.fromkeys(codes)
    nearest: dict[str, DivisionTerm] = {}
    for term in DivisionTerm.objects.filter(division__code__in=wanted).select_related("division"):
        known = nearest.get(term.division.code)
        if known is None or _years_away(term, year) < _years_away(known, year):
            nearest[term.division.code] = term
    return {code: _name(nearest[code], language) if code in nearest else code for code in wanted}


def _years_away(term: DivisionTerm, year: FiscalYear) -> int:
    if year.year < term.first_year:
        return term.first_year - year.year
    if term.last_year is not None and year.year > term.last_year:
        return year.year - term.last_year
    return 0


def _name(term: DivisionTerm, language: str) -> str:
    return (term.name_en or term.name) if language == "en" else term.name


def successors(code: str, year: FiscalYear) -> list[str]:
    """Codes of the divisions that do in `year` what division `code` once did; itself if it still is."""
    found = {code}
    for before, after in (
        DivisionSuccession.objects.filter(year__lte=year.year)
        .order_by("year", "pk")
        .values_list("before__code", "after__code")
    ):
        if before in found:
            found.add(after)
    living = {each.code for each in divisions(year)}
    return sorted(found & living) or [code]


def heirs(codes: Iterable[str], year: FiscalYear) -> dict[str, tuple[str, ...]]:
    """By code, the codes of the divisions that do its work in `year`, as `successors` gives them for one.
    Two queries."""
    steps = list(
        DivisionSuccession.objects.filter(year__lte=year.year)
        .order_by("year", "pk")
        .values_list("before__code", "after__code")
    )
    living = {each.code for each in divisions(year)}
    found: dict[str, tuple[str, ...]] = {}
    for code in dict.fromkeys(codes):
        line = {code}
        for before, after in steps:
            if before in line:
                line.add(after)
        found[code] = tuple(sorted(line & living)) or (code,)
    return found


def names_of_heirs(
    codes: Iterable[str], year: FiscalYear, language: str
) -> dict[str, tuple[str, ...]]:
    """By code, the names of the divisions that do its work in `year`: its own where it still is. Two queries."""
    steps = list(
        DivisionSuccession.objects.filter(year__lte=year.year)
        .order_by("year", "pk")
        .values_list("before__code", "after__code")
    )
    living = {each.code: each for each in divisions(year, language)}
    found: dict[str, tuple[str, ...]] = {}
    for code in dict.fromkeys(codes):
        heirs = {code}
        for before, after in steps:
            if before in heirs:
                heirs.add(after)
        found[code] = tuple(each.name for key, each in living.items() if key in heirs)
    return found


def people_names(public_ids: Iterable[str]) -> dict[str, str]:
    """Names by public id, for screens of clerks; ids that are no person's (any more) are left out."""
    people = Account.objects.filter(public_id__in=set(public_ids))
    return {each.public_id: each.get_full_name() for each in people}


def staff() -> QuerySet[Account]:
    """All staff accounts, by login name."""
    return Account.objects.filter(kind=Account.Kinds.STAFF).order_by("login_name")


def clerks(*, words: str, division: str, state: str, today: date) -> QuerySet[Account]:
    """Clerks by name, reading or login name, by the code of a division in which they hold a post on a
    day, and by state: open, closed, or without a post; "" for any. With their posts."""
    found = staff().prefetch_related("posts__division")
    if words := words.strip():
        found = found.filter(
            Q(name__contains=words) | Q(kana__contains=words) | Q(login_name__contains=words)
        )
    holding = Post.objects.filter(begins__lte=today).exclude(ends__lt=today)
    if division:
        found = found.filter(pk__in=holding.filter(division__code=division).values("account"))
    if state in ("open", "closed"):
        found = found.filter(is_active=state == "open")
    if state == "no_post":
        found = found.exclude(pk__in=holding.values("account"))
    return found


def current(posts: Iterable[Post], day: date) -> list[Post]:
    """Of posts already read, those held on a day, main post first."""
    held = [post for post in posts if rules.holds(post.begins, post.ends, day)]
    return sorted(held, key=lambda post: (post.concurrent, post.begins))
