"""Reads: the tree of divisions in a fiscal year, posts on a day, sessions, keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from itertools import starmap

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
from tsunagari.kernel.identity.rules.division_book import DivisionBook, Term

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
            name=(term.name_en or term.name) if language == "en" else term.name,
            parent=term.parent.code if term.parent else "",
            order=term.order,
        )
        for term in terms_in(year)
    ]


def division_names(codes: Iterable[str], year: FiscalYear, language: str) -> dict[str, str]:
    """The names of divisions in a fiscal year, as `DivisionBook.names` gives them. One query."""
    wanted = tuple(codes)
    terms = _terms(DivisionTerm.objects.filter(division__code__in=wanted))
    return DivisionBook(year=year, terms=terms, successions=()).names(wanted, language)


def successors(code: str, year: FiscalYear) -> list[str]:
    """Codes of the divisions that do in `year` what division `code` once did; itself if it still is."""
    return list(heirs([code], year)[code])


def heirs(codes: Iterable[str], year: FiscalYear) -> dict[str, tuple[str, ...]]:
    """By code, the codes of the divisions that do its work in `year`. Two queries."""
    return division_book(year).heirs(codes)


def names_of_heirs(
    codes: Iterable[str], year: FiscalYear, language: str
) -> dict[str, tuple[str, ...]]:
    """By code, the names of the divisions that do its work in `year`: its own where it still is. Two queries."""
    return division_book(year).names_of_heirs(codes, language)


def division_book(year: FiscalYear) -> DivisionBook:
    """Every division as a fiscal year sees it. Two queries."""
    successions = DivisionSuccession.objects.filter(year__lte=year.year).order_by("year", "pk")
    return DivisionBook(
        year=year,
        terms=_terms(DivisionTerm.objects.order_by("order", "division__code", "first_year")),
        successions=tuple(successions.values_list("before__code", "after__code")),
    )


def _terms(found: QuerySet[DivisionTerm]) -> tuple[Term, ...]:
    """Columns, not models: nearly every screen asks for names, and a model costs ten times its row."""
    columns = ("division__code", "first_year", "last_year", "name", "name_en")
    return tuple(starmap(Term, found.values_list(*columns)))


def division(code: str) -> Division | None:
    """One division by its code."""
    return Division.objects.filter(code=code).first()


def codes_called(text: str, year: FiscalYear) -> list[str]:
    """Codes of the divisions that bear a name in a fiscal year, in either language; or the code itself."""
    named = Q(name=text) | Q(name_en=text) | Q(division__code=text)
    return sorted({term.division.code for term in terms_in(year).filter(named)})


def is_called(code: str, text: str, year: FiscalYear) -> bool:
    """Whether a division is shown under this name in a fiscal year, in either language."""
    shown = {division_names([code], year, language)[code] for language in ("ja", "en")}
    return text == code or text in shown


def account_values(account: Account) -> AccountValues:
    """A clerk's account as the workbook of clerks has it."""
    return AccountValues(name=account.name, kana=account.kana, work_email=account.work_email)


def post_values(post: Post) -> PostValues:
    """A post as the workbook of clerks has it."""
    return PostValues(
        division=post.division.code,
        title=post.title,
        role=post.role,  # type: ignore[arg-type]  # the column's choices are the literal's words
        concurrent=post.concurrent,
        begins=post.begins,
        ends=post.ends,
    )


def posts_on(account: Account, day: date) -> list[Post]:
    """The posts an account holds on a day in Japan, main post first."""
    return list(_posts_on(account, day).select_related("division"))


def _posts_on(account: Account, day: date) -> QuerySet[Post]:
    return (
        account.posts.filter(begins__lte=day)
        .filter(Q(ends__isnull=True) | Q(ends__gte=day))
        .order_by("concurrent", "begins", "pk")
    )


def actor_posts(account: Account, day: date, language: str) -> tuple[ActorPost, ...]:
    """The posts held on a day, with the names their divisions bear that year. One query: every screen of the
    console asks."""
    own = ("public_id", "title", "role", "concurrent", "division__code")
    term = ("first_year", "last_year", "name", "name_en")
    rows = list(
        _posts_on(account, day).values_list(*own, *(f"division__terms__{each}" for each in term))
    )
    terms = tuple(Term(row[4], *row[5:]) for row in rows if row[5] is not None)
    book = DivisionBook(year=FiscalYear.of(day), terms=terms, successions=())
    names = book.names((row[4] for row in rows), language)
    return tuple(
        ActorPost(
            public_id=public_id,
            division=division,
            division_name=names[division],
            title=title,
            role=role,  # the column's choices are the literal's words
            concurrent=concurrent,
        )
        for public_id, title, role, concurrent, division in dict.fromkeys(row[:5] for row in rows)
    )


def has_second_factor(account: Account) -> bool:
    """Whether an authenticator app or a passkey is set up."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).exists())


def factor_counts(account: Account) -> dict[str, int]:
    """How many of each kind of factor an account has."""
    counts = dict.fromkeys(("totp", "webauthn", "recovery_codes"), 0)
    for kind in Authenticator.objects.filter(user_id=account.pk).values_list("type", flat=True):
        counts[kind] += 1
    return counts


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """A session as its owner sees it. `handle` ends it; no network address is kept."""

    handle: str
    device: str
    begun_at: datetime
    seen_at: datetime
    current: bool


def open_sessions(account: Account, current_key: str) -> list[OpenSession]:
    """The sessions of an account that still are, the present one first."""
    rows = UserSession.objects.filter(user_id=account.pk).order_by("-last_seen_at")
    alive = _alive([row.session_key for row in rows])
    sessions = [
        OpenSession(
            handle=rules.session_handle(row.session_key),
            device=rules.device_words(row.user_agent),
            begun_at=row.created_at,
            seen_at=row.last_seen_at,
            current=row.session_key == current_key,
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(sessions, key=lambda session: not session.current)


def _alive(keys: list[str]) -> set[str]:
    model = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()
    return set(model.objects.filter(session_key__in=keys).values_list("session_key", flat=True))


def keys_of(divisions_of: Iterable[str] | None = None) -> QuerySet[DivisionKey]:
    """Keys of some divisions (all when None), newest first, with their divisions."""
    keys = DivisionKey.objects.select_related("division", "replaced_by")
    return keys if divisions_of is None else keys.filter(division__code__in=list(divisions_of))


def key_by_secret(raw: str, now: datetime) -> DivisionKey | None:
    """The key that `raw` is, when it works at `now`: known, right, not revoked, not expired."""
    read = rules.read_key(raw)
    if read is None:
        return None
    public_id, secret = read
    key = DivisionKey.objects.select_related("division").filter(public_id=public_id).first()
    if key is None or not rules.same_hash(key.hashed, rules.key_hash(secret)):
        return None
    if key.revoked_at is not None or key.expires_at <= now:
        return None
    return key


def holder(key: DivisionKey) -> KeyHolder:
    """Plain data of a key for other rooms."""
    return KeyHolder(key=key.public_id, division=key.division.code, scopes=tuple(key.scopes))


def people_names(public_ids: Iterable[str]) -> dict[str, str]:
    """Names by public id, for screens of clerks; ids that are no person's (any more) are left out."""
    people = Account.objects.filter(public_id__in=set(public_ids))
    return {each.public_id: each.get_full_name() for each in people}


def mail_addresses(codes: Iterable[str], roles: Iterable[str], day: date) -> dict[str, str]:
    """Where mail for clerks of divisions goes who hold a post with one of `roles` on a day: address by the
    account's public id. One query."""
    held = Post.objects.filter(
        division__code__in=set(codes), role__in=set(roles), begins__lte=day, account__is_active=True
    ).exclude(ends__lt=day)
    found = held.select_related("account").order_by("account__login_name")
    return {each.account.public_id: each.account.address for each in found if each.account.address}


def clerks_in(division: str, day: date) -> dict[str, str]:
    """Names by public id of the clerks who hold a post in a division on a day and may sign in, by login name."""
    held = Post.objects.filter(
        division__code=division, begins__lte=day, account__is_active=True
    ).exclude(ends__lt=day)
    found = held.select_related("account").order_by("account__login_name")
    return {each.account.public_id: each.account.get_full_name() for each in found}


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


def accounts_of_a_trial() -> int:
    """How many active accounts have an invented address (example.jp is nobody's): those that a trial makes."""
    invented = Q(email__iendswith="example.jp") | Q(work_email__iendswith="example.jp")
    return Account.objects.filter(invented, is_active=True).count()


def administrators_without_second_factor(day: date) -> int:
    """How many active accounts hold an administrator's post on a day and have set up no second factor."""
    held = Post.objects.filter(
        role=Post.Roles.ADMINISTRATOR, begins__lte=day, account__is_active=True
    )
    held = held.filter(Q(ends__isnull=True) | Q(ends__gte=day))
    safe = Authenticator.objects.filter(type__in=FACTORS).values("user")
    return held.exclude(account__in=safe).values("account").distinct().count()
