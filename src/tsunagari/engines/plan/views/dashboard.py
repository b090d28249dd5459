"""The plan's front page: true counts first, then the city's own list, narrowed by links."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, ngettext, pgettext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import MeasureState, PlanBoard
from tsunagari.engines.plan.views.rows import Row, row
from tsunagari.engines.plan.views.words import span_words, year_columns
from tsunagari.kernel.design.figures import Count
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What the address asks to see: a list of the plan, a division, a status; "" for all."""

    section: str = ""
    division: str = ""
    status: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Narrowing":
        """Read from the address; unknown words simply match nothing."""
        return cls(
            section=request.GET.get("list", ""),
            division=request.GET.get("division", ""),
            status=request.GET.get("status", ""),
        )

    @property
    def address(self) -> str:
        """The query that asks for this."""
        asked = {"list": self.section, "division": self.division, "status": self.status}
        query = urlencode({name: word for name, word in asked.items() if word})
        return f"?{query}#list" if query else "?#list"

    def lets(self, measure: MeasureState) -> bool:
        """Whether a measure is among those asked for."""
        return (
            self.section in ("", measure.section)
            and (not self.division or self.division in {d.code for d in measure.divisions})
            and self.status in ("", measure.status or measure.kind)
        )


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One link of a filter: where it leads, how many it shows, whether it is on."""

    title: str
    address: str
    count: int
    current: bool


@dataclass(frozen=True, kw_only=True)
class Part:
    """One list of the plan with the rows that are shown."""

    code: str
    title: str
    staged: bool
    rows: tuple[Row, ...]


def index(request: HttpRequest) -> HttpResponse:
    """The plans; with only one, its page."""
    language = get_language() or "ja"
    heads = api.plan_heads(language)
    if len(heads) == 1:
        return redirect("plan:plan", heads[0].code)
    plans = [(head, span_words(head, language)) for head in heads]
    return render(request, "plan/index.html", {"plans": plans})


def dashboard(request: HttpRequest, code: str, *, clock: Clock = system_clock) -> HttpResponse:
    """One plan."""
    language = get_language() or "ja"
    now = clock()
    board = api.plan_board(code, now=now, language=language)
    if board is None:
        raise Http404(gettext("この計画は見つかりません。"))
    asked = Narrowing.of(request)
    shown = [measure for measure in board.measures if asked.lets(measure)]
    counts = api.counts(board.measures)
    context = {
        "head": board.head,
        "span": span_words(board.head, language),
        "sentence": api.sentence(board.head.short_name, counts),
        "counts": bar_of_counts(board, asked),
        "lists": lists(board, asked),
        "divisions": divisions(board, asked),
        "asked": asked,
        "narrowed": asked != Narrowing(),
        "shown_words": shown_words(board, asked, len(shown)),
        "parts": parts(board, shown, language),
        "years": year_columns(board.head, FiscalYear.at(now).year, language),
    }
    return render(request, "plan/plan.html", context)


def shown_words(board: PlanBoard, asked: Narrowing, shown: int) -> str:
    """30件中 12件を表示, after the words of what was asked for."""
    everything = len(board.measures)
    said = ngettext("%(all)s件中 %(shown)s件を表示", "%(all)s件中 %(shown)s件を表示", shown) % {
        "all": everything,
        "shown": shown,
    }
    names = {d.code: d.name for m in board.measures for d in m.divisions}
    titles = {m.section: m.section_name for m in board.measures}
    words = (
        titles.get(asked.section, ""),
        names.get(asked.division, ""),
        api.mark(asked.status).title if asked.status in api.CODES else "",
    )
    on = pgettext("between filters", "、").join(filter(None, words))
    return gettext("%(filters)s：%(shown)s") % {"filters": on, "shown": said} if on else said


def bar_of_counts(board: PlanBoard, asked: Narrowing) -> tuple[Count, ...]:
    """The pieces of the bar: the whole plan's counts, each a link that shows its measures."""
    numbers = _tally(board, Narrowing(), lambda m: [m.status or m.kind], "status")
    return tuple(
        Count(
            title=api.mark(code).title,
            number=numbers[code],
            kind=api.mark(code).swatch,
            address=Narrowing(status="" if asked.status == code else code).address,
        )
        for code in api.CODES
        if numbers.get(code)
    )


def lists(board: PlanBoard, asked: Narrowing) -> tuple[Choice, ...]:
    """The plan's lists as links, all of them first."""
    titles = {m.section: m.section_name for m in board.measures}
    numbers = _tally(board, asked, lambda m: [m.section], "section")
    return (
        Choice(
            title=gettext("すべて"),
            address=replace(asked, section="").address,
            count=sum(numbers.values()),
            current=not asked.section,
        ),
        *(
            Choice(
                title=title,
                address=replace(asked, section=code).address,
                count=numbers.get(code, 0),
                current=asked.section == code,
            )
            for code, title in titles.items()
        ),
    )


def divisions(board: PlanBoard, asked: Narrowing) -> tuple[Choice, ...]:
    """The divisions that have a measure, most measures first; the one that is on leads back to all."""
    names = {d.code: d.name for m in board.measures for d in m.divisions}
    numbers = _tally(board, asked, lambda m: [d.code for d in m.divisions], "division")
    ordered = sorted(names, key=lambda code: -numbers.get(code, 0))
    return tuple(
        Choice(
            title=names[code],
            address=replace(asked, division="" if asked.division == code else code).address,
            count=numbers.get(code, 0),
            current=asked.division == code,
        )
        for code in ordered
        if numbers.get(code) or asked.division == code
    )


def _tally(
    board: PlanBoard,
    asked: Narrowing,
    keys: Callable[[MeasureState], list[str]],
    own: str,
) -> dict[str, int]:
    """How many measures each choice would show, with the other filters as they are."""
    others = replace(asked, **{own: ""})
    numbers: dict[str, int] = {}
    for measure in board.measures:
        for key in keys(measure) if others.lets(measure) else ():
            numbers[key] = numbers.get(key, 0) + 1
    return numbers


def parts(board: PlanBoard, shown: list[MeasureState], language: str) -> tuple[Part, ...]:
    """The plan's lists in its order, without those of which nothing is shown."""
    titles = {measure.section: measure.section_name for measure in shown}
    return tuple(
        Part(
            code=code,
            title=title,
            staged=any(m.kind == "staged" for m in board.measures if m.section == code),
            rows=tuple(row(board.head, m, language) for m in shown if m.section == code),
        )
        for code, title in titles.items()
    )
