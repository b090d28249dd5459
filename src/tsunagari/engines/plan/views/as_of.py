"""A page of the plan as it was on the evening of a past day: `?on=2025-06-30` (also 令和7年6月30日).

Such a page says so, is not counted as a view, and asks search engines to leave it out. Today's day is the
present page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from tsunagari.engines.plan import api
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.eras import DateRefused, format_day, parse_day

P = ParamSpec("P")

ASKED: Final = "on"
"""The word of the address."""
HIDE: Final = "X-Robots-Tag"
FIRST: Final = date(1900, 1, 1)
"""No plan of ours is older, and days before cannot be reckoned with everywhere."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The moment of which a page tells: `now`, or the last one of the past day `on`. `today` is Japan's,
    `present` the address of the same page without a day."""

    now: datetime
    on: date | None
    today: date
    present: str

    @property
    def words(self) -> str:
        """2025年6月30日（月）; "" for the present."""
        return day_words(self.on) if self.on else ""

    @property
    def latest(self) -> date:
        """The last past day that can be asked for."""
        return self.today - timedelta(days=1)

    def example(self, known_since: date | None) -> date | None:
        """A past day that can be asked for of what is known since that day; None where there is none yet."""
        return self.latest if known_since and known_since <= self.latest else None


class NoSuchDay(Exception):
    """A day of which nothing can be shown. The text says why; `asked` is what was asked for, `status` that
    of the answer: 400 for what is no past day, 404 where there was nothing yet, since `first`."""

    def __init__(
        self, says: str, *, asked: str, status: int = 400, first: date | None = None
    ) -> None:
        super().__init__(says)
        self.asked, self.status, self.first = asked, status, first


def seen_of(request: HttpRequest, clock: Clock) -> Seen:
    """What an address asks for. Raises NoSuchDay."""
    asked = request.GET.get(ASKED, "")
    now = clock()
    today = japan_day(now)
    if not asked.strip():
        return Seen(now=now, on=None, today=today, present=request.path)
    try:
        day = parse_day(asked)
    except DateRefused as refused:
        raise NoSuchDay(str(refused), asked="") from refused
    if day > today:
        says = gettext("%(day)sは、まだ来ていません。きのうまでの日付を入力してください。")
        raise NoSuchDay(says % {"day": day_words(day)}, asked=day.isoformat())
    if day == today:
        return Seen(now=now, on=None, today=today, present=request.path)
    if day < FIRST:
        raise nothing_yet(day, None)
    return Seen(now=api.last_moment(day), on=day, today=today, present=request.path)


def nothing_yet(day: date, first: date | None) -> NoSuchDay:
    """What is raised where there was nothing on that day yet; `first` is since when there is, if known."""
    later = first if first and first > day else None
    if later:
        says = gettext("%(day)sには、まだ登録されていません。%(first)sからの内容を見られます。") % {
            "day": day_words(day),
            "first": day_words(later),
        }
    else:
        says = gettext("%(day)sには、まだ登録されていません。") % {"day": day_words(day)}
    return NoSuchDay(says, asked=day.isoformat(), status=404, first=later)


def not_before(on: date | None, code: str = "", number: str = "") -> None:
    """Raise NoSuchDay where the plan, or its measure of that number, is known here, but not on the past day
    `on` yet; without a code, where no plan was."""
    first = api.first_day(code, number) if on else None
    if on and first:
        raise nothing_yet(on, first)


def day_words(day: date) -> str:
    """2025年6月30日（月）."""
    return format_day(day, language=get_language() or "ja", era=False, weekday=True)


def day_asked(on: date | None) -> str:
    """How an address asks for a past day: on=2025-06-30; "" for the present."""
    return f"{ASKED}={on.isoformat()}" if on else ""


def address_of(page: str, *args: object, on: date | None) -> str:
    """The address of a page of the plan ("measure") as of the same day."""
    address = reverse(f"plan:{page}", args=args)
    return f"{address}?{day_asked(on)}" if on else address


def named(name: str, on: date | None) -> str:
    """The name of a file, with the past day of which it is."""
    return f"{name}_{on.isoformat()}" if on else name


def as_of(
    view: Callable[Concatenate[HttpRequest, Seen, P], HttpResponse],
    *,
    clock: Clock = system_clock,
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Tell a view of which moment it is to speak; a day of which there is nothing is answered in words."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            seen = seen_of(request, clock)
            response = view(request, seen, *args, **kwargs)
        except NoSuchDay as none:
            return _no_such_day(request, none, kwargs, clock)
        if seen.on:
            response.uncounted = True  # type: ignore[attr-defined]  # read by the middleware that marks views
            response.headers[HIDE] = "noindex"
        return response

    return answered


def _no_such_day(
    request: HttpRequest, none: NoSuchDay, named: Mapping[str, object], clock: Clock
) -> HttpResponse:
    """`named` are the parts of the address: the plan's code, the measure's number."""
    now = clock()
    seen = Seen(now=now, on=None, today=japan_day(now), present=request.path)
    since = api.surely_known_since(str(named.get("code", "")), str(named.get("number", "")))
    context = {
        "says": str(none),
        "asked": none.asked,
        "first": none.first,
        "latest": seen.latest,
        "example": seen.example(since),
        "address": request.path,
    }
    response = render(request, "plan/no_such_day.html", context, status=none.status)
    response.headers[HIDE] = "noindex"
    return response
